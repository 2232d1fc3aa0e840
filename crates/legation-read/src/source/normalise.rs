//! The one place where odd characters are settled.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Appends `text` to `out`: canonical composition (NFC), one kind of line end, one kind of blank and never two in a
/// row, and no control, zero-width or soft-hyphen characters.
///
/// Typographic quotation marks and dashes stay as they are.
pub(super) fn push(text: &str, out: &mut String) {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        push_characters(text.chars(), out);
    } else {
        push_characters(text.nfc(), out);
    }
}

fn push_characters(characters: impl Iterator<Item = char>, out: &mut String) {
    let mut characters = characters.peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    push_line_end(out);
                }
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => push_line_end(out),
            '\'' if characters.peek() == Some(&'\'') => {
                characters.next();
                out.push('”');
            }
            '`' if characters.peek() == Some(&'`') => {
                characters.next();
                out.push('“');
            }
            ',' if characters.peek() == Some(&',') && out.ends_with([' ', '\n']) => {
                characters.next();
                out.push('„');
            }
            character if is_dropped(character) => {}
            character if character.is_whitespace() => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            '\u{2010}' | '\u{2011}' | '\u{2212}' => out.push('-'),
            '\u{FB00}'..='\u{FB04}' => out.push_str(ligature(character)),
            character => out.push(character),
        }
    }
}

fn push_line_end(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Characters without a look of their own: soft hyphens, zero widths, directions, controls.
fn is_dropped(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFC}'
    ) || (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
}

fn ligature(character: char) -> &'static str {
    match character {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        _ => "ffl",
    }
}

#[cfg(test)]
mod tests {
    fn normal(text: &str) -> String {
        let mut out = String::new();
        super::push(text, &mut out);
        out
    }

    #[test]
    fn odd_characters_become_plain() {
        assert_eq!(normal("\u{FEFF}a\u{A0}\u{2003}b\r\nc\rd\u{AD}e\u{200B}f\0"), "a b\nc\ndef");
        assert_eq!(normal("``No,'' she said — “no”"), "“No,” she said — “no”");
        assert_eq!(normal("cafe\u{301} \u{FB01}nal E\u{2011}3"), "café final E-3");
        assert_eq!(normal("\n\n  a \t \n\n\n b"), "a\n\nb");
    }

    #[test]
    fn normal_text_stays_as_it_is() {
        for text in ["a b", "Żółć\n\nĐorđe", "“a” … ‘b’ – c"] {
            assert_eq!(normal(text), text);
            assert_eq!(normal(&normal(text)), normal(text));
        }
    }
}
