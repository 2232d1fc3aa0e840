//! Pronouns, and small words that tell how the words beside them are meant.

use rustc_hash::FxHashMap;

use super::DataFile;
use super::registers::table::{Faults, Layout};

const PRONOUNS: Layout<5> = Layout {
    path: "lexicon/pronouns.tsv",
    columns: ["pronoun", "number", "person", "gender", "use"],
    key: 1,
};

const WORD_USES: Layout<2> = Layout { path: "lexicon/word-uses.tsv", columns: ["word", "use"], key: 2 };

/// What a pronoun agrees with, and how it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pronoun {
    /// Whether it stands for more than one.
    pub many: bool,
    /// `f`, `m`, `n` or `None` where it does not tell.
    pub gender: Option<char>,
    /// How it is used.
    pub role: PronounUse,
}

/// How a pronoun is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PronounUse {
    /// "he"
    Subject,
    /// "him"
    Object,
    /// "his"
    Possessive,
    /// "himself"
    Reflexive,
    /// "both": two who have been named.
    Pair,
}

/// What a word tells about the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordUse {
    /// A preposition after which it is a place: "in".
    At,
    /// A preposition after which it is a place if the word before is one of motion: "to".
    Way,
    /// A verb or noun of motion: "flew to", "trip to".
    Motion,
    /// A verb whose object, if it has the name of a place, is a place: "visit", "bombard".
    Object,
    /// A noun that a place's name before it locates: "Moscow talks", "Kabul airport".
    Located,
    /// A preposition between a noun and the state or body it belongs to: "ambassador to".
    Complement,
    /// A small word inside a person's name: "bin".
    Particle,
    /// An article.
    Article,
    /// A word before a noun that is known already: "the", "this".
    Definite,
    /// An office no longer held: "former".
    Former,
    /// Two of them: "both".
    Two,
    /// Three of them.
    Three,
    /// A preposition before what something is of: "president of", "junta in".
    Owning,
    /// A noun for what two have with each other: "ties".
    Mutual,
    /// Before a people that lives elsewhere: "ethnic Albanians".
    Ethnic,
    /// A word before a date: "in May".
    Dating,
    /// What a state does to others whose name then follows a hyphen: "Iran-backed".
    Backed,
    /// What somebody is to a state whose name follows a hyphen: "anti-American".
    Leaning,
    /// A noun before "of" and the name of a place: "the town of Samarra".
    Settlement,
    /// A word for a part of a place before its name: "southern".
    Direction,
    /// A word before people who are not of the country they are in: "foreign".
    Abroad,
    /// A building of one state in another: "embassy".
    Seat,
}

/// Words of the tables' `use` columns.
const PRONOUN_USES: [(&str, PronounUse); 5] = [
    ("subject", PronounUse::Subject),
    ("object", PronounUse::Object),
    ("possessive", PronounUse::Possessive),
    ("reflexive", PronounUse::Reflexive),
    ("pair", PronounUse::Pair),
];
const WORD_USE_NAMES: [(&str, WordUse); 22] = [
    ("at", WordUse::At),
    ("way", WordUse::Way),
    ("motion", WordUse::Motion),
    ("object", WordUse::Object),
    ("located", WordUse::Located),
    ("complement", WordUse::Complement),
    ("particle", WordUse::Particle),
    ("article", WordUse::Article),
    ("definite", WordUse::Definite),
    ("former", WordUse::Former),
    ("two", WordUse::Two),
    ("three", WordUse::Three),
    ("owning", WordUse::Owning),
    ("mutual", WordUse::Mutual),
    ("ethnic", WordUse::Ethnic),
    ("dating", WordUse::Dating),
    ("backed", WordUse::Backed),
    ("leaning", WordUse::Leaning),
    ("settlement", WordUse::Settlement),
    ("direction", WordUse::Direction),
    ("abroad", WordUse::Abroad),
    ("seat", WordUse::Seat),
];

/// Both lexica.
#[derive(Debug, Default)]
pub struct Reference {
    pronouns: FxHashMap<Box<str>, Pronoun>,
    uses: FxHashMap<Box<str>, Vec<WordUse>>,
}

impl Reference {
    /// The pronoun of this form, in small letters.
    #[must_use]
    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }

    /// Whether a word, as lemma or preposition in small letters, has this use.
    #[must_use]
    pub fn has_use(&self, word: &str, wanted: WordUse) -> bool {
        self.uses.get(word).is_some_and(|uses| uses.contains(&wanted))
    }

    /// Reads both lexica.
    pub(crate) fn load(files: &[DataFile], faults: &mut Faults) -> Reference {
        let mut reference = Reference::default();
        for row in &PRONOUNS.read(files, faults) {
            let [pronoun, number, person, gender, role] = row.cells;
            if !matches!(number, "one" | "many") || person != "3" || !matches!(gender, "" | "f" | "m" | "n") {
                let hint = "number one or many, person 3, gender f, m, n or empty";
                PRONOUNS.fault(row, faults, "a cell with an unknown word", hint);
            }
            let Some(role) = find(&PRONOUN_USES, role) else {
                let hint = "subject, object, possessive, reflexive or pair";
                PRONOUNS.fault(row, faults, format!("unknown use \"{role}\""), hint);
                continue;
            };
            let entry = Pronoun { many: number == "many", gender: gender.chars().next(), role };
            reference.pronouns.insert(pronoun.into(), entry);
        }
        for row in &WORD_USES.read(files, faults) {
            let [word, word_use] = row.cells;
            match find(&WORD_USE_NAMES, word_use) {
                Some(word_use) => reference.uses.entry(word.into()).or_default().push(word_use),
                None => {
                    let hint = "at, way, motion, object, located, complement, particle, article, definite, former, two, three, owning, mutual, ethnic, dating, backed, leaning, settlement or direction";
                    WORD_USES.fault(row, faults, format!("unknown use \"{word_use}\""), hint);
                }
            }
        }
        reference
    }
}

fn find<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn uses_are_read_and_unknown_ones_refused() {
        let file = |path: &'static str, text: &'static str| DataFile {
            path: path.into(),
            text: Cow::Borrowed(text),
        };
        let mut faults = Faults::default();
        let reference = Reference::load(
            &[
                file(
                    "lexicon/pronouns.tsv",
                    "pronoun\tnumber\tperson\tgender\tuse\nshe\tone\t3\tf\tsubject\n",
                ),
                file("lexicon/word-uses.tsv", "word\tuse\nin\tat\nvisit\tmotion\nvisit\tobject\nzig\tzag\n"),
            ],
            &mut faults,
        );
        assert_eq!(reference.pronoun("she").and_then(|pronoun| pronoun.gender), Some('f'));
        assert!(reference.has_use("visit", WordUse::Motion) && reference.has_use("visit", WordUse::Object));
        assert!(!reference.has_use("in", WordUse::Way));
        assert_eq!(faults.into_sorted().len(), 1);
    }
}
