//! Sentences in; tags, lemmas, trees and names out.

mod decode;
mod features;
mod kernel;
mod lemma;
mod mend;
mod naming;
mod network;
mod parser;
mod simd;
mod tree;
mod weights;

pub use parser::Parser;
pub use tree::{
    Deprel, Feats, Mood, Name, NameKind, Number, Person, Step, Tense, Tree, Upos, VerbForm, Word,
};
pub use weights::ModelError;

use crate::{
    Span,
    segment::{Segments, Sentence, Token},
    source::Document,
};

/// The shipped weights.
static SHIPPED_WEIGHTS: &[u8] = include!(concat!(env!("OUT_DIR"), "/shipped_weights.rs"));

/// A document with its words, sentences and trees: what every later stage reads.
#[derive(Clone, Copy, Debug)]
pub struct Parsed<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its words and sentences.
    pub segments: &'a Segments,
    /// One tree a sentence.
    pub trees: &'a [Tree],
}

impl<'a> Parsed<'a> {
    /// Number of sentences.
    #[must_use]
    pub fn len(&self) -> usize {
        self.trees.len()
    }

    /// Whether there is no sentence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// The document's text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.document.text
    }

    /// Sentence `index`, with its words and tree.
    ///
    /// # Panics
    /// If there is no such sentence: indices come from this very document.
    #[must_use]
    pub fn sentence(&self, index: usize) -> SentenceView<'a> {
        let sentence = &self.segments.sentences[index];
        SentenceView {
            index,
            text: &self.document.text,
            sentence,
            tokens: self.segments.of(sentence),
            tree: &self.trees[index],
        }
    }

    /// All sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = SentenceView<'a>> + use<'a> {
        let parsed = *self;
        (0..parsed.len()).map(move |index| parsed.sentence(index))
    }

    /// The sentence that covers a byte offset, if any.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        let sentences = &self.segments.sentences;
        let after = sentences.partition_point(|sentence| sentence.span.start <= offset);
        let index = after.checked_sub(1)?;
        (offset < sentences[index].span.end).then_some(index)
    }
}

/// One sentence with its words and tree; words are counted from 0 within the sentence.
#[derive(Clone, Copy, Debug)]
pub struct SentenceView<'a> {
    /// Index of the sentence in the document.
    pub index: usize,
    /// The whole document's text.
    pub text: &'a str,
    /// Its span and block.
    pub sentence: &'a Sentence,
    /// Its words.
    pub tokens: &'a [Token],
    /// Its tags and tree.
    pub tree: &'a Tree,
}

impl<'a> SentenceView<'a> {
    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether it has no words (never so in a segmented document).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// A word as written.
    #[must_use]
    pub fn word(&self, word: usize) -> &'a str {
        self.tokens[word].span.of(self.text)
    }

    /// Where a word stands.
    #[must_use]
    pub fn span(&self, word: usize) -> Span {
        self.tokens[word].span
    }

    /// The text from the first to the last word of a range (end exclusive, not empty).
    #[must_use]
    pub fn span_of(&self, words: std::ops::Range<usize>) -> Span {
        self.tokens[words.start].span.cover(self.tokens[words.end - 1].span)
    }

    /// Index of the word that covers a byte offset, if any.
    #[must_use]
    pub fn word_at(&self, offset: u32) -> Option<usize> {
        let after = self.tokens.partition_point(|token| token.span.start <= offset);
        let word = after.checked_sub(1)?;
        (offset < self.tokens[word].span.end).then_some(word)
    }
}

/// Parses every sentence of a document.
#[must_use]
pub fn parse(document: &Document, segments: &Segments, parser: &Parser) -> Vec<Tree> {
    let words: Vec<&str> = segments.tokens.iter().map(|token| token.span.of(&document.text)).collect();
    let range = |sentence: &Sentence| sentence.tokens.start as usize..sentence.tokens.end as usize;
    let sentences: Vec<_> = segments.sentences.iter().map(range).collect();
    parser.parse_all(&words, &sentences)
}
