//! Sentence ends that no mark shows: headlines, greetings, lists, forgotten stops. A small table, learned from treebanks.
//!
//! `train/segmenter.py` is the twin; the format of the table is in `models/README.md`.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::words::Piece;

/// The shipped table.
static SHIPPED_BYTES: &[u8] = include!(concat!(env!("OUT_DIR"), "/shipped_sentences.rs"));
static SHIPPED: LazyLock<Option<Table>> = LazyLock::new(|| Table::read(SHIPPED_BYTES));

/// SHA-256 of the shipped table of sentence ends, in hexadecimal.
#[must_use]
pub fn table_hash() -> String {
    crate::source::sha256(SHIPPED_BYTES)
}

const MAGIC: &[u8] = b"LEGSENTS\x01\0\0\0";
/// Words looked at before and after a gap.
const REACH: usize = 3;
/// Characters of a word that are looked at.
const LONGEST: usize = 16;
/// Least score between two capitalised words, which are mostly one name.
const NAME: f32 = 1.5;
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// Weights of hashed features, in 8 bits.
#[derive(Debug)]
struct Table {
    bias: f32,
    scale: f32,
    weights: Box<[i8]>,
}

impl Table {
    /// Reads a table; `None` if it is damaged, of another format, or of a size that is no power of two.
    fn read(bytes: &[u8]) -> Option<Table> {
        let (checksum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(32)?;
        if Sha256::digest(body).as_slice() != checksum {
            return None;
        }
        let (head, weights) = body.split_at_checked(12)?;
        let (numbers, _) = head.as_chunks::<4>();
        let count = usize::try_from(u32::from_le_bytes(numbers[2])).ok()?;
        (weights.len() == count && count.is_power_of_two()).then(|| Table {
            bias: f32::from_le_bytes(numbers[0]),
            scale: f32::from_le_bytes(numbers[1]),
            weights: weights.iter().map(|&byte| i8::from_le_bytes([byte])).collect(),
        })
    }
}

/// What is looked at in a word.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// Hash of its first characters, in small letters, digits as 0.
    plain: u64,
    shape: u64,
}

/// The words of one block as the table sees them.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// [`REACH`] places that stand for nothing before and after the words.
    looks: Vec<Look>,
}

impl Block {
    /// Takes over the words of a block.
    pub(super) fn set(&mut self, text: &str, pieces: &[Piece]) {
        let outside = Look { plain: fold(hash(['^'])), shape: fold(hash(['^'])) };
        self.looks.clear();
        self.looks.extend([outside; REACH]);
        self.looks.extend(pieces.iter().map(|piece| look(&text[piece.start..piece.end])));
        self.looks.extend([outside; REACH]);
    }

    /// Whether a sentence ends with the word `index`, which is the `count`th of it, though the rules see no end there.
    pub(super) fn ends(&self, text: &str, pieces: &[Piece], index: usize, count: usize) -> bool {
        let (Some(table), Some(next)) = (SHIPPED.as_ref(), pieces.get(index + 1)) else { return false };
        let (before, after) = (&text[pieces[index].start..pieces[index].end], &text[next.start..]);
        if !next.spaced || !is_candidate(before, after) {
            return false;
        }
        // In sums of whole numbers no rounding can differ.
        let mask = table.weights.len() - 1;
        let mut sum = 0_i32;
        self.features(index, count, |bucket| sum += i32::from(table.weights[bucket & mask]));
        #[allow(clippy::cast_precision_loss)] // some thousand at most
        let score = sum as f32 * table.scale + table.bias;
        let name = is_capitalised(before) && is_capitalised(after) && before.ends_with(char::is_alphanumeric);
        score > if name { NAME } else { 0.0 }
    }

