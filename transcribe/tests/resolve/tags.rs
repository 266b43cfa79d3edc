//! Which tag an operation has.

use serde_json::{Value, json};

use crate::builders::{at, page, resolve};

fn tags(paths: &[&str]) -> Value {
    let one = |(number, path): (usize, &&str)| {
        let mut page = page(&format!("Do{number}"));
        (*path).clone_into(&mut page.path);
        page
    };
    let pages: Vec<_> = paths.iter().enumerate().map(one).collect();
    at(&resolve(&pages), "/tags").clone()
}

#[test]
fn a_tag_is_the_resource_in_the_path() {
    let cases = [
        ("/v2/{project_id}/books/{book_id}", "books"),
        ("/v2.0/{project_id}/books", "books"),
        ("/{project_id}/os-keypairs", "os-keypairs"),
        // All operations of a product may have its name in front.
        ("/v3/{project_id}/lib/shelves/{id}", "shelves"),
        ("/v3/lib", "lib"),
        ("/v1/books.json", "books"),
        ("/{bucket}/{object}", "LIB"),
        ("/", "LIB"),
    ];
    for (path, tag) in cases {
        assert_eq!(tags(&[path]), json!([{"name": tag}]), "{path}");
    }
}

#[test]
fn each_tag_is_declared_once() {
    let found = tags(&["/v1/books", "/v1/shelves", "/v1/books/{id}"]);
    assert_eq!(found, json!([{"name": "books"}, {"name": "shelves"}]));
}
