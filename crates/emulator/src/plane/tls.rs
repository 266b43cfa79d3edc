//! Certificates of instances with TLS. In: the folder of an instance. Out: a certificate for this machine,
//! and the one of the authority that issued it, which clients need. They stay as long as the instance.

use std::{fs, io, path::Path};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};

use super::files;

/// What the certificate of the authority is called.
pub(super) const AUTHORITY: &str = "ca.crt";
pub(super) const CERTIFICATE: &str = "server.crt";
pub(super) const KEY: &str = "server.key";

/// Makes the files, unless they are there.
pub(super) fn certificate(folder: &Path) -> io::Result<()> {
    // The authority comes last, so where it is, everything is.
    if folder.join(AUTHORITY).is_file() {
        return Ok(());
    }
    files::make_folder(folder)?;
    let [authority, certificate, key] = made().map_err(io::Error::other)?;
    files::write(&folder.join(KEY), &key)?;
    files::write(&folder.join(CERTIFICATE), &certificate)?;
    files::write(&folder.join(AUTHORITY), &authority)
}

/// The certificate of the authority, as text.
pub(super) fn authority(folder: &Path) -> io::Result<String> {
    fs::read_to_string(folder.join(AUTHORITY))
}

/// The authority, a certificate and its key. The key of the authority is thrown away: it issues nothing else.
fn made() -> Result<[String; 3], rcgen::Error> {
    let mut authority = CertificateParams::new(Vec::<String>::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    authority.distinguished_name.push(DnType::CommonName, "emulator of one instance");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let names = ["localhost", "127.0.0.1"].map(str::to_owned);
    let certificate = CertificateParams::new(names)?.signed_by(&key, &authority)?;
    Ok([authority.pem(), certificate.pem(), key.serialize_pem()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_made_once() {
        let folder = tempfile::tempdir().unwrap();
        certificate(folder.path()).unwrap();
        let first = authority(folder.path()).unwrap();
        assert!(first.starts_with("-----BEGIN CERTIFICATE-----"), "{first}");
        certificate(folder.path()).unwrap();
        assert_eq!(authority(folder.path()).unwrap(), first);
    }
}
