//! Nouns that stand for somebody: "spokesman", "troops", "foreign ministry", "thousands", "both sides".
//!
//! Two tables are laid together: `lexicon/titles.tsv` (offices with the role their holder has) and
//! `lexicon/agents.tsv` (what kind of actor a noun makes). Where both have a noun, kind and sector are those of
//! `agents.tsv` and the roles those of `titles.tsv`.

use rustc_hash::FxHashMap;

use super::DataFile;
use super::registers::table::{Faults, Layout};
use super::registers::{Registers, RoleId, StateId, Title, TitleKind};

const AGENTS: Layout<6> = Layout {
    path: "lexicon/agents.tsv",
    columns: ["noun", "number", "sector", "kind", "borrows", "gender"],
    key: 1,
};

const SINGLE: Layout<1> = Layout { path: "lexicon/single-offices.tsv", columns: ["role"], key: 1 };

/// Words of the table's `kind` column.
const KINDS: [(&str, AgentKind); 10] = [
    ("person", AgentKind::Person),
    ("people", AgentKind::People),
    ("body", AgentKind::Body),
    ("state", AgentKind::State),
    ("other", AgentKind::Other),
    ("address", AgentKind::Address),
    ("amount", AgentKind::Amount),
    ("pair", AgentKind::Pair),
    ("leader", AgentKind::Leader),
    ("counterpart", AgentKind::Counterpart),
];

/// Number of a noun in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId(pub u32);

/// What kind of actor a noun makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentKind {
    /// One human being: "spokesman".
    Person,
    /// People: "troops", "protesters".
    People,
    /// An institution or organisation: "foreign ministry", "militia".
    Body,
    /// A state: "country", "neighbours".
    State,
    /// Another state than the one whose it is: "its neighbour".
    Other,
    /// A form of address or rank, only before a name: "Mr", "Gen.".
    Address,
    /// A number of somebody else: "thousands (of people)".
    Amount,
    /// Two or three who have been named: "pair".
    Pair,
    /// Of a state: whoever holds its highest office.
    Leader,
    /// Whoever holds the same office elsewhere: "his Armenian counterpart".
    Counterpart,
}

/// One noun.
#[derive(Clone, Debug)]
pub struct Agent {
    /// In small letters.
    pub noun: Box<str>,
    /// Whether it is a plural.
    pub many: bool,
    /// PLOVER sector; empty where the noun alone does not tell.
    pub sector: Box<str>,
    /// What kind of actor it makes.
    pub kind: AgentKind,
    /// Whether a more telling word beside it decides on the sector: "army spokesman", "rebel leader".
    pub borrows: bool,
    /// `f` or `m` where the noun tells.
    pub gender: Option<char>,
    /// Roles that its holder has, each with the states it is confined to (empty: any).
    pub roles: Vec<(RoleId, Vec<StateId>)>,
}

/// The words after the first one, and the noun they make.
type Rest = (Vec<Box<str>>, AgentId);

/// All nouns, by their first word.
#[derive(Debug, Default)]
pub struct Agents {
    list: Vec<Agent>,
    /// First word -> the further words and the noun, longest first.
    by_first: FxHashMap<Box<str>, Vec<Rest>>,
    /// Roles that one person at a time has: whoever is known to hold one is meant by its title.
    single: Vec<RoleId>,
}

impl std::ops::Index<AgentId> for Agents {
    type Output = Agent;

    fn index(&self, id: AgentId) -> &Agent {
        &self.list[id.0 as usize]
    }
}

impl Agents {
    /// Reads the lexicon.
    pub(crate) fn load(files: &[DataFile], registers: &Registers, faults: &mut Faults) -> Agents {
        let mut list = read(files, faults);
        let mut by_noun: FxHashMap<Box<str>, usize> =
            list.iter().enumerate().map(|(index, agent)| (agent.noun.clone(), index)).collect();
        for title in &registers.titles {
            for (noun, many) in [(&title.singular, false), (&title.plural, true)] {
                let noun = normal(noun);
                if noun.is_empty() {
                    continue;
                }
                let index = *by_noun.entry(noun.clone().into()).or_insert_with(|| {
                    list.push(of_title(title, &noun, many || title.plural == title.singular));
                    list.len() - 1
                });
                if let Some(role) = title.role {
                    list[index].roles.push((role, title.countries.clone()));
                }
            }
        }
        let mut agents = Agents { list, by_first: FxHashMap::default(), single: Vec::new() };
        agents.arrange();
        for row in &SINGLE.read(files, faults) {
            match registers.role(row.cells[0]) {
                Some(role) => agents.single.push(role),
                None => SINGLE.fault(
                    row,
                    faults,
                    format!("unknown role \"{}\"", row.cells[0]),
                    "see people/roles.tsv",
                ),
            }
        }
        agents
    }

