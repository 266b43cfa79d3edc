//! How wide whole numbers are. In: a `format`. Out: a [`Width`], with the values that it holds.

use serde::Serialize;
use serde_json::Number;

/// The bits of a whole number, and whether one of them is a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Width {
    pub bits: u8,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unsigned: bool,
}

/// The formats of whole numbers; without one they have 64 bits.
pub(crate) const FORMATS: &[(&str, Width)] = &[
    ("int8", Width::signed(8)),
    ("int16", Width::signed(16)),
    ("int32", Width::signed(32)),
    ("int64", Width::signed(64)),
    ("uint8", Width::unsigned(8)),
    ("uint16", Width::unsigned(16)),
    ("uint32", Width::unsigned(32)),
    ("uint64", Width::unsigned(64)),
];

impl Width {
    /// What a whole number has if nothing else is said.
    pub const I64: Self = Self::signed(64);
    pub const I32: Self = Self::signed(32);
    pub const U64: Self = Self::unsigned(64);

    const fn signed(bits: u8) -> Self {
        Self { bits, unsigned: false }
    }

    const fn unsigned(bits: u8) -> Self {
        Self { bits, unsigned: true }
    }

    /// The width of a format.
    pub fn of_format(format: &str) -> Option<Self> {
        FORMATS.iter().find(|(name, _)| *name == format).map(|(_, width)| *width)
    }

    /// The format of this width.
    pub fn format(self) -> String {
        format!("{}int{}", if self.unsigned { "u" } else { "" }, self.bits)
    }

    /// The type that Rust has for it.
    pub fn rust(self) -> String {
        format!("{}{}", if self.unsigned { "u" } else { "i" }, self.bits)
    }

    /// The least and the greatest value.
    pub fn range(self) -> (i128, i128) {
        match self.unsigned {
            true => (0, (1 << self.bits) - 1),
            false => (-(1 << (self.bits - 1)), (1 << (self.bits - 1)) - 1),
        }
    }

    /// Whether a value is one of these.
    pub fn holds(self, value: i128) -> bool {
        let (least, greatest) = self.range();
        (least..=greatest).contains(&value)
    }
}

/// A number that has no fraction and is written as such.
pub(crate) fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// The nearest double, of a whole number that is none itself.
pub(crate) fn inexact(number: &Number) -> Option<i128> {
    let value = whole(number)?;
    let nearest = value as f64 as i128;
    (nearest != value).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_holds_53_bits() {
        let nearest = |n: i64| inexact(&n.into());
        assert_eq!(nearest(9_007_199_254_740_992), None);
        assert_eq!(nearest(9_007_199_254_740_993), Some(9_007_199_254_740_992));
        assert_eq!(nearest(i64::MAX), Some(9_223_372_036_854_775_808));
        assert_eq!(nearest(i64::MIN), None);
    }

    #[test]
    fn a_width_holds_what_rust_has() {
        let range = |format| Width::of_format(format).map(Width::range);
        assert_eq!(range("int8"), Some((i8::MIN.into(), i8::MAX.into())));
        assert_eq!(range("int64"), Some((i64::MIN.into(), i64::MAX.into())));
        assert_eq!(range("uint16"), Some((0, u16::MAX.into())));
        assert_eq!(range("uint64"), Some((0, u64::MAX.into())));
        assert_eq!(range("integer"), None);
        for (name, width) in FORMATS {
            assert_eq!(width.format(), *name);
        }
        assert!(Width::U64.holds(u64::MAX.into()) && !Width::I64.holds(u64::MAX.into()));
    }
}
