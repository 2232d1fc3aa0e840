//! Names, nouns and pronouns of a sentence -> mentions: titles are put to their names, modifiers to their nouns.

use std::ops::Range;

use super::line::{Line, Named};
use super::{Mention, MentionKind, Parts};
use crate::data::Data;
use crate::data::agents::{AgentId, AgentKind};
use crate::data::reference::{Pronoun, PronounUse, WordUse};
use crate::data::registers::Form;
use crate::parse::{Deprel, NameKind, Upos};

/// No phrase is followed further to its left than this.
const FURTHEST: usize = 14;
/// A name without a register has at most so many words.
const LONGEST_NAME: usize = 7;

/// All mentions of a sentence, in the order of their last words.
pub(super) fn mentions(line: &Line<'_>, data: &Data) -> Vec<Mention> {
    let mut builder = Builder { line, data, mentions: Vec::new() };
    let mut at = 0;
    while at < line.len() {
        at = builder.step(at).max(at + 1);
    }
    let mut mentions = builder.mentions;
    mentions.sort_by_key(|mention| (mention.words.end, std::cmp::Reverse(mention.words.start)));
    mentions
}

struct Builder<'l, 'a> {
    line: &'l Line<'a>,
    data: &'l Data,
    mentions: Vec<Mention>,
}

impl Builder<'_, '_> {
    /// Takes what begins at a word and returns the word after it.
    fn step(&mut self, at: usize) -> usize {
        let line = self.line;
        let named = line.name_at(at).filter(|named| !self.is_title(named));
        if let Some(named) = named {
            self.push_nested(&named.words);
            self.push_name(named);
            return named.words.end;
        }
        if let Some((end, id)) = self.data.agents.longest(&line.lower, at) {
            if let Some(after) = self.titled(at..end, id) {
                return after;
            }
            if self.is_noun(at..end, id) {
                self.push_nominal(at..end, id);
            }
            return end;
        }
        if let Some(pronoun) = self.data.reference.pronoun(line.word(at)) {
            self.push_pronoun(at, pronoun);
        } else if self.is_the_two(at) {
            let pair = Pronoun { many: true, gender: None, role: PronounUse::Pair };
            let parts = Parts { pronoun: Some(pair), ..Parts::default() };
            self.push(at - 1..at + 1, at, MentionKind::Pronoun, parts);
        }
        at + 1
    }

    /// "The two signed a pact": the number stands for whom it counts; not "the two of them", "the two new bridges".
    fn is_the_two(&self, at: usize) -> bool {
        let line = self.line;
        let tree = line.view.tree;
        line.tagged
            && at > 0
            && line.upos(at) == Upos::Num
            && self.has_use(at, WordUse::Two)
            && self.has_use(at - 1, WordUse::Definite)
            && tree.deprel(at).is_subject()
            && !tree.children(at).any(|child| child > at)
    }

    /// "Labour" of "Labour Minister" is no party, "Sheikh" before a name nobody by itself.
    fn is_title(&self, named: &Named) -> bool {
        let line = self.line;
        let (start, end) = (named.words.start, named.words.end);
        let Some((title, _)) = self.data.agents.longest(&line.lower, start) else { return false };
        let longer = title > end && line.may_be_name(end);
        let before_name = title == end && named.candidates.is_empty() && self.person_at(end).is_some();
        named.words.len() == 1 && (longer || before_name)
    }

    fn push(&mut self, words: Range<usize>, anchor: usize, kind: MentionKind, parts: Parts) {
        let head = self.line.head_of(&words, anchor);
        let span = self.line.view.span_of(words.clone());
        self.mentions.push(Mention { sentence: self.line.view.index, words, head, span, kind, parts });
    }

    fn push_nested(&mut self, outer: &Range<usize>) {
        let nested: Vec<&Named> = self
            .line
            .names
            .iter()
            .filter(|named| named.nested && outer.start <= named.words.start && named.words.end <= outer.end)
            .collect();
        for named in nested {
            self.push_name(named);
        }
    }

    fn push_name(&mut self, named: &Named) {
        let parts = Parts {
            name: Some(named.words.clone()),
            candidates: named.candidates.clone(),
            name_kind: named.kind,
            nested: named.nested,
            ..Parts::default()
        };
        self.push(named.words.clone(), named.words.end - 1, MentionKind::Name, parts);
    }

