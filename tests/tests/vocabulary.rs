//! The vocabulary of `about` in `x-errata`: lint and transcriber know the same words.

#[test]
fn the_lint_and_the_transcriber_know_the_same_facts() {
    assert_eq!(codegen::validate::FACTS, transcribe::merge::words());
}
