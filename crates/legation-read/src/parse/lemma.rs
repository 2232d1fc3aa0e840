//! Lemmas by rule table: the longest known ending of a word, with its tag and case, gives an edit script.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::features::Hash;
use super::weights::{ModelError, Weights};

const LONGEST_ENDING: usize = 5;
/// Features that show in inflection, by part of speech.
const INFLECTION: [&str; 5] = ["Degree", "Number", "Poss", "Tense", "VerbForm"];

/// What makes a lemma of a form: keep or lower its case, cut letters off its end, add others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Script {
    lower: bool,
    cut: usize,
    added: String,
}

impl Script {
    /// Reads `k 2 y`: operation, letters to cut, letters to add.
    fn parse(text: &str) -> Result<Script, ModelError> {
        let bad = || ModelError::Header(format!("edit script {text:?}"));
        let mut parts = text.splitn(3, ' ');
        let lower = match parts.next() {
            Some("l") => true,
            Some("k") => false,
            _ => return Err(bad()),
        };
        let cut = parts.next().and_then(|cut| cut.parse().ok()).ok_or_else(bad)?;
        Ok(Script { lower, cut, added: parts.next().ok_or_else(bad)?.to_owned() })
    }

    fn apply(&self, form: &str, lower: &str, out: &mut String) {
        let base = if self.lower { lower } else { form };
        let count = base.chars().count();
        match count.checked_sub(self.cut) {
            Some(kept) => {
                out.extend(base.chars().take(kept));
                out.push_str(&self.added);
            }
            None => out.push_str(base),
        }
    }
}

/// The rules, by the hash of class, case and ending.
#[derive(Clone, Debug)]
pub(super) struct Lemmatizer {
    rules: FxHashMap<u32, u16>,
    scripts: Vec<Script>,
    /// Hashes of the lemmas of known verbs.
    verbs: FxHashSet<u32>,
    /// Hashes of words known to exist.
    words: FxHashSet<u32>,
}

/// Lemmas found before.
#[derive(Clone, Debug, Default)]
pub(super) struct Cache {
    buffers: Buffers,
    /// Which numbering of the words these are of.
    generation: u64,
    known: FxHashMap<(u32, u16, bool), Range<usize>>,
    text: String,
}

/// A word whose lemma is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query<'a> {
    /// Its number, the same for the same form in one generation.
    pub(super) number: u32,
    pub(super) form: &'a str,
    /// Whether it is the first of its sentence.
    pub(super) first: bool,
    pub(super) class: u16,
}

impl Cache {
    /// Forgets everything if the words have been numbered anew.
    pub(super) fn renew(&mut self, generation: u64) {
        if self.generation != generation {
            self.generation = generation;
            self.known.clear();
            self.text.clear();
        }
    }

    /// Appends the lemma of a word to `out`.
    pub(super) fn lemma(
        &mut self,
        lemmatizer: &Lemmatizer,
        classes: &[String],
        query: Query<'_>,
        out: &mut String,
    ) {
        let Query { number, form, first, class } = query;
        let range = self.known.entry((number, class, first)).or_insert_with(|| {
            let start = self.text.len();
            lemmatizer.lemma(form, first, &classes[usize::from(class)], &mut self.buffers, &mut self.text);
            start..self.text.len()
        });
        out.push_str(&self.text[range.clone()]);
    }
}

/// Buffers for one word after another.
#[derive(Clone, Debug, Default)]
struct Buffers {
    form: String,
    lower: String,
}

impl Lemmatizer {
    pub(super) fn load(weights: &Weights<'_>) -> Result<Lemmatizer, ModelError> {
        let scripts: Result<Vec<Script>, ModelError> =
            weights.header.scripts.iter().map(|text| Script::parse(text)).collect();
        let scripts = scripts?;
        let count = weights.rows("lemma.keys")?;
        let numbers = weights.shorts("lemma.scripts", &[count])?;
        if numbers.iter().any(|&number| usize::from(number) >= scripts.len()) {
            return Err(ModelError::Header("a rule names no script".to_owned()));
        }
        let rules = weights.words("lemma.keys", &[count])?.into_iter().zip(numbers).collect();
        let set = |name: &str| -> Result<FxHashSet<u32>, ModelError> {
            Ok(weights.words(name, &[weights.rows(name)?])?.into_iter().collect())
        };
        Ok(Lemmatizer { rules, scripts, verbs: set("lemma.verbs")?, words: set("lemma.words")? })
    }

