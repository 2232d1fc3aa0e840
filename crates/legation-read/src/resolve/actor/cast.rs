//! Everybody on stage so far, by what makes them the same, and the turns in which they were mentioned.

use jiff::civil::Date as Day;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Actor, ActorId, ActorKind, Actors};
use crate::Span;
use crate::data::Data;
use crate::data::registers::{BodyId, Form, GroupId, PersonId, RoleId, StateId, Target};
use crate::mention::{Mention, MentionKind, Mentions};
use crate::parse::{Deprel, NameKind, Parsed, SentenceView};
use crate::resolve::place::Places;
use crate::resolve::survey::Survey;

/// What makes two mentions the same actor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    State(StateId),
    Body(BodyId),
    Person(PersonId),
    Group(GroupId),
    /// A part of a state or body, by its noun: the foreign ministry of China.
    Part(Option<Whole>, String),
    /// A name that no register has.
    Named(String),
    /// Nobody else's: an actor of one mention.
    Once(usize, usize),
}

/// What a part belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Whole {
    State(StateId),
    Body(BodyId),
    Actor(ActorId),
}

/// What resolution knows of an actor beyond what is handed out.
#[derive(Clone, Debug, Default)]
pub(super) struct Entity {
    pub(super) state: Option<StateId>,
    pub(super) body: Option<BodyId>,
    pub(super) gender: Option<char>,
    pub(super) many: bool,
    pub(super) roles: Vec<RoleId>,
    /// Last words of the titles and nouns used for it: "spokesman".
    pub(super) nouns: Vec<String>,
}

/// One mention as the discourse remembers it.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    pub(super) sentence: usize,
    /// Head word.
    pub(super) head: usize,
    pub(super) span: Span,
    pub(super) ids: Vec<ActorId>,
    pub(super) subject: bool,
    /// Possessor or attribute of another noun.
    pub(super) attribute: bool,
}

/// The stage.
pub(super) struct Cast<'a> {
    pub(super) parsed: Parsed<'a>,
    pub(super) mentions: &'a Mentions,
    pub(super) places: &'a Places,
    pub(super) data: &'a Data,
    pub(super) survey: Survey,
    pub(super) day: Option<Day>,
    pub(super) actors: Actors,
    pub(super) entities: Vec<Entity>,
    keys: FxHashMap<Key, ActorId>,
    /// Word of a person's name in small letters -> who last appeared with it in a full name.
    pub(super) by_name_word: FxHashMap<String, ActorId>,
    /// Acronyms introduced in brackets.
    pub(super) aliases: FxHashMap<String, ActorId>,
    /// Family name in small letters -> whom the document names in full somewhere.
    pub(super) introduced: FxHashMap<String, PersonId>,
    /// Last word of a full name that no register has -> the name, for surnames that come first.
    pub(super) named_later: FxHashMap<String, String>,
    pub(super) history: Vec<Turn>,
}

