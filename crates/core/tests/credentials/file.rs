//! The credentials file: any syntax error is an error, because the machine's own keys
//! might buy for someone else; and profiles.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex, PoisonError},
};

use huaweicloud_core::CredentialsProvider as _;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::{
    Outcome, chain, failure, home, parts,
    support::{Server, answer},
    text,
};

/// Keys of the machine, which nobody means who has a file.
const OF_MACHINE: &str = r#"{"credential":{"access":"MACHINE-AK","secret":"MACHINE-SK",
    "securitytoken":"MACHINE-TOKEN","expires_at":"2099-01-01T00:00:00Z"}}"#;

#[tokio::test]
async fn what_is_not_understood_does_not_lead_to_the_machine() -> Outcome {
    let files = [
        ("[basic\nak = A\nsk = hunter2", "line 1 starts a section and does not end it"),
        ("[BASIC]\nak = A\nsk = hunter2", "line 1 starts a section that is none of"),
        ("[default]\nak = A\nsk = hunter2", "line 1 starts a section that is none of"),
        ("# mine\nak = A\nsk = hunter2", "line 2 stands before any section"),
        ("{\"ak\": \"A\", \"sk\": \"hunter2\"}", "line 1 stands before any section"),
        ("[basic]\naccess_key = A\nsecret_key = hunter2", "line 2 has a key that is none of ak"),
        ("[basic]\nak = A\nhunter2", "line 3 is no `key = value`"),
        ("[basic]\nak = A", "ak is in [basic], but sk is not"),
        ("[basic]\nidp_id = A\nid_token_file = B", "[basic] is for an identity provider"),
        ("[basic.dev]\nak = A\nsk = hunter2", "has no section [basic], but the profiles dev"),
        ("[basic]\nak = A\nsk = B\n[other]\nhunter2", "line 4 starts a section that is none of"),
    ];
    for (content, problem) in files {
        let machine = Server::start(vec![answer("200 OK", OF_MACHINE)]).await?;
        let home = home(content)?;
        let chain = chain(&[("HOME", text(home.path())?)]).metadata_address(&*machine.address);
        let error = failure(chain).await?;
        let attempt = error.attempts().last().ok_or("no attempts")?;
        assert!(attempt.problem().starts_with(problem), "{content}: {error}");
        assert!(attempt.place().ends_with(".huaweicloud/credentials"), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        assert!(machine.seen().is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn comments_and_line_ends_are_those_of_the_vendor() -> Outcome {
    for content in [
        "[basic] # mine\nak = A\nsk = B",
        "[basic] ; mine\nak = A # mine\nsk = B ; mine\n",
        "[basic]\rak = A\rsk = B\r",
        "\u{feff}; mine\r\n[basic]\r\nAK: A\r\nSK = B\r\n",
    ] {
        let home = home(content)?;
        let found = chain(&[("HOME", text(home.path())?)]).credentials().await?;
        assert_eq!(parts(&found), ["A", "B", ""], "{content:?}");
    }
    Ok(())
}

#[tokio::test]
async fn profiles_are_chosen_by_code_or_variable() -> Outcome {
    let home = home(
        "[basic]\nak=A\nsk=A\n[basic.dev]\nak=D\nsk=D\n[profile prod]\nak=P\nsk=P\n[basic.none]",
    )?;
    let home = ("HOME", text(home.path())?);
    let by_variable = |name| ("HUAWEICLOUD_SDK_PROFILE", name);
    for (name, key) in [("dev", "D"), ("prod", "P"), ("basic", "A")] {
        let found = chain(&[home, by_variable(name)]).credentials().await?;
        assert_eq!(parts(&found), [key, key, ""]);
        // What code names goes before any variable.
        let keys = [("HUAWEICLOUD_SDK_AK", "E"), ("HUAWEICLOUD_SDK_SK", "E")];
        let found = chain(&[home, keys[0], keys[1], by_variable("none")]).profile(name);
        assert_eq!(parts(&found.credentials().await?), [key, key, ""]);
        let found = chain(&[home, keys[0], keys[1], by_variable(name)]).credentials().await?;
        assert_eq!(parts(&found), ["E", "E", ""]);
    }
    let problem = async |name| {
        let error = failure(chain(&[home, by_variable(name)])).await?;
        let last = error.attempts().last().map(|attempt| attempt.problem().to_owned());
        last.ok_or_else(|| Box::<dyn std::error::Error>::from("no attempts"))
    };
    let choose = "choose one with .profile(…) or HUAWEICLOUD_SDK_PROFILE";
    assert_eq!(
        problem("test").await?,
        format!("has no section [basic.test], but the profiles dev, prod, none: {choose}")
    );
    assert_eq!(problem("none").await?, "ak and sk are not in [basic.none]");
    let error = failure(chain(&[]).profile("dev")).await?;
    assert_eq!(error.attempts().len(), 1, "{error}");
    let empty = tempfile::tempdir()?;
    let error = failure(chain(&[("HOME", text(empty.path())?)]).profile("dev")).await?;
    let problem = "does not exist, though the profile dev is asked for";
    assert_eq!(error.attempts().last().map(|attempt| attempt.problem()), Some(problem));
    Ok(())
}

/// Opening a pipe waits for somebody to write, perhaps for ever.
#[cfg(unix)]
#[tokio::test]
async fn a_pipe_does_not_hang() -> Outcome {
    let folder = tempfile::tempdir()?;
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status()?.success());
    let error = failure(chain(&[("HUAWEICLOUD_SDK_CREDENTIALS_FILE", text(&pipe)?)])).await?;
    let problem = "cannot be read (is no regular file)";
    assert_eq!(error.attempts().last().map(|attempt| attempt.problem()), Some(problem));
    Ok(())
}

/// Whoever reads the file has the keys: that is told, once for each time that it is read.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_can_read_is_told() -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    for (mode, warnings) in [(0o600, 0), (0o640, 1), (0o604, 1), (0o400, 0)] {
        let home = home("[basic]\nak = A\nsk = hunter2")?;
        let path = home.path().join(".huaweicloud/credentials");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode))?;
        let events = Events::default();
        let guard = tracing::subscriber::set_default(events.clone());
        chain(&[("HOME", text(home.path())?)]).credentials().await?;
        drop(guard);
        let told = events.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let text =
            format!("others can read the file of credentials {}: chmod 600 it", path.display());
        assert_eq!(told, vec![text; warnings], "{mode:o}");
    }
    Ok(())
}

/// The messages of all events.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Message(String);
        impl Visit for Message {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                if field.name() == "message" {
                    self.0 = format!("{value:?}");
                }
            }
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(message.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
