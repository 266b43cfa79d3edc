//! Connection settings. In: options, the environment, profiles. Out: the configuration of a client.

use std::{env, time::Duration};

use huaweicloud_core::{
    ClientBuilder, Config, Context, Credentials, CredentialsChain, RetryPolicy,
};

use crate::{
    configure, messages,
    options::Options,
    problem::Problem,
    profile::{self, Profile},
    service::Service,
};

/// Also read by the examples, and printed by the emulator.
const ENDPOINT: &str = "HUAWEICLOUD_SDK_ENDPOINT";
const IAM_ENDPOINT: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
const TOKEN: &str = "HUAWEICLOUD_SDK_AUTH_TOKEN";
/// The profile of `~/.huaweicloud/credentials` that is used if none is named.
const PROFILE: &str = "HUAWEICLOUD_SDK_PROFILE";
/// Access keys in the environment, which take precedence over files.
const KEYS: [&str; 2] = ["HUAWEICLOUD_SDK_AK", "HW_ACCESS_KEY"];

/// Resolved connection settings.
pub struct Connection {
    /// The options, completed from the environment and a profile.
    pub options: Options,
    profile: Option<Profile>,
}

/// Whether the network may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// It may.
    Online,
    /// It may not: what is not known locally stays unknown.
    Offline,
}

impl Connection {
    /// Resolves what the options leave open.
    ///
    /// # Errors
    ///
    /// The requested profile does not exist, or its keys are encrypted.
    pub fn new(mut options: Options) -> Result<Self, Problem> {
        let has_keys = options.access_key.is_some()
            || variable(TOKEN).is_some()
            || KEYS.iter().any(|key| variable(key).is_some());
        let profile = profile::find(options.profile.as_deref(), has_keys)?;
        if let Some(profile) = &profile {
            options.region = options.region.or_else(|| profile.region.clone());
            options.project_id = options.project_id.or_else(|| profile.project_id.clone());
            options.domain_id = options.domain_id.or_else(|| profile.domain_id.clone());
            options.connect_timeout = options.connect_timeout.or(profile.connect_timeout);
            options.read_timeout = options.read_timeout.or(profile.read_timeout);
            options.retry_count = options.retry_count.or(profile.retry_count);
        }
        options.endpoint = options.endpoint.or_else(|| variable(ENDPOINT));
        let of_project = ["HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID"];
        let project = || of_project.iter().find_map(|name| variable(name));
        options.project_id = options.project_id.or_else(project);
        options.region = options.region.or_else(|| variable("HW_REGION_NAME"));
        if options.region.is_none() {
            options.region = of_own_file(options.profile.as_deref(), "region");
        }
        if options.project_id.is_none() && !has_keys {
            options.project_id = of_own_file(options.profile.as_deref(), "project_id");
        }
        Ok(Self { options, profile })
    }

    /// The same without an explicit endpoint: each service is called at its endpoint in the region.
    pub(crate) fn of_region(&self) -> Self {
        let options = Options { endpoint: None, ..self.options.clone() };
        Self { options, profile: self.profile.clone() }
    }

    /// The profile whose keys are used if nothing else provides keys: the named one, or that without a name. `None` if
    /// the environment has keys.
    fn of_file(&self) -> Option<Option<String>> {
        let named = self.options.profile.clone();
        let of_environment = KEYS.iter().any(|key| variable(key).is_some());
        (named.is_some() || !of_environment).then(|| named.or_else(|| variable(PROFILE)))
    }

    /// Where keys come from, in words.
    pub fn source(&self) -> String {
        if self.options.access_key.is_some() {
            return messages::keys_of_line();
        }
        match &self.profile {
            Some(Profile { name, keys: Some(_), .. }) => messages::keys_of_profile(name),
            _ if variable(TOKEN).is_some() && self.options.profile.is_none() => {
                messages::keys_of_token(TOKEN)
            }
            _ if self.of_file().is_none() => messages::keys_of_environment(),
            _ => match profile::own_file().filter(|path| path.exists()) {
                Some(path) => {
                    let named = self.of_file().flatten();
                    match configure::is_in_keyring(named.as_deref()) {
                        true => messages::keys_of_keyring(
                            path.display(),
                            configure::section(named.as_deref()),
                        ),
                        false => path.display().to_string(),
                    }
                }
                None => messages::keys_of_machine(),
            },
        }
    }

