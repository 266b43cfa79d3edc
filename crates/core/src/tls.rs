//! TLS by the features of this crate, and no other way.
//!
//! In: a builder of an HTTP client, and whether TLS will be needed. Out: the builder with TLS
//! chosen. No process-wide provider is installed: that is the application's to do, and it may
//! want another one. The trusted roots are those of the operating system.

/// Is there TLS at all?
pub(crate) const AVAILABLE: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

#[cfg(feature = "native-tls")]
pub(crate) fn choose(
    builder: reqwest::ClientBuilder,
    _is_needed: bool,
) -> Result<reqwest::ClientBuilder, String> {
    Ok(builder.tls_backend_native())
}

/// Roots are read only when they are needed: a system without any can still call plain http.
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
pub(crate) fn choose(
    builder: reqwest::ClientBuilder,
    is_needed: bool,
) -> Result<reqwest::ClientBuilder, String> {
    use std::sync::Arc;

    use rustls::{ClientConfig, RootCertStore, crypto::ring};
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| {
            if is_needed {
                config.with_platform_verifier()
            } else {
                Ok(config.with_root_certificates(RootCertStore::empty()))
            }
        })
        .map_err(|error| error.to_string())?;
    Ok(builder.tls_backend_preconfigured(config.with_no_client_auth()))
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) fn choose(
    builder: reqwest::ClientBuilder,
    _is_needed: bool,
) -> Result<reqwest::ClientBuilder, String> {
    Ok(builder)
}
