//! One API version of one of the vendor's packages as a document of its own. In: a wheel, or the folder that it
//! unpacks to. Out: the text of the document, read back, and what could not be read.

use std::path::Path;

use anyhow::{anyhow, bail, ensure};
use codegen::load::{self, Document};
use transcribe::{
    counts::Counts,
    facts::Refusal,
    merge,
    read::package::{self, Selection},
    resolve::{self, Settings},
    yaml,
};

/// What becomes of a package.
pub(super) struct PackageDocument {
    pub(super) document: Document,
    pub(super) text: String,
    pub(super) counts: Counts,
    pub(super) refused: Vec<Refusal>,
    /// Name and version of the package.
    pub(super) source: String,
}

/// What is wanted of a package.
pub(super) struct Wanted<'w> {
    pub(super) path: &'w Path,
    /// The folder of the API version, such as `v2`.
    pub(super) version: &'w str,
    /// Ids of operations; all where there is none.
    pub(super) operations: &'w [String],
    /// Whether the vendor's sentences become descriptions.
    pub(super) vendor_text: bool,
}

/// The document of a package.
///
/// # Errors
/// When no operation can be read. What would not be read back is a bug.
pub(super) fn make(wanted: &Wanted<'_>) -> anyhow::Result<PackageDocument> {
    let selection = Selection {
        version: Some(wanted.version.to_owned()),
        operations: wanted.operations.to_vec(),
    };
    let reading = package::package(wanted.path, &selection);
    let mut refused = reading.refused;
    let settings = Settings {
        vendor_text: wanted.vendor_text,
        endpoints: reading.endpoints,
        ..Settings::default()
    };
    let transcript = resolve::pages(&reading.pages, &settings);
    refused.extend(transcript.refused.iter().cloned());
    refused.sort();
    refused.dedup();
    let counts = Counts::of(&transcript);
    if counts.operations == 0 {
        let why = refused.first().map_or("it has no operation", |refusal| &refusal.message);
        bail!("no operation could be read: {why}");
    }
    let merge = merge::into(&transcript.document, &transcript)?;
    let text = yaml::write(&merge.document);
    let name = format!("{} {}", reading.name, wanted.version);
    let document = load::parse(&name, &text)
        .map_err(|problem| anyhow!("{name} would not be readable ({problem}); this is a bug"))?;
    ensure!(
        document.value == merge.document,
        "the document would not say what was read; this is a bug"
    );
    let source = format!("{} {}", reading.name, reading.version);
    Ok(PackageDocument { document, text, counts, refused, source })
}

/// The name of the service in that of its package: `huaweicloudsdkecs-3.1.219-py3-none-any.whl` → `ecs`.
pub(super) fn service_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let name = name.split('-').next()?.trim_start_matches("huaweicloudsdk").replace('_', "-");
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::service_name;

    #[test]
    fn the_service_is_called_as_its_package() {
        let name = |path| service_name(Path::new(path));
        assert_eq!(
            name("a/huaweicloudsdkecs-3.1.219-py2.py3-none-any.whl").as_deref(),
            Some("ecs")
        );
        assert_eq!(name("huaweicloudsdkecs").as_deref(), Some("ecs"));
        assert_eq!(name("Pages"), None);
        assert_eq!(name(".."), None);
    }
}