impl<'a> Cast<'a> {
    pub(super) fn new(
        parsed: Parsed<'a>,
        mentions: &'a Mentions,
        places: &'a Places,
        data: &'a Data,
    ) -> Cast<'a> {
        let mut cast = Cast {
            parsed,
            mentions,
            places,
            data,
            survey: Survey::new(mentions, parsed.document.published, data),
            day: parsed.document.published,
            actors: Actors::default(),
            entities: Vec::new(),
            keys: FxHashMap::default(),
            by_name_word: FxHashMap::default(),
            aliases: FxHashMap::default(),
            introduced: FxHashMap::default(),
            named_later: FxHashMap::default(),
            history: Vec::new(),
        };
        cast.introduce();
        cast
    }

    /// Notes who is named in full anywhere, for surnames that come first (in a headline).
    fn introduce(&mut self) {
        for mention in &self.mentions.mentions {
            if let (true, Some(NameKind::Per), Some(words)) =
                (mention.parts.candidates.is_empty(), mention.parts.name_kind, mention.parts.name.clone())
                && words.len() > 1
            {
                let name = self.parsed.sentence(mention.sentence).span_of(words).of(self.parsed.text());
                let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
                self.named_later.entry(last).or_insert_with(|| name.to_owned());
            }
            let mut people = mention.parts.candidates.iter().filter_map(|candidate| match candidate.target {
                Target::Person(person) if candidate.form == Form::Name => Some(person),
                _ => None,
            });
            let (Some(person), None) = (people.next(), people.next()) else { continue };
            for family in &self.data.registers[person].family {
                self.introduced.entry(family.to_lowercase()).or_insert(person);
            }
        }
    }

    /// Resolves the mentions of one sentence; pronouns before the subject they point to come last.
    pub(super) fn take_sentence(&mut self, mentions: &[Mention]) {
        let mut late = Vec::new();
        for mention in mentions {
            if self.points_forward(mention, mentions) || self.belongs_to_several(mention, mentions) {
                late.push(mention);
            } else {
                self.take(mention);
            }
        }
        for mention in late {
            self.take(mention);
        }
    }

    fn take(&mut self, mention: &Mention) {
        let ids = match mention.kind {
            MentionKind::Name => self.name(mention),
            MentionKind::Nominal => self.nominal(mention),
            MentionKind::Pronoun => self.pronoun(mention),
        };
        self.settle(mention, ids);
    }

    /// Writes down whom a mention stands for.
    fn settle(&mut self, mention: &Mention, ids: Vec<ActorId>) {
        if ids.is_empty() {
            return;
        }
        let parts = &mention.parts;
        let noun = parts.noun.iter().flat_map(|(words, _)| words.clone());
        let name = parts.name.iter().flat_map(Clone::clone);
        for word in noun.chain(name).chain(parts.amount).chain([mention.head]) {
            self.actors.set(mention.sentence, word, ids.clone());
        }
        let own = self.spans_of_several(mention, ids.len());
        for (index, id) in ids.iter().enumerate() {
            let span = own.get(index).copied().unwrap_or(mention.span);
            self.actors.list[id.0 as usize].mentions.push(span);
        }
        let view = self.parsed.sentence(mention.sentence);
        let turn = Turn {
            sentence: mention.sentence,
            head: mention.head,
            span: mention.span,
            ids,
            subject: is_subject(view, mention.head),
            attribute: is_attribute(view, mention.head),
        };
        self.history.push(turn);
        if mention.kind != MentionKind::Pronoun && view.tree.deprel(mention.head) == Deprel::Conj {
            self.note_coordination(view, mention);
        }
    }

    /// "Putin and Xi": a turn of its own, to which "they" and "the two leaders" point.
    fn note_coordination(&mut self, view: SentenceView<'_>, last: &Mention) {
        let Some(first) = view.tree.head(last.head).filter(|&first| first < last.head) else { return };
        let sentence = last.sentence;
        let mut ids = self.actors.at(sentence, first).to_vec();
        if ids.is_empty() {
            return;
        }
        for child in view.tree.children_by(first, Deprel::Conj).filter(|&child| child <= last.head) {
            ids.extend_from_slice(self.actors.at(sentence, child));
        }
        let mut seen = FxHashSet::default();
        ids.retain(|id| seen.insert(*id));
        if ids.len() > 1 {
            let (subject, attribute) = (is_subject(view, first), is_attribute(view, first));
            let span = view.span(first).cover(last.span);
            self.history.push(Turn { sentence, head: first, span, ids, subject, attribute });
        }
    }

    /// The actor with this key, made if there is none yet.
    pub(super) fn actor(&mut self, key: Key, make: impl FnOnce() -> (Actor, Entity)) -> ActorId {
        if let Some(id) = self.keys.get(&key) {
            return *id;
        }
        let (actor, entity) = make();
        let id = self.actors.push(actor);
        self.entities.push(entity);
        self.keys.insert(key, id);
        id
    }

    /// The actor with this key, if there is one.
    pub(super) fn known(&self, key: &Key) -> Option<ActorId> {
        self.keys.get(key).copied()
    }

    pub(super) fn get(&self, id: ActorId) -> &Actor {
        self.actors.get(id)
    }

    pub(super) fn entity(&self, id: ActorId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    pub(super) fn state(&mut self, state: StateId) -> ActorId {
        let row = &self.data.registers[state];
        self.actor(Key::State(state), || {
            let actor = Actor {
                name: row.name.to_string(),
                kind: ActorKind::State,
                country: Some(row.key.to_string()),
                code: Some(row.key.to_string()),
                sector: None,
                role: None,
                register: Some(row.key.to_string()),
                mentions: Vec::new(),
            };
            (actor, Entity { state: Some(state), ..Entity::default() })
        })
    }

    pub(super) fn body(&mut self, body: BodyId) -> ActorId {
        let row = &self.data.registers[body];
        self.actor(Key::Body(body), || {
            let actor = Actor {
                name: row.name.to_string(),
                kind: ActorKind::Organisation,
                country: None,
                code: Some(self.data.registers.code_of(body).to_owned()),
                sector: Some(row.sector.to_string()).filter(|sector| !sector.is_empty()),
                role: None,
                register: Some(row.key.to_string()),
                mentions: Vec::new(),
            };
            (actor, Entity { body: Some(body), ..Entity::default() })
        })
    }

    /// Turns of a sentence and the ones before it, latest first, up to `back` sentences away.
    pub(super) fn recent(&self, sentence: usize, back: usize) -> impl Iterator<Item = &Turn> {
        let turns = self.history.iter().rev();
        turns.take_while(move |turn| turn.sentence + back >= sentence)
    }

    /// The state (or that of the person) an actor belongs to.
    pub(super) fn state_of(&self, id: ActorId) -> Option<StateId> {
        self.entity(id).state
    }

    /// Whether an offset lies between quotation marks.
    pub(super) fn quoted(&self, span: Span) -> Option<usize> {
        let quotations = &self.mentions.quotations;
        let after = quotations.partition_point(|quotation| quotation.span.start <= span.start);
        let index = after.checked_sub(1)?;
        quotations[index].span.contains(span).then_some(index)
    }

    /// Hands the actors out, their mentions in order.
    pub(super) fn finish(self) -> Actors {
        let mut actors = self.actors;
        for actor in &mut actors.list {
            actor.mentions.sort_unstable();
            actor.mentions.dedup();
        }
        actors
    }

    /// Whether a mention is a person's name as far as can be told without resolving it.
    pub(super) fn is_person(mention: &Mention) -> bool {
        let parts = &mention.parts;
        mention.kind == MentionKind::Name
            && (parts.name_kind == Some(NameKind::Per)
                || parts.candidates.iter().any(|candidate| matches!(candidate.target, Target::Person(_))))
    }
}

/// Whether a word is a subject, by itself or as a conjunct of one.
pub(super) fn is_subject(view: SentenceView<'_>, word: usize) -> bool {
    let tree = view.tree;
    let deprel = tree.deprel(word);
    deprel.is_subject()
        || deprel == Deprel::Conj && tree.head(word).is_some_and(|head| tree.deprel(head).is_subject())
}

/// Whether a word is a possessor or attribute of another noun.
fn is_attribute(view: SentenceView<'_>, word: usize) -> bool {
    let base = view.tree.deprel(word).base();
    matches!(base, Deprel::Nmod | Deprel::Compound | Deprel::Amod)
}
