//! Sizes of memory, exactly. In: a size in any of the forms that services use: a number of GB, a string, an integer
//! with a string beside it for sizes below 1 GB, or a number with a unit. Out: a value that compares, and converts into the form that
//! a field needs.

use std::{fmt, str::FromStr};

#[cfg(test)]
mod tests;

/// 1 GB. Ten decimal places hold every whole number of MB: 1 MB is 0.0009765625 GB.
const GB: u128 = 10_000_000_000;
const MB: u128 = GB / 1024;
const TB: u128 = GB * 1024;

/// The decimal places of a size in GB.
const PLACES: usize = 10;

/// The most digits of a size.
const MAX_DIGITS: usize = 18;

/// A size of memory, such as that of a cache instance. 1 GB is 1024 MB.
///
/// Services spell sizes in several ways: `0.125` as a number in a request, `"0.125"` in an answer, `8` beside a text
/// that is used for sizes below 1 GB, or `"128"` with the unit `MB` in another field. A `Capacity` is made from each,
/// compares exactly, and converts into what a field of a request takes.
///
/// ```
/// use huaweicloud_core::Capacity;
///
/// let wanted = Capacity::mb(128);
/// assert_eq!(Capacity::try_from(0.125)?, wanted);
/// assert_eq!("0.125".parse::<Capacity>()?, wanted);
/// assert_eq!(Capacity::from_parts(Some(0), Some("0.125"))?, Some(wanted));
/// assert_eq!(Capacity::with_unit("128", "MB")?, wanted);
/// assert!(wanted < Capacity::gb(1));
///
/// assert_eq!(f64::from(wanted), 0.125);
/// assert_eq!(String::from(wanted), "0.125");
/// # Ok::<(), huaweicloud_core::CapacityError>(())
/// ```
///
/// `Display` writes GB without the unit, as fields have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Capacity(u128);

impl Capacity {
    /// A size in GB.
    #[must_use]
    pub const fn gb(gigabytes: u32) -> Self {
        Self(gigabytes as u128 * GB)
    }

    /// A size in MB.
    #[must_use]
    pub const fn mb(megabytes: u32) -> Self {
        Self(megabytes as u128 * MB)
    }

    /// The size in two fields of an answer: a whole number of GB, and a text with decimals that is set for small
    /// sizes and then decides. `None` if neither is set.
    ///
    /// # Errors
    ///
    /// The value that counts is not a size.
    pub fn from_parts(
        gigabytes: Option<i64>,
        minor: Option<&str>,
    ) -> Result<Option<Self>, CapacityError> {
        match minor.filter(|text| !text.trim().is_empty()) {
            Some(text) => text.parse().map(Some),
            None => gigabytes.map(Self::try_from).transpose(),
        }
    }

    /// The size of a number and a unit from two fields: `GB`, `MB` or `TB` in any case.
    ///
    /// # Errors
    ///
    /// The number is not a size, or the unit is another one.
    pub fn with_unit(number: &str, unit: &str) -> Result<Self, CapacityError> {
        let error = |problem| CapacityError { text: format!("{number} {unit}"), problem };
        let unit = unit_of(unit).ok_or_else(|| error(Problem::Unit))?;
        units(number.trim(), unit).map(Self).map_err(error)
    }

    /// The size in GB, if it is a whole number of them.
    #[must_use]
    pub fn whole_gb(self) -> Option<u64> {
        whole(self.0, GB)
    }

    /// The size in MB, if it is a whole number of them.
    #[must_use]
    pub fn whole_mb(self) -> Option<u64> {
        whole(self.0, MB)
    }
}

fn whole(size: u128, unit: u128) -> Option<u64> {
    size.is_multiple_of(unit).then(|| u64::try_from(size / unit).ok()).flatten()
}

fn unit_of(text: &str) -> Option<u128> {
    match text.trim().to_ascii_uppercase().as_str() {
        "GB" | "GIB" | "G" => Some(GB),
        "MB" | "MIB" | "M" => Some(MB),
        "TB" | "TIB" | "T" => Some(TB),
        _ => None,
    }
}

