//! From names to a running instance. In: the names of a VPC, a subnet and a security group, and keys from the
//! usual places. Out: the address of an instance in them.
//!
//! ```sh
//! export HUAWEICLOUD_SDK_AK=… HUAWEICLOUD_SDK_SK=… HW_REGION_NAME=cn-north-4 DCS_PASSWORD=…
//! cargo run -p huaweicloud --features vpc --example from_names -- vpc-default apps web
//! ```
//!
//! It orders, which costs money. Run again, it finds what is there. With `--allow-http` before the names it runs
//! against an emulator, which prints what to set.

use std::error::Error;

use huaweicloud::{
    Config,
    dcs::{
        self,
        types::{CreateInstanceBody, Engine, EngineVersion},
    },
    vpc,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where an instance is placed, by ids.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) vpc: String,
    pub(crate) subnet: String,
    pub(crate) group: String,
}

/// Looks the names up. Two things of one name are an error: which one is meant?
pub(crate) async fn place(
    networks: &vpc::Client,
    [vpc, subnet, group]: [&str; 3],
) -> Result<Place> {
    let vpcs = networks.list_vpcs().stream().into_vec().await?;
    let named = vpcs.into_iter().filter(|found| found.name.as_deref() == Some(vpc));
    let vpc = the_one("VPC", vpc, named.map(|found| found.id))?;
    let subnets = networks.list_subnets().vpc_id(vpc.as_str()).stream().into_vec().await?;
    let named = subnets.into_iter().filter(|found| found.name.as_deref() == Some(subnet));
    let subnet = the_one("subnet", subnet, named.map(|found| found.id))?;
    let groups = networks.list_security_groups().name([group]).stream().into_vec().await?;
    let group = the_one("security group", group, groups.into_iter().map(|found| found.id))?;
    Ok(Place { vpc, subnet, group })
}

fn the_one(what: &str, name: &str, mut ids: impl Iterator<Item = String>) -> Result<String> {
    match (ids.next(), ids.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(format!("there is no {what} of the name {name}").into()),
        (Some(_), Some(_)) => Err(format!("there are several {what}s of the name {name}").into()),
    }
}

/// A Redis instance of 2 GB with a replica.
pub(crate) fn order(place: Place, password: &str) -> CreateInstanceBody {
    CreateInstanceBody::new(
        "session-cache",
        Engine::Redis,
        2,
        "redis.ha.xu1.large.r2.2",
        ["cn-north-4a", "cn-north-4b"],
        place.vpc,
        place.subnet,
    )
    .engine_version(EngineVersion::V5_0)
    .security_group_id(place.group)
    .password(password)
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let is_local = names.first().is_some_and(|first| first == "--allow-http");
    names.drain(..usize::from(is_local));
    let [vpc, subnet, group] = names.as_slice() else {
        return Err("give the names of a VPC, a subnet and a security group".into());
    };
    // Keys, region and project are looked for once.
    let config = Config::builder().allow_http(is_local).build_config()?;
    let place = place(&vpc::Client::new(&config)?, [vpc, subnet, group]).await?;
    let body = order(place, &std::env::var("DCS_PASSWORD")?);
    for instance in dcs::Client::new(&config)?.create_and_wait(body).await? {
        println!("{:?} answers at {:?}:{:?}", instance.name, instance.ip, instance.port);
    }
    Ok(())
}
