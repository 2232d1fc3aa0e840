//! The parser: weights in, then words in and trees out.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::decode::{self, NameTag};
use super::lemma::{self, Lemmatizer};
use super::network::{Network, Scratch};
use super::tree::{Deprel, Feats, Mood, Name, Number, Person, Tense, Tree, Upos, VerbForm, Word};
use super::weights::{ModelError, Weights};

/// Words that are parsed together; longer sentences are cut into windows of at most this, and joined.
const WINDOW: usize = 160;

/// A joint tag, taken apart.
#[derive(Clone, Debug)]
struct Tag {
    upos: Upos,
    feats: Feats,
    /// What the lemma rules see of it.
    class: String,
}

/// Tags words, finds lemmas and names, and builds trees; made once from weights, shared by all threads.
pub struct Parser {
    hash: String,
    network: Network,
    lemmatizer: Lemmatizer,
    tags: Vec<Tag>,
    deprels: Vec<Deprel>,
    root: usize,
    names: Vec<NameTag>,
    name_bonus: Vec<f32>,
    /// Buffers that no thread uses just now. What they hold never changes a result.
    idle: Mutex<Vec<Scratch>>,
}

impl fmt::Debug for Parser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Parser").field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl Parser {
    /// A parser with the weights that ship with the program.
    ///
    /// # Errors
    /// As [`Parser::from_bytes`]; a test keeps the shipped weights sound.
    pub fn shipped() -> Result<Parser, ModelError> {
        Parser::from_bytes(super::SHIPPED_WEIGHTS)
    }

    /// A parser with the weights in a file of the format that `models/README.md` describes.
    ///
    /// # Errors
    /// If the bytes are not a weights file, are damaged, of another format, or inconsistent.
    pub fn from_bytes(bytes: &[u8]) -> Result<Parser, ModelError> {
        let weights = Weights::open(bytes)?;
        let header = &weights.header;
        let unknown = |label: &String| ModelError::Label(label.clone());
        let tags: Result<Vec<_>, _> = header.tags.iter().map(|tag| read_tag(tag)).collect();
        let deprels: Result<Vec<_>, _> = header
            .deprels
            .iter()
            .map(|label| Deprel::from_label(label).ok_or_else(|| unknown(label)))
            .collect();
        let names: Result<Vec<_>, _> =
            header.names.iter().map(|label| NameTag::parse(label).ok_or_else(|| unknown(label))).collect();
        let (tags, deprels, names) = (tags?, deprels?, names?);
        let root = deprels.iter().position(|&deprel| deprel == Deprel::Root);
        let root = root
            .filter(|_| deprels.len() > 1 && !tags.is_empty() && names.first() == Some(&NameTag::Outside));
        let root = root.ok_or_else(|| {
            ModelError::Header("no tags, no relations, or name tags that do not begin with O".to_owned())
        })?;
        Ok(Parser {
            hash: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            network: Network::load(&weights)?,
            lemmatizer: Lemmatizer::load(&weights)?,
            tags,
            deprels,
            root,
            name_bonus: weights.floats("name_bonus", &[names.len(), names.len()])?,
            names,
            idle: Mutex::default(),
        })
    }

    /// SHA-256 of the weights file, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Tags and parses one sentence; any sequence of words gives exactly one tree with one root, in time linear in
    /// its length. No words give an empty tree.
    #[must_use]
    pub fn parse(&self, words: &[&str]) -> Tree {
        let mut scratch = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut draft = Draft::default();
        for window in windows(words) {
            self.parse_window(&words[window.clone()], window.start, &mut scratch, &mut draft);
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        self.finish(words, draft)
    }

    /// Parses the words of a window, which begins at word `start` of the sentence, and adds them to the draft.
    fn parse_window(&self, words: &[&str], start: usize, scratch: &mut Scratch, draft: &mut Draft) {
        let count = words.len();
        self.network.score(words, scratch);
        let heads = decode::tree(count, |word| scratch.arcs.row(word));
        self.network.score_labels(&heads, scratch);
        for (word, &head) in heads.iter().enumerate() {
            let labels = &scratch.labels.row(word)[..self.deprels.len()];
            draft.tags.push(best(&scratch.tags.row(word)[..self.tags.len()], None));
            match (head as usize).checked_sub(1) {
                Some(head) => {
                    draft.heads.push(Some(start + head));
                    draft.deprels.push(self.deprels[best(labels, Some(self.root))]);
                }
                None => {
                    let first = draft.root;
                    draft.root.get_or_insert(start + word);
                    draft.heads.push(first);
                    draft.deprels.push(if first.is_some() { Deprel::Parataxis } else { Deprel::Root });
                }
            }
        }
        let names = decode::names(count, &self.names, &self.name_bonus, |word| scratch.names.row(word));
        let shift = |name: Name| Name { words: start + name.words.start..start + name.words.end, ..name };
        draft.names.extend(names.into_iter().map(shift));
    }

    /// Adds the lemmas and builds the tree.
    fn finish(&self, words: &[&str], draft: Draft) -> Tree {
        let mut buffers = lemma::Buffers::default();
        let mut lemmas = String::new();
        let mut ends = Vec::with_capacity(words.len());
        for (index, (word, &tag)) in words.iter().zip(&draft.tags).enumerate() {
            let class = &self.tags[tag].class;
            self.lemmatizer.lemma(word, index == 0, class, &mut buffers, &mut lemmas);
            ends.push(lemmas.len());
        }
        let words = (0..words.len()).map(|word| {
            let tag = &self.tags[draft.tags[word]];
            let start = word.checked_sub(1).map_or(0, |before| ends[before]);
            Word {
                upos: tag.upos,
                feats: tag.feats,
                lemma: &lemmas[start..ends[word]],
                head: draft.heads[word],
                deprel: draft.deprels[word],
            }
        });
        Tree::new(words, draft.names)
    }
}

