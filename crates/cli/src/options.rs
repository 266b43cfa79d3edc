//! What a command is told beside the values of its request: where, by whom, how it is shown. In: names and texts of both
//! forms of command lines. Out: [`Options`].

use std::time::Duration;

use huaweicloud_core::Secret;

use crate::{problem::Problem, text::did_you_mean};

/// What a command is told beside the values of its request.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where.
    pub region: Option<String>,
    /// Instead of the endpoint of a region.
    pub endpoint: Option<String>,
    /// A profile of a file.
    pub profile: Option<String>,
    /// Keys.
    pub access_key: Option<Secret>,
    /// Keys.
    pub secret_key: Option<Secret>,
    /// Of temporary keys.
    pub security_token: Option<Secret>,
    /// For whom.
    pub project_id: Option<String>,
    /// For whom.
    pub domain_id: Option<String>,
    /// Time for a connection.
    pub connect_timeout: Option<Duration>,
    /// Time for an attempt.
    pub read_timeout: Option<Duration>,
    /// Attempts after the first.
    pub retry_count: Option<u32>,
    /// How an answer is written.
    pub output: Option<Output>,
    /// JMESPath over the answer.
    pub query: Option<String>,
    /// Whether rows of tables have numbers.
    pub numbers: bool,
    /// The columns of a table, by field.
    pub columns: Vec<String>,
    /// The column that rows are sorted by; `-` before it turns the order round.
    pub sort: Option<String>,
    /// Instead of a call.
    pub instead: Option<Instead>,
    /// Waits for an answer, as the vendor's command line does.
    pub waiter: Option<String>,
    /// Rules that do not count.
    pub allow: Vec<String>,
    /// Whether nothing is checked before it is sent.
    pub no_check: bool,
    /// Errors as JSON.
    pub errors_json: bool,
    /// The language of messages and help, such as `zh`.
    pub language: Option<String>,
    /// Says what is sent and what comes, without secrets.
    pub debug: bool,
    /// Values from a file, as JSON or YAML.
    pub from: Option<String>,
    /// Waits until what was changed is ready.
    pub wait: bool,
    /// Asks for what is missing, and before it sends.
    pub interactive: bool,
    /// Seconds between two questions while it waits.
    pub interval: Option<u64>,
    /// Seconds that it waits at most.
    pub wait_limit: Option<u64>,
    /// Looks by name before it orders.
    pub ensure: bool,
    /// How many items of a list are read at most.
    pub limit: Option<usize>,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// For programs and people.
    Json,
    /// For people.
    Table,
    /// For the tools of a shell.
    Tsv,
    /// For files.
    Yaml,
}

/// What is done instead of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The request is shown.
    DryRun,
    /// A file to be filled in is written.
    Skeleton,
    /// The same with comments.
    YamlSkeleton,
    /// The call is written for curl.
    Curl,
    /// The call is written as a program.
    Rust,
    /// The request is only checked.
    Validate,
    /// The page of the operation is shown.
    Help,
}

impl Output {
    /// The names of all.
    pub const NAMES: [&str; 4] = ["json", "table", "tsv", "yaml"];

    /// An output by its name.
    ///
    /// # Errors
    ///
    /// There is none of that name.
    pub fn of(name: &str) -> Result<Self, Problem> {
        Ok(match name {
            "json" => Self::Json,
            "table" => Self::Table,
            "tsv" => Self::Tsv,
            "yaml" => Self::Yaml,
            other => {
                let hint = did_you_mean(other, Self::NAMES);
                let known = Self::NAMES.join(", ");
                return Err(Problem::usage(format!(
                    "there is no output {other:?}, but {known}{hint}"
                )));
            }
        })
    }
}

/// The languages that messages of documents come in.
pub const LANGUAGES: [&str; 2] = ["en", "zh"];

/// Options of the vendor's command line that hold a value.
const VALUED: [&str; 24] = [
    "cli-region",
    "cli-endpoint",
    "cli-profile",
    "cli-mode",
    "cli-access-key",
    "cli-secret-key",
    "cli-security-token",
    "cli-project-id",
    "cli-x-project-id",
    "cli-domain-id",
    "cli-connect-timeout",
    "cli-read-timeout",
    "cli-retry-count",
    "cli-output",
    "cli-output-num",
    "cli-query",
    "cli-waiter",
    "cli-jsonInput",
    "cli-lang",
    "cli-warning",
    "cli-offline",
    "cli-agree-privacy-statement",
    "cli-auth-type",
    "cli-skip-secure-verify",
];

/// Options of theirs that nothing here can do.
const UNSUPPORTED: [(&str, &str); 10] = [
    ("cli-agency-name", "ask for temporary keys, and give them with --cli-security-token"),
    ("cli-agency-domain-id", "ask for temporary keys, and give them with --cli-security-token"),
    ("cli-agency-domain-name", "ask for temporary keys, and give them with --cli-security-token"),
    ("cli-source-profile", "give the profile itself with --cli-profile"),
    ("cli-output-rows", "use --cli-query, such as \"instances[].[name,status]\""),
    ("cli-output-cols", "use --cli-query, such as \"instances[].[name,status]\""),
    ("cli-json-filter", "use --cli-query"),
    ("cli-custom", "give the value itself"),
    (
        "cli-auth-encrypt",
        "keys are read from the environment, or from files that only you can read",
    ),
    ("cli-local-dea", "leave it out"),
];

