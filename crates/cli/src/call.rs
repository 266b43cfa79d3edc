//! A call from beginning to end. In: a request that was understood. Out: what was asked for instead of it, or its answer
//! as it was wanted.

use std::{
    cell::Cell,
    io::{self, IsTerminal, Write},
};

use huaweicloud_core::Severity;
use serde_json::Value;

use crate::{
    connect::Connection,
    interactive, native,
    options::{Instead, Options, Output},
    order, output, pages,
    prepare::{Form, Prepared},
    problem::{Kind, Problem},
    request::{Request, admit},
    run::{print, tell},
    send::{self, Answer, Sender},
    service::Service,
    show, skeleton,
    text::did_you_mean,
    wait::{self, CliWaiter},
};

/// Makes a call, or does what is asked for instead.
pub(crate) fn call(prepared: Prepared, language: &str) -> Result<(), Problem> {
    let Prepared { request, options, hints, form } = prepared;
    for hint in &hints {
        tell(&format!("note: {hint}"));
    }
    let described = &request.chosen.described;
    let no_text = |error: &dyn std::fmt::Display| Problem::other(error.to_string());
    match options.instead {
        Some(Instead::Help) => return print(&native::help(&request.chosen, form, language)),
        Some(Instead::Skeleton) => {
            let values = skeleton::values(described);
            return print(&serde_json::to_string_pretty(&values).map_err(|error| no_text(&error))?);
        }
        Some(Instead::YamlSkeleton) => {
            return print(&skeleton::yaml(described, language).map_err(|error| no_text(&error))?);
        }
        _ => {}
    }
    let violations = request.violations(&options.allow, !options.no_check)?;
    admit(&violations)?;
    for violation in violations.iter().filter(|one| one.severity == Severity::Warning) {
        tell(&format!("warning: {violation}"));
    }
    match options.instead {
        Some(Instead::Validate) => print("valid"),
        Some(Instead::Curl) => print(&show::curl(&request)),
        Some(Instead::Rust) => print(&show::rust(&request)),
        Some(Instead::DryRun) => {
            let connection = Connection::new(options)?;
            let flight = Cell::new(false);
            block(&flight, async { print(&send::dry_run(&request, &connection).await?) })
        }
        _ => {
            if options.interactive {
                interactive::confirm(&request)?;
            }
            let flight = Cell::new(false);
            block(&flight, online(request, options, form, language, &flight))
        }
    }
}

/// Runs until it is done, or until Ctrl-C; `flight` says whether something is under way that changes anything.
fn block(
    flight: &Cell<bool>,
    work: impl Future<Output = Result<(), Problem>>,
) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Problem::other(error.to_string()))?;
    runtime.block_on(async {
        tokio::select! {
            done = work => done,
            _ = tokio::signal::ctrl_c() => Err(interrupted(flight.get())),
        }
    })
}

/// What Ctrl-C leaves behind.
fn interrupted(is_under_way: bool) -> Problem {
    match is_under_way {
        true => {
            let message = "interrupted; what was sent may be carried out all the same: look before you send it again";
            Problem::new(Kind::Unknown, message)
        }
        false => Problem::new(Kind::Interrupted, "interrupted"),
    }
}

async fn online(
    mut request: Request,
    options: Options,
    form: Form,
    language: &str,
    flight: &Cell<bool>,
) -> Result<(), Problem> {
    let connection = Connection::new(options)?;
    let options = &connection.options;
    if options.debug {
        tell(&send::dry_run(&request, &connection).await?);
    }
    let sender = Sender::new(&connection, request.chosen.service, request.project_id())?;
    let ensure = request.chosen.described.operation.ensure.clone();
    flight.set(!request.chosen.described.operation.repeatable);
    let answer = match (&ensure, &options.waiter, form) {
        (Some(ensure), _, _) if options.ensure => {
            let ensured = order::ensure(&sender, &request, ensure).await?;
            flight.set(false);
            if options.wait {
                let ids: Vec<String> = ensured.items.iter().map(|item| item.id.clone()).collect();
                let states = wait_for(&sender, &request, ensure, &ids, (options, language)).await?;
                return write(&Value::Array(states), options, Output::Json, None);
            }
            Answer::Value(order::answer(&ensured))
        }
        (_, Some(waiter), _) => CliWaiter::read(waiter)?.wait(&sender, &request).await?,
        (_, None, Form::Native) => pages::all(&sender, &mut request, options.limit).await?,
        (_, None, Form::DropIn) => sender.send(&request).await?,
    };
    flight.set(false);
    let columns = output::columns_of(&request.chosen.described);
    match answer {
        Answer::Nothing => Ok(()),
        Answer::File(bytes) => io::stdout().write_all(&bytes).map_err(output::closed),
        Answer::Value(value) => {
            if let (Some(ensure), true, false) = (&ensure, options.wait, options.ensure) {
                let ids = order::bought(ensure, &value);
                let states = wait_for(&sender, &request, ensure, &ids, (options, language)).await?;
                return write(&Value::Array(states), options, Output::Json, None);
            }
            let usual = match (form, &columns, io::stdout().is_terminal()) {
                (Form::Native, Some(_), true) => Output::Table,
                _ => Output::Json,
            };
            write(&value, options, usual, columns.as_ref())
        }
    }
}

