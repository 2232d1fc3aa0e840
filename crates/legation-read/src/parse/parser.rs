//! The parser: weights in, then words in and trees out.

use std::fmt;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::decode::{self, NameTag, Transitions, best};
use super::features::vector_hash;
use super::lemma::{self, Lemmatizer};
use super::mend;
use super::network::{Network, Scratch};
use super::tree::{Deprel, Feats, Mood, Name, Number, Person, Tense, Tree, Upos, VerbForm, Word};
use super::weights::{ModelError, Weights};

/// Longer sentences are cut into windows of at most this many words, and joined.
const WINDOW: usize = 160;
/// Words that are computed together, at most.
const BATCH: usize = 192;

/// A joint tag, taken apart.
#[derive(Clone, Debug)]
struct Tag {
    upos: Upos,
    feats: Feats,
    /// What the lemma rules see of it, an index of [`Parser::classes`].
    class: u16,
}

/// Tags words, finds lemmas and names, and builds trees; made once from weights, shared by all threads.
pub struct Parser {
    hash: String,
    network: Network,
    lemmatizer: Lemmatizer,
    tags: Vec<Tag>,
    classes: Vec<String>,
    deprels: Vec<Deprel>,
    root: usize,
    transitions: Transitions,
    /// Buffers that no thread uses just now. What they hold never changes a result.
    idle: Mutex<Vec<Bench>>,
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
        let mut classes = Vec::new();
        let tags: Result<Vec<_>, _> = header.tags.iter().map(|tag| read_tag(tag, &mut classes)).collect();
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
            hash: crate::source::sha256(bytes),
            network: Network::load(&weights)?,
            lemmatizer: Lemmatizer::load(&weights)?,
            tags,
            classes,
            deprels,
            root,
            transitions: Transitions::new(
                &names,
                &weights.floats("name_bonus", &[names.len(), names.len()])?,
            )?,
            idle: Mutex::default(),
        })
    }

    /// SHA-256 of the weights file, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The number of a word's vector, of what an encoder knew of the word alone; `None` for words it did not know.
    pub(crate) fn vector_row(&self, word: &str) -> Option<u32> {
        self.network.vector_row(vector_hash(word))
    }

    /// A vector by its number, and the scale of its values.
    pub(crate) fn vector(&self, row: u32) -> Option<(&[i8], f32)> {
        self.network.vector(row)
    }

    /// Tags and parses one sentence; any sequence of words gives exactly one tree with one root, in time linear in
    /// its length. No words give an empty tree.
    #[must_use]
    pub fn parse(&self, words: &[&str]) -> Tree {
        self.parse_all(words, std::slice::from_ref(&(0..words.len()))).pop().unwrap_or_default()
    }

    /// Tags and parses sentences, given as ranges of `words`: one tree a sentence, the same that [`Parser::parse`]
    /// gives, but faster, as several are computed together.
    ///
    /// # Panics
    /// If a range reaches beyond the words.
    #[must_use]
    pub fn parse_all(&self, words: &[&str], sentences: &[Range<usize>]) -> Vec<Tree> {
        let mut draft = Draft::default();
        let mut trees = Vec::with_capacity(sentences.len());
        self.each_batch(words, sentences, |batch, bench| {
            self.parse_batch(batch, bench, &mut draft, &mut trees);
        });
        trees
    }

    /// Part of speech and features of each word of some sentences, without trees: the same that
    /// [`Parser::parse_all`] gives, in less time.
    ///
    /// # Panics
    /// If a range reaches beyond the words.
    #[must_use]
    pub fn tag_all(&self, words: &[&str], sentences: &[Range<usize>]) -> Vec<(Upos, Feats)> {
        let mut tags = Vec::with_capacity(words.len());
        self.each_batch(words, sentences, |batch, bench| {
            self.network.score(&batch.words, &batch.windows, &mut bench.scratch);
            let tag = |word| &self.tags[best(self.network.tags(&bench.scratch, word), None)];
            tags.extend((0..batch.words.len()).map(tag).map(|tag| (tag.upos, tag.feats)));
        });
        tags
    }

    /// Calls `each` for batches of windows that together hold the sentences, in their order.
    fn each_batch(
        &self,
        words: &[&str],
        sentences: &[Range<usize>],
        mut each: impl FnMut(&Batch<'_>, &mut Bench),
    ) {
        let mut bench = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut batch = Batch::default();
        for sentence in sentences {
            let words = &words[sentence.clone()];
            for window in windows(words) {
                if batch.words.len() + window.len() > BATCH {
                    each(&batch, &mut bench);
                    batch.clear();
                }
                batch.ends.push(window.end == words.len());
                let start = batch.words.len();
                batch.words.extend_from_slice(&words[window]);
                batch.windows.push(start..batch.words.len());
            }
        }
        each(&batch, &mut bench);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(bench);
    }

    /// Parses a batch and adds a tree for each sentence that ends in it.
    fn parse_batch(&self, batch: &Batch<'_>, bench: &mut Bench, draft: &mut Draft, trees: &mut Vec<Tree>) {
        let Bench { scratch, lemmas, above } = bench;
        self.network.score(&batch.words, &batch.windows, scratch);
        self.network.score_names(&batch.windows, scratch);
        above.clear();
        for window in &batch.windows {
            self.network.score_arcs(window, scratch);
            let heads = decode::tree(window.len(), |word| scratch.arcs.row(word));
            above.extend(
                heads.iter().map(|&head| (head as usize).checked_sub(1).map(|head| window.start + head)),
            );
        }
        self.network.score_labels(above, scratch);
        lemmas.renew(scratch.generation);
        for (window, &last) in batch.windows.iter().zip(&batch.ends) {
            self.decide(batch, window, bench, draft);
            if last {
                trees.push(draft.tree());
            }
        }
    }

    /// Adds the words of a window, whose scores are there, to the draft.
    fn decide(&self, batch: &Batch<'_>, window: &Range<usize>, bench: &mut Bench, draft: &mut Draft) {
        let Bench { scratch, lemmas, above } = bench;
        let start = draft.words.len();
        for word in window.clone() {
            let tag = &self.tags[best(self.network.tags(scratch, word), None)];
            let (head, deprel) = match (above[word], draft.root) {
                (Some(head), _) => {
                    let label = best(self.network.labels(scratch, word), Some(self.root));
                    (Some(start + head - window.start), self.deprels[label])
                }
                (None, Some(root)) => (Some(root), Deprel::Parataxis),
                (None, None) => {
                    draft.root = Some(draft.words.len());
                    (None, Deprel::Root)
                }
            };
            let query = lemma::Query {
                number: scratch.words[word],
                form: batch.words[word],
                first: draft.words.is_empty(),
                class: tag.class,
            };
            lemmas.lemma(&self.lemmatizer, &self.classes, query, &mut draft.lemmas);
            draft.ends.push(draft.lemmas.len());
            draft.words.push(Decided { upos: tag.upos, feats: tag.feats, head, deprel });
        }
        let scores = |word| self.network.names(scratch, window.start + word);
        let names = decode::names(window.len(), &self.transitions, scores);
        let shift = |name: Name| Name { words: start + name.words.start..start + name.words.end, ..name };
        draft.names.extend(names.into_iter().map(shift));
    }
}