    /// Appends the lemma of a form to `out`; `class` is what [`class`] gives for its tag.
    fn lemma(&self, form: &str, first: bool, class: &str, buffers: &mut Buffers, out: &mut String) {
        let Buffers { form: plain, lower } = buffers;
        plain.clear();
        plain.extend(form.chars().map(|character| match character {
            '’' | '‘' | '‛' | '′' | '`' | '´' => '\'',
            _ => character,
        }));
        lower.clear();
        lower.push('^');
        lower.extend(plain.chars().flat_map(char::to_lowercase));
        if class.starts_with("NUM") && plain.starts_with(|digit: char| digit.is_ascii_digit()) {
            out.extend(plain.chars().filter(|&character| character != ','));
            return;
        }
        let prefix = Hash::START.add(class).add("\t").add(case_class(plain, first)).add("\t");
        let start = out.len();
        if let Some(script) = self.rule(prefix.add(lower)) {
            script.apply(plain, &lower[1..], out);
        } else if let Some(script) = self.ending_rule(prefix, lower) {
            script.apply(plain, &lower[1..], out);
            if class.starts_with("VERB") {
                self.spell(out, start);
            }
        } else {
            out.push_str(&lower[1..]);
        }
    }

    fn rule(&self, key: Hash) -> Option<&Script> {
        self.scripts.get(usize::from(*self.rules.get(&key.fold())?))
    }

    /// The script of the longest ending of `^word` that has one.
    fn ending_rule(&self, prefix: Hash, bounded: &str) -> Option<&Script> {
        let mut offsets = bounded.char_indices().rev().map(|(offset, _)| offset);
        let mut endings = [bounded.len(); LONGEST_ENDING + 1];
        for ending in endings.iter_mut().skip(1) {
            // Up to the character after the `^`.
            *ending = offsets.next().filter(|&offset| offset > 0).unwrap_or(bounded.len());
        }
        let longest = endings.iter().rev().filter(|&&offset| offset < bounded.len());
        longest.chain([&bounded.len()]).find_map(|&offset| self.rule(prefix.add(&bounded[offset..])))
    }

    /// Spells a verb's lemma, which begins at `start`, as the first of these that is a verb, or else a word: as it is,
    /// with a silent e, with its last letter doubled, without an e or one of two letters at its end.
    fn spell(&self, out: &mut String, start: usize) {
        let lemma = &out[start..];
        let mut backwards = lemma.chars().rev();
        let (Some(last), before) = (backwards.next(), backwards.next()) else { return };
        let whole = Hash::START.add(lemma);
        let mut buffer = [0; 4];
        let doubled = whole.add(last.encode_utf8(&mut buffer));
        let shorter = &lemma[..lemma.len() - last.len_utf8()];
        let may_shorten = lemma.chars().nth(3).is_some() && (last == 'e' || before == Some(last));
        for known in [&self.verbs, &self.words] {
            if known.contains(&whole.fold()) {
                return;
            } else if known.contains(&whole.add("e").fold()) {
                out.push('e');
                return;
            } else if known.contains(&doubled.fold()) {
                out.push(last);
                return;
            } else if may_shorten && known.contains(&Hash::START.add(shorter).fold()) {
                out.truncate(start + shorter.len());
                return;
            }
        }
    }
}

/// The part of a joint tag that inflection shows.
pub(super) fn class(tag: &str) -> String {
    let mut parts = tag.split('|');
    let upos = parts.next().unwrap_or_default();
    let kept = parts.filter(|part| {
        let feature = part.split('=').next().unwrap_or_default();
        INFLECTION.contains(&feature)
            && match upos {
                "NOUN" | "PROPN" => feature == "Number",
                "VERB" | "AUX" => feature != "Number",
                _ => true,
            }
    });
    std::iter::once(upos).chain(kept).collect::<Vec<_>>().join("|")
}

