//! Options: everything on a command line that is not a value of the request. In: names and texts of both forms of command lines.
//! Out: [`Options`].

use std::time::Duration;

use huaweicloud_core::Secret;

use crate::{
    messages::{self, Message},
    problem::Problem,
    text::did_you_mean,
};

/// The options of a command.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The region.
    pub region: Option<String>,
    /// An endpoint that overrides the region's.
    pub endpoint: Option<String>,
    /// The name of a profile.
    pub profile: Option<String>,
    /// The access key.
    pub access_key: Option<Secret>,
    /// The secret key.
    pub secret_key: Option<Secret>,
    /// The token of temporary keys.
    pub security_token: Option<Secret>,
    /// The project.
    pub project_id: Option<String>,
    /// The account.
    pub domain_id: Option<String>,
    /// Timeout for connecting.
    pub connect_timeout: Option<Duration>,
    /// Timeout of one attempt.
    pub read_timeout: Option<Duration>,
    /// Number of retries.
    pub retry_count: Option<u32>,
    /// An output format.
    pub output: Option<Output>,
    /// JMESPath over the answer.
    pub query: Option<String>,
    /// Whether rows of tables have numbers.
    pub numbers: bool,
    /// The columns of a table, by field.
    pub columns: Vec<String>,
    /// The column to sort by; with `-` in descending order.
    pub sort: Option<String>,
    /// What to do instead of the call.
    pub instead: Option<Instead>,
    /// The vendor's `--cli-waiter`.
    pub waiter: Option<String>,
    /// Allowed rules.
    pub allow: Vec<String>,
    /// Whether checks are skipped.
    pub no_check: bool,
    /// Errors as JSON.
    pub errors_json: bool,
    /// The language of messages and help, such as `zh`.
    pub language: Option<String>,
    /// Whether requests are logged, with secrets masked.
    pub debug: bool,
    /// Values from a file, as JSON or YAML.
    pub from: Option<String>,
    /// Whether to wait until the change is complete.
    pub wait: bool,
    /// Whether to ask for missing values, and before sending.
    pub interactive: bool,
    /// Seconds between two polls.
    pub interval: Option<u64>,
    /// Maximum seconds to wait.
    pub wait_limit: Option<u64>,
    /// Whether to look for the name before ordering.
    pub ensure: bool,
    /// Maximum number of items of a list.
    pub limit: Option<usize>,
}

/// An output format.
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

/// What to do instead of a call.
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
                return Err(Problem::usage(messages::no_output(other, known, hint)));
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

/// Options of hcloud that are not supported, each with what to do instead.
const UNSUPPORTED: [(&str, Message); 10] = [
    ("cli-agency-name", messages::instead_use_token),
    ("cli-agency-domain-id", messages::instead_use_token),
    ("cli-agency-domain-name", messages::instead_use_token),
    ("cli-source-profile", messages::instead_use_profile),
    ("cli-output-rows", messages::instead_use_query),
    ("cli-output-cols", messages::instead_use_query),
    ("cli-json-filter", messages::instead_use_plain_query),
    ("cli-custom", messages::instead_use_value),
    ("cli-auth-encrypt", messages::instead_use_files),
    ("cli-local-dea", messages::instead_leave_out),
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
            return Err(Problem::usage(messages::unsupported(name, instead())));
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
            // These have no meaning here: nothing is asked on the first run, and no metadata is downloaded.
            "cli-warning" | "cli-offline" | "cli-agree-privacy-statement" => {
                flag(name, value)?;
            }
            "cli-auth-type" => {
                if value != "derivedSign" {
                    let problem = messages::not_known_value(name, value);
                    return Err(Problem::usage(problem));
                }
                let problem = messages::unsupported(name, messages::signed_otherwise());
                return Err(Problem::usage(problem));
            }
            "cli-skip-secure-verify" => {
                if flag(name, value)? {
                    let problem = messages::unsupported(name, messages::always_verified());
                    return Err(Problem::usage(problem));
                }
            }
            _ => return Err(unknown(name)),
        }
        Ok(())
    }
}

/// The names of all options of the vendor's command line that are taken.
pub fn names() -> impl Iterator<Item = &'static str> {
    VALUED.iter().copied()
}

/// There is no such option.
pub fn unknown(name: &str) -> Problem {
    Problem::usage(messages::no_option(name, did_you_mean(name, VALUED)))
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
        other => Err(Problem::usage(messages::no_language(other))),
    }
}

fn mode(value: &str) -> Result<(), Problem> {
    match value {
        // Keys of the machine are found anyway.
        "AKSK" | "ecsAgency" => Ok(()),
        other => Err(Problem::usage(messages::no_mode(other))),
    }
}

fn seconds(name: &str, value: &str) -> Result<Duration, Problem> {
    match value.parse::<u64>() {
        Ok(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds)),
        _ => Err(Problem::usage(messages::seconds_range(name))),
    }
}

fn count(name: &str, value: &str, most: u32) -> Result<u32, Problem> {
    match value.parse::<u32>() {
        Ok(count) if count <= most => Ok(count),
        _ => Err(Problem::usage(messages::count_range(name, most))),
    }
}

fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    value.parse().map_err(|_| Problem::usage(messages::flag_range(name)))
}
