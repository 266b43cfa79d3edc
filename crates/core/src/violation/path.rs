//! The path of a value, as a list of steps on the stack: nothing is allocated until it is shown.

use std::fmt;

/// The place of a value in a request. Displays as `tags[1].key`; the root as `(body)`.
///
/// Each step borrows the one before it, so that walking a value that breaks no rule costs nothing.
///
/// ```
/// use huaweicloud_core::Path;
///
/// let root = Path::root();
/// let tags = root.field("tags");
/// assert_eq!(tags.index(1).field("key").to_string(), "tags[1].key");
/// ```
#[derive(Clone, Copy)]
pub struct Path<'a>(Step<'a>);

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Name(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// The whole request.
    #[must_use]
    pub const fn root() -> Self {
        Self(Step::Root)
    }

    /// A field of the value here.
    #[must_use]
    pub const fn field(&'a self, name: &'a str) -> Path<'a> {
        Path(Step::Name(self, name))
    }

    /// An item of the list here; counts from 0.
    #[must_use]
    pub const fn index(&'a self, index: usize) -> Path<'a> {
        Path(Step::Index(self, index))
    }

    /// An entry of the map here. A key that is no plain word displays as `["a b"]`.
    #[must_use]
    pub const fn key(&'a self, key: &'a str) -> Path<'a> {
        Path(Step::Name(self, key))
    }

    pub(crate) fn is_root(&self) -> bool {
        matches!(self.0, Step::Root)
    }

    /// The steps down to here; nothing for the root.
    fn steps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Step::Root => Ok(()),
            Step::Index(parent, index) => {
                parent.steps(f)?;
                write!(f, "[{index}]")
            }
            Step::Name(parent, name) => {
                parent.steps(f)?;
                match (is_plain(name), parent.is_root()) {
                    (true, true) => f.write_str(name),
                    (true, false) => write!(f, ".{name}"),
                    (false, _) => write!(f, "[{name:?}]"),
                }
            }
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_root() { f.write_str("(body)") } else { self.steps(f) }
    }
}

impl fmt::Debug for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({self})")
    }
}

fn is_plain(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.chars().all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays() {
        let root = Path::root();
        assert_eq!(root.to_string(), "(body)");
        assert_eq!(root.index(0).to_string(), "[0]");
        assert_eq!(root.field("tags").index(1).field("key").to_string(), "tags[1].key");
        let renamed = root.field("rename_commands");
        assert_eq!(renamed.key("keys").to_string(), "rename_commands.keys");
        assert_eq!(renamed.key("a b").to_string(), r#"rename_commands["a b"]"#);
        assert_eq!(renamed.key("a.\"b\n").to_string(), r#"rename_commands["a.\"b\n"]"#);
        assert_eq!(renamed.key("").to_string(), r#"rename_commands[""]"#);
        assert_eq!(root.key("a b").field("c").to_string(), r#"["a b"].c"#);
        assert_eq!(format!("{renamed:?}"), "Path(rename_commands)");
    }
}
