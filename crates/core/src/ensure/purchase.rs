//! An order, as generated clients describe it, and what a service says about it. This is the interface to
//! generated code; it is not public.

use std::{path::PathBuf, time::Duration};

use super::{Resource, Stated};
use crate::{Context, Error, compiled::Compiled};

/// The folder of this project's programs in that of the user's states.
const FOLDER: &str = "huaweicloud";

/// An order and a way to look for what it orders.
pub trait Purchase: Send + Sync {
    /// The names of what is ordered.
    fn names(&self) -> Vec<String>;

    /// What the order states of each of them.
    fn stated(&self) -> Vec<Stated>;

    /// States in which a thing does not count as there.
    fn unusable(&self) -> &'static [&'static str];

    /// The whole order without its secrets.
    fn text(&self) -> String;

    /// Where names are looked for: those of two places have nothing to do with each other.
    fn scope(&self) -> Compiled<'_, Result<String, Error>>;

    /// Where programs of this user keep what they must not forget.
    fn state_folder(&self) -> Option<PathBuf>;

    /// How long the call of the order may take.
    fn longest(&self) -> Duration;

    /// Lists what has one of the names, and perhaps more.
    fn list(&self) -> Compiled<'_, Result<Vec<Listed>, Error>>;

    /// Orders; called at most once.
    fn order(&self) -> Compiled<'_, Result<Reported, Error>>;
}

/// An item of a list. A text is empty if the list does not have it.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its state.
    pub status: String,
    /// For each stated field: the fields of the list that speak of it.
    pub said: Vec<Vec<String>>,
}

/// What the answer to an order says.
#[derive(Clone, Debug, Default)]
pub struct Reported {
    /// What it says was ordered.
    pub items: Vec<Resource>,
    /// The order, if it is named.
    pub order_id: Option<String>,
}

/// The scope of the names of a client: endpoint and project.
///
/// # Errors
///
/// Those of finding credentials and project.
pub fn scope(context: &Context) -> Compiled<'_, Result<String, Error>> {
    Box::pin(async move {
        let ready = context.ready().await?;
        Ok(format!("{} {}", context.endpoint(), ready.project_id()))
    })
}

/// Where programs of the user keep what they must not forget; nothing if the environment does not say.
pub fn state_folder(context: &Context) -> Option<PathBuf> {
    let around = &context.settings().project.around;
    let absolute = |name| around.variable(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let folder = if cfg!(windows) {
        absolute("LOCALAPPDATA")?
    } else if let Some(folder) = absolute("XDG_STATE_HOME") {
        folder
    } else if cfg!(target_os = "macos") {
        around.home()?.join("Library/Application Support")
    } else {
        around.home()?.join(".local/state")
    };
    Some(folder.join(FOLDER))
}

/// How long a call of this client may take.
pub fn longest(context: &Context) -> Duration {
    context.settings().timeout
}