/// What is decided of a sentence so far, a window after another.
#[derive(Debug, Default)]
struct Draft {
    tags: Vec<usize>,
    heads: Vec<Option<usize>>,
    deprels: Vec<Deprel>,
    names: Vec<Name>,
    /// The root of the first window, on which the roots of the others hang.
    root: Option<usize>,
}

/// Cuts a sentence into windows, after a punctuation mark where there is one in a window's second half.
fn windows(words: &[&str]) -> Vec<std::ops::Range<usize>> {
    let mut windows = Vec::new();
    let mut start = 0;
    while words.len() - start > WINDOW {
        let marks = |word: &&str| matches!(*word, "." | ";" | ":" | "," | "!" | "?" | "—" | "–" | "-" | ")");
        let half = &words[start + WINDOW / 2..start + WINDOW];
        let mark = half.iter().rposition(marks).unwrap_or(half.len() - 1);
        let end = start + WINDOW / 2 + mark + 1;
        windows.push(start..end);
        start = end;
    }
    if start < words.len() {
        windows.push(start..words.len());
    }
    windows
}

/// Index of the highest score, the first on a tie, that is not `but`; 0 if there is none.
fn best(scores: &[f32], but: Option<usize>) -> usize {
    let mut best: Option<usize> = None;
    for (index, &score) in scores.iter().enumerate() {
        if Some(index) != but && best.is_none_or(|best| score > scores[best]) {
            best = Some(index);
        }
    }
    best.unwrap_or(0)
}

/// Takes a joint tag apart: `VERB|Mood=Ind|Tense=Past`. Features that a tree does not keep are passed over.
fn read_tag(label: &str) -> Result<Tag, ModelError> {
    let unknown = || ModelError::Label(label.to_owned());
    let mut parts = label.split('|');
    let upos = parts.next().and_then(Upos::from_label).ok_or_else(unknown)?;
    let mut feats = Feats::default();
    for part in parts {
        let (feature, value) = part.split_once('=').ok_or_else(unknown)?;
        match feature {
            "Tense" => feats.tense = Some(Tense::from_label(value).ok_or_else(unknown)?),
            "Mood" => feats.mood = Some(Mood::from_label(value).ok_or_else(unknown)?),
            "VerbForm" => feats.verb_form = Some(VerbForm::from_label(value).ok_or_else(unknown)?),
            "Number" => feats.number = Some(Number::from_label(value).ok_or_else(unknown)?),
            "Person" => feats.person = Some(Person::from_label(value).ok_or_else(unknown)?),
            "Voice" => feats.passive = value == "Pass",
            "Polarity" => feats.negative = value == "Neg",
            "Poss" => feats.possessive = value == "Yes",
            _ => {}
        }
    }
    Ok(Tag { upos, feats, class: lemma::class(label) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_all_words_and_end_at_marks() {
        let mut words = vec!["word"; 500];
        words[100] = ",";
        let windows = windows(&words);
        assert_eq!(windows[0], 0..101);
        assert_eq!(windows[1], 101..261);
        assert_eq!(windows.last().map(|window| window.end), Some(500));
        assert!(windows.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(super::windows(&[]).is_empty());
    }

    #[test]
    fn tags_are_taken_apart() {
        let tag = read_tag("VERB|Number=Plur|Person=3|Tense=Past|VerbForm=Fin|Voice=Pass").unwrap();
        assert_eq!(tag.upos, Upos::Verb);
        assert_eq!(tag.feats.tense, Some(Tense::Past));
        assert_eq!(tag.feats.person, Some(Person::Third));
        assert!(tag.feats.passive && !tag.feats.negative);
        assert!(read_tag("VERBS").is_err());
        assert!(read_tag("VERB|Tense=Soon").is_err());
    }

    #[test]
    fn the_best_label_may_be_forbidden() {
        assert_eq!(best(&[1.0, 3.0, 3.0], None), 1);
        assert_eq!(best(&[1.0, 3.0, 3.0], Some(1)), 2);
        assert_eq!(best(&[], None), 0);
    }
}
