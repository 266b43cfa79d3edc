//! Copying data from another Redis on this machine. In: where it answers. Out: how many keys there are and how
//! many were copied.
//!
//! The source itself sends its keys, by `MIGRATE`, so that no value passes through here. So it must reach this
//! instance, which is at home on loopback, and keys that are no text are not copied.

use serde_json::{Value, json};

use super::{Redis, said};
use crate::{plane::resp::Connection, state::Source};

/// Keys that are sent at once.
const STEP: &str = "200";
/// How long the source may take to send them, in milliseconds.
const TIME: &str = "8000";

impl Redis {
    /// Copies all keys of a source in the place of those of the same name.
    pub(in crate::plane) async fn migrate(&self, source: &Source) -> Result<Value, String> {
        if self.node.layout.is_cluster {
            return Err("nothing is copied into a cluster here".to_owned());
        }
        let masters = self.leading().await?;
        let target = masters.first().ok_or("it has no process")?.port;
        let (mut keys, mut copied) = (0, 0);
        for port in &source.ports {
            let password = source.password.as_ref().map(|password| password.expose());
            let open = Connection::open(*port, password).await;
            let mut connection = open.map_err(|why| format!("127.0.0.1:{port}: {why}"))?;
            let info = said(connection.ask(&["INFO", "keyspace"]).await)?;
            let databases = info.as_str().unwrap_or_default().lines();
            let databases = databases.filter_map(|line| line.strip_prefix("db")?.split_once(':'));
            for (database, _) in databases {
                let (all, sent) = self.copy(&mut connection, target, database).await?;
                (keys, copied) = (keys + all, copied + sent);
            }
        }
        let sizes = self.say(&["DBSIZE"]).await?;
        let size: u64 = sizes.iter().filter_map(Value::as_u64).sum();
        Ok(json!({"source": keys, "copied": copied, "target": size}))
    }

    /// Copies a database. Out: its keys, and those that were copied.
    async fn copy(
        &self,
        source: &mut Connection,
        target: u16,
        database: &str,
    ) -> Result<(u64, u64), String> {
        // A cluster has one database, and does not know the command.
        if database != "0" {
            said(source.ask(&["SELECT", database]).await)?;
        }
        let target = target.to_string();
        let (mut all, mut copied) = (0, 0);
        let mut cursor = "0".to_owned();
        loop {
            let page = said(source.ask(&["SCAN", &cursor, "COUNT", STEP]).await)?;
            let names = page.get(1).and_then(Value::as_array).cloned().unwrap_or_default();
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            all += names.len() as u64;
            let mut command = vec!["MIGRATE", "127.0.0.1", &target, "", database, TIME];
            command.extend(["COPY", "REPLACE"]);
            if let Some(password) = &self.node.password {
                command.extend(["AUTH", password.expose()]);
            }
            command.push("KEYS");
            command.extend(&names);
            if !names.is_empty() && said(source.ask(&command).await)? == "OK" {
                copied += names.len() as u64;
            }
            cursor = page.get(0).and_then(Value::as_str).unwrap_or("0").to_owned();
            if cursor == "0" {
                return Ok((all, copied));
            }
        }
    }
}
