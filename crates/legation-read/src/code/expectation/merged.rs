//! Mentions of one thing in, one expectation out.

use super::{
    Expectation,
    planned::{Certainty, Planned},
    position,
};
use crate::{
    code::{
        Scene,
        event::{Event, EventId, Status, When},
        statement::Statement,
    },
    resolve::date::Date,
};

/// Indices of the mentions of one thing, in order.
pub(super) type Group = Vec<usize>;

/// Puts mentions together that have a thing in common: what, who, where and when do not contradict each other, and at
/// least one of who, where and when is the same, or one only points back ("the summit").
pub(super) fn groups(scene: &Scene<'_>, mentions: &[Planned]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        // few expectations a document: the last sixteen are all that is looked at
        let found = groups.iter().rev().take(16).position(|group| {
            group.iter().take(8).all(|&other| compatible(scene, &mentions[other], mention))
                && group.iter().any(|&other| linked(scene, &mentions[other], mention))
        });
        match found {
            Some(back) => {
                let at = groups.len() - 1 - back;
                groups[at].push(index);
            }
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// Names under which one thing goes: leaders who meet at a summit hold talks there.
fn family(what: &str) -> &str {
    match what {
        "summit" | "talks" | "attendance" => "meeting",
        "election" | "referendum" => "vote",
        other => other,
    }
}

fn compatible(scene: &Scene<'_>, left: &Planned, right: &Planned) -> bool {
    let any = |mention: &Planned| mention.what == "attendance";
    let what = family(&left.what) == family(&right.what) || any(left) || any(right);
    let who =
        left.who.is_empty() || right.who.is_empty() || left.who.iter().any(|actor| right.who.contains(actor));
    let place = match (left.place, right.place) {
        (Some(left), Some(right)) => left == right || same_country(scene, left, right),
        _ => true,
    };
    what && who && place && !contradicts(scene, left, right)
}

fn same_country(
    scene: &Scene<'_>,
    left: crate::resolve::place::PlaceId,
    right: crate::resolve::place::PlaceId,
) -> bool {
    let country = |place| scene.places.get(place).country.as_deref();
    country(left).is_some() && country(left) == country(right)
}

fn dates<'a>(scene: &'a Scene<'_>, left: &Planned, right: &Planned) -> Option<(&'a Date, &'a Date)> {
    Some((scene.dates.get(left.date?), scene.dates.get(right.date?)))
}

fn contradicts(scene: &Scene<'_>, left: &Planned, right: &Planned) -> bool {
    dates(scene, left, right).is_some_and(|(left, right)| {
        match (left.first, left.last, right.first, right.last) {
            (Some(a), Some(b), Some(c), Some(d)) => b < c || d < a,
            _ => false,
        }
    })
}

/// How many sentences back "the summit" points, at most.
const BACK: usize = 6;

fn linked(scene: &Scene<'_>, left: &Planned, right: &Planned) -> bool {
    let bare = |mention: &Planned| mention.place.is_none() && mention.date.is_none();
    let near = left.sentence.abs_diff(right.sentence);
    left.who.iter().any(|actor| right.who.contains(actor))
        || (left.place.is_some()
            && left.place == right.place
            && (left.who.is_empty() || right.who.is_empty()))
        || (left.who.is_empty() && right.who.is_empty() && dates(scene, left, right).is_some())
        || (near <= 1 && (left.who.is_empty() || right.who.is_empty()))
        || (near <= BACK && right.who.is_empty() && bare(right))
}

/// One expectation of a group, if any of its mentions puts it in the future.
pub(super) fn expectation(
    scene: &Scene<'_>,
    mentions: &[Planned],
    group: &Group,
    events: &[Event],
    statements: &[Statement],
) -> Option<Expectation> {
    let members: Vec<&Planned> = group.iter().map(|&index| &mentions[index]).collect();
    let find = |certainty| members.iter().find(|mention| mention.certainty == certainty);
    // "he could visit Oslo in May, she said, though no such trip is planned" is worth a line, one of the two is not
    let ruled =
        || find(Certainty::Ruled).and_then(|_| find(Certainty::Mentioned).filter(|main| main.date.is_some()));
    let main = *find(Certainty::Planned).or_else(ruled)?;
    let mut who: Vec<_> = members
        .iter()
        .filter(|mention| mention.certainty != Certainty::Ruled)
        .flat_map(|mention| mention.who.iter().copied())
        .collect();
    who.sort_unstable();
    who.dedup();
    let place = main.place.or_else(|| members.iter().find_map(|mention| mention.place));
    let when = day(scene, &members);
    let of_state = super::OF_A_STATE.contains(&main.what.as_str());
    if who.is_empty() && place.is_none() && when.is_none() && !of_state {
        return None;
    }
    let positions = position::positions(scene, &members, statements);
    let occasion = members.iter().find_map(|mention| mention.occasion);
    Some(Expectation {
        what: if main.what == "attendance" { "meeting".to_owned() } else { main.what.clone() },
        who,
        place,
        when,
        occasion: occasion.map(|span| span.of(scene.parsed.text()).to_owned()),
        status: position::status(&positions, &members).to_owned(),
        positions,
        events: linked_events(&members, events),
        sentence: main.sentence,
    })
}

/// The narrowest date of a thing; the new one where it was moved.
fn day(scene: &Scene<'_>, members: &[&Planned]) -> Option<When> {
    let moved = members.iter().find(|mention| mention.is_moved()).and_then(|mention| mention.date);
    let narrow = |&id: &crate::resolve::date::DateId| {
        let date = scene.dates.get(id);
        let days = date
            .first
            .zip(date.last)
            .map(|(first, last)| first.until(last).map_or(i32::MAX, |span| span.get_days()));
        (days, id)
    };
    let id = moved.or_else(|| members.iter().filter_map(|mention| mention.date).min_by_key(narrow))?;
    let date = scene.dates.get(id);
    Some(When { value: date.value.clone(), first: date.first, last: date.last, from: Some(id) })
}

/// The events whose trigger is one of the mentions and that have not happened.
fn linked_events(members: &[&Planned], events: &[Event]) -> Vec<EventId> {
    const NEAR: usize = 8;
    let open = |event: &Event| !matches!(event.status, Status::Happened | Status::Ongoing);
    let mut linked = Vec::new();
    for mention in members {
        let after = events.partition_point(|event| event.trigger.start <= mention.span.start);
        let near = events.iter().enumerate().take(after + NEAR).skip(after.saturating_sub(NEAR));
        for (index, event) in near {
            if event.trigger.overlaps(mention.span) && open(event) {
                linked.push(EventId(u32::try_from(index).unwrap_or(u32::MAX)));
            }
        }
    }
    linked.sort_unstable();
    linked.dedup();
    linked
}
