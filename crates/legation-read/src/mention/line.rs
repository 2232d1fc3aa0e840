//! One sentence, made ready for looking words up: its words in small letters, the names in it, the nouns in it.

use std::ops::Range;

use crate::data::Data;
use crate::data::agents::AgentKind;
use crate::data::gazetteer::TownId;
use crate::data::reference::WordUse;
use crate::data::registers::{Candidate, Form, Shape, Target, Word};
use crate::parse::{Deprel, Name, NameKind, SentenceView, Upos};

/// Names are looked for in so many words of a sentence: none that anybody wrote to be read is longer, and the time for
/// rows of a million words stays linear.
const LONGEST_SENTENCE: usize = 2000;

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its words.
    pub(super) words: Range<usize>,
    /// What the registers know by it.
    pub(super) candidates: Vec<Candidate>,
    /// What the parser takes it for.
    pub(super) kind: Option<NameKind>,
    /// Whether it is a part of a longer name that the registers do not know: "China" of "Bank of China".
    pub(super) nested: bool,
}

impl Named {
    /// Whether it can name a person.
    pub(super) fn is_person(&self) -> bool {
        self.kind == Some(NameKind::Per) && !self.is_known_otherwise()
            || self.candidates.iter().any(|candidate| matches!(candidate.target, Target::Person(_)))
    }

    /// Whether the registers know it, and not as a person.
    fn is_known_otherwise(&self) -> bool {
        !self.candidates.is_empty()
            && !self.candidates.iter().any(|candidate| matches!(candidate.target, Target::Person(_)))
    }
}

