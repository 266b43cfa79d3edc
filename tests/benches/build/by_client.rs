//! One order of a cache instance, with the client.

use std::{env, error};

use huaweicloud_dcs::{
    Client, Region,
    types::{CreateInstanceBody, Engine, EngineVersion},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn error::Error>> {
    let client = Client::builder().region(Region::EU_WEST_101).build()?;
    let order = CreateInstanceBody::new(
        "session-cache",
        Engine::Redis,
        2,
        "redis.ha.xu1.large.r2.2",
        ["eu-west-101a", "eu-west-101b"],
        "EXAMPLE",
        "EXAMPLE",
    )
    .engine_version(EngineVersion::V5_0)
    .password(env::var("DCS_PASSWORD")?);
    println!("{:?}", client.create_instance(order).send().await?);
    Ok(())
}
