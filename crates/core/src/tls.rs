//! TLS by the features of this crate only.
//!
//! In: whether TLS will be needed, and roots to trust in addition to those of the operating system. Out:
//! settings, loaded once, for any number of HTTP clients. No process-wide provider is installed:
//! that is up to the application, which may want another one.

#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
mod roots;

/// Is there TLS at all?
pub(crate) const AVAILABLE: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// What HTTP clients need to know of TLS.
#[derive(Clone)]
pub(crate) struct Tls {
    #[cfg(feature = "native-tls")]
    roots: Vec<reqwest::Certificate>,
    #[cfg(all(feature = "rustls", not(feature = "native-tls")))]
    config: rustls::ClientConfig,
}

#[cfg(feature = "native-tls")]
impl Tls {
    pub(crate) fn new(_is_needed: bool, roots: &[u8]) -> Result<Self, String> {
        if roots.is_empty() {
            return Ok(Self { roots: Vec::new() });
        }
        match reqwest::Certificate::from_pem_bundle(roots) {
            Ok(roots) if !roots.is_empty() => Ok(Self { roots }),
            _ => Err(NO_CERTIFICATE.to_owned()),
        }
    }

    pub(crate) fn apply(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let builder = builder.tls_backend_native();
        if self.roots.is_empty() { builder } else { builder.tls_certs_merge(self.roots.clone()) }
    }
}

#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
impl Tls {
    /// Roots are read only when they are needed: a system without any can still call plain http.
    pub(crate) fn new(is_needed: bool, roots: &[u8]) -> Result<Self, String> {
        use std::sync::Arc;

        use rustls::{
            ClientConfig, RootCertStore,
            crypto::ring,
            pki_types::{CertificateDer, pem::PemObject as _},
        };

        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions();
        let config = if !is_needed {
            config.map(|config| config.with_root_certificates(RootCertStore::empty()))
        } else if roots.is_empty() {
            config.and_then(|config| {
                let verifier = roots::verifier(provider)?;
                // "Dangerous" is any verifier of one's own; this is the system's.
                Ok(config.dangerous().with_custom_certificate_verifier(verifier))
            })
        } else {
            let roots = CertificateDer::pem_slice_iter(roots).collect::<Result<Vec<_>, _>>();
            let roots = roots.ok().filter(|roots| !roots.is_empty()).ok_or(NO_CERTIFICATE)?;
            config.and_then(|config| with_roots(config, roots, provider))
        };
        let config = config.map_err(|error| error.to_string())?;
        Ok(Self { config: config.with_no_client_auth() })
    }

    pub(crate) fn apply(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder.tls_backend_preconfigured(self.config.clone())
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
impl Tls {
    pub(crate) fn new(_is_needed: bool, _roots: &[u8]) -> Result<Self, String> {
        Ok(Self {})
    }

    pub(crate) fn apply(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder
    }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
const NO_CERTIFICATE: &str = "the extra root certificates are no PEM text";

/// The roots of the system, and these.
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
fn with_roots(
    config: rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>,
    roots: Vec<rustls::pki_types::CertificateDer<'static>>,
    provider: std::sync::Arc<rustls::crypto::CryptoProvider>,
) -> Result<
    rustls::ConfigBuilder<rustls::ClientConfig, rustls::client::WantsClientCert>,
    rustls::Error,
> {
    #[cfg(not(target_os = "android"))]
    {
        let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(roots, provider)?;
        // "Dangerous" is any verifier of one's own; this is the one that is used without roots too.
        let config = config.dangerous();
        Ok(config.with_custom_certificate_verifier(std::sync::Arc::new(verifier)))
    }
    #[cfg(target_os = "android")]
    {
        let _ = (config, roots, provider);
        Err(rustls::Error::General("Android takes no roots but its own".to_owned()))
    }
}