/// A decimal number of some unit.
fn units(number: &str, unit: u128) -> Result<u128, Problem> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return Err(Problem::Number);
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if whole.len() + fraction.len() > MAX_DIGITS {
        return Err(Problem::Digits);
    }
    let places = u32::try_from(fraction.len()).map_err(|_| Problem::Digits)?;
    // Nothing but zeros is left of `0.0`.
    let digits: u128 = format!("0{whole}{fraction}").parse().map_err(|_| Problem::Number)?;
    let (size, divisor) = (digits * unit, 10_u128.pow(places));
    if size.is_multiple_of(divisor) { Ok(size / divisor) } else { Err(Problem::Digits) }
}

impl FromStr for Capacity {
    type Err = CapacityError;

    /// Reads a decimal number with or without a unit: `8`, `0.125`, `128 MB`. Without one it is in GB.
    fn from_str(text: &str) -> Result<Self, CapacityError> {
        let trimmed = text.trim();
        let end = trimmed.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(end);
        let error = |problem| CapacityError { text: text.to_owned(), problem };
        let unit = if unit.is_empty() { Some(GB) } else { unit_of(unit) };
        let unit = unit.ok_or_else(|| error(Problem::Unit))?;
        units(number.trim_end(), unit).map(Self).map_err(error)
    }
}

impl TryFrom<&str> for Capacity {
    type Error = CapacityError;

    fn try_from(text: &str) -> Result<Self, CapacityError> {
        text.parse()
    }
}

impl TryFrom<&String> for Capacity {
    type Error = CapacityError;

    fn try_from(text: &String) -> Result<Self, CapacityError> {
        text.parse()
    }
}

impl TryFrom<f64> for Capacity {
    type Error = CapacityError;

    /// Takes the decimal number that the value stands for: 0.1 is one tenth.
    fn try_from(gigabytes: f64) -> Result<Self, CapacityError> {
        gigabytes.to_string().parse()
    }
}

impl TryFrom<i64> for Capacity {
    type Error = CapacityError;

    fn try_from(gigabytes: i64) -> Result<Self, CapacityError> {
        gigabytes.to_string().parse()
    }
}

impl From<u32> for Capacity {
    fn from(gigabytes: u32) -> Self {
        Self::gb(gigabytes)
    }
}

impl From<Capacity> for f64 {
    fn from(size: Capacity) -> Self {
        // Reading a decimal number rounds once, and only if no double has the value.
        size.to_string().parse().unwrap_or(f64::INFINITY)
    }
}

impl From<Capacity> for String {
    fn from(size: Capacity) -> Self {
        size.to_string()
    }
}

impl TryFrom<Capacity> for i64 {
    type Error = CapacityError;

    fn try_from(size: Capacity) -> Result<Self, CapacityError> {
        let whole = size.whole_gb().and_then(|whole| Self::try_from(whole).ok());
        whole.ok_or_else(|| CapacityError { text: size.to_string(), problem: Problem::Whole })
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / GB, self.0 % GB);
        if fraction == 0 {
            return f.pad(&whole.to_string());
        }
        let fraction = format!("{fraction:0PLACES$}");
        f.pad(&format!("{whole}.{}", fraction.trim_end_matches('0')))
    }
}

impl fmt::Debug for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Capacity({self} GB)")
    }
}

/// A value that is not a size of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapacityError {
    text: String,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Number,
    Unit,
    Digits,
    Whole,
}

impl fmt::Display for CapacityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.problem {
            Problem::Number => "write a decimal number of GB, such as `8` or `0.125`",
            Problem::Unit => "the unit must be GB, MB or TB",
            Problem::Digits => {
                "it has too many digits; use whole MB, or GB with up to ten decimal places"
            }
            Problem::Whole => "this field takes whole GB; choose a size without a fraction",
        };
        write!(f, "`{}` is not a valid size: {why}", self.text)
    }
}

impl std::error::Error for CapacityError {}