    /// Calls `found` with the hash of every feature of the gap after word `index`.
    fn features(&self, index: usize, count: usize, mut found: impl FnMut(usize)) {
        let Some(&[third, second, first, next, after, last]) =
            self.looks.get(index + 1..index + 1 + 2 * REACH)
        else {
            return;
        };
        let (a1, a2, a3, b1, b2, b3) =
            (first.plain, second.plain, third.plain, next.plain, after.plain, last.plain);
        let (x1, x2, x3, y1, y2, y3) =
            (first.shape, second.shape, third.shape, next.shape, after.shape, last.shape);
        let length = length_class(count);
        let parts: [&[u64]; 21] = [
            &[a1],
            &[b1],
            &[a2],
            &[b2],
            &[a3],
            &[b3],
            &[x1, y1],
            &[x2, x1, y1],
            &[x1, y1, y2],
            &[x2, x1, y1, y2],
            &[a1, y1],
            &[x1, b1],
            &[a2, a1],
            &[b1, b2],
            &[a1, b1],
            &[x3, x2, x1],
            &[y1, y2, y3],
            &[length],
            &[length, x1, y1],
            &[a1, y1, y2],
            &[x2, x1, b1],
        ];
        for (number, parts) in (0_u64..).zip(parts) {
            let mixed = parts.iter().fold(step(START, number), |value, &part| step(value, part));
            found(usize::try_from(fold(mixed)).unwrap_or(0));
        }
    }
}

/// Between letters a sentence can only begin with a capital, a digit or a sign.
fn is_candidate(before: &str, after: &str) -> bool {
    let small = after.chars().next().is_some_and(char::is_lowercase);
    !(small && before.chars().next_back().is_some_and(char::is_alphanumeric))
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Words of the sentence so far.
fn length_class(count: usize) -> u64 {
    match count {
        0 | 1 => 0,
        2..=4 => count as u64 - 1,
        5..=7 => 4,
        8..=13 => 5,
        14..=24 => 6,
        _ => 7,
    }
}

fn look(word: &str) -> Look {
    let plain = |character: char| if character.is_ascii_digit() { '0' } else { character };
    let small = word.chars().flat_map(char::to_lowercase).take(LONGEST).map(plain);
    Look { plain: fold(hash(small)), shape: fold(shape(word)) }
}

/// Hash of the word with letters as X or x, digits as 0; a run of one class is cut after two, the whole after six.
fn shape(word: &str) -> u64 {
    let (mut run, mut last, mut count, mut value) = (0, None, 0, START);
    for character in word.chars() {
        let class = match character {
            _ if character.is_uppercase() => 'X',
            _ if character.is_lowercase() => 'x',
            _ if character.is_ascii_digit() => '0',
            _ if !character.is_ascii() => '?',
            _ => character,
        };
        run = if last == Some(class) { run + 1 } else { 1 };
        last = Some(class);
        if run <= 2 {
            value = add(value, class);
            count += 1;
        }
        if count == 6 {
            break;
        }
    }
    value
}

/// FNV-1a over the UTF-8 bytes of characters.
fn hash(characters: impl IntoIterator<Item = char>) -> u64 {
    characters.into_iter().fold(START, add)
}

fn add(value: u64, character: char) -> u64 {
    let mut buffer = [0; 4];
    character.encode_utf8(&mut buffer).bytes().fold(value, |value, byte| step(value, u64::from(byte)))
}

fn step(value: u64, part: u64) -> u64 {
    (value ^ part).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The 64 bits folded to 32.
fn fold(value: u64) -> u64 {
    (value ^ (value >> 32)) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_sound_and_a_damaged_one_is_not_used() {
        let table = Table::read(SHIPPED_BYTES).unwrap();
        assert_eq!(table.weights.len(), 1 << 15);
        for index in [0, 8, 20, 44, 60, SHIPPED_BYTES.len() - 1] {
            let mut changed = SHIPPED_BYTES.to_vec();
            changed[index] ^= 1;
            assert!(Table::read(&changed).is_none(), "byte {index}");
        }
        assert!(Table::read(&SHIPPED_BYTES[..100]).is_none());
        assert!(Table::read(b"").is_none());
    }

    #[test]
    fn shapes_and_forms_are_those_of_the_training_code() {
        let same = |word: &str, plain: &str, classes: &str| {
            let look = look(word);
            assert_eq!(look.plain, fold(hash(plain.chars())), "{word}");
            assert_eq!(look.shape, fold(hash(classes.chars())), "{word}");
        };
        same("Ankara", "ankara", "Xxx");
        same("NATO-led", "nato-led", "XX-xx");
        same("12:30", "00:00", "00:00");
        same("--", "--", "--");
        same("北京市", "北京市", "??");
        same("Donaudampfschifffahrt", "donaudampfschiff", "Xxx");
    }

    #[test]
    fn small_letters_after_letters_begin_nothing() {
        assert!(!is_candidate("talks", "end"));
        assert!(is_candidate("talks", "End"));
        assert!(is_candidate(":", "end"));
        assert!(is_candidate("talks", "- end"));
    }
}
