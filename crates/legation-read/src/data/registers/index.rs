//! I have words: which names begin here, and what can they mean?
//!
//! A trie over folded words. Folding drops case, diacritics and apostrophes, so that "Erdoğan" and "ERDOGAN" meet;
//! each candidate remembers the capitals of its own form, so that "us" is not "US" nor "turkey" "Turkey".

use std::ops::Range;

use super::{Registers, Target};
use crate::data::fold::{Gap, fold, for_each_word};
use crate::data::gazetteer::TownId;
use rustc_hash::FxHashMap;

/// By which kind of name something is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A full name or variant of it.
    Name,
    /// An abbreviation: "NATO", "U.S.", "DPRK".
    Abbreviation,
    /// An adjective: "Chinese"; for groups, what stands for their members: "Houthi".
    Adjective,
    /// One of its people: "a Briton".
    Demonym,
    /// Its people: "Britons".
    Demonyms,
    /// A family name alone: "Lavrov".
    Family,
    /// A singular noun of the title lexicon: "foreign minister".
    Singular,
    /// A plural noun of the title lexicon: "foreign ministers", "troops".
    Plural,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Begins with a small letter, or has no case.
    Lower,
    /// Begins with a capital.
    Capitalised,
    /// Capitals only.
    Upper,
}

/// One word of a text, as the index sees it: a run of letters and digits. "U.S." is two, "Xi's" is two.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// First byte in the text scanned.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// How it is written.
    pub shape: Shape,
    /// A full stop follows at once.
    pub stop: bool,
    /// Number of the folded word in the index; `None` if no name has it.
    number: Option<u32>,
    gap: Gap,
}

impl Word {
    /// Whether it can go on a name that the word before is part of.
    #[must_use]
    pub fn runs_on(&self) -> bool {
        self.gap == Gap::Soft
    }
}

/// What a name can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who or what.
    pub target: Target,
    /// By which kind of name.
    pub form: Form,
    /// Bit n: word n of the name begins with a capital, and so must the text's.
    capitals: u16,
    /// The name is in capitals throughout, and so must the text be.
    upper: bool,
    /// The name has a comma of its own.
    comma: bool,
}

/// A name found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Match<'i> {
    /// How many words it has.
    pub words: usize,
    /// First byte in the text scanned.
    pub start: usize,
    /// Byte after the last; takes in the last full stop of "U.S.".
    pub end: usize,
    candidates: &'i [Candidate],
    written: Written,
}

/// How the words matched are written.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    capitals: u16,
    upper: bool,
    comma: bool,
}

impl Candidate {
    /// A place of the gazetteer, by its name.
    pub(crate) fn town(id: TownId) -> Candidate {
        Candidate { target: Target::Town(id), form: Form::Name, capitals: 1, upper: false, comma: false }
    }

    /// Whether a name of this form can be written so.
    fn fits(&self, written: Written) -> bool {
        written.capitals & self.capitals == self.capitals
            && (written.upper || !self.upper)
            && (self.comma || !written.comma)
    }
}

impl<'i> Match<'i> {
    /// What it can mean, in the order of states, former names, capitals, metonyms, bodies, persons, groups, places, titles.
    pub fn candidates(&self) -> impl Iterator<Item = &'i Candidate> + use<'i> {
        let written = self.written;
        self.candidates.iter().filter(move |candidate| candidate.fits(written))
    }
}

/// Names -> what they can mean.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// Folded word -> its number.
    words: FxHashMap<Box<str>, u32>,
    /// (node, word) -> node; node 0 is the root.
    edges: FxHashMap<(u32, u32), u32>,
    /// Where each node's candidates stand.
    nodes: Vec<Range<u32>>,
    candidates: Vec<Candidate>,
}

impl NameIndex {
    /// Cuts a text into words; linear in its length.
    #[must_use]
    pub fn scan(&self, text: &str) -> Vec<Word> {
        let mut folded = String::new();
        let mut words = Vec::with_capacity(text.len() / 5);
        for_each_word(text, |start, end, gap| {
            let raw = &text[start..end];
            fold(raw, &mut folded);
            words.push(Word {
                start,
                end,
                shape: shape_of(raw),
                stop: text.as_bytes().get(end) == Some(&b'.'),
                number: self.words.get(folded.as_str()).copied(),
                gap,
            });
        });
        words
    }

