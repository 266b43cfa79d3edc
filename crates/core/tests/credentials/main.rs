//! Where credentials are found, in which order, and the message if there are none. The environment
//! is a table in the test; files are real, and the metadata service is a real socket.

#[path = "../support/mod.rs"]
mod support;

mod file;
mod metadata;

use std::{error::Error, fs::File, io::Write as _, path::Path};

use huaweicloud_core::{Credentials, CredentialsChain, CredentialsError, CredentialsProvider as _};
use tempfile::TempDir;

pub(crate) type Outcome = Result<(), Box<dyn Error>>;

const AK: (&str, &str) = ("HUAWEICLOUD_SDK_AK", "EXAMPLE-AK");
const SK: (&str, &str) = ("HUAWEICLOUD_SDK_SK", "EXAMPLE-SK");
const HW_AK: (&str, &str) = ("HW_ACCESS_KEY", "EXAMPLE-HW-AK");
const HW_SK: (&str, &str) = ("HW_SECRET_KEY", "EXAMPLE-HW-SK");

/// A chain over these variables, without the metadata service.
pub(crate) fn chain(variables: &[(&str, &str)]) -> CredentialsChain {
    let variables: Vec<(String, String)> =
        variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let lookup = move |name: &str| {
        let found = variables.iter().find(|(variable, _)| variable == name);
        found.map(|(_, value)| value.clone())
    };
    CredentialsChain::new().environment(lookup).without_metadata()
}

/// Kind and parts of what was found.
pub(crate) fn parts(credentials: &Credentials) -> [&str; 3] {
    [credentials.access_key(), credentials.secret_key(), credentials.security_token()]
        .map(|part| part.map_or("", |secret| secret.expose()))
}

pub(crate) async fn failure(chain: CredentialsChain) -> Result<CredentialsError, Box<dyn Error>> {
    chain.credentials().await.err().ok_or_else(|| "found credentials".into())
}

pub(crate) fn home(text: &str) -> Result<TempDir, Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join(".huaweicloud");
    std::fs::DirBuilder::new().create(&folder)?;
    write(&folder.join("credentials"), text)?;
    Ok(home)
}

fn write(path: &Path, text: &str) -> Outcome {
    Ok(File::create(path)?.write_all(text.as_bytes())?)
}

pub(crate) fn text(path: &Path) -> Result<&str, Box<dyn Error>> {
    path.to_str().ok_or_else(|| "a folder of no text".into())
}

#[tokio::test]
async fn the_environment_comes_first() -> Outcome {
    let token = ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "EXAMPLE-TOKEN");
    let home = home("[basic]\nak = FILE-AK\nsk = FILE-SK\n")?;
    let home = ("HOME", text(home.path())?);
    let found = chain(&[HW_AK, HW_SK, AK, SK, home]).credentials().await?;
    assert_eq!(parts(&found), ["EXAMPLE-AK", "EXAMPLE-SK", ""]);
    assert_eq!(format!("{found:?}"), "Credentials(access key)");
    let found = chain(&[AK, SK, token]).credentials().await?;
    assert_eq!(parts(&found), ["EXAMPLE-AK", "EXAMPLE-SK", "EXAMPLE-TOKEN"]);
    assert_eq!(format!("{found:?}"), "Credentials(temporary access key)");
    let terraform = [HW_AK, HW_SK, ("HW_SECURITY_TOKEN", "EXAMPLE-HW-TOKEN"), token, home];
    let found = chain(&terraform).credentials().await?;
    assert_eq!(parts(&found), ["EXAMPLE-HW-AK", "EXAMPLE-HW-SK", "EXAMPLE-HW-TOKEN"]);
    assert_eq!(found.expires(), None);
    Ok(())
}

#[tokio::test]
async fn then_the_file() -> Outcome {
    let home = home("[basic]\nak = FILE-AK\nsk = FILE-SK\nsecurity_token = FILE-TOKEN\n")?;
    let found = chain(&[("HOME", text(home.path())?)]).credentials().await?;
    assert_eq!(parts(&found), ["FILE-AK", "FILE-SK", "FILE-TOKEN"]);
    let found = chain(&[("USERPROFILE", text(home.path())?), ("HOME", "")]).credentials().await?;
    assert_eq!(parts(&found), ["FILE-AK", "FILE-SK", "FILE-TOKEN"]);

    let other = home.path().join("other");
    write(&other, "[basic]\nak = OTHER-AK\nsk = OTHER-SK\n")?;
    let named = ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", text(&other)?);
    let found = chain(&[("HOME", text(home.path())?), named]).credentials().await?;
    assert_eq!(parts(&found), ["OTHER-AK", "OTHER-SK", ""]);
    Ok(())
}

