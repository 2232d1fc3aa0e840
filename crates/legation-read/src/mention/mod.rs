//! Who and what is named, as written: names, noun phrases, pronouns and quotations; nobody is identified yet.

mod again;
mod initials;
mod line;
mod names;
mod phrase;
mod quotation;

use std::ops::Range;

use crate::data::agents::AgentId;
use crate::data::reference::Pronoun;
use crate::data::registers::Candidate;
use crate::parse::NameKind;
use crate::{Span, data::Data, parse::Parsed};
use line::Line;
pub use names::mended_names;

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
    /// What its words are.
    pub parts: Parts,
}

/// What the words of a mention are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The proper name, without titles.
    pub name: Option<Range<usize>>,
    /// What the registers know by that name.
    pub candidates: Vec<Candidate>,
    /// What the parser takes the name for.
    pub name_kind: Option<NameKind>,
    /// Whether the name is only a part of a longer one: "China" of "Bank of China".
    pub nested: bool,
    /// The title before a name, or the noun of a nominal, with its entry in the lexicon.
    pub noun: Option<(Range<usize>, AgentId)>,
    /// What stands behind the noun and names a state, body or place: "to China", "in Niamey".
    pub complement: Option<Range<usize>>,
    /// "thousands" of "thousands of people".
    pub amount: Option<usize>,
    /// What a pronoun agrees with.
    pub pronoun: Option<Pronoun>,
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
pub fn find(parsed: Parsed<'_>, data: &Data) -> Mentions {
    let mut lines: Vec<Line<'_>> = parsed.sentences().map(|view| Line::new(view, data)).collect();
    again::add_short_names(&mut lines, data);
    let mentions = lines.iter().flat_map(|line| phrase::mentions(line, data)).collect();
    Mentions { mentions, quotations: quotation::find(parsed.document) }
}
