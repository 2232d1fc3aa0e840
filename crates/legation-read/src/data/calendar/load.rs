//! Reads and checks the files under `lexicon/calendar/`.

use serde::Deserialize;
use toml::Spanned;

use super::{
    Base, Calendar, Means, NamedDay, Phrase, Rule,
    class::{Class, MODIFIERS, UNITS, vocabulary},
    pattern,
};
use crate::data::{DataError, DataFile};

const FOLDER: &str = "lexicon/calendar/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    alias: Vec<RawAlias>,
    #[serde(default)]
    prefix: Vec<Spanned<RawRule>>,
    #[serde(default)]
    rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAlias {
    name: String,
    is: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRule {
    name: String,
    pattern: String,
    means: Means,
    by: Option<i32>,
    base: Option<Base>,
    modifier: Option<String>,
    value: Option<String>,
    unit: Option<String>,
    after: Option<String>,
    unless_after: Option<String>,
    unless_before: Option<String>,
    #[serde(default)]
    borrows: bool,
    #[serde(default)]
    early: bool,
    #[serde(default)]
    examples: Vec<String>,
}

/// Collects faults of one file.
struct Faults<'a> {
    file: &'a DataFile,
    errors: &'a mut Vec<DataError>,
}

impl Faults<'_> {
    fn add(&mut self, line: usize, message: impl Into<String>, hint: &str) {
        self.errors.push(DataError {
            file: self.file.path.to_string(),
            line,
            message: message.into(),
            hint: hint.to_owned(),
        });
    }

    fn line_of(&self, offset: usize) -> usize {
        self.file.text.as_bytes().iter().take(offset).filter(|&&byte| byte == b'\n').count() + 1
    }

    fn toml(&mut self, error: &toml::de::Error) {
        let line = error.span().map_or(0, |span| self.line_of(span.start));
        self.add(line, error.message().to_owned(), "data/lexicon/calendar/README.md lists the keys");
    }
}

impl Calendar {
    /// Reads every file under `lexicon/calendar/`; faults are added to `errors`.
    #[must_use]
    pub fn load(files: &[DataFile], errors: &mut Vec<DataError>) -> Calendar {
        let mut calendar = Calendar::default();
        let of_kind = |prefix: &'static str| {
            files.iter().filter(move |file| {
                file.path.strip_prefix(FOLDER).is_some_and(|name| name.starts_with(prefix))
            })
        };
        for file in of_kind("words") {
            calendar.load_words(&mut Faults { file, errors });
        }
        for file in of_kind("days") {
            calendar.load_days(&mut Faults { file, errors });
        }
        for file in of_kind("names") {
            calendar.load_names(file);
        }
        for file in of_kind("rules") {
            calendar.load_rules(&mut Faults { file, errors });
        }
        calendar.index();
        calendar
    }

    fn load_words(&mut self, faults: &mut Faults<'_>) {
        let text = faults.file.text.clone();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t');
            let (word, name, value) = (columns.next(), columns.next(), columns.next());
            let (Some(word), Some(name)) = (word, name) else {
                faults.add(
                    number + 1,
                    "a line has a word, a class and, for most classes, a value",
                    "use tabs",
                );
                continue;
            };
            let Some(class) = Class::from_name(name) else {
                faults.add(number + 1, format!("no class is called {name}"), "README.md lists the classes");
                continue;
            };
            let Some(value) = word_value(class, value.unwrap_or("")) else {
                faults.add(number + 1, format!("{name} has no such value"), "README.md lists the values");
                continue;
            };
            let word = self.intern(word) as usize;
            self.entries[word].mask |= class.bit();
            self.entries[word].values.push((class, value));
        }
    }

    fn load_days(&mut self, faults: &mut Faults<'_>) {
        let parsed = toml::from_str(&faults.file.text);
        let file: super::days::DayFile = match parsed {
            Ok(file) => file,
            Err(error) => return faults.toml(&error),
        };
        for raw in file.day {
            let line = faults.line_of(raw.span().start);
            match NamedDay::from_raw(raw.into_inner()) {
                Ok(day) => self.add_day(day),
                Err(message) => faults.add(line, message, "README.md shows each form"),
            }
        }
    }

    fn add_day(&mut self, day: NamedDay) {
        let number = u16::try_from(self.days.len()).unwrap_or(u16::MAX);
        for name in &day.names {
            self.add_phrase(name, Some(number));
        }
        self.days.push(day);
    }

    fn load_names(&mut self, file: &DataFile) {
        for line in file.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            self.add_phrase(line, None);
        }
    }

    fn add_phrase(&mut self, name: &str, day: Option<u16>) {
        let words: Vec<u32> =
            crate::resolve::date::words_of(name).iter().map(|word| self.intern(word)).collect();
        if let Some(&first) = words.first() {
            let phrases = self.phrases.entry(first).or_default();
            phrases.push(Phrase { words, day });
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
    }

    fn load_rules(&mut self, faults: &mut Faults<'_>) {
        let parsed = toml::from_str(&faults.file.text);
        let file: RuleFile = match parsed {
            Ok(file) => file,
            Err(error) => return faults.toml(&error),
        };
        for alias in file.alias {
            let line = faults.line_of(alias.is.span().start);
            match pattern::element(alias.is.get_ref(), self) {
                Ok(element) => self.aliases.push((alias.name, element)),
                Err(message) => faults.add(line, message, "README.md lists the classes"),
            }
        }
        for (raw, is_prefix) in file
            .prefix
            .into_iter()
            .map(|raw| (raw, true))
            .chain(file.rule.into_iter().map(|raw| (raw, false)))
        {
            let line = faults.line_of(raw.span().start);
            let source = format!("{}:{line}", faults.file.path);
            match self.rule(raw.into_inner(), source) {
                Ok(rule) if is_prefix => self.prefixes.push(rule),
                Ok(rule) => self.rules.push(rule),
                Err(message) => faults.add(line, message, "README.md describes patterns"),
            }
        }
    }

    fn rule(&mut self, raw: RawRule, source: String) -> Result<Rule, String> {
        let modifier = match raw.modifier {
            None => None,
            Some(name) => Some(
                *MODIFIERS
                    .iter()
                    .find(|known| **known == name)
                    .ok_or(format!("no modifier is called {name}"))?,
            ),
        };
        let unit = raw.unit.map(|name| {
            let known = UNITS.iter().find(|known| known.1 == name);
            known.map(|known| known.0).ok_or(format!("no unit is called {name}"))
        });
        let mut element = |text: Option<String>| text.map(|text| pattern::element(&text, self)).transpose();
        let after = element(raw.after)?;
        let unless_after = element(raw.unless_after)?;
        let unless_before = element(raw.unless_before)?;
        Ok(Rule {
            pattern: pattern::parse(&raw.pattern, self)?,
            name: raw.name,
            means: raw.means,
            by: raw.by,
            base: raw.base.unwrap_or(Base::Now),
            modifier,
            value: raw.value,
            unit: unit.transpose()?,
            after,
            unless_after,
            unless_before,
            borrows: raw.borrows,
            early: raw.early,
            examples: raw.examples,
            source,
        })
    }
}

fn word_value(class: Class, text: &str) -> Option<i32> {
    if let Some(names) = vocabulary(class) {
        let place = names.iter().position(|name| *name == text)?;
        return i32::try_from(place).ok();
    }
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}
