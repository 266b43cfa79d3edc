//! Forms: their bytes, and what is displayed of them.

use serde_json::json;

use super::*;
use crate::Secret;

struct Body {
    file: File,
    password: Secret,
}

impl Multipart for Body {
    fn parts(&self, form: &mut Form) -> serde_json::Result<()> {
        form.field("password", &self.password)?;
        form.field("sizes", &[1, 2])?;
        form.field("meta", &json!({ "a": [true] }))?;
        form.field("nothing", &None::<i32>)?;
        form.file("the \"file\"", &self.file);
        Ok(())
    }
}

fn body(file: File) -> Body {
    Body { file, password: Secret::new("hunter2") }
}

#[test]
fn a_form_is_written_part_by_part() {
    let file = File::from("a\r\nb").named("x\r\n.csv").media_type("text/csv\r\nX-Evil: 1");
    let (bytes, boundary) = form(&body(file)).unwrap().encode();
    assert_eq!(boundary, "huaweicloud-form-000000");
    let expected = "--B\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n\
        --B\r\nContent-Disposition: form-data; name=\"sizes\"\r\n\r\n1\r\n\
        --B\r\nContent-Disposition: form-data; name=\"sizes\"\r\n\r\n2\r\n\
        --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n\
        {\"a\":[true]}\r\n\
        --B\r\nContent-Disposition: form-data; name=\"the %22file%22\"; filename=\"x%0D%0A.csv\"\r\n\
        Content-Type: text/csvX-Evil: 1\r\n\r\na\r\nb\r\n--B--\r\n";
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        expected.replace("--B", "--huaweicloud-form-000000")
    );
}

#[test]
fn no_part_holds_the_boundary() {
    let (bytes, boundary) = form(&body("--huaweicloud-form-000000--".into())).unwrap().encode();
    assert_eq!(boundary, "huaweicloud-form-000001");
    assert!(bytes.ends_with(b"--huaweicloud-form-000001--\r\n"));
}

#[test]
fn secrets_and_files_are_not_shown() {
    let shown = masked_form(&body(File::from("hunter2").named("a.txt"))).unwrap();
    assert_eq!(
        shown,
        "password: [redacted]\nsizes: 1\nsizes: 2\nmeta: {\"a\":[true]}\nthe \"file\": [a.txt, 7 bytes]\n"
    );
}

#[test]
fn a_form_in_the_notation_of_queries() {
    let text = form(&body(File::from("a&b=c é"))).unwrap().encode_as_query();
    assert_eq!(
        text,
        "password=hunter2&sizes=1&sizes=2&meta=%7B%22a%22%3A%5Btrue%5D%7D&the+%22file%22=a%26b%3Dc+%C3%A9"
    );
}

#[test]
fn every_byte_but_letters_digits_and_four_signs_is_escaped_in_a_query() {
    let mut form = Form::default();
    for (name, value) in [("a b", "x&y=z"), ("c", "\u{e9}*-._~"), ("", "")] {
        form.field(name, value).unwrap();
    }
    assert_eq!(form.encode_as_query(), "a+b=x%26y%3Dz&c=%C3%A9*-._%7E&=");
}
