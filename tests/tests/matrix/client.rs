//! A generated client as a module. In: a document. Out: files of a single crate, in which the client's
//! root is `crate::NAME`, and its examples and tests are modules beside it.

use std::{fs, path::Path};

use codegen::{config::Service, load::Document};
use conformance::workspace;

/// Generates a client as a module of a crate below `folder`.
pub(crate) fn write(document: &Document, name: &str, into: &str, folder: &Path) {
    let service = Service {
        document: document.name.clone(),
        package: name.to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    };
    let files = codegen::generate(document, &service);
    let files = files.unwrap_or_else(|error| panic!("{name} is not refused, but: {error}"));
    for (path, text) in files.texts() {
        let text = if path.ends_with(".rs") { inside(text, name) } else { text.to_owned() };
        workspace::write(&folder.join(into).join("src").join(name).join(path), &text);
    }
}

/// Code of a client where the client is a module. Other crates name it from the top, by `::NAME::` or in a
/// `use`.
fn inside(text: &str, name: &str) -> String {
    let here = format!("crate::{name}::");
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (at, word) in text.match_indices("crate::") {
        // A module may be called `whole_crate`.
        let goes_on = |c: char| c.is_alphanumeric() || c == '_';
        out.push_str(&text[end..at]);
        out.push_str(if text[..at].ends_with(goes_on) { word } else { &here });
        end = at + word.len();
    }
    out.push_str(&text[end..]);
    out.replace(&format!(" ::{name}::"), &format!(" {here}"))
        .replace(&format!("<::{name}::"), &format!("<{here}"))
        .replace(&format!("use {name}::"), &format!("use {here}"))
}

/// Writes the root of a crate of these modules and its manifest, that of the last client with another name: its
/// features are those of all.
pub(crate) fn write_root(names: &[&str], into: &str, folder: &Path) {
    let folder = folder.join(into);
    let modules: String = names.iter().map(|name| declarations(name, &folder)).collect();
    workspace::write(&folder.join("src/lib.rs"), &modules);
    let Some(last) = names.last() else { return };
    let manifest = folder.join("src").join(last).join("client/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    // Its examples are modules too.
    let manifest = manifest.split("[[example]]").next().unwrap_or_default();
    let manifest =
        manifest.replace(&format!("\"{last}\""), &format!("\"{into}\"")).replace("../../", "../");
    workspace::write(&folder.join("Cargo.toml"), &manifest);
}

fn declarations(name: &str, folder: &Path) -> String {
    let mut text = format!(
        "#[path = \"{name}/client/src/lib.rs\"]\npub mod {name};\n\
         #[cfg(test)]\n#[path = \"{name}/client/tests/payloads.rs\"]\nmod {name}_payloads;\n"
    );
    let examples = fs::read_dir(folder.join("src").join(name).join("client/examples"));
    for entry in examples.into_iter().flatten() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let stem = file.trim_end_matches(".rs");
        text.push_str(&format!(
            "#[cfg(test)]\n#[expect(dead_code)]\n#[allow(non_snake_case, reason = \"a name may have an underscore at its end\")]\n#[path = \"{name}/client/examples/{file}\"]\nmod {name}_{stem};\n"
        ));
    }
    text
}
