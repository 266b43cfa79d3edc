//! The state and history of a simulated service. In: orders and lists, with their fates. Out: instances,
//! pages of lists, and how often each kind of event happened.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use conformance::server::Received;
use fastrand::Rng;
use serde_json::{Value, json};
use tokio::{sync::Notify, time::Instant};

use crate::fate::{Answer, Work};

/// How often each kind of thing happened.
pub(crate) type Counts = BTreeMap<String, u32>;

/// So long a list is not changed again while it is read: longer than anybody reads one.
const CALM: Duration = Duration::from_secs(60);

/// One service, of one seed.
pub(crate) struct World {
    pub(crate) seed: u64,
    /// Whether connections are kept for further requests.
    pub(crate) keeps_connections: bool,
    /// Lists are refused or fail, each time.
    pub(crate) list_status: Option<u16>,
    /// Something else has the name from the beginning.
    pub(crate) is_taken: bool,
    /// Lists hold everything, whatever they are asked for.
    ignores_filters: bool,
    /// Items of a page, at most.
    page: usize,
    /// From the sending of an order until it is listed, at most.
    slowest: Duration,
    /// An order was carried out, wholly or in part.
    pub(crate) bought: Notify,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    instances: Vec<Instance>,
    requests: u64,
    orders: u32,
    changed: Option<Instant>,
    counts: Counts,
    log: Vec<String>,
}

/// An instance, and when it is listed.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) status: &'static str,
    engine: &'static str,
    from: Instant,
}

impl Instance {
    fn other(id: &str, name: String, engine: &'static str) -> Self {
        Self { id: id.to_owned(), name, status: "RUNNING", engine, from: Instant::now() }
    }

    fn row(&self) -> Value {
        json!({
            "instance_id": self.id, "name": self.name, "status": self.status, "engine": self.engine,
            "engine_version": "5.0.14", "capacity": 1, "capacity_minor": null, "spec_code": "spec",
            "vpc_id": "vpc", "subnet_id": "",
        })
    }
}

impl World {
    pub(crate) fn new(seed: u64, name: &str, slowest: Duration) -> Self {
        let mut random = Rng::with_seed(seed);
        let list_status = match random.u8(0..150) {
            0..=2 => Some(403),
            3 => Some(503),
            _ => None,
        };
        let is_taken = random.u8(0..40) == 0;
        // Others' instances, some of which a search for a part of the name finds too.
        let others = ["another".to_owned(), format!("{name}-000-old"), format!("my-{name}")];
        let others = others.into_iter().enumerate();
        let mut instances: Vec<Instance> =
            others.map(|(i, name)| Instance::other(&format!("other-{i}"), name, "Redis")).collect();
        if is_taken {
            let taken = [name.to_owned(), format!("{name}-000")];
            instances.extend(taken.map(|name| Instance::other(&name.clone(), name, "Memcached")));
        }
        Self {
            seed,
            keeps_connections: random.bool(),
            list_status,
            is_taken,
            ignores_filters: random.u8(0..4) == 0,
            page: if random.u8(0..4) == 0 { 2 } else { 100 },
            slowest,
            bought: Notify::new(),
            state: Mutex::new(State { instances, ..State::default() }),
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

    /// An order arrived; `work` of it is carried out, sooner or later. Out: what was made of it.
    pub(crate) fn order(&self, body: &Value, work: Work, random: &mut Rng) -> Vec<Instance> {
        let mut state = self.state();
        state.orders += 1;
        let name = body["name"].as_str().unwrap_or_default();
        let names = match body["instance_num"].as_u64().unwrap_or(1) {
            1 => vec![name.to_owned()],
            count => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
        };
        let (done, status) = match work {
            Work::All => (names.len(), "CREATING"),
            Work::Fails(status) => (names.len(), status),
            Work::Part => (names.len() - 1, "CREATING"),
            Work::Nothing => (0, ""),
        };
        let (order, engine) = (state.orders, "Redis");
        let now = Instant::now();
        // The order had left a little before it arrived.
        let slowest = self.slowest.saturating_sub(Duration::from_secs(1));
        let made = names.into_iter().take(done).map(|name| {
            let (id, from) = (format!("id-{order}-{name}"), now + slowest.mul_f64(random.f64()));
            Instance { id, name, status, engine, from }
        });
        let made: Vec<Instance> = made.collect();
        if !made.is_empty() {
            self.bought.notify_one();
        }
        state.instances.extend(made.iter().cloned());
        made
    }

    /// A page of a list, perhaps with some trouble.
    pub(crate) fn list(&self, request: &Received, trouble: Answer) -> Value {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let get = |key: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(name, _)| *name == key).map(|(_, value)| value)
        };
        let number = |key| get(key).and_then(|n| n.parse::<usize>().ok());
        let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(10));
        let fits = |item: &Instance| match get("name") {
            _ if self.ignores_filters => true,
            Some(wanted) if get("name_equal") == Some("true") => item.name == wanted,
            Some(part) => item.name.contains(part),
            None => true,
        };
        let mut state = self.state();
        let now = Instant::now();
        let mut shown: Vec<Instance> =
            state.instances.iter().filter(|item| item.from <= now && fits(item)).cloned().collect();
        shown.sort_by_key(|item| item.from);
        let mut happened = None;
        let is_calm = state.changed.is_none_or(|changed| now.duration_since(changed) > CALM);
        if trouble == Answer::Skip && offset > 0 && is_calm {
            // Somebody deletes one that was read already: all others move up.
            let gone = shown.iter().take(offset).position(|item| item.id.starts_with("other-"));
            if let Some(gone) = gone.map(|at| shown.remove(at)) {
                state.instances.retain(|item| item.id != gone.id);
                state.changed = Some(now);
                happened = Some("look: an item is skipped");
            }
        }
        let start = if trouble == Answer::Overlap { offset.saturating_sub(1) } else { offset };
        let end = shown.len().min(offset + limit.min(self.page));
        let mut rows: Vec<Value> = shown[start.min(end)..end].iter().map(Instance::row).collect();
        if trouble == Answer::Short && offset > 0 && !rows.is_empty() {
            rows.clear();
            happened = Some("look: a page is empty before the end");
        }
        if trouble == Answer::Unidentified
            && let Some(row) = rows.last_mut()
        {
            let field = if offset == 0 { "instance_id" } else { "name" };
            row[field] = Value::Null;
        }
        drop(state);
        if let Some(happened) = happened {
            self.note(happened);
        }
        json!({"instance_num": shown.len(), "instances": rows})
    }

    /// All that was ordered.
    pub(crate) fn bought(&self) -> Vec<Instance> {
        let is_bought = |item: &&Instance| item.id.starts_with("id-");
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
