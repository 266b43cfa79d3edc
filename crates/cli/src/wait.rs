//! Waiting. In: a waiter of the document (`x-waiters`), or the vendor's `--cli-waiter`. Out: the answer in which the state was
//! reached, or why it will not be reached.

use std::time::Duration;

use cel::{Context, Program};
use huaweicloud_catalog::{Until, Waiter};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::{
    follow::Awaited,
    messages,
    problem::{Kind, Problem},
    progress::Progress,
    request::Request,
    send::{Answer, Sender},
};

/// A waiter with the requested interval and limit.
pub(crate) fn paced(mut waiter: Waiter, interval: Option<u64>, limit: Option<u64>) -> Waiter {
    if let Some(interval) = interval {
        (waiter.first, waiter.every) = (waiter.first.min(interval), interval);
    }
    waiter.limit = limit.unwrap_or(waiter.limit);
    waiter
}

/// Waits for a state; `None` once the resource is gone.
///
/// # Errors
///
/// It was not reached in time, it will not be reached, or polling failed permanently.
pub(crate) async fn until(
    sender: &Sender,
    awaited: &Awaited,
    language: &str,
) -> Result<Option<Value>, Problem> {
    let Awaited { request, waiter, item, .. } = awaited;
    let begun = Instant::now();
    let mut progress = Progress::new(awaited.subject());
    let mut reached = 0;
    let mut failing = Failing::default();
    let mut pause = Duration::from_secs(waiter.first);
    loop {
        let state = match sender.send(request).await {
            Ok(Answer::Value(answer)) => judged(request, waiter, answer, item.as_deref()),
            Ok(_) => None,
            Err(problem) if is_gone(&problem, waiter) => None,
            // Transient failures are retried.
            Err(problem) if problem.kind == Kind::Unavailable => {
                progress.say(&messages::asking_again(), None);
                Some(Value::Null)
            }
            Err(problem) => return Err(problem),
        };
        match (&waiter.until, &state) {
            (Until::Gone, None) => return Ok(None),
            (Until::Reached { .. }, None) if item.is_none() => {
                return Err(Problem::new(Kind::NotFound, messages::not_there(awaited.subject())));
            }
            (Until::Reached { times, cel }, Some(state)) if holds(cel, state) => {
                reached += 1;
                if reached >= *times {
                    return Ok(Some(state.clone()));
                }
            }
            _ => reached = 0,
        }
        if let Some(state) = state.as_ref().filter(|state| !state.is_null()) {
            failing.judge(waiter, state, language)?;
            progress.show(state);
        }
        if begun.elapsed() + pause > Duration::from_secs(waiter.limit) {
            let message = messages::not_reached(&waiter.id, waiter.limit, awaited.command());
            return Err(Problem::new(Kind::TimedOut, message));
        }
        sleep(pause).await;
        pause = Duration::from_secs(waiter.every);
    }
}

/// The failure that the last answer reported, and since when.
#[derive(Default)]
struct Failing(Option<(String, Instant)>);

impl Failing {
    /// Gives up once a failure has lasted as long as the document allows.
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

/// What conditions apply to: the answer, or one of its items.
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

/// Whether a condition holds; one that cannot be evaluated does not.
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

/// The vendor's `--cli-waiter`, extended by failure states.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CliWaiter {
    expr: String,
    to: Value,
    #[serde(default = "usual_timeout")]
    timeout: u64,
    #[serde(default = "usual_interval")]
    interval: u64,
    /// Extension: values that are final failures.
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
    /// Parses the option.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        let waiter: Self = serde_json::from_str(text).map_err(|error| {
            let form =
                r#"{"expr":"status","to":"RUNNING","timeout":300,"interval":5,"failed":["ERROR"]}"#;
            Problem::usage(messages::waiter_form(error, form))
        })?;
        if !(1..=86_400).contains(&waiter.timeout) || !(1..=600).contains(&waiter.interval) {
            return Err(Problem::usage(messages::waiter_range()));
        }
        Ok(waiter)
    }

    /// Polls until the expression has the value.
    pub(crate) async fn wait(&self, sender: &Sender, request: &Request) -> Result<Answer, Problem> {
        if !request.chosen.described.operation.repeatable {
            let id = &request.chosen.described.operation.id;
            return Err(Problem::usage(messages::waiter_changes(id)));
        }
        let expression = jmespath::compile(&self.expr).map_err(|error| {
            let why = error.to_string();
            let why = why.lines().next().unwrap_or_default();
            Problem::usage(messages::no_jmespath("--cli-waiter", &self.expr, why))
        })?;
        let begun = Instant::now();
        let mut progress = Progress::new(&self.expr);
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
                    let message = messages::waiter_failed(&self.expr, crate::output::text(&found));
                    return Err(Problem::new(Kind::Failed, message));
                }
                progress.say(&crate::output::text(&found), None);
            }
            let pause = Duration::from_secs(self.interval);
            if begun.elapsed() + pause > Duration::from_secs(self.timeout) {
                let to = crate::output::text(&self.to);
                let message = messages::waiter_timed_out(&self.expr, to, self.timeout);
                return Err(Problem::new(Kind::TimedOut, message));
            }
            sleep(pause).await;
        }
    }
}

/// Whether two values are equal as text: `1` and `"1"` are.
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
