//! The canonical request, written to one buffer and hashed at once: hashing one long piece is faster than
//! hashing many short ones.

use sha2::{Digest as _, Sha256};

use super::{
    Request, encode,
    headers::Signed,
    sink::{Sink, hex},
};

/// Shorter requests need no allocation.
const SHORT: usize = 512;

/// The hash of the canonical request. `names` are those of the headers, in their order.
#[inline]
pub(super) fn hash(request: &Request<'_>, headers: &Signed<'_>, names: &[u8]) -> [u8; 32] {
    let of_body;
    let content_hash: &[u8] = match headers.content_hash {
        // Without a body there is nothing that could be left out.
        Some(hash) if !request.body.is_empty() => hash,
        _ => {
            of_body = hex(&Sha256::digest(request.body).into());
            &of_body
        }
    };
    let mut buffer = [0; SHORT];
    let length = match write(request, headers, names, content_hash, &mut buffer) {
        Ok(text) => return Sha256::digest(text).into(),
        Err(length) => length,
    };
    let mut buffer = vec![0; length];
    let text = write(request, headers, names, content_hash, &mut buffer);
    Sha256::digest(text.unwrap_or_default()).into()
}

/// The canonical request, or the length that it needs.
#[inline]
fn write<'b>(
    request: &Request<'_>,
    headers: &Signed<'_>,
    names: &[u8],
    content_hash: &[u8],
    buffer: &'b mut [u8],
) -> Result<&'b [u8], usize> {
    let mut sink = Sink::new(buffer);
    for byte in request.method.bytes() {
        sink.push_byte(byte.to_ascii_uppercase());
    }
    sink.push_byte(b'\n');
    encode::push_lines(request.uri, &mut sink);
    headers.push_lines(names, &mut sink);
    sink.push_byte(b'\n');
    sink.push(names);
    sink.push_byte(b'\n');
    sink.push(content_hash);
    sink.finish()
}
