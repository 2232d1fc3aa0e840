//! What simply is the case between actors: members, suppliers, treaties, sanctions, debts, troops abroad.
//!
//! The patterns of `data/lexicon/relations/` say by which word a relation is told and where its parties stand (`slot`);
//! what verbs do to it, and whether it is the case at all, is judged in `told`; `code/amount.rs` and `time` add how much and from
//! when to when.

mod forum;
mod slot;
mod time;
mod told;

use crate::{
    Span,
    code::{Scene, statement::Statement},
    resolve::actor::{Actor, ActorId, ActorKind},
};

/// A state of affairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// supplies, member, target, forum, treaty ...
    pub kind: String,
    /// From whom.
    pub from: Option<ActorId>,
    /// To whom, or with whom.
    pub to: Option<ActorId>,
    /// All parties of what holds between several, in order of the text.
    pub parties: Vec<ActorId>,
    /// Of what.
    pub what: Option<String>,
    /// An amount with its unit, `200000000000 USD`, or a word: "severed", "permanent".
    pub value: Option<String>,
    /// The amount as written.
    pub value_text: Option<String>,
    /// The place in an order: 1 for "largest", 2 for "second-largest".
    pub rank: Option<u32>,
    /// TIMEX3 value of its beginning.
    pub since: Option<String>,
    /// TIMEX3 value of its end.
    pub until: Option<String>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words it rests on.
    pub span: Span,
}

/// Who takes part, before a state that the text names only as a place is made an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Party {
    Actor(ActorId),
    State(String),
}

/// A relation as the words tell it.
#[derive(Clone, Debug)]
struct Draft {
    kind: usize,
    from: Vec<Party>,
    to: Vec<Party>,
    /// Whether it holds among all parties rather than between each of one side and each of the other.
    is_common: bool,
    relation: Relation,
}

/// Relations in one sentence, at most: more is a table, not a sentence.
const MOST: usize = 16;

/// Finds the relations of a document.
#[must_use]
pub fn find(scene: &mut Scene<'_>, statements: &[Statement]) -> Vec<Relation> {
    let mut drafts = Vec::new();
    for view in scene.parsed.sentences() {
        let before = drafts.len();
        let mut teller = told::Teller::new(scene, statements, view);
        for word in 0..view.len() {
            drafts.extend(teller.drafts(word));
            drafts.extend(forum::forum(scene, &view, word));
            if drafts.len() - before >= MOST {
                break;
            }
        }
    }
    let mut relations: Vec<Relation> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        for relation in resolved(scene, draft) {
            take(&mut relations, relation);
        }
    }
    relations
}

/// Gives a draft its actors: one relation a pair, or one for all where it holds between them all.
fn resolved(scene: &mut Scene<'_>, draft: Draft) -> Vec<Relation> {
    let kind = &scene.data.relations.kinds[draft.kind];
    let (mutual, of_states, needs_state) = (kind.is_mutual, kind.of_states, kind.needs_state);
    let from: Vec<ActorId> = draft.from.iter().map(|party| actor(scene, party, of_states)).collect();
    let to: Vec<ActorId> = draft.to.iter().map(|party| actor(scene, party, of_states)).collect();
    let all: Vec<ActorId> = from.iter().chain(&to).copied().collect();
    if !is_public(scene, of_states, needs_state, &all) {
        return Vec::new();
    }
    if mutual && (from.is_empty() || to.is_empty() || draft.is_common) {
        let mut parties = Vec::new();
        for id in from.into_iter().chain(to) {
            if !parties.contains(&id) {
                parties.push(id);
            }
        }
        let (from, to) = (parties.first().copied(), parties.get(1).copied());
        return vec![Relation { from, to, parties, ..draft.relation }];
    }
    let mut relations = Vec::new();
    for &from in &some_or_none(from) {
        let others = to.iter().copied().filter(|&to| Some(to) != from).collect();
        for to in some_or_none(others) {
            let parties = from.into_iter().chain(to).collect();
            relations.push(Relation { from, to, parties, ..draft.relation.clone() });
        }
    }
    relations.retain(|relation| !mutual || relation.parties.len() > 1);
    relations.truncate(MOST);
    relations
}

