//! What cannot be merged: pages that contradict each other, and documents that are none.

use serde_json::json;
use transcribe::merge;

use crate::support::{deciders, lines, merged, pending, transcript, with_body, yaml};

#[test]
fn pages_that_contradict_each_other_wait_for_a_decision() {
    let document = with_body(
        r##"
        Body: {type: object, properties: {a: {$ref: "#/components/schemas/Tag"}, b: {$ref: "#/components/schemas/Tag"}}}
        Tag: {type: object, properties: {key: {type: string, maxLength: 7}}}
        "##,
    );
    let page = with_body(
        r##"
        Body: {type: object, properties: {a: {$ref: "#/components/schemas/One"}, b: {$ref: "#/components/schemas/Two"}}}
        One: {type: object, properties: {key: {type: string, maxLength: 3}}, x-source: {page: P}}
        Two: {type: object, properties: {key: {type: string, maxLength: 5}}, x-source: {page: Q}}
        "##,
    );
    let mut page = transcript(page);
    let merge = merged(&document, &page);
    let key = &merge.document["components"]["schemas"]["Tag"]["properties"]["key"];
    assert_eq!(
        key,
        &yaml(
            "{type: string, maxLength: 7, x-errata: [{id: tag-key-pages-max-length, \
             about: [{fact: maxLength, page: [3, 5]}], \
             table: 'maxLength differs: P: 3; Q: 5.', decision: pending, reason: Not decided yet.}]}"
        )
    );
    assert_eq!(pending(&merge), [("tag-key-pages-max-length".to_owned(), true)]);
    // Whichever page comes first the next time, the place waits.
    let properties =
        page.document["components"]["schemas"]["Body"]["properties"].as_object_mut().unwrap();
    let first = properties.shift_remove("a").unwrap();
    properties.insert("a".to_owned(), first);
    assert_eq!(merged(&merge.document, &page).document, merge.document);
    let mut decided = merge.document.clone();
    decided["components"]["schemas"]["Tag"]["properties"]["key"]["x-errata"][0]["decision"] =
        json!("3.");
    let decided = merged(&decided, &page);
    assert_eq!((lines(&decided), pending(&decided)), (vec![], vec![]));
    assert_eq!(deciders(&decided), ["maxLength by tag-key-pages-max-length"]);
}

#[test]
fn a_document_that_is_none_is_refused_with_its_place() {
    let page = transcript(with_body("Body: {type: object, properties: {a: {type: string}}}"));
    let refused =
        |document: &serde_json::Value| merge::into(document, &page).unwrap_err().to_string();
    assert_eq!(refused(&json!([])), "#: must be an object; correct the document first");
    assert_eq!(
        refused(&json!({"paths": {"/a": {"post": 1}}})),
        "#/paths/~1a/post: must be an object; correct the document first"
    );
    assert_eq!(
        refused(&with_body("Body: {$ref: '#/components/schemas/None'}")),
        "#/components/schemas/Body/$ref: `#/components/schemas/None` leads nowhere; add it or correct the reference"
    );
    assert_eq!(
        refused(&with_body("Body: {$ref: '#/components/schemas/Body'}")),
        "#/components/schemas/Body: references lead in a circle; cut it"
    );
    assert_eq!(
        refused(&with_body("Body: {$ref: 'other.yaml#/A'}")),
        "#/components/schemas/Body/$ref: `other.yaml#/A` leads out of the document; put it into `components`"
    );
}

#[test]
fn a_row_knows_the_values_of_each_source_for_itself() {
    let document = |about: &str| {
        let mut document =
            with_body("Body: {type: object, properties: {a: {type: string, maxLength: 7}}}");
        document["components"]["schemas"]["Body"]["properties"]["a"]["x-errata"] =
            yaml(&format!("[{{id: x, about: [{about}], table: T., decision: D., reason: R.}}]"));
        document
    };
    let of = |source: &str| {
        let mut page =
            with_body("Body: {type: object, properties: {a: {type: string, maxLength: 3}}}");
        page["paths"]["/a"]["post"]["x-source"] = yaml(source);
        page["components"]["schemas"]["Body"]["x-source"] = yaml(source);
        transcript(page)
    };
    let (page, package) = (of("{page: A}"), of("{package: sdk, version: 1.2.3}"));
    let both = "{fact: maxLength, page: 3, sdk: 3}";
    for (about, source, decides) in [
        ("{fact: maxLength, page: 3}", &page, true),
        ("{fact: maxLength, sdk: 3}", &page, false),
        ("{fact: maxLength, page: 3}", &package, false),
        ("{fact: maxLength, sdk: 3}", &package, true),
        (both, &page, true),
        (both, &package, true),
        ("{fact: maxLength, page: 3, sdk: 4}", &package, false),
    ] {
        let merge = merged(&document(about), source);
        assert_eq!(deciders(&merge).len(), usize::from(decides), "{about}");
        assert_eq!(pending(&merge).len(), usize::from(!decides), "{about}");
    }
    // What is put on record names the source.
    let merge = merged(&document("{fact: maxLength, sdk: 9}"), &package);
    let rows = &merge.document["components"]["schemas"]["Body"]["properties"]["a"]["x-errata"];
    assert_eq!(rows[1]["about"], yaml("[{fact: maxLength, sdk: 3}]"));
}
