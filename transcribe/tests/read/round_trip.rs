//! Arbitrary facts, rendered as a page, are read as they were.

use proptest::prelude::*;
use transcribe::read::{self, Reading};

use crate::{arbitrary, render::render};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_rendered_is_read(page in arbitrary::page()) {
        let (text, expected) = render(&page);
        let reading = read::page("page.md", text.as_bytes());
        prop_assert_eq!(reading, Reading { page: Some(expected), refused: Vec::new() }, "{}", text);
    }
}
