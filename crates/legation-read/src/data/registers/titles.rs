//! The lexicon of titles, agent nouns and institutions: "foreign minister", "troops", "defence ministry".

use super::links::Links;
use super::table::{Faults, Layout};
use super::{RoleId, StateId};
use crate::data::DataFile;

pub(super) const TITLES: Layout<7> = Layout {
    path: "lexicon/titles.tsv",
    columns: ["singular", "kind", "role", "countries", "plural", "sector", "source"],
    key: 4,
};

/// Kinds of title.
const KINDS: [(&str, TitleKind); 4] = [
    ("office", TitleKind::Office),
    ("agent", TitleKind::Agent),
    ("institution", TitleKind::Institution),
    ("address", TitleKind::Address),
];

/// What a row of the title lexicon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleKind {
    /// An office one person holds: "foreign minister".
    Office,
    /// People by what they do: "troops", "protesters", "officials".
    Agent,
    /// A part of a state or society: "foreign ministry", "parliament", "army".
    Institution,
    /// A form of address or rank before a name: "Mr", "Gen.", "Sheikh".
    Address,
}

/// A title, agent noun or institution.
#[derive(Clone, Debug)]
pub struct Title {
    /// Singular, in lower case unless always capitalised; for a plural-only word the same as `plural`.
    pub singular: Box<str>,
    /// Plural; may be empty.
    pub plural: Box<str>,
    /// What kind.
    pub kind: TitleKind,
    /// PLOVER sector; may be empty for forms of address.
    pub sector: Box<str>,
    /// The role that its holder has.
    pub role: Option<RoleId>,
    /// States to which this reading is confined; empty: any.
    pub countries: Vec<StateId>,
}

/// Reads the titles.
pub(super) fn read_titles(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<Title> {
    let mut titles = Vec::new();
    for row in &TITLES.read(files, faults) {
        let [singular, kind, role, countries, plural, sector, source] = row.cells;
        links.check_sources(&TITLES, row, source, faults);
        if !sector.is_empty() {
            links.check_sector(&TITLES, row, sector, faults);
        }
        let kind = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind).unwrap_or_else(|| {
            let words: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
            TITLES.fault(
                row,
                faults,
                format!("unknown kind \"{kind}\""),
                format!("one of: {}", words.join(" ")),
            );
            TitleKind::Agent
        });
        let role = if role.is_empty() { None } else { links.role(&TITLES, row, role, faults) };
        titles.push(Title {
            singular: singular.into(),
            plural: plural.into(),
            kind,
            sector: sector.into(),
            role,
            countries: countries
                .split_whitespace()
                .filter_map(|key| links.state(&TITLES, row, key, faults))
                .collect(),
        });
    }
    titles
}
