//! What holds for every reading of any bytes whatever.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::sync::LazyLock;

use legation_read::{Input, Reader, Reading, Span};
use proptest::prelude::*;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::shipped().unwrap());

/// Pieces of news and of what goes wrong in it; shuffled, they make texts that no newspaper ever printed.
const PIECES: &[&str] = &[
    "The Kenyan president",
    "President",
    "Wang",
    "Russia",
    "U.S.",
    "Gen. Smith Jr.",
    "the two leaders",
    "both sides",
    "Moscow",
    "the EU",
    "Georgia's",
    "he",
    "their",
    "officials",
    "protesters",
    "said",
    "denied that",
    "met with",
    "agreed to",
    "plans to visit",
    "was accused of",
    "did not attack",
    "imposed sanctions on",
    "told",
    "warned",
    "according to",
    "if",
    "will",
    "has not confirmed",
    "on Tuesday",
    "last week",
    "in May",
    "May 3-5",
    "Feb. 30",
    "two days after",
    "the 1990s",
    "since 2023",
    "at 25:61",
    "31 September 0000",
    "year 99999",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "—",
    "-",
    "…",
    "...",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "\n",
    "\n\n",
    "\r\n",
    "\u{ad}",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "é",
    "ﬁ",
    "Ａ",
    "𝐀",
    "🇺🇳",
    "<p>",
    "</p>",
    "<div>",
    "&amp;",
    "&#0;",
    "<script>",
    "$200 billion",
    "1,000.5",
    "don't",
    "cannot",
    "Comments",
    "By ",
    "- ",
    "* ",
    "1. ",
];

fn news() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec((piece, any::<bool>()), 0..120).prop_map(|pieces| {
        let mut text = String::new();
        for (piece, blank) in pieces {
            text.push_str(piece);
            if blank {
                text.push(' ');
            }
        }
        text.into_bytes()
    })
}

/// Every span of a reading, with its name.
fn spans(reading: &Reading) -> Vec<(&'static str, Span)> {
    let mut spans = Vec::new();
    spans.extend(reading.document.blocks.iter().map(|block| ("block", block.span)));
    spans.extend(reading.segments.tokens.iter().map(|token| ("token", token.span)));
    spans.extend(reading.segments.sentences.iter().map(|sentence| ("sentence", sentence.span)));
    spans.extend(reading.actors.iter().flat_map(|actor| &actor.mentions).map(|&span| ("actor", span)));
    spans.extend(reading.places.iter().flat_map(|place| &place.mentions).map(|&span| ("place", span)));
    spans.extend(reading.dates.iter().map(|date| ("date", date.span)));
    spans.extend(reading.events.iter().map(|event| ("trigger", event.trigger)));
    for statement in &reading.statements {
        spans.extend(statement.content.iter().map(|&span| ("content", span)));
        spans.extend(statement.cue.map(|span| ("cue", span)));
        spans.extend(statement.speaker_span.map(|span| ("speaker", span)));
    }
    let positions = reading.expectations.iter().flat_map(|expectation| &expectation.positions);
    spans.extend(positions.map(|position| ("position", position.span)));
    spans.extend(reading.relations.iter().map(|relation| ("relation", relation.span)));
    spans
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let published = Some(jiff::civil::date(2024, 2, 29));
    let reading = READER.read(&Input { published, ..Input::new("any", bytes) });
    let text = &reading.document.text;
    for (name, span) in spans(&reading) {
        let words = text.get(span.range());
        prop_assert!(words.is_some_and(|words| !words.trim().is_empty()), "{name} {span:?} of {text:?}");
    }
    check_tokens(&reading)?;
    check_trees(&reading)?;
    check_numbers(&reading)
}

/// Tokens and blanks rebuild every sentence, and every block is covered but for its lead.
fn check_tokens(reading: &Reading) -> Result<(), TestCaseError> {
    let text = &reading.document.text;
    let mut end = 0;
    for token in &reading.segments.tokens {
        prop_assert!(token.span.start >= end, "tokens overlap at {:?}", token.span);
        end = token.span.end;
    }
    let mut last = 0;
    for sentence in &reading.segments.sentences {
        let tokens = reading.segments.of(sentence);
        prop_assert_eq!(sentence.tokens.start, last, "sentences share or skip words");
        last = sentence.tokens.end;
        let mut at = sentence.span.start;
        for token in tokens {
            let gap = &text[at as usize..token.span.start as usize];
            prop_assert!(gap.trim().is_empty(), "lost {gap:?}");
            at = token.span.end;
        }
        prop_assert_eq!(at, sentence.span.end);
    }
    prop_assert_eq!(last as usize, reading.segments.tokens.len());
    Ok(())
}

/// One root each, no cycle, names inside the sentence.
fn check_trees(reading: &Reading) -> Result<(), TestCaseError> {
    prop_assert_eq!(reading.trees.len(), reading.segments.sentences.len());
    for (tree, sentence) in reading.trees.iter().zip(&reading.segments.sentences) {
        let words = reading.segments.of(sentence).len();
        prop_assert_eq!(tree.len(), words);
        prop_assert_eq!((0..words).filter(|&word| tree.head(word).is_none()).count(), 1);
        prop_assert_eq!(tree.subtree(tree.root()).len(), words);
        prop_assert!(
            tree.names.iter().all(|name| name.words.start < name.words.end && name.words.end <= words)
        );
    }
    Ok(())
}

/// References stay inside the reading.
fn check_numbers(reading: &Reading) -> Result<(), TestCaseError> {
    let actors = u32::try_from(reading.actors.len()).unwrap();
    for event in &reading.events {
        prop_assert!(event.actors.iter().chain(&event.recipients).all(|actor| actor.0 < actors));
        prop_assert!(event.sentence < reading.trees.len());
        prop_assert!((0.0..=1.0).contains(&event.confidence) && (-10.0..=10.0).contains(&event.intensity));
        prop_assert!(event.same_as.is_none_or(|other| (other.0 as usize) < reading.events.len()));
    }
    for statement in &reading.statements {
        let parties = statement.speaker.iter().chain(&statement.addressee).chain(&statement.via);
        prop_assert!(parties.into_iter().all(|actor| actor.0 < actors));
        prop_assert!(!statement.content.is_empty());
    }
    for expectation in &reading.expectations {
        prop_assert!(expectation.who.iter().all(|actor| actor.0 < actors));
        prop_assert!(expectation.events.iter().all(|event| (event.0 as usize) < reading.events.len()));
    }
    for date in &reading.dates {
        prop_assert!(date.first.is_none_or(|day| day.year() >= 1));
        prop_assert!(date.first.is_none() || date.last.is_none() || date.first <= date.last, "{date:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_news_like_text_is_read(bytes in news()) {
        check(&bytes)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes)?;
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        check(text.as_bytes())?;
    }
}
