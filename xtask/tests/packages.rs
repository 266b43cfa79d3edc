//! The commands that take a package over, on one of our own in the vendor's layout: what they print and leave behind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

const CLIENT: &str = r#"
class BooksClient(Client):
    def list_books(self, request):
        r"""查询书籍

        :param request: Request instance for ListBooks
        :type request: :class:`huaweicloudsdkbooks.v1.ListBooksRequest`
        """
        http_info = self._list_books_http_info(request)

    def _list_books_http_info(cls, request):
        http_info = {
            "method": "GET",
            "resource_path": "/v1/{project_id}/books",
            "request_type": request.__class__.__name__,
            "response_type": "ListBooksResponse"
            }
        query_params = []
        if 'limit' in local_var_params:
            query_params.append(('limit', local_var_params['limit']))
        if 'offset' in local_var_params:
            query_params.append(('offset', local_var_params['offset']))
        return http_info
"#;

const REQUEST: &str = r#"
class ListBooksRequest:
    openapi_types = {'limit': 'int', 'offset': 'int'}
    attribute_map = {'limit': 'limit', 'offset': 'offset'}

    def __init__(self, limit=None, offset=None):
        r"""ListBooksRequest

        :param limit: 每页个数
        :type limit: int
        :param offset: 偏移量
        :type offset: int
        """
"#;

const RESPONSE: &str = r#"
class ListBooksResponse:
    openapi_types = {'books': 'list[str]'}
    attribute_map = {'books': 'books'}

    def __init__(self, books=None):
        r"""ListBooksResponse

        :param books: 书籍
        :type books: list[str]
        """
"#;

const LIST: &str = "# Services.\nservices:\n  - document: spec/a/a-v1.yaml\n    package: acme-a\n    output: generated/a\n    version: 0.1.0\n";

/// A repository with a list of services and a package beside it, of these API versions.
fn repository(versions: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("huaweicloudsdkbooks");
    for version in versions {
        for (path, text) in [
            ("books_client.py", CLIENT),
            ("model/list_books_request.py", REQUEST),
            ("model/list_books_response.py", RESPONSE),
        ] {
            write(&package.join(version).join(path), text);
        }
    }
    write(&folder.path().join("huaweicloudsdkbooks-1.2.3.dist-info/METADATA"), "Name: x\n");
    write(&folder.path().join("spec/services.yaml"), LIST);
    write(&folder.path().join("Cargo.lock"), "version = 4\n");
    (folder, package)
}

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

/// Writes a file, and the folders above it.
#[expect(clippy::disallowed_methods, reason = "a repository of its own in a folder for tests")]
fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_default()
}

#[test]
fn add_service_makes_a_draft_of_a_package() {
    let (folder, package) = repository(&["v1"]);
    let root = folder.path();
    let output = xtask(root, &["add-service", package.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.starts_with("created spec/books/books-v1.yaml: 1 operations, 1 schemas;"),
        "{said}"
    );
    let entry = "  - document: spec/books/books-v1.yaml\n    package: huaweicloud-books\n    \
                 output: generated/books\n    version: 0.1.0\n    keywords: [huaweicloud, books]\n    draft: true\n";
    assert_eq!(read(root, "spec/services.yaml"), format!("{LIST}{entry}"));
    let document = read(root, "spec/books/books-v1.yaml");
    let pagination =
        "      x-pagination:\n        offset: offset\n        limit: limit\n        items: books\n";
    assert!(document.contains(pagination), "{document}");
    let readme = read(root, "generated/books/client/README.md");
    assert!(
        readme.contains("**A draft:** 7 descriptions are missing, 0 contradictions"),
        "{readme}"
    );
    // Again, it is there.
    let again = xtask(root, &["add-service", package.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("spec/books/books-v1.yaml is there already"));
}

#[test]
fn another_version_is_a_service_beside_the_first() {
    let (folder, package) = repository(&["v1", "v2"]);
    let root = folder.path();
    let package = package.to_str().unwrap();
    let unclear = xtask(root, &["add-service", package]);
    assert_eq!(unclear.status.code(), Some(2));
    assert!(
        text(&unclear.stderr)
            .contains("choose an API version with --version; the package has v1, v2")
    );
    for version in ["v1", "v2"] {
        let output = xtask(root, &["add-service", package, "--version", version]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    let manifest = |path: &str| read(root, path).lines().nth(3).map(str::to_owned);
    assert_eq!(
        manifest("generated/books/client/Cargo.toml").as_deref(),
        Some("name = \"huaweicloud-books\"")
    );
    assert_eq!(
        manifest("generated/books-v2/client/Cargo.toml").as_deref(),
        Some("name = \"huaweicloud-books-v2\"")
    );
}

#[test]
fn try_services_has_a_line_for_each_version() {
    let (folder, package) = repository(&["v1", "v2"]);
    let root = folder.path();
    let broken = package.join("v2/model/list_books_response.py");
    write(&broken, &RESPONSE.replace("list[str]", "tuple"));
    let output = xtask(root, &["try-services", "--no-build", package.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let [first, second, last] = lines[..] else { panic!("{lines:?}") };
    let begin = "books v1: 1 operations, 1 schemas, 4 fields, 0 refused, read in ";
    assert!(first.starts_with(begin), "{first}");
    assert!(first.ends_with("contradictions wait for a decision)"), "{first}");
    assert!(
        second.starts_with("books v2: 1 operations, ") && second.contains("1 refused"),
        "{second}"
    );
    assert_eq!(last, "2 tried: 1 whole, 1 in part, 0 failed");
    assert!(root.join("target/try-services/books-v1/client/src/lib.rs").is_file());
    // The table has both, whatever was tried when.
    let table = xtask(root, &["try-services", "--table", "services.md"]);
    assert_eq!(table.status.code(), Some(2), "{}", text(&table.stderr));
    write(&root.join("spec/a/a-v1.yaml"), "openapi: 3.0.3\npaths: {}\n");
    let table = xtask(root, &["try-services", "--table", "services.md"]);
    assert_eq!(table.status.code(), Some(0), "{}", text(&table.stderr));
    let page = read(root, "services.md");
    let rows = "| books | v1 | huaweicloudsdkbooks 1.2.3 | 1 | 0 | yes |  |  |  |\n\
                | books | v2 | huaweicloudsdkbooks 1.2.3 | 1 | 1 | yes |  |  |  |\n";
    assert!(page.ends_with(rows), "{page}");
    assert!(!root.join("spec/books").exists());
}

/// What is committed is finished.
#[test]
fn no_service_of_the_repository_is_a_draft() {
    let services =
        codegen::config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/services.yaml"))
            .unwrap()
            .services;
    let drafts: Vec<String> =
        services.into_iter().filter(|s| s.draft).map(|service| service.document).collect();
    assert_eq!(drafts, Vec::<String>::new());
}
