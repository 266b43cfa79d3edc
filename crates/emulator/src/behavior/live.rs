//! What only the processes know: slow commands, clients, statistics. In: what the master of each shard replied.
//! Out: the answer. Where there are no processes, nothing is listed.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Live, Question, Said, nodes};
use crate::{
    call::{Call, Reply},
    moment,
    refusal::Refusal,
    state::{Act, Instance, State, Status},
};

/// How long an answer that is about a reply waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) const BEHAVIORS: &[(&str, Live)] = &[
    ("ListSlowlog", Live { ask: ask_slowlog, answer: slowlog }),
    ("ListClients", Live { ask: ask_clients, answer: clients }),
    ("ScanClients", Live { ask: ask_clients, answer: scanned }),
    ("ShowInstanceTopology", Live { ask: ask_topology, answer: topology }),
    ("HangUpClients", Live { ask: ask_kill, answer: killed }),
    ("HangUpKillAllClients", Live { ask: ask_kill_all, answer: killed }),
    ("ListStatisticsOfRunningInstances", Live { ask: ask_statistics, answer: statistics }),
];

/// One command for the instance that the path names, which must be running.
pub(super) fn one(state: &State, call: &Call, command: &[&str]) -> Result<Question, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    if instance.status != Status::Running {
        return Err(Refusal::new("DCS.4049", format!("it is {}", instance.status.as_str())));
    }
    Ok(question(instance, command))
}

pub(super) fn question(instance: &Instance, command: &[&str]) -> Question {
    let command = command.iter().map(|word| (*word).to_owned()).collect();
    Question { instance: instance.id.clone(), act: Act::Ask(command), patience: PATIENCE }
}

fn ask_slowlog(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    Ok(vec![one(state, call, &["SLOWLOG", "GET", "1000"])?])
}