    /// The names that begin with the word at this position, shortest first. A name of a million words could not be
    /// longer than the longest in the registers, so the time does not depend on the text.
    pub fn matches<'i>(&'i self, words: &'i [Word], at: usize) -> impl Iterator<Item = Match<'i>> {
        let mut node = 0;
        let mut written = Written { capitals: 0, upper: true, comma: false };
        let mut next = at;
        std::iter::from_fn(move || {
            loop {
                let word = words.get(next)?;
                let position = next - at;
                if position > 0 {
                    match word.gap {
                        Gap::Soft => {}
                        Gap::Comma => written.comma = true,
                        Gap::Hard => return None,
                    }
                }
                node = *self.edges.get(&(node, word.number?))?;
                if word.shape != Shape::Lower && position < 16 {
                    written.capitals |= 1 << position;
                }
                written.upper &= word.shape == Shape::Upper;
                next += 1;
                let range = self.nodes.get(node as usize)?;
                let candidates = self.candidates.get(range.start as usize..range.end as usize)?;
                if candidates.iter().any(|candidate| candidate.fits(written)) {
                    let letter = word.end - word.start == 1 && word.stop && next - at > 1;
                    let end = word.end + usize::from(letter);
                    return Some(Match {
                        words: next - at,
                        start: words[at].start,
                        end,
                        candidates,
                        written,
                    });
                }
            }
        })
    }

    /// The longest name that begins with the word at this position.
    #[must_use]
    pub fn longest<'i>(&'i self, words: &'i [Word], at: usize) -> Option<Match<'i>> {
        self.matches(words, at).last()
    }

    /// What a whole name can mean; empty if it is not in the registers or goes on behind the longest known name.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<Candidate> {
        let words = self.scan(name);
        self.matches(&words, 0)
            .find(|found| found.words == words.len())
            .map(|found| found.candidates().copied().collect())
            .unwrap_or_default()
    }

    /// How many different names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.iter().filter(|range| range.start < range.end).count()
    }

    /// Whether there is no name at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Indexes every name of the registers.
    pub(super) fn build(registers: &Registers) -> NameIndex {
        let mut builder = Builder::default();
        super::index_names::add_all(registers, &mut builder);
        builder.finish()
    }
}

/// Gathers names before they are laid out.
#[derive(Debug, Default)]
pub(super) struct Builder {
    index: NameIndex,
    last_node: u32,
    entries: Vec<(u32, Candidate)>,
    folded: String,
}

impl Builder {
    /// Adds one name.
    pub(super) fn add(&mut self, name: &str, target: Target, form: Form) {
        let mut node = 0;
        let mut position = 0;
        let mut candidate = Candidate { target, form, capitals: 0, upper: false, comma: false };
        let mut all_upper = true;
        let mut letters = 0;
        for_each_word(name, |start, end, gap| {
            let raw = &name[start..end];
            fold(raw, &mut self.folded);
            let shape = shape_of(raw);
            if shape != Shape::Lower && position < 16 {
                candidate.capitals |= 1 << position;
            }
            all_upper &= shape == Shape::Upper;
            letters += raw.chars().count();
            candidate.comma |= gap == Gap::Comma;
            position += 1;
            node = self.step(node);
        });
        candidate.upper = all_upper && (letters > 1 || form == Form::Abbreviation);
        if node != 0 {
            self.entries.push((node, candidate));
        }
    }

    /// Adds an abbreviation, and with full stops too where it is a short row of capitals.
    pub(super) fn add_abbreviation(&mut self, name: &str, target: Target) {
        self.add(name, target, Form::Abbreviation);
        if (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let dotted: String = name.chars().flat_map(|letter| [letter, '.']).collect();
            self.add(&dotted, target, Form::Abbreviation);
        }
    }

    /// The node below this one for the word in `folded`.
    fn step(&mut self, node: u32) -> u32 {
        let count = u32::try_from(self.index.words.len()).unwrap_or(u32::MAX);
        let word = match self.index.words.get(self.folded.as_str()) {
            Some(word) => *word,
            None => {
                self.index.words.insert(self.folded.as_str().into(), count);
                count
            }
        };
        let last_node = &mut self.last_node;
        *self.index.edges.entry((node, word)).or_insert_with(|| {
            *last_node += 1;
            *last_node
        })
    }

    /// Lays the candidates out by node.
    fn finish(mut self) -> NameIndex {
        self.entries.sort_by_key(|(node, candidate)| (*node, candidate.target, candidate.form));
        self.entries.dedup_by(|(node, candidate), (kept_node, kept)| {
            let same = node == kept_node && candidate.target == kept.target && candidate.form == kept.form;
            if same {
                kept.capitals &= candidate.capitals;
                kept.upper &= candidate.upper;
                kept.comma |= candidate.comma;
            }
            same
        });
        let mut index = self.index;
        index.nodes = vec![0..0; self.last_node as usize + 1];
        for (node, candidate) in self.entries {
            let position = u32::try_from(index.candidates.len()).unwrap_or(u32::MAX);
            let range = &mut index.nodes[node as usize];
            if range.start == range.end {
                *range = position..position;
            }
            range.end = position + 1;
            index.candidates.push(candidate);
        }
        index
    }
}

/// How a word is written.
fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            if letters.any(char::is_lowercase) {
                Shape::Capitalised
            } else {
                Shape::Upper
            }
        }
        _ => Shape::Lower,
    }
}
