//! The words a row rests on, short enough for a table.

use legation_read::{Reading, Span};

/// Blanks folded and cut after `most` characters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", folded[..end].trim_end()),
        None => folded,
    }
}

/// The part of a sentence around a trigger, `most` characters of it.
pub(super) fn around(reading: &Reading, sentence: usize, trigger: Span, most: usize) -> String {
    let text = &reading.document.text;
    let whole = reading.segments.sentences.get(sentence).map_or(trigger, |sentence| sentence.span);
    let before = text.get(whole.start as usize..trigger.start as usize).unwrap_or("");
    let room = most / 2;
    let start = before
        .char_indices()
        .rev()
        .nth(room)
        .map_or(0, |(offset, _)| before[offset..].find(' ').map_or(offset, |blank| offset + blank + 1));
    let lead = if start > 0 { "…" } else { "" };
    let from = &text[whole.start as usize + start..whole.end as usize];
    format!("{lead}{}", shortened(from, most))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_words_are_cut_at_characters() {
        assert_eq!(shortened("a  b\nc", 10), "a b c");
        assert_eq!(shortened("ééééé", 3), "ééé…");
        assert_eq!(shortened("", 3), "");
    }
}