    fn arrange(&mut self) {
        let mut nouns: Vec<(Box<str>, Rest)> = Vec::new();
        for (agent, number) in self.list.iter().zip(0..) {
            let mut words = agent.noun.split([' ', '-']).filter(|word| !word.is_empty()).map(Box::from);
            let Some(first) = words.next() else { continue };
            nouns.push((first, (words.collect(), AgentId(number))));
        }
        nouns.sort_by_key(|(_, (rest, id))| (std::cmp::Reverse(rest.len()), *id));
        for (first, rest) in nouns {
            self.by_first.entry(first).or_default().push(rest);
        }
    }

    /// Whether only one person at a time has this role.
    #[must_use]
    pub fn is_single(&self, role: RoleId) -> bool {
        self.single.contains(&role)
    }

    /// The longest noun that begins at a word, and the index after its last word; hyphens between words are passed over.
    ///
    /// `words` are in small letters, without a full stop at their end.
    #[must_use]
    pub fn longest<W: AsRef<str>>(&self, words: &[W], at: usize) -> Option<(usize, AgentId)> {
        let rests = self.by_first.get(words.get(at)?.as_ref())?;
        rests.iter().find_map(|(rest, id)| {
            let mut next = at + 1;
            for wanted in rest {
                if words.get(next).is_some_and(|word| word.as_ref() == "-") {
                    next += 1;
                }
                if words.get(next)?.as_ref() != &**wanted {
                    return None;
                }
                next += 1;
            }
            Some((next, *id))
        })
    }
}

/// A noun of the title lexicon that the other table does not have.
fn of_title(title: &Title, noun: &str, many: bool) -> Agent {
    let kind = match title.kind {
        TitleKind::Address => AgentKind::Address,
        TitleKind::Institution => AgentKind::Body,
        TitleKind::Office | TitleKind::Agent if many => AgentKind::People,
        TitleKind::Office | TitleKind::Agent => AgentKind::Person,
    };
    Agent {
        noun: noun.into(),
        many,
        sector: title.sector.clone(),
        kind,
        borrows: false,
        gender: None,
        roles: Vec::new(),
    }
}

/// In small letters, possessives as words of their own, without full stops.
fn normal(noun: &str) -> String {
    noun.to_lowercase().replace("'s", " 's").replace('.', "")
}

fn read(files: &[DataFile], faults: &mut Faults) -> Vec<Agent> {
    let mut list = Vec::new();
    for row in &AGENTS.read(files, faults) {
        let [noun, number, sector, kind, borrows, gender] = row.cells;
        if !matches!(number, "one" | "many") {
            AGENTS.fault(row, faults, format!("unknown number \"{number}\""), "one or many");
        }
        if !matches!(borrows, "" | "yes") {
            AGENTS.fault(row, faults, format!("unknown \"borrows\": \"{borrows}\""), "yes or empty");
        }
        if !matches!(gender, "" | "f" | "m") {
            AGENTS.fault(row, faults, format!("unknown gender \"{gender}\""), "f, m or empty");
        }
        let known = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind);
        let Some(kind) = known else {
            let words: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
            AGENTS.fault(
                row,
                faults,
                format!("unknown kind \"{kind}\""),
                format!("one of: {}", words.join(" ")),
            );
            continue;
        };
        list.push(Agent {
            noun: normal(noun).into(),
            many: number == "many",
            sector: sector.into(),
            kind,
            borrows: borrows == "yes",
            gender: gender.chars().next(),
            roles: Vec::new(),
        });
    }
    list
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn agents(table: &str) -> (Agents, Vec<String>) {
        let text = format!("noun\tnumber\tsector\tkind\tborrows\tgender\n{table}");
        let file = DataFile { path: Cow::Borrowed("lexicon/agents.tsv"), text: Cow::Owned(text) };
        let mut faults = Faults::default();
        let agents = Agents::load(&[file], &Registers::default(), &mut faults);
        (agents, faults.into_sorted().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_longest_noun_wins_and_hyphens_are_passed_over() {
        let (agents, faults) =
            agents("secretary\tone\tGOV\tperson\tyes\t\nsecretary general\tone\tGOV\tperson\t\t\n");
        assert!(faults.is_empty(), "{faults:?}");
        let words = ["the", "secretary", "-", "general", "said"];
        assert_eq!(
            agents.longest(&words, 1).map(|(end, id)| (end, &*agents[id].noun)),
            Some((4, "secretary general"))
        );
        assert_eq!(agents.longest(&["secretary"], 0).map(|(end, _)| end), Some(1));
        assert_eq!(agents.longest(&words, 0), None);
    }

    #[test]
    fn unknown_words_are_refused_by_line() {
        let (_, faults) = agents("aide\tsome\tGOV\thuman\tno\tx\n");
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults.iter().all(|fault| fault.starts_with("lexicon/agents.tsv:2: unknown ")), "{faults:?}");
    }
}
