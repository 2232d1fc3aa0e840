//! The lexicon of relations: by which words a state of affairs is told, and where its parties stand.

use rustc_hash::FxHashMap;

use super::{
    DataFile,
    registers::table::{Faults, Layout, Row},
    speech::add_s,
};

const KINDS: Layout<4> =
    Layout { path: "lexicon/relations/kinds.tsv", columns: ["kind", "sides", "parties", "meaning"], key: 1 };
const PATTERNS: Layout<11> = Layout {
    path: "lexicon/relations/patterns.tsv",
    columns: ["word", "use", "beside", "kind", "from", "to", "what", "value", "dated", "example", "reads"],
    key: 4,
};
const TURNS: Layout<6> = Layout {
    path: "lexicon/relations/turns.tsv",
    columns: ["word", "turn", "kinds", "value", "subject", "example"],
    key: 3,
};
const UNITS: Layout<3> =
    Layout { path: "lexicon/relations/units.tsv", columns: ["word", "class", "unit"], key: 2 };

/// Where in the tree something is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Who does it; of a noun, the subject of the verb that takes part in it.
    Subject,
    /// To whom it is done.
    Object,
    /// To whom, without preposition: "owes China".
    Indirect,
    /// Before the noun: "Russia's", "Russian", "NATO".
    Owner,
    /// Who is said to be it: "Norway is the supplier", "Norway, a supplier", "NATO member Norway".
    Holder,
    /// A noun before the noun that says of what: "oil supplier".
    Compound,
    /// The verb that takes part in what a noun names.
    Verb,
    /// An adjective or noun before the noun.
    Attribute,
    /// What an agreement says: "under which both withdraw".
    Provision,
    /// The preposition before the noun.
    Preposition,
    /// The verb that completes the word: "applied to join".
    Below,
    /// Behind a preposition.
    Phrase(Box<str>),
    /// One from the other: "object owner" is whose the object is.
    Path(Vec<Slot>),
}

/// Alternatives, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    /// Where it is looked for.
    pub places: Vec<Slot>,
    /// Whether it may stay unknown.
    pub is_optional: bool,
}

/// What the word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective or participle that stands as predicate or attribute.
    Adjective,
}

/// What a date beside the word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// It lasts: only "since" and "until" say from when to when.
    State,
    /// It begins on that day.
    Begins,
    /// It ends on that day.
    Ends,
    /// It is aimed at for that day.
    Goal,
}

/// What must stand beside the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Where.
    pub slot: Slot,
    /// One of these words, or of the classes BODY (of states), STATE, COUNTRY, PLACE, PARTY, PAIR, AMOUNT, MONEY, SHARE, PEOPLE, SOME.
    pub words: Vec<Box<str>>,
    /// Whether none of them may stand there.
    pub is_barred: bool,
}

/// One way in which a relation is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationPattern {
    /// What the word is.
    pub use_: Use,
    /// A second word that must follow: "off" of "break off".
    pub particle: Option<Box<str>>,
    /// Whether it is told by a negation: "does not recognise".
    pub is_negated: bool,
    /// What must stand beside it.
    pub beside: Vec<Beside>,
    /// Number of the kind.
    pub kind: usize,
    /// From whom.
    pub from: Slots,
    /// To whom.
    pub to: Slots,
    /// Of what.
    pub what: Slots,
    /// A fixed value, or a class of amounts behind `=`.
    pub value: Box<str>,
    /// What a date beside it is.
    pub dated: Dated,
    /// A sentence, what is read in it, and its line.
    pub example: (usize, Box<str>, Box<str>),
}

/// A kind of relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationKind {
    /// Its name.
    pub name: Box<str>,
    /// Whether it holds between its parties in both directions.
    pub is_mutual: bool,
    /// Whether persons and offices stand for their state in it.
    pub of_states: bool,
    /// Whether one party at least is a state or a body of states, and another one is not of that state.
    pub needs_state: bool,
}

/// What a verb does to the relation that its object or subject names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// "imposed sanctions"
    Begins,
    /// "lifted sanctions"
    Ends,
    /// "extended sanctions": there are sanctions, whether that was done or only wished.
    Holds,
    /// "under which", "provides for": what follows is what it says.
    Provides,
    /// "planned sanctions", "threatened": an attribute or verb under which it is not the case.
    Unreal,
}

/// A row of the turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnWord {
    /// What it does.
    pub turn: Turn,
    /// The kinds to which it does that; empty for all.
    pub kinds: Vec<Box<str>>,
    /// The value that the relation then has.
    pub value: Box<str>,
    /// Whether the verb's subject is a party.
    pub subject_is_party: bool,
    /// A second word that must follow.
    pub particle: Option<Box<str>>,
}

