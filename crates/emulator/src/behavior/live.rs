//! What only the processes know: slow commands, clients, statistics. In: what they replied. Out: the
//! answer. Where there are no processes, nothing is listed.

use serde_json::{Value, json};

use super::{Live, Question, Said};
use crate::{
    call::{Call, Reply},
    moment,
    refusal::Refusal,
    state::{Instance, State, Status},
};

pub(super) const BEHAVIORS: &[(&str, Live)] = &[
    ("ListSlowlog", Live { ask: ask_slowlog, answer: slowlog }),
    ("ListClients", Live { ask: ask_clients, answer: clients }),
    ("HangUpClients", Live { ask: ask_kill, answer: killed }),
    ("HangUpKillAllClients", Live { ask: ask_kill_all, answer: killed }),
    ("ListStatisticsOfRunningInstances", Live { ask: ask_statistics, answer: statistics }),
];

/// One command for the instance that the path names, which must be running.
fn one(state: &State, call: &Call, command: &[&str]) -> Result<Question, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    if instance.status != Status::Running {
        return Err(Refusal::new("DCS.4049", format!("it is {}", instance.status.as_str())));
    }
    Ok(question(instance, command))
}

fn question(instance: &Instance, command: &[&str]) -> Question {
    let command = command.iter().map(|word| (*word).to_owned()).collect();
    Question { instance: instance.id.clone(), command }
}

fn ask_slowlog(state: &State, call: &Call) -> Result<Vec<Question>, Refusal> {
    Ok(vec![one(state, call, &["SLOWLOG", "GET", "1000"])?])
}

fn slowlog(_: &State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let bound = |name: &str, default: u64| {
        call.asked(name).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (first, last) = (bound("start_time", 0), bound("end_time", u64::MAX));
    let entries = said.iter().filter_map(|said| said.reply.as_array()).flatten();
    let mut entries: Vec<(u64, u64, Value)> = entries
        .filter_map(|entry| {
            let seconds = entry.get(1)?.as_u64()?;
            let micros = entry.get(2)?.as_u64()?;
            let words = entry.get(3)?.as_array()?.iter().filter_map(Value::as_str);
            let command = words.collect::<Vec<_>>().join(" ");
            let start = seconds.saturating_mul(1000);
            let shown = json!({
                "id": entry.get(0)?,
                "command": command,
                "start_time": moment::text(start).replace(".000Z", "Z"),
                "duration": (micros as f64 / 1000.0).to_string(),
                "shard_name": "group-0",
            });
            (first <= start && start <= last).then_some((start, micros, shown))
        })
        .collect();
    let by_duration = call.asked("sort_key") == Some("duration");
    entries.sort_by_key(|(start, micros, _)| if by_duration { *micros } else { *start });
    if call.asked("sort_dir") != Some("asc") {
        entries.reverse();
    }
    let total = entries.len();
    let page = call.page(entries.into_iter().map(|(_, _, shown)| shown).collect(), 10);
    Ok(Reply::json(json!({"count": total, "total_num": total, "slowlogs": page})))
}

fn ask_clients(state: &State, call: &Call) -> Result<Vec<Question>, Refusal> {
    Ok(vec![one(state, call, &["CLIENT", "LIST"])?])
}

fn clients(_: &State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let lines = said.iter().filter_map(|said| said.reply.as_str()).flat_map(str::lines);
    let all: Vec<Value> = lines
        .map(client)
        .filter(|client| {
            let address = client["addr"].as_str().unwrap_or_default();
            call.asked("addr").is_none_or(|asked| address.contains(asked))
        })
        .collect();
    let total = all.len();
    Ok(Reply::json(json!({
        "time": moment::text(call.now),
        "clients": call.page(all, 10),
        "count": total,
    })))
}

/// What the API writes as a number; everything else is a text.
const NUMBERS: [&str; 10] =
    ["age", "idle", "multi", "obl", "oll", "omem", "psub", "qbuf", "qbuf-free", "sub"];
/// What else it shows.
const TEXTS: [&str; 9] = ["addr", "cmd", "db", "events", "fd", "flags", "id", "name", "user"];

/// A line of `CLIENT LIST`, such as `id=3 addr=127.0.0.1:5 name= age=0`.
fn client(line: &str) -> Value {
    let mut client = json!({"network": "vpc"});
    for (name, value) in line.split(' ').filter_map(|pair| pair.split_once('=')) {
        if NUMBERS.contains(&name) {
            client[name.replace('-', "_")] = json!(value.parse::<i64>().unwrap_or_default());
        } else if TEXTS.contains(&name) {
            client[name] = json!(value);
        } else if name == "laddr" {
            client["peer"] = json!(value);
        }
    }
    client
}

fn ask_kill(state: &State, call: &Call) -> Result<Vec<Question>, Refusal> {
    let addresses = call.texts("client_addrs");
    addresses.iter().map(|address| one(state, call, &["CLIENT", "KILL", "ADDR", address])).collect()
}

fn ask_kill_all(state: &State, call: &Call) -> Result<Vec<Question>, Refusal> {
    Ok(vec![one(state, call, &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])?])
}

fn killed(_: &State, call: &Call, _: &[Said]) -> Result<Reply, Refusal> {
    let has_body = call.operation.success().is_some_and(|answer| answer.media.is_some());
    Ok(if has_body { Reply::json(json!({})) } else { Reply::empty(200) })
}

fn ask_statistics(state: &State, _: &Call) -> Result<Vec<Question>, Refusal> {
    let running = state.instances().iter().filter(|instance| instance.status == Status::Running);
    let asked = running.filter(|instance| !instance.order.is_memcached());
    Ok(asked.map(|instance| question(instance, &["INFO", "all"])).collect())
}

fn statistics(state: &State, _: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let one = |said: &Said| {
        let instance = state.instance(&said.instance).ok()?;
        let info = said.reply.as_str().unwrap_or_default();
        let calls = |command: &str| {
            let line = value(info, &format!("cmdstat_{command}:"));
            number(line.split(',').next().unwrap_or_default().trim_start_matches("calls="))
        };
        Some(json!({
            "instance_id": instance.id,
            "keys": keys(info),
            "used_memory": number(value(info, "used_memory:")) / (1024 * 1024),
            "max_memory": instance.megabytes(),
            "cmd_get_count": calls("get"),
            "cmd_set_count": calls("set"),
            "input_kbps": decimal(value(info, "instantaneous_input_kbps:")),
            "output_kbps": decimal(value(info, "instantaneous_output_kbps:")),
            "used_cpu": "0.0",
        }))
    };
    let all: Vec<Value> = said.iter().filter_map(one).collect();
    Ok(Reply::json(json!({"statistics": all})))
}

fn decimal(text: &str) -> &str {
    if text.is_empty() { "0.0" } else { text }
}

/// What a line of `INFO` says behind its name.
fn value<'i>(info: &'i str, name: &str) -> &'i str {
    info.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim()
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_default()
}

/// The keys of all databases: lines such as `db0:keys=2,expires=0`.
fn keys(info: &str) -> u64 {
    let lines = info.lines().filter(|line| line.starts_with("db"));
    let counts = lines.filter_map(|line| line.split_once(":keys=")?.1.split(',').next());
    counts.map(number).sum()
}
