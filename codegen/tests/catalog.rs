//! The data for front ends: what is written is what the reader's types read, and a small document shows it whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use codegen::{config::Service, load, output::FileSet};
use huaweicloud_catalog::{Index, Operation};

fn generate(case: &str) -> FileSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{case}.yaml"));
    let service = Service {
        document: "spec/case.yaml".to_owned(),
        package: "case-client".to_owned(),
        output: "generated/case".to_owned(),
        version: "1.2.3".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    };
    codegen::generate(&load::load(&path).unwrap(), &service).unwrap()
}

#[test]
fn a_chapter_has_its_operations_and_types() {
    let files = generate("waiting");
    for name in ["index", "shared", "error-codes"] {
        let text = files.get(&format!("catalog/data/{name}.json")).unwrap();
        insta::assert_snapshot!(format!("waiting-{name}"), text);
    }
    insta::assert_snapshot!("waiting-lib", files.get("catalog/src/lib.rs").unwrap());
}

#[test]
fn what_is_written_is_read_as_it_was() {
    for case in ["enums", "maps", "markers", "nullable", "parameters", "rules", "secrets", "files"]
    {
        let files = generate(case);
        let text = files.get("catalog/data/index.json").unwrap();
        let index: Index = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string_pretty(&index).unwrap(), text.trim_end(), "{case}");
        assert_eq!(index.name, "case");
        for entry in index.operations {
            let path = format!("catalog/data/{}.json", entry.chapter);
            let chapter: serde_json::Value =
                serde_json::from_str(files.get(&path).unwrap()).unwrap();
            let text = &chapter["operations"][&entry.id];
            let operation: Operation = serde_json::from_value(text.clone()).unwrap();
            assert_eq!(serde_json::to_value(&operation).unwrap(), *text, "{case} {}", entry.id);
        }
    }
}

#[test]
fn values_and_what_follows_a_call_are_handed_on() {
    let files = generate("values");
    let text = files.get("catalog/data/trees.json").unwrap();
    let data: serde_json::Value = serde_json::from_str(text).unwrap();
    let operation = |id: &str| data["operations"][id].clone();
    assert_eq!(
        operation("FellTree")["follow"],
        serde_json::json!({"operation": "ShowTree", "waiter": "wait-until-felled"})
    );
    assert!(operation("MoveTree").get("follow").is_none());
    assert_eq!(
        operation("ShowTree")["parameters"][0]["choices"],
        serde_json::json!({"operation": "ListTrees", "items": "trees", "value": "id", "show": ["kind"]})
    );
    let fields = &data["types"]["Move"]["kind"]["struct"]["fields"];
    assert_eq!(
        fields[0]["choices"],
        serde_json::json!({"operation": "ListTrees", "items": "trees", "value": "id", "with": [["kind", "kind"]]})
    );
    assert_eq!(fields[1]["choices"]["fixed"], serde_json::json!([["kind", "tall"]]));
    assert_eq!(fields[2]["choices"]["service"], "woods");
    assert_eq!((&fields[3]["affects_price"], fields[2].get("affects_price")), (&true.into(), None));
}
