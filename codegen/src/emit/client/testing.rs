//! Clients that send nothing, for the tests of programs. Out: `src/testing.rs`, which only who asks for its
//! feature builds.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn tokens() -> TokenStream {
    quote! {
        //! For the tests of a program: clients that check, sign, repeat and read like any other, and send
        //! nothing.
        //!
        //! [`Client::mock`](crate::Client::mock) is answered what a test says, by the types of calls and
        //! answers; [`Client::replay`](crate::Client::replay) is answered from a recording.

        pub use ::huaweicloud_core::testing::{
            Expectation, Mock, Recorded, Recording, RecordingError, Replay, Sent, Unmet,
        };

        impl crate::Client {
            /// What says how clients in the tests of a program are answered.
            pub fn mock() -> Mock<Self> {
                Mock::new()
            }

            /// A client that is answered from a recording, and sends nothing.
            ///
            /// # Errors
            ///
            /// The file cannot be read, or is no HTTP Archive.
            pub fn replay(
                recording: impl AsRef<::std::path::Path>,
            ) -> Result<Self, RecordingError> {
                Replay::client(recording)
            }
        }
    }
}
