//! Reading through all keys. In: what is looked for. Out: what was found, as data; the API's words for it
//! stand in `behavior/`.
//!
//! Keys are read as the service reads them: by scanning each database of each shard, so that the process goes
//! on answering meanwhile. A key that is no text is shown with its strange bytes replaced.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Redis, said};
use crate::{plane::resp::Connection, state::AnalysisKind};

/// The largest keys that are told, of strings and of everything else.
const MOST_STRINGS: usize = 20;
const MOST_OTHERS: usize = 80;
/// Keys that are asked about at once.
const STEP: &str = "500";

/// A key, as an analysis finds it.
struct Key {
    name: String,
    kind: String,
    shard: String,
    database: u64,
    /// Bytes of a string, elements of everything else.
    size: u64,
    bytes: u64,
    frequency: Option<u64>,
}

impl Redis {
    /// What is found in the keys of all shards.
    pub(in crate::plane) async fn analyze(&self, kind: AnalysisKind) -> Result<Value, String> {
        let mut keys = Vec::new();
        let (mut expired, mut infos) = (0, Vec::new());
        for master in self.leading().await? {
            let mut connection = master.connect(&self.node).await?;
            let before = number(&info(&mut connection).await?, "expired_keys:");
            if kind == AnalysisKind::HotKeys {
                frequencies_are_counted(&mut connection).await?;
            }
            if kind != AnalysisKind::Diagnosis {
                let shard = format!("127.0.0.1:{}", master.client_port());
                self.read(&mut connection, &shard, kind, &mut keys).await?;
            }
            let after = info(&mut connection).await?;
            expired += number(&after, "expired_keys:").saturating_sub(before);
            infos.push(json!(after));
        }
        Ok(match kind {
            AnalysisKind::BigKeys => json!({"keys": largest(keys, |key| key.size)}),
            AnalysisKind::HotKeys => {
                json!({"keys": largest(keys, |key| key.frequency.unwrap_or_default())})
            }
            AnalysisKind::ExpiredKeys => json!({"expired": expired}),
            AnalysisKind::AllKeys => totals(keys),
            AnalysisKind::Diagnosis => json!({"infos": infos}),
        })
    }

