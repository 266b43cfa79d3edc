//! What is refused, and that nothing is written partially.

use crate::folder::{DOCUMENT, Folder, NAME, PORT, page};

#[test]
fn what_is_refused_is_named_and_the_rest_works() {
    let folder = Folder::with_document();
    folder.place("pages/Lend.md", &page("Lend", "lend", &[NAME]));
    folder.place("pages/prose.md", "# Only prose\n\nNothing else.\n");
    folder.place_bytes("pages/latin.md", b"# caf\xe9\n");
    folder.place("pages/Lend2.md", &page("Lend", "lend", &[NAME]));
    let outcome = folder.transcribe(&["pages", "no-such-page.md"]);
    assert_eq!(outcome.code, Some(1));
    insta::assert_snapshot!("refused", outcome.error);
    assert!(outcome.out.contains("added operation Lend\n"), "{}", outcome.out);
    assert!(folder.read("spec/lib.yaml").contains("operationId: Lend"));

    let none = folder.transcribe(&["pages/prose.md"]);
    assert_eq!(none.code, Some(1));
    assert!(
        none.error.ends_with("error: no page could be read; nothing was written"),
        "{}",
        none.error
    );
}

#[test]
fn a_page_that_gives_an_id_to_another_call_changes_nothing() {
    let folder = Folder::with_document();
    // A link that leads to another page: the heading has no name of its own.
    let wrong = page("Shelve", "shelve", &[NAME, PORT])
        .replace("<a name=\"Shelve\">", "<a name=\"lib_02_0007\">")
        .replace("POST /v2", "DELETE /v2");
    folder.place("Drop.md", &wrong);
    let alone = folder.transcribe(&["Drop.md"]);
    assert_eq!(alone.code, Some(1));
    assert!(
        alone.error.contains(
            "the page of `Shelve` has `DELETE /v2/{project_id}/shelve`; in the document, `Shelve` is \
             `POST /v2/{project_id}/shelve`: page refused"
        ),
        "{}",
        alone.error
    );
    assert_eq!(folder.read("spec/lib.yaml"), DOCUMENT);

    folder.place("Shelve.md", &page("Shelve", "shelve", &[NAME, PORT]));
    for pages in [&["Drop.md", "Shelve.md"], &["Shelve.md", "Drop.md"]] {
        let both = folder.transcribe(pages);
        assert_eq!(both.code, Some(1));
        for name in ["Drop.md:", "Shelve.md:"] {
            assert!(both.error.lines().any(|line| line.starts_with(name)), "{}", both.error);
        }
        assert_eq!(folder.read("spec/lib.yaml"), DOCUMENT);
    }

    // The heading tells that the link is wrong.
    folder.place(
        "Drop.md",
        &wrong.replace("# A title", "# Delete a book").replace("api=Shelve", "api=ListBooks"),
    );
    let outcome = folder.transcribe(&["Drop.md"]);
    assert!(outcome.error.contains("page refused, correct the link"), "{}", outcome.error);
    assert_eq!(folder.read("spec/lib.yaml"), DOCUMENT);
}

#[test]
fn nothing_is_written_when_the_document_is_not_what_it_should_be() {
    let folder = Folder::with_document();
    folder.place("Shelve.md", &page("Shelve", "shelve", &[NAME, PORT]));
    for (text, expected) in [
        ("a: [\n", "error: spec/lib.yaml#: not valid YAML"),
        ("paths: {/a: {get: 1}}\n", "error: spec/lib.yaml#/paths/~1a/get: must be an object"),
        (
            &DOCUMENT.replace("schemas/ShelveBody\"", "schemas/Missing\""),
            "error: spec/lib.yaml#/paths/~1v2~1{project_id}~1shelve/post/requestBody/content/application~1json/\
             schema/$ref: `#/components/schemas/Missing` leads nowhere",
        ),
    ] {
        folder.place("spec/lib.yaml", text);
        let outcome = folder.transcribe(&["Shelve.md"]);
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.error.contains(expected), "{}", outcome.error);
        assert_eq!(folder.read("spec/lib.yaml"), text);
    }
    assert_eq!(folder.files(), ["Shelve.md", "spec/lib.yaml", "spec/services.yaml"]);
}

#[test]
fn a_bad_call_ends_with_2() {
    let folder = Folder::new();
    folder.place("Shelve.md", &page("Shelve", "shelve", &[NAME]));
    let services = "services: [{document: a.yaml, package: a, output: a, version: 0.1.0}, \
                    {document: b.yaml, package: b, output: b, version: 0.1.0}]";
    folder.place("spec/services.yaml", services);
    for (arguments, expected) in [
        (
            &["Shelve.md"][..],
            "error: 2 services are listed; say which document with --document FILE",
        ),
        (
            &[],
            "error: the following required arguments were not provided: <PAGE_OR_PACKAGE>...; see `cargo xtask --help`",
        ),
    ] {
        let outcome = folder.transcribe(arguments);
        assert_eq!((outcome.code, outcome.error.as_str()), (Some(2), expected));
    }
}