/// What a word adds to an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitClass {
    /// A power of ten: "million".
    Scale,
    /// A sign before a number: "$".
    Sign,
    /// Money: "euros".
    Money,
    /// A number: "two".
    Number,
    /// A part: "third", "per cent".
    Share,
    /// A measure: "barrels".
    Quantity,
    /// Human beings: "soldiers".
    People,
    /// Things that are counted: "tanks".
    Things,
    /// Per what: "day".
    Per,
    /// A place in an order: "largest", "second".
    Rank,
}

const CLASSES: &[(&str, UnitClass)] = &[
    ("scale", UnitClass::Scale),
    ("sign", UnitClass::Sign),
    ("money", UnitClass::Money),
    ("number", UnitClass::Number),
    ("share", UnitClass::Share),
    ("quantity", UnitClass::Quantity),
    ("people", UnitClass::People),
    ("things", UnitClass::Things),
    ("per", UnitClass::Per),
    ("rank", UnitClass::Rank),
];

/// The lexicon.
#[derive(Debug, Default)]
pub struct Relations {
    /// The kinds.
    pub kinds: Vec<RelationKind>,
    /// The patterns, in the order of the file.
    pub patterns: Vec<RelationPattern>,
    by_word: FxHashMap<Box<str>, Vec<u32>>,
    turns: FxHashMap<Box<str>, Vec<TurnWord>>,
    units: FxHashMap<Box<str>, Vec<(UnitClass, Box<str>)>>,
}

impl Relations {
    /// The patterns of a word in its dictionary form.
    pub fn find(&self, word: &str) -> impl Iterator<Item = &RelationPattern> {
        let list = self.by_word.get(word).into_iter().flatten();
        list.filter_map(|&index| self.patterns.get(index as usize))
    }

    /// What a word does to a relation of this kind.
    pub fn turns<'a>(&'a self, word: &str, kind: &'a str) -> impl Iterator<Item = &'a TurnWord> {
        let of_kind =
            move |turn: &&TurnWord| turn.kinds.is_empty() || turn.kinds.iter().any(|other| &**other == kind);
        self.turns.get(word).into_iter().flatten().filter(of_kind)
    }

    /// What a word in lower case is in an amount as a member of this class.
    #[must_use]
    pub fn unit(&self, word: &str, class: UnitClass) -> Option<&str> {
        let list = self.units.get(word)?;
        list.iter().find(|(other, _)| *other == class).map(|(_, unit)| &**unit)
    }

    /// Reads the lexicon.
    pub(super) fn load(files: &[DataFile], faults: &mut Faults) -> Relations {
        let mut relations = Relations::default();
        for row in &KINDS.read(files, faults) {
            let [name, sides, parties, _] = row.cells;
            one_of(&KINDS, row, faults, sides, &["mutual", "one-way"]);
            one_of(&KINDS, row, faults, parties, &["any", "camps", "public", "states"]);
            relations.kinds.push(RelationKind {
                name: name.into(),
                is_mutual: sides == "mutual",
                of_states: matches!(parties, "states" | "camps"),
                needs_state: matches!(parties, "states" | "public"),
            });
        }
        relations.load_patterns(files, faults);
        relations.load_turns(files, faults);
        relations.load_units(files, faults);
        relations
    }

    fn load_patterns(&mut self, files: &[DataFile], faults: &mut Faults) {
        for row in &PATTERNS.read(files, faults) {
            let [word, use_, beside, kind, from, to, what, value, dated, example, reads] = row.cells;
            one_of(&PATTERNS, row, faults, use_, &["adjective", "noun", "verb"]);
            one_of(&PATTERNS, row, faults, dated, &["begins", "ends", "goal", "state"]);
            let Some(kind) = self.kinds.iter().position(|other| &*other.name == kind) else {
                PATTERNS.fault(row, faults, format!("unknown kind \"{kind}\""), "a kind of kinds.tsv");
                continue;
            };
            if example.is_empty() || reads.is_empty() {
                PATTERNS.fault(row, faults, "no example", "a sentence, and what is read in it");
            }
            let (is_negated, word) = word.strip_prefix("not ").map_or((false, word), |word| (true, word));
            let (word, particle) = parted(word);
            let number = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
            self.patterns.push(RelationPattern {
                use_: match use_ {
                    "verb" => Use::Verb,
                    "noun" => Use::Noun,
                    _ => Use::Adjective,
                },
                particle,
                is_negated,
                beside: list(beside).filter_map(|condition| Beside::read(condition, row, faults)).collect(),
                kind,
                from: Slots::read(from),
                to: Slots::read(to),
                what: Slots::read(what),
                value: value.into(),
                dated: match dated {
                    "begins" => Dated::Begins,
                    "ends" => Dated::Ends,
                    "goal" => Dated::Goal,
                    _ => Dated::State,
                },
                example: (row.line, example.into(), reads.into()),
            });
            self.by_word.entry(word.into()).or_default().push(number);
        }
    }

