//! Readable `Debug` for errors: `fn main() -> Result<(), Box<dyn Error>>` prints it. In: an error.
//! Out: its text, and one line for each underlying error that adds something.

use std::{error::Error, fmt};

/// Most characters of a source that are shown; it may hold text of a stranger.
const SHOWN_CHARS: usize = 500;

/// So much of its beginning says whether a source was told already, perhaps cut.
const TOLD_CHARS: usize = 100;

/// Writes an error with its sources. A source whose text was shown already is left out.
pub(crate) fn write(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let clean = |text: &str, most| -> String {
        text.chars().filter(|c| !c.is_control()).take(most).collect()
    };
    let text = error.to_string();
    f.write_str(&text)?;
    let mut said = clean(&text, usize::MAX);
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        let begin = clean(&text, TOLD_CHARS);
        if !begin.is_empty() && !said.contains(&begin) {
            let text = clean(&text, SHOWN_CHARS);
            write!(f, "\n  caused by: {text}")?;
            said.push('\n');
            said.push_str(&text);
        }
        source = cause.source();
    }
    Ok(())
}

/// Implements `Debug` of an error as its text with its sources; the structure is reached by its
/// fields and methods.
macro_rules! readable_debug {
    ($($error:ty),+ $(,)?) => {$(
        impl ::core::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::readable::write(self, f)
            }
        }
    )+};
}

pub(crate) use readable_debug;

#[cfg(test)]
mod tests {
    use super::*;

    struct Layer(&'static str, Option<Box<Layer>>);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Layer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|layer| layer as _)
        }
    }

    readable_debug!(Layer);

    fn layers(texts: &[&'static str]) -> Option<Box<Layer>> {
        let (first, rest) = texts.split_first()?;
        Some(Box::new(Layer(first, layers(rest))))
    }

    #[test]
    fn sources_follow_unless_they_were_told() {
        let error = layers(&["no connection: refused", "connect", "", "refused", "os error 111"]);
        let text = "no connection: refused\n  caused by: os error 111";
        assert_eq!(format!("{:?}", error.unwrap()), text);
        assert_eq!(format!("{:?}", Layer("alone", None)), "alone");
        // Several lines that are told already are not told again on one.
        let error = layers(&["refused:\na: is 0\nb: is 1", "a: is 0\nb: is 1"]);
        assert_eq!(format!("{:?}", error.unwrap()), "refused:\na: is 0\nb: is 1");
    }
}
