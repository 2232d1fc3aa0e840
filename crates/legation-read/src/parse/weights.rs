//! The weights file: magic, format number, checksum, a header in TOML, little-endian tensors (`models/README.md`).

use std::fmt;
use std::ops::Range;

use half::f16;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::data::DataError;

const MAGIC: &[u8] = b"LEGPARSE";
const FORMAT: u32 = 1;
/// Bytes before the header: magic, format, length of the header, SHA-256 of what follows.
const PREAMBLE: usize = 8 + 4 + 4 + 32;

/// Why a weights file was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// It does not begin as a weights file does.
    Foreign,
    /// It is of another format than this program reads.
    Format {
        /// The number in the file.
        found: u32,
    },
    /// It ends too early, or its bytes are not those that were written.
    Damaged,
    /// The header is not what this program understands.
    Header(String),
    /// A tensor is missing, or of another type or shape than the header's settings ask for.
    Tensor {
        /// Its name.
        name: String,
        /// What was expected.
        expected: String,
    },
    /// A label that this program has no name for.
    Label(String),
}

impl fmt::Display for ModelError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelError::Foreign => write!(formatter, "not a weights file: it does not begin with LEGPARSE"),
            ModelError::Format { found } => {
                write!(formatter, "weights of format {found}; this program reads format {FORMAT}")
            }
            ModelError::Damaged => {
                write!(formatter, "damaged weights: the checksum differs; fetch or copy the file again")
            }
            ModelError::Header(message) => write!(formatter, "header of the weights: {message}"),
            ModelError::Tensor { name, expected } => {
                write!(formatter, "tensor {name} of the weights: expected {expected}")
            }
            ModelError::Label(label) => write!(formatter, "the weights name a label unknown here: {label:?}"),
        }
    }
}

impl std::error::Error for ModelError {}

impl From<ModelError> for DataError {
    fn from(error: ModelError) -> DataError {
        let hint = "see models/README.md".to_owned();
        DataError { file: "weights.bin".to_owned(), line: 0, message: error.to_string(), hint }
    }
}

/// Settings and labels, as the header gives them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) row_width: usize,
    pub(super) width: usize,
    pub(super) arc_width: usize,
    pub(super) label_width: usize,
    pub(super) dilations: Vec<usize>,
    pub(super) tags: Vec<String>,
    pub(super) deprels: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) scripts: Vec<String>,
    /// None where names are read off the states that all tasks share.
    pub(super) naming: Option<NamingHeader>,
    tensors: Vec<Entry>,
}

/// Settings of the layers for names alone.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamingHeader {
    pub(super) usage_width: usize,
    pub(super) width: usize,
    pub(super) dilations: Vec<usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    kind: Kind,
    shape: Vec<usize>,
    offset: usize,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    I8,
    U16,
    F16,
    U32,
    F32,
}

impl Kind {
    fn bytes(self) -> usize {
        match self {
            Kind::I8 => 1,
            Kind::U16 | Kind::F16 => 2,
            Kind::U32 | Kind::F32 => 4,
        }
    }
}

/// A checked weights file.
#[derive(Debug)]
pub(super) struct Weights<'a> {
    pub(super) header: Header,
    entries: FxHashMap<String, Entry>,
    payload: &'a [u8],
}

