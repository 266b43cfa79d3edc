//! Commands by way of the API: sessions, and what the process replies.

use serde_json::{Value, json};

use super::{Behavior, Live, Question, Said, live};
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::{Act, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("LoginWebCli", log_in), ("LogoffWebCli", log_off)];

pub(super) const LIVE: &[(&str, Live)] = &[("ExecuteCommandMobilization", Live { ask, answer })];

fn name(session: &str) -> String {
    format!("session/{session}")
}

fn log_in(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let session = state.task_id();
    let instance = state.running(call.variable("instance_id"))?;
    let known = instance.order.password.as_ref().map_or("", |password| password.expose());
    if call.text("password").unwrap_or_default() != known {
        return Err(Refusal::new("DCS.4080", "The password is wrong."));
    }
    instance.kept.insert(name(&session), json!(true));
    let databases = if instance.order.layout().is_cluster { 1 } else { 256 };
    Ok(Reply::json(json!({"client_id": session, "databases": databases})))
}

fn log_off(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let session = call.text("client_id").unwrap_or_default();
    let instance = state.instance_mut(call.variable("instance_id"))?;
    instance.kept.remove(&name(&session)).ok_or_else(|| unknown(&session))?;
    Ok(Reply::empty(200))
}

fn unknown(session: &str) -> Refusal {
    Refusal::new("DCS.4063", format!("client_id: there is no session {session}"))
}

fn ask(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    let question = live::one(state, call, &[])?;
    let session = call.text("client_id").unwrap_or_default();
    let instance = state.instance(call.variable("instance_id"))?;
    if !instance.kept.contains_key(&name(&session)) {
        return Err(unknown(&session));
    }
    let command = words(&call.text("command").unwrap_or_default());
    if command.is_empty() {
        return Err(Refusal::new("DCS.4063", "command: there is none"));
    }
    let database = call.field("database").and_then(Value::as_u64).unwrap_or(0);
    Ok(vec![Question { act: Act::Console { database, command }, ..question }])
}

fn answer(_: &mut State, _: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let reply = said.first().map(|said| said.reply.clone());
    let reply = reply.ok_or_else(|| Refusal::new("DCS.4848", "There is no process to ask."))?;
    Ok(Reply::json(json!({"response": text(&reply)})))
}

/// A reply as people read it.
fn text(reply: &Value) -> String {
    match reply {
        Value::Null => "(nil)".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "(empty)".to_owned(),
        Value::Array(items) => {
            let lines = items.iter().enumerate();
            let lines = lines.map(|(number, item)| format!("{}) {}", number + 1, text(item)));
            lines.collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}

/// The words of a command; what is in quotes is one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some('"'), '\\') => word.get_or_insert_default().extend(letters.next()),
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_in_a_shell() {
        assert_eq!(words("  SET a  'b c' "), ["SET", "a", "b c"]);
        assert_eq!(words(r#"SET a "b \" 'c'" ''"#), ["SET", "a", "b \" 'c'", ""]);
        assert!(words(" ").is_empty());
    }

    #[test]
    fn replies_are_text() {
        assert_eq!(text(&json!(["a", null, 3, []])), "1) a\n2) (nil)\n3) 3\n4) (empty)");
    }
}
