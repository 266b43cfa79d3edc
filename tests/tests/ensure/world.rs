//! What a service has and did. In: orders and lists, with what shall come of them. Out: instances,
//! pages of lists, and how often each kind of thing happened.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use conformance::server::Received;
use fastrand::Rng;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::fate::Work;

/// In how many lists an instance may be missing: in fewer than are made before an order.
pub(crate) const LATEST: u32 = 2;

/// How often each kind of thing happened.
pub(crate) type Counts = BTreeMap<String, u32>;

/// One service, of one seed.
pub(crate) struct World {
    pub(crate) seed: u64,
    /// Whether connections are kept for further requests.
    pub(crate) keeps_connections: bool,
    /// Lists are refused or fail, each time.
    pub(crate) list_status: Option<u16>,
    /// Lists hold everything, whatever they are asked for.
    ignores_filters: bool,
    /// Items of a page, at most.
    page: usize,
    /// An order was carried out, wholly or in part.
    pub(crate) bought: Notify,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    instances: Vec<Instance>,
    /// What the list shows that is being read page by page.
    shown: Vec<Value>,
    requests: u64,
    orders: u32,
    counts: Counts,
    log: Vec<String>,
}

/// An instance, and in how many lists it will still be missing.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub(crate) name: String,
    pub(crate) id: String,
    late: u32,
}

impl World {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let mut random = Rng::with_seed(seed);
        let list_status = match random.u8(0..50) {
            0 => Some(403),
            1 => Some(503),
            _ => None,
        };
        // Others' instances, some of which a search for a part of the name finds too.
        let others = ["another".to_owned(), format!("{name}-000-old"), format!("my-{name}")];
        let instances = others.into_iter().enumerate();
        let instances =
            instances.map(|(i, name)| Instance { name, id: format!("other-{i}"), late: 0 });
        Self {
            seed,
            keeps_connections: random.bool(),
            list_status,
            ignores_filters: random.u8(0..4) == 0,
            page: if random.u8(0..4) == 0 { 2 } else { 100 },
            bought: Notify::new(),
            state: Mutex::new(State { instances: instances.collect(), ..State::default() }),
        }
    }

    /// Random numbers for what comes next: the same for each run of a seed, as far as the requests
    /// come in the same order.
    pub(crate) fn random(&self) -> Rng {
        let mut state = self.state();
        state.requests += 1;
        Rng::with_seed(self.seed.wrapping_mul(1_000_003).wrapping_add(state.requests))
    }

    /// Counts a thing that happened, and writes it down for who looks into a failing seed.
    pub(crate) fn note(&self, kind: impl Into<String>) {
        let (mut state, kind) = (self.state(), kind.into());
        state.log.push(kind.clone());
        *state.counts.entry(kind).or_default() += 1;
    }

    /// An order arrived; `work` of it is carried out. Out: the answer that reports it.
    pub(crate) fn order(&self, body: &Value, work: Work, random: &mut Rng) -> Value {
        let mut state = self.state();
        state.orders += 1;
        let name = body["name"].as_str().unwrap_or_default();
        let names = match body["instance_num"].as_u64().unwrap_or(1) {
            1 => vec![name.to_owned()],
            count => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
        };
        let done = match work {
            Work::All => names.len(),
            Work::Part => names.len() - 1,
            Work::Nothing => 0,
        };
        let order = state.orders;
        let bought = names.into_iter().take(done).map(|name| Instance {
            id: format!("id-{order}-{name}"),
            name,
            late: random.u32(0..=LATEST),
        });
        let bought: Vec<Instance> = bought.collect();
        let reported: Vec<Value> = bought
            .iter()
            .map(|item| json!({"instance_id": item.id, "instance_name": item.name}))
            .collect();
        if !bought.is_empty() {
            self.bought.notify_one();
        }
        state.instances.extend(bought);
        json!({"instances": reported, "order_id": format!("order-{order}")})
    }

    /// A page of a list. What it shows is settled when its first page is asked for.
    pub(crate) fn list(&self, request: &Received) -> Value {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let get = |key: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(name, _)| *name == key).map(|(_, value)| value)
        };
        let number = |key| get(key).and_then(|n| n.parse::<usize>().ok());
        let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(10));
        let fits = |name: &str| match get("name") {
            Some(wanted) if get("name_equal") == Some("true") => name == wanted,
            Some(part) => name.contains(part),
            None => true,
        };
        let mut state = self.state();
        let State { instances, shown, .. } = &mut *state;
        if offset == 0 {
            shown.clear();
            for item in instances {
                match item.late {
                    0 if self.ignores_filters || fits(&item.name) => {
                        shown.push(json!({"instance_id": item.id, "name": item.name}));
                    }
                    0 => {}
                    _ => item.late -= 1,
                }
            }
        }
        let end = shown.len().min(offset + limit.min(self.page));
        json!({"instance_num": shown.len(), "instances": &shown[offset.min(end)..end]})
    }

    /// All that there is, but for what was there in the beginning.
    pub(crate) fn bought(&self) -> Vec<Instance> {
        let is_bought = |item: &&Instance| !item.id.starts_with("other-");
        self.state().instances.iter().filter(is_bought).cloned().collect()
    }

    /// How many orders arrived, carried out or not.
    pub(crate) fn orders(&self) -> u32 {
        self.state().orders
    }

    pub(crate) fn counts(&self) -> Counts {
        self.state().counts.clone()
    }

    /// What happened, in order.
    pub(crate) fn log(&self) -> String {
        self.state().log.join("\n  ")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
