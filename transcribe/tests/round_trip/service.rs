//! The project's own document.

use std::{fs, path::Path};

use serde_json::Value;

pub(crate) fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/dcs-v2.yaml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}
