//! One size in every spelling, and what is not a size.

use super::*;

fn size(text: &str) -> Capacity {
    text.parse().unwrap()
}

#[test]
fn one_size_is_equal_in_every_spelling() {
    let wanted = Capacity::mb(128);
    for spelling in ["0.125", "0.1250", "00.125", "0.125 GB", "128MB", " 128 MiB ", "128m"] {
        assert_eq!(size(spelling), wanted, "{spelling}");
    }
    assert_eq!(Capacity::try_from(0.125), Ok(wanted));
    assert_eq!(Capacity::from_parts(Some(0), Some("0.125")), Ok(Some(wanted)));
    assert_eq!(Capacity::from_parts(None, Some("0.125")), Ok(Some(wanted)));
    assert_eq!(Capacity::with_unit("128", "MB"), Ok(wanted));
    for spelling in ["8", "8.0", "8GB", "8192 MB"] {
        assert_eq!(size(spelling), Capacity::gb(8), "{spelling}");
    }
    assert_eq!(Capacity::from_parts(Some(8), None), Ok(Some(Capacity::gb(8))));
    assert_eq!(Capacity::from_parts(Some(8), Some(" ")), Ok(Some(Capacity::gb(8))));
    assert_eq!(Capacity::from_parts(None, None), Ok(None));
    assert_eq!(Capacity::try_from(8_i64), Ok(Capacity::from(8)));
    assert_eq!(size("1 TB"), Capacity::gb(1024));
}

#[test]
fn sizes_are_ordered() {
    let sizes = ["0", "0.125", "0.25", "0.3", "512 MB", "1", "1.5", "64", "1024", "2 TB"];
    assert!(sizes.windows(2).all(|pair| size(pair[0]) < size(pair[1])));
}

#[test]
fn nothing_is_rounded() {
    // As doubles, a tenth and two tenths are not three tenths.
    assert_eq!(Capacity::try_from(0.1), Ok(size("0.1")));
    assert_eq!(Capacity::try_from(0.3), Ok(size("0.3")));
    assert_eq!(f64::from(size("0.3")), 0.3);
    for megabytes in [1, 3, 127, 128, 1023, 1025, 4_000_001] {
        let exact = Capacity::mb(megabytes);
        assert_eq!(size(&exact.to_string()), exact, "{megabytes} MB");
        assert_eq!(Capacity::try_from(f64::from(exact)), Ok(exact), "{megabytes} MB");
        assert_eq!(exact.whole_mb(), Some(u64::from(megabytes)));
    }
}

#[test]
fn fields_get_the_form_that_they_take() {
    let (small, large) = (Capacity::mb(128), Capacity::gb(8));
    assert_eq!((f64::from(small), f64::from(large)), (0.125, 8.0));
    assert_eq!((String::from(small), String::from(large)), ("0.125".to_owned(), "8".to_owned()));
    assert_eq!(i64::try_from(large), Ok(8));
    assert_eq!(
        i64::try_from(small).unwrap_err().to_string(),
        "`0.125` is not a valid size: this field takes whole GB; choose a size without a fraction"
    );
    assert_eq!((small.whole_gb(), large.whole_gb()), (None, Some(8)));
    assert_eq!(size("0.3").whole_mb(), None);
    assert_eq!(format!("{small:?} {large:>3}"), "Capacity(0.125 GB)   8");
    assert_eq!(Capacity::mb(1).to_string(), "0.0009765625");
}

#[test]
fn what_is_not_a_size_says_what_to_write() {
    let number = "write a decimal number of GB, such as `8` or `0.125`";
    let unit = "the unit must be GB, MB or TB";
    let digits = "it has too many digits; use whole MB, or GB with up to ten decimal places";
    for (text, why) in [
        ("", number),
        ("GB", number),
        (".5", number),
        ("5.", number),
        ("-1", number),
        ("+1", number),
        ("1,5", number),
        ("1.2.3", number),
        ("٣", number),
        ("8 KB", unit),
        ("8 Gb/s", unit),
        ("1e3", unit),
        ("0.00000000001", digits),
        ("1234567890123456789", digits),
        ("0.3 MB", digits),
    ] {
        let error = text.parse::<Capacity>().unwrap_err();
        assert_eq!(error.to_string(), format!("`{text}` is not a valid size: {why}"));
    }
    for number in [-1.0, f64::NAN, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE] {
        assert!(Capacity::try_from(number).is_err(), "{number}");
    }
    assert!(Capacity::try_from(i64::MIN).is_err());
    assert!(Capacity::with_unit("128", "").is_err());
    assert_eq!(Capacity::gb(u32::MAX).whole_gb(), Some(4_294_967_295));
    assert_eq!(f64::from(Capacity::gb(u32::MAX)), 4_294_967_295.0);
}
