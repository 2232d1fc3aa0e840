//! A cheap look at the language: enough to say that a text is no English.

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 8000;

/// Fewer words than this say nothing.
const FEWEST: usize = 12;

const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "for", "on", "with", "was", "by", "as", "at", "from", "it",
    "he", "his", "be", "has", "have", "had", "will", "are", "said", "not", "an", "who", "its", "would",
    "were", "been", "this",
];

/// What the words say about the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    English,
    Other,
    /// Too little text.
    Unknown,
}

/// Looks for English function words in the head of a text.
pub(super) fn guess(text: &str) -> Guess {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let letters = sample.chars().filter(|character| character.is_alphabetic()).count();
    let latin = sample.chars().filter(|character| character.is_ascii_alphabetic()).count();
    if letters > 40 && latin * 2 < letters {
        return Guess::Other;
    }
    let (mut words, mut english) = (0_usize, 0_usize);
    for word in sample.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if words < FEWEST {
        Guess::Unknown
    } else if english * 100 >= words * 12 {
        Guess::English
    } else if words >= 40 && english * 100 < words * 9 {
        Guess::Other
    } else {
        Guess::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::{Guess, guess};

    #[test]
    fn english_is_told_from_its_neighbours() {
        assert_eq!(
            guess("The envoys of the two states said on Friday that the talks will go on in May."),
            Guess::English
        );
        let german = "Die Außenminister der beiden Staaten haben am Freitag in Genf vereinbart, die Gespräche fortzusetzen. ";
        assert_eq!(guess(&german.repeat(4)), Guess::Other);
        assert_eq!(guess(&"Министры встретились в Женеве. ".repeat(4)), Guess::Other);
        assert_eq!(guess("Talks go on"), Guess::Unknown);
    }
}
