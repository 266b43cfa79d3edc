//! The checks of the explorer's forms against those of the compiled client: for the same request, both report the same.
//!
//! A form posts what is filled in to a running emulator, over a socket. Requests are the examples of every operation
//! with a body, with up to three changes: other values, values of another type, and fields that are taken away. Of a request that
//! the client can send, both must report the same violations, in the same order and words; a request that does not
//! decode must be refused by the form as well.
//!
//! `EXPLORER_REQUESTS=6000` makes more requests than the thousand of a usual run; `EXPLORER_SEED` makes others.

use std::{env, str::FromStr};

use codegen::model::{Api, Operation, Rule, TypeKind};
use conformance::{
    bodies,
    mutation::{Mutations, Target},
    repo,
};
use fastrand::Rng;
use huaweicloud_dcs_emulator::{DataPlane, Emulator};
use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// Values that fit few fields, for a change of type.
fn misfits() -> [Value; 6] {
    [json!(true), json!("a text"), json!(2.5), json!([]), json!([7]), json!({"key": 1})]
}

/// One violation, as the explorer shows it.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    path: String,
    rule: String,
    severity: String,
    message: String,
}

/// How often each kind of request came up: agreement on requests of one kind would prove little.
#[derive(Debug, Default)]
struct Tally {
    fine: usize,
    violating: usize,
    undecodable: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_report_what_the_client_reports() {
    let emulator = Emulator::builder().data_plane(DataPlane::None).seed(1).start().await.unwrap();
    let mut form = Form::open(&emulator).await;
    let api = codegen::model(&repo::document()).unwrap();
    let rules = rules(&api);
    let count: usize = number("EXPLORER_REQUESTS", 1_000);
    let mut rng = Rng::with_seed(number("EXPLORER_SEED", 1));
    let operations: Vec<Requests<'_>> =
        api.operations.iter().filter_map(|one| Requests::new(&api, &rules, one)).collect();
    assert!(operations.len() > 50, "only {} operations with a body", operations.len());
    // As many of CreateInstance, which has the most rules, as of a quarter of all operations.
    let create = operations.iter().position(|one| one.id == "CreateInstance").unwrap();
    let mut tally = Tally::default();
    for i in 0..count {
        let at = if i % 4 == 0 { create } else { i % operations.len() };
        let (operation, body) = (&operations[at], operations[at].make(&mut rng));
        let shown = form.check(operation, &body).await;
        match bodies::request(operation.id, &body) {
            Ok(request) => {
                let expected: Vec<Found> = request
                    .violations
                    .iter()
                    .map(|one| Found {
                        path: one.path.clone(),
                        rule: one.rule.to_string(),
                        severity: one.severity.to_string(),
                        message: one.message.clone(),
                    })
                    .collect();
                agree(&shown, &expected, &format!("{}: form and client, on {body}", operation.id));
                *(if expected.is_empty() { &mut tally.fine } else { &mut tally.violating }) += 1;
            }
            Err(error) => {
                let refused = |one: &Found| ["required", "type"].contains(&one.rule.as_str());
                assert!(shown.iter().any(refused), "{}: {error}, on {body}", operation.id);
                tally.undecodable += 1;
            }
        }
    }
    let least = count / 10;
    let all = [tally.fine, tally.violating, tally.undecodable];
    assert!(all.iter().all(|kind| *kind > least), "{tally:?}: one kind is too rare");
}

/// The same violations, in the same order. Types that are received as well are read leniently: there, a value that is missing
/// or of another type is not told apart from an empty one. The form names it, and both agree on everything else; if the
/// client takes such a value as it is, it may judge more rules than the form.
fn agree(shown: &[Found], expected: &[Found], context: &str) {
    let faulty = shown.iter().filter(|one| ["required", "type"].contains(&one.rule.as_str()));
    let faulty: Vec<&str> = faulty.map(|one| one.path.as_str()).collect();
    if faulty.is_empty() {
        return assert_eq!(shown, expected, "{context}");
    }
    let within = |path: &str, at: &str| {
        let rest = path.strip_prefix(at);
        at == "(body)" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let outside = |list: &[Found]| -> Vec<String> {
        let kept = list.iter().filter(|one| !faulty.iter().any(|at| within(&one.path, at)));
        kept.map(|one| format!("{one:?}")).collect()
    };
    let (ours, theirs) = (outside(shown), outside(expected));
    // Both leave rules aside that read a value outside of its own bounds; a rule's own violation is no such value.
    let is_bound = |one: &Found| one.severity == "error" && !one.rule.contains('-');
    let fails = |at: &str| expected.iter().any(|one| is_bound(one) && within(&one.path, at));
    if faulty.iter().all(|at| fails(at)) {
        assert_eq!(ours, theirs, "{context}");
    } else {
        // A message may quote the value that only the client took.
        let told = |list: &[Found], one: &Found| {
            list.iter().any(|other| (&other.path, &other.rule) == (&one.path, &one.rule))
        };
        let mut kept = shown.iter().filter(|one| !faulty.iter().any(|at| within(&one.path, at)));
        assert!(kept.all(|one| told(expected, one)), "{ours:?} {theirs:?} {context}");
    }
}

fn number<T: FromStr>(variable: &str, otherwise: T) -> T {
    let Ok(text) = env::var(variable) else { return otherwise };
    text.parse().unwrap_or_else(|_| panic!("{variable} is `{text}`; give a whole number"))
}

fn rules(api: &Api) -> Vec<&Rule> {
    let of_types = api.types.values().filter_map(|definition| match &definition.kind {
        TypeKind::Struct(shape) => Some(&shape.rules),
        TypeKind::Enum(_) => None,
    });
    of_types.flatten().collect()
}

/// Makes requests for one operation.
struct Requests<'a> {
    id: &'a str,
    parameters: Map<String, Value>,
    payloads: Vec<Value>,
    targets: Vec<Target>,
}

impl<'a> Requests<'a> {
    fn new(api: &Api, rules: &[&Rule], operation: &'a Operation) -> Option<Self> {
        let schema = &operation.body.as_ref()?.schema;
        let id = operation.name.wire.as_str();
        let mutations = Mutations::new(api, rules);
        let mut payloads: Vec<Value> =
            repo::requests(id).into_iter().map(|(_, json)| json).collect();
        payloads.push(mutations.everything(schema));
        let needed = operation.parameters.iter().filter(|one| one.required);
        let parameters = needed.map(|one| {
            let value = one.example.clone().or_else(|| one.default.clone());
            (one.name.wire.clone(), value.unwrap_or_else(|| json!("project-1")))
        });
        let parameters = parameters.collect();
        Some(Self { id, parameters, payloads, targets: mutations.targets(schema) })
    }

