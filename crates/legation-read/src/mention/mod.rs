//! Who and what is named, as written: names, noun phrases, pronouns and quotations; nobody is identified yet.

mod quotation;

use std::ops::Range;

use crate::{Span, data::Data, parse::Parsed};

/// How something is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionKind {
    /// A name: "Wang Yi", "the Kremlin", "Chinese" as an attribute.
    Name,
    /// A noun phrase that stands for somebody: "the Russian leader", "both sides", "two officials".
    Nominal,
    /// A pronoun, possessives included.
    Pronoun,
}

/// One mention of a person, state, body, group or people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its words in the sentence, title and determiner included: "the Russian President Vladimir Putin".
    pub words: Range<usize>,
    /// The word the phrase hangs on in the tree.
    pub head: usize,
    /// The words as a span of the text.
    pub span: Span,
    /// How it is mentioned.
    pub kind: MentionKind,
}

/// What stands between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inside: Span,
    /// Whether its closing mark was found (a quotation may run on over paragraphs, each opened anew).
    pub closed: bool,
}

/// All that is mentioned in a document, in order.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Mentions by sentence and place.
    pub mentions: Vec<Mention>,
    /// Quotations in order, not nested.
    pub quotations: Vec<Quotation>,
}

/// Finds the mentions and quotations of a document.
#[must_use]
pub fn find(parsed: Parsed<'_>, _data: &Data) -> Mentions {
    Mentions { mentions: Vec::new(), quotations: quotation::find(parsed.document) }
}
