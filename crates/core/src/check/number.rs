//! Checks of numbers: integers and floats.

use std::fmt::Display;

use crate::{Path, Report};

/// `type`: a number is none of those that JSON has no form for: infinities and not-a-number.
pub fn finite(at: &Path<'_>, report: &mut Report, value: f64) {
    if !value.is_finite() {
        let message = format!("is not a number that JSON can carry ({value}); give a finite one");
        report.push(at, "type", message);
    }
}

/// `minimum`: a number is not below `limit`. Not-a-number breaks every bound.
pub fn minimum<N: Number>(at: &Path<'_>, report: &mut Report, value: N, limit: N) {
    let fits = value >= limit;
    if !fits {
        report.push(at, "minimum", format!("is {value}; must be at least {limit}"));
    }
}

/// `maximum`: a number is not above `limit`.
pub fn maximum<N: Number>(at: &Path<'_>, report: &mut Report, value: N, limit: N) {
    let fits = value <= limit;
    if !fits {
        report.push(at, "maximum", format!("is {value}; must be at most {limit}"));
    }
}

/// `exclusiveMinimum`: a number is above `limit`.
pub fn exclusive_minimum<N: Number>(at: &Path<'_>, report: &mut Report, value: N, limit: N) {
    let fits = value > limit;
    if !fits {
        report.push(at, "exclusiveMinimum", format!("is {value}; must be greater than {limit}"));
    }
}

/// `exclusiveMaximum`: a number is below `limit`.
pub fn exclusive_maximum<N: Number>(at: &Path<'_>, report: &mut Report, value: N, limit: N) {
    let fits = value < limit;
    if !fits {
        report.push(at, "exclusiveMaximum", format!("is {value}; must be less than {limit}"));
    }
}

/// `multipleOf`: a number is a whole multiple of `factor`; a factor of 0 is no bound.
pub fn multiple_of<N: Number>(at: &Path<'_>, report: &mut Report, value: N, factor: N) {
    if !value.has_factor(factor) {
        report.push(at, "multipleOf", format!("is {value}; must be a multiple of {factor}"));
    }
}

/// `enum` of numbers: a number is one of those allowed.
pub fn one_of_numbers<N: Number>(at: &Path<'_>, report: &mut Report, value: N, allowed: &[N]) {
    if !allowed.contains(&value) {
        let list: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        report.push(at, "enum", format!("is {value}; must be one of {}", list.join(", ")));
    }
}

/// The numbers of JSON as Rust has them; implemented here and nowhere else.
pub trait Number: Copy + Display + PartialOrd + sealed::Multiple {}

impl<N: Copy + Display + PartialOrd + sealed::Multiple> Number for N {}

mod sealed {
    /// Divisibility, which whole numbers and others decide differently.
    pub trait Multiple {
        /// Is `self` a whole multiple of `factor`?
        fn has_factor(self, factor: Self) -> bool;
    }

    macro_rules! whole {
        ($($number:ty),*) => {$(
            impl Multiple for $number {
                fn has_factor(self, factor: Self) -> bool {
                    // `MIN % -1` overflows, and 0 divides nothing: neither has a remainder.
                    factor == 0 || self.checked_rem(factor).unwrap_or(0) == 0
                }
            }
        )*};
    }

    whole!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

    impl Multiple for f64 {
        fn has_factor(self, factor: Self) -> bool {
            if factor == 0.0 {
                return true;
            }
            let quotient = self / factor;
            // A factor so small that this overflows bounds nothing.
            if quotient.is_infinite() {
                return true;
            }
            // 0.3 / 0.1 is 2.9999999999999996: what binary cannot write is no violation.
            let tolerance = 1e-9 * quotient.abs().max(1.0);
            (quotient - quotient.round()).abs() <= tolerance
        }
    }

    impl Multiple for f32 {
        fn has_factor(self, factor: Self) -> bool {
            let quotient = f64::from(self) / f64::from(factor);
            factor == 0.0 || (quotient - quotient.round()).abs() <= 1e-6 * quotient.abs().max(1.0)
        }
    }
}
