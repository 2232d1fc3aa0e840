//! Calendar words, named days and the rules that read time expressions: `lexicon/calendar/`.

pub mod class;
mod days;
mod load;
pub mod pattern;

use rustc_hash::FxHashMap;

pub use days::{NamedDay, When};
use pattern::Element;

/// What a word can be, with its value in each class.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its classes as bits.
    pub mask: u64,
    /// Class and value.
    pub values: Vec<(class::Class, i32)>,
}

/// How a rule's words are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// A calendar date, whole or with parts to be filled in: "May 3", "Tuesday", "early 1990".
    Calendar,
    /// A month, season or weekday with "last", "this", "next".
    Shifted,
    /// A unit with "last", "this", "next", "that": "last week".
    Unit,
    /// A period like another in an earlier year: "the same month last year".
    Alike,
    /// So many units away: "two days ago", "a year later".
    Offset,
    /// Yesterday, today, tomorrow.
    Deictic,
    /// The n-th part of a period: "the third quarter of 2009".
    Nth,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
    /// Past, present or future.
    Reference,
    /// A day of the register of named days.
    Named,
    /// A time of day.
    Time,
    /// No time expression at all, however much it looks like one.
    Nothing,
}

/// What an offset or a shift is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// The day of publication, or of what is quoted.
    Now,
    /// The date before it in the text.
    Text,
    /// The date before it where that lends its year (a history, the same sentence), else as [`Base::Now`].
    Near,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, for `--explain` and error messages.
    pub name: String,
    /// What it fits.
    pub pattern: Vec<Element>,
    /// What it means.
    pub means: Means,
    /// Direction of an offset or size of a shift.
    pub by: Option<i32>,
    /// What it is counted from.
    pub base: Base,
    /// A modifier it sets, as its place in [`class::MODIFIERS`].
    pub modifier: Option<&'static str>,
    /// A value it sets outright.
    pub value: Option<String>,
    /// The part of a period it is about, where that is no unit among its words: halves.
    pub unit: Option<class::Unit>,
    /// What must stand before it.
    pub after: Option<Element>,
    /// What must not stand before it.
    pub unless_after: Option<Element>,
    /// What must not stand behind it.
    pub unless_before: Option<Element>,
    /// Whether month and day may come from the date just before it: "May 3-5".
    pub borrows: bool,
    /// Whether it reads only in texts that tell of early years: "in 476".
    pub early: bool,
    /// Texts with the expected reading.
    pub examples: Vec<String>,
    /// File and line, for messages.
    pub source: String,
}

/// A name of one or more words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Numbers of its words.
    pub words: Vec<u32>,
    /// The named day, an index of [`Calendar::days`]; `None` where the name only looks like a date.
    pub day: Option<u16>,
}

/// The lexicon of time.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    words: FxHashMap<Box<str>, u32>,
    entries: Vec<Entry>,
    aliases: Vec<(String, Element)>,
    /// The rules, in the order of files and lines.
    pub rules: Vec<Rule>,
    /// What may stand before a date or an amount and belongs to it: "the end of", "about".
    pub prefixes: Vec<Rule>,
    /// Rules by the class that may stand first.
    pub by_class: Vec<Vec<u16>>,
    /// Rules by the word that may stand first.
    pub by_word: FxHashMap<u32, Vec<u16>>,
    /// Number of the comma.
    pub comma: u32,
    /// Whether a word is an expression all by itself, by its number.
    alone: Vec<bool>,
    /// Named days.
    pub days: Vec<NamedDay>,
    /// Names by their first word, the longest first.
    pub phrases: FxHashMap<u32, Vec<Phrase>>,
}

impl Calendar {
    /// Number of a word in lower case; 0 when it is not in the lexicon.
    #[must_use]
    pub fn word(&self, lower: &str) -> u32 {
        self.words.get(lower).copied().unwrap_or(0)
    }

    /// What a word can be.
    #[must_use]
    pub fn entry(&self, word: u32) -> Option<&Entry> {
        self.entries.get(word as usize)
    }

    /// Value of a word in a class.
    #[must_use]
    pub fn value(&self, word: u32, class: class::Class) -> Option<i32> {
        self.entry(word)?.values.iter().find(|value| value.0 == class).map(|value| value.1)
    }

    /// Whether some rule reads this word all by itself: "biennial".
    #[must_use]
    pub fn stands_alone(&self, word: u32) -> bool {
        self.alone.get(word as usize).copied().unwrap_or(false)
    }

    fn alias(&self, name: &str) -> Option<&Element> {
        self.aliases.iter().find(|alias| alias.0 == name).map(|alias| &alias.1)
    }

    fn intern(&mut self, word: &str) -> u32 {
        if self.entries.is_empty() {
            self.entries.push(Entry::default());
        }
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let number = u32::try_from(self.entries.len()).unwrap_or(0);
        self.words.insert(word.into(), number);
        self.entries.push(Entry::default());
        number
    }

    /// Marks a word that a pattern names and that has no class of its own.
    fn know(&mut self, number: u32, word: &str) {
        let entry = &mut self.entries[number as usize];
        if entry.mask == 0 && word.starts_with(char::is_alphabetic) {
            entry.mask = class::Class::Known.bit();
        }
    }

    /// Lists every rule under what it may begin with.
    fn index(&mut self) {
        self.by_class = vec![Vec::new(); 64];
        self.by_word.clear();
        self.comma = self.word(",");
        self.alone = vec![false; self.entries.len()];
        for (number, rule) in (0_u16..).zip(&self.rules) {
            for element in &rule.pattern {
                for bit in 0..64 {
                    if element.mask >> bit & 1 == 1 && !self.by_class[bit].contains(&number) {
                        self.by_class[bit].push(number);
                    }
                }
                for &word in &element.words {
                    self.by_word.entry(word).or_default().push(number);
                }
                if !element.optional {
                    break;
                }
            }
            let mut needed = rule.pattern.iter().filter(|element| !element.optional);
            if let (Some(only), None) = (needed.next(), needed.next()) {
                only.words.iter().for_each(|word| self.alone[*word as usize] = true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use crate::data::{Data, DataFile};

    fn faults(path: &'static str, text: &'static str) -> Vec<String> {
        let mut files: Vec<DataFile> = Data::shipped_files().collect();
        files.push(DataFile { path: path.into(), text: text.into() });
        let mut errors = Vec::new();
        let _ = Calendar::load(&files, &mut errors);
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_shipped_lexicon_has_no_fault() {
        assert_eq!(faults("lexicon/calendar/x.tsv", ""), Vec::<String>::new());
    }

    #[test]
    fn faults_are_told_with_file_and_line() {
        let told = faults("lexicon/calendar/words-x.tsv", "tuesday\tWEEKDAY\t2\nfrogday\tFROG\t1\n");
        assert!(told[0].starts_with("lexicon/calendar/words-x.tsv:2: no class is called FROG"), "{told:?}");
        let told = faults("lexicon/calendar/rules-x.toml", "[[rule]]\nname = \"x\"\npatern = \"the\"\n");
        assert!(told[0].starts_with("lexicon/calendar/rules-x.toml:"), "{told:?}");
        let told = faults(
            "lexicon/calendar/rules-x.toml",
            "[[rule]]\nname = \"x\"\npattern = \"FROG\"\nmeans = \"calendar\"\nexamples = []\n",
        );
        assert!(told[0].contains("no class or alias is called FROG"), "{told:?}");
        let told = faults("lexicon/calendar/days-x.toml", "[[day]]\nnames = [\"X\"]\ndate = \"13-45\"\n");
        assert!(told[0].contains("13-45"), "{told:?}");
    }
}
