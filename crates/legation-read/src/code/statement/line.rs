//! One sentence as speech is looked for in it: its words, its tree, and which words stand between quotation marks.

use std::ops::Range;

use crate::{
    Span,
    data::speech::Speech,
    mention::Quotation,
    parse::{Deprel, SentenceView, Upos, VerbForm},
};

/// A sentence with its quotations.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) view: SentenceView<'a>,
    /// All quotations of the document.
    pub(super) quotations: &'a [Quotation],
    /// For each word the quotation it stands in, marks included.
    quoted: Vec<Option<u32>>,
    /// Each word in lower case, one after the other, and where each ends.
    lower: String,
    lower_ends: Vec<u32>,
    /// The lexicon of speech.
    pub(super) speech: &'a Speech,
    /// The head words of all cues of the sentence.
    pub(super) cues: Vec<usize>,
    /// The next block of the document, where this sentence ends its own.
    pub(super) next_block: Option<Span>,
}

impl<'a> Line<'a> {
    /// `first` is the number of the first quotation that may reach into this sentence or a later one.
    pub(super) fn new(
        view: SentenceView<'a>,
        quotations: &'a [Quotation],
        first: usize,
        speech: &'a Speech,
    ) -> Line<'a> {
        let mut next = first;
        let mut quoted = Vec::with_capacity(view.len());
        let (mut lower, mut lower_ends) = (String::new(), Vec::with_capacity(view.len()));
        for word in 0..view.len() {
            let span = view.span(word);
            while quotations.get(next).is_some_and(|quotation| quotation.span.end <= span.start) {
                next += 1;
            }
            let inside = quotations.get(next).is_some_and(|quotation| quotation.span.overlaps(span));
            quoted.push(inside.then(|| u32::try_from(next).unwrap_or(u32::MAX)));
            lower.extend(view.word(word).chars().flat_map(char::to_lowercase));
            lower_ends.push(u32::try_from(lower.len()).unwrap_or(u32::MAX));
        }
        Line { view, quotations, quoted, lower, lower_ends, speech, cues: Vec::new(), next_block: None }
    }

    pub(super) fn len(&self) -> usize {
        self.view.len()
    }

    /// A word in lower case.
    pub(super) fn lower(&self, word: usize) -> &str {
        let start = if word == 0 { 0 } else { self.lower_ends[word - 1] as usize };
        &self.lower[start..self.lower_ends[word] as usize]
    }

    /// The word in lower case, or nothing past the end.
    pub(super) fn lower_at(&self, word: usize) -> &str {
        if word < self.len() { self.lower(word) } else { "" }
    }

    /// The quotation in which a word stands.
    pub(super) fn quotation(&self, word: usize) -> Option<usize> {
        self.quoted.get(word).copied().flatten().map(|number| number as usize)
    }

    /// Whether the word is a mark of punctuation.
    pub(super) fn is_punct(&self, word: usize) -> bool {
        !self.view.word(word).contains(char::is_alphanumeric)
    }

    /// Whether a comma or a dash stands here.
    pub(super) fn is_break(&self, word: usize) -> bool {
        let hyphen = || word == 0 || self.view.span(word - 1).end < self.view.span(word).start;
        match self.view.word(word) {
            "," | ";" | "—" | "–" | "―" | "--" | ":" => true,
            "-" => hyphen(),
            _ => false,
        }
    }

    /// Whether the sentence was tagged at all.
    pub(super) fn is_tagged(&self) -> bool {
        (0..self.len().min(4)).any(|word| self.view.tree.upos(word) != Upos::X)
    }

    /// The range without punctuation at its ends.
    pub(super) fn trimmed(&self, mut words: Range<usize>) -> Range<usize> {
        while words.start < words.end && self.is_punct(words.start) && !self.belongs_to_next(words.start) {
            words.start += 1;
        }
        while words.start < words.end && self.is_punct(words.end - 1) && self.view.word(words.end - 1) != "%"
        {
            words.end -= 1;
        }
        words
    }

    /// Whether a sign belongs to what comes after it: "$ 5", "[I]f".
    fn belongs_to_next(&self, word: usize) -> bool {
        matches!(self.view.word(word), "$" | "€" | "£" | "#" | "@" | "[")
    }

    /// The text from the first to the last word of a range, if there is any.
    pub(super) fn span_of(&self, words: Range<usize>) -> Option<Span> {
        (words.start < words.end && words.end <= self.len()).then(|| self.view.span_of(words))
    }

    /// The quotation that ends right before a byte offset, blanks and commas aside.
    pub(super) fn quotation_before(&self, offset: u32) -> Option<usize> {
        let after = self.quotations.partition_point(|quotation| quotation.span.end <= offset);
        let number = after.checked_sub(1)?;
        let gap = Span { start: self.quotations[number].span.end, end: offset }.of(self.view.text);
        gap.chars()
            .all(|character| character == ' ' || matches!(character, ',' | '—' | '–' | '-'))
            .then_some(number)
    }

    /// The quotation that begins right after a byte offset, blanks, commas and colons aside.
    pub(super) fn quotation_after(&self, offset: u32) -> Option<usize> {
        let number = self.quotations.partition_point(|quotation| quotation.span.start < offset);
        let start = self.quotations.get(number)?.span.start;
        let gap = Span { start: offset, end: start }.of(self.view.text);
        let colon = gap.starts_with(':');
        let near = |character: char| {
            matches!(character, ' ' | ',' | ':' | '—' | '–' | '-') || (colon && character.is_whitespace())
        };
        gap.chars().all(near).then_some(number)
    }

    /// Whether the word may be a verb: tagged so, or not tagged at all.
    pub(super) fn may_be_verb(&self, word: usize) -> bool {
        matches!(self.view.tree.upos(word), Upos::Verb | Upos::Aux | Upos::X)
    }

    /// Whether the verb stands in the passive.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        let tree = self.view.tree;
        // a subject taken for that of a passive is none without an auxiliary
        let marked = |verb: usize| {
            let mut children = tree.children(verb);
            children.any(|child| matches!(tree.deprel(child), Deprel::AuxPass | Deprel::OblAgent))
        };
        let joined = tree.head(verb).filter(|_| tree.deprel(verb) == Deprel::Conj);
        let own = tree.children(verb).any(|child| matches!(tree.deprel(child), Deprel::Nsubj | Deprel::Aux));
        marked(verb)
            || !own && joined.is_some_and(marked) && tree.feats(verb).verb_form != Some(VerbForm::Fin)
    }

    /// Whether "would" goes with the verb.
    pub(super) fn is_under_would(&self, verb: usize) -> bool {
        let tree = self.view.tree;
        tree.children_by(verb, Deprel::Aux).any(|aux| matches!(self.lower(aux), "would" | "'d" | "’d"))
    }

    /// Whether the verb is an -ing form.
    pub(super) fn is_gerund(&self, verb: usize) -> bool {
        self.lower(verb).ends_with("ing") && self.view.tree.feats(verb).verb_form != Some(VerbForm::Fin)
    }
}
