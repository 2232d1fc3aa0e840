//! What each party says of an expectation.

use super::{Position, planned::Planned};
use crate::{Span, code::Scene, code::statement::Statement};

/// How many statements to either side of a mention can be about it.
const NEAR: usize = 12;

/// The positions on what these mentions name, in order of the text, each party and position once.
pub(super) fn positions(scene: &Scene<'_>, members: &[&Planned], statements: &[Statement]) -> Vec<Position> {
    let mut positions: Vec<Position> = Vec::new();
    let text = scene.parsed.text();
    let push = |positions: &mut Vec<Position>, position: Position| {
        let known = positions.iter().any(|other| {
            other.party == position.party
                && (other.party.is_some() || other.party_text == position.party_text)
                && other.position == position.position
        });
        if !known {
            positions.push(position);
        }
    };
    for (number, mention) in members.iter().enumerate() {
        if let Some((subject, change)) = &mention.changed
            && let Some(subject) = subject
        {
            let view = scene.parsed.sentence(mention.sentence);
            push(
                &mut positions,
                Position {
                    party: scene.actors.at(mention.sentence, *subject).first().copied(),
                    party_text: view.word(*subject).to_owned(),
                    position: change.clone(),
                    sentence: mention.sentence,
                    span: mention.span,
                },
            );
        }
        if let Some(statement) = saying(statements, mention.span)
            && let Some(position) = stance_position(statement, number > 0, text)
        {
            push(&mut positions, of(statement, position));
        }
        for statement in pointing(statements, mention, text) {
            if let Some(position) = stance_position(statement, true, text) {
                push(&mut positions, of(statement, position));
            }
        }
    }
    positions
}

fn of(statement: &Statement, position: &str) -> Position {
    Position {
        party: statement.speaker,
        party_text: statement.speaker_text.clone(),
        position: position.to_owned(),
        sentence: statement.sentence,
        span: statement.cue.or(statement.content.first().copied()).unwrap_or_default(),
    }
}

/// The statement with the narrowest content around a mention.
fn saying(statements: &[Statement], span: Span) -> Option<&Statement> {
    let holds = |statement: &&Statement| statement.content.iter().any(|piece| piece.contains(span));
    let narrow = |statement: &&Statement| statement.content.iter().map(|piece| piece.len()).sum::<usize>();
    let start = |statement: &Statement| statement.content.first().map_or(0, |piece| piece.start);
    let after = statements.partition_point(|statement| start(statement) <= span.start);
    statements[after.saturating_sub(NEAR)..statements.len().min(after + NEAR)]
        .iter()
        .filter(holds)
        .min_by_key(narrow)
}

/// "has not yet confirmed this": statements of the same or the next sentence whose content only points back.
fn pointing<'a>(statements: &'a [Statement], mention: &Planned, text: &str) -> Vec<&'a Statement> {
    const POINTERS: &[&str] =
        &["this", "that", "it", "the visit", "the trip", "the meeting", "the report", "the reports"];
    let start = |statement: &Statement| statement.content.first().map_or(0, |piece| piece.start);
    let first = statements.partition_point(|statement| start(statement) < mention.span.start);
    let near =
        statements[first..].iter().take(NEAR).filter(|statement| statement.sentence <= mention.sentence + 1);
    near.filter(|statement| {
        let after = statement.content.first().is_some_and(|piece| piece.start > mention.span.end);
        let pointer =
            statement.content.iter().any(|piece| POINTERS.contains(&piece.of(text).to_lowercase().as_str()));
        after && pointer
    })
    .collect()
}

/// The position that a statement takes on what it mentions; `known` says that the thing was mentioned before.
fn stance_position(statement: &Statement, known: bool, text: &str) -> Option<&'static str> {
    let cue = statement.cue.map_or("", |cue| cue.of(text)).to_lowercase();
    let content = statement.content.first().map_or("", |piece| piece.of(text)).to_lowercase();
    let looks_forward = ["anticipation", "hope", "readiness"].iter().any(|word| content.contains(word));
    Some(match statement.stance.as_str() {
        "confirms" => "confirms",
        "denies" => "denies",
        "declines" if cue.contains("confirm") => "has not confirmed",
        "declines" => "declines",
        "expects" | "hopes" => "expects",
        "says" if looks_forward && cue.starts_with("express") => "expects",
        "says" | "asserts" | "promises" if cue.starts_with("announc") || !known => "announces",
        "says" | "asserts" | "promises" => "confirms",
        _ => return None,
    })
}

/// The state of an expectation from the positions taken.
pub(super) fn status(positions: &[Position], members: &[&Planned]) -> &'static str {
    let any = |wanted: &str| {
        positions.iter().any(|position| position.position == wanted)
            || members
                .iter()
                .any(|mention| mention.changed.as_ref().is_some_and(|(_, change)| change == wanted))
    };
    if any("cancels") {
        "cancelled"
    } else if any("postpones") {
        "postponed"
    } else if any("denies") {
        "denied"
    } else if any("has not confirmed") {
        "unconfirmed"
    } else if any("confirms") {
        "confirmed"
    } else {
        "announced"
    }
}
