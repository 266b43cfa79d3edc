//! `hwc explorer`: a page with a form for every operation, for the real service. In: the usual connection options. Out: a
//! server on loopback that checks, signs and sends the requests of the page; credentials never leave this process.
//!
//! Every user of this machine can connect to the port, and web pages can try to. So everything that calls the service
//! requires the key of the printed address, in a header that pages of other sites cannot set; `Host` and `Origin` must be
//! local, too.

mod forward;
mod listener;

use std::{
    fmt::Write as _,
    net::{Ipv4Addr, SocketAddr},
};

use clap::ArgMatches;
use huaweicloud_catalog::Service;
use huaweicloud_core::server::Operation;
use huaweicloud_explorer::Hosts;
use serde_json::{Value, json};

use crate::{
    connect::{Connection, is_local},
    messages, native,
    problem::Problem,
    request::Ids,
    run::{print, tell},
    service::{self, SERVICES},
};
use forward::Forward;
use listener::{Received, Reply};

/// The header with the key of the printed address.
const KEY: &str = "x-explorer-key";
/// The paths that need it.
const SESSION: &str = "/_explorer/session";
const VALIDATE: &str = "/_explorer/validate";
const SEND: &str = "/_explorer/send";

/// The state of the server.
struct Explorer {
    hosts: Hosts,
    key: String,
    forward: Forward,
}

/// `hwc explorer`.
pub(crate) fn run(words: Vec<String>) -> Result<(), Problem> {
    let Some(matches) = native::matches(native::commands::explorer(), words)? else {
        return Ok(());
    };
    let connection = Connection::new(native::connection_options(&matches)?)?;
    let port = port(&matches)?;
    let allowed = matches.get_many("allow-host").into_iter().flatten().cloned().collect();
    let explorer =
        Explorer { hosts: Hosts { allowed }, key: key()?, forward: Forward::new(connection) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Problem::other(error.to_string()))?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let socket = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| Problem::other(messages::listen_failed(address, error)))?;
        let address = socket.local_addr().map_err(|error| Problem::other(error.to_string()))?;
        print(&format!("http://{address}/#key={}", explorer.key))?;
        tell(&messages::calls_go_to(explorer.forward.place()));
        tokio::select! {
            () = listener::serve(socket, explorer) => Ok(()),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}

fn port(matches: &ArgMatches) -> Result<u16, Problem> {
    let Some(text) = matches.get_one::<String>("port") else { return Ok(0) };
    text.parse().map_err(|_| Problem::usage(messages::bad_port()))
}

/// A random key.
fn key() -> Result<String, Problem> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Problem::other(messages::no_random(error)))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

impl Explorer {
    /// The refusal of a request that its head shows not to be from the page, or to lead nowhere.
    fn refusal(&self, received: &Received) -> Option<Reply> {
        let (host, origin) = (received.header("host"), received.header("origin"));
        if let Err(why) = self.hosts.check(host, origin) {
            return Some(Reply::refused(403, &why));
        }
        match (received.method.as_str(), received.path.as_str()) {
            ("GET", SESSION) | ("POST", VALIDATE | SEND) => {
                (!self.has_key(received)).then(|| Reply::refused(401, &messages::key_missing()))
            }
            ("GET", _) => None,
            _ => Some(Reply::refused(404, &messages::no_page())),
        }
    }

    /// Answers a request that is not refused.
    async fn answer(&self, received: &Received) -> Reply {
        let catalogs: Vec<&'static Service> = SERVICES.iter().map(|one| one.catalog).collect();
        match received.path.as_str() {
            SESSION => Reply::json(200, &self.session()),
            VALIDATE if received.method == "POST" => {
                match huaweicloud_explorer::validated(&catalogs, operation, &received.body) {
                    Ok(violations) => Reply::json(200, &json!({ "violations": violations })),
                    Err(why) => Reply::json(400, &json!({ "message": why })),
                }
            }
            SEND if received.method == "POST" => self.forward.answer(&received.body).await,
            path => match huaweicloud_explorer::page(&catalogs, path) {
                Some(page) => page.into(),
                None => Reply::refused(404, &messages::no_page()),
            },
        }
    }

    /// Compares in constant time.
    fn has_key(&self, received: &Received) -> bool {
        let given = received.header(KEY).unwrap_or_default().as_bytes();
        let own = self.key.as_bytes();
        let differ = own.iter().zip(given).fold(0, |all, (a, b)| all | (a ^ b));
        given.len() == own.len() && differ == 0
    }

    /// What the page needs to know; it contains no credentials.
    fn session(&self) -> Value {
        let options = self.forward.options();
        let is_local = options.endpoint.as_deref().is_some_and(is_local);
        json!({
            "project_id": options.project_id.as_deref().unwrap_or(Ids::UNKNOWN.project),
            "domain_id": options.domain_id.as_deref().unwrap_or(Ids::UNKNOWN.domain),
            "token": null,
            "services": SERVICES.iter().map(|one| one.catalog.name).collect::<Vec<_>>(),
            "cloud": { "where": self.forward.place(), "is_local": is_local },
        })
    }
}

/// The checks of an operation, by its id.
fn operation(id: &str) -> Option<&'static Operation> {
    let mut all = service::SERVICES.iter().flat_map(|one| one.operations);
    all.find(|known| known.id == id).copied()
}