fn write(
    value: &Value,
    options: &Options,
    usual: Output,
    columns: Option<&output::Columns>,
) -> Result<(), Problem> {
    let value = output::queried(value.clone(), options)?;
    let columns = columns.filter(|_| options.query.is_none());
    output::write(&mut io::stdout(), &value, options, usual, columns)
}

/// Waits until what was ordered can be used, one after the other.
async fn wait_for(
    sender: &Sender,
    order: &Request,
    ensure: &huaweicloud_catalog::Ensure,
    ids: &[String],
    (options, language): (&Options, &str),
) -> Result<Vec<Value>, Problem> {
    let service = order.chosen.service;
    if ids.is_empty() {
        let message = "the answer names nothing to wait for; look at the order";
        return Err(Problem::new(Kind::Unknown, message));
    }
    let Some(waiter) = &ensure.waiter else {
        return Err(Problem::usage("nothing is known of waiting for this; leave --wait out"));
    };
    let mut states = Vec::new();
    for id in ids {
        tell(&format!("waiting for {id}; to go on later: hwc {} wait {id}", service.catalog.name));
        let (request, waiter) =
            waiting(service, &crate::text::kebab(waiter), std::slice::from_ref(id))?;
        let waiter = wait::paced(waiter, options.interval, options.wait_limit);
        states.extend(wait::until(sender, &request, &waiter, None, language).await?);
    }
    Ok(states)
}

/// The request that asks for a state, and what is waited for. `until` is a waiter's id or its end, such as `running`.
fn waiting(
    service: &'static Service,
    until: &str,
    words: &[String],
) -> Result<(Request, huaweicloud_catalog::Waiter), Problem> {
    let name = service.catalog.name;
    let mut known: Vec<String> = Vec::new();
    for entry in service.catalog.index()?.operations {
        let chosen = service.choose(&entry)?;
        let waiters = chosen.described.operation.waiters.clone();
        for waiter in waiters {
            let short = waiter.id.strip_prefix("wait-until-").unwrap_or(&waiter.id).to_owned();
            if waiter.id != until && short != until {
                known.push(short);
                continue;
            }
            let parameters = &chosen.described.operation.parameters;
            let path = parameters.iter().filter(|p| p.place == huaweicloud_catalog::Place::Path);
            let mut wanted: Vec<String> =
                path.filter(|p| p.of_client.is_none()).map(|p| p.name.clone()).collect();
            let places = wanted.len();
            wanted.extend(waiter.item_id.clone());
            if words.len() != wanted.len() {
                let words =
                    wanted.iter().map(|name| name.to_uppercase()).collect::<Vec<_>>().join(" ");
                return Err(Problem::usage(format!("hwc {name} wait {words} --until {short}")));
            }
            let values = wanted.iter().take(places).zip(words);
            let place = huaweicloud_catalog::Place::Path;
            let parameters = values.map(|(name, value)| (place, name.clone(), vec![value.clone()]));
            let filled = crate::fill::Filled { parameters: parameters.collect(), body: None };
            return Ok((Request::new(chosen, filled), waiter));
        }
    }
    let hint = did_you_mean(until, known.iter().map(String::as_str));
    let known = known.join(", ");
    let message = match known.as_str() {
        "" => format!("{name} has nothing that can be waited for"),
        known => format!("--until {until:?}: there is {known}{hint}"),
    };
    Err(Problem::usage(message))
}

/// `hwc SERVICE wait ID --until STATE`.
pub(crate) fn wait(
    service: &'static Service,
    words: Vec<String>,
    language: &str,
) -> Result<(), Problem> {
    let command = native::wait_command(service.catalog.name);
    let Some(matches) = native::matches(command, words)? else { return Ok(()) };
    let ids: Vec<String> = matches.get_many("id").into_iter().flatten().cloned().collect();
    let until: String = matches.get_one("until").cloned().unwrap_or_else(|| "running".to_owned());
    let options = native::connection_options(&matches)?;
    let (request, waiter) = waiting(service, &until, &ids)?;
    let waiter = wait::paced(waiter, options.interval, options.wait_limit);
    let item = waiter.item_id.as_ref().and_then(|_| ids.last().cloned());
    admit(&request.violations(&[], true)?)?;
    let connection = Connection::new(options)?;
    let sender = Sender::new(&connection, service, None)?;
    let flight = Cell::new(false);
    block(&flight, async {
        let state = wait::until(&sender, &request, &waiter, item.as_deref(), language).await?;
        match state {
            Some(state) => write(&state, &connection.options, Output::Json, None),
            None => Ok(()),
        }
    })
}

/// For whom and where calls are made, as far as it is known here. No key is shown.
pub(crate) fn whoami(words: Vec<String>) -> Result<(), Problem> {
    let command = native::whoami_command();
    let Some(matches) = native::matches(command, words)? else { return Ok(()) };
    let connection = Connection::new(native::connection_options(&matches)?)?;
    let options = &connection.options;
    let row =
        |name: &str, value: Option<&str>| format!("{name:<9} {}", value.unwrap_or("(not set)"));
    let lines = [
        row("keys", Some(&connection.source())),
        row("region", options.region.as_deref()),
        row("project", options.project_id.as_deref().or(Some("(asked for when it is needed)"))),
        row("domain", options.domain_id.as_deref().or(Some("(asked for when it is needed)"))),
        row("endpoint", options.endpoint.as_deref().or(Some("(that of the region)"))),
    ];
    print(&lines.join("\n"))
}