    /// A title with the name that follows it, with what the office is of or with a comma between them:
    /// "Ambassador to China Igor Morgulov", "his Armenian counterpart, Serzh Sargsyan,".
    fn titled(&mut self, noun: Range<usize>, id: AgentId) -> Option<usize> {
        let agent = &self.data.agents[id];
        if !matches!(
            agent.kind,
            AgentKind::Person
                | AgentKind::Leader
                | AgentKind::Counterpart
                | AgentKind::Address
                | AgentKind::People
        ) {
            return None;
        }
        let people = agent.kind == AgentKind::People;
        if people && !self.line.is_capitalised(noun.start) {
            return None;
        }
        if let Some(name) = self.person_at(self.behind_address(noun.end)) {
            return Some(self.push_titled(noun, id, None, name));
        }
        if agent.kind == AgentKind::Address || people {
            return None;
        }
        if let Some(complement) = self.complement(noun.end) {
            if let Some(name) = self.person_at(complement.end) {
                return Some(self.push_titled(noun, id, Some(complement), name));
            }
            if let Some(name) = self.apposed(complement.end) {
                return Some(self.push_titled(noun, id, Some(complement), name));
            }
            return None;
        }
        let name = self.apposed(noun.end)?;
        Some(self.push_titled(noun, id, None, name))
    }

    /// The word behind a second title: "Emir Sheikh Tamim", "President Dr. Hilda Heine".
    fn behind_address(&self, at: usize) -> usize {
        let line = self.line;
        let second = self.data.agents.longest(&line.lower, at).filter(|(_, id)| {
            let kind = self.data.agents[*id].kind;
            line.is_capitalised(at) && matches!(kind, AgentKind::Address | AgentKind::Person)
        });
        match second {
            Some((end, _)) if self.person_at(end).is_some() => end,
            _ => at,
        }
    }

    /// "Fisheries" of "Fisheries Minister": capitalised words that belong to a capitalised title.
    fn title_start(&self, noun: usize) -> usize {
        let line = self.line;
        let mut start = noun;
        while start > 1 && noun - start < 4 && line.is_capitalised(noun) {
            let before = start - 1;
            let joins =
                line.word(before) == "-" || line.word(before) == "and" && line.may_be_name(before - 1);
            if !(line.may_be_name(before) || joins) || line.in_name(before) {
                break;
            }
            start = before;
        }
        if line.may_be_name(start) { start } else { noun }
    }

    /// A person's name between two commas (or a comma and the end of the sentence).
    fn apposed(&self, at: usize) -> Option<Named> {
        if self.line.word(at) != "," {
            return None;
        }
        let name = self.line.name_at(at + 1).filter(|named| named.is_person()).cloned()?;
        let closed = matches!(self.line.word(name.words.end), "," | "." | ")" | "-" | "–" | "—" | ";" | "");
        let listed = self.line.word(name.words.end) == "," && self.line.word(name.words.end + 1) == "and";
        (closed && !listed).then_some(name)
    }

    fn push_titled(
        &mut self,
        noun: Range<usize>,
        id: AgentId,
        complement: Option<Range<usize>>,
        name: Named,
    ) -> usize {
        if let Some(complement) = &complement {
            let mut at = complement.start;
            while at < complement.end {
                at = self.line.name_at(at).cloned().map_or(at + 1, |named| {
                    self.push_name(&named);
                    named.words.end
                });
            }
        }
        let start = self.left_edge(self.title_start(noun.start));
        let end = name.words.end;
        let parts = Parts {
            name: Some(name.words.clone()),
            candidates: name.candidates,
            name_kind: Some(NameKind::Per),
            noun: Some((noun, id)),
            complement,
            ..Parts::default()
        };
        self.push(start..end, end - 1, MentionKind::Name, parts);
        end
    }

