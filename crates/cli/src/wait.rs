//! Waiting. In: what the document says of a state (`x-waiters`), or the vendor's `--cli-waiter`. Out: the answer in which
//! it was reached, or why it will not be.

use std::{io::IsTerminal, time::Duration};

use cel::{Context, Program};
use huaweicloud_catalog::{Until, Waiter};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::{
    problem::{Kind, Problem},
    request::Request,
    send::{Answer, Sender},
};

/// A waiter that is as patient as it was told to be.
pub(crate) fn paced(mut waiter: Waiter, interval: Option<u64>, limit: Option<u64>) -> Waiter {
    if let Some(interval) = interval {
        (waiter.first, waiter.every) = (waiter.first.min(interval), interval);
    }
    waiter.limit = limit.unwrap_or(waiter.limit);
    waiter
}

/// Waits for a state; nothing comes back of what is gone.
///
/// # Errors
///
/// It did not come in time, it will not come, or asking failed for good.
pub(crate) async fn until(
    sender: &Sender,
    request: &Request,
    waiter: &Waiter,
    item: Option<&str>,
    language: &str,
) -> Result<Option<Value>, Problem> {
    let begun = Instant::now();
    let mut progress = Progress::default();
    let mut reached = 0;
    let mut failing = Failing::default();
    let mut pause = Duration::from_secs(waiter.first);
    loop {
        let state = match sender.send(request).await {
            Ok(Answer::Value(answer)) => judged(request, waiter, answer, item),
            Ok(_) => None,
            Err(problem) if is_gone(&problem, waiter) => None,
            // What passes is asked again.
            Err(problem) if problem.kind == Kind::Unavailable => {
                progress.say("the service is not reached, asking again", begun);
                Some(Value::Null)
            }
            Err(problem) => return Err(problem),
        };
        match (&waiter.until, &state) {
            (Until::Gone, None) => {
                progress.end();
                return Ok(None);
            }
            (Until::Reached { .. }, None) if item.is_none() => {
                let message = format!("the {} is not there", waiter.subject);
                return Err(Problem::new(Kind::NotFound, message));
            }
            (Until::Reached { times, cel }, Some(state)) if holds(cel, state) => {
                reached += 1;
                if reached >= *times {
                    progress.end();
                    return Ok(Some(state.clone()));
                }
            }
            _ => reached = 0,
        }
        if let Some(state) = state.as_ref().filter(|state| !state.is_null()) {
            failing.judge(waiter, state, language)?;
            let shown =
                state.get("status").or_else(|| state.get("progress")).map(crate::output::text);
            progress.say(&shown.unwrap_or_default(), begun);
        }
        let limit = Duration::from_secs(waiter.limit);
        if begun.elapsed() + pause > limit {
            let message = format!(
                "{} was not reached within {} s; wait again with `hwc {} wait`",
                waiter.id, waiter.limit, request.chosen.service.catalog.name,
            );
            return Err(Problem::new(Kind::TimedOut, message));
        }
        sleep(pause).await;
        pause = Duration::from_secs(waiter.every);
    }
}

/// The failure that the last answer told, and since when.
#[derive(Default)]
struct Failing(Option<(String, Instant)>);

impl Failing {
    /// Gives up when a failure has lasted as long as it may.
    fn judge(&mut self, waiter: &Waiter, state: &Value, language: &str) -> Result<(), Problem> {
        let failed = waiter.failed.iter().find(|failure| holds(&failure.cel, state));
        let Some(failed) = failed else {
            self.0 = None;
            return Ok(());
        };
        let since = match &self.0 {
            Some((id, since)) if *id == failed.id => *since,
            _ => Instant::now(),
        };
        self.0 = Some((failed.id.clone(), since));
        if since.elapsed() < Duration::from_secs(failed.after.unwrap_or(0)) {
            return Ok(());
        }
        let message = filled(failed.message.in_language(language), state);
        Err(Problem::new(Kind::Failed, format!("{}: {message}", waiter.subject)))
    }
}

/// What conditions are about: the answer, or the item of it.
fn judged(request: &Request, waiter: &Waiter, answer: Value, item: Option<&str>) -> Option<Value> {
    let (Some(id_field), Some(id)) = (&waiter.item_id, item) else { return Some(answer) };
    let list = request.chosen.described.operation.pagination.as_ref()?;
    let items = answer.get(&list.items)?.as_array()?;
    items.iter().find(|item| item.get(id_field).and_then(Value::as_str) == Some(id)).cloned()
}

fn is_gone(problem: &Problem, waiter: &Waiter) -> bool {
    let code = problem.code();
    problem.kind == Kind::NotFound
        || code.is_some_and(|code| waiter.gone_codes.iter().any(|c| c == code))
}

/// Whether a condition holds. What cannot be decided does not.
fn holds(cel: &str, state: &Value) -> bool {
    let Ok(program) = Program::compile(cel) else { return false };
    let mut context = Context::default();
    context.add_variable_from_value("self", value(state));
    matches!(program.execute(&context), Ok(cel::Value::Bool(true)))
}

