//! A document's blocks in, sentences and words with byte spans out.
//!
//! Words are those of Universal Dependencies: "don't" is two words, "do" and "n't", each with its own span.

mod learned;
mod sentences;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::{
    Span,
    data::Data,
    source::{BlockKind, Document},
};
use words::Piece;

pub use learned::table_hash;

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
///
/// Sentences lie within blocks; furniture and the leads of blocks have none. Every character that is no blank belongs
/// to exactly one word.
#[must_use]
pub fn segment(document: &Document, data: &Data) -> Segments {
    cut(document, data, true)
}

/// As [`segment`], but by the rules alone, without the learned table: what the table is trained on.
#[must_use]
pub fn segment_by_rules(document: &Document, data: &Data) -> Segments {
    cut(document, data, false)
}

fn cut(document: &Document, data: &Data, learned: bool) -> Segments {
    let text = document.text.as_str();
    let lexicon = data.segmentation();
    let mut segments = Segments::default();
    segments.tokens.reserve(text.len() / 5);
    let mut pieces = Vec::new();
    let mut looks = learned::Block::default();
    for (index, block) in document.blocks.iter().enumerate() {
        let range = block.span.range();
        let start = (range.start + block.lead as usize).min(range.end);
        if block.kind == BlockKind::Furniture || text.get(start..range.end).is_none() {
            continue;
        }
        pieces.clear();
        words::cut(text, start, range.end, lexicon, &mut pieces);
        if learned {
            looks.set(text, &pieces);
        }
        let mut first = 0;
        while first < pieces.len() {
            let end = sentences::end(text, &pieces, first, lexicon, learned.then_some(&looks));
            segments.push(&pieces[first..end], small(index));
            first = end;
        }
    }
    segments
}

impl Segments {
    /// Adds one sentence; `pieces` is not empty.
    fn push(&mut self, pieces: &[Piece], block: u32) {
        let first = small(self.tokens.len());
        self.tokens.extend(
            pieces
                .iter()
                .map(|piece| Token { span: Span::new(piece.start, piece.end), joined: piece.joined }),
        );
        let span = Span::new(pieces[0].start, pieces[pieces.len() - 1].end);
        self.sentences.push(Sentence { span, tokens: first..small(self.tokens.len()), block });
    }
}

/// Indices fit: there are fewer words than bytes of text, whose number is limited.
fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
