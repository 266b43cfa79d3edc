//! What became of each package, kept in a file each, so that many may be tried in several runs. In: how a trial ended.
//! Out: `results/NAME.json`, and all of them, by service and version.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::super::write;

/// One API version of one package.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    pub(super) service: String,
    pub(super) version: String,
    /// Name and version of the package.
    pub(super) source: String,
    pub(super) operations: usize,
    /// How many parts of the package were left out.
    pub(super) refused: usize,
    pub(super) is_generated: bool,
    /// Nothing where it was not tried.
    pub(super) compiles: Option<bool>,
    /// What payload tests came to, such as `12 passed`.
    pub(super) payloads: Option<String>,
}

impl Record {
    /// Keeps it in a folder.
    pub(super) fn keep(&self, folder: &Path) -> anyhow::Result<()> {
        let Self { service, version, source, operations, refused, .. } = self;
        let path = folder.join(format!("{service}-{version}.json"));
        let known = read(&path).unwrap_or_default();
        // What is not built again stays as it was, while the package is the same.
        let is_same = known.source == *source;
        let compiles = self.compiles.or(known.compiles.filter(|_| is_same));
        let payloads = self.payloads.clone().or(known.payloads.filter(|_| is_same));
        let value = json!({
            "service": service,
            "version": version,
            "source": source,
            "operations": operations,
            "refused": refused,
            "generated": self.is_generated,
            "compiles": compiles,
            "payloads": payloads,
        });
        let text = format!("{value:#}\n");
        write::create(&path, &text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// All that a folder has, by service and version.
pub(super) fn all(folder: &Path) -> anyhow::Result<Vec<Record>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("no results are in {}; try packages first", folder.display()))?;
    let mut records = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let record = read(&path)
            .with_context(|| format!("{} is not a result; remove it", path.display()))?;
        records.push(record);
    }
    records.sort();
    Ok(records)
}

fn read(path: &Path) -> Option<Record> {
    let value: Value = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    let count = |key: &str| usize::try_from(value.get(key)?.as_u64()?).ok();
    Some(Record {
        service: text("service")?,
        version: text("version")?,
        source: text("source")?,
        operations: count("operations")?,
        refused: count("refused")?,
        is_generated: value.get("generated")?.as_bool()?,
        compiles: value.get("compiles")?.as_bool(),
        payloads: text("payloads"),
    })
}

#[cfg(test)]
mod tests {
    use super::{Record, all};

    #[test]
    fn what_was_built_once_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let first = || Record {
            service: "ecs".to_owned(),
            version: "v2".to_owned(),
            source: "huaweicloudsdkecs 1.0".to_owned(),
            operations: 3,
            is_generated: true,
            compiles: Some(true),
            payloads: Some("4 passed".to_owned()),
            ..Record::default()
        };
        first().keep(folder.path()).unwrap();
        Record { compiles: None, payloads: None, operations: 5, ..first() }
            .keep(folder.path())
            .unwrap();
        assert_eq!(all(folder.path()).unwrap(), [Record { operations: 5, ..first() }]);
        // Another package has to be built again.
        let newer = || Record {
            source: "huaweicloudsdkecs 2.0".to_owned(),
            compiles: None,
            payloads: None,
            ..first()
        };
        newer().keep(folder.path()).unwrap();
        assert_eq!(all(folder.path()).unwrap(), [newer()]);
    }
}
