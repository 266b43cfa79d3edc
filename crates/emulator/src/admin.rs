//! The emulator's own pages, below `/_emulator/`. In: a request. Out: how it is, what it was asked, and
//! changes that only an emulator knows.

mod clock;
mod crashes;
mod journal;
mod metrics;
mod snapshots;

use serde_json::{Value, json};

pub(crate) use clock::Clock;
pub use crashes::Crash;
pub(crate) use crashes::Crashes;
pub use journal::Seen;
pub(crate) use journal::{Journal, Start};
pub(crate) use metrics::Metrics;
pub(crate) use snapshots::Snapshots;

use crate::{
    coverage,
    faults::Fault,
    http::{Answer, Received, Server, Source, answer, typed},
    pace::Pace,
    refusal::Refusal,
};

/// A page that is not answered: status, and why.
type Failed = (u16, String);

/// The answer for a page, named by what stands behind `/_emulator/`.
pub(crate) async fn answered(server: &Server, page: &str, received: &Received) -> Answer {
    let parts: Vec<&str> = page.split('/').collect();
    let body = match (received.method.as_str(), &parts[..]) {
        ("GET", ["metrics"]) => {
            let text = server.metrics.text(&server.state(), server.crashes.count());
            return typed(200, "text/plain; version=0.0.4; charset=utf-8", text);
        }
        ("GET", ["health", "live"]) => Ok(json!({"status": "live"})),
        ("GET", ["health", "ready"]) => {
            Ok(json!({"status": "ready", "data_plane": server.plane.name()}))
        }
        ("GET", ["differences"]) => return differences(server),
        ("GET", ["coverage"]) => Ok(coverage::json()),
        ("GET", ["crashes"]) => Ok(json!(server.crashes.all())),
        ("GET", ["requests"]) => Ok(json!(server.journal.all())),
        ("DELETE", ["requests"]) => {
            server.journal.clear();
            Ok(json!({"requests": []}))
        }
        ("GET", ["time"]) => Ok(json!({"time": server.state().pace.to_string()})),
        ("PUT", ["time"]) => set_pace(server, &received.body),
        ("GET", ["clock"]) => Ok(server.clock.json()),
        ("PUT", ["clock"]) => server.clock.set(&received.body).map_err(|why| (400, why)),
        ("GET", ["faults"]) => Ok(json!(server.faults.list())),
        ("POST", ["faults"]) => add_faults(server, &received.body),
        ("DELETE", ["faults"]) => {
            server.faults.clear();
            Ok(json!([]))
        }
        ("DELETE", ["faults", id]) => remove_fault(server, id),
        ("POST", ["reset"]) => reset(server).await,
        ("POST", ["snapshots"]) => {
            let id = server.snapshots.take(&server.state());
            Ok(json!({"id": id}))
        }
        ("POST", ["snapshots", id, "restore"]) => restore(server, id).await,
        ("POST", ["orders", order, "pay"]) => pay(server, order).await,
        _ => Err((404, "there is no such page".to_owned())),
    };
    match body {
        Ok(body) => answer(200, Some(&body)),
        Err((status, why)) => answer(status, Some(&json!({"message": why}))),
    }
}

/// Where the real service differs from the document.
fn differences(server: &Server) -> Answer {
    match &server.source {
        Source::Forwarded(proxy) => typed(200, "application/yaml", proxy.differences.rows()),
        _ => {
            let why = "this emulator forwards nothing; start it with --proxy URL";
            answer(404, Some(&json!({"message": why})))
        }
    }
}

fn set_pace(server: &Server, body: &[u8]) -> Result<Value, Failed> {
    let text = std::str::from_utf8(body).map_err(|_| (400, "the body is no text".to_owned()))?;
    let pace: Pace = text.trim().parse().map_err(|error| (400, format!("{error}")))?;
    server.state().pace = pace;
    Ok(json!({"time": pace.to_string()}))
}

/// One fault, or a list of them; of a list with one that makes no sense, none is added.
fn add_faults(server: &Server, body: &[u8]) -> Result<Value, Failed> {
    let form = |error: serde_json::Error| (400, format!("this is no fault: {error}"));
    let is_list = body.trim_ascii_start().starts_with(b"[");
    let faults: Vec<Fault> = match is_list {
        true => serde_json::from_slice(body).map_err(form)?,
        false => vec![serde_json::from_slice(body).map_err(form)?],
    };
    let ids = server.faults.add_all(faults, server.clock.now());
    let ids = ids.map_err(|error| (400, error.to_string()))?;
    Ok(if is_list { json!({"ids": ids}) } else { json!({"id": ids.first()}) })
}

fn remove_fault(server: &Server, id: &str) -> Result<Value, Failed> {
    let is_removed = id.parse().is_ok_and(|id| server.faults.remove(id));
    match is_removed {
        true => Ok(json!({"removed": id})),
        false => Err((404, format!("there is no fault {id}"))),
    }
}

/// Everything as at the start: no instances, no faults, no requests, the pace and the clock that it began with.
pub(crate) async fn reset(server: &Server) -> Result<Value, Failed> {
    server.faults.clear();
    server.journal.clear();
    server.crashes.clear();
    server.clock.reset();
    server.snapshots.clear();
    let (effects, pace) = {
        let mut state = server.state();
        state.clear();
        state.pace = server.first_pace;
        (state.take_effects(), state.pace)
    };
    server.carry_out(effects, pace).await.map_err(refused)?;
    Ok(json!({"reset": true}))
}

async fn restore(server: &Server, id: &str) -> Result<Value, Failed> {
    let snapshot = id.parse().ok().and_then(|id| server.snapshots.get(id));
    let snapshot = snapshot.ok_or_else(|| (404, format!("there is no snapshot {id}")))?;
    let (effects, pace) = {
        let mut state = server.state();
        state.restore(&snapshot);
        (state.take_effects(), state.pace)
    };
    server.carry_out(effects, pace).await.map_err(refused)?;
    Ok(json!({"restored": id}))
}

/// Pays an order: its instances are created from now on.
async fn pay(server: &Server, order: &str) -> Result<Value, Failed> {
    let (paid, effects, pace) = {
        let mut state = server.state();
        let paid = state.pay(order, server.clock.now());
        (paid, state.take_effects(), state.pace)
    };
    if paid == 0 {
        return Err((404, format!("no order {order} is to be paid")));
    }
    server.carry_out(effects, pace).await.map_err(refused)?;
    Ok(json!({"paid": paid}))
}

fn refused(refusal: Refusal) -> Failed {
    (500, refusal.detail)
}
