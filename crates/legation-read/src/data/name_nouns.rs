//! Nouns that end a name and tell what it names: `lexicon/name-nouns.tsv`.

use rustc_hash::FxHashMap;

use super::DataFile;
use super::registers::table::{Faults, Layout};
use crate::parse::NameKind;

const TABLE: Layout<4> =
    Layout { path: "lexicon/name-nouns.tsv", columns: ["noun", "kind", "of", "example"], key: 1 };

/// The nouns, in lower case.
#[derive(Debug, Default)]
pub(crate) struct NameNouns(FxHashMap<Box<str>, NameNoun>);

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameNoun {
    /// What the name names.
    pub(crate) kind: NameKind,
    /// Whether a place behind "of" is part of the name: "the University of Oxford".
    pub(crate) takes_of: bool,
}

impl NameNouns {
    /// Reads the file; an example must end in its noun.
    pub(super) fn load(files: &[DataFile], faults: &mut Faults) -> NameNouns {
        let mut nouns = NameNouns::default();
        for row in &TABLE.read(files, faults) {
            let [noun, kind, of, example] = row.cells;
            let Some(kind) = NameKind::from_label(kind) else {
                TABLE.fault(row, faults, format!("unknown kind `{kind}`"), "LOC or ORG");
                continue;
            };
            if !example.to_lowercase().ends_with(noun) {
                TABLE.fault(row, faults, "no example", "a name that ends in the noun");
            }
            nouns.0.insert(noun.into(), NameNoun { kind, takes_of: of == "yes" });
        }
        nouns
    }

    /// The entry of a word in lower case.
    pub(crate) fn find(&self, word: &str) -> Option<NameNoun> {
        self.0.get(word).copied()
    }
}