/// What one thread works with.
#[derive(Debug, Default)]
struct Bench {
    scratch: Scratch,
    lemmas: lemma::Cache,
    /// The head of each word of a batch, counted in the batch.
    above: Vec<Option<usize>>,
}

/// Windows that are computed together.
#[derive(Debug, Default)]
struct Batch<'a> {
    words: Vec<&'a str>,
    windows: Vec<Range<usize>>,
    /// Whether a window is the last of its sentence.
    ends: Vec<bool>,
}

impl Batch<'_> {
    fn clear(&mut self) {
        self.words.clear();
        self.windows.clear();
        self.ends.clear();
    }
}

/// What is decided of a sentence so far, a window after another.
#[derive(Debug, Default)]
struct Draft {
    words: Vec<Decided>,
    lemmas: String,
    /// Where the lemma of each word ends.
    ends: Vec<usize>,
    names: Vec<Name>,
    /// The root of the first window, on which the roots of the others hang.
    root: Option<usize>,
}

/// What is decided of a word.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) upos: Upos,
    pub(super) feats: Feats,
    pub(super) head: Option<usize>,
    pub(super) deprel: Deprel,
}

impl Draft {
    /// Makes the tree; then there is nothing left.
    fn tree(&mut self) -> Tree {
        mend::mend(&mut self.words);
        let words = self.words.iter().enumerate().map(|(index, word)| {
            let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
            let lemma = &self.lemmas[start..self.ends[index]];
            Word { upos: word.upos, feats: word.feats, lemma, head: word.head, deprel: word.deprel }
        });
        let tree = Tree::new(words, std::mem::take(&mut self.names));
        self.words.clear();
        self.lemmas.clear();
        self.ends.clear();
        self.root = None;
        tree
    }
}

/// Cuts a sentence into windows, after a punctuation mark where there is one in a window's second half; one without
/// words has one without words.
fn windows(words: &[&str]) -> Vec<Range<usize>> {
    let mut windows = Vec::with_capacity(1);
    let mut start = 0;
    while words.len() - start > WINDOW {
        let marks = |word: &&str| matches!(*word, "." | ";" | ":" | "," | "!" | "?" | "—" | "–" | "-" | ")");
        let half = &words[start + WINDOW / 2..start + WINDOW];
        let mark = half.iter().rposition(marks).unwrap_or(half.len() - 1);
        let end = start + WINDOW / 2 + mark + 1;
        windows.push(start..end);
        start = end;
    }
    windows.push(start..words.len());
    windows
}

/// Takes a joint tag apart: `VERB|Mood=Ind|Tense=Past`. Features that a tree does not keep are passed over.
fn read_tag(label: &str, classes: &mut Vec<String>) -> Result<Tag, ModelError> {
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
    let class = lemma::class(label);
    let number = classes.iter().position(|known| *known == class).unwrap_or_else(|| {
        classes.push(class);
        classes.len() - 1
    });
    Ok(Tag { upos, feats, class: u16::try_from(number).map_err(|_| unknown())? })
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
        assert_eq!(super::windows(&[]).first(), Some(&(0..0)));
    }

    #[test]
    fn tags_are_taken_apart() {
        let tag = read_tag("VERB|Number=Plur|Person=3|Tense=Past|VerbForm=Fin|Voice=Pass", &mut Vec::new())
            .unwrap();
        assert_eq!(tag.upos, Upos::Verb);
        assert_eq!(tag.feats.tense, Some(Tense::Past));
        assert_eq!(tag.feats.person, Some(Person::Third));
        assert!(tag.feats.passive && !tag.feats.negative);
        assert!(read_tag("VERBS", &mut Vec::new()).is_err());
        assert!(read_tag("VERB|Tense=Soon", &mut Vec::new()).is_err());
    }
}