#[tokio::test]
async fn every_place_is_listed() -> Outcome {
    let error = failure(chain(&[])).await?;
    assert_eq!(
        error.to_string(),
        "no credentials; the request was not sent: environment: neither HUAWEICLOUD_SDK_AK and \
         HUAWEICLOUD_SDK_SK nor HW_ACCESS_KEY and HW_SECRET_KEY are set; \
         file: neither HUAWEICLOUD_SDK_CREDENTIALS_FILE nor HOME is set; \
         metadata service: is turned off in the client; \
         set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or give the client credentials"
    );
    let places: Vec<&str> = error.attempts().iter().map(|attempt| attempt.place()).collect();
    assert_eq!(places, ["environment", "file", "metadata service"]);

    let problem = async |content: Option<&str>| {
        let home = home(content.unwrap_or_default())?;
        let file = home.path().join(".huaweicloud/credentials");
        if content.is_none() {
            std::fs::rename(&file, home.path().join("gone"))?;
        }
        let error = failure(chain(&[("HOME", text(home.path())?)])).await?;
        assert_eq!(error.attempts()[1].place(), format!("file {}", file.display()));
        Ok::<_, Box<dyn Error>>((error.attempts().len(), error.attempts()[1].problem().to_owned()))
    };
    assert_eq!(problem(None).await?, (3, "does not exist".into()));
    assert_eq!(problem(Some("")).await?, (3, "has no section [basic]".into()));
    assert_eq!(problem(Some("[basic]")).await?, (3, "ak and sk are not in [basic]".into()));
    // What is half there ends the search.
    assert_eq!(
        problem(Some("[basic]\nak=a")).await?,
        (2, "ak is in [basic], but sk is not".into())
    );
    assert_eq!(
        problem(Some("[basic]\nsk=a")).await?,
        (2, "sk is in [basic], but ak is not".into())
    );
    assert_eq!(problem(Some("[basic]\nhunter2")).await?, (2, "line 2 is no `key = value`".into()));
    Ok(())
}

#[tokio::test]
async fn half_a_pair_is_not_passed_over() -> Outcome {
    let rest = "; correct it";
    let error = failure(chain(&[AK, HW_AK, HW_SK])).await?.to_string();
    let problem = "no credentials; the request was not sent: environment: HUAWEICLOUD_SDK_AK is set, \
                   but HUAWEICLOUD_SDK_SK is not";
    assert_eq!(error, format!("{problem}{rest}"));
    let error = failure(chain(&[HW_SK])).await?.to_string();
    let problem = "no credentials; the request was not sent: environment: HW_SECRET_KEY is set, \
                   but HW_ACCESS_KEY is not";
    assert_eq!(error, format!("{problem}{rest}"));
    Ok(())
}

#[tokio::test]
async fn keys_that_no_request_can_carry_are_not_passed_over() -> Outcome {
    let error = failure(chain(&[AK, ("HUAWEICLOUD_SDK_SK", "hünter2"), HW_AK, HW_SK])).await?;
    let problem = "environment: the secret key holds what no header can carry (a line break at \
                   its end?)";
    assert_eq!(error.attempts()[0].to_string(), problem);
    let padded = [(AK.0, " EXAMPLE-AK\n"), (SK.0, "EXAMPLE-SK\r\n")];
    assert_eq!(parts(&chain(&padded).credentials().await?), ["EXAMPLE-AK", "EXAMPLE-SK", ""]);
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_named_must_be_there() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("none");
    let named = [("HUAWEICLOUD_SDK_CREDENTIALS_FILE", text(&path)?)];
    let error = failure(chain(&named)).await?;
    assert_eq!(
        error.attempts()[1].to_string(),
        format!(
            "file {}: does not exist, though HUAWEICLOUD_SDK_CREDENTIALS_FILE names it",
            path.display()
        )
    );
    let named = [("HUAWEICLOUD_SDK_CREDENTIALS_FILE", text(folder.path())?)];
    let error = failure(chain(&named)).await?;
    assert!(error.attempts()[1].problem().starts_with("cannot be read ("), "{error}");
    Ok(())
}

#[test]
fn debug_tells_no_secret() {
    let chain = chain(&[AK, SK]);
    assert_eq!(format!("{chain:?}"), "CredentialsChain { metadata: None, .. }");
    let token = Credentials::token("hunter2");
    assert_eq!(format!("{token:?}"), "Credentials(token)");
    assert_eq!(parts(&token), ["", "", ""]);
    assert!(token.auth_token().is_some_and(|token| token.expose() == "hunter2"));
}
