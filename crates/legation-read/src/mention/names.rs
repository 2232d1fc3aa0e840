//! Names that the parser cut badly or took for the wrong kind, mended by the noun they end in and by the registers.

use std::ops::Range;

use super::initials::name_initials;
use crate::data::Data;
use crate::data::name_nouns::NameNoun;
use crate::data::registers::Target;
use crate::parse::{Name, NameKind, Parsed, SentenceView, Upos};

/// The names of each sentence: without loose ends, joined where one noun makes them one, and of the kind that their last
/// word, the registers, or the name that explains initials tell.
#[must_use]
pub fn mended_names(parsed: Parsed<'_>, data: &Data) -> Vec<Vec<Name>> {
    let mut names: Vec<_> = parsed.sentences().map(|view| Mender { view, data }.names()).collect();
    name_initials(parsed, &mut names);
    names
}

struct Mender<'a> {
    view: SentenceView<'a>,
    data: &'a Data,
}

impl Mender<'_> {
    fn names(&self) -> Vec<Name> {
        let found = &self.view.tree.names;
        let mut names: Vec<Name> = Vec::with_capacity(found.len());
        for name in found.iter().filter(|name| name.words.end <= self.view.len()) {
            let words = self.trimmed(name.words.clone());
            if words.is_empty() {
                continue;
            }
            match names.last_mut().filter(|last| self.are_one(last, &words, name.kind)) {
                Some(last) => *last = Name { words: last.words.start..words.end, kind: NameKind::Org },
                None => names.push(Name { words, kind: name.kind }),
            }
        }
        for index in 0..names.len() {
            let next = names.get(index + 1).map_or(self.view.len(), |next| next.words.start);
            self.complete(&mut names[index], next);
            names[index].kind = self.kind(&names[index]);
        }
        names
    }

    /// Without a mark, a small article or adjective before it, or what comes loose behind it.
    fn trimmed(&self, mut words: Range<usize>) -> Range<usize> {
        let capital = words.clone().any(|word| self.view.word(word).starts_with(char::is_uppercase));
        let opens = |word: usize| {
            let small = self.view.word(word).starts_with(char::is_lowercase);
            let upos = self.view.tree.upos(word);
            matches!(upos, Upos::Punct | Upos::Sym)
                || small && (upos == Upos::Det || capital && upos == Upos::Adj)
        };
        while words.start < words.end && opens(words.start) {
            words.start += 1;
        }
        while words.start < words.end && self.closes(words.clone(), capital) {
            words.end -= 1;
        }
        words
    }

    /// Whether the last of the words is no part of a name: a mark, an address behind other words or, where the name has a
    /// capital, a small function word or common noun ("Delta party"), but not that of a place ("Sand Hill park").
    fn closes(&self, words: Range<usize>, capital: bool) -> bool {
        let last = words.end - 1;
        let written = self.view.word(last);
        if matches!(written, "," | ";" | ":" | "(" | ")" | "[" | "]" | "-" | "\"") {
            return true;
        }
        if words.len() == 1 {
            return false;
        }
        if written.split_once('@').is_some_and(|(_, host)| host.contains('.')) {
            return true;
        }
        let small = capital && written.starts_with(char::is_lowercase);
        match self.view.tree.upos(last) {
            Upos::Adp | Upos::Cconj | Upos::Det => small,
            Upos::Noun => small && self.known_noun(written).is_none_or(|noun| noun.kind != NameKind::Loc),
            _ => false,
        }
    }

    /// "Housing Authority of | New Orleans": an organisation, and the place that says which.
    fn are_one(&self, last: &Name, words: &Range<usize>, kind: NameKind) -> bool {
        let between = last.words.end..words.start;
        let joins = between.len() == 1 && self.view.word(between.start) == "of";
        joins
            && kind == NameKind::Loc
            && last.kind == NameKind::Org
            && self.noun(last.words.end - 1).is_some_and(|noun| noun.takes_of)
    }

    /// "Jerusalem | Post": a capitalised noun of organisations right behind a place belongs to the name.
    fn complete(&self, name: &mut Name, next: usize) {
        let end = name.words.end;
        let goes_on = matches!(name.kind, NameKind::Loc | NameKind::Org)
            && end < next
            && self.view.word(end).starts_with(char::is_uppercase)
            && self.view.tree.upos(end) == Upos::Propn
            && self.noun(end).is_some();
        if goes_on {
            name.words.end = end + 1;
        }
    }

    /// What the registers say of the whole, else what its last word says, where the parser may have been misled.
    fn kind(&self, name: &Name) -> NameKind {
        if name.kind == NameKind::Norp {
            return name.kind;
        }
        let several = name.words.len() > 1;
        let written = self.view.span_of(name.words.clone()).of(self.view.text);
        let candidates = self.data.registers.index.named(written);
        let mut kinds = candidates.iter().map(|candidate| kind_of(candidate.target));
        let known = kinds.next().flatten().filter(|first| kinds.all(|kind| kind == Some(*first)));
        let known = known.filter(|known| several || *known != NameKind::Per);
        if let Some(known) = known.filter(|_| several || name.kind != NameKind::Per) {
            return known;
        }
        let noun = self.noun(name.words.end - 1).filter(|_| several && candidates.is_empty());
        match noun.map(|noun| noun.kind) {
            Some(NameKind::Org) => NameKind::Org,
            Some(noun) if name.kind == NameKind::Per => noun,
            _ => name.kind,
        }
    }

    fn noun(&self, word: usize) -> Option<NameNoun> {
        let written = self.view.word(word);
        if !written.starts_with(char::is_uppercase) {
            return None;
        }
        self.known_noun(written)
    }

    fn known_noun(&self, written: &str) -> Option<NameNoun> {
        self.data.name_nouns().find(written.trim_end_matches('.').to_lowercase().as_str())
    }
}

/// What kind of name names a target; `None` where both a place and those who act there are meant.
fn kind_of(target: Target) -> Option<NameKind> {
    match target {
        Target::State(_) | Target::Former(_) | Target::Capital(_) | Target::Place(_) | Target::Town(_) => {
            Some(NameKind::Loc)
        }
        Target::Body(_) | Target::Group(_) => Some(NameKind::Org),
        Target::Person(_) => Some(NameKind::Per),
        Target::Metonym(_) | Target::Title(_) => None,
    }
}
