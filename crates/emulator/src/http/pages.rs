//! The emulator's own pages, below `/_emulator/`. In: a request. Out: how it is, what it was asked, and
//! changes that only an emulator knows.

use serde_json::{Value, json};

use super::{Answer, Server, answer, read::Received};
use crate::{coverage, moment, pace::Pace};

/// The answer for a page, named by what stands behind `/_emulator/`.
pub(super) async fn answered(server: &Server, page: &str, received: &Received) -> Answer {
    let parts: Vec<&str> = page.split('/').collect();
    let body = match (received.method.as_str(), &parts[..]) {
        ("GET", ["health", "live"]) => Ok(json!({"status": "live"})),
        ("GET", ["health", "ready"]) => {
            Ok(json!({"status": "ready", "data_plane": server.plane.name()}))
        }
        ("GET", ["coverage"]) => Ok(coverage::json()),
        ("GET", ["requests"]) => Ok(server.journal()),
        ("PUT", ["time"]) => set_pace(server, &received.body),
        ("POST", ["orders", order, "pay"]) => pay(server, order).await,
        _ => Err((404, "there is no such page".to_owned())),
    };
    match body {
        Ok(body) => answer(200, Some(&body)),
        Err((status, why)) => answer(status, Some(&json!({"message": why}))),
    }
}

fn set_pace(server: &Server, body: &[u8]) -> Result<Value, (u16, String)> {
    let text = std::str::from_utf8(body).map_err(|_| (400, "the body is no text".to_owned()))?;
    let pace: Pace = text.trim().parse().map_err(|error| (400, format!("{error}")))?;
    server.state().pace = pace;
    Ok(json!({"time": pace.to_string()}))
}

/// Pays an order: its instances are created from now on.
async fn pay(server: &Server, order: &str) -> Result<Value, (u16, String)> {
    let (paid, effects, pace) = {
        let mut state = server.state();
        let paid = state.pay(order, moment::now());
        (paid, state.take_effects(), state.pace)
    };
    if paid == 0 {
        return Err((404, format!("no order {order} is to be paid")));
    }
    server.carry_out(effects, pace).await.map_err(|refusal| (500, refusal.detail))?;
    Ok(json!({"paid": paid}))
}
