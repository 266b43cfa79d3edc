//! A call from start to end. In: a parsed request. Out: its answer in the requested format, or what was requested instead of
//! the call.

use std::{
    cell::Cell,
    io::{self, IsTerminal, Write},
};

use huaweicloud_core::Severity;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::{
    connect::Connection,
    follow::{self, Awaited},
    interactive, messages, native,
    options::{Instead, Options, Output},
    order, output, pages,
    prepare::{Form, Prepared},
    problem::{Kind, Problem},
    request::{Request, admit},
    run::{print, tell},
    send::{self, Answer, Sender},
    service::Service,
    show, skeleton,
    wait::{self, CliWaiter},
};

/// Makes a call, or does what was requested instead.
pub(crate) fn call(prepared: Prepared, language: &str) -> Result<(), Problem> {
    let Prepared { request, options, hints, form } = prepared;
    for hint in &hints {
        tell(&messages::note(hint));
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
        tell(&messages::warning(violation));
    }
    match options.instead {
        Some(Instead::Validate) => print(&messages::valid()),
        Some(Instead::Curl) => print(&show::curl(&request)),
        Some(Instead::Rust) => print(&show::rust(&request)),
        Some(Instead::DryRun) => {
            let connection = Connection::new(options)?;
            let flight = Cell::new(false);
            block(&flight, async { print(&send::dry_run(&request, &connection).await?) })
        }
        _ => {
            if options.interactive {
                interactive::confirm(&request, language)?;
            }
            let flight = Cell::new(false);
            block(&flight, online(request, options, form, language, &flight))
        }
    }
}

/// Runs until completion or Ctrl-C; `flight` says whether a change is under way.
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

/// The outcome of Ctrl-C.
fn interrupted(is_under_way: bool) -> Problem {
    match is_under_way {
        true => Problem::new(Kind::Unknown, messages::interrupted_in_flight()),
        false => Problem::new(Kind::Interrupted, messages::interrupted()),
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
    if options.wait && ensure.is_none() {
        let said = match answer {
            Answer::Value(value) => value,
            _ => Value::Null,
        };
        let awaited = follow::after(&request, &said)?;
        let state = watched(&sender, awaited, (options, language)).await?;
        return state.map_or(Ok(()), |state| write(&state, options, Output::Json, None));
    }
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

/// Runs something that changes nothing, until completion or Ctrl-C.
pub(crate) fn wait_out<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let flight = Cell::new(false);
    let mut done = None;
    block(&flight, async {
        done = Some(work.await?);
        Ok(())
    })?;
    done.ok_or_else(|| interrupted(false))
}

/// Writes an answer in the requested format.
pub(crate) fn write(
    value: &Value,
    options: &Options,
    usual: Output,
    columns: Option<&output::Columns>,
) -> Result<(), Problem> {
    let value = output::queried(value.clone(), options)?;
    let columns = columns.filter(|_| options.query.is_none());
    output::write(&mut io::stdout(), &value, options, usual, columns)
}

/// Waits until everything that was ordered is ready.
async fn wait_for(
    sender: &Sender,
    order: &Request,
    ensure: &huaweicloud_catalog::Ensure,
    ids: &[String],
    how: (&Options, &str),
) -> Result<Vec<Value>, Problem> {
    if ids.is_empty() {
        return Err(Problem::new(Kind::Unknown, messages::order_names_nothing()));
    }
    let Some(waiter) = &ensure.waiter else {
        let id = &order.chosen.described.operation.id;
        return Err(Problem::usage(messages::no_waiter(id)));
    };
    let mut states = Vec::new();
    for id in ids {
        let awaited = follow::ordered(order.chosen.service, waiter, id)?;
        states.extend(watched(sender, awaited, how).await?);
    }
    Ok(states)
}

/// Prints how to resume later, and waits.
async fn watched(
    sender: &Sender,
    mut awaited: Awaited,
    (options, language): (&Options, &str),
) -> Result<Option<Value>, Problem> {
    tell(&messages::waiting_for(awaited.subject(), awaited.command()));
    awaited.waiter = wait::paced(awaited.waiter, options.interval, options.wait_limit);
    wait::until(sender, &awaited, language).await
}

/// `hwc SERVICE wait ID --until STATE`.
pub(crate) fn wait(
    service: &'static Service,
    words: Vec<String>,
    language: &str,
) -> Result<(), Problem> {
    let states = follow::states(service)?.join(", ");
    let command = native::commands::wait(service.catalog.name, &states);
    let Some(matches) = native::matches(command, words)? else { return Ok(()) };
    let ids: Vec<String> = matches.get_many("id").into_iter().flatten().cloned().collect();
    let until: String = matches.get_one("until").cloned().unwrap_or_else(|| "running".to_owned());
    let options = native::connection_options(&matches)?;
    let mut awaited = follow::named(service, &until, &ids)?;
    awaited.waiter = wait::paced(awaited.waiter, options.interval, options.wait_limit);
    admit(&awaited.request.violations(&[], true)?)?;
    let connection = Connection::new(options)?;
    let sender = Sender::new(&connection, service, None)?;
    let flight = Cell::new(false);
    block(&flight, async {
        match wait::until(&sender, &awaited, language).await? {
            Some(state) => write(&state, &connection.options, Output::Json, None),
            None => Ok(()),
        }
    })
}

/// Shows account, project and endpoint of calls, as far as they are known locally. Keys are never shown.
pub(crate) fn whoami(words: Vec<String>) -> Result<(), Problem> {
    let command = native::commands::whoami();
    let Some(matches) = native::matches(command, words)? else { return Ok(()) };
    let connection = Connection::new(native::connection_options(&matches)?)?;
    let options = &connection.options;
    let set = |value: Option<&str>| value.map_or_else(messages::not_set, str::to_owned);
    let found = |value: Option<&str>| value.map_or_else(messages::looked_up, str::to_owned);
    let endpoint = options.endpoint.clone().unwrap_or_else(messages::of_region);
    let rows = [
        (messages::row_credentials(), connection.source()),
        (messages::row_region(), set(options.region.as_deref())),
        (messages::row_project(), found(options.project_id.as_deref())),
        (messages::row_domain(), found(options.domain_id.as_deref())),
        (messages::row_endpoint(), endpoint),
    ];
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let line = |(name, value): &(String, String)| {
        format!("{name}{} {value}", " ".repeat(widest - name.width()))
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    print(&lines.join("\n"))
}
