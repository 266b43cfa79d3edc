//! A Redis without a cloud: starts an emulator, orders an instance and says how to reach it. In: nothing.
//! Out: a line to connect by; all is gone once Enter is pressed.

use huaweicloud_dcs::{Client, Credentials, types::*};
use huaweicloud_dcs_emulator::Emulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().start().await?;
    let keys = emulator.keys();
    let client = Client::builder()
        .endpoint(emulator.endpoint())
        .allow_http(true)
        .project_id(&keys.project_id)
        .credentials(Credentials::new(keys.access_key.as_str(), keys.secret_key.expose()))
        .build()?;
    let flavor = "redis.single.xu1.large.1";
    let order = CreateInstanceBody::new("demo", Engine::Redis, 1, flavor, ["a"], "vpc", "subnet")
        .engine_version(EngineVersion::V5_0)
        .no_password_access(true);
    let made = client.create_instance(order).send().await?.into_inner();
    let id = made.instances.first().and_then(|made| made.instance_id.clone());
    let shown = client.show_instance(id.unwrap_or_default()).send().await?.into_inner();
    match (shown.ip, shown.port) {
        (Some(ip), Some(port)) => println!("redis-cli -h {ip} -p {port} set greeting hello"),
        _ => println!("there is no process behind it; {}", huaweicloud_dcs_emulator::INSTALL),
    }
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    emulator.stop().await;
    Ok(())
}
