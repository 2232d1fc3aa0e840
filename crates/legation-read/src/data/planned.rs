//! The lexicon of what is planned: what can be expected, and the words that say that it is, moves or falls through.

use rustc_hash::FxHashMap;

use super::{
    DataFile,
    registers::table::{Faults, Layout},
    speech::verb_forms,
};

const WORDS: Layout<5> = Layout {
    path: "lexicon/expectations.tsv",
    columns: ["word", "role", "gives", "forms", "example"],
    key: 2,
};

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
    /// A verb that makes its object take place: "hold", "host".
    Hold,
    /// A verb whose subject takes place: "begin".
    Occur,
    /// A verb that plans its object, in whatever tense: "schedule", "announce".
    Arrange,
    /// A word before which the thing named after it has not happened yet: "ahead of", "preparations for".
    Ahead,
    /// An attribute that says that it is over: "recent".
    Past,
    /// A noun for a piece of the thing named after it: "a round of talks".
    Part,
    /// Words by which what will not be had been expected: "after all".
    Reversal,
    /// A noun for the asking to come: "invitation".
    Invite,
    /// A verb that takes or refuses what is offered: "accept", "turn down".
    Answer,
    /// A noun for an occasion on which people come together: "anniversary".
    Occasion,
}

const ROLES: &[(&str, PlannedRole)] = &[
    ("noun", PlannedRole::Noun),
    ("verb", PlannedRole::Verb),
    ("future", PlannedRole::Future),
    ("plan", PlannedRole::Plan),
    ("cancel", PlannedRole::Cancel),
    ("postpone", PlannedRole::Postpone),
    ("hold", PlannedRole::Hold),
    ("occur", PlannedRole::Occur),
    ("arrange", PlannedRole::Arrange),
    ("ahead", PlannedRole::Ahead),
    ("past", PlannedRole::Past),
    ("part", PlannedRole::Part),
    ("occasion", PlannedRole::Occasion),
    ("reversal", PlannedRole::Reversal),
    ("invite", PlannedRole::Invite),
    ("answer", PlannedRole::Answer),
];

/// One word of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWord {
    /// What it does.
    pub role: PlannedRole,
    /// A second word that must follow: "off" of "call off".
    pub particle: Option<Box<str>>,
    /// Of a noun or verb what is expected: visit, meeting, summit ...; of a verb that plans, the position of its subject:
    /// announces, confirms, expects; else empty.
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
            let [word, role, gives, irregular, example] = row.cells;
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
            let mut forms = forms(first, role);
            forms.extend(irregular.split_whitespace().map(Box::from));
            forms.sort_unstable();
            forms.dedup();
            for form in forms {
                planned.forms.entry(form).or_default().push(number);
            }
            let example = (row.line, example.into());
            planned.words.push(PlannedWord { role, particle, gives: gives.into(), example });
        }
        planned
    }
}

/// The regular forms of a word.
fn forms(word: &str, role: PlannedRole) -> Vec<Box<str>> {
    match role {
        PlannedRole::Noun
        | PlannedRole::Ahead
        | PlannedRole::Part
        | PlannedRole::Occasion
        | PlannedRole::Invite => {
            vec![word.into(), super::speech::add_s(word).into()]
        }
        PlannedRole::Future | PlannedRole::Past | PlannedRole::Reversal => vec![word.into()],
        PlannedRole::Verb
        | PlannedRole::Plan
        | PlannedRole::Cancel
        | PlannedRole::Postpone
        | PlannedRole::Hold
        | PlannedRole::Occur
        | PlannedRole::Arrange
        | PlannedRole::Answer => verb_forms(word, "", ""),
    }
}
