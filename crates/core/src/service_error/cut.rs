//! Truncated JSON.
//!
//! In: the beginning of a JSON text. Out: valid JSON with everything in it that was certainly complete.

/// Leaves out the value that was cut, and closes what was open around it.
pub(super) fn closed(json: &[u8]) -> Vec<u8> {
    let json = json.trim_ascii_end();
    let scan = Scan::of(json);
    // A text says itself that it is complete, where a number may go on. If it is the name of an
    // entry, its value is missing.
    let is_whole = json.ends_with(b"\"") && !scan.in_text;
    if is_whole && serde_json::from_slice::<serde::de::IgnoredAny>(&scan.close(json)).is_ok() {
        return scan.close(json);
    }
    let complete = &json[..scan.complete];
    Scan::of(complete).close(complete)
}

/// Where a JSON text is after its last byte.
#[derive(Default)]
struct Scan {
    /// What would close the open lists and objects, outermost first.
    open: Vec<u8>,
    in_text: bool,
    /// So many bytes hold complete values alone, apart from what is open.
    complete: usize,
}

impl Scan {
    fn of(json: &[u8]) -> Self {
        let mut scan = Self::default();
        let mut is_escaped = false;
        for (i, byte) in json.iter().enumerate() {
            if scan.in_text {
                scan.in_text = is_escaped || *byte != b'"';
                is_escaped = !is_escaped && *byte == b'\\';
                continue;
            }
            match byte {
                b'"' => scan.in_text = true,
                b',' => scan.complete = i,
                b'{' | b'[' => {
                    scan.open.push(if *byte == b'{' { b'}' } else { b']' });
                    scan.complete = i + 1;
                }
                b'}' | b']' => {
                    scan.open.pop();
                    scan.complete = i + 1;
                }
                _ => {}
            }
        }
        scan
    }

    fn close(&self, json: &[u8]) -> Vec<u8> {
        json.iter().chain(self.open.iter().rev()).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_complete_stays() {
        let cases = [
            (r#"{"code":"A.1","message":"No."}"#, r#"{"code":"A.1","message":"No."}"#),
            (r#"{"code":"A.1","message":"No."#, r#"{"code":"A.1"}"#),
            (r#"{"code":"A.1","message":"No.""#, r#"{"code":"A.1","message":"No."}"#),
            (r#"{"code":"A.1","message""#, r#"{"code":"A.1"}"#),
            (r#"{"code":"A.1","message": "#, r#"{"code":"A.1"}"#),
            (
                r#"{"code":"A.1","data":[{"a":1},{"b":[2,3"#,
                r#"{"code":"A.1","data":[{"a":1},{"b":[2]}]}"#,
            ),
            (r#"{"error":{"code":"A,\"]}\\"},"n":12"#, r#"{"error":{"code":"A,\"]}\\"}}"#),
            (r#"{"error":{"code":12"#, r#"{"error":{}}"#),
            (r#"{"#, "{}"),
            ("[1,", "[1]"),
            ("busy", ""),
            ("", ""),
            ("]}", "]}"),
        ];
        for (json, whole) in cases {
            assert_eq!(String::from_utf8(closed(json.as_bytes())).unwrap(), whole, "{json}");
        }
    }
}
