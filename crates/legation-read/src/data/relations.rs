//! The lexicon of relations: nouns that name a state of affairs between two parties.

use rustc_hash::FxHashMap;

use super::{
    DataFile,
    registers::table::{Faults, Layout},
    speech::add_s,
};

const WORDS: Layout<4> =
    Layout { path: "lexicon/relations.tsv", columns: ["word", "kind", "pattern", "example"], key: 1 };

/// Where the two parties of a relational noun stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The one who is it comes first: "A is B's supplier" is from A to B.
    Of,
    /// The one who is it comes second: "A is B's buyer" is from B to A.
    Reverse,
    /// It is laid on somebody: "sanctions against B" are to B.
    Against,
}

/// One relational noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationNoun {
    /// supplies, member, alliance, sanctions ...
    pub kind: Box<str>,
    /// Where its parties stand.
    pub pattern: Pattern,
}

/// The lexicon by singular and plural.
#[derive(Debug, Default)]
pub struct Relations {
    nouns: FxHashMap<Box<str>, RelationNoun>,
}

impl Relations {
    /// The entry of a noun in lower case.
    #[must_use]
    pub fn find(&self, noun: &str) -> Option<&RelationNoun> {
        self.nouns.get(noun)
    }

    /// Reads the lexicon.
    pub(super) fn load(files: &[DataFile], faults: &mut Faults) -> Relations {
        let mut relations = Relations::default();
        for row in &WORDS.read(files, faults) {
            let [word, kind, pattern, example] = row.cells;
            let pattern = match pattern {
                "of" => Pattern::Of,
                "reverse" => Pattern::Reverse,
                "against" => Pattern::Against,
                _ => {
                    WORDS.fault(
                        row,
                        faults,
                        format!("unknown pattern \"{pattern}\""),
                        "one of: of reverse against",
                    );
                    continue;
                }
            };
            if !(example.contains('[') && example.contains(']')) {
                WORDS.fault(row, faults, "no example", "one sentence with the word in square brackets");
            }
            let noun = RelationNoun { kind: kind.into(), pattern };
            if !word.ends_with('s') {
                relations.nouns.insert(add_s(word).into(), noun.clone());
            }
            relations.nouns.insert(word.into(), noun);
        }
        relations
    }
}
