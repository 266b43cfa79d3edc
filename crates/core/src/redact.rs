//! Removes the secrets of a call from untrusted texts: a server may echo what it was sent.
//!
//! In: a text from a response. Out: the text with `[redacted]` in place of every password, token, key and
//! signature: verbatim, escaped as in JSON, URLs or HTML, in base64 or hexadecimal digits, nested encodings,
//! and with HTML tags or invisible characters in between.
//!
//! Texts and secrets are normalized in the same way, so the encoding of a secret does not matter: the normalized forms
//! are compared, and a match is removed from the original text.

mod runs;
mod signature;
mod unescape;
mod view;

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::HeaderValue;

use crate::{Credentials, Secret, secret::REDACTED};
use unescape::{KINDS, unescape};
use view::{Place, View};

/// Bytes of all readings of one text; one without escapes has two readings, one that was escaped three
/// times some dozen.
const MOST_READ: usize = 4 << 20;

/// Readings of one text, at least and at most.
const READINGS: [usize; 2] = [8, 60];

/// Layers of base64 and the like.
const DEPTH: u32 = 3;

/// Shorter secrets are looked for as they are and as they are escaped, but not in base64, where a few
/// bytes may stand by chance.
const LEAST_ENCODED: usize = 4;

/// Most of a body that errors keep, in bytes.
const LONGEST_KEPT: usize = 1 << 20;

/// Stands before a signature in the header that carries it.
const SIGNATURE: &str = "Signature=";

/// Knows the secrets of a call. Signatures are known by their form, too.
#[derive(Clone, Copy)]
pub(crate) struct Redactor<'a> {
    credentials: Option<&'a Credentials>,
    /// Those that were sent before.
    former: Option<&'a Credentials>,
    /// Sensitive headers, as they were sent.
    sent: &'a [HeaderValue],
    /// Secrets of the request.
    secrets: &'a [Secret],
}

impl<'a> Redactor<'a> {
    /// Knows the credentials.
    pub(crate) fn of(credentials: &'a Credentials) -> Self {
        Self { credentials: Some(credentials), former: None, sent: &[], secrets: &[] }
    }

    /// Knows what was sent before the credentials, too.
    pub(crate) fn after(self, former: Option<&'a Credentials>) -> Self {
        Self { former, ..self }
    }

    /// Knows the secrets of a request, too, and what of its headers is sensitive.
    pub(crate) fn and(self, secrets: &'a [Secret], sent: &'a [HeaderValue]) -> Self {
        Self { sent, secrets, ..self }
    }

    /// Knows some secrets.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn knowing(secrets: &'a [Secret]) -> Self {
        Self { credentials: None, former: None, sent: &[], secrets }
    }

    /// Knows a secret.
    #[cfg(test)]
    pub(crate) fn new(secret: &str) -> Self {
        Self::knowing(Vec::leak(vec![secret.into()]))
    }

    /// The text without secrets.
    pub(crate) fn text(self, text: &str) -> String {
        self.clean_text(text, false)
    }

    /// The text without secrets, even if only the beginning of one was read at its end.
    pub(crate) fn cut_text(self, text: &str) -> String {
        self.clean_text(text, true)
    }

    /// A body without secrets.
    pub(crate) fn body(self, body: Bytes, is_cut: bool) -> Bytes {
        let places = self.places(&body, is_cut);
        if places.is_empty() { body } else { without(&body, &places).into() }
    }

    /// What is kept of the body of a success, without secrets.
    pub(crate) fn kept(self, body: Bytes) -> Bytes {
        let length = body.len().min(LONGEST_KEPT);
        self.body(body.slice(..length), length < body.len())
    }

    /// Is a secret in the text?
    pub(crate) fn is_in(self, text: &str) -> bool {
        !self.places(text.as_bytes(), false).is_empty()
    }

    /// The secrets of credentials.
    fn issued(self) -> impl Iterator<Item = &'a Secret> {
        let credentials = [self.credentials, self.former].into_iter().flatten();
        let secrets = credentials.map(|credentials| {
            [credentials.auth_token(), credentials.security_token(), credentials.secret_key()]
        });
        secrets.flatten().flatten()
    }

    fn clean_text(self, text: &str, is_cut: bool) -> String {
        let places = self.places(text.as_bytes(), is_cut);
        let clean = without(text.as_bytes(), &places);
        String::from_utf8(clean)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Where secrets stand, in order, apart from each other.
    fn places(self, text: &[u8], is_cut: bool) -> Vec<Place> {
        let mut search = Search { forms: self.forms(), found: Vec::new() };
        search.look(&View::of(text), DEPTH, is_cut);
        search.found.sort_unstable();
        let mut places: Vec<Place> = Vec::new();
        for (start, end) in search.found {
            match places.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => places.push((start, end)),
            }
        }
        places
    }

    /// What secrets come to, layer by layer: they may look escaped themselves.
    fn forms(self) -> Vec<Cow<'a, [u8]>> {
        let mut forms: Vec<Cow<'a, [u8]>> = Vec::new();
        let mut add = |secret: &'a str| {
            let secret = secret.trim().as_bytes();
            if is_plain(secret) {
                if !secret.is_empty() && !forms.iter().any(|form| **form == *secret) {
                    forms.push(Cow::Borrowed(secret));
                }
                return;
            }
            let least = secret.len().min(LEAST_ENCODED);
            let mut keep = |view: &View| {
                let form = view.squeezed().as_ref().unwrap_or(view).bytes().to_vec();
                let form: Cow<'a, [u8]> = Cow::Owned(form);
                if !form.is_empty() && form.len() >= least && !forms.contains(&form) {
                    forms.push(form);
                }
            };
            if secret.contains(&b' ') {
                // As forms write it.
                let plus = secret.iter().map(|byte| if *byte == b' ' { b'+' } else { *byte });
                keep(&View::of(&plus.collect::<Vec<_>>()));
            }
            readings(&View::of(secret)).iter().for_each(keep);
        };
        self.issued().for_each(|secret| add(secret.expose()));
        self.secrets.iter().for_each(|secret| add(secret.expose()));
        for value in self.sent.iter().filter_map(|value| value.to_str().ok()) {
            add(value.split_once(SIGNATURE).map_or(value, |(_, signature)| signature));
        }
        forms
    }
}

