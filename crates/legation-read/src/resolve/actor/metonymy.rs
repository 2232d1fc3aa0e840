//! Whether the name of a capital stands for the government: "Moscow said", but "met in Moscow".

use super::cast::Cast;
use crate::data::reference::WordUse;
use crate::parse::{Deprel, SentenceView, Upos};

impl Cast<'_> {
    /// Whether a word that names a seat of government is meant as a place.
    pub(super) fn is_meant_as_place(&self, sentence: usize, word: usize) -> bool {
        let view = self.parsed.sentence(sentence);
        if let Some(preposition) = self.preposition(view, word) {
            return self.is_place_after(view, preposition, word);
        }
        let tree = view.tree;
        let Some(head) = tree.head(word) else { return false };
        match tree.deprel(word) {
            Deprel::Conj => {
                tree.head(word).is_some_and(|first| first < word && self.is_meant_as_place(sentence, first))
            }
            Deprel::Obj => self.has_use(view, head, WordUse::Object),
            Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod | Deprel::Amod => {
                self.has_use(view, head, WordUse::Located)
            }
            Deprel::NsubjPass => self.has_use(view, head, WordUse::Object),
            Deprel::Appos | Deprel::OblUnmarked | Deprel::NmodUnmarked => true,
            _ => {
                view.word(word + usize::from(word + 1 < view.len())) == ","
                    && self.is_before_state(view, word)
            }
        }
    }

    /// The preposition that a word depends on: the one the tree gives, else the word before.
    fn preposition(&self, view: SentenceView<'_>, word: usize) -> Option<usize> {
        if let Some(case) = view.tree.children_by(word, Deprel::Case).find(|&case| case < word) {
            return Some(case);
        }
        let before = word.checked_sub(1)?;
        (view.tree.upos(before) == Upos::Adp).then_some(before)
    }

    fn is_place_after(&self, view: SentenceView<'_>, preposition: usize, word: usize) -> bool {
        let lower = view.word(preposition).to_lowercase();
        let reference = &self.data.reference;
        if reference.has_use(&lower, WordUse::At) {
            return true;
        }
        if !reference.has_use(&lower, WordUse::Way) {
            return false;
        }
        let head = view.tree.head(word);
        let governor = preposition.checked_sub(1);
        [head, governor].into_iter().flatten().any(|word| self.has_use(view, word, WordUse::Motion))
    }

    /// "Moscow, Russia"
    fn is_before_state(&self, view: SentenceView<'_>, word: usize) -> bool {
        let place = |word| self.places.at(view.index, word).map(|place| self.places.get(place));
        match (place(word), (word + 2 < view.len()).then(|| place(word + 2)).flatten()) {
            (Some(city), Some(state)) => city.country == state.country && state.geonames.is_none(),
            _ => false,
        }
    }

    fn has_use(&self, view: SentenceView<'_>, word: usize, wanted: WordUse) -> bool {
        let lemma = view.tree.lemma(word);
        self.data.reference.has_use(lemma, wanted)
            || self.data.reference.has_use(&view.word(word).to_lowercase(), wanted)
    }
}
