//! Regions by name, and the addresses of their services.
//!
//! In: a name and the pattern of an endpoint. Out: the endpoint's address. The list of names is only
//! for convenience: a region that is newer than this crate works like any other.

use std::{borrow::Cow, fmt};

/// Stands for the name of the region in the pattern of an endpoint.
pub(crate) const PLACEHOLDER: &str = "{region}";

/// The name of a region, such as [`Region::EU_WEST_101`] or any other:
///
/// ```
/// use huaweicloud_core::Region;
///
/// assert_eq!(Region::CN_NORTH_4.as_str(), "cn-north-4");
/// assert_eq!(Region::from("cn-north-4"), Region::CN_NORTH_4);
/// assert_eq!(Region::new("eu-west-999").to_string(), "eu-west-999");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(Cow<'static, str>);

macro_rules! regions {
    ($($constant:ident = $name:literal,)*) => {
        impl Region {
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: Self = Self(Cow::Borrowed($name));
            )*

            /// The regions that have a constant here; there may be more.
            pub const KNOWN: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

regions! {
    AF_NORTH_1 = "af-north-1",
    AF_SOUTH_1 = "af-south-1",
    AE_AD_1 = "ae-ad-1",
    AP_SOUTHEAST_1 = "ap-southeast-1",
    AP_SOUTHEAST_2 = "ap-southeast-2",
    AP_SOUTHEAST_3 = "ap-southeast-3",
    AP_SOUTHEAST_4 = "ap-southeast-4",
    AP_SOUTHEAST_5 = "ap-southeast-5",
    CN_EAST_2 = "cn-east-2",
    CN_EAST_3 = "cn-east-3",
    CN_EAST_4 = "cn-east-4",
    CN_EAST_5 = "cn-east-5",
    CN_NORTH_1 = "cn-north-1",
    CN_NORTH_2 = "cn-north-2",
    CN_NORTH_4 = "cn-north-4",
    CN_NORTH_9 = "cn-north-9",
    CN_NORTH_11 = "cn-north-11",
    CN_NORTH_12 = "cn-north-12",
    CN_SOUTH_1 = "cn-south-1",
    CN_SOUTH_2 = "cn-south-2",
    CN_SOUTH_4 = "cn-south-4",
    CN_SOUTHWEST_2 = "cn-southwest-2",
    CN_SOUTHWEST_3 = "cn-southwest-3",
    EU_WEST_0 = "eu-west-0",
    EU_WEST_101 = "eu-west-101",
    LA_NORTH_2 = "la-north-2",
    LA_SOUTH_2 = "la-south-2",
    ME_EAST_1 = "me-east-1",
    MY_KUALALUMPUR_1 = "my-kualalumpur-1",
    NA_MEXICO_1 = "na-mexico-1",
    RU_MOSCOW_1 = "ru-moscow-1",
    RU_NORTHWEST_2 = "ru-northwest-2",
    SA_BRAZIL_1 = "sa-brazil-1",
    TR_WEST_1 = "tr-west-1",
}

impl Region {
    /// A region of any name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that the pattern of an endpoint gives; nothing if this can be no region, for it
    /// becomes part of a host name, and anything else could lead keys to another host.
    pub(crate) fn endpoint(&self, pattern: &str) -> Option<String> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let is_name = !self.0.is_empty() && self.0.chars().all(is_word);
        is_name.then(|| pattern.replace(PLACEHOLDER, &self.0))
    }

    /// The variable that gives a service another endpoint in this region, such as
    /// `HUAWEICLOUD_SDK_REGION_DCS_EU_WEST_101`; `package` is `huaweicloud-dcs/0.1.0`.
    pub(crate) fn variable(&self, package: &str) -> String {
        let package = package.split('/').next().unwrap_or_default();
        let service = package.strip_prefix("huaweicloud-").unwrap_or(package);
        format!("HUAWEICLOUD_SDK_REGION_{service}_{}", self.0).to_uppercase().replace('-', "_")
    }
}

impl From<&str> for Region {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Region {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl From<&String> for Region {
    fn from(name: &String) -> Self {
        Self::new(name)
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_by_the_pattern() {
        let endpoint = |name: &str| Region::from(name).endpoint("https://dcs.{region}.example");
        assert_eq!(endpoint("eu-west-101").as_deref(), Some("https://dcs.eu-west-101.example"));
        assert_eq!(endpoint("mars-1").as_deref(), Some("https://dcs.mars-1.example"));
        for name in ["", "evil.example/", "a.b", "a b", "ü", "{region}"] {
            assert_eq!(endpoint(name), None, "{name}");
        }
    }

    #[test]
    fn variables_of_services() {
        let of = |package| Region::CN_NORTH_4.variable(package);
        assert_eq!(of("huaweicloud-dcs/0.1.0"), "HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4");
        assert_eq!(of("my-cache"), "HUAWEICLOUD_SDK_REGION_MY_CACHE_CN_NORTH_4");
    }

    #[test]
    fn every_constant_has_its_name() {
        assert_eq!(Region::KNOWN.len(), 34);
        assert!(Region::KNOWN.iter().all(|region| region.endpoint("{region}").is_some()));
        assert_eq!(Region::from(&"x-1".to_owned()), Region::from("x-1".to_owned()));
        assert_eq!(format!("{:?} {0:>11}", Region::EU_WEST_0), "\"eu-west-0\"   eu-west-0");
        assert_eq!(Region::TR_WEST_1.as_ref(), "tr-west-1");
    }
}
