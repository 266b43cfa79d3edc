//! What tests of instances share. In: an order. Out: an emulator with the instance running in it, to be called and logged
//! in to.

#![allow(dead_code, reason = "each test uses a part")]

use huaweicloud_dcs::{Client, types::CreateInstanceBody};
use huaweicloud_dcs_emulator::{DataPlane, Emulator};
use redis::{Connection, RedisResult};
use serde_json::Value;

use super::{Answer, PASSWORD, client, programs, send};

/// An emulator with processes, and an instance in it.
pub(crate) struct Running {
    pub(crate) emulator: Emulator,
    pub(crate) client: Client,
    pub(crate) id: String,
}

/// One that is ordered; nothing without the programs, which is said.
pub(crate) async fn running(test: &str, order: CreateInstanceBody) -> Option<Running> {
    let data_plane = DataPlane::Programs(programs(test)?);
    let emulator = Emulator::builder().data_plane(data_plane).start().await.unwrap();
    let client = client(&emulator);
    let made = client.create_instance(order).send().await.unwrap().into_inner();
    let id = made.instances[0].instance_id.clone().unwrap();
    Some(Running { emulator, client, id })
}

impl Running {
    /// Where it is reached.
    pub(crate) async fn port(&self) -> i64 {
        let shown = self.client.show_instance(&self.id).send().await.unwrap().into_inner();
        shown.port.unwrap()
    }

    /// With the password of the order.
    pub(crate) async fn connect(&self) -> Connection {
        self.log_in("", PASSWORD).await.unwrap()
    }

    /// By an account of its own.
    pub(crate) async fn log_in(&self, user: &str, password: &str) -> RedisResult<Connection> {
        let url = format!("redis://{user}:{password}@127.0.0.1:{}", self.port().await);
        redis::Client::open(url)?.get_connection()
    }

    /// A call of the instance, with or without a body.
    pub(crate) async fn call(&self, method: &str, below: &str, body: Value) -> Answer {
        let project = &self.emulator.keys().project_id;
        let path = format!("/v2/{project}/instances/{}/{below}", self.id);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(&self.emulator, method, &path, &body).await
    }

    /// A page of the instance.
    pub(crate) async fn get(&self, below: &str) -> Value {
        let answer = self.call("GET", below, Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }
}