    fn load_turns(&mut self, files: &[DataFile], faults: &mut Faults) {
        for row in &TURNS.read(files, faults) {
            let [word, turn, kinds, value, subject, _] = row.cells;
            one_of(&TURNS, row, faults, turn, &["begins", "ends", "holds", "provides", "unreal"]);
            one_of(&TURNS, row, faults, subject, &["", "party"]);
            let kinds: Vec<Box<str>> = list(kinds).map(Box::from).collect();
            for kind in kinds.iter().filter(|kind| self.kinds.iter().all(|other| other.name != **kind)) {
                TURNS.fault(row, faults, format!("unknown kind \"{kind}\""), "a kind of kinds.tsv");
            }
            let (word, particle) = parted(word);
            self.turns.entry(word.into()).or_default().push(TurnWord {
                turn: match turn {
                    "begins" => Turn::Begins,
                    "ends" => Turn::Ends,
                    "holds" => Turn::Holds,
                    "provides" => Turn::Provides,
                    _ => Turn::Unreal,
                },
                kinds,
                value: value.into(),
                subject_is_party: subject == "party",
                particle,
            });
        }
    }

    fn load_units(&mut self, files: &[DataFile], faults: &mut Faults) {
        for row in &UNITS.read(files, faults) {
            let [word, class, unit] = row.cells;
            let Some(&(_, class)) = CLASSES.iter().find(|(name, _)| *name == class) else {
                let names: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
                UNITS.fault(row, faults, format!("unknown class \"{class}\""), names.join(" "));
                continue;
            };
            let counted = matches!(
                class,
                UnitClass::Money
                    | UnitClass::Share
                    | UnitClass::Quantity
                    | UnitClass::People
                    | UnitClass::Things
                    | UnitClass::Scale
            );
            if counted {
                self.units.entry(add_s(word).into()).or_default().push((class, unit.into()));
            }
            self.units.entry(word.into()).or_default().push((class, unit.into()));
        }
    }
}

fn one_of<const N: usize>(
    layout: &Layout<N>,
    row: &Row<'_, N>,
    faults: &mut Faults,
    cell: &str,
    known: &[&str],
) {
    if !known.contains(&cell) {
        layout.fault(row, faults, format!("unknown word \"{cell}\""), format!("one of: {}", known.join(" ")));
    }
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|entry| !entry.is_empty())
}

/// "break off" -> "break", "off".
fn parted(word: &str) -> (&str, Option<Box<str>>) {
    word.split_once(' ').map_or((word, None), |(first, rest)| (first, Some(rest.into())))
}

impl Slots {
    /// `?on; against`: behind "on", else behind "against", else unknown.
    fn read(cell: &str) -> Slots {
        let places = list(cell.trim_start_matches('?')).map(Slot::read).collect();
        Slots { places, is_optional: cell.is_empty() || cell.starts_with('?') }
    }
}

impl Slot {
    fn read(entry: &str) -> Slot {
        match entry {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "indirect" => Slot::Indirect,
            "verb" => Slot::Verb,
            "attribute" => Slot::Attribute,
            "below" => Slot::Below,
            "provision" => Slot::Provision,
            "preposition" => Slot::Preposition,
            "owner" => Slot::Owner,
            "holder" => Slot::Holder,
            "compound" => Slot::Compound,
            _ if entry.contains(' ') => Slot::Path(entry.split(' ').map(Slot::read).collect()),
            _ => Slot::Phrase(entry.into()),
        }
    }
}

impl Beside {
    /// `object=tie|relation`, `object!=BODY`.
    fn read<const N: usize>(condition: &str, row: &Row<'_, N>, faults: &mut Faults) -> Option<Beside> {
        let Some((slot, words)) = condition.split_once('=') else {
            faults.add(
                PATTERNS.path,
                row.line,
                format!("no \"=\" in \"{condition}\""),
                "object=tie|relation",
            );
            return None;
        };
        let (slot, is_barred) = slot.strip_suffix('!').map_or((slot, false), |slot| (slot, true));
        let words = words.split('|').map(|word| word.trim().into()).collect();
        Some(Beside { slot: Slot::read(slot.trim()), words, is_barred })
    }
}
