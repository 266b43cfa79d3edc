//! A service on a loopback port in which one instance goes through the given states.

use std::io;

use serde_json::{Value, json};

use crate::server::{Received, Reply, Server};

/// The id of the instance that is ordered.
pub const ID: &str = "979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9";

/// Where the instances of the project `p-1` are.
pub const INSTANCES: &str = "/v2/p-1/instances";

/// Starts it. `states` are what the instance is found in, question by question; the last one stays,
/// and behind `GONE` it is not there.
///
/// # Errors
///
/// When no loopback port can be bound.
pub async fn start(states: &'static [&'static str]) -> io::Result<Server> {
    let mut cloud = Cloud { name: None, states: states.iter() };
    Server::answering(move |request| cloud.answer(request)).await
}

struct Cloud {
    /// Of the instance, once it is ordered.
    name: Option<String>,
    states: std::slice::Iter<'static, &'static str>,
}

impl Cloud {
    fn answer(&mut self, request: &Received) -> Reply {
        let path = request.target.split('?').next().unwrap_or_default();
        let below = path.strip_prefix(INSTANCES);
        match (request.method.as_str(), below) {
            ("POST", Some("")) => self.order(request),
            ("GET", Some("")) => self.list(),
            ("GET", Some(_)) => self.show(),
            ("DELETE", Some(_)) => Reply::json(204, ""),
            ("GET", None) if path == "/v2/p-1/flavors" => flavors(),
            _ => refusal(404, "DCS.0404", "no such operation"),
        }
    }

    fn order(&mut self, request: &Received) -> Reply {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let name = body["name"].as_str().unwrap_or_default().to_owned();
        let bought = json!({"instances": [{"instance_id": ID, "instance_name": name}]});
        self.name = Some(name);
        Reply::json(200, &bought.to_string())
    }

    fn list(&self) -> Reply {
        let state = self.states.as_slice().first();
        let item = |name| json!({"instance_id": ID, "name": name, "status": state});
        let items = self.name.iter().map(item);
        let items: Vec<Value> = items.collect();
        let list = json!({"instance_num": items.len(), "instances": items});
        Reply::json(200, &list.to_string())
    }

    fn show(&mut self) -> Reply {
        let state = match self.states.as_slice() {
            [last] => *last,
            _ => self.states.next().copied().unwrap_or("GONE"),
        };
        if state == "GONE" {
            return refusal(404, "111404022", "This instance does not exist.");
        }
        let shown = json!({
            "instance_id": ID,
            "name": self.name,
            "status": state,
            "ip": "192.168.0.7",
            "port": 6379,
        });
        Reply::json(200, &shown.to_string())
    }
}

fn flavors() -> Reply {
    let flavor = |code: &str, mode: &str, capacity: &str| json!({"spec_code": code, "cache_mode": mode, "capacity": [capacity]});
    let flavors = json!({"flavors": [
        flavor("redis.ha.xu1.large.r2.2", "ha", "2"),
        flavor("redis.single.xu1.large.2", "single", "2"),
    ]});
    Reply::json(200, &flavors.to_string())
}

fn refusal(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({"error_code": code, "error_msg": message}).to_string())
}
