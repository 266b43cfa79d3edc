//! Each rule of a list of services, and that all problems are reported together.

use super::*;

fn service(package: &str, output: &str) -> Service {
    Service {
        document: "spec/a.yaml".to_owned(),
        package: package.to_owned(),
        output: output.to_owned(),
        version: "0.1.0".to_owned(),
        keywords: vec!["redis".to_owned()],
        server: false,
        draft: false,
    }
}

#[test]
fn a_good_list_has_no_problems() {
    let services = [service("a-b2", "generated"), service("p", "generated-p")];
    assert_eq!(problems(&services), [""; 0]);
}

#[test]
fn a_package_is_a_name_of_a_crate() {
    for name in ["", "2a", "A", "a b", "a.b", "-a", "crate", "self", "type", "gen", "std", "xtask"]
    {
        assert!(package(name).is_some(), "{name}");
    }
    assert!(package(&"a".repeat(65)).is_some());
    assert!(package("huaweicloud-core").is_some());
}

#[test]
fn a_path_is_below_the_root() {
    for text in ["", " ", "/a", "../a", "a/../b", ".", "./a", "a/", "a//b", "a\\b", "C:/a", "a\nb"]
    {
        assert!(path("output", text).is_some(), "{text:?}");
    }
    assert_eq!(path("output", "a/b c/d.yaml"), None);
}

#[test]
fn a_version_is_three_numbers() {
    for text in ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.x", "1.0.-1", "1.0.+1", "v1.0.0"] {
        assert!(version(text).is_some(), "{text}");
    }
    assert_eq!(version("10.0.23"), None);
}

#[test]
fn keywords_are_what_the_registry_takes() {
    let words = |words: &[&str]| keywords(&words.iter().map(|&w| w.to_owned()).collect::<Vec<_>>());
    for word in ["", "a b", "-a", "é", "abcdefghijklmnopqrstu"] {
        assert_eq!(words(&[word]).len(), 1, "{word}");
    }
    assert_eq!(words(&["a"; 6]).len(), 1);
    assert_eq!(words(&["2a_+-", "c++", "abcdefghijklmnopqrst"]), [""; 0]);
}

#[test]
fn every_problem_is_said_at_once() {
    let mut second = service("a_b", "generated/x");
    second.document = "generated/x/a.yaml".to_owned();
    second.version = "1".to_owned();
    let services = [service("a-b", "generated"), second, service("c", "generated")];
    assert_eq!(
        problems(&services),
        [
            "service 2 (a_b): `document` lies in the output folder `generated/x`; move it out",
            "service 2 (a_b): `version` is `1`; write three numbers, such as 0.1.0",
            "service 2 (a_b): `package` is that of service 1 too; choose another",
            "service 2 (a_b): `output` is `generated/x` and that of service 1 is `generated`; \
             neither may lie in the other, so choose a folder beside it",
            "service 3 (c): `output` is that of service 1 too; choose another",
            "service 3 (c): `output` is `generated` and that of service 2 is `generated/x`; \
             neither may lie in the other, so choose a folder beside it",
        ]
    );
    assert_eq!(problems(&[]), ["no service is listed; add one below `services`"]);
}
