//! The document that the tests of the reference and of the examples share.

use codegen::{config::Service, format, load, lower, model::Api, output::FileSet, passes};

/// The model of `library.yaml`.
pub(crate) fn api() -> Api {
    let document = load::parse("library.yaml", include_str!("library.yaml")).unwrap();
    let mut api = lower::lower(&document).unwrap();
    passes::run_passes(&mut api);
    api
}

pub(crate) fn service() -> Service {
    Service {
        document: "spec/library.yaml".to_owned(),
        package: "acme-library".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    }
}

/// The reference and the examples, printed.
pub(crate) fn files(api: &Api) -> FileSet {
    let mut files = FileSet::default();
    codegen::emit::docs::emit(api, &service(), &mut files).unwrap();
    codegen::emit::examples::emit(api, &service(), &mut files).unwrap();
    format::format(&mut files).unwrap();
    files
}
