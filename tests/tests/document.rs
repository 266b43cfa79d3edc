//! The model of the real document: a change of a type, a bound, a name or a requirement shows here.

use codegen::load;
use conformance::repo;

#[test]
fn model_of_each_document() {
    for service in repo::services() {
        let document = load::load(&repo::root().join(&service.document)).unwrap();
        let api = codegen::model(&document).unwrap();
        insta::assert_snapshot!(service.package.clone(), codegen::dump(&api).unwrap());
    }
}