    /// A request with up to three changes.
    fn make(&self, rng: &mut Rng) -> Value {
        let mut body = rng.choice(&self.payloads).cloned().unwrap_or_default();
        for _ in 0..rng.usize(0..4) {
            let Some(target) = rng.choice(&self.targets) else { break };
            let value = match rng.u8(0..8) {
                0 => rng.choice(misfits()),
                1 => None,
                _ => rng.choice(&target.values).cloned(),
            };
            target.change(&mut body, value.as_ref());
        }
        body
    }
}

/// A browser's connection to the emulator, kept alive.
struct Form {
    connection: BufReader<TcpStream>,
}

impl Form {
    async fn open(emulator: &Emulator) -> Self {
        let endpoint = emulator.endpoint();
        let address = endpoint.trim_start_matches("http://").trim_end_matches('/');
        Self { connection: BufReader::new(TcpStream::connect(address).await.unwrap()) }
    }

    /// What a form asks while it is being filled in.
    async fn check(&mut self, operation: &Requests<'_>, body: &Value) -> Vec<Found> {
        let asked =
            json!({"operation": operation.id, "parameters": operation.parameters, "body": body});
        let asked = asked.to_string();
        let head = format!(
            "POST /_emulator/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            asked.len()
        );
        self.connection.write_all(format!("{head}{asked}").as_bytes()).await.unwrap();
        let (mut status, mut length) = (String::new(), 0);
        self.connection.read_line(&mut status).await.unwrap();
        loop {
            let mut line = String::new();
            self.connection.read_line(&mut line).await.unwrap();
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        self.connection.read_exact(&mut answer).await.unwrap();
        assert!(status.starts_with("HTTP/1.1 200 "), "{status}: {asked}");
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        let found = answer["violations"].as_array().unwrap().iter();
        let found = found.map(|one| Found {
            path: text(one, "path"),
            rule: text(one, "rule"),
            severity: text(one, "severity"),
            message: text(one, "message"),
        });
        found.collect()
    }
}
