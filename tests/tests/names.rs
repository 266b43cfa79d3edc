//! From names to a running instance, with the program of the umbrella crate. In: an emulator with networks of these
//! names. Out: an order with their IDs, sent once.

use std::time::Duration;

use huaweicloud::{Config, Credentials, dcs, vpc};
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Neighbors, Pace};

#[expect(dead_code, reason = "a program, of which only the parts are called")]
#[path = "../../crates/huaweicloud/examples/from_names.rs"]
mod from_names;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Two VPCs with a subnet of the same name, and two groups that are called `twin`.
async fn region() -> Result<(Emulator, Config), Box<dyn std::error::Error>> {
    let neighbors = Neighbors::none().vpc("other", ["apps"]).vpc("vpc-default", ["apps"]);
    let neighbors = neighbors.security_group("web").security_group("twin").security_group("twin");
    let builder = Emulator::builder().data_plane(DataPlane::None).neighbors(neighbors);
    let emulator = builder.pace(Pace::Polls(1)).start().await?;
    let keys = emulator.keys();
    let config = Config::builder()
        .allow_http(true)
        .project_id(&keys.project_id)
        .environment(|_| None)
        .credentials(Credentials::new(keys.access_key.as_str(), keys.secret_key.expose()))
        .build_config()?;
    Ok((emulator, config))
}

#[tokio::test]
async fn names_lead_to_a_running_instance() -> Outcome {
    let (emulator, config) = region().await?;
    let networks = config.client::<vpc::Client>().endpoint(emulator.endpoint()).build()?;
    let place = from_names::place(&networks, ["vpc-default", "apps", "web"]).await?;
    let ids = [&place.vpc, &place.subnet, &place.group].map(Clone::clone);
    let vpc = networks.show_vpc(&ids[0]).send().await?.into_inner().vpc.ok_or("no VPC")?;
    assert_eq!(vpc.name.as_deref(), Some("vpc-default"));
    let subnet = networks.show_subnet(&ids[1]).send().await?.into_inner().subnet;
    assert_eq!(subnet.ok_or("no subnet")?.vpc_id.as_ref(), Some(&ids[0]));

    let caches = config.client::<dcs::Client>().endpoint(emulator.endpoint()).build()?;
    let body = from_names::order(place, "Example-Passw0rd");
    let look = dcs::LookupPolicy { before: Duration::ZERO, ..dcs::LookupPolicy::default() };
    let call = caches.create_and_wait(body).journal(dcs::MemoryJournal::new()).lookup(look);
    let pause = Duration::from_millis(5);
    let running = call.first_after(pause).every(pause).await?;
    assert_eq!(running.items.len(), 1);
    let seen = emulator.requests().into_iter();
    let orders: Vec<_> = seen.filter(|request| request.operation == "CreateInstance").collect();
    assert_eq!(orders.len(), 1);
    let ordered = orders[0].body.as_ref().ok_or("no body")?;
    let sent = ["vpc_id", "subnet_id", "security_group_id"].map(|field| ordered[field].as_str());
    assert_eq!(sent, [&ids[0], &ids[1], &ids[2]].map(|id| Some(id.as_str())));
    Ok(())
}

#[tokio::test]
async fn a_name_of_nothing_or_of_two_things_is_an_error() -> Outcome {
    let (emulator, config) = region().await?;
    let client = config.client::<vpc::Client>().endpoint(emulator.endpoint()).build()?;
    for (names, problem) in [
        (["gone", "apps", "web"], "there is no VPC of the name gone"),
        (["vpc-default", "gone", "web"], "there is no subnet of the name gone"),
        (["vpc-default", "apps", "gone"], "there is no security group of the name gone"),
        (["vpc-default", "apps", "twin"], "there are several security groups of the name twin"),
    ] {
        let error = from_names::place(&client, names).await.err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(problem));
    }
    Ok(())
}
