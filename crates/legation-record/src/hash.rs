//! Hashes that are the same on every machine and in every version of a record.

use std::hash::Hasher;

use sha2::{Digest as _, Sha256};

/// SHA-256 of bytes, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of bytes: 64 bits, FNV-1a with a final mix.
pub(crate) fn of(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(hash)
}

/// Another hash for every seed (the finaliser of splitmix64).
pub(crate) fn mix(value: u64) -> u64 {
    let mut value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Bits of a filed hash below those of its period.
const FILED: u32 = 40;

/// A hash to file something under by which it is looked for: it begins with a period of time, so that what is of one time
/// lies close together in the store, however large it is.
pub(crate) fn filed(period: i64, hash: u64) -> i64 {
    period << FILED | (hash >> (u64::BITS - FILED)).cast_signed()
}

/// The period that a filed hash begins with.
pub(crate) fn period(filed: i64) -> i64 {
    filed >> FILED
}

/// Hashes numbers of rows for a map in memory: they are spread well enough, and nobody chooses them to collide.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowHasher(u64);

impl Hasher for RowHasher {
    fn finish(&self) -> u64 {
        mix(self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 ^ self.0 >> 56 ^ u64::from(byte);
        }
    }

    fn write_i64(&mut self, number: i64) {
        self.0 ^= number.cast_unsigned();
    }
}

/// Words of a text in small letters: runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{of, words};

    #[test]
    fn hashes_are_those_of_earlier_records() {
        assert_eq!(of(b""), 0xc381_7c01_6ba4_ff30);
        assert_ne!(of(b"a"), of(b"b"));
        assert_eq!(
            words("Its envoy's 3-day visit").collect::<Vec<_>>(),
            ["its", "envoy", "s", "3", "day", "visit"]
        );
    }
}
