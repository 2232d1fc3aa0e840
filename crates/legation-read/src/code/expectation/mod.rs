//! What is planned, and who confirms or denies it.
//!
//! Every noun or verb that can be expected is looked at (`planned`); mentions of one thing are one expectation (`merged`);
//! what a statement says of it is its speaker's position (`position`).

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
}

/// Finds the expectations of a document.
#[must_use]
pub fn find(scene: &mut Scene<'_>, events: &[Event], statements: &[Statement]) -> Vec<Expectation> {
    let scene = &*scene;
    let mentions = planned::mentions(scene);
    let groups = merged::groups(scene, &mentions);
    groups
        .into_iter()
        .filter_map(|group| merged::expectation(scene, &mentions, &group, events, statements))
        .collect()
}