    /// All keys of a shard.
    async fn read(
        &self,
        connection: &mut Connection,
        shard: &str,
        kind: AnalysisKind,
        keys: &mut Vec<Key>,
    ) -> Result<(), String> {
        let scan = self.named("scan").to_owned();
        let told = info(connection).await?;
        let databases = told.lines().filter_map(|line| line.strip_prefix("db")?.split_once(':'));
        for database in databases.filter_map(|(number, _)| number.parse::<u64>().ok()) {
            if !self.node.layout.is_cluster {
                said(connection.ask(&["SELECT", &database.to_string()]).await)?;
            }
            let mut cursor = "0".to_owned();
            loop {
                let page = said(connection.ask(&[&scan, &cursor, "COUNT", STEP]).await)?;
                let names = page.get(1).and_then(Value::as_array).cloned().unwrap_or_default();
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                let found = described(connection, &names, kind).await?;
                let placed =
                    found.into_iter().map(|key| Key { shard: shard.to_owned(), database, ..key });
                keys.extend(placed);
                cursor = page.get(0).and_then(Value::as_str).unwrap_or("0").to_owned();
                if cursor == "0" {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// What there is to say of keys; one that is gone meanwhile is left out.
async fn described(
    connection: &mut Connection,
    names: &[&str],
    kind: AnalysisKind,
) -> Result<Vec<Key>, String> {
    if kind == AnalysisKind::ExpiredKeys {
        // To have met them is enough.
        return Ok(Vec::new());
    }
    let types: Vec<Vec<&str>> = names.iter().map(|name| vec!["TYPE", name]).collect();
    let types = said(connection.ask_all(&types).await)?;
    let kinds: Vec<&str> = types.iter().map(|kind| kind.as_str().unwrap_or("none")).collect();
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for (name, kind) in names.iter().zip(&kinds) {
        commands.push(vec![sized_by(kind), name]);
        commands.push(vec!["MEMORY", "USAGE", name]);
        commands.push(vec!["OBJECT", "FREQ", name]);
    }
    let replies = said(connection.ask_all(&commands).await)?;
    let described = names.iter().zip(&kinds).zip(replies.chunks(3));
    let described = described.filter(|((_, kind), _)| **kind != "none");
    Ok(described
        .map(|((name, kind), replies)| {
            let told = |place: usize| replies.get(place).and_then(Value::as_u64);
            Key {
                name: (*name).to_owned(),
                kind: (*kind).to_owned(),
                shard: String::new(),
                database: 0,
                size: told(0).unwrap_or_default(),
                bytes: told(1).unwrap_or_default(),
                frequency: told(2),
            }
        })
        .collect())
}

/// The command that tells the size of a key.
fn sized_by(kind: &str) -> &'static str {
    match kind {
        "list" => "LLEN",
        "set" => "SCARD",
        "zset" => "ZCARD",
        "hash" => "HLEN",
        "stream" => "XLEN",
        _ => "STRLEN",
    }
}

/// Without such a policy the process counts no accesses, and the service finds no hot keys either.
async fn frequencies_are_counted(connection: &mut Connection) -> Result<(), String> {
    let policy = said(connection.ask(&["CONFIG", "GET", "maxmemory-policy"]).await)?;
    let policy = policy.get(1).and_then(Value::as_str).unwrap_or_default();
    match policy.ends_with("-lfu") {
        true => Ok(()),
        false => Err(format!(
            "the parameter maxmemory-policy is {policy}; accesses are counted by \
             allkeys-lfu and volatile-lfu"
        )),
    }
}

/// The largest keys by some measure, strings apart from everything else.
fn largest(mut keys: Vec<Key>, measure: fn(&Key) -> u64) -> Vec<Value> {
    keys.sort_by(|a, b| measure(b).cmp(&measure(a)).then_with(|| a.name.cmp(&b.name)));
    let (strings, others): (Vec<Key>, Vec<Key>) =
        keys.into_iter().partition(|key| key.kind == "string");
    let told = strings.into_iter().take(MOST_STRINGS).chain(others.into_iter().take(MOST_OTHERS));
    told.map(|key| {
        let mut told = json!({
            "name": key.name,
            "type": key.kind,
            "shard": key.shard,
            "db": key.database,
            "size": key.size,
            "unit": if key.kind == "string" { "byte" } else { "count" },
        });
        if let Some(frequency) = key.frequency {
            told["freq"] = json!(frequency);
        }
        told
    })
    .collect()
}

/// Sums of all keys, by type and by what their names begin with.
fn totals(mut keys: Vec<Key>) -> Value {
    let mut types: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut prefixes: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    for key in &keys {
        let sum = types.entry(&key.kind).or_default();
        *sum = (sum.0 + key.bytes, sum.1 + 1);
        if let Some(at) = key.name.find(':') {
            let sum = prefixes.entry((&key.name[..=at], &key.kind)).or_default();
            *sum = (sum.0 + key.bytes, sum.1 + 1);
        }
    }
    let mut prefixes: Vec<_> = prefixes.into_iter().collect();
    prefixes.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let prefixes: Vec<Value> = prefixes
        .into_iter()
        .take(100)
        .map(|((prefix, kind), (bytes, num))| {
            json!({"key_prefix": prefix, "type": kind, "bytes": bytes, "num": num})
        })
        .collect();
    let type_bytes: Vec<Value> =
        types.iter().map(|(kind, sum)| json!({"type": kind, "bytes": sum.0})).collect();
    let type_num: Vec<Value> =
        types.iter().map(|(kind, sum)| json!({"type": kind, "num": sum.1})).collect();
    let total_bytes: u64 = keys.iter().map(|key| key.bytes).sum();
    let total_num = keys.len();
    keys.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    let largest = keys.iter().take(100).map(|key| {
        json!({"key": key.name, "type": key.kind, "bytes": key.bytes, "num_of_elem": key.size})
    });
    json!({
        "largest_keys": largest.collect::<Vec<_>>(),
        "largest_key_prefixes": prefixes,
        "total_bytes": total_bytes,
        "total_num": total_num,
        "type_bytes": type_bytes,
        "type_num": type_num,
    })
}

async fn info(connection: &mut Connection) -> Result<String, String> {
    let told = said(connection.ask(&["INFO", "all"]).await)?;
    Ok(told.as_str().unwrap_or_default().to_owned())
}

/// The number behind the name of a line.
fn number(info: &str, name: &str) -> u64 {
    let value = info.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    value.trim().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, kind: &str, size: u64) -> Key {
        let (name, kind) = (name.to_owned(), kind.to_owned());
        Key { name, kind, shard: "s".to_owned(), database: 0, size, bytes: size, frequency: None }
    }

    #[test]
    fn the_largest_come_first_and_strings_have_a_list_of_their_own() {
        let mut keys: Vec<Key> = (0..30).map(|n| key(&format!("s{n:02}"), "string", n)).collect();
        keys.push(key("small", "hash", 1));
        let told = largest(keys, |key| key.size);
        assert_eq!(told.len(), 21);
        assert_eq!((&told[0]["name"], &told[0]["unit"]), (&json!("s29"), &json!("byte")));
        assert_eq!((&told[20]["name"], &told[20]["unit"]), (&json!("small"), &json!("count")));
    }

    #[test]
    fn sums_are_of_all_keys() {
        let keys = vec![key("a:1", "string", 5), key("a:2", "string", 6), key("b", "set", 7)];
        let told = totals(keys);
        assert_eq!((&told["total_bytes"], &told["total_num"]), (&json!(18), &json!(3)));
        let prefix = json!({"key_prefix": "a:", "type": "string", "bytes": 11, "num": 2});
        assert_eq!(told["largest_key_prefixes"], json!([prefix]));
        assert_eq!(told["largest_keys"][0]["key"], "b");
        assert_eq!(
            told["type_num"],
            json!([{"type": "set", "num": 1}, {"type": "string", "num": 2}])
        );
    }
}