/// Whether these are parties of public affairs: no private person in a relation of states, and no two companies, nor two
/// parts of one state, in one that has a state in it.
fn is_public(scene: &Scene<'_>, of_states: bool, needs_state: bool, parties: &[ActorId]) -> bool {
    let actor = |&id: &ActorId| scene.actors.get(id);
    let fights = |actor: &Actor| actor.sector.as_deref() == Some("REB");
    let private = |actor: &Actor| {
        let kind = matches!(actor.kind, ActorKind::Person | ActorKind::People | ActorKind::Unknown);
        kind && (needs_state || !fights(actor))
    };
    if of_states && parties.iter().map(actor).any(private) {
        return false;
    }
    let is_state = |actor: &Actor| {
        matches!(actor.kind, ActorKind::State | ActorKind::Government)
            || (actor.kind == ActorKind::Organisation && actor.country.is_none() && actor.code.is_some())
    };
    let rebels = |actor: &Actor| {
        fights(actor) || (actor.kind == ActorKind::Group && actor.sector.as_deref() != Some("BUS"))
    };
    let is_other = |actor: &Actor| actor.country.is_none() || rebels(actor);
    let mut countries: Vec<&str> = parties.iter().filter_map(|id| actor(id).country.as_deref()).collect();
    countries.sort_unstable();
    countries.dedup();
    let foreign = parties.len() < 2 || countries.len() > 1 || parties.iter().any(|id| is_other(actor(id)));
    if needs_state {
        foreign && parties.iter().any(|id| is_state(actor(id)))
    } else {
        !of_states || parties.iter().any(|id| is_state(actor(id)) || rebels(actor(id)))
    }
}

fn some_or_none(ids: Vec<ActorId>) -> Vec<Option<ActorId>> {
    if ids.is_empty() { vec![None] } else { ids.into_iter().map(Some).collect() }
}

/// The actor of a party; persons and offices stand for their state where a relation is one of states.
fn actor(scene: &mut Scene<'_>, party: &Party, of_states: bool) -> ActorId {
    match party {
        Party::State(country) => scene.actors.state(country, scene.data),
        Party::Actor(id) => {
            let actor = scene.actors.get(*id);
            let for_state =
                matches!(actor.kind, ActorKind::Person | ActorKind::Government | ActorKind::People)
                    && matches!(actor.sector.as_deref(), None | Some("GOV" | "MIL"));
            match actor.country.clone().filter(|_| of_states && for_state) {
                Some(country) => scene.actors.state(&country, scene.data),
                None => *id,
            }
        }
    }
}

/// Adds a relation; one that the same sentence tells twice is told once, with all that is known of it.
fn take(relations: &mut Vec<Relation>, relation: Relation) {
    let same = |other: &&mut Relation| {
        let fits =
            |one: Option<ActorId>, other: Option<ActorId>| one.is_none() || other.is_none() || one == other;
        let turned = other.from == relation.to && other.to == relation.from && relation.kind == "dispute";
        other.sentence == relation.sentence
            && other.kind == relation.kind
            && (fits(other.from, relation.from) && fits(other.to, relation.to) || turned)
            && (other.what.is_none() || relation.what.is_none() || other.what == relation.what)
            && (other.value.is_none() || relation.value.is_none() || other.value == relation.value)
    };
    let Some(known) = relations.iter_mut().rev().take(MOST).find(same) else {
        relations.push(relation);
        return;
    };
    known.from = known.from.or(relation.from);
    known.to = known.to.or(relation.to);
    if relation.parties.len() > known.parties.len() {
        known.parties = relation.parties;
    }
    known.what = known.what.take().or(relation.what);
    known.value_text = known.value_text.take().or(relation.value_text);
    known.value = known.value.take().or(relation.value);
    known.rank = known.rank.or(relation.rank);
    known.since = known.since.take().or(relation.since);
    known.until = known.until.take().or(relation.until);
}
