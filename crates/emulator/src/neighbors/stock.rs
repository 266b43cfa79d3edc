//! What there is around DCS. In: names of networks, groups, addresses and projects. Out: each as the
//! documented example of its list has it, with name and id of its own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::shelf::Shelf;
use crate::{example, services};

/// What there is around DCS: networks, security groups, elastic IPs, enterprise projects.
///
/// The default is one of each kind: the VPC `vpc-default` with the subnet `apps`, the security groups
/// `default` and `web`, the address 203.0.113.10, and the enterprise projects `default` and `payments`. Ids
/// follow from names, so they are the same in each run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbors {
    vpcs: Vec<(String, Vec<String>)>,
    groups: Vec<String>,
    addresses: Vec<String>,
    projects: Vec<String>,
}

impl Default for Neighbors {
    fn default() -> Self {
        Self::none()
            .vpc("vpc-default", ["apps"])
            .security_group("default")
            .security_group("web")
            .elastic_ip("203.0.113.10")
            .enterprise_project("payments")
    }
}

impl Neighbors {
    /// Nothing but what every account has: the enterprise project `default`.
    pub fn none() -> Self {
        let (vpcs, groups, addresses) = (Vec::new(), Vec::new(), Vec::new());
        Self { vpcs, groups, addresses, projects: vec!["default".to_owned()] }
    }

    /// One more VPC, with subnets of these names.
    #[must_use]
    pub fn vpc<S: Into<String>>(
        mut self,
        name: impl Into<String>,
        subnets: impl IntoIterator<Item = S>,
    ) -> Self {
        let subnets = subnets.into_iter().map(Into::into).collect();
        self.vpcs.push((name.into(), subnets));
        self
    }

    /// One more security group; several may have one name.
    #[must_use]
    pub fn security_group(mut self, name: impl Into<String>) -> Self {
        self.groups.push(name.into());
        self
    }

    /// One more elastic IP, by its address.
    #[must_use]
    pub fn elastic_ip(mut self, address: impl Into<String>) -> Self {
        self.addresses.push(address.into());
        self
    }

    /// One more enterprise project.
    #[must_use]
    pub fn enterprise_project(mut self, name: impl Into<String>) -> Self {
        self.projects.push(name.into());
        self
    }
}

/// The things of each shelf.
pub(crate) struct Stock {
    things: BTreeMap<&'static str, Vec<Value>>,
}

impl Stock {
    pub(crate) fn new(neighbors: &Neighbors) -> Self {
        let mut stock = Self { things: BTreeMap::new() };
        for (i, (name, subnets)) in neighbors.vpcs.iter().enumerate() {
            let vpc = id("vpc", name, i);
            let cidr = format!("10.{i}.0.0/16");
            stock.put("ListVpcs", json!({"id": vpc, "name": name, "cidr": cidr}));
            for (j, subnet) in subnets.iter().enumerate() {
                let own = id("subnet", &format!("{name}/{subnet}"), j);
                let (cidr, gateway) = (format!("10.{i}.{j}.0/24"), format!("10.{i}.{j}.1"));
                let subnet = json!({
                    "id": own, "name": subnet, "vpc_id": vpc, "cidr": cidr, "gateway_ip": gateway,
                    "neutron_network_id": own, "neutron_subnet_id": id("port", subnet, j),
                });
                stock.put("ListSubnets", subnet);
            }
        }
        for (i, name) in neighbors.groups.iter().enumerate() {
            let group = json!({"id": id("group", name, i), "name": name});
            stock.put("ListSecurityGroups", group);
        }
        for (i, address) in neighbors.addresses.iter().enumerate() {
            let address = json!({"id": id("eip", address, i), "public_ip_address": address});
            stock.put("ListPublicips", address);
        }
        for (i, name) in neighbors.projects.iter().enumerate() {
            // The first is that which every account has.
            let own = if i == 0 { "0".to_owned() } else { id("project", name, i) };
            stock.put("ListEnterpriseProject", json!({"id": own, "name": name}));
        }
        for list in ["KeystoneListProjects", "KeystoneListRegions", "KeystoneListAuthDomains"] {
            stock.put(list, json!({}));
        }
        stock
    }

    /// All things that a list has.
    pub(super) fn of(&self, list: &str) -> &[Value] {
        self.things.get(list).map_or(&[], Vec::as_slice)
    }

    /// Adds a thing: the first one of the list's documented example, with these fields.
    fn put(&mut self, list: &'static str, fields: Value) {
        let example = services::operation(list).map(example::of).unwrap_or_default();
        let first = Shelf::of_list(list).and_then(|shelf| example.get(shelf.many)?.get(0).cloned());
        let mut thing = first.unwrap_or_else(|| json!({}));
        if let (Value::Object(thing), Value::Object(fields)) = (&mut thing, fields) {
            thing.extend(fields);
        }
        self.things.entry(list).or_default().push(thing);
    }
}

/// An id in the form of a UUID, which follows from kind, name and place.
fn id(kind: &str, name: &str, place: usize) -> String {
    let text = format!("{kind}\n{name}\n{place}");
    let seed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let bits = fastrand::Rng::with_seed(seed).u128(..);
    let hex = format!("{:032x}", bits & !(0xf << 76) | (4 << 76));
    [0..8, 8..12, 12..16, 16..20, 20..32]
        .map(|part| hex.get(part).unwrap_or_default().to_owned())
        .join("-")
}
