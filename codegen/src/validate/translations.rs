//! Texts in other languages: `x-translations` and the files that it names. In: the document with these files. Out:
//! each text that has no translation, at its place; and what is wrong with a file, at the place that names it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    report::{Report, shown},
    shapes::{list, needs, object, text},
};
use crate::{
    load::{Document, FileBeside, TRANSLATIONS},
    pointer::JsonPointer,
    texts::{self, ENGLISH, TEXTS},
};

/// How much of the document a file translates: everything, unless it says `titles`.
const SCOPE: &str = "scope";
const TITLES: &str = "titles";

/// `{zh: FILE}`: a language by its code, and a file beside the document.
pub(super) fn shape(value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(files) = value.as_object() else {
        let message = "must be an object from codes of languages, such as `zh`, to files";
        return report.add(at, "bad-extension", message);
    };
    for (language, file) in files {
        let at = at.child(language);
        if language.len() != 2
            || !language.bytes().all(|b| b.is_ascii_lowercase())
            || language == ENGLISH
        {
            let message = format!(
                "{} is no language to translate to; write its code of two letters, such as `zh`",
                shown(language)
            );
            report.add(&at, "bad-extension", message);
        }
        text(file, &at, report);
    }
}

pub(super) fn check(document: &Document, report: &mut Report) {
    let at = JsonPointer::root().child(TRANSLATIONS);
    let named = at.get(&document.value).and_then(Value::as_object).map_or(0, serde_json::Map::len);
    if named > document.translations.len() {
        let why = "the files beside the document were not loaded; read the document from its file";
        report.add(&at, "bad-translation", why);
    }
    for (language, translations) in &document.translations {
        let at = at.child(language);
        let mut inside = Report::default();
        file(&translations.value, language, &mut inside);
        let problems = inside.into_diagnostics();
        for problem in &problems {
            let message = format!("{}{}: {}", translations.name, problem.pointer, problem.message);
            report.add(&at, "bad-translation", message);
        }
        if problems.is_empty() {
            complete(document, language, translations, &at, report);
        }
    }
}

/// `texts`, each once, with the same code and the same placeholders in both languages.
fn file(value: &Value, language: &str, report: &mut Report) {
    let root = JsonPointer::root();
    let Some(map) = object(value, &root, &[SCOPE, TEXTS], report) else { return };
    needs(map, &root, &[TEXTS], report);
    if map.get(SCOPE).is_some_and(|scope| scope != TITLES) {
        let message = format!("must be `{TITLES}`; remove it where all texts are translated");
        report.add(&root.child(SCOPE), "bad-translation", message);
    }
    let at = root.child(TEXTS);
    let entries = map.get(TEXTS).and_then(|texts| list(texts, &at, "texts", report));
    let mut known = BTreeSet::new();
    for (i, entry) in entries.into_iter().flatten().enumerate() {
        let at = at.child(i);
        let Some(entry) = object(entry, &at, &[ENGLISH, language], report) else { continue };
        needs(entry, &at, &[ENGLISH, language], report);
        entry.iter().for_each(|(key, value)| text(value, &at.child(key), report));
        let of = |key: &str| entry.get(key).and_then(Value::as_str);
        let (Some(english), Some(other)) = (of(ENGLISH), of(language)) else { continue };
        if !known.insert(english) {
            let message =
                format!("{} is translated already; remove one of the two", shown(english));
            report.add(&at.child(ENGLISH), "bad-translation", message);
        }
        let kept = spans(other);
        for span in spans(english).difference(&kept) {
            let message = format!("{span} of the English text is missing; keep it as it is");
            report.add(&at.child(language), "bad-translation", message);
        }
    }
}

/// Code spans and placeholders: these are no words of a language.
fn spans(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let span = &rest[start..];
        let ticks = span.len() - span.trim_start_matches('`').len();
        let length = code_length(span, ticks);
        found.extend(length.map(|length| &span[..length]));
        rest = &span[length.unwrap_or(ticks)..];
    }
    for (start, _) in text.match_indices('{') {
        let rest = &text[start..];
        found.extend(rest.find('}').map(|end| &rest[..=end]));
    }
    found
}

/// The length of the code span that begins a text with a number of ticks: it ends with as many.
fn code_length(span: &str, ticks: usize) -> Option<usize> {
    let mut at = ticks;
    loop {
        at += span[at..].find('`')?;
        let run = span[at..].len() - span[at..].trim_start_matches('`').len();
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
}

/// Every text, or every title, has a translation, and every translation a text.
fn complete(
    document: &Document,
    language: &str,
    file: &FileBeside,
    at: &JsonPointer,
    report: &mut Report,
) {
    let translations = texts::translations(file, language);
    let is_titles = file.value.get(SCOPE).is_some_and(|scope| scope == TITLES);
    let mut used = BTreeSet::new();
    let mut missing = BTreeSet::new();
    let names = texts::of_tags(&document.value);
    for (place, text) in texts::of_value(&document.value).into_iter().chain(names) {
        used.insert(text);
        if is_titles && !matches!(place.last(), Some("summary" | "title" | "name")) {
            continue;
        }
        if !translations.contains_key(text) && missing.insert(text) {
            let message = format!("has no text in `{language}`; add one to {}", file.name);
            report.add(&place, "missing-translation", message);
        }
    }
    for (place, text) in texts::of_error_codes(document) {
        used.insert(text);
        if !is_titles && !translations.contains_key(text) && missing.insert(text) {
            let message =
                format!("{} of the error codes, at {place}, has no translation", shown(text));
            report.add(at, "missing-translation", message);
        }
    }
    let mut unused: Vec<&str> =
        translations.keys().copied().filter(|text| !used.contains(text)).collect();
    unused.sort_unstable();
    for text in unused {
        let message = format!(
            "{}: {} is no text of the document; correct it or remove it",
            file.name,
            shown(text)
        );
        report.add(at, "bad-translation", message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_placeholders_are_kept() {
        let of = |text| {
            let mut found: Vec<&str> = spans(text).into_iter().collect();
            found.sort_unstable();
            found
        };
        assert_eq!(of("Set `a` or `b`, not {c}."), ["`a`", "`b`", "{c}"]);
        assert_eq!(of("Use `` `~! `` and `%`; a ` alone is none, nor { is."), ["`%`", "`` `~! ``"]);
        assert_eq!(of(""), Vec::<&str>::new());
    }
}
