//! The modules of `model/` in; their classes out, by name.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{super::Problem, archive::Archive, model::Model, refusal, syntax};
use crate::facts::Refusal;

/// All classes of `model/`, by name, each with its file.
pub(super) type Models = BTreeMap<String, (String, Model)>;

/// The models of a version, read in parallel.
pub(super) fn models(archive: &Archive, version: &str) -> (Models, Vec<Refusal>) {
    let found: Vec<(String, Result<Vec<Model>, Refusal>)> = archive
        .modules_in(&format!("{version}/model/"))
        .into_par_iter()
        .map(|(path, text)| {
            let file = format!("{}/{path}", archive.name());
            let models = syntax::classes(text)
                .map_err(|error| Problem::new(error.line, error.message))
                .and_then(|classes| classes.iter().map(Model::read).collect())
                .map_err(|problem| refusal(&file, problem.line, problem.message));
            (file, models)
        })
        .collect();
    let (mut models, mut refused) = (Models::new(), Vec::new());
    for (file, read) in found {
        match read {
            Ok(read) => {
                let named =
                    read.into_iter().map(|model| (model.name.clone(), (file.clone(), model)));
                models.extend(named);
            }
            Err(error) => refused.push(error),
        }
    }
    (models, refused)
}
