//! In whose voice an event stands: the innermost statement whose content holds its trigger.

use super::Claim;
use crate::{
    Span,
    code::statement::{Statement, StatementId},
    resolve::actor::ActorId,
};

/// How many pieces of content that begin before a trigger are looked at; statements nest no deeper in practice.
const WINDOW: usize = 24;

/// The contents of a document's statements, in order.
pub(super) struct Contents<'a> {
    statements: &'a [Statement],
    pieces: Vec<(Span, usize)>,
}

impl<'a> Contents<'a> {
    pub(super) fn new(statements: &'a [Statement]) -> Contents<'a> {
        let mut pieces: Vec<(Span, usize)> = statements
            .iter()
            .enumerate()
            .filter(|(_, statement)| statement.is_claim())
            .flat_map(|(index, statement)| statement.content.iter().map(move |&span| (span, index)))
            .collect();
        pieces.sort_by_key(|&(span, index)| (span.start, span.end, index));
        Contents { statements, pieces }
    }

    /// The latest of those who fit who said something before a trigger, in its sentence or so many before it.
    pub(super) fn speaker_before(
        &self,
        trigger: Span,
        (sentence, reach): (usize, usize),
        fits: impl Fn(ActorId) -> bool,
    ) -> Option<ActorId> {
        let after = self.statements.partition_point(|statement| statement.sentence <= sentence);
        let near = self.statements[..after].iter().rev();
        near.take_while(|statement| statement.sentence + reach >= sentence)
            .take(WINDOW)
            .filter(|statement| statement.content.first().is_some_and(|span| span.start < trigger.start))
            .filter_map(|statement| statement.speaker)
            .find(|&speaker| fits(speaker))
    }

    /// The claim that an event with this trigger stands in.
    pub(super) fn claim(&self, trigger: Span) -> Option<Claim> {
        let after = self.pieces.partition_point(|(span, _)| span.start <= trigger.start);
        let (_, index) = self.pieces[..after]
            .iter()
            .rev()
            .take(WINDOW)
            .filter(|(span, _)| span.contains(trigger))
            .min_by_key(|(span, _)| span.len())?;
        let statement = &self.statements[*index];
        Some(Claim {
            by: statement.speaker,
            via: statement.via.clone(),
            stance: stance(&statement.stance).to_owned(),
            statement: Some(StatementId(u32::try_from(*index).unwrap_or(u32::MAX))),
        })
    }
}

/// What a speaker does to an event by saying it so.
fn stance(said: &str) -> &str {
    match said {
        "says" | "" => "asserts",
        other => other,
    }
}