fn slowlog(_: &mut State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let bound = |name: &str, default: u64| {
        call.asked(name).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (first, last) = (bound("start_time", 0), bound("end_time", u64::MAX));
    let shards = said.iter().filter_map(|said| Some((said.shard, said.reply.as_array()?)));
    let entries =
        shards.flat_map(|(shard, entries)| entries.iter().map(move |entry| (shard, entry)));
    let mut entries: Vec<(u64, u64, Value)> = entries
        .filter_map(|(shard, entry)| {
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
                "shard_name": nodes::group(shard),
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

fn ask_clients(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    Ok(vec![one(state, call, &["CLIENT", "LIST"])?])
}

fn clients(state: &mut State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    // One node is asked for, or all are.
    let instance = state.instance(call.variable("instance_id"))?;
    let asked = call.asked("node_id").and_then(|node| nodes::shard_of(instance, node));
    let meant = said.iter().filter(|said| asked.is_none_or(|shard| shard == said.shard));
    let lines = meant.filter_map(|said| said.reply.as_str()).flat_map(str::lines);
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

/// The clients are asked for anew whenever they are listed.
fn scanned(_: &mut State, _: &Call, _: &[Said]) -> Result<Reply, Refusal> {
    Ok(Reply::json(json!({})))
}

fn ask_topology(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let is_asked = instance.status == Status::Running && !instance.order.is_memcached();
    Ok(is_asked.then(|| question(instance, &["INFO", "all"])).into_iter().collect())
}

/// The masters, by what they say, and the replicas, by what the masters say of them.
fn topology(state: &mut State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let megabytes =
        |name: &str, info: &str| (number(value(info, name)) / (1024 * 1024)).to_string();
    let mut servers = Vec::new();
    for node in nodes::all(instance) {
        let Some(said) = said.iter().find(|said| said.shard == node.shard) else { continue };
        let info = said.reply.as_str().unwrap_or_default();
        let is_master = node.place == 0;
        let port = match is_master {
            true => value(info, "tcp_port:"),
            false => {
                let slave = value(info, &format!("slave{}:", node.place - 1));
                slave.split(',').find_map(|pair| pair.strip_prefix("port=")).unwrap_or_default()
            }
        };
        let id = nodes::node_id(instance, &node);
        servers.push(json!({
            "node_id": id,
            "node_name": format!("redis-{}", nodes::number(instance, &node) - 1),
            "ip": "127.0.0.1",
            "port": port,
            "node_type": if is_master { "master" } else { "slave" },
            "max_memory": megabytes("maxmemory:", info),
            "used_memory": megabytes("used_memory:", info),
            "qps": value(info, "instantaneous_ops_per_sec:"),
            "bandwidth": {
                "input": value(info, "instantaneous_input_kbps:"),
                "output": value(info, "instantaneous_output_kbps:"),
            },
            "group_id": nodes::group_id(instance, node.shard),
            "status": "Active",
            "dims": {"dim_k": "dcs_cluster_redis_node", "dim_v": id},
        }));
    }
    Ok(Reply::json(json!({"redis_server": servers})))
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

fn ask_kill(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    let addresses = call.texts("client_addrs");
    addresses.iter().map(|address| one(state, call, &["CLIENT", "KILL", "ADDR", address])).collect()
}

fn ask_kill_all(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    Ok(vec![one(state, call, &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])?])
}

fn killed(_: &mut State, call: &Call, _: &[Said]) -> Result<Reply, Refusal> {
    let has_body = call.operation.success().is_some_and(|answer| answer.media.is_some());
    Ok(if has_body { Reply::json(json!({})) } else { Reply::empty(200) })
}

fn ask_statistics(state: &mut State, _: &Call) -> Result<Vec<Question>, Refusal> {
    let running = state.instances().iter().filter(|instance| instance.status == Status::Running);
    let asked = running.filter(|instance| !instance.order.is_memcached());
    Ok(asked.map(|instance| question(instance, &["INFO", "all"])).collect())
}

fn statistics(state: &mut State, _: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let one = |instance: &Instance| {
        let own = said.iter().filter(|said| said.instance == instance.id);
        let infos: Vec<&str> = own.filter_map(|said| said.reply.as_str()).collect();
        if infos.is_empty() {
            return None;
        }
        let sum = |count: &dyn Fn(&str) -> u64| infos.iter().map(|info| count(info)).sum::<u64>();
        let rate = |name: &str| {
            let sum: f64 =
                infos.iter().filter_map(|info| value(info, name).parse::<f64>().ok()).sum();
            format!("{sum:.2}")
        };
        Some(json!({
            "instance_id": instance.id,
            "keys": sum(&keys),
            "used_memory": sum(&used_memory) / (1024 * 1024),
            "max_memory": instance.megabytes(),
            "cmd_get_count": sum(&|info| calls(info, "get")),
            "cmd_set_count": sum(&|info| calls(info, "set")),
            "input_kbps": rate("instantaneous_input_kbps:"),
            "output_kbps": rate("instantaneous_output_kbps:"),
            "used_cpu": "0.0",
        }))
    };
    let all: Vec<Value> = state.instances().iter().filter_map(one).collect();
    Ok(Reply::json(json!({"statistics": all})))
}

/// How often a command was carried out.
fn calls(info: &str, command: &str) -> u64 {
    let line = value(info, &format!("cmdstat_{command}:"));
    number(line.split(',').next().unwrap_or_default().trim_start_matches("calls="))
}

/// Bytes.
pub(super) fn used_memory(info: &str) -> u64 {
    number(value(info, "used_memory:"))
}

/// What a line of `INFO` says behind its name.
pub(super) fn value<'i>(info: &'i str, name: &str) -> &'i str {
    info.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim()
}

pub(super) fn number(text: &str) -> u64 {
    text.parse().unwrap_or_default()
}

/// The keys of all databases: lines such as `db0:keys=2,expires=0`.
pub(super) fn keys(info: &str) -> u64 {
    let lines = info.lines().filter(|line| line.starts_with("db"));
    let counts = lines.filter_map(|line| line.split_once(":keys=")?.1.split(',').next());
    counts.map(number).sum()
}
