//! Whether the service will accept an order, as far as reads can tell. In: an order and clients. Out: an
//! [`OrderReport`]: what will be refused, and what could not be checked.

use std::{error, fmt};

use huaweicloud_core::Response;
use huaweicloud_dcs::types::{AvailableZones, CreateInstanceBody};
use huaweicloud_vpc::types::ShowSubnetResponse;

use super::flavor;
use crate::{Config, Error, dcs, vpc};

/// The clients that an order is checked by.
#[derive(Clone, Debug)]
pub struct Clients {
    /// Knows zones and flavors.
    pub dcs: dcs::Client,
    /// Knows networks.
    pub vpc: vpc::Client,
}

impl Clients {
    /// Clients by one configuration.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with everything that is missing or wrong.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Ok(Self { dcs: dcs::Client::new(config)?, vpc: vpc::Client::new(config)? })
    }
}

/// Checks an order against what is there.
pub trait CheckOrder {
    /// Reads what the order names, and sends nothing that changes anything: the VPC is there, the subnet lies in it (and
    /// the ids of the two are not swapped, which the compiler cannot see),
    /// the security group is there, the zones have room, and the flavor is on offer in them, with this memory and
    /// version. What can be read off the order alone is checked before each order is sent, and not here.
    ///
    /// An order without problems may be refused all the same: the last place may go to somebody else, and a quota may
    /// be used up.
    fn check(&self, clients: &Clients) -> impl Future<Output = OrderReport> + Send;
}

impl CheckOrder for CreateInstanceBody {
    async fn check(&self, clients: &Clients) -> OrderReport {
        let mut report = OrderReport::default();
        networks(self, &clients.vpc, &mut report).await;
        let zones = zones(self, &clients.dcs, &mut report).await;
        // Asked for by the code alone; whatever else an entry holds is compared here.
        match clients.dcs.list_flavors().spec_code(self.spec_code.as_str()).send().await {
            Ok(answer) => flavor::check(self, &answer.into_inner().flavors, &zones, &mut report),
            Err(error) => report.unchecked("spec_code", error),
        }
        report
    }
}

/// What an order will be refused for.
#[derive(Default)]
#[must_use = "the order is not sent by it; look at its problems"]
pub struct OrderReport {
    /// What will be refused; nothing where there is nothing.
    pub problems: Vec<OrderProblem>,
    /// What could not be looked at, for want of permission, say.
    pub unchecked: Vec<Unchecked>,
}

impl OrderReport {
    /// Whether nothing is known to be refused.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// The same as a result, for `?`.
    ///
    /// # Errors
    ///
    /// The report, if there are problems. What could not be looked at alone is none.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_clean() { Ok(()) } else { Err(self) }
    }

    pub(super) fn problem(&mut self, field: &'static str, message: impl Into<String>) {
        self.problems.push(OrderProblem { field, message: message.into() });
    }

    fn unchecked(&mut self, field: &'static str, error: Error) {
        self.unchecked.push(Unchecked { field, error });
    }
}

impl fmt::Display for OrderReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems = self.problems.iter().map(ToString::to_string);
        let unchecked = self.unchecked.iter().map(ToString::to_string);
        let lines: Vec<String> = problems.chain(unchecked).collect();
        match lines.is_empty() {
            true => f.write_str("nothing is known to be refused"),
            false => f.write_str(&lines.join("\n")),
        }
    }
}

/// As it displays, for programs that end with it.
impl fmt::Debug for OrderReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for OrderReport {}

/// One reason to refuse an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrderProblem {
    /// The field of the order.
    pub field: &'static str,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for OrderProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// A field that nothing is known of.
#[derive(Debug)]
#[non_exhaustive]
pub struct Unchecked {
    /// The field of the order.
    pub field: &'static str,
    /// Why it could not be looked at.
    pub error: Error,
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not checked: {}", self.field, self.error)
    }
}

