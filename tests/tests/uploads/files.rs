//! What the client of files sends, byte for byte, and what it reads from headers.

#[path = "wire/socket.rs"]
mod socket;

use case_files::{Client, File, types::*};
use socket::answer;

fn client(endpoint: String) -> Client {
    let builder = Client::builder().endpoint(endpoint).allow_http(true).auth_token("EXAMPLE-TOKEN");
    builder.build().unwrap()
}

const UPLOADED: &str = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\nLocation: /packages/a\r\n\
    X-Package-Size: 5000000000\r\nX-Signed: maybe\r\nX-Zones: a, b\r\nX-Zones: c\r\nX-Kind: rar\r\n\
    X-Subject-Token: example-token\r\n\r\n";

fn package() -> Package {
    let file = File::new(*b"\x00\xffzip\r\n--x").named("a \"b\".zip").media_type("application/zip");
    Package::new("名", file)
        .size(12_u32)
        .tags(["x", "y"])
        .parts(["first"])
        .token("example-token")
        .kind(Kind::Zip)
        .extra([("more", "m")])
}

#[tokio::test]
async fn a_form_leaves_part_by_part() {
    let (endpoint, request) = answer(UPLOADED);
    let response = client(endpoint).upload_package(package()).send().await.unwrap();
    let request = request.join().unwrap();
    let media = request.header("content-type").unwrap();
    assert_eq!(media, "multipart/form-data; boundary=huaweicloud-form-000000");
    let mut expected = Vec::new();
    for (headers, value) in [
        ("name=\"name\"", "名".as_bytes()),
        (
            "name=\"file\"; filename=\"a %22b%22.zip\"\r\nContent-Type: application/zip",
            b"\x00\xffzip\r\n--x",
        ),
        ("name=\"size\"", b"12"),
        ("name=\"tags\"", b"x"),
        ("name=\"tags\"", b"y"),
        ("name=\"parts\"; filename=\"parts\"\r\nContent-Type: application/octet-stream", b"first"),
        ("name=\"token\"", b"example-token"),
        ("name=\"kind\"", b"zip"),
        ("name=\"more\"", b"m"),
    ] {
        let head = format!(
            "--huaweicloud-form-000000\r\nContent-Disposition: form-data; {headers}\r\n\r\n"
        );
        expected.extend_from_slice(head.as_bytes());
        expected.extend_from_slice(value);
        expected.extend_from_slice(b"\r\n");
    }
    expected.extend_from_slice(b"--huaweicloud-form-000000--\r\n");
    assert_eq!(request.body, expected, "{}", String::from_utf8_lossy(&request.body));

    let headers = response.documented_headers();
    assert_eq!(headers.location.as_deref(), Some("/packages/a"));
    assert_eq!(headers.x_package_size, Some(5_000_000_000));
    assert_eq!(headers.x_signed, None);
    assert_eq!(headers.x_zones, ["a", "b", "c"]);
    assert_eq!(headers.x_kind, Some(Kind::Unknown("rar".to_owned())));
    assert_eq!(format!("{:?}", headers.x_subject_token), "Some([redacted])");
}

#[tokio::test]
async fn nothing_secret_of_a_form_is_shown() {
    let client = client("http://127.0.0.1:1".to_owned());
    let shown = client.upload_package(package()).dry_run().await.unwrap();
    let body = shown.body().unwrap();
    let expected = "name: 名\nfile: [a \"b\".zip, 10 bytes]\nsize: 12\ntags: x\ntags: y\n\
        parts: [5 bytes]\ntoken: [redacted]\nkind: zip\nmore: m\n";
    assert_eq!(body, expected);
    let refused = client.upload_package(package().size(1001_u32).extra([("name", "twice")]));
    let refused = refused.send().await.unwrap_err().to_string();
    assert!(refused.contains("size") && refused.contains("has a field of its own"), "{refused}");
}

#[tokio::test]
async fn a_file_is_a_whole_body() {
    let (endpoint, request) = answer(
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\nETag: \"1\"\r\n\r\n{\"id\":\"a\"}",
    );
    let response = client(endpoint).replace_package("a", vec![0, 255, 7]).send().await.unwrap();
    assert_eq!(response.id.as_deref(), Some("a"));
    assert_eq!(response.documented_headers().e_tag.as_deref(), Some("\"1\""));
    let request = request.join().unwrap();
    assert_eq!(request.header("content-type"), Some("application/zip"));
    assert_eq!(request.body, [0, 255, 7]);

    let (endpoint, request) = answer("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    let file = File::from("a,b").media_type("text/csv");
    client(endpoint).append_package("a").body(file).send().await.unwrap();
    let request = request.join().unwrap();
    assert_eq!((request.header("content-type"), &request.body[..]), (Some("text/csv"), &b"a,b"[..]));
}

#[tokio::test]
async fn a_form_and_a_file_may_be_left_out() {
    let (endpoint, request) = answer("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    client(endpoint).append_package("a").send().await.unwrap();
    let request = request.join().unwrap();
    assert!(request.body.is_empty() && request.header("content-type").is_none());

    let (endpoint, request) = answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    client(endpoint).set_notes().body(SetNotesBody::new().text("t")).send().await.unwrap();
    let body = String::from_utf8(request.join().unwrap().body).unwrap();
    assert_eq!(body.matches("Content-Disposition").count(), 1, "{body}");
}

#[tokio::test]
async fn headers_come_with_a_download() {
    let (endpoint, request) = answer(
        "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 3\r\nConnection: close\r\n\
         X-Count: 18446744073709551615\r\n\r\nzip",
    );
    let response = client(endpoint).download_package("a").send().await.unwrap();
    assert_eq!((&response[..], response.documented_headers().x_count), (&b"zip"[..], Some(u64::MAX)));
    request.join().unwrap();
}