/// JSON as CEL has it.
fn value(json: &Value) -> cel::Value {
    match json {
        Value::Null => cel::Value::Null,
        Value::Bool(value) => cel::Value::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => cel::Value::Int(whole),
            None => cel::Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => cel::Value::from(text.clone()),
        Value::Array(items) => cel::Value::from(items.iter().map(value).collect::<Vec<_>>()),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, field)| (name.clone().into(), value(field)));
            let map = std::sync::Arc::new(fields.collect());
            cel::Value::Map(cel::objects::Map { map })
        }
    }
}

/// A message whose `{field}`s are values of a state.
fn filled(message: &str, state: &Value) -> String {
    let mut text = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str(&state.get(name).map(crate::output::text).unwrap_or_default());
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// What is said meanwhile: one line that changes on a terminal, one line per change elsewhere.
#[derive(Default)]
struct Progress {
    last: String,
    is_open: bool,
}

impl Progress {
    fn say(&mut self, state: &str, begun: Instant) {
        let seconds = begun.elapsed().as_secs();
        let state: String = state.chars().filter(|c| !c.is_control()).take(60).collect();
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K{state} ({seconds} s)");
            self.is_open = true;
        } else if state != self.last {
            eprintln!("{state} ({seconds} s)");
        }
        self.last = state;
    }

    fn end(&mut self) {
        if self.is_open {
            eprint!("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

/// The vendor's `--cli-waiter`, with the states in which it gives up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CliWaiter {
    expr: String,
    to: Value,
    #[serde(default = "usual_timeout")]
    timeout: u64,
    #[serde(default = "usual_interval")]
    interval: u64,
    /// Ours: values that it will not leave any more.
    #[serde(default)]
    failed: Vec<Value>,
}

fn usual_timeout() -> u64 {
    180
}

fn usual_interval() -> u64 {
    5
}

impl CliWaiter {
    /// Reads the text of the option.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        let waiter: Self = serde_json::from_str(text).map_err(|error| {
            let form =
                r#"{"expr":"status","to":"RUNNING","timeout":300,"interval":5,"failed":["ERROR"]}"#;
            Problem::usage(format!("--cli-waiter: {error}; write {form}"))
        })?;
        if !(1..=86_400).contains(&waiter.timeout) || !(1..=600).contains(&waiter.interval) {
            let message = "--cli-waiter: timeout must be 1 to 86400 and interval 1 to 600 seconds";
            return Err(Problem::usage(message));
        }
        Ok(waiter)
    }

    /// Asks until the expression has the value.
    pub(crate) async fn wait(&self, sender: &Sender, request: &Request) -> Result<Answer, Problem> {
        if !request.chosen.described.operation.repeatable {
            let id = &request.chosen.described.operation.id;
            let message = format!(
                "--cli-waiter: {id} changes something and is not repeated; wait with a query"
            );
            return Err(Problem::usage(message));
        }
        let expression = jmespath::compile(&self.expr)
            .map_err(|_| Problem::usage(format!("--cli-waiter: {:?} is no JMESPath", self.expr)))?;
        let begun = Instant::now();
        let mut progress = Progress::default();
        loop {
            let answer = sender.send(request).await?;
            if let Answer::Value(value) = &answer {
                let found = expression.search(value).ok();
                let found = found.and_then(|found| serde_json::to_value(&*found).ok());
                let found = found.unwrap_or_default();
                if same(&found, &self.to) {
                    return Ok(answer);
                }
                if self.failed.iter().any(|failed| same(&found, failed)) {
                    let message = format!("{} is {}", self.expr, crate::output::text(&found));
                    return Err(Problem::new(Kind::Failed, message));
                }
                progress.say(&crate::output::text(&found), begun);
            }
            let pause = Duration::from_secs(self.interval);
            if begun.elapsed() + pause > Duration::from_secs(self.timeout) {
                let to = crate::output::text(&self.to);
                let message = format!("{} was not {to} within {} s", self.expr, self.timeout);
                return Err(Problem::new(Kind::TimedOut, message));
            }
            sleep(pause).await;
        }
    }
}

/// `1` and `"1"` are one value to who writes a waiter.
fn same(found: &Value, wanted: &Value) -> bool {
    crate::output::text(found) == crate::output::text(wanted)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn conditions_are_judged_and_what_cannot_be_decided_does_not_hold() {
        let cel = "has(self.status) && self.status == \"RUNNING\"";
        assert!(holds(cel, &json!({"status": "RUNNING"})));
        assert!(!holds(cel, &json!({"status": "ERROR"})));
        assert!(!holds(cel, &json!({})));
        assert!(!holds("self.status ==", &json!({"status": ""})));
        assert!(holds("self.progress >= 100", &json!({"progress": 100})));
    }

    #[test]
    fn messages_show_the_state() {
        assert_eq!(filled("is {status}, not {x}", &json!({"status": "ERROR"})), "is ERROR, not ");
    }

    #[test]
    fn a_waiter_of_the_vendor_is_read_and_bounded() {
        assert_eq!(CliWaiter::read(r#"{"expr":"status","to":"RUNNING"}"#).unwrap().timeout, 180);
        assert!(CliWaiter::read(r#"{"expr":"status"}"#).is_err());
        assert!(CliWaiter::read(r#"{"expr":"s","to":1,"timeout":0}"#).is_err());
        assert!(same(&json!(1), &json!("1")) && !same(&json!(1), &json!("2")));
    }
}
