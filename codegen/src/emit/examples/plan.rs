//! Which example files there are. In: the model. Out: one [`Plan`] per operation, with every path.
//!
//! The one place that names these files: emitters write what it says, the reference links to it.

use std::collections::BTreeSet;

use super::parameter_values;
use crate::{
    lower::names,
    model::{Api, Example, Operation, Response},
};

/// The example files of one operation; paths are relative to the output folder.
pub struct Plan<'a> {
    /// What is called.
    pub operation: &'a Operation,
    /// The operation as a file name.
    pub slug: String,
    /// What it is called with, one entry per example.
    pub calls: Vec<Call<'a>>,
    /// What comes back.
    pub answers: Vec<Answer<'a>>,
}

/// A call, as payload, script and program.
pub struct Call<'a> {
    /// The body that is sent; a call without one has none.
    pub example: Option<&'a Example>,
    /// The path of the body.
    pub payload: Option<String>,
    /// The path of the curl script.
    pub script: String,
    /// The path of the Rust program.
    pub program: String,
}

/// What comes back, as payload.
pub struct Answer<'a> {
    /// The response that it is an example of.
    pub response: &'a Response,
    /// What it shows.
    pub example: &'a Example,
    /// The path of the body.
    pub payload: String,
}

impl Call<'_> {
    /// What the call shows, on one line.
    pub fn title(&self, operation: &Operation) -> String {
        let own = self.example.map(|e| e.summary.as_deref().unwrap_or(&e.name.wire));
        let title = own.or(operation.summary.as_deref()).unwrap_or(&operation.name.wire);
        title.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The example files of all operations, in document order.
pub fn plan(api: &Api) -> Vec<Plan<'_>> {
    let mut slugs = BTreeSet::new();
    let mut programs = BTreeSet::new();
    let plan = |operation| {
        let slug = unique(&mut slugs, &slug(operation), "-");
        let mut stems = BTreeSet::new();
        let calls = calls(api, operation);
        let calls = calls.into_iter().map(|example| {
            let name = example.map_or("call", |example| &example.name.code);
            let stem = unique(&mut stems, &names::slug(name), "-");
            let program = format!("{}_{name}", operation.name.code);
            Call {
                example,
                payload: example.map(|_| format!("examples/{slug}/{stem}.json")),
                script: format!("examples/{slug}/{stem}.sh"),
                program: format!("client/examples/{}.rs", unique(&mut programs, &program, "_")),
            }
        });
        let calls = calls.collect();
        let answers = operation
            .responses
            .iter()
            .flat_map(|response| response.examples.iter().map(move |example| (response, example)));
        let answers = answers.map(|(response, example)| {
            let name = names::slug(&example.name.code);
            let stem = format!("response-{}-{name}", response.status.to_lowercase());
            let payload = format!("examples/{slug}/{}.json", unique(&mut stems, &stem, "-"));
            Answer { response, example, payload }
        });
        Plan { operation, answers: answers.collect(), calls, slug }
    };
    api.operations.iter().map(plan).collect()
}

/// The bodies to show: each example, or none for an operation that does without one. Nothing can
/// be shown of a call whose required values nobody has given an example of.
fn calls<'a>(api: &Api, operation: &'a Operation) -> Vec<Option<&'a Example>> {
    let own = operation.parameters.iter().filter(|p| p.required && !p.of_client);
    if own.into_iter().any(|parameter| parameter_values::parameter_value(api, parameter).is_none())
    {
        return Vec::new();
    }
    match &operation.body {
        Some(body) if !body.examples.is_empty() => body.examples.iter().map(Some).collect(),
        Some(body) if body.required => Vec::new(),
        _ => vec![None],
    }
}

/// The operation's name as a file name.
fn slug(operation: &Operation) -> String {
    names::slug(&operation.name.code)
}

/// A name that nothing else has; a number is added to one that is taken.
pub(crate) fn unique(taken: &mut BTreeSet<String>, wanted: &str, separator: &str) -> String {
    let numbered = (2u32..).map(|n| format!("{wanted}{separator}{n}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    let free = names.find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(free.clone());
    free
}
