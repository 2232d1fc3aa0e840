//! A document's blocks in, sentences and words with byte spans out.
//!
//! Words are those of Universal Dependencies: "don't" is two words, "do" and "n't", each with its own span.

use std::ops::Range;

use crate::{Span, data::Data, source::Document};

/// One word in the sense of Universal Dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never empty.
    pub span: Span,
    /// Whether it continues the written word before it ("n't" of "don't"): the two are one multi-word token.
    pub joined: bool,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last word.
    pub span: Span,
    /// Its words, as a range of [`Segments::tokens`]; never empty.
    pub tokens: Range<u32>,
    /// The block it stands in, an index of `Document::blocks`.
    pub block: u32,
}

/// All words and sentences of a document, in order.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// The words.
    pub tokens: Vec<Token>,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

impl Segments {
    /// The words of a sentence.
    #[must_use]
    pub fn of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.start as usize..sentence.tokens.end as usize).unwrap_or(&[])
    }
}

/// Cuts a document into sentences and words.
#[must_use]
pub fn segment(document: &Document, _data: &Data) -> Segments {
    let mut segments = Segments::default();
    for (index, block) in document.blocks.iter().enumerate() {
        let first = u32::try_from(segments.tokens.len()).unwrap_or(u32::MAX);
        let mut start = block.span.start as usize;
        for piece in block.span.of(&document.text).split_inclusive(' ') {
            let end = start + piece.trim_end().len();
            if end > start {
                segments.tokens.push(Token { span: Span::new(start, end), joined: false });
            }
            start += piece.len();
        }
        let last = u32::try_from(segments.tokens.len()).unwrap_or(u32::MAX);
        if last > first {
            let block_index = u32::try_from(index).unwrap_or(u32::MAX);
            segments.sentences.push(Sentence { span: block.span, tokens: first..last, block: block_index });
        }
    }
    segments
}