/// Everything that a text comes to when layers of escapes, tags, and what is not seen are taken away,
/// in any order; each once, and of very odd texts not all.
fn readings(view: &View) -> Vec<View> {
    let [least, most] = READINGS;
    let most = (MOST_READ / view.bytes().len().max(1)).clamp(least, most);
    let mut readings = vec![view.clone()];
    let mut next = 0;
    while let Some(view) = readings.get(next).filter(|_| readings.len() < most) {
        let others = [view.squeezed(), view.without_tags()].into_iter();
        let others: Vec<_> = others.chain(KINDS.map(|kinds| unescape(view, kinds))).collect();
        for other in others.into_iter().flatten() {
            if readings.iter().all(|reading| reading.bytes() != other.bytes()) {
                readings.push(other);
            }
        }
        next += 1;
    }
    readings
}

/// Is everything seen as it is: no escape, no tag, no white space, nothing but ASCII? Such a text has one
/// reading. Most keys, signatures and ids are of that kind, and each call looks at some.
fn is_plain(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'%' | b'&' | b'<'))
}

struct Search<'a> {
    forms: Vec<Cow<'a, [u8]>>,
    found: Vec<Place>,
}

impl Search<'_> {
    /// Looks through everything that a text may come to.
    fn look(&mut self, view: &View, depth: u32, is_cut: bool) {
        if is_plain(view.bytes()) {
            return self.examine(view, depth, is_cut);
        }
        for reading in readings(view) {
            self.examine(&reading, depth, is_cut);
        }
    }

    fn examine(&mut self, view: &View, depth: u32, is_cut: bool) {
        self.found.extend(signature::places(view));
        for form in &self.forms {
            self.found.extend(occurrences(view, form));
        }
        if is_cut {
            self.examine_end(view);
        }
        let lengths =
            self.forms.iter().map(|form| form.len()).filter(|length| *length >= LEAST_ENCODED);
        if depth == 0 {
            return;
        }
        let least = lengths.min().unwrap_or(usize::MAX).min(signature::LEAST);
        let least_at_end = if is_cut { LEAST_ENCODED } else { least };
        for (reading, is_last) in runs::decoded(view, least, least_at_end) {
            self.look(&reading, depth - 1, is_cut && is_last);
        }
    }

    /// Looks for the beginning of a secret at the end, where an escape may be broken off.
    fn examine_end(&mut self, view: &View) {
        let bytes = view.bytes();
        let tail = bytes.len().saturating_sub(unescape::LONGEST);
        let broken = bytes[tail..].iter().rposition(|byte| matches!(byte, b'\\' | b'%' | b'&'));
        let ends = [Some(bytes.len()), broken.map(|at| tail + at)];
        for form in &self.forms {
            for end in ends.into_iter().flatten() {
                let least = (form.len() / 2).clamp(LEAST_ENCODED, 8);
                let lengths = (least..form.len()).rev();
                let part = lengths.into_iter().find(|part| bytes[..end].ends_with(&form[..*part]));
                self.found.extend(part.and_then(|part| view.place(end - part, bytes.len())));
            }
        }
    }
}

/// Where a form of a secret stands.
fn occurrences(view: &View, form: &[u8]) -> Vec<Place> {
    let (bytes, mut places, mut from) = (view.bytes(), Vec::new(), 0);
    let Some(first) = form.first() else { return places };
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        let at = from + at;
        from = at + 1;
        if bytes[at..].starts_with(form) {
            places.extend(view.place(at, at + form.len()));
            from = at + form.len();
        }
    }
    places
}

/// The text with `[redacted]` in these places.
fn without(text: &[u8], places: &[Place]) -> Vec<u8> {
    let (mut clean, mut copied) = (Vec::with_capacity(text.len()), 0);
    for (start, end) in places {
        let (start, end) = (*start as usize, *end as usize);
        clean.extend_from_slice(&text[copied..start]);
        clean.extend_from_slice(REDACTED.as_bytes());
        copied = end;
    }
    clean.extend_from_slice(&text[copied..]);
    clean
}

#[cfg(test)]
mod tests;
