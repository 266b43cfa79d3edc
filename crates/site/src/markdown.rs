//! Markdown → HTML. In: a description of a document, or a guide. Out: HTML in which no tag is somebody else's, names of
//! operations lead to their pages, and headings can be linked to.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// Where links of a text lead to.
pub(crate) struct Links<'a> {
    /// The paths of operations' pages by the names of operations.
    pub(crate) operations: &'a BTreeMap<String, String>,
    /// From the page to the folder of its language.
    pub(crate) base: &'a str,
    /// The page's own operation, which needs no link.
    pub(crate) own: &'a str,
    /// What a relative link leads to, from the folder of the language on.
    pub(crate) resolve: &'a dyn Fn(&str) -> Option<String>,
}

/// A heading of a text.
pub(crate) struct Heading {
    pub(crate) level: HeadingLevel,
    pub(crate) id: String,
    pub(crate) text: String,
}

/// A text as blocks.
pub(crate) fn blocks(text: &str, links: &Links<'_>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events(text, links).into_iter());
    out
}

/// A text as blocks, with its headings.
pub(crate) fn document(text: &str, links: &Links<'_>) -> (String, Vec<Heading>) {
    let mut events = events(text, links);
    let headings = name_headings(&mut events);
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    (out, headings)
}

/// A text of one paragraph as what stands in one.
pub(crate) fn inline(text: &str, links: &Links<'_>) -> String {
    let html = blocks(text, links);
    let trimmed = html.trim();
    match trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => trimmed.to_owned(),
    }
}

/// A text as inline code.
pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// A text that stands for itself in HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

fn events<'t>(text: &'t str, links: &Links<'_>) -> Vec<Event<'t>> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut out = Vec::new();
    // Inside of a link, what is left of it: nothing where its target is not on the site.
    let mut in_link: Vec<bool> = Vec::new();
    let mut in_block = false;
    for event in parser {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                let target = target(&dest_url, links);
                in_link.push(target.is_some());
                out.extend(target.map(|url| link(url, title)));
            }
            Event::End(TagEnd::Link) => {
                let is_link = in_link.pop().unwrap_or(false);
                out.extend(is_link.then_some(Event::End(TagEnd::Link)));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                in_block = true;
                out.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::End(TagEnd::CodeBlock) => {
                in_block = false;
                out.push(Event::End(TagEnd::CodeBlock));
            }
            Event::Text(text) if !in_block && in_link.is_empty() => {
                with_links(text, links, &mut out)
            }
            Event::Code(name) if in_link.is_empty() => match path(&name, links) {
                Some(url) => {
                    out.extend([link(url, "".into()), Event::Code(name), Event::End(TagEnd::Link)])
                }
                None => out.push(Event::Code(name)),
            },
            other => out.push(other),
        }
    }
    out
}

fn link<'t>(url: String, title: CowStr<'t>) -> Event<'t> {
    Event::Start(Tag::Link {
        link_type: LinkType::Inline,
        dest_url: url.into(),
        title,
        id: "".into(),
    })
}

/// A link's target, if there is one on the site or in the web.
fn target(url: &str, links: &Links<'_>) -> Option<String> {
    if url.starts_with("https://") || url.starts_with("http://") || url.starts_with('#') {
        return Some(url.to_owned());
    }
    let (file, place) = url.split_once('#').map_or((url, ""), |(file, place)| (file, place));
    let path = (links.resolve)(file)?;
    let place = if place.is_empty() { String::new() } else { format!("#{place}") };
    Some(format!("{}{path}{place}", links.base))
}

/// The page of an operation that is not the page's own.
fn path(name: &str, links: &Links<'_>) -> Option<String> {
    let path = links.operations.get(name).filter(|_| name != links.own)?;
    Some(format!("{}{path}", links.base))
}

/// Words, with a link at each name of an operation.
fn with_links<'t>(text: CowStr<'t>, links: &Links<'_>, out: &mut Vec<Event<'t>>) {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    let mut rest: &str = &text;
    let mut plain = String::new();
    while let Some(start) = rest.find(is_part) {
        let word = &rest[start..];
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        plain.push_str(&rest[..start]);
        match path(word, links) {
            Some(url) => {
                out.push(Event::Text(std::mem::take(&mut plain).into()));
                let name = Event::Text(word.to_owned().into());
                out.extend([link(url, "".into()), name, Event::End(TagEnd::Link)]);
            }
            None => plain.push_str(word),
        }
        rest = after;
    }
    plain.push_str(rest);
    out.push(Event::Text(plain.into()));
}

/// Gives each heading an id, by its words.
fn name_headings(events: &mut [Event<'_>]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut at = 0;
    while at < events.len() {
        if let Some(Event::Start(Tag::Heading { level, .. })) = events.get(at) {
            let level = *level;
            let inside = events[at + 1..].iter();
            let inside = inside.take_while(|e| !matches!(e, Event::End(TagEnd::Heading(_))));
            let text: String = inside
                .filter_map(|event| match event {
                    Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                    _ => None,
                })
                .collect();
            let id = anchor(&text);
            if let Some(Event::Start(Tag::Heading { id: own, .. })) = events.get_mut(at) {
                *own = Some(id.clone().into());
            }
            headings.push(Heading { level, id, text });
        }
        at += 1;
    }
    headings
}

/// An id as code hosts make it of a heading.
pub(crate) fn anchor(text: &str) -> String {
    let keep = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == ' ';
    let kept: String = text.to_lowercase().chars().filter(|c| keep(*c)).collect();
    kept.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let operations = BTreeMap::from([("ListFlavors".to_owned(), "dcs/list.html".to_owned())]);
        let resolve = |file: &str| (file == "money.md").then(|| "guides/money.html".to_owned());
        let links = Links {
            operations: &operations,
            base: "../",
            own: "CreateInstance",
            resolve: &resolve,
        };
        inline(text, &links)
    }

    #[test]
    fn tags_of_others_are_text() {
        assert_eq!(shown("a <b>c</b>"), "a &lt;b&gt;c&lt;/b&gt;");
        assert_eq!(shown("<script>x</script>"), "&lt;script&gt;x&lt;/script&gt;");
    }

    #[test]
    fn operations_are_links() {
        assert_eq!(
            shown("ListFlavors lists."),
            r#"<a href="../dcs/list.html">ListFlavors</a> lists."#
        );
        assert_eq!(
            shown("`ListFlavors`"),
            r#"<a href="../dcs/list.html"><code>ListFlavors</code></a>"#
        );
        assert_eq!(shown("MyListFlavors, CreateInstance"), "MyListFlavors, CreateInstance");
    }

    #[test]
    fn links_that_lead_nowhere_are_words() {
        assert_eq!(shown("[a](money.md#x)"), r#"<a href="../guides/money.html#x">a</a>"#);
        assert_eq!(shown("[a](../Cargo.toml)"), "a");
        assert_eq!(shown("[a](javascript:x)"), "a");
        assert_eq!(shown("[a](https://example.com)"), r#"<a href="https://example.com">a</a>"#);
    }

    #[test]
    fn headings_have_ids() {
        let resolve = |_: &str| None;
        let operations = BTreeMap::new();
        let links = Links { operations: &operations, base: "", own: "", resolve: &resolve };
        let (html, headings) = document("## What `x` costs\n", &links);
        assert_eq!(html, "<h2 id=\"what-x-costs\">What <code>x</code> costs</h2>\n");
        assert_eq!(headings.len(), 1);
        assert_eq!(anchor("费用 Money!"), "费用-money");
    }
}
