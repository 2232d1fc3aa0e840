//! What the parser looks at in a word: its form, affixes and letter groups, as hashes.
//!
//! `train/legation_train/text.py` computes the same; `tests/parse.rs` compares the two.

use std::ops::Range;

/// Characters of a word that are looked at: the first and last half of them.
const LONGEST: usize = 32;
/// Groups of features: the whole word, its affixes and shape, its letter groups, and its vector of before training.
pub(super) const GROUPS: [&str; 4] = ["word", "affix", "gram", "vector"];
/// The place of the vectors among the groups.
pub(super) const VECTOR: usize = 3;

/// FNV-1a over bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) const START: Hash = Hash(0xcbf2_9ce4_8422_2325);

    #[must_use]
    pub(super) fn add(self, text: &str) -> Hash {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Hash(text.bytes().fold(self.0, step))
    }

    /// The 64 bits folded to 32.
    #[allow(clippy::cast_possible_truncation)] // the fold is meant to cut
    pub(super) fn fold(self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}

/// The hash of a word's vector; the word may be in capitals, but must be of plain letters and marks.
pub(super) fn vector_hash(word: &str) -> u32 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    Hash(word.bytes().fold(Hash::START.add("v").0, |hash, byte| step(hash, byte.to_ascii_lowercase()))).fold()
}

/// Buffers for the features of one word after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Extractor {
    normal: String,
    lower: String,
    shape: String,
    /// The word in small letters between `^` and `$`.
    bounded: String,
    /// The byte offset of each character of `bounded`, and of its end.
    ends: Vec<usize>,
}

impl Extractor {
    /// Calls `found` with the group and the hash of every feature of a word.
    pub(super) fn extract(&mut self, form: &str, mut found: impl FnMut(usize, u32)) {
        self.prepare(form);
        found(0, Hash::START.add("w").add(&self.lower).fold());
        if self.normal != self.lower {
            found(0, Hash::START.add("c").add(&self.normal).fold());
        }
        found(VECTOR, Hash::START.add("v").add(&self.lower).fold());
        found(1, Hash::START.add("s").add(&self.shape).fold());
        self.bound();
        let length = self.ends.len() - 3; // without the bounds
        for count in 1..5.min(length) {
            found(1, Hash::START.add("p").add(self.piece(1..1 + count)).fold());
        }
        for count in 1..6.min(length) {
            found(1, Hash::START.add("e").add(self.piece(1 + length - count..1 + length)).fold());
        }
        for count in [3, 4] {
            for start in 0..(length + 3).saturating_sub(count) {
                found(2, Hash::START.add("g").add(self.piece(start..start + count)).fold());
            }
        }
    }

    /// Fills `normal`, `lower` and `shape`.
    fn prepare(&mut self, form: &str) {
        normalise(form, &mut self.normal);
        self.lower.clear();
        self.lower.extend(self.normal.chars().flat_map(char::to_lowercase));
        self.shape.clear();
        shape(&self.normal, &mut self.shape);
    }

    /// Fills `bounded` and `ends`.
    fn bound(&mut self) {
        self.bounded.clear();
        self.bounded.push('^');
        self.bounded.push_str(&self.lower);
        self.bounded.push('$');
        self.ends.clear();
        self.ends.extend(self.bounded.char_indices().map(|(offset, _)| offset));
        self.ends.push(self.bounded.len());
    }

    /// Characters of the bounded word.
    fn piece(&self, range: Range<usize>) -> &str {
        &self.bounded[self.ends[range.start]..self.ends[range.end]]
    }
}

/// Typographic marks in plain type; `None` where the character stays.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        '’' | '‘' | '‛' | '′' | '`' | '´' => "'",
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        '–' | '‐' | '‑' | '−' => "-",
        '—' | '―' => "--",
        '…' => "...",
        '0'..='9' => "0",
        _ => return None,
    })
}

/// Writes the form with typographic marks in plain type, digits as 0, addresses as one word, at most `LONGEST`
/// characters.
fn normalise(form: &str, out: &mut String) {
    out.clear();
    if form == "``" || form == "''" {
        out.push('"');
    } else if form.contains("://") || form.starts_with("www.") {
        out.push_str("<url>");
    } else if form.contains('@') && form.chars().nth(3).is_some() && !form.starts_with('@') {
        out.push_str("<mail>");
    } else {
        for character in form.chars() {
            match plain(character) {
                Some(text) => out.push_str(text),
                None => out.push(character),
            }
        }
        cut_middle(out);
    }
}

fn cut_middle(text: &mut String) {
    let count = text.chars().count();
    if count <= LONGEST {
        return;
    }
    let offset = |index| text.char_indices().nth(index).map_or(text.len(), |(offset, _)| offset);
    let range = offset(LONGEST / 2)..offset(count - LONGEST / 2);
    text.replace_range(range, "");
}

/// Writes the form with letters as X or x; a run of one class is cut after three, the whole after twelve.
fn shape(form: &str, out: &mut String) {
    let (mut run, mut count, mut last) = (0, 0, '\0');
    for character in form.chars() {
        let class = match character {
            _ if character.is_uppercase() => 'X',
            _ if character.is_lowercase() => 'x',
            _ if !character.is_ascii() => '?',
            _ => character,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 3 {
            out.push(class);
            count += 1;
        }
        if count == 12 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(form: &str) -> String {
        let mut out = String::new();
        normalise(form, &mut out);
        out
    }

    fn shape_of(form: &str) -> String {
        let mut out = String::new();
        shape(&normal(form), &mut out);
        out
    }

    #[test]
    fn marks_and_digits_are_made_plain() {
        assert_eq!(normal("doesn’t"), "doesn't");
        assert_eq!(normal("“"), "\"");
        assert_eq!(normal("1994–95"), "0000-00");
        assert_eq!(normal("https://example.org/a"), "<url>");
        assert_eq!(normal("press@example.org"), "<mail>");
        assert_eq!(normal("@handle"), "@handle");
    }

    #[test]
    fn long_words_keep_both_ends() {
        let word = format!("{}é{}", "a".repeat(40), "b".repeat(40));
        assert_eq!(normal(&word), format!("{}{}", "a".repeat(16), "b".repeat(16)));
    }

    #[test]
    fn shapes_cut_runs() {
        assert_eq!(shape_of("Ankara"), "Xxxx");
        assert_eq!(shape_of("NATO-led"), "XXX-xxx");
        assert_eq!(shape_of("20,000"), "00,000");
        assert_eq!(shape_of("١"), "?");
    }

    #[test]
    fn every_word_has_features_even_an_empty_one() {
        for form in ["", "a", "é", "\u{301}", "ab", "İstanbul", "\u{1F1FA}\u{1F1F3}"] {
            let mut count = [0; GROUPS.len()];
            Extractor::default().extract(form, |group, _| count[group] += 1);
            assert!(count[0] >= 1 && count[1] >= 1, "{form:?} {count:?}");
        }
    }
}