/// `l` no capital, `i` a capital at the head of the first word, `t` at the head of another, `u` all, `m` mixed.
fn case_class(form: &str, first: bool) -> &'static str {
    let mut characters = form.chars();
    let head = characters.next();
    let rest_has_capital = characters.any(char::is_uppercase);
    let head_is_capital = head.is_some_and(char::is_uppercase);
    if !head_is_capital && !rest_has_capital {
        "l"
    } else if form.chars().nth(1).is_some() && !form.chars().any(char::is_lowercase) {
        "u"
    } else if head_is_capital && !rest_has_capital {
        if first { "i" } else { "t" }
    } else {
        "m"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmatizer(rules: &[(&str, &str)]) -> Lemmatizer {
        let known = |words: &[&str]| words.iter().map(|word| Hash::START.add(word).fold()).collect();
        let mut lemmatizer = Lemmatizer {
            rules: FxHashMap::default(),
            scripts: Vec::new(),
            verbs: known(&["cede", "quell", "abet", "root"]),
            words: known(&["ced"]),
        };
        for (key, script) in rules {
            let number = u16::try_from(lemmatizer.scripts.len()).unwrap();
            lemmatizer.rules.insert(Hash::START.add(key).fold(), number);
            lemmatizer.scripts.push(Script::parse(script).unwrap());
        }
        lemmatizer
    }

    fn lemma(lemmatizer: &Lemmatizer, form: &str, class: &str) -> String {
        let mut out = String::new();
        lemmatizer.lemma(form, false, class, &mut Buffers::default(), &mut out);
        out
    }

    #[test]
    fn the_whole_word_goes_before_the_longest_ending() {
        let plural = "NOUN|Number=Plur";
        let lemmatizer = lemmatizer(&[
            ("NOUN|Number=Plur\tl\t", "l 1 "),
            ("NOUN|Number=Plur\tl\ties", "l 3 y"),
            ("NOUN|Number=Plur\tl\t^series", "l 0 "),
        ]);
        assert_eq!(lemma(&lemmatizer, "talks", plural), "talk");
        assert_eq!(lemma(&lemmatizer, "treaties", plural), "treaty");
        assert_eq!(lemma(&lemmatizer, "series", plural), "series");
        assert_eq!(lemma(&lemmatizer, "Talks", plural), "talks", "another case class has its own rules");
        assert_eq!(lemma(&lemmatizer, "", plural), "");
    }

    #[test]
    fn verbs_are_spelt_as_known_ones() {
        let past = "VERB|Tense=Past|VerbForm=Fin";
        let lemmatizer = lemmatizer(&[
            ("VERB|Tense=Past|VerbForm=Fin\tl\ted", "l 2 "),
            ("VERB|Tense=Past|VerbForm=Fin\tl\toted", "l 1 "),
            ("VERB|Tense=Past|VerbForm=Fin\tl\tlled", "l 3 "),
        ]);
        let lemmas =
            ["ceded", "quelled", "abetted", "rooted", "zixed"].map(|form| lemma(&lemmatizer, form, past));
        assert_eq!(lemmas, ["cede", "quell", "abet", "root", "zix"]);
    }

    #[test]
    fn numbers_lose_their_commas() {
        assert_eq!(lemma(&lemmatizer(&[]), "1,250", "NUM"), "1250");
    }

    #[test]
    fn apostrophes_are_one_and_cuts_stop_at_the_word() {
        let lemmatizer = lemmatizer(&[("AUX\tl\t^'s", "l 2 be"), ("AUX\tl\t", "l 9 x")]);
        assert_eq!(lemma(&lemmatizer, "’s", "AUX"), "be");
        assert_eq!(lemma(&lemmatizer, "is", "AUX"), "is");
    }

    #[test]
    fn classes_keep_what_inflection_shows() {
        assert_eq!(
            class("VERB|Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin"),
            "VERB|Tense=Past|VerbForm=Fin"
        );
        assert_eq!(class("NOUN|Number=Plur"), "NOUN|Number=Plur");
        assert_eq!(class("PUNCT"), "PUNCT");
    }

    #[test]
    fn cases_are_told_apart() {
        let cases = ["talks", "Talks", "TALKS", "McKay", "A", "'s", ""].map(|form| case_class(form, false));
        assert_eq!(cases, ["l", "t", "u", "m", "t", "l", "l"]);
        assert_eq!(case_class("Talks", true), "i");
    }
}
