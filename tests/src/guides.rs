//! The guides in `docs/`, whose programs are compiled with the tests: `cargo test -p conformance --doc`. In: each
//! guide. Out: nothing; a program that does not compile is a failed test.

/// A guide that is there in English and in Chinese.
macro_rules! guides {
    ($($name:ident: $file:literal),* $(,)?) => {
        /// The files of all guides.
        pub const FILES: &[&str] = &[$($file),*];

        $(
            #[cfg(doctest)]
            mod $name {
                #[doc = include_str!(concat!("../../docs/", $file))]
                struct English;
                #[doc = include_str!(concat!("../../docs/zh/", $file))]
                struct Chinese;
            }
        )*
    };
}

guides! {
    first_instance: "first-instance.md",
    credentials: "credentials.md",
    flavor: "flavor.md",
    money: "money.md",
    errors: "errors.md",
    waiting: "waiting.md",
    testing: "testing.md",
    from_python_go: "from-python-go.md",
    from_hcloud: "from-hcloud.md",
    from_terraform: "from-terraform.md",
    add_a_field: "add-a-field.md",
}
