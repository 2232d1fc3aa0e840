//! What each party says of an expectation.

use super::{
    Position,
    planned::{Act, Certainty, Planned},
};
use crate::{
    Span,
    code::{Scene, statement::Statement},
    parse::Upos,
};

/// How many statements to either side of a mention can be about it.
const NEAR: usize = 12;

/// The positions on what these mentions name, in order of the text, each party and position once.
pub(super) fn positions(scene: &Scene<'_>, members: &[&Planned], statements: &[Statement]) -> Vec<Position> {
    let mut positions: Vec<Position> = Vec::new();
    let text = scene.parsed.text();
    for (number, mention) in members.iter().enumerate() {
        let known = number > 0;
        if let Some(act) = &mention.act {
            positions_push(&mut positions, by_act(scene, mention, act));
        }
        if let Some(statement) = saying(statements, mention.span)
            && let Some(position) = stance_position(statement, mention, known, text)
        {
            positions_push(&mut positions, Some(of(statement, position)));
        }
        if let Some(statement) = silent(statements, mention, text) {
            positions_push(&mut positions, Some(of(statement, "declines")));
        }
        for statement in pointing(statements, mention, text) {
            let agrees = mention.is_moved() && statement.stance == "confirms";
            let position =
                if agrees { Some("confirms") } else { stance_position(statement, mention, true, text) };
            positions_push(&mut positions, position.map(|position| of(statement, position)));
        }
    }
    positions
}

/// Adds a position, each party and position once.
fn positions_push(positions: &mut Vec<Position>, position: Option<Position>) {
    let Some(position) = position else { return };
    let known = positions.iter().any(|other| {
        other.party == position.party
            && (other.party.is_some() || other.party_text == position.party_text)
            && other.position == position.position
    });
    if !known {
        positions.push(position);
    }
}

/// The position that the subject of "announced", "agreed to", "called off" takes.
fn by_act(scene: &Scene<'_>, mention: &Planned, act: &Act) -> Option<Position> {
    let view = scene.parsed.sentence(mention.sentence);
    let subject = act.subject?;
    let relative =
        view.tree.upos(subject) == Upos::Pron && scene.actors.at(mention.sentence, subject).is_empty();
    if relative {
        return None;
    }
    let words = view.tree.extent(subject);
    let short = words.len() <= 6;
    let span = if short { view.span_of(words) } else { view.span(subject) };
    Some(Position {
        party: scene.actors.at(mention.sentence, subject).first().copied(),
        party_text: span.of(scene.parsed.text()).to_owned(),
        position: act.position.clone(),
        sentence: mention.sentence,
        span: view.span(act.verb),
    })
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
pub(super) fn saying(statements: &[Statement], span: Span) -> Option<&Statement> {
    let holds = |statement: &&Statement| statement.content.iter().any(|piece| piece.contains(span));
    let narrow = |statement: &&Statement| statement.content.iter().map(|piece| piece.len()).sum::<usize>();
    near(statements, span).iter().filter(|statement| statement.is_claim()).filter(holds).min_by_key(narrow)
}

/// The statements around a span that can be about it.
fn near(statements: &[Statement], span: Span) -> &[Statement] {
    let start = |statement: &Statement| statement.content.first().map_or(0, |piece| piece.start);
    let after = statements.partition_point(|statement| start(statement) <= span.start);
    &statements[after.saturating_sub(NEAR)..statements.len().min(after + NEAR)]
}

/// "has not yet confirmed this": statements of the same or the next sentence whose content only points back.
fn pointing<'a>(statements: &'a [Statement], mention: &Planned, text: &str) -> Vec<&'a Statement> {
    // "the two sides had agreed on the delay"
    const MOVED: &[&str] = &[" the delay", " the postponement", " the new date"];
    const POINTERS: &[&str] =
        &["this", "that", "it", "the visit", "the trip", "the meeting", "the report", "the reports"];
    let start = |statement: &Statement| statement.content.first().map_or(0, |piece| piece.start);
    let first = statements.partition_point(|statement| start(statement) < mention.span.start);
    let near =
        statements[first..].iter().take(NEAR).filter(|statement| statement.sentence <= mention.sentence + 1);
    near.filter(|statement| {
        let after = statement.content.first().is_some_and(|piece| piece.start > mention.span.end);
        let pointer = statement.content.iter().any(|piece| {
            let piece = piece.of(text);
            let moved = mention.is_moved() && MOVED.iter().any(|word| piece.ends_with(word));
            moved || POINTERS.contains(&piece.to_lowercase().as_str())
        });
        after && pointer
    })
    .collect()
}

/// "the Kremlin declined to comment": said of nothing else than what was told right before.
fn silent<'a>(statements: &'a [Statement], mention: &Planned, text: &str) -> Option<&'a Statement> {
    let sentences = mention.sentence..=mention.sentence + 1;
    near(statements, mention.span).iter().find(|statement| {
        let content = statement.content.first().map_or("", |piece| piece.of(text));
        let mute = matches!(content, "" | "comment" | "to comment");
        statement.stance == "declines" && mute && sentences.contains(&statement.sentence)
    })
}

/// The position that a statement takes on what it mentions; `known` says that the thing was mentioned before.
fn stance_position(
    statement: &Statement,
    mention: &Planned,
    known: bool,
    text: &str,
) -> Option<&'static str> {
    if mention.certainty == Certainty::Ruled {
        return Some("has not confirmed");
    }
    let cue = statement.cue.map_or("", |cue| cue.of(text)).to_lowercase();
    let content = statement.content.first().map_or("", |piece| piece.of(text)).to_lowercase();
    let looks_forward = ["anticipation", "hope", "readiness"].iter().any(|word| content.contains(word));
    // "the visit has been put off, he said": nobody else is named who did it
    let by_nobody = |act: &&Act| act.subject.is_none() || matches!(&*act.position, "cancels" | "declines");
    let undone = mention.act.as_ref().filter(by_nobody).map(|act| &*act.position);
    let undone = ["cancels", "postpones", "declines"].into_iter().find(|&done| undone == Some(done));
    if let Some(undone) =
        undone.filter(|_| matches!(statement.stance.as_str(), "says" | "asserts" | "confirms"))
    {
        return Some(undone);
    }
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
    let acts = |wanted: &str| {
        members.iter().any(|mention| mention.act.as_ref().is_some_and(|act| act.position == wanted))
    };
    let any = |wanted: &str| acts(wanted) || positions.iter().any(|position| position.position == wanted);
    if any("cancels") {
        "cancelled"
    } else if any("postpones") {
        "postponed"
    } else if any("denies") || acts("declines") {
        "denied"
    } else if any("has not confirmed") || any("declines") {
        "unconfirmed"
    } else if any("confirms") {
        "confirmed"
    } else {
        "announced"
    }
}
