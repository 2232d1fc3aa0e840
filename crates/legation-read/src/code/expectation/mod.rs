//! What is planned, and who confirms or denies it.
//!
//! Every noun or verb that can be expected is looked at (`planned`): whether it lies ahead (`look`), with whom, where and
//! when (`arguments`). Mentions of one thing are one expectation (`merged`); what a statement or a planning verb says of it
//! is its speaker's or subject's position (`position`).

mod arguments;
mod look;
mod merged;
mod planned;
mod position;

use crate::{
    Span,
    code::{
        Scene,
        event::{Event, EventId, When},
        statement::Statement,
    },
    resolve::{actor::ActorId, place::PlaceId},
};

/// What one party says of an expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Who, as resolved.
    pub party: Option<ActorId>,
    /// Who, as written.
    pub party_text: String,
    /// announces, expects, confirms, has not confirmed, denies, postpones, cancels, declines.
    pub position: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words it rests on.
    pub span: Span,
}

/// Something that is to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// visit, meeting, summit, call, exercise, vote, signing, deadline, ceremony ...
    pub what: String,
    /// Who is to take part.
    pub who: Vec<ActorId>,
    /// Where.
    pub place: Option<PlaceId>,
    /// When.
    pub when: Option<When>,
    /// On what occasion, as written.
    pub occasion: Option<String>,
    /// announced, confirmed, unconfirmed, denied, postponed, cancelled or held.
    pub status: String,
    /// What each party says of it, in order of the text.
    pub positions: Vec<Position>,
    /// The events that mention it.
    pub events: Vec<EventId>,
    /// Index of the sentence that first says that it is planned.
    pub sentence: usize,
}

/// Things that a state holds, so that the state of the place is who takes part where nobody is named.
const OF_A_STATE: &[&str] = &["election", "referendum", "vote", "inauguration", "demonstration"];

/// Finds the expectations of a document.
#[must_use]
pub fn find(scene: &mut Scene<'_>, events: &[Event], statements: &[Statement]) -> Vec<Expectation> {
    let mentions = planned::mentions(scene, statements);
    let groups = merged::groups(scene, &mentions);
    let mut expectations: Vec<Expectation> = groups
        .iter()
        .filter_map(|group| merged::expectation(scene, &mentions, group, events, statements))
        .collect();
    for expectation in &mut expectations {
        if !expectation.who.is_empty() || !OF_A_STATE.contains(&expectation.what.as_str()) {
            continue;
        }
        let country = expectation.place.and_then(|place| scene.places.get(place).country.clone());
        let country = country.or_else(|| spoken_of(scene, expectation.sentence));
        expectation.who.extend(country.map(|country| scene.actors.state(&country, scene.data)));
    }
    expectations
}

/// The state spoken of in a sentence, else in the one before it: whose somebody first named there is.
fn spoken_of(scene: &Scene<'_>, sentence: usize) -> Option<String> {
    let block = |sentence: usize| scene.parsed.sentence(sentence).sentence.block;
    let before = sentence.checked_sub(1).filter(|&before| block(before) == block(sentence));
    [Some(sentence), before].into_iter().flatten().find_map(|sentence| {
        let of_state = |actor: ActorId| scene.actors.get(actor).country.clone();
        scene.actors.in_sentence(sentence).flat_map(|(_, actors)| actors).find_map(|&actor| of_state(actor))
    })
}
