//! A sentence's tags, lemmas and dependency tree in the terms of Universal Dependencies v2.

use std::ops::Range;

/// Makes an enum whose variants have a written form.
macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = concat!("`", $text, "`")] $variant),+ }

        impl $name {
            /// Every label, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as treebanks write it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The label with this written form, if there is one.
            #[must_use]
            pub fn from_label(label: &str) -> Option<$name> {
                match label { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Universal part-of-speech tag.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Dependency relation with its subtype, as the English treebanks use them.
    Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list",
        Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass",
        Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
        Vocative = "vocative", Xcomp = "xcomp",
    }
}

labels! {
    /// Tense of a verb form.
    Tense { Past = "Past", Pres = "Pres" }
}

labels! {
    /// Mood of a finite verb.
    Mood { Ind = "Ind", Imp = "Imp", Sub = "Sub" }
}

labels! {
    /// Form of a verb.
    VerbForm { Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger" }
}

labels! {
    /// Grammatical number.
    Number { Sing = "Sing", Plur = "Plur", Ptan = "Ptan" }
}

labels! {
    /// Grammatical person.
    Person { First = "1", Second = "2", Third = "3" }
}

labels! {
    /// What a name names: a person, a place, an organisation, or a nationality, religious or political group.
    NameKind { Per = "PER", Loc = "LOC", Org = "ORG", Norp = "NORP" }
}

impl Deprel {
    /// The relation without its subtype: `nsubj:pass` gives `nsubj`.
    #[must_use]
    pub fn base(self) -> Deprel {
        let label = self.as_str();
        let base = label.split(':').next().unwrap_or(label);
        Deprel::from_label(base).unwrap_or(self)
    }

    /// Whether the word is a subject of any kind.
    #[must_use]
    pub fn is_subject(self) -> bool {
        matches!(
            self,
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::NsubjOuter
                | Deprel::Csubj
                | Deprel::CsubjPass
                | Deprel::CsubjOuter
        )
    }
}

/// The morphological features that coding needs; `None` where the word has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats {
    /// Tense.
    pub tense: Option<Tense>,
    /// Mood.
    pub mood: Option<Mood>,
    /// Verb form.
    pub verb_form: Option<VerbForm>,
    /// Number.
    pub number: Option<Number>,
    /// Person.
    pub person: Option<Person>,
    /// `Voice=Pass`.
    pub passive: bool,
    /// `Polarity=Neg`.
    pub negative: bool,
    /// `Poss=Yes`.
    pub possessive: bool,
}

/// A name found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its words, counted within the sentence.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// Tags, lemmas, one tree with one root, and names, of a sentence of `len` words counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    upos: Vec<Upos>,
    feats: Vec<Feats>,
    lemma_text: String,
    lemma_ends: Vec<u32>,
    /// `u32::MAX` for the root.
    heads: Vec<u32>,
    deprels: Vec<Deprel>,
    child_starts: Vec<u32>,
    child_list: Vec<u32>,
    /// Names, in order, not overlapping.
    pub names: Vec<Name>,
}

/// One arc of a path through a tree, with the word that it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// From a word to its head.
    Up(usize),
    /// From a head to one of its dependents.
    Down(usize),
}

/// What is known of one word when a tree is built.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// Dictionary form.
    pub lemma: &'a str,
    /// Index of the head, `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: Deprel,
}

