//! Words about numbers: what bounds one, what stands for one, and whom harm befell.

use rustc_hash::FxHashMap;

use super::{
    DataFile,
    registers::table::{Faults, Layout},
};

const WORDS: Layout<5> =
    Layout { path: "lexicon/quantities.tsv", columns: ["word", "use", "gives", "example", "reads"], key: 2 };

/// What a word or phrase says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityUse {
    /// Before a number: it is that or more: "at least".
    Least,
    /// Behind a number: it is that or more: "or more".
    LeastAfter,
    /// It is that or less: "up to".
    Most,
    /// It is near that: "about".
    About,
    /// Behind a number: it is near that: "or so".
    AboutAfter,
    /// Stands for a number that it only bounds from below: "dozens".
    Vague,
    /// Nobody, nothing: "no", "without".
    None,
    /// A verb that harms or frees its object: "kill".
    Suffer,
    /// A verb whose subject is harmed: "die".
    Undergo,
    /// An adjective of whoever was harmed: "dead".
    State,
    /// A noun for harm: "casualty".
    Noun,
    /// A verb that has a noun for harm as its object or subject: "cause".
    Bear,
}

const USES: &[(&str, QuantityUse)] = &[
    ("about", QuantityUse::About),
    ("about after", QuantityUse::AboutAfter),
    ("bear", QuantityUse::Bear),
    ("least", QuantityUse::Least),
    ("least after", QuantityUse::LeastAfter),
    ("most", QuantityUse::Most),
    ("none", QuantityUse::None),
    ("noun", QuantityUse::Noun),
    ("state", QuantityUse::State),
    ("suffer", QuantityUse::Suffer),
    ("undergo", QuantityUse::Undergo),
    ("vague", QuantityUse::Vague),
];

/// A row of the lexicon, as its example shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityExample {
    /// Line in the file.
    pub line: usize,
    /// A sentence.
    pub text: Box<str>,
    /// What is read in it: `12.. killed civilians`.
    pub reads: Box<str>,
}

/// The lexicon.
#[derive(Debug, Default)]
pub struct Quantities {
    /// One a row, in the order of the file.
    pub examples: Vec<QuantityExample>,
    words: FxHashMap<Box<str>, Vec<(QuantityUse, Box<str>)>>,
}

impl Quantities {
    /// What a phrase in small letters, or a word in its dictionary form, gives in a use: `killed`, `24`; may be empty.
    #[must_use]
    pub fn find(&self, word: &str, used: QuantityUse) -> Option<&str> {
        let list = self.words.get(word)?;
        list.iter().find(|(other, _)| *other == used).map(|(_, gives)| &**gives)
    }

    /// Reads the lexicon.
    pub(super) fn load(files: &[DataFile], faults: &mut Faults) -> Quantities {
        let mut quantities = Quantities::default();
        for row in &WORDS.read(files, faults) {
            let [word, used, gives, example, reads] = row.cells;
            let Some(&(_, used)) = USES.iter().find(|(name, _)| *name == used) else {
                let names: Vec<&str> = USES.iter().map(|(name, _)| *name).collect();
                WORDS.fault(row, faults, format!("unknown use \"{used}\""), names.join(", "));
                continue;
            };
            if used == QuantityUse::Vague && gives.parse::<u32>().is_err() {
                WORDS.fault(row, faults, format!("no number in \"{gives}\""), "the least that it stands for");
            }
            if example.is_empty() || reads.is_empty() {
                WORDS.fault(row, faults, "no example", "a sentence, and what is read in it");
            }
            quantities.examples.push(QuantityExample {
                line: row.line,
                text: example.into(),
                reads: reads.into(),
            });
            quantities.words.entry(word.into()).or_default().push((used, gives.into()));
        }
        quantities
    }
}