    /// The person's name that begins at a word: known, found by the parser, or a row of capitalised words.
    fn person_at(&self, at: usize) -> Option<Named> {
        let line = self.line;
        if let Some(named) = line.name_at(at) {
            // Right behind a title an unknown name is a person's, whatever the parser takes it for.
            if named.candidates.is_empty() || named.candidates.iter().all(|one| one.form == Form::Family) {
                return Some(self.run_on(named));
            }
            return named.is_person().then(|| named.clone());
        }
        if !line.may_be_name(at) || self.data.agents.longest(&line.lower, at).is_some() {
            return None;
        }
        let mut end = at;
        while end < line.len() && end - at < LONGEST_NAME {
            let next = self.behind_particles(end).filter(|_| end > at).unwrap_or(end);
            let free = line.name_at(end).is_none_or(Named::is_person);
            if !(line.may_be_name(next) && free) {
                break;
            }
            end = next + 1;
        }
        // "al-Hariri" of "Rafiq al-Hariri" may be known by itself.
        let known =
            end.checked_sub(1).and_then(|last| line.name_ending(last)).filter(|named| named.is_person());
        (end > at).then_some(Named {
            words: at..end,
            candidates: known.map(|named| named.candidates.clone()).unwrap_or_default(),
            kind: Some(NameKind::Per),
            nested: false,
        })
    }

    /// A name with the names right behind it: the parser may part "Toomas" from "Ilves".
    fn run_on(&self, named: &Named) -> Named {
        let line = self.line;
        let mut whole = Named { words: line.with_hyphens(named.words.clone(), self.data), ..named.clone() };
        while whole.words.len() < LONGEST_NAME {
            let end = whole.words.end;
            let next = self.behind_particles(end).unwrap_or(end);
            let Some(more) = line.name_at(end).or_else(|| line.name_at(next)).filter(|more| more.is_person())
            else {
                break;
            };
            whole.words.end = more.words.end;
            whole.candidates = more.candidates.clone();
        }
        whole
    }

    /// The word behind "al-", "bin" or "van der" at a word.
    fn behind_particles(&self, at: usize) -> Option<usize> {
        let is_particle = |word: usize| self.has_use(word, WordUse::Particle);
        let next = (at..self.line.len().min(at + 4)).find(|&word| !is_particle(word))?;
        (next > at && self.line.may_be_name(next)).then_some(next)
    }

    /// "to China", "of the European Commission", "in Niamey": what stands behind a noun and names a state, body or place.
    fn complement(&self, at: usize) -> Option<Range<usize>> {
        if !self.has_use(at, WordUse::Complement) {
            return None;
        }
        let mut next = at + 1;
        let limit = at + 5;
        while next < self.line.len() && next < limit {
            if let Some(named) = self.line.name_at(next) {
                return (!named.is_person()).then_some(at..named.words.end);
            }
            let passes = self.has_use(next, WordUse::Article)
                || self.line.tagged && matches!(self.line.upos(next), Upos::Det | Upos::Adj);
            if !passes {
                return None;
            }
            next += 1;
        }
        None
    }

    /// Whether the word of the lexicon is the noun of a phrase here, not a verb or a modifier of the next noun.
    fn is_noun(&self, noun: Range<usize>, id: AgentId) -> bool {
        let line = self.line;
        let agent = &self.data.agents[id];
        if matches!(agent.kind, AgentKind::Address | AgentKind::Amount) || noun.end > line.len() {
            return false;
        }
        if !line.tagged {
            return true;
        }
        let last = noun.end - 1;
        if !matches!(line.upos(last), Upos::Noun | Upos::Propn | Upos::X) {
            return false;
        }
        let modifies = matches!(line.view.tree.deprel(last), Deprel::Compound | Deprel::Amod)
            && line.view.tree.head(last).is_some_and(|head| head >= noun.end);
        let before_noun = self.data.agents.longest(&line.lower, noun.end).is_some()
            && matches!(line.upos(noun.end), Upos::Noun | Upos::Propn);
        let hyphenated = line.word(noun.end) == "-";
        // "in front of the embassy", "in place of the envoy"
        let in_preposition = line.word(noun.end) == "of"
            && noun.start.checked_sub(1).is_some_and(|before| line.word(before) == "in")
            && !line.is_capitalised(noun.start);
        // "flew into exile", "stands on guard": one person has an article.
        let in_state = agent.kind == AgentKind::Person
            && !agent.many
            && !line.is_capitalised(noun.start)
            && noun.start.checked_sub(1).is_some_and(|before| {
                matches!(line.word(before), "in" | "into" | "on") && line.upos(before) == Upos::Adp
            });
        !(modifies || before_noun || hyphenated || in_preposition || in_state)
    }

