//! Who said it, to whom, through whom.

use crate::{
    Span,
    code::Scene,
    resolve::{actor::ActorId, date::DateId},
};

/// Number of a statement in its document, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// How something said is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// All of it between quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

impl StatementKind {
    /// The word that the JSON uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            StatementKind::Direct => "direct",
            StatementKind::Indirect => "indirect",
            StatementKind::Mixed => "mixed",
        }
    }
}

/// Something said, with its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who said it, as resolved.
    pub speaker: Option<ActorId>,
    /// The speaker as written where the statement stands; empty when nobody is named.
    pub speaker_text: String,
    /// Where the speaker is named.
    pub speaker_span: Option<Span>,
    /// The word that says that it is said: "said", "according to".
    pub cue: Option<Span>,
    /// What is said, in one or more pieces, in order.
    pub content: Vec<Span>,
    /// Direct, indirect or mixed.
    pub kind: StatementKind,
    /// What the speaker does to it, from the lexicon of speech verbs: says, denies, confirms, warns ...
    pub stance: String,
    /// To whom.
    pub addressee: Option<ActorId>,
    /// Through whom we have it, nearest to the speaker first.
    pub via: Vec<ActorId>,
    /// When it was said.
    pub date: Option<DateId>,
    /// Index of the sentence that holds the cue, or the first piece of the content.
    pub sentence: usize,
}

/// Finds the statements of a document, in order of the text.
#[must_use]
pub fn find(_scene: &mut Scene<'_>) -> Vec<Statement> {
    Vec::new()
}
