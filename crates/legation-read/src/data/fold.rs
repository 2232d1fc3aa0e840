//! Names folded so that their spellings meet: small letters without diacritics, cut into words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Writes a word in small letters without diacritics.
pub(crate) fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for letter in word.nfd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'ı' => folded.push('i'),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'þ' | 'Þ' => folded.push_str("th"),
            'ə' | 'Ə' => folded.push('a'),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Blanks, hyphens, full stops, apostrophes: no name ends here for them.
    Soft,
    /// A comma: only names that have one themselves reach over it.
    Comma,
    /// Brackets, quotes, colons: every name ends here.
    Hard,
}

/// Calls back for every run of letters and digits, with what stands before it.
pub(crate) fn for_each_word(text: &str, mut word: impl FnMut(usize, usize, Gap)) {
    let mut start = None;
    let mut gap = Gap::Soft;
    for (at, letter) in text.char_indices() {
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            word(from, at, gap);
            gap = Gap::Soft;
        }
        gap = gap.max(gap_of(letter));
    }
    if let Some(from) = start {
        word(from, text.len(), gap);
    }
}

/// What a mark between words does.
fn gap_of(letter: char) -> Gap {
    match letter {
        '.' | '-' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '&' | '/' => Gap::Soft,
        '\u{2010}'..='\u{2013}' => Gap::Soft,
        ',' => Gap::Comma,
        _ if letter.is_whitespace() => Gap::Soft,
        _ => Gap::Hard,
    }
}