async fn networks(order: &CreateInstanceBody, networks: &vpc::Client, report: &mut OrderReport) {
    let vpc = networks.show_vpc(order.vpc_id.as_str()).send().await;
    let subnet = networks.show_subnet(order.subnet_id.as_str()).send().await;
    if is_missing(&vpc) && is_missing(&subnet) && are_swapped(order, networks).await {
        let message =
            format!("{} is a subnet, and subnet_id names its VPC; swap the two", order.vpc_id);
        report.problem("vpc_id", message);
    } else {
        there(vpc, "vpc_id", &order.vpc_id, "VPC", report);
        if let Some(subnet) = there(subnet, "subnet_id", &order.subnet_id, "subnet", report) {
            in_vpc(order, subnet, report);
        }
    }
    let Some(group) = order.security_group_id.as_deref().filter(|group| !group.is_empty()) else {
        return;
    };
    let found = networks.show_security_group(group).send().await;
    there(found, "security_group_id", group, "security group", report);
}

/// Whether each of the two ids stands in the place of the other: both are texts, so the compiler cannot tell.
async fn are_swapped(order: &CreateInstanceBody, networks: &vpc::Client) -> bool {
    let found = networks.show_subnet(order.vpc_id.as_str()).send().await;
    let subnet = found.ok().and_then(|answer| answer.into_inner().subnet);
    subnet.and_then(|subnet| subnet.vpc_id).is_some_and(|vpc| vpc == order.subnet_id)
}

/// Whether there is no such thing. Nothing but the id can be wrong with such a question.
fn is_missing<T>(answer: &Result<Response<T>, Error>) -> bool {
    let status = answer.as_ref().err().and_then(Error::status);
    status.is_some_and(|status| matches!(status.as_u16(), 400 | 404))
}

fn in_vpc(order: &CreateInstanceBody, answer: ShowSubnetResponse, report: &mut OrderReport) {
    let lies_in = answer.subnet.and_then(|subnet| subnet.vpc_id);
    if let Some(lies_in) = lies_in.filter(|vpc| *vpc != order.vpc_id) {
        let (subnet, vpc) = (&order.subnet_id, &order.vpc_id);
        let message =
            format!("subnet {subnet} lies in VPC {lies_in} and not in {vpc}; name one of its own");
        report.problem("subnet_id", message);
    }
}

/// What an id names; nothing, and a line of the report, where there is no such thing.
fn there<T>(
    answer: Result<Response<T>, Error>,
    field: &'static str,
    id: &str,
    what: &str,
    report: &mut OrderReport,
) -> Option<T> {
    let is_missing = is_missing(&answer);
    match answer {
        Ok(answer) => return Some(answer.into_inner()),
        Err(_) if is_missing => {
            let message = format!("there is no {what} {id} in this project; check id and region");
            report.problem(field, message);
        }
        Err(error) => report.unchecked(field, error),
    }
    None
}

/// The zones of the order that are there and have room.
async fn zones<'o>(
    order: &'o CreateInstanceBody,
    caches: &dcs::Client,
    report: &mut OrderReport,
) -> Vec<&'o str> {
    let known = match caches.list_available_zones().send().await {
        Ok(answer) => answer.into_inner().available_zones,
        Err(error) => {
            report.unchecked("az_codes", error);
            return order.az_codes.iter().map(String::as_str).collect();
        }
    };
    let mut good = Vec::new();
    for code in &order.az_codes {
        match known.iter().find(|zone| zone.code.as_ref() == Some(code)) {
            None => {
                let known = codes(&known);
                report.problem("az_codes", format!("there is no zone {code}; there are {known}"));
            }
            Some(zone) if is_sold_out(zone) => {
                let message = format!("zone {code} has no room for new instances; name another");
                report.problem("az_codes", message);
            }
            Some(_) => good.push(code.as_str()),
        }
    }
    good
}

fn is_sold_out(zone: &AvailableZones) -> bool {
    zone.resource_availability.as_ref().and_then(|is_there| is_there.as_bool()) == Some(false)
}

fn codes(zones: &[AvailableZones]) -> String {
    let codes: Vec<&str> = zones.iter().filter_map(|zone| zone.code.as_deref()).collect();
    codes.join(", ")
}
