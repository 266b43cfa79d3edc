//! The model of the real document: a change of a type, a bound, a name, a value, a rule or a
//! requirement shows up here, in one snapshot per tag, one line each.

use codegen::load;
use conformance::{outline, repo};

#[test]
fn model_of_each_document() {
    for service in repo::services() {
        let document = load::load(&repo::root().join(&service.document)).unwrap();
        let api = codegen::model(&document).unwrap();
        let errors = ("error_codes".to_owned(), outline::error_codes(&api));
        for (name, text) in outline::outline(&api).into_iter().chain([errors]) {
            insta::with_settings!({ snapshot_suffix => name, omit_expression => true }, {
                insta::assert_snapshot!(service.package.clone(), text);
            });
        }
    }
}
