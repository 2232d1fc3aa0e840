//! One event mentioned several times in a document: later mentions point to the first, which gathers what they know.

use std::collections::BTreeMap;

use super::{Event, EventId, Status};
use crate::resolve::actor::{Actor, ActorId, ActorKind, Actors};

/// How many earlier events of a type are compared; keeps the time linear in the number of events.
const WINDOW: usize = 48;

/// Links each event to the earliest one that it repeats.
pub(super) fn link(events: &mut [Event], actors: &Actors) {
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..events.len() {
        let earlier = seen.entry(events[index].kind.clone()).or_default();
        let same = earlier
            .iter()
            .rev()
            .take(WINDOW)
            .copied()
            .find(|&other| is_same(&events[other], &events[index], actors));
        if let Some(first) = same {
            events[index].same_as = Some(EventId(u32::try_from(first).unwrap_or(u32::MAX)));
            gather(events, first, index);
        } else {
            earlier.push(index);
        }
    }
}

fn is_same(first: &Event, second: &Event, actors: &Actors) -> bool {
    let agree =
        same_people(first, second, actors) && dates_agree(first, second) && places_agree(first, second);
    let both_dated = first.date.is_some() && second.date.is_some();
    agree && is_same_act(first, second) && (stage(first.status) == stage(second.status) || both_dated)
}

/// What is done by words is told again in the same words: an apology is no defence, though both are support.
fn is_same_act(first: &Event, second: &Event) -> bool {
    let by_words = first.quad.starts_with("verbal") && first.kind != "CONSULT";
    first.rule == second.rule || !by_words
}

fn stage(status: Status) -> u8 {
    match status {
        Status::Happened | Status::Ongoing => 0,
        Status::Planned => 1,
        Status::Conditional => 2,
        Status::Negated | Status::Denied | Status::Cancelled => 3,
    }
}

fn same_people(first: &Event, second: &Event, actors: &Actors) -> bool {
    if first.reciprocal || second.reciprocal {
        let all = |event: &Event| event.actors.iter().chain(&event.recipients).copied().collect::<Vec<_>>();
        let (first, second) = (all(first), all(second));
        let (few, many) = if first.len() <= second.len() { (&first, &second) } else { (&second, &first) };
        return few.len() >= 2 && few.iter().all(|&one| covers(many, one, actors));
    }
    meet(&first.actors, &second.actors, actors) && meet(&first.recipients, &second.recipients, actors)
}

/// Whether two sides can be the same: somebody in common, or one of them not given.
fn meet(first: &[ActorId], second: &[ActorId], actors: &Actors) -> bool {
    first.is_empty() || second.is_empty() || first.iter().any(|&one| covers(second, one, actors))
}

fn covers(many: &[ActorId], one: ActorId, actors: &Actors) -> bool {
    many.iter().any(|&other| other == one || stands_for(actors.get(other), actors.get(one)))
}

/// A state stands for those who act in its name.
fn stands_for(first: &Actor, second: &Actor) -> bool {
    let state = |actor: &Actor| matches!(actor.kind, ActorKind::State | ActorKind::Government);
    first.country.is_some() && first.country == second.country && (state(first) || state(second))
}

fn dates_agree(first: &Event, second: &Event) -> bool {
    let (Some(first), Some(second)) = (&first.date, &second.date) else { return true };
    let (Some(start), Some(end)) = (first.first, first.last) else { return true };
    second.first.is_none_or(|other| other <= end) && second.last.is_none_or(|other| other >= start)
}

fn places_agree(first: &Event, second: &Event) -> bool {
    first.place.is_none() || second.place.is_none() || first.place == second.place
}

/// What one mention knows and the other lacks.
fn gather(events: &mut [Event], first: usize, second: usize) {
    let (head, tail) = events.split_at_mut(second);
    let (first, second) = (&mut head[first], &mut tail[0]);
    let dated = |event: &Event| event.date.as_ref().is_some_and(|date| date.from.is_some());
    if dated(second) && !dated(first) {
        first.date.clone_from(&second.date);
    } else if dated(first) && !dated(second) {
        second.date.clone_from(&first.date);
    }
    first.place = first.place.or(second.place);
    second.place = second.place.or(first.place);
    if first.recipients.is_empty() && !first.reciprocal {
        first.recipients.clone_from(&second.recipients);
    }
    if second.recipients.is_empty() && !second.reciprocal {
        second.recipients.clone_from(&first.recipients);
    }
}