impl Tree {
    /// Builds a tree from its words; the caller answers for there being one root and no cycle.
    #[must_use]
    pub fn new<'a>(words: impl Iterator<Item = Word<'a>>, names: Vec<Name>) -> Tree {
        let mut tree = Tree { names, ..Tree::default() };
        for word in words {
            tree.upos.push(word.upos);
            tree.feats.push(word.feats);
            tree.lemma_text.push_str(word.lemma);
            tree.lemma_ends.push(small(tree.lemma_text.len()));
            tree.heads.push(word.head.map_or(u32::MAX, small));
            tree.deprels.push(word.deprel);
        }
        tree.link_children();
        tree
    }

    /// A tree that knows nothing: the first word is the root and every other hangs on it.
    #[must_use]
    pub fn flat(words: &[&str]) -> Tree {
        let lemmas: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let words = lemmas.iter().enumerate().map(|(index, lemma)| Word {
            upos: Upos::X,
            feats: Feats::default(),
            lemma,
            head: index.checked_sub(1).map(|_| 0),
            deprel: if index == 0 { Deprel::Root } else { Deprel::Dep },
        });
        Tree::new(words, Vec::new())
    }

    fn link_children(&mut self) {
        let len = self.len();
        let mut counts = vec![0_u32; len + 1];
        for &head in &self.heads {
            if let Some(count) = counts.get_mut(head as usize + 1) {
                *count += 1;
            }
        }
        for index in 0..len {
            counts[index + 1] += counts[index];
        }
        let mut next = counts.clone();
        self.child_list = vec![0; len];
        for (word, &head) in self.heads.iter().enumerate() {
            if (head as usize) < len {
                self.child_list[next[head as usize] as usize] = small(word);
                next[head as usize] += 1;
            }
        }
        self.child_starts = counts;
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.upos.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.upos.is_empty()
    }

    /// Part of speech of a word.
    #[must_use]
    pub fn upos(&self, word: usize) -> Upos {
        self.upos[word]
    }

    /// Features of a word.
    #[must_use]
    pub fn feats(&self, word: usize) -> Feats {
        self.feats[word]
    }

    /// Dictionary form of a word, lower case but for names.
    #[must_use]
    pub fn lemma(&self, word: usize) -> &str {
        let start = if word == 0 { 0 } else { self.lemma_ends[word - 1] as usize };
        &self.lemma_text[start..self.lemma_ends[word] as usize]
    }

    /// Head of a word; `None` for the root.
    #[must_use]
    pub fn head(&self, word: usize) -> Option<usize> {
        let head = self.heads[word];
        (head != u32::MAX).then_some(head as usize)
    }

    /// Relation of a word to its head.
    #[must_use]
    pub fn deprel(&self, word: usize) -> Deprel {
        self.deprels[word]
    }

    /// The root; 0 in an empty tree.
    #[must_use]
    pub fn root(&self) -> usize {
        self.heads.iter().position(|&head| head == u32::MAX).unwrap_or(0)
    }

    /// Direct dependents of a word, in the order of the text.
    pub fn children(&self, word: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.child_starts[word] as usize..self.child_starts[word + 1] as usize;
        self.child_list[range].iter().map(|&child| child as usize)
    }

    /// Dependents of a word with this very relation (subtype included).
    pub fn children_by(&self, word: usize, deprel: Deprel) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children(word).filter(move |&child| self.deprels[child] == deprel)
    }

    /// First dependent with this very relation.
    #[must_use]
    pub fn child(&self, word: usize, deprel: Deprel) -> Option<usize> {
        self.children_by(word, deprel).next()
    }

    /// The words from a word's parent up to the root.
    pub fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(word), |&above| self.head(above)).take(self.len())
    }

    /// Whether `word` is `top` or stands anywhere below it.
    #[must_use]
    pub fn is_under(&self, word: usize, top: usize) -> bool {
        word == top || self.ancestors(word).any(|above| above == top)
    }

    /// The shortest way from one word to another: up to the lowest word above both, then down. Empty from a word to
    /// itself.
    ///
    /// ```
    /// use legation_read::parse::{Deprel, Parser, Step};
    ///
    /// let tree = Parser::shipped()?.parse(&["Wang", "met", "Lavrov", "in", "Moscow", "."]);
    /// assert_eq!(tree.path(0, 4), [Step::Up(1), Step::Down(4)]);
    /// assert_eq!(tree.child(1, Deprel::Obj), Some(2));
    /// # Ok::<(), legation_read::parse::ModelError>(())
    /// ```
    #[must_use]
    pub fn path(&self, from: usize, to: usize) -> Vec<Step> {
        let up: Vec<usize> = std::iter::once(from).chain(self.ancestors(from)).collect();
        let down: Vec<usize> = std::iter::once(to).chain(self.ancestors(to)).collect();
        let shared = up.iter().rev().zip(down.iter().rev()).take_while(|(one, other)| one == other).count();
        let climbed = up[1..].iter().take(up.len() - shared).map(|&word| Step::Up(word));
        let descended = down[..down.len() - shared].iter().rev().map(|&word| Step::Down(word));
        climbed.chain(descended).collect()
    }

    /// All words of the subtree of `top`, `top` included, in the order of the text.
    ///
    /// ```
    /// use legation_read::parse::Parser;
    ///
    /// let tree = Parser::shipped()?.parse(&["Wang", "met", "Lavrov", "in", "Moscow", "."]);
    /// assert_eq!(tree.subtree(4), [3, 4]);
    /// # Ok::<(), legation_read::parse::ModelError>(())
    /// ```
    #[must_use]
    pub fn subtree(&self, top: usize) -> Vec<usize> {
        let mut words: Vec<usize> = self.descend(top).collect();
        words.sort_unstable();
        words
    }

    /// The words of the subtree of `top`, `top` included, each after its head, without a list being made of them.
    pub fn descend(&self, top: usize) -> impl Iterator<Item = usize> + '_ {
        // A dependent's next place is its right sibling, or that of the nearest word above that has one.
        let after = move |mut word: usize| loop {
            if word == top {
                return None;
            }
            let head = self.head(word)?;
            let range = self.child_starts[head] as usize..self.child_starts[head + 1] as usize;
            let siblings = &self.child_list[range];
            let place = siblings.partition_point(|&child| child as usize <= word);
            match siblings.get(place) {
                Some(&next) => return Some(next as usize),
                None => word = head,
            }
        };
        std::iter::successors(Some(top), move |&word| self.children(word).next().or_else(|| after(word)))
            .take(self.len())
    }

    /// From the first to the last word of the subtree of `top`, end exclusive.
    #[must_use]
    pub fn extent(&self, top: usize) -> Range<usize> {
        let words = self.subtree(top);
        words[0]..words[words.len() - 1] + 1
    }

    /// `word` and its coordinates: for "Moscow, Beijing and Delhi" headed by "Moscow" all three.
    #[must_use]
    pub fn conjuncts(&self, word: usize) -> Vec<usize> {
        let mut words = vec![word];
        let mut next = 0;
        while let Some(&word) = words.get(next) {
            words.extend(self.children_by(word, Deprel::Conj).take(self.len() - words.len()));
            next += 1;
        }
        words
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `heads[word]`, 0 for the root and else one more than the head.
    fn tree(heads: &[usize]) -> Tree {
        let words = heads.iter().map(|&head| Word {
            upos: Upos::X,
            feats: Feats::default(),
            lemma: "x",
            head: head.checked_sub(1),
            deprel: Deprel::Dep,
        });
        Tree::new(words, Vec::new())
    }

    #[test]
    fn a_path_goes_over_the_lowest_word_above_both() {
        // 0 <- 1 -> 4 -> 3; 1 -> 5; 4 -> 2
        let tree = tree(&[2, 0, 5, 5, 2, 2]);
        assert_eq!(tree.path(0, 3), [Step::Up(1), Step::Down(4), Step::Down(3)]);
        assert_eq!(tree.path(2, 3), [Step::Up(4), Step::Down(3)]);
        assert_eq!(tree.path(3, 1), [Step::Up(4), Step::Up(1)]);
        assert_eq!(tree.path(1, 2), [Step::Down(4), Step::Down(2)]);
        assert_eq!(tree.path(5, 5), []);
    }

    #[test]
    fn a_subtree_is_gone_through_once() {
        let tree = tree(&[2, 0, 5, 5, 2, 2]);
        assert_eq!(tree.descend(1).collect::<Vec<_>>(), [1, 0, 4, 2, 3, 5]);
        assert_eq!(tree.descend(4).collect::<Vec<_>>(), [4, 2, 3]);
        assert_eq!(tree.subtree(4), [2, 3, 4]);
        assert_eq!(tree.extent(4), 2..5);
        assert_eq!(tree.descend(5).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn heads_in_a_ring_end_all_the_same() {
        let tree = tree(&[0, 3, 2]);
        assert!(tree.subtree(1).len() <= 3);
        assert!(tree.ancestors(1).count() <= 3);
    }
}