/// A sentence with its words in small letters and what is found in it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) view: SentenceView<'a>,
    pub(super) lower: Vec<String>,
    /// Names in order; nested ones come before the name they are a part of.
    pub(super) names: Vec<Named>,
    /// Index of the name that begins at a word.
    starts: Vec<Option<usize>>,
    /// Index of the name that ends with a word.
    ends: Vec<Option<usize>>,
    /// Whether the tree knows parts of speech.
    pub(super) tagged: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(view: SentenceView<'a>, data: &Data) -> Line<'a> {
        let len = view.len().min(LONGEST_SENTENCE);
        let lower: Vec<String> = (0..len).map(|word| small(view.word(word))).collect();
        let tagged = (0..len).any(|word| view.tree.upos(word) != Upos::X);
        let mut line = Line { view, lower, names: Vec::new(), starts: Vec::new(), ends: Vec::new(), tagged };
        line.names = line.find_names(data);
        line.index_names();
        line
    }

    /// Adds names found with the whole document in view.
    pub(super) fn add_names(&mut self, names: Vec<Named>) {
        if !names.is_empty() {
            self.names.extend(names);
            self.names.sort_by_key(|named| (named.words.start, named.words.end));
            self.index_names();
        }
    }

    fn index_names(&mut self) {
        self.starts = vec![None; self.len()];
        self.ends = vec![None; self.len()];
        for (index, named) in self.names.iter().enumerate() {
            if !named.nested {
                self.starts[named.words.start] = Some(index);
                self.ends[named.words.end - 1] = Some(index);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The name that begins at a word, nested ones left out.
    pub(super) fn name_at(&self, word: usize) -> Option<&Named> {
        self.starts.get(word).copied().flatten().map(|index| &self.names[index])
    }

    /// The name that ends with a word.
    pub(super) fn name_ending(&self, word: usize) -> Option<&Named> {
        self.ends.get(word).copied().flatten().map(|index| &self.names[index])
    }

    /// Whether a word is part of a name.
    pub(super) fn in_name(&self, word: usize) -> bool {
        self.names.iter().any(|named| named.words.contains(&word))
    }

    pub(super) fn word(&self, word: usize) -> &str {
        self.lower.get(word).map_or("", String::as_str)
    }

    pub(super) fn is_possessive(&self, word: usize) -> bool {
        matches!(self.word(word), "'s" | "'") && word > 0
    }

    pub(super) fn is_capitalised(&self, word: usize) -> bool {
        word < self.len() && self.view.word(word).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn upos(&self, word: usize) -> Upos {
        self.view.tree.upos(word)
    }

    /// Whether a word can be (part of) a proper name as far as the tags know.
    pub(super) fn may_be_name(&self, word: usize) -> bool {
        self.is_capitalised(word)
            && matches!(self.upos(word), Upos::Propn | Upos::X | Upos::Noun | Upos::Adj)
            && self.view.word(word).chars().any(char::is_alphabetic)
    }

    /// The word of a range whose head lies outside; the last word where the tree does not say.
    pub(super) fn head_of(&self, words: &Range<usize>, anchor: usize) -> usize {
        if !self.tagged {
            return anchor;
        }
        let mut top = anchor;
        while let Some(above) = self.view.tree.head(top).filter(|above| words.contains(above)) {
            top = above;
        }
        top
    }

    fn find_names(&self, data: &Data) -> Vec<Named> {
        let known = self.known_names(data);
        let mut names: Vec<Named> = Vec::new();
        for name in self.view.tree.names.iter().filter(|name| name.words.end <= self.len()) {
            if let Some(named) = self.parsed_name(name.words.clone(), name.kind, &known, data) {
                names.push(named);
            }
        }
        for mut named in known {
            match place_known(&named, &names) {
                Standing::Dropped => continue,
                Standing::Nested => named.nested = true,
                Standing::Free => {}
                Standing::Same(index) => {
                    names[index].candidates = named.candidates;
                    continue;
                }
                Standing::Over(swallowed) => {
                    named.kind = swallowed.iter().find_map(|&index| names[index].kind);
                    let keep = |index: &usize| !swallowed.contains(index);
                    let kept = (0..names.len()).filter(keep).map(|index| names[index].clone()).collect();
                    names = kept;
                }
            }
            names.push(named);
        }
        names.sort_by_key(|named| (named.words.end, named.words.start));
        names
    }

    /// Names of the registers, longest first from every word on, not overlapping.
    fn known_names(&self, data: &Data) -> Vec<Named> {
        let index = &data.registers.index;
        let base = self.view.sentence.span.start as usize;
        let text = self.view.span_of(0..self.len()).of(self.view.text);
        let words = index.scan(text);
        let mut names = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let mut best: Option<(usize, Range<usize>, Vec<Candidate>)> = None;
            for found in index.matches(&words, at) {
                let candidates: Vec<Candidate> = found
                    .candidates()
                    .filter(|candidate| !matches!(candidate.target, Target::Title(_)))
                    .copied()
                    .collect();
                let range = self.words_between(base + found.start, base + found.end);
                if let (false, Some(range)) = (candidates.is_empty(), range) {
                    best = Some((found.words, range, candidates));
                }
            }
            let town = self.town(text, base, &words, at, best.as_ref().map_or(0, |(count, ..)| *count), data);
            match town.or(best) {
                Some((count, range, candidates)) if self.is_believable(&range, &candidates, data) => {
                    names.push(Named { words: range, candidates, kind: None, nested: false });
                    at += count;
                }
                _ => at += 1,
            }
        }
        names
    }

    /// A place of the gazetteer with more words than what the registers know from a word on.
    fn town(
        &self,
        text: &str,
        base: usize,
        words: &[Word],
        at: usize,
        known: usize,
        data: &Data,
    ) -> Option<(usize, Range<usize>, Vec<Candidate>)> {
        if words[at].shape == Shape::Lower {
            return None;
        }
        let found = data.registers.gazetteer.longest(text, words, at).filter(|found| found.words > known)?;
        let last = &words[at + found.words - 1];
        let range = self.words_between(base + words[at].start, base + last.end)?;
        let is_place = self.is_capitalised(range.end - 1) && self.is_surely_place(&range, &found.towns, data);
        is_place.then(|| (found.words, range, found.towns.into_iter().map(Candidate::town).collect()))
    }

    /// Whether words that are some town's name somewhere are meant as a place: the parser takes them for one, or they
    /// stand behind "in", "at", "near" or "town of", or the town is large. Towns are called Reading, Nice and Of.
    fn is_surely_place(&self, words: &Range<usize>, towns: &[TownId], data: &Data) -> bool {
        if !self.tagged {
            return false;
        }
        if self.is_town(words, data) {
            return true;
        }
        let overlaps = |name: &&Name| name.words.start < words.end && words.start < name.words.end;
        let before = words.start.checked_sub(1).map_or("", |before| self.word(before));
        let large = data.registers.gazetteer.is_large(towns);
        let is_kind = data.reference.has_use(self.word(words.end), WordUse::Settlement);
        if data.reference.has_use(before, WordUse::Article) && !large && !is_kind {
            return false;
        }
        if let Some(name) = self.view.tree.names.iter().find(overlaps) {
            let after = self.word(words.end);
            let joined = |word: &str| matches!(word, "," | "and" | "or");
            let ends = name.words.end <= words.end
                || joined(after)
                || name.words.end == words.end + 1 && data.reference.has_use(after, WordUse::Settlement);
            let is_direction = |word: usize| {
                self.word(word) == "-" || data.reference.has_use(self.word(word), WordUse::Direction)
            };
            let starts = joined(before) || (name.words.start..words.start).all(is_direction);
            return name.kind == NameKind::Loc && starts && ends;
        }
        words.clone().all(|word| self.upos(word) == Upos::Propn)
            && (data.reference.has_use(before, WordUse::At) || large)
    }

    /// The words between two byte offsets of the text; both must be borders of words, or of parts of a word with hyphens.
    fn words_between(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let first = self.view.word_at(offset(start))?;
        let last = self.view.word_at(offset(end.checked_sub(1)?))?;
        let text = self.view.text.as_bytes();
        let is_hyphen = |at: usize| text.get(at) == Some(&b'-');
        let starts_well = self.view.span(first).start as usize == start || start > 0 && is_hyphen(start - 1);
        let ends = self.view.span(last).end as usize;
        let ends_well = ends == end || is_hyphen(end) || text.get(end) == Some(&b'.') && ends == end + 1;
        (starts_well && ends_well).then_some(first..last + 1)
    }

    /// Whether a known name is meant as one: the first word of a sentence is capitalised anyway, and nobody is
    /// "in May".
    fn is_believable(&self, words: &Range<usize>, candidates: &[Candidate], data: &Data) -> bool {
        if words.len() > 1 || !self.tagged {
            return true;
        }
        let word = words.start;
        let upos = self.upos(word);
        let only_family = candidates.iter().all(|candidate| candidate.form == Form::Family);
        let recognised = self.view.tree.names.iter().any(|name| name.words.contains(&word));
        if recognised {
            return true;
        }
        if only_family {
            let before = word.checked_sub(1).map_or("", |before| self.word(before));
            let after = self.word(word + 1);
            let dated = data.reference.has_use(before, WordUse::Dating)
                || after.starts_with(|letter: char| letter.is_ascii_digit());
            let capitalised_here = word > 0 && matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::X);
            return (upos == Upos::Propn || capitalised_here) && !dated;
        }
        let plain =
            candidates.iter().all(|candidate| matches!(candidate.target, Target::Place(_) | Target::Town(_)));
        matches!(upos, Upos::Propn) || !plain && matches!(upos, Upos::Adj | Upos::Noun | Upos::X | Upos::Pron)
    }

    /// A name of the parser's: titles at its head are no part of it, and a mere noun phrase is no name.
    fn parsed_name(
        &self,
        mut words: Range<usize>,
        mut kind: NameKind,
        known: &[Named],
        data: &Data,
    ) -> Option<Named> {
        words.end = words.end.min(self.len());
        while words.start < words.end && data.reference.has_use(self.word(words.start), WordUse::Article) {
            words.start += 1;
        }
        while words.start < words.end && !self.is_capitalised(words.end - 1) {
            words.end -= 1;
        }
        while let Some((end, id)) = data.agents.longest(&self.lower, words.start) {
            let agent = &data.agents[id];
            let before_name =
                matches!(agent.kind, AgentKind::Person | AgentKind::Address | AgentKind::Leader);
            if end >= words.end || kind != NameKind::Per && !before_name {
                break;
            }
            words.start = end;
            kind = NameKind::Per;
        }
        while words.start < words.end && !self.is_capitalised(words.start) && self.is_preposition(words.start)
        {
            words.start += 1;
        }
        let known_person = |named: &Named| named.words.start == words.start && named.is_person();
        if kind == NameKind::Org && known.iter().any(known_person) {
            words.end = self.before_realm(&words, known);
        }
        if kind == NameKind::Per {
            words.start = behind_other_name(&words, known);
            words.end = self.before_realm(&words, known);
            if self.is_title(&words, data) {
                return None;
            }
            if self.is_town(&words, data) {
                kind = NameKind::Loc;
            } else {
                words.start = self.given_name(&words, known, data);
                words = self.with_hyphens(words, data);
            }
        }
        let has_verb = words
            .clone()
            .any(|word| !self.is_capitalised(word) && matches!(self.upos(word), Upos::Verb | Upos::Aux));
        if has_verb
            || words.is_empty()
            || kind == NameKind::Norp && !known.iter().any(|named| named.words == words)
        {
            return None;
        }
        if kind == NameKind::Org && self.is_noun_phrase(&words, known, data) {
            return None;
        }
        Some(Named { words, candidates: Vec::new(), kind: Some(kind), nested: false })
    }

    /// "Kyrgyz Prime Minister", "NATO's Secretary-General": what the parser takes for a name is an office.
    fn is_title(&self, words: &Range<usize>, data: &Data) -> bool {
        let ends_here = |start: usize| {
            let noun = data.agents.longest(&self.lower, start);
            noun.is_some_and(|(end, id)| {
                let kind = data.agents[id].kind;
                end == words.end && matches!(kind, AgentKind::Person | AgentKind::Leader | AgentKind::People)
            })
        };
        let Some(noun) = words.clone().find(|&start| ends_here(start)) else { return false };
        let before = words.start.checked_sub(1).map_or("", |before| self.word(before));
        // "King", "Bishop" and "Major" are family names too.
        words.end - noun > 1 || before.ends_with("'s") || data.reference.has_use(before, WordUse::Article)
    }

    fn is_preposition(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Adp)
    }

    /// "Panos" of "Panos Kammenos", which the parser of names left out: a proper noun that the tree joins to the name.
    fn given_name(&self, words: &Range<usize>, known: &[Named], data: &Data) -> usize {
        let Some(before) = words.start.checked_sub(1) else { return words.start };
        let tree = self.view.tree;
        let joined = tree.head(before).is_some_and(|head| words.contains(&head))
            || tree.head(words.start) == Some(before) && tree.deprel(words.start) == Deprel::Flat;
        let is_free = !known.iter().any(|named| named.words.contains(&before))
            && data.agents.longest(&self.lower, before).is_none();
        let is_name = self.is_capitalised(before) && self.upos(before) == Upos::Propn;
        if joined && is_free && is_name { before } else { words.start }
    }

    /// "the town of Samarra".
    fn is_town(&self, words: &Range<usize>, data: &Data) -> bool {
        words.start >= 2
            && self.word(words.start - 1) == "of"
            && data.reference.has_use(self.word(words.start - 2), WordUse::Settlement)
    }

    /// The end of a person's name that the parser ran on into where the person is from: "Fujimori of Peru".
    fn before_realm(&self, words: &Range<usize>, known: &[Named]) -> usize {
        let is_realm =
            |word: usize| known.iter().any(|named| named.words.start == word && !named.is_person());
        words.clone().skip(1).find(|&word| self.word(word) == "of" && is_realm(word + 1)).unwrap_or(words.end)
    }

    /// "Jean" of "Jean-Bertrand", "Rehman" of "Fazl-ur-Rehman": hyphens and particles do not end a person's name.
    pub(super) fn with_hyphens(&self, words: Range<usize>, data: &Data) -> Range<usize> {
        let (mut start, mut end) = (words.start, words.end);
        let joins = |word: usize| {
            self.word(word) == "-" || data.reference.has_use(self.word(word), WordUse::Particle)
        };
        while start > 1 && self.word(start - 1) == "-" && self.is_capitalised(start - 2) {
            start -= 2;
        }
        while self.word(end) == "-" && end + 1 < self.len() && self.is_joined(end) {
            end += 2;
        }
        loop {
            let next = (end..self.len().min(end + 4)).find(|&word| !joins(word));
            match next {
                Some(next) if next > end && self.is_capitalised(next) => end = next + 1,
                _ => return start..end,
            }
        }
    }

    /// Whether a hyphen stands between two words without a blank: "Jae-in".
    fn is_joined(&self, hyphen: usize) -> bool {
        let span = |word: usize| self.view.span(word);
        hyphen > 0
            && span(hyphen - 1).end == span(hyphen).start
            && span(hyphen).end == span(hyphen + 1).start
            && self.upos(hyphen + 1) != Upos::Verb
            && self.word(hyphen + 1).chars().all(char::is_alphabetic)
    }

    /// "Chinese Foreign Ministry", "Parliament": known names and then one noun of the lexicon.
    fn is_noun_phrase(&self, words: &Range<usize>, known: &[Named], data: &Data) -> bool {
        let mut next = words.start;
        while let Some(named) = known.iter().find(|named| named.words.start == next) {
            next = named.words.end;
            if self.is_possessive(next) {
                next += 1;
            }
        }
        data.agents.longest(&self.lower, next).is_some_and(|(end, _)| end >= words.end)
    }

    /// Whether a word is a dependent to the left of a head in the same phrase.
    pub(super) fn hangs_left_of(&self, word: usize, phrase: &Range<usize>) -> bool {
        self.view.tree.head(word).is_some_and(|head| head > word && phrase.contains(&head))
            && !matches!(
                self.view.tree.deprel(word),
                Deprel::Case | Deprel::Mark | Deprel::Cc | Deprel::Punct | Deprel::Nsubj | Deprel::Obj
            )
    }
}

/// Where a person's name begins that the parser ran together with a state's or body's before it: "Igor" of "Ambassador to
/// China Igor Morgulov".
fn behind_other_name(words: &Range<usize>, known: &[Named]) -> usize {
    let other = known.iter().find(|named| named.words.start == words.start && !named.is_person());
    let person = |at: usize| known.iter().any(|named| named.words.start == at && named.is_person());
    other.map(|named| named.words.end).filter(|&end| end < words.end && person(end)).unwrap_or(words.start)
}

/// What a known name is beside the parser's names.
enum Standing {
    Free,
    Nested,
    Dropped,
    Same(usize),
    Over(Vec<usize>),
}

fn place_known(known: &Named, names: &[Named]) -> Standing {
    let mut swallowed = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let (inner, outer) = (&known.words, &name.words);
        if inner.end <= outer.start || outer.end <= inner.start {
            continue;
        }
        if inner == outer {
            return Standing::Same(index);
        }
        let inside = outer.start <= inner.start && inner.end <= outer.end;
        if inside && name.candidates.is_empty() {
            return match name.kind {
                Some(NameKind::Per) if known.is_person() && inner.len() > 1 => Standing::Over(vec![index]),
                Some(NameKind::Per) if known.is_person() && inner.end == outer.end => Standing::Same(index),
                Some(NameKind::Org) if known.is_person() && inner.len() > 1 && inner.end == outer.end => {
                    Standing::Over(vec![index])
                }
                Some(NameKind::Org) => Standing::Nested,
                Some(NameKind::Per) => Standing::Dropped,
                _ => Standing::Over(vec![index]),
            };
        }
        swallowed.push(index);
    }
    if swallowed.is_empty() { Standing::Free } else { Standing::Over(swallowed) }
}

/// A word in small letters with plain apostrophes, without a full stop at its end.
fn small(word: &str) -> String {
    let mut lower = word.to_lowercase().replace('’', "'");
    if lower.len() > 1 && lower.ends_with('.') {
        lower = lower.replace('.', "");
    }
    lower
}
