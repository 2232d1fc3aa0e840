//! What is talked about: the topics of the register, where their words stand.

use crate::{Span, data::registers::Topics, parse::Parsed};

/// A topic where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicMention {
    /// Key in the register: `ukraine-war`.
    pub topic: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words that name it.
    pub span: Span,
}

/// How many bytes to either side of a name the words that belong to it can stand.
const AROUND: u32 = 300;

/// Mentions of topics in one sentence, at most.
const MOST: usize = 32;

/// The topics of a document, in the order of the text; only those talked about at its time.
#[must_use]
pub fn find(parsed: Parsed<'_>, topics: &Topics) -> Vec<TopicMention> {
    let mut found: Vec<TopicMention> = Vec::new();
    let day = parsed.document.published;
    for view in parsed.sentences() {
        let before = found.len();
        for word in 0..view.len() {
            let form = view.word(word);
            let capital = form.bytes().any(|byte| byte.is_ascii_uppercase());
            let form = if capital { form.to_lowercase().into() } else { std::borrow::Cow::Borrowed(form) };
            for (topic, parts) in topics.beginning(&form, day) {
                let start = view.span(word).start;
                let Some(span) = parts.first().and_then(|part| named(parsed.text(), start, part)) else {
                    continue;
                };
                let all = parts.len() < 2 || {
                    let text = around(parsed.text(), view.sentence.span, span);
                    parts.iter().skip(1).all(|part| stands_in(&text, part))
                };
                let known = found[before..]
                    .iter()
                    .any(|other| *other.topic == *topic.key && other.span.contains(span));
                if all && !known && found.len() - before < MOST {
                    found.push(TopicMention { topic: topic.key.to_string(), sentence: view.index, span });
                }
            }
        }
    }
    found
}

/// Whether a name stands at an offset, with nothing of a word behind it.
fn named(text: &str, start: u32, name: &str) -> Option<Span> {
    let rest = text.get(start as usize..)?;
    let piece = rest.get(..name.len()).filter(|piece| piece.eq_ignore_ascii_case(name))?;
    let ends = !rest.get(piece.len()..)?.starts_with(char::is_alphanumeric);
    ends.then(|| Span { start, end: start + u32::try_from(name.len()).unwrap_or(0) })
}

/// The text of a sentence around a name, in lower case.
fn around(text: &str, sentence: Span, name: Span) -> String {
    let mut start = sentence.start.max(name.start.saturating_sub(AROUND)) as usize;
    let mut end = sentence.end.min(name.end.saturating_add(AROUND)) as usize;
    while start > 0 && !text.is_char_boundary(start) {
        start -= 1;
    }
    while end < text.len() && !text.is_char_boundary(end) {
        end += 1;
    }
    text.get(start..end).unwrap_or_default().to_lowercase()
}

/// Whether a lowered text has a name between the ends of words.
fn stands_in(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(start, _)| {
        let before = text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let after =
            text.get(start + name.len()..).is_some_and(|after| after.starts_with(char::is_alphanumeric));
        !before && !after
    })
}
