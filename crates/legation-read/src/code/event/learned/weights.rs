//! The event model's file (`models/README.md`): magic, checksum, and the tables.

use sha2::{Digest, Sha256};

use super::look::{BUCKETS, SLOTS};

const MAGIC: &[u8] = b"LEGEVENT\x01\0\0\0";
/// Numbers of a word's vector.
pub(super) const WIDTH: usize = 64;
/// Units of the hidden layer.
pub(super) const HIDDEN: usize = 64;
/// PLOVER's types.
pub(super) const KINDS: usize = 16;
/// Two sets of scores: the type itself, and the type under which PLOVER reports it.
pub(super) const OUTPUTS: usize = 2 * KINDS;

/// The tables, as the file has them.
#[derive(Debug)]
pub(super) struct Tables {
    /// A row a bucket.
    pub(super) buckets: Box<[i8]>,
    /// What the columns of `buckets` are multiplied with.
    pub(super) scale: Box<[f32]>,
    /// A row for each number of each slot.
    pub(super) slots: Box<[f32]>,
    pub(super) bias: Box<[f32]>,
    /// A row an output.
    pub(super) out: Box<[f32]>,
    pub(super) out_bias: Box<[f32]>,
    /// By which the scores of each set are divided, so that probabilities are as they come out.
    pub(super) temperatures: Box<[f32]>,
}

impl Tables {
    /// Reads a file; `None` if it is damaged, cut, longer than it should be, or of another format.
    pub(super) fn read(bytes: &[u8]) -> Option<Tables> {
        let (checksum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(32)?;
        if Sha256::digest(body).as_slice() != checksum {
            return None;
        }
        let (buckets, floats) = body.split_at_checked(BUCKETS * HIDDEN)?;
        let (floats, rest) = floats.as_chunks::<4>();
        let mut floats = floats.iter().map(|&bytes| f32::from_le_bytes(bytes));
        let mut take = |count: usize| -> Box<[f32]> { floats.by_ref().take(count).collect() };
        let tables = Tables {
            buckets: buckets.iter().map(|&byte| i8::from_le_bytes([byte])).collect(),
            scale: take(HIDDEN),
            slots: take(SLOTS * WIDTH * HIDDEN),
            bias: take(HIDDEN),
            out: take(OUTPUTS * HIDDEN),
            out_bias: take(OUTPUTS),
            temperatures: take(2),
        };
        let all =
            [&tables.scale, &tables.slots, &tables.bias, &tables.out, &tables.out_bias, &tables.temperatures];
        let finite = all.iter().all(|table| table.iter().all(|value| value.is_finite()));
        let positive = tables.temperatures.iter().all(|&temperature| temperature > 0.0);
        (rest.is_empty() && tables.temperatures.len() == 2 && floats.next().is_none() && finite && positive)
            .then_some(tables)
    }
}

#[cfg(test)]
mod tests {
    use super::super::SHIPPED_BYTES;
    use super::*;

    #[test]
    fn the_shipped_model_is_sound_and_small() {
        assert!(Tables::read(SHIPPED_BYTES).is_some());
        assert!(SHIPPED_BYTES.len() < 2_000_000, "{}", SHIPPED_BYTES.len());
    }

    #[test]
    fn damaged_cut_and_longer_files_are_refused() {
        for index in [0, 8, 12, 43, 44, SHIPPED_BYTES.len() / 2, SHIPPED_BYTES.len() - 1] {
            let mut changed = SHIPPED_BYTES.to_vec();
            changed[index] ^= 0x40;
            assert!(Tables::read(&changed).is_none(), "byte {index}");
            assert!(Tables::read(&SHIPPED_BYTES[..index]).is_none(), "cut at {index}");
        }
        assert!(Tables::read(&[SHIPPED_BYTES, &[0]].concat()).is_none());
        assert!(Tables::read(b"").is_none());
    }

    #[test]
    fn a_checksum_does_not_make_wrong_sizes_right() {
        let body = [0_u8; 64];
        let file = [MAGIC, Sha256::digest(body).as_slice(), &body].concat();
        assert!(Tables::read(&file).is_none());
    }
}
