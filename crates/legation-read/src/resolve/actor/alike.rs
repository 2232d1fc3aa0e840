//! Names written in more than one way: "Poroshenko" and "Porochenko", "Ashraf Ghani" and "Mohammad Ashraf Ghani".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words shorter than this say too little: "al", "bin", "Dr".
const SHORTEST: usize = 3;

/// Whether a written name can be one of the names that somebody is known by: they share a word of some length, spelt
/// alike.
pub(super) fn is_alike<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> bool {
    let written = plain_words(written);
    let known: Vec<Vec<char>> = known.into_iter().flat_map(plain_words).collect();
    written.iter().any(|word| known.iter().any(|other| are_spelt_alike(word, other)))
}

/// The words of a name in small letters without diacritics, short ones left out.
fn plain_words(name: &str) -> Vec<Vec<char>> {
    let words = name.split(|letter: char| letter.is_whitespace() || letter == '-' || letter == '.');
    words
        .map(|word| {
            let letters = word.nfd().filter(|letter| letter.is_alphabetic() && !is_combining_mark(*letter));
            letters.flat_map(char::to_lowercase).collect::<Vec<char>>()
        })
        .filter(|word| word.len() >= SHORTEST)
        .collect()
}

/// Equal, or with one letter in four (at most three) added, left out or changed.
fn are_spelt_alike(left: &[char], right: &[char]) -> bool {
    let allowed = (left.len().min(right.len()) / 4).min(3);
    left.len().abs_diff(right.len()) <= allowed && distance(left, right) <= allowed
}

/// How many letters must be added, left out or changed; both words are those of a name, so short.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, letter) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (at, other) in right.iter().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn spellings_of_one_name_are_alike() {
        assert!(is_alike("Petro Porochenko", ["Petro Poroshenko"]));
        assert!(is_alike("Mohammad Ashraf Ghani", ["Ashraf Ghani"]));
        assert!(is_alike("Robert Kochariyan", ["Robert Kocharyan"]));
        assert!(is_alike("Süleyman Demirel", ["Suleyman Demirel"]));
    }

    #[test]
    fn other_names_are_not() {
        assert!(!is_alike("Hamad bin Isa", ["Jaber Al-Ahmad"]));
        assert!(!is_alike("Xi", ["Li"]));
        assert!(!is_alike("Jose Batista", ["Juan Bautizada"]));
    }
}
