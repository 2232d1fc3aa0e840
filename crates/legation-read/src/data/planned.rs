//! The lexicon of what is planned: what can be expected, and the words that say that it is, moves or falls through.

use rustc_hash::FxHashMap;

use super::{
    DataFile,
    registers::table::{Faults, Layout},
    speech::verb_forms,
};

const WORDS: Layout<4> =
    Layout { path: "lexicon/expectations.tsv", columns: ["word", "role", "gives", "example"], key: 2 };

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedRole {
    /// A noun for something that can be planned: "visit".
    Noun,
    /// A verb for it: "travel".
    Verb,
    /// An attribute that says that it is planned: "upcoming".
    Future,
    /// A verb or adjective whose infinitive is planned: "plans to", "due to".
    Plan,
    /// A verb that calls it off.
    Cancel,
    /// A verb that moves it.
    Postpone,
}

const ROLES: &[(&str, PlannedRole)] = &[
    ("noun", PlannedRole::Noun),
    ("verb", PlannedRole::Verb),
    ("future", PlannedRole::Future),
    ("plan", PlannedRole::Plan),
    ("cancel", PlannedRole::Cancel),
    ("postpone", PlannedRole::Postpone),
];

/// One word of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWord {
    /// What it does.
    pub role: PlannedRole,
    /// A second word that must follow: "off" of "call off".
    pub particle: Option<Box<str>>,
    /// What is expected: visit, meeting, summit ...; empty for attributes and plans.
    pub gives: Box<str>,
    /// An example with the word in square brackets, and its line.
    pub example: (usize, Box<str>),
}

/// The lexicon by word forms in lower case.
#[derive(Debug, Default)]
pub struct Planned {
    /// The words, in the order of the file.
    pub words: Vec<PlannedWord>,
    forms: FxHashMap<Box<str>, Vec<u32>>,
}

impl Planned {
    /// The entries with this form and role.
    pub fn find(&self, form: &str, role: PlannedRole) -> impl Iterator<Item = &PlannedWord> {
        let list = self.forms.get(form).into_iter().flatten();
        list.filter_map(|&index| self.words.get(index as usize)).filter(move |word| word.role == role)
    }

    /// Reads the lexicon.
    pub(super) fn load(files: &[DataFile], faults: &mut Faults) -> Planned {
        let mut planned = Planned::default();
        for row in &WORDS.read(files, faults) {
            let [word, role, gives, example] = row.cells;
            let Some(&(_, role)) = ROLES.iter().find(|(name, _)| *name == role) else {
                let names: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
                WORDS.fault(
                    row,
                    faults,
                    format!("unknown role \"{role}\""),
                    format!("one of: {}", names.join(" ")),
                );
                continue;
            };
            if !(example.contains('[') && example.contains(']')) {
                WORDS.fault(row, faults, "no example", "one sentence with the word in square brackets");
            }
            let (first, particle) =
                word.split_once(' ').map_or((word, None), |(first, rest)| (first, Some(rest.into())));
            let number = u32::try_from(planned.words.len()).unwrap_or(u32::MAX);
            for form in forms(first, role) {
                planned.forms.entry(form).or_default().push(number);
            }
            let example = (row.line, example.into());
            planned.words.push(PlannedWord { role, particle, gives: gives.into(), example });
        }
        planned
    }
}

/// Irregular pasts of the few verbs that have one.
const PASTS: &[(&str, &str)] = &[
    ("meet", "met"),
    ("fly", "flew"),
    ("go", "went"),
    ("come", "came"),
    ("set", "set"),
    ("put", "put"),
    ("plan", "planned"),
    ("cancel", "cancelled"),
    ("scrap", "scrapped"),
    ("withdraw", "withdrew"),
];

fn forms(word: &str, role: PlannedRole) -> Vec<Box<str>> {
    match role {
        PlannedRole::Noun => vec![word.into(), super::speech::add_s(word).into()],
        PlannedRole::Future => vec![word.into()],
        PlannedRole::Verb | PlannedRole::Plan | PlannedRole::Cancel | PlannedRole::Postpone => {
            let past = PASTS.iter().find(|(lemma, _)| *lemma == word).map_or("", |(_, past)| past);
            verb_forms(word, past, "")
        }
    }
}
