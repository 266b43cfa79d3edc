//! Secrets in every encoding, handwritten and generated; and texts without secrets, which stay unchanged.

use proptest::prelude::*;

use super::*;

#[test]
fn every_occurrence_goes() {
    let redactor = Redactor::new(" hunter2/token ");
    assert_eq!(redactor.text("a hunter2/token, hunter2/token"), "a [redacted], [redacted]");
    assert_eq!(redactor.text(r#"{"t":"hunter2\/token"}"#), r#"{"t":"[redacted]"}"#);
    assert_eq!(redactor.text("hunter2 token"), "hunter2 token");
    assert!(redactor.is_in(r"hunter2\/token") && !redactor.is_in("hunter2"));
    assert_eq!(Redactor::new("").text("as it was"), "as it was");
}

#[test]
fn the_beginning_of_a_token_goes_where_a_text_was_cut() {
    let redactor = Redactor::new("hunter2/token");
    assert_eq!(redactor.cut_text("a hunter2/token"), "a [redacted]");
    assert_eq!(redactor.cut_text("a hunter2/tok"), "a [redacted]");
    assert_eq!(redactor.cut_text(r"a hunter2\/tok"), "a [redacted]");
    assert_eq!(redactor.cut_text("a hunter2%2ftok%6"), "a [redacted]");
    assert_eq!(redactor.cut_text("a aHVudGVyMi90b2t"), "a [redacted]");
    assert_eq!(redactor.cut_text("a hun"), "a hun");
    assert_eq!(redactor.cut_text("a hunter2/tok."), "a hunter2/tok.");
    assert_eq!(redactor.text("a hunter2/tok"), "a hunter2/tok");
}

#[test]
fn keys_and_signatures_go() {
    let credentials = Credentials::temporary("EXAMPLE-AK", "hunter2-key", "hunter2-token");
    let redactor = Redactor::of(&credentials);
    let text =
        "EXAMPLE-AK, hunter2-key and hunter2-token: Signature=0123456789abcdef, Signature=no";
    assert_eq!(
        redactor.text(text),
        "EXAMPLE-AK, [redacted] and [redacted]: Signature=[redacted], Signature=no"
    );
    assert!(redactor.is_in("hunter2-key") && redactor.is_in("Signature=0123456789abcdef"));
    let token = Credentials::token("hunter2-token");
    assert_eq!(Redactor::of(&token).text("hunter2-token!"), "[redacted]!");
}

#[test]
fn headers_and_secrets_of_a_request_go() {
    let token = Credentials::token("hunter2-token");
    let sent = [
        "SDK-HMAC-SHA256 Access=EXAMPLE-AK, SignedHeaders=host, Signature=00ff00ff",
        "hunter2-header",
    ];
    let sent = sent.map(HeaderValue::from_static);
    let passwords = [Secret::new("hunter2-password"), Secret::new("")];
    let redactor = Redactor::of(&token).and(&passwords, &sent);
    assert_eq!(
        redactor.text("00ff00ff hunter2-header hunter2-password EXAMPLE-AK"),
        "[redacted] [redacted] [redacted] EXAMPLE-AK"
    );
}

#[test]
fn signatures_go_by_their_form() {
    let clean = |text: &str| Redactor::new("").text(text);
    let forms = [
        r#"{"signature": "0123abcd"}"#,
        "signature:0123abcd",
        "SIGNATURE = 0123ABCD",
        "X-Sdk-Signature%3D0123abcd",
        "Signature&#61;0123abcd",
        r"Signature\u003d0123abcd",
        "<signature>0123abcd</signature>",
        "Signature=01\u{1b}23ab\u{200b}cd",
        "U2lnbmF0dXJlPTAxMjNhYmNk",
        "&Signature=Dm3/k2+dPqR81w9Zz0%3D&Expires=1",
    ];
    for text in forms {
        let clean = clean(text);
        assert!(clean.contains(REDACTED), "{text}: {clean}");
        assert!(!clean.contains("23") && !clean.contains("k2"), "{text}: {clean}");
    }
    for text in [
        "Signature expired",
        "verify aksk signature fail",
        "the signature: not what it should be, for the header X-Sdk-Date is missing",
        "signature=none",
    ] {
        assert_eq!(clean(text), text);
    }
}

#[test]
fn secrets_that_look_escaped_are_found() {
    for secret in [r"a\u0041b%41c&amp;d", "100%25+%2f", r"\\\\\/\/", "p&lt;p&gt;p", "a b+c d"] {
        let redactor = Redactor::new(secret);
        let json = serde_json::to_string(secret).unwrap();
        let json = json.trim_matches('"');
        for text in [secret, json, &percent(secret), &base64(secret.as_bytes())] {
            let clean = redactor.text(&format!("({text})"));
            assert!(clean.starts_with("([redacted]") && clean.len() < 15, "{text}: {clean}");
        }
    }
}

#[test]
fn other_texts_stay() {
    let redactor = Redactor::new("hunter2/token");
    let text = "instance 0d5e7a0b-6f0e-4b43-9c2e-5a1b is RUNNING: \
                {\"a\":\"\\u0041 &amp; %41\",\"b\":\"aHVudGVyMw==\"} <b>bold</b> hunter2";
    assert_eq!(redactor.text(text), text);
    let body = Bytes::from_static(b"\xff\xfe hunter2");
    assert_eq!(redactor.body(body.clone(), false), body);
    let body = Bytes::from_static(b"\xff\xfe hunter2/token \xff");
    assert_eq!(redactor.body(body, false), Bytes::from_static(b"\xff\xfe [redacted] \xff"));
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn base64(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        for i in 0..4 {
            let digit = digits[(bits >> (18 - 6 * i)) as usize & 63];
            text.push(if i > group.len() { '=' } else { digit.into() });
        }
    }
    text
}

/// One way to write a text; `dice` decides the rest.
fn dressed(text: &str, way: u8, dice: u64) -> String {
    let mut dice = fastrand::Rng::with_seed(dice);
    let each = |write: &mut dyn FnMut(char) -> String| text.chars().map(write).collect::<String>();
    match way {
        0 => serde_json::to_string(text).unwrap().trim_matches('"').replace('/', "\\/"),
        1 => each(&mut |c| format!("\\u{:04X}", u32::from(c))),
        2 => percent(text),
        3 => each(&mut |c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => "&#39;".to_owned(),
            _ => c.to_string(),
        }),
        4 => each(&mut |c| format!("&#x{:x};", u32::from(c))),
        5 => base64(text.as_bytes()),
        6 => base64(format!("{}:{text}", &"jo-"[..dice.usize(..3)]).as_bytes()).replace('=', ""),
        7 => base64(text.as_bytes()).replace('+', "-").replace('/', "_"),
        8 => text.bytes().map(|byte| format!("{byte:02x}")).collect(),
        9 => each(&mut |c| {
            let unseen = ["", "", "\u{7}", "\r\n", "\u{200b}", "\t", "\u{202e}"];
            format!("{c}{}", unseen[dice.usize(..unseen.len())])
        }),
        10 => each(&mut |c| match dice.u8(..5) {
            0 => format!("\\u{:04x}", u32::from(c)),
            1 => percent(&c.to_string()).to_uppercase(),
            2 => format!("&#{};", u32::from(c)),
            3 if c.is_ascii() => format!("\\x{:02x}", u32::from(c)),
            _ => format!("\\u{{{:x}}}", u32::from(c)),
        }),
        // Who writes tags writes `<` in another way.
        _ if text.contains(['<', '>']) => text.to_owned(),
        _ => each(&mut |c| format!("{c}{}", if dice.u8(..4) == 0 { "<wbr>" } else { "" })),
    }
}

/// What a person sees of a text.
fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

proptest! {
    // `PROPTEST_CASES` sets how many.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Three dresses over each other, in the middle of something else.
    #[test]
    fn secrets_go_in_any_dress(
        secret in "[a-zA-Z0-9/+=~!@#$^&*()_{}|:;<>?,.'-]{8,40}",
        ways in proptest::collection::vec(0_u8..12, 0..4),
        dice: u64,
        before in "[a-z0-9 :,.=\"(]{0,12}",
        after in "[ :,.\")}]{0,4}[a-z]{0,8}",
        is_cut: bool,
    ) {
        let mut text = secret.clone();
        for (i, way) in ways.iter().enumerate() {
            text = dressed(&text, *way, dice.wrapping_add(i as u64));
        }
        let whole = format!("{before}{text}{after}");
        let redactor = Redactor::new(&secret);
        let clean = if is_cut { redactor.cut_text(&whole) } else { redactor.text(&whole) };
        prop_assert!(clean.contains(REDACTED), "{ways:?}: {whole:?} stays {clean:?}");
        prop_assert!(!seen(&clean).contains(&seen(&text)), "{ways:?}: {whole:?} stays {clean:?}");
        prop_assert!(!redactor.is_in(&clean), "{ways:?}: {clean:?}");
        let body = redactor.body(Bytes::from(whole.clone().into_bytes()), is_cut);
        prop_assert_eq!(&body[..], clean.as_bytes());
    }

    /// Where there is no secret nothing is taken out.
    #[test]
    fn what_is_no_secret_stays(text in "[a-zA-Z0-9/+=%&;\\\\\"<>{}: \u{80}-\u{ff}-]{0,200}") {
        prop_assert_eq!(Redactor::new("~hunter2~token~").text(&text), text);
    }

    /// No text is too odd.
    #[test]
    fn any_bytes_will_do(text: Vec<u8>, secret in "\\PC{0,20}", is_cut: bool) {
        let redactor = Redactor::new(&secret);
        let body = redactor.body(Bytes::from(text.clone()), is_cut);
        prop_assert!(redactor.places(&text, is_cut).is_empty() == (body == text));
        let _ = redactor.cut_text(&String::from_utf8_lossy(&text));
    }
}