    fn push_nominal(&mut self, noun: Range<usize>, id: AgentId) {
        let mut start = self.left_edge(noun.start);
        let amount = self.amount_before(start);
        if let Some(amount) = amount {
            start = self.left_edge(amount);
        }
        let complement = self.complement(noun.end);
        let anchor = noun.end - 1;
        let end = noun.end;
        let parts = Parts { noun: Some((noun, id)), complement, amount, ..Parts::default() };
        self.push(start..end, anchor, MentionKind::Nominal, parts);
    }

    /// "thousands" of "thousands of people".
    fn amount_before(&self, start: usize) -> Option<usize> {
        let amount = start.checked_sub(2)?;
        if self.line.word(start - 1) != "of" {
            return None;
        }
        let (end, id) = self.data.agents.longest(&self.line.lower, amount)?;
        (end == start - 1 && self.data.agents[id].kind == AgentKind::Amount).then_some(amount)
    }

    /// The first word of the phrase whose noun begins at a word.
    fn left_edge(&self, noun: usize) -> usize {
        let line = self.line;
        let mut start = noun;
        while start > 0 && noun - start < FURTHEST {
            let before = start - 1;
            if let Some(named) = line.name_ending(before) {
                start = named.words.start;
                continue;
            }
            if line.is_possessive(before) {
                if before == 0 {
                    break;
                }
                start = if let Some(named) = line.name_ending(before - 1) {
                    named.words.start
                } else {
                    before - 1
                };
                continue;
            }
            if !self.may_precede(before, noun) {
                break;
            }
            start = before;
        }
        if line.is_possessive(start) || line.word(start) == "-" { start + 1 } else { start }.min(noun)
    }

    fn may_precede(&self, word: usize, noun: usize) -> bool {
        let line = self.line;
        if !line.tagged {
            let possessive = self.data.reference.pronoun(line.word(word)).map(|pronoun| pronoun.role);
            return line.word(word) == "-"
                || self.has_use(word, WordUse::Article)
                || self.has_use(word, WordUse::Former)
                || possessive == Some(PronounUse::Possessive);
        }
        if line.word(word) == "-" {
            return word > 0 && !matches!(line.upos(word - 1), Upos::Punct | Upos::Verb);
        }
        let whole = word..noun + 1;
        match line.upos(word) {
            // "on April 15 hundreds of people"
            Upos::Num => {
                let tree = line.view.tree;
                let month = |child: usize| child < word && tree.upos(child) == Upos::Propn;
                tree.head(word).is_none_or(|head| head > word) && !tree.children(word).any(month)
            }
            Upos::Det | Upos::Adj => true,
            // "both presidents", not "both presidents and their wives".
            Upos::Cconj => {
                self.has_use(word, WordUse::Two)
                    && line.view.tree.head(word) == Some(noun)
                    && line.view.tree.child(noun, Deprel::Conj).is_none()
            }
            Upos::Noun | Upos::Propn | Upos::Verb | Upos::X | Upos::Adv => line.hangs_left_of(word, &whole),
            Upos::Pron => line.view.tree.feats(word).possessive || line.hangs_left_of(word, &whole),
            _ => false,
        }
    }

    fn has_use(&self, word: usize, wanted: WordUse) -> bool {
        self.data.reference.has_use(self.line.word(word), wanted)
    }

    fn push_pronoun(&mut self, at: usize, pronoun: Pronoun) {
        let line = self.line;
        let tree = line.view.tree;
        if line.tagged {
            let is_pair = pronoun.role == PronounUse::Pair;
            let deprel = tree.deprel(at);
            let determines = matches!(line.upos(at), Upos::Det | Upos::Cconj)
                && tree.head(at).is_some_and(|head| head > at)
                && !deprel.is_subject();
            // "each accused the other", not "gave ten dollars each".
            let noun =
                |word: usize| matches!(line.upos(word), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
            let before_noun = at + 1 < line.view.len() && noun(at + 1);
            let each = line.word(at).eq_ignore_ascii_case("each");
            let determines = determines || each && (before_noun || !deprel.is_subject());
            if is_pair && determines || tree.deprel(at) == Deprel::Expl {
                return;
            }
        } else if pronoun.role == PronounUse::Pair {
            return;
        }
        let parts = Parts { pronoun: Some(pronoun), ..Parts::default() };
        self.push(at..at + 1, at, MentionKind::Pronoun, parts);
    }
}
