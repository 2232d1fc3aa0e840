//! Bytes in, text out: finds the encoding and refuses what is no text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::MAX_BYTES;
use crate::Problem;

/// How much of the bytes is looked at to tell text from binary data, and one encoding from another.
const SAMPLE: usize = 64 << 10;

/// First bytes of formats that hold no plain text.
const SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"\x1F\x8B",
    b"\x7FELF",
    b"\xD0\xCF\x11\xE0",
    b"BZh",
    b"\xFD7zXZ",
    b"RIFF",
    b"OggS",
    b"\x28\xB5\x2F\xFD",
    b"Rar!",
    b"7z\xBC\xAF",
    b"SQLite format 3",
];

/// Decodes a document.
///
/// # Errors
/// `source/empty`, `source/too-large` or `source/binary`; anything else is decoded, with a problem where bytes were
/// lost.
pub(super) fn decode<'a>(bytes: &'a [u8], problems: &mut Vec<Problem>) -> Result<Cow<'a, str>, Problem> {
    if bytes.len() > MAX_BYTES {
        let message =
            format!("{} bytes are more than the {MAX_BYTES} that are read: split the file", bytes.len());
        return Err(Problem::whole("source/too-large", message));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::whole("source/empty", "there is no text"));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, &bytes[length..], problems));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(decode_as(encoding, bytes, problems));
    }
    if is_binary(bytes) {
        return Err(Problem::whole("source/binary", "these bytes are no text"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let encoding = declared(bytes).unwrap_or_else(|| guessed(bytes));
    Ok(decode_as(encoding, bytes, problems))
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8], problems: &mut Vec<Problem>) -> Cow<'a, str> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let (code, name) = (invalid_code(encoding), encoding.name());
        problems
            .push(Problem::whole(code, format!("some bytes are no {name}; U+FFFD stands in their place")));
    }
    text
}

fn invalid_code(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_8 { "source/invalid-utf8" } else { "source/invalid-bytes" }
}

/// UTF-16 shows in text of Latin letters by every other byte being zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 4 {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even * 10 > pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else if odd * 10 > pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let odd = sample
        .iter()
        .filter(|byte| **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
        .count();
    odd * 20 > sample.len()
}

/// The encoding that a page names in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    if !head.contains(&b'<') {
        return None;
    }
    let at = head.windows(8).position(|window| window == b"charset=")? + 8;
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        .collect();
    Encoding::for_label(&label).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// UTF-8 with a few broken places, or else what the statistics of the bytes say.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if good > broken * 2 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, Utf8Detection::Allow)
}
