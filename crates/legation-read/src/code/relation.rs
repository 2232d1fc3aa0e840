//! What simply is the case between actors: suppliers, members, targets.

use crate::{Span, code::Scene, resolve::actor::ActorId};

/// A state of affairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// supplies, member, target, forum, treaty ...
    pub kind: String,
    /// From whom.
    pub from: Option<ActorId>,
    /// To whom, or with whom.
    pub to: Option<ActorId>,
    /// Of what.
    pub what: Option<String>,
    /// An amount with its unit: `200000000000 USD`.
    pub value: Option<String>,
    /// TIMEX3 value of its beginning.
    pub since: Option<String>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words it rests on.
    pub span: Span,
}

/// Finds the relations of a document.
#[must_use]
pub fn find(_scene: &mut Scene<'_>) -> Vec<Relation> {
    Vec::new()
}
