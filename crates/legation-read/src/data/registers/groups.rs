//! Armed groups, parties, movements and peoples; outlets; companies.

use super::links::Links;
use super::table::{Faults, Layout};
use super::{Period, StateId};
use crate::data::DataFile;

pub(super) const GROUPS: Layout<11> = Layout {
    path: "registers/groups/groups.tsv",
    columns: [
        "key",
        "kind",
        "sector",
        "wikidata",
        "name",
        "names",
        "abbreviations",
        "members",
        "from",
        "to",
        "source",
    ],
    key: 1,
};

/// Kinds of group.
const KINDS: [(&str, GroupKind); 7] = [
    ("armed", GroupKind::Armed),
    ("party", GroupKind::Party),
    ("movement", GroupKind::Movement),
    ("people", GroupKind::People),
    ("outlet", GroupKind::Outlet),
    ("company", GroupKind::Company),
    ("ngo", GroupKind::Ngo),
];

/// What a row of the group register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// Fights: Hamas, M23.
    Armed,
    /// Stands for election or rules: the Communist Party of China.
    Party,
    /// Neither: a protest movement, a religious order.
    Movement,
    /// A people or religious community: Kurds, Rohingya.
    People,
    /// A newspaper, agency or broadcaster: RIA Novosti.
    Outlet,
    /// A company: Gazprom.
    Company,
    /// A non-governmental organisation: Amnesty International.
    Ngo,
}

/// A group, outlet, company or non-governmental organisation.
#[derive(Clone, Debug)]
pub struct Group {
    /// Country and name, `PSE/hamas`; `INT/...` for one without a country.
    pub key: Box<str>,
    /// What kind.
    pub kind: GroupKind,
    /// Its country, from the key.
    pub country: Option<StateId>,
    /// PLOVER sector.
    pub sector: Box<str>,
    /// Wikidata item; may be empty.
    pub wikidata: Box<str>,
    /// Usual name.
    pub name: Box<str>,
    /// Variants.
    pub names: Vec<Box<str>>,
    /// Abbreviations.
    pub abbreviations: Vec<Box<str>>,
    /// What its members are called: "Houthi", "Islamist", "Kurdish"; these can stand before a noun.
    pub members: Vec<Box<str>>,
    /// When it existed.
    pub period: Period,
}

/// Reads the groups.
pub(super) fn read_groups(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<Group> {
    let mut groups = Vec::new();
    for row in &GROUPS.read(files, faults) {
        let [key, kind, sector, wikidata, name, names, abbreviations, members, from, to, source] = row.cells;
        links.check_sources(&GROUPS, row, source, faults);
        if !sector.is_empty() {
            links.check_sector(&GROUPS, row, sector, faults);
        }
        let country = if key.starts_with("INT/") { None } else { links.check_key(&GROUPS, row, key, faults) };
        let kind = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind).unwrap_or_else(|| {
            let words: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
            GROUPS.fault(
                row,
                faults,
                format!("unknown kind \"{kind}\""),
                format!("one of: {}", words.join(" ")),
            );
            GroupKind::Movement
        });
        groups.push(Group {
            key: key.into(),
            kind,
            country,
            sector: sector.into(),
            wikidata: wikidata.into(),
            name: name.into(),
            names: GROUPS.list(row, names, faults),
            abbreviations: GROUPS.list(row, abbreviations, faults),
            members: GROUPS.list(row, members, faults),
            period: links.period(&GROUPS, row, from, to, faults),
        });
    }
    groups
}
