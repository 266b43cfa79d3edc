//! A service whose certificate is signed by a private certificate authority.

use std::{error::Error as StdError, sync::Arc, time::Duration};

use huaweicloud_core::{__private::WaitSettings, Error, RetryPolicy, Verdict, WaitError, Waiter};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use crate::{Outcome, signing};

/// Its address, the certificate of its authority, and what it saw.
async fn server() -> Result<(String, String, JoinHandle<std::io::Result<String>>), Box<dyn StdError>>
{
    let mut authority = CertificateParams::new(Vec::<String>::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate()?;
    let root = authority.self_signed(&key)?;
    let issuer = Issuer::new(authority, key);
    let key = KeyPair::generate()?;
    let own = CertificateParams::new(vec!["localhost".to_owned()])?.signed_by(&key, &issuer)?;
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("https://localhost:{}", listener.local_addr()?.port());
    let seen = tokio::spawn(async move {
        let (stream, _) = listener.accept().await?;
        let mut stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await?;
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") && stream.read_buf(&mut request).await? > 0 {}
        let answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(answer).await?;
        stream.shutdown().await?;
        Ok(String::from_utf8_lossy(&request).into_owned())
    });
    Ok((address, root.pem(), seen))
}

#[tokio::test]
async fn a_root_of_ones_own_is_trusted() -> Outcome {
    let (address, root, seen) = server().await?;
    let (_, other, _) = server().await?;
    let builder = signing(&address).allow_http(false).root_certificate(other);
    builder.root_certificate(root).build()?.list().await?;
    assert!(seen.await??.starts_with("GET /v2/p-1/things HTTP/1.1\r\n"));
    Ok(())
}

#[tokio::test]
async fn another_root_is_not_trusted() -> Outcome {
    let (address, _, seen) = server().await?;
    let (_, other, _) = server().await?;
    let client = signing(&address).root_certificate(other).build()?;
    let error = client.list().await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.to_string().contains("certificate"), "{error}");
    let hint = "; if the authority is one of your own, give .root_certificate(…) its certificate";
    assert!(error.to_string().ends_with(hint), "{error}");
    assert!(seen.await?.is_err());
    Ok(())
}

/// That is no trouble of the way, which waiting would survive.
#[tokio::test]
async fn who_is_not_trusted_is_not_waited_for() -> Outcome {
    let (address, _, seen) = server().await?;
    let (_, other, _) = server().await?;
    let client = &signing(&address).root_certificate(other).build()?;
    let settings = WaitSettings {
        first: Duration::ZERO,
        every: Duration::from_millis(100),
        limit: Duration::from_secs(10),
        times: 1,
        judge: |()| Verdict::Reached,
        is_gone: |_| false,
    };
    let ask = move || async move { client.list().await.map(drop) };
    let error = Waiter::for_state("thing".to_owned(), settings, ask).wait().await.err();
    let Some(WaitError::Call(error)) = error else { return Err(format!("{error:?}").into()) };
    assert!(matches!(*error, Error::Connect(_)), "{error:?}");
    assert!(seen.await?.is_err());
    Ok(())
}

#[tokio::test]
async fn what_speaks_no_tls_is_told() -> Outcome {
    let (_, root, _) = server().await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("https://localhost:{}", listener.local_addr()?.port());
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.read_buf(&mut Vec::new()).await?;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await
    });
    let client = signing(&address).root_certificate(root).retry(RetryPolicy::none()).build()?;
    let error = client.list().await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    plain.await??;
    let hint = "; what answers there speaks no TLS: check host and port";
    assert!(error.to_string().ends_with(hint), "{error}");
    Ok(())
}
