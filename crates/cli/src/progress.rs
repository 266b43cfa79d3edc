//! Progress while waiting. In: states. Out: on a terminal one live line with the states so far, a bar if the service reports
//! progress, and the elapsed time; elsewhere one line per change.

use std::{io::IsTerminal, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use tokio::time::Instant;

use crate::run::tell;

/// Maximum number of characters of a state.
const LONGEST: usize = 60;

/// Shows progress; the line is cleared on drop.
pub(crate) struct Progress {
    subject: String,
    states: Vec<String>,
    last: String,
    begun: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Starts; `subject` is what is waited for.
    pub(crate) fn new(subject: impl Into<String>) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::stderr());
            bar.set_style(style("{spinner} {msg} ({elapsed})"));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self {
            subject: subject.into(),
            states: Vec::new(),
            last: String::new(),
            begun: Instant::now(),
            bar,
        }
    }

    /// Shows the state that an answer reports.
    pub(crate) fn show(&mut self, answer: &Value) {
        let state = answer.get("status").map(crate::output::text).unwrap_or_default();
        self.say(&state, percent(answer));
    }

    /// Shows a state, or another text.
    pub(crate) fn say(&mut self, state: &str, percent: Option<u64>) {
        let state: String = state.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        if !state.is_empty() && self.states.last() != Some(&state) {
            self.states.push(state.clone());
        }
        match &self.bar {
            Some(bar) => {
                if let Some(percent) = percent {
                    bar.set_style(style("{spinner} {msg} {bar:24} {percent} % ({elapsed})"));
                    bar.set_position(percent);
                }
                bar.set_message(format!("{}: {}", self.subject, self.states.join(" → ")));
            }
            None => {
                let line = match percent {
                    Some(percent) => format!("{state} {percent} %"),
                    None => state,
                };
                let line = line.trim();
                if line != self.last {
                    let seconds = self.begun.elapsed().as_secs();
                    tell(&format!("{}: {line} ({seconds} s)", self.subject));
                    line.clone_into(&mut self.last);
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The progress in percent, if an answer reports it.
fn percent(answer: &Value) -> Option<u64> {
    let told = crate::output::text(answer.get("progress")?);
    let whole = told.trim().split(['.', '%']).next()?;
    whole.trim().parse().ok().filter(|percent| *percent <= 100)
}

fn style(template: &str) -> ProgressStyle {
    // A test shows that all templates are valid.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn how_far_it_is_comes_as_number_or_text() {
        assert_eq!(percent(&json!({"progress": "42.50"})), Some(42));
        assert_eq!(percent(&json!({"progress": 100})), Some(100));
        assert_eq!(percent(&json!({"progress": "7%"})), Some(7));
        for odd in [json!({}), json!({"progress": "soon"}), json!({"progress": 101})] {
            assert_eq!(percent(&odd), None);
        }
    }

    #[test]
    fn templates_are_understood() {
        for template in
            ["{spinner} {msg} ({elapsed})", "{spinner} {msg} {bar:24} {percent} % ({elapsed})"]
        {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
