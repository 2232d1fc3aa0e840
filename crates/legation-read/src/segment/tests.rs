use std::sync::OnceLock;

use super::{Segments, segment};
use crate::data::Data;
use crate::source::{Document, verbatim};

fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(|| {
        let files: Vec<_> = Data::shipped_files().collect();
        Data::load(&files).expect("sound shipped data")
    })
}

fn read(text: &str) -> (Document, Segments) {
    let document = verbatim("x", text, None);
    let segments = segment(&document, data());
    (document, segments)
}

/// Checks that words and blanks rebuild the text, in order, and that sentences cover the words.
fn check_cover(text: &str) {
    let (document, segments) = read(text);
    let mut position = 0;
    for token in &segments.tokens {
        let range = token.span.range();
        assert!(range.start >= position && range.end > range.start, "{text:?}: {:?}", token.span);
        let gap = &document.text[position..range.start];
        assert!(gap.chars().all(char::is_whitespace), "{text:?}: {gap:?} is in no word");
        assert!(!token.joined || gap.is_empty(), "{text:?}: a joined word after a blank");
        assert!(!token.span.of(text).chars().any(char::is_whitespace), "{text:?}: a blank in a word");
        position = range.end;
    }
    assert!(document.text[position..].trim().is_empty(), "{text:?}: words are missing at the end");
    let mut next = 0;
    for sentence in &segments.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(sentence.tokens.end > next);
        let words = segments.of(sentence);
        assert_eq!(sentence.span, words[0].span.cover(words[words.len() - 1].span));
        next = sentence.tokens.end;
    }
    assert_eq!(next as usize, segments.tokens.len());
}

/// A small generator of pseudo-random numbers (xorshift), so that failures repeat.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap_or(0)
    }
}

#[test]
fn words_and_blanks_rebuild_any_text() {
    const PARTS: &[&str] = &[
        "Gen", ".", " ", "  ", "U.S", "’", "'", "“", "”", "\"", "…", "...", "?", "!", "n’t", "do", "cannot",
        "-", "--", "—", "$", "€", "1,000.5", "10", ":", "30", "pm", "(", ")", "[", "]", "#", "@", "a", "I",
        "é", "e\u{301}", "http://", "www.", "x.org", "%", "/", "&", ";)", "\n", "\n\n", "\u{a0}", "\u{200b}",
        "北京", "😀", "The", "s", "`", "``", "''", "*", "=", "<", ">", "No", "anti", "e", "mailto:", "_",
        "+", "\t", "‘", "½", "٣",
    ];
    let mut numbers = Numbers(88_172_645_463_325_252);
    for _ in 0..4_000 {
        let length = numbers.below(14) + 1;
        let text: String = (0..length).map(|_| PARTS[numbers.below(PARTS.len())]).collect();
        check_cover(&text);
    }
}

#[test]
fn every_listed_abbreviation_keeps_its_class() {
    let data = data();
    let file = Data::shipped_files().find(|file| file.path == "lexicon/abbreviations.tsv").expect("the file");
    let count = |text: &str| segment(&verbatim("x", text, None), data).sentences.len();
    let mut rows = 0;
    for line in file.text.lines().skip(1) {
        let (form, class) = line.split_once('\t').expect("two columns");
        assert_eq!(
            count(&format!("Near {form}. Okoro people met.")),
            if class == "number" { 2 } else { 1 },
            "{form}"
        );
        assert_eq!(count(&format!("Near {form}. 10 people met.")), 1, "{form}");
        let ends = matches!(class, "any" | "tail" | "number");
        assert_eq!(count(&format!("Near {form}. They met.")), if ends { 2 } else { 1 }, "{form}");
        rows += 1;
    }
    assert!(rows > 200);
}

#[test]
fn long_input_takes_linear_time() {
    let samples = [
        "a".repeat(400_000),
        "a.".repeat(200_000),
        "1-".repeat(200_000),
        "www.".repeat(100_000),
        "a@".repeat(200_000),
        "don't'".repeat(60_000),
        ". ".repeat(200_000),
        "U.S. \" ".repeat(60_000),
        "?\" A A A A A A ".repeat(100_000),
        "(".repeat(400_000),
        "“".repeat(100_000),
        "-".repeat(400_000),
        "http://".repeat(60_000),
        "1/".repeat(200_000),
        "A&".repeat(200_000),
        "Mr. ) ".repeat(60_000),
    ];
    for sample in &samples {
        check_cover(sample);
    }
}