/// Options without `cli-` that their older versions had; an operation may have parameters of these names.
const OLD: [&str; 15] = [
    "region",
    "endpoint",
    "profile",
    "mode",
    "access-key",
    "secret-key",
    "security-token",
    "project-id",
    "domain-id",
    "connect-timeout",
    "read-timeout",
    "retry-count",
    "output",
    "query",
    "jsonInput",
];

/// Whether a name without `cli-` was one of theirs.
pub fn is_old(name: &str) -> bool {
    OLD.contains(&name)
}

/// Whether an option of the vendor's command line has a value.
pub fn is_valued(name: &str) -> bool {
    VALUED.contains(&name) || UNSUPPORTED.iter().any(|(known, _)| *known == name)
}

impl Options {
    /// Sets an option of the vendor's command line that has a value.
    ///
    /// # Errors
    ///
    /// There is no such option, or it does not take the value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        let text = || Some(value.to_owned());
        if let Some((_, instead)) = UNSUPPORTED.iter().find(|(known, _)| *known == name) {
            return Err(Problem::usage(format!("--{name}: is not supported; {instead}")));
        }
        match name {
            "cli-region" => self.region = text(),
            "cli-endpoint" => self.endpoint = text(),
            "cli-profile" => self.profile = text(),
            "cli-access-key" => self.access_key = Some(value.into()),
            "cli-secret-key" => self.secret_key = Some(value.into()),
            "cli-security-token" => self.security_token = Some(value.into()),
            "cli-project-id" | "cli-x-project-id" => self.project_id = text(),
            "cli-domain-id" => self.domain_id = text(),
            "cli-connect-timeout" => self.connect_timeout = Some(seconds(name, value)?),
            "cli-read-timeout" => self.read_timeout = Some(seconds(name, value)?),
            "cli-retry-count" => self.retry_count = Some(count(name, value, 5)?),
            "cli-output" => self.output = Some(Output::of(value)?),
            "cli-output-num" => self.numbers = flag(name, value)?,
            "cli-query" => self.query = text(),
            "cli-waiter" => self.waiter = text(),
            "cli-jsonInput" => self.from = text(),
            "cli-lang" => self.language = Some(language(value)?),
            "cli-mode" => mode(value)?,
            // Said to a program that asks at its first run, or that keeps its own data up to date.
            "cli-warning" | "cli-offline" | "cli-agree-privacy-statement" => {
                flag(name, value)?;
            }
            "cli-auth-type" => {
                if value != "derivedSign" {
                    let problem = format!("--{name}: knows no {value:?}; leave it out");
                    return Err(Problem::usage(problem));
                }
                let problem =
                    format!("--{name}: is not supported; requests are signed by AK and SK");
                return Err(Problem::usage(problem));
            }
            "cli-skip-secure-verify" => {
                if flag(name, value)? {
                    let problem = "certificates are always verified; trust your own authority in the \
                                   system instead";
                    return Err(Problem::usage(format!("--{name}: {problem}")));
                }
            }
            _ => return Err(unknown(name)),
        }
        Ok(())
    }
}

/// There is no such option.
pub fn unknown(name: &str) -> Problem {
    Problem::usage(format!("--{name}: there is no such option{}", did_you_mean(name, VALUED)))
}

/// A language that there is.
///
/// # Errors
///
/// There is none of that name.
pub fn language(text: &str) -> Result<String, Problem> {
    match text {
        // The vendor's name.
        "cn" => Ok("zh".to_owned()),
        text if LANGUAGES.contains(&text) => Ok(text.to_owned()),
        other => Err(Problem::usage(format!("there is no language {other:?}, but en and zh"))),
    }
}

fn mode(value: &str) -> Result<(), Problem> {
    match value {
        // Keys of an agency are found on the machine anyway.
        "AKSK" | "ecsAgency" => Ok(()),
        other => {
            let why = format!("--cli-mode={other} is not supported");
            let problem = format!("{why}; use AKSK with keys, or ecsAgency on a cloud server");
            Err(Problem::usage(problem))
        }
    }
}

fn seconds(name: &str, value: &str) -> Result<Duration, Problem> {
    match value.parse::<u64>() {
        Ok(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds)),
        _ => Err(Problem::usage(format!("--{name}: must be 1 to 86400 seconds"))),
    }
}

fn count(name: &str, value: &str, most: u32) -> Result<u32, Problem> {
    match value.parse::<u32>() {
        Ok(count) if count <= most => Ok(count),
        _ => Err(Problem::usage(format!("--{name}: must be 0 to {most}"))),
    }
}

fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    value.parse().map_err(|_| Problem::usage(format!("--{name}: must be true or false")))
}