    /// The configuration of a client of a service.
    ///
    /// # Errors
    ///
    /// There is no region, or an option has an invalid value.
    pub fn context(
        &self,
        service: &Service,
        project_id: Option<&str>,
        network: Network,
    ) -> Result<Context, Problem> {
        let options = &self.options;
        let needs_region = service.endpoint.contains("{region}");
        if options.endpoint.is_none() && options.region.is_none() && needs_region {
            return Err(Problem::usage(messages::no_region()));
        }
        let mut builder =
            Config::builder().user_agent_suffix(concat!("hwc/", env!("CARGO_PKG_VERSION")));
        if let Some(region) = &options.region {
            builder = builder.region(region.clone());
        }
        if let Some(endpoint) = &options.endpoint {
            // Plain HTTP only within this machine.
            builder = builder.allow_http(is_local(endpoint)).endpoint(endpoint.clone());
            // A local stand-in for the service is one for IAM, too, unless another is configured.
            if is_local(endpoint) && variable(IAM_ENDPOINT).is_none() {
                builder = builder.iam_endpoint(endpoint.clone());
            }
        }
        if let Some(id) = project_id.or(options.project_id.as_deref()) {
            builder = builder.project_id(id);
        } else if network == Network::Offline {
            builder = builder.project_id(crate::request::Ids::UNKNOWN.project);
        }
        if let Some(id) = &options.domain_id {
            builder = builder.domain_id(id.clone());
        } else if network == Network::Offline {
            builder = builder.domain_id(crate::request::Ids::UNKNOWN.domain);
        }
        builder = self.identified(builder, network)?;
        if let Some(limit) = options.connect_timeout {
            builder = builder.connect_timeout(limit);
        }
        if let Some(limit) = options.read_timeout {
            builder = builder.attempt_timeout(limit).timeout(limit.max(Duration::from_secs(30)));
        }
        if let Some(count) = options.retry_count {
            builder = builder.retry(RetryPolicy::default().max_attempts(count + 1));
        }
        let config = builder.build_config().map_err(Problem::from)?;
        (service.context)(&config).map_err(Problem::from)
    }

    fn identified(
        &self,
        builder: ClientBuilder<Config>,
        network: Network,
    ) -> Result<ClientBuilder<Config>, Problem> {
        let options = &self.options;
        let keys = |access: &str,
                    secret: &huaweicloud_core::Secret,
                    token: Option<&huaweicloud_core::Secret>| {
            match token {
                Some(token) => Credentials::temporary(access, secret.expose(), token.expose()),
                None => Credentials::new(access, secret.expose()),
            }
        };
        match (&options.access_key, &options.secret_key) {
            (Some(access), Some(secret)) => {
                let token = options.security_token.as_ref();
                return Ok(builder.credentials(keys(access.expose(), secret, token)));
            }
            (Some(_), None) => {
                let problem = messages::half_of_keys("cli-access-key", "cli-secret-key");
                return Err(Problem::usage(problem));
            }
            (None, Some(_)) => {
                let problem = messages::half_of_keys("cli-secret-key", "cli-access-key");
                return Err(Problem::usage(problem));
            }
            (None, None) => {}
        }
        if let Some(profile) = &self.profile
            && let Some((access, secret)) = &profile.keys
        {
            let token = profile.security_token.as_ref();
            return Ok(builder.credentials(keys(access, secret, token)));
        }
        if let (None, Some(token)) = (&options.profile, variable(TOKEN)) {
            return Ok(builder.auth_token(token));
        }
        let named = self.of_file();
        if let Some(named) = &named
            && let Some(found) = configure::of_keyring(named.as_deref())?
        {
            let token = found.security_token.as_ref();
            return Ok(builder.credentials(keys(&found.access_key, &found.secret_key, token)));
        }
        if let Some(profile) = &options.profile {
            return Ok(builder.profile(profile.clone()));
        }
        Ok(match network {
            Network::Online => builder,
            Network::Offline => {
                builder.credentials_provider(CredentialsChain::new().without_metadata())
            }
        })
    }
}

/// A value of a profile of `~/.huaweicloud/credentials` that the client itself does not read.
fn of_own_file(profile: Option<&str>, key: &str) -> Option<String> {
    let ini = configure::read(&profile::own_file()?).ok()?;
    let named = profile.map(str::to_owned).or_else(|| variable(PROFILE));
    let values = ini.values(&configure::section(named.as_deref()))?;
    values.into_iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Whether an endpoint is on this machine.
pub(crate) fn is_local(endpoint: &str) -> bool {
    let Some(rest) = endpoint.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    ["localhost", "127.0.0.1", "[::1]"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called_in_the_clear() {
        assert!(is_local("http://127.0.0.1:8800") && is_local("http://localhost/prefix"));
        assert!(is_local("http://[::1]:1"));
        for endpoint in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://localhost@example.com:80",
            "https://127.0.0.1",
        ] {
            assert!(!is_local(endpoint), "{endpoint}");
        }
    }
}
