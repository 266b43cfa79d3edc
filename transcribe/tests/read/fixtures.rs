//! One small page a variation of the layout, and one a refusal.

use transcribe::read;

use crate::show::show;

#[test]
fn pages() {
    insta::glob!("../fixtures/read/pages", "*.md", |path| {
        let reading = read::page("page.md", &std::fs::read(path).unwrap());
        assert_eq!(reading.refused, []);
        insta::assert_snapshot!(show(&reading));
    });
}

#[test]
fn refused() {
    insta::glob!("../fixtures/read/refused", "*.md", |path| {
        let reading = read::page("page.md", &std::fs::read(path).unwrap());
        assert_ne!(reading.refused, []);
        assert!(reading.refused.iter().all(|refused| refused.file == "page.md"));
        insta::assert_snapshot!(show(&reading));
    });
}

#[test]
fn invalid_utf_8_has_the_line_of_its_first_byte() {
    let reading = read::page("page.md", b"# T\n\n\xe4\xb8\n");
    assert_eq!(show(&reading), "refused 3: invalid UTF-8; save the page as UTF-8; page refused");
}

#[test]
fn a_page_has_a_largest_size() {
    let page = include_bytes!("../fixtures/read/pages/plain.md");
    let mut bytes = page.to_vec();
    bytes.resize(read::MAX_BYTES, b'\n');
    assert_eq!(read::page("page.md", &bytes).refused, []);
    bytes.push(b'\n');
    assert_eq!(
        show(&read::page("page.md", &bytes)),
        "refused 1: larger than 8 MiB, which no page is; page refused"
    );
}

#[test]
fn line_endings_and_a_byte_order_mark_change_nothing() {
    let text = include_str!("../fixtures/read/pages/plain.md");
    let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let expected = read::page("page.md", text.as_bytes());
    assert!(expected.page.is_some());
    assert_eq!(read::page("page.md", other.as_bytes()), expected);
}