impl<'a> Weights<'a> {
    /// Checks the whole file and reads its header.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Weights<'a>, ModelError> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else { return Err(ModelError::Foreign) };
        let (format, rest) = number(rest)?;
        if format != FORMAT {
            return Err(ModelError::Format { found: format });
        }
        let (length, _) = number(rest)?;
        let checksum = bytes.get(PREAMBLE - 32..PREAMBLE).ok_or(ModelError::Damaged)?;
        let body = bytes.get(PREAMBLE..).ok_or(ModelError::Damaged)?;
        if Sha256::digest(body).as_slice() != checksum {
            return Err(ModelError::Damaged);
        }
        let (text, payload) = body.split_at_checked(length as usize).ok_or(ModelError::Damaged)?;
        let text = std::str::from_utf8(text).map_err(|error| ModelError::Header(error.to_string()))?;
        let header: Header =
            toml::from_str(text).map_err(|error| ModelError::Header(error.message().to_owned()))?;
        let entries = header.tensors.iter().map(|entry| (entry.name.clone(), entry.clone())).collect();
        Ok(Weights { header, entries, payload })
    }

    /// The first dimension of a tensor.
    pub(super) fn rows(&self, name: &str) -> Result<usize, ModelError> {
        self.entries.get(name).and_then(|entry| entry.shape.first().copied()).ok_or_else(|| missing(name))
    }

    /// A tensor of floats in full or half precision.
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let half = self.entries.get(name).is_some_and(|entry| entry.kind == Kind::F16);
        let floats: Vec<f32> = if half {
            let (halves, _) = self.bytes(name, Kind::F16, shape)?.as_chunks::<2>();
            halves.iter().map(|&bytes| f16::from_le_bytes(bytes).to_f32()).collect()
        } else {
            let (floats, _) = self.bytes(name, Kind::F32, shape)?.as_chunks::<4>();
            floats.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
        };
        if floats.iter().all(|float| float.is_finite()) {
            Ok(floats)
        } else {
            Err(ModelError::Tensor { name: name.to_owned(), expected: "finite numbers".to_owned() })
        }
    }

    /// A tensor of signed bytes.
    pub(super) fn signed(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, ModelError> {
        Ok(self.bytes(name, Kind::I8, shape)?.iter().map(|&byte| i8::from_le_bytes([byte])).collect())
    }

    /// A tensor of 32-bit numbers.
    pub(super) fn words(&self, name: &str, shape: &[usize]) -> Result<Vec<u32>, ModelError> {
        let (words, _) = self.bytes(name, Kind::U32, shape)?.as_chunks::<4>();
        Ok(words.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect())
    }

    /// A tensor of 16-bit numbers.
    pub(super) fn shorts(&self, name: &str, shape: &[usize]) -> Result<Vec<u16>, ModelError> {
        let (shorts, _) = self.bytes(name, Kind::U16, shape)?.as_chunks::<2>();
        Ok(shorts.iter().map(|&bytes| u16::from_le_bytes(bytes)).collect())
    }

    fn bytes(&self, name: &str, kind: Kind, shape: &[usize]) -> Result<&'a [u8], ModelError> {
        let entry = self.entries.get(name).ok_or_else(|| missing(name))?;
        let expected =
            || ModelError::Tensor { name: name.to_owned(), expected: format!("{kind:?} {shape:?}") };
        if entry.kind != kind || entry.shape != shape {
            return Err(expected());
        }
        let count = shape.iter().try_fold(kind.bytes(), |count, &size| count.checked_mul(size));
        let end = count.and_then(|count| entry.offset.checked_add(count)).ok_or_else(expected)?;
        let range: Range<usize> = entry.offset..end;
        self.payload.get(range).ok_or_else(expected)
    }
}

fn missing(name: &str) -> ModelError {
    ModelError::Tensor { name: name.to_owned(), expected: "it to be there".to_owned() }
}

fn number(bytes: &[u8]) -> Result<(u32, &[u8]), ModelError> {
    let (&number, rest) = bytes.split_first_chunk::<4>().ok_or(ModelError::Damaged)?;
    Ok((u32::from_le_bytes(number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, payload: &[u8]) -> Vec<u8> {
        let body = [header.as_bytes(), payload].concat();
        let length = u32::try_from(header.len()).unwrap().to_le_bytes();
        [MAGIC, &FORMAT.to_le_bytes(), &length, &Sha256::digest(&body), &body].concat()
    }

    const HEADER: &str = r#"
        row_width = 1
        width = 1
        arc_width = 1
        label_width = 1
        dilations = [1]
        tags = ["X"]
        deprels = ["root"]
        names = ["O"]
        scripts = []
        tensors = [{ name = "a", kind = "u16", shape = [2], offset = 1 }]
    "#;

    #[test]
    fn tensors_are_read_where_they_stand() {
        let bytes = file(HEADER, &[9, 1, 0, 0, 1]);
        let weights = Weights::open(&bytes).unwrap();
        assert_eq!(weights.shorts("a", &[2]).unwrap(), [1, 256]);
        assert!(matches!(weights.shorts("a", &[3]), Err(ModelError::Tensor { .. })));
        assert!(matches!(weights.words("a", &[2]), Err(ModelError::Tensor { .. })));
        assert!(matches!(weights.words("b", &[2]), Err(ModelError::Tensor { .. })));
    }

    #[test]
    fn a_tensor_beyond_the_end_is_refused() {
        let bytes = file(HEADER, &[9, 1, 0, 0]);
        assert!(matches!(Weights::open(&bytes).unwrap().shorts("a", &[2]), Err(ModelError::Tensor { .. })));
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let bytes = file(HEADER, &[9, 1, 0, 0, 1]);
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 0x40;
            assert!(Weights::open(&changed).is_err(), "byte {index}");
            assert!(Weights::open(&bytes[..index]).is_err(), "cut at {index}");
        }
    }

    #[test]
    fn other_files_are_refused_by_name() {
        assert_eq!(Weights::open(b"").unwrap_err(), ModelError::Foreign);
        assert_eq!(Weights::open(b"\x89PNG\r\n").unwrap_err(), ModelError::Foreign);
        let later = [MAGIC, &7_u32.to_le_bytes()].concat();
        assert_eq!(Weights::open(&later).unwrap_err(), ModelError::Format { found: 7 });
        let header = file("colour = 3", &[]);
        assert!(matches!(Weights::open(&header).unwrap_err(), ModelError::Header(_)));
    }
}
