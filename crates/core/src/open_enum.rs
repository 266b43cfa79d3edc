//! What every generated enumeration needs, so that generated code does not repeat it.

/// Implements what an enumeration that keeps unknown values needs.
///
/// The type has `fn as_str(&self) -> &str`, the value as it travels, and `From<String>`, which
/// keeps what it does not know. The macro adds `From<&str>`, `FromStr` (never fails), `Display`,
/// `AsRef<str>`, comparison with `str`, `Serialize` (as a string), `Deserialize` and
/// [`Lenient`](crate::lenient::Lenient), both of which also take numbers and booleans for their
/// text, and [`Absent`](crate::lenient::Absent) as the empty text.
///
/// ```
/// # use huaweicloud_core::open_enum_impls;
/// /// The engine.
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Engine {
///     /// `Redis`.
///     Redis,
///     /// Any other.
///     Unknown(String),
/// }
///
/// impl Engine {
///     /// The value as it travels.
///     pub fn as_str(&self) -> &str {
///         match self {
///             Self::Redis => "Redis",
///             Self::Unknown(value) => value,
///         }
///     }
/// }
///
/// impl From<String> for Engine {
///     fn from(value: String) -> Self {
///         if value == "Redis" { Self::Redis } else { Self::Unknown(value) }
///     }
/// }
///
/// open_enum_impls!(Engine);
///
/// assert_eq!(Engine::from("Valkey").to_string(), "Valkey");
/// assert_eq!(Engine::Redis, "Redis");
/// ```
#[macro_export]
macro_rules! open_enum_impls {
    ($name:ty) => {
        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                Self::from(::std::string::String::from(value))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::lenient::text(deserializer).map(Self::from)
            }
        }

        $crate::lenient_as_text!($name);

        impl $crate::lenient::Absent for $name {
            #[inline]
            fn absent() -> Self {
                Self::from(::std::string::String::new())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    #[derive(Clone, Debug, PartialEq)]
    enum Version {
        V3_0,
        Unknown(String),
    }

    impl Version {
        fn as_str(&self) -> &str {
            match self {
                Self::V3_0 => "3.0",
                Self::Unknown(value) => value,
            }
        }
    }

    impl From<String> for Version {
        fn from(value: String) -> Self {
            if value == "3.0" { Self::V3_0 } else { Self::Unknown(value) }
        }
    }

    open_enum_impls!(Version);

    #[test]
    fn reads_any_scalar() {
        let read = |json| serde_json::from_str::<Version>(json).map_err(|error| error.to_string());
        assert_eq!(read(r#""3.0""#), Ok(Version::V3_0));
        assert_eq!(read("3.0"), Ok(Version::V3_0));
        assert_eq!(read("7"), Ok(Version::Unknown("7".to_owned())));
        assert_eq!(read("true"), Ok(Version::Unknown("true".to_owned())));
        let list = "invalid type: sequence, expected a string, a number or a boolean";
        assert!(read("[]").is_err_and(|error| error.starts_with(list)));
    }

    #[test]
    fn writes_text() {
        assert_eq!(serde_json::to_string(&Version::V3_0).unwrap(), r#""3.0""#);
        assert_eq!(serde_json::to_string(&Version::from("7.0")).unwrap(), r#""7.0""#);
        assert_eq!(format!("[{:>5}]", Version::V3_0), "[  3.0]");
        assert_eq!("3.0".parse(), Ok(Version::V3_0));
        assert!(Version::V3_0 == "3.0" && Version::V3_0 == *"3.0" && Version::V3_0 != "4.0");
        assert_eq!(Version::V3_0.as_ref().len(), 3);
    }
}
