//! Who did what to whom, and whether it happened: PLOVER events by frames.

mod argument;
mod build;
mod candidate;
mod claim;
mod count;
mod explain;
mod gap;
mod given;
mod implied;
mod learned;
mod quantity;
mod same;
pub(in crate::code) mod status;
pub(in crate::code) mod syntax;
pub(in crate::code) mod when;
mod who;

use jiff::civil::Date as Day;

use crate::{
    Span,
    code::statement::StatementId,
    resolve::{actor::ActorId, date::DateId, place::PlaceId},
};

pub use build::find;
pub use explain::{Explained, Fired, Nearly, Place, explain};
pub use given::{Outlook, Root, as_reported, between, by_frames, outlook_at, seen_between};
pub use learned::{Seen, model_hash};
pub use quantity::Quantity;

/// Number of an event in its document, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// Whether it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Done.
    Happened,
    /// Going on.
    Ongoing,
    /// Announced, scheduled, intended.
    Planned,
    /// Only if something else.
    Conditional,
    /// Said by the text not to have happened.
    Negated,
    /// Somebody says that it did not happen.
    Denied,
    /// Called off.
    Cancelled,
}

impl Status {
    /// The word that the JSON uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Happened => "happened",
            Status::Ongoing => "ongoing",
            Status::Planned => "planned",
            Status::Conditional => "conditional",
            Status::Negated => "negated",
            Status::Denied => "denied",
            Status::Cancelled => "cancelled",
        }
    }
}

/// When an event was, is or is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// TIMEX3 value.
    pub value: Option<String>,
    /// First day.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
    /// The expression it rests on.
    pub from: Option<DateId>,
}

/// In whose voice an event stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who says so.
    pub by: Option<ActorId>,
    /// Through whom.
    pub via: Vec<ActorId>,
    /// What they do to it: asserts, confirms, denies ...
    pub stance: String,
    /// The statement it stands in.
    pub statement: Option<StatementId>,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER type: `CONSULT`.
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts, in alphabetical order.
    pub contexts: Vec<String>,
    /// `verbal-cooperation`, `material-cooperation`, `verbal-conflict` or `material-conflict`.
    pub quad: String,
    /// CAMEO codes it maps to: a root, or a mode's own code.
    pub cameo: Vec<String>,
    /// -10 (worst conflict) to 10, on Goldstein's scale.
    pub intensity: f64,
    /// Who did it.
    pub actors: Vec<ActorId>,
    /// To whom.
    pub recipients: Vec<ActorId>,
    /// The word that each actor was read from, in their order; fewer where somebody is only implied.
    pub actor_words: Vec<Span>,
    /// The same of the recipients.
    pub recipient_words: Vec<Span>,
    /// Whether every actor did it with every other.
    pub reciprocal: bool,
    /// When.
    pub date: Option<When>,
    /// Where.
    pub place: Option<PlaceId>,
    /// Whether it happened.
    pub status: Status,
    /// Who says so; empty for the outlet's own voice.
    pub claims: Vec<Claim>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The word that names it.
    pub trigger: Span,
    /// The frame that fired: `consult/meet`.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
    /// An earlier event of this document that is the same.
    pub same_as: Option<EventId>,
    /// How many were killed, arrested, sent ..., in the order of the text.
    pub quantities: Vec<Quantity>,
}
