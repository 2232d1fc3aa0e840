//! What cutting a text into sentences and words needs to know: `lexicon/abbreviations.tsv` and `lexicon/words.tsv`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::DataFile;
use super::registers::table::{Faults, Layout};

const ABBREVIATIONS: Layout<2> =
    Layout { path: "lexicon/abbreviations.tsv", columns: ["form", "class"], key: 1 };
const WORDS: Layout<2> = Layout { path: "lexicon/words.tsv", columns: ["class", "word"], key: 2 };

/// How an abbreviation's full stop behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AbbreviationClass {
    /// Stands before a name and never ends a sentence: "Gen.", "St."
    Title,
    /// An abbreviation only before a number: "No. 10", "pp. 3-5".
    Number,
    /// May end a sentence, and then does so where a word follows that opens one: "U.S.", "Inc.", "a.m."
    Any,
    /// As `Any`, but at the end of a paragraph the stop is the sentence's: "etc."
    Tail,
    /// A single capital before a name: "J. Okoro".
    Initial,
}

/// The lexicon of segmentation, indexed.
#[derive(Debug, Default)]
pub(crate) struct Segmentation {
    abbreviations: FxHashMap<String, AbbreviationClass>,
    contractions: FxHashMap<String, Vec<u8>>,
    openers: FxHashSet<String>,
    prefixes: FxHashSet<String>,
    suffixes: FxHashSet<String>,
    units: FxHashSet<String>,
    elisions: FxHashSet<String>,
    domains: FxHashSet<String>,
    asking: FxHashSet<String>,
}

impl Segmentation {
    /// Validates and indexes the two files.
    pub(crate) fn load(files: &[DataFile], faults: &mut Faults) -> Segmentation {
        let mut lexicon = Segmentation::default();
        for row in ABBREVIATIONS.read(files, faults) {
            let [form, class] = row.cells;
            let class = match class {
                "title" => AbbreviationClass::Title,
                "number" => AbbreviationClass::Number,
                "any" => AbbreviationClass::Any,
                "tail" => AbbreviationClass::Tail,
                _ => {
                    let message = format!("unknown class `{class}`");
                    faults.add(ABBREVIATIONS.path, row.line, message, "title, number, any or tail");
                    continue;
                }
            };
            if form.is_empty() || form.ends_with('.') {
                let message = format!("`{form}`: write the form without its last full stop");
                faults.add(ABBREVIATIONS.path, row.line, message, "");
            }
            lexicon.abbreviations.insert(form.to_owned(), class);
        }
        for row in WORDS.read(files, faults) {
            if let Err(hint) = lexicon.add_word(row.cells[0], row.cells[1]) {
                faults.add(WORDS.path, row.line, format!("`{}` cannot be used", row.cells.join(" ")), hint);
            }
        }
        lexicon
    }

    fn add_word(&mut self, class: &str, word: &str) -> Result<(), &'static str> {
        if word.is_empty() || word != word.trim() {
            return Err("a word without blanks around it");
        }
        let set = match class {
            "asking" => &mut self.asking,
            "contraction" => {
                let whole = word.replace('|', "");
                let mut cuts = Vec::new();
                let mut length = 0;
                for part in word.split('|') {
                    length += part.len();
                    cuts.push(u8::try_from(length).map_err(|_| "at most 255 bytes")?);
                }
                cuts.pop();
                if cuts.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    return Err("lower-case letters, the parts parted by |");
                }
                self.contractions.insert(whole, cuts);
                return Ok(());
            }
            "domain" => &mut self.domains,
            "elision" => &mut self.elisions,
            "opener" => &mut self.openers,
            "prefix" => &mut self.prefixes,
            "suffix" => &mut self.suffixes,
            "unit" => &mut self.units,
            _ => {
                return Err("classes: asking, contraction, domain, elision, opener, prefix, suffix, unit");
            }
        };
        set.insert(word.to_owned());
        Ok(())
    }

    /// The class of an abbreviation, its last stop left out; a word in capitals counts as its capitalised form.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<AbbreviationClass> {
        if let Some(class) = self.abbreviations.get(word) {
            return Some(*class);
        }
        if word.len() < 2 || word.len() > 8 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let mut capitalised = word.to_ascii_lowercase();
        capitalised[..1].make_ascii_uppercase();
        self.abbreviations.get(&capitalised).copied().filter(|class| *class == AbbreviationClass::Title)
    }

    /// Where a lower-cased word without an apostrophe is cut: "cannot" after 3 bytes.
    pub(crate) fn contraction(&self, lower: &str) -> Option<&[u8]> {
        self.contractions.get(lower).map(Vec::as_slice)
    }

    /// Whether a capitalised word commonly opens a sentence and is no part of a name.
    pub(crate) fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// Whether a word keeps the hyphen after it: "anti-".
    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        has(&self.prefixes, word)
    }

    /// Whether a word keeps the hyphen before it: "-esque".
    pub(crate) fn is_suffix(&self, word: &str) -> bool {
        has(&self.suffixes, word)
    }

    /// Whether letters after a number are a unit and a word of their own: "pm", "km".
    pub(crate) fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// Whether a word stands after an apostrophe for left-out letters: "’em".
    pub(crate) fn is_elision(&self, word: &str) -> bool {
        has(&self.elisions, word)
    }

    /// Whether letters after a full stop continue an internet or file name: ".com", ".pdf".
    pub(crate) fn is_domain(&self, word: &str) -> bool {
        has(&self.domains, word)
    }

    /// Whether a verb form follows a quoted question that its speaker goes on from: "asked".
    pub(crate) fn is_asking(&self, word: &str) -> bool {
        self.asking.contains(word)
    }
}

/// Looks a word up in lower case.
fn has(set: &FxHashSet<String>, word: &str) -> bool {
    if word.len() > 16 {
        return false;
    }
    set.contains(word)
        || (!word.bytes().all(|byte| byte.is_ascii_lowercase()) && set.contains(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{AbbreviationClass, Segmentation};
    use crate::data::DataFile;
    use crate::data::registers::table::Faults;

    fn load(path: &'static str, text: &'static str) -> (Segmentation, Vec<String>) {
        let files = [DataFile { path: Cow::Borrowed(path), text: Cow::Borrowed(text) }];
        let mut faults = Faults::default();
        let lexicon = Segmentation::load(&files, &mut faults);
        let errors = faults.into_sorted();
        (lexicon, errors.iter().map(|error| format!("{}: {}", error.line, error.message)).collect())
    }

    #[test]
    fn capitals_are_the_same_title() {
        let (lexicon, errors) = load("lexicon/abbreviations.tsv", "form\tclass\nGen\ttitle\nNo\tnumber\n");
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(lexicon.abbreviation("GEN"), Some(AbbreviationClass::Title));
        assert_eq!((lexicon.abbreviation("NO"), lexicon.abbreviation("gen")), (None, None));
    }

    #[test]
    fn faults_are_named_by_line() {
        let (_, errors) = load("lexicon/abbreviations.tsv", "form\tclass\nCo\tfirm\nGen.\ttitle\n");
        assert_eq!(
            errors,
            ["2: unknown class `firm`", "3: `Gen.`: write the form without its last full stop"]
        );
        let (_, errors) = load("lexicon/words.tsv", "class\tword\ncontraction\tcannot\nopner\tThe\n");
        assert_eq!(errors, ["2: `contraction cannot` cannot be used", "3: `opner The` cannot be used"]);
    }
}
