//! The modules of the page fit together: a browser refuses a module that declares a name twice, or imports one that
//! nobody exports, and then nothing of the page works. What they do is tested in a browser; this needs none.

use std::{collections::BTreeMap, fs, path::Path};

/// What a module declares at its top, in its order, and which of that it exports.
#[derive(Debug, Default)]
struct Module {
    declared: Vec<String>,
    exported: Vec<String>,
    /// Names with the file that has them.
    imported: Vec<(String, String)>,
}

/// Reads what stands at the beginning of a line: what is inside of something is indented.
fn module(text: &str) -> Module {
    let mut module = Module::default();
    for line in text.lines() {
        if let Some((names, file)) =
            line.strip_prefix("import {").and_then(|rest| rest.split_once("} from \"./"))
        {
            let file = file.trim_end_matches([';', '"']);
            for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                let (name, here) = name.split_once(" as ").unwrap_or((name, name));
                module.imported.push((name.to_owned(), file.to_owned()));
                module.declared.push(here.to_owned());
            }
            continue;
        }
        let own = line.strip_prefix("export ");
        let rest = own.unwrap_or(line);
        let rest = rest.strip_prefix("async ").unwrap_or(rest);
        let kinds = ["function ", "const ", "let ", "class "];
        let Some(rest) = kinds.iter().find_map(|kind| rest.strip_prefix(kind)) else { continue };
        let name: String =
            rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).collect();
        if own.is_some() {
            module.exported.push(name.clone());
        }
        module.declared.push(name);
    }
    module
}

#[test]
fn each_name_is_declared_once_and_each_import_is_exported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    let mut modules = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            modules.insert(name, module(&fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(
        modules.len() > 5 && modules.values().all(|module| !module.declared.is_empty()),
        "{modules:?}"
    );
    for (file, module) in &modules {
        for (i, name) in module.declared.iter().enumerate() {
            assert!(!module.declared[..i].contains(name), "{file} declares {name} twice");
        }
        for (name, from) in &module.imported {
            let other = modules.get(from);
            let other =
                other.unwrap_or_else(|| panic!("{file} imports {from}, which is not there"));
            assert!(
                other.exported.contains(name),
                "{file} imports {name}, which {from} does not export"
            );
        }
    }
    assert!(modules.values().any(|module| module.imported.len() > 3), "{modules:?}");
}
