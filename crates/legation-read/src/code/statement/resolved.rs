//! Turns drafts into statements: whom the words stand for, through whom it came, and when it was said.

use std::ops::Range;

use super::{Draft, Statement, StatementId};
use crate::{
    Span,
    code::Scene,
    parse::{Deprel, SentenceView},
    resolve::{
        actor::{ActorId, ActorKind},
        date::{DateId, DateType},
    },
};

/// The statements in the order of the text.
pub(super) fn statements(scene: &Scene<'_>, drafts: &[Draft]) -> Vec<Statement> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&index| (position(&drafts[index].statement), index));
    let mut place = vec![0; drafts.len()];
    for (at, &index) in order.iter().enumerate() {
        place[index] = at;
    }
    let mut statements = Vec::with_capacity(drafts.len());
    for &index in &order {
        let draft = &drafts[index];
        let mut statement = draft.statement.clone();
        statement.continues =
            draft.continues.map(|other| StatementId(u32::try_from(place[other]).unwrap_or(u32::MAX)));
        for piece in &mut statement.content {
            // the comma before a closing mark is the outlet's
            if piece.of(scene.parsed.text()).ends_with(',') {
                piece.end -= 1;
            }
        }
        // a continuation shares speaker, addressee and source with the statement it goes on with
        let named = draft.continues.map_or(draft, |other| &drafts[other]);
        fill(scene, named, &mut statement);
        statements.push(statement);
    }
    inherit_pronouns(&mut statements);
    statements
}

fn position(statement: &Statement) -> (u32, u32) {
    let start =
        statement.content.iter().chain(&statement.cue).chain(&statement.speaker_span).map(|span| span.start);
    (start.min().unwrap_or(u32::MAX), statement.cue.map_or(u32::MAX, |cue| cue.start))
}

fn fill(scene: &Scene<'_>, draft: &Draft, statement: &mut Statement) {
    let view = scene.parsed.sentence(draft.statement.sentence);
    let words = draft.statement.speaker_span.and_then(|span| words_of(&view, span));
    let speaker = draft.speaker_head.and_then(|head| actor(scene, &view, head, words));
    let addressee = draft.addressee_head.and_then(|head| actor(scene, &view, head, None));
    statement.speaker = speaker;
    let mut carriers = 0..0;
    for &head in &draft.via_heads {
        let carrier = outlet_in(scene, &view, head).or_else(|| who(scene, &view, head));
        let new = carrier.filter(|&carrier| Some(carrier) != speaker && !statement.via.contains(&carrier));
        statement.via.extend(new);
        carriers = view.tree.extent(head);
    }
    for outlet in outlets(scene, &view, &draft.statement, &carriers) {
        if Some(outlet) != speaker && !statement.via.contains(&outlet) {
            statement.via.push(outlet);
        }
    }
    statement.addressee =
        addressee.filter(|addressee| !statement.via.contains(addressee) && Some(*addressee) != speaker);
    statement.date = date(scene, &view, &draft.statement);
}

fn words_of(view: &SentenceView<'_>, span: Span) -> Option<Range<usize>> {
    let first = view.word_at(span.start)?;
    let last = view.word_at(span.end.checked_sub(1)?)?;
    Some(first..last + 1)
}

/// The actor for whom a phrase stands: by its head, else by the nearest word of it that stands for one.
fn actor(
    scene: &Scene<'_>,
    view: &SentenceView<'_>,
    head: usize,
    words: Option<Range<usize>>,
) -> Option<ActorId> {
    let at = |word: usize| scene.actors.at(view.index, word).first().copied();
    let mention = || {
        let first = scene.mentions.mentions.partition_point(|mention| mention.sentence < view.index);
        let here =
            scene.mentions.mentions[first..].iter().take_while(|mention| mention.sentence == view.index);
        here.filter(|mention| mention.words.contains(&head)).min_by_key(|mention| mention.words.len())
    };
    at(head)
        .or_else(|| mention().and_then(|mention| at(mention.head)))
        .or_else(|| {
            let words = words?;
            let person = |word: &usize| {
                at(*word).is_some_and(|actor| scene.actors.get(actor).kind == ActorKind::Person)
            };
            words.clone().find(person).and_then(at)
        })
        .or_else(|| owner(view, head).and_then(at))
}

/// Whoever a phrase stands for, by the word that heads it.
pub(super) fn who(scene: &Scene<'_>, view: &SentenceView<'_>, head: usize) -> Option<ActorId> {
    actor(scene, view, head, None)
}

/// Whose a document is: "a readout from the ministry", "the ministry's statement".
fn owner(view: &SentenceView<'_>, head: usize) -> Option<usize> {
    let tree = view.tree;
    let from = |word: usize| {
        let case = tree.child(word, Deprel::Case);
        case.is_some_and(|case| matches!(tree.lemma(case), "from" | "by"))
    };
    tree.children(head).find(|&child| match tree.deprel(child) {
        Deprel::NmodPoss => true,
        Deprel::Nmod => from(child),
        _ => false,
    })
}

/// The outlet that a phrase names beside its head: "the RIA agency", "the newspaper Bild".
fn outlet_in(scene: &Scene<'_>, view: &SentenceView<'_>, head: usize) -> Option<ActorId> {
    let tree = view.tree;
    let names = |word: &usize| {
        *word == head
            || matches!(
                tree.deprel(*word),
                Deprel::Compound | Deprel::Flat | Deprel::Appos | Deprel::NmodDesc
            )
    };
    let words = std::iter::once(head).chain(tree.children(head)).filter(names);
    let mut actors = words.flat_map(|word| scene.actors.at(view.index, word));
    actors.find(|&&actor| scene.actors.get(actor).kind == ActorKind::Outlet).copied()
}

/// Outlets that the sentence names outside what is said: "told RIA Novosti", "carried by KCNA".
fn outlets(
    scene: &Scene<'_>,
    view: &SentenceView<'_>,
    statement: &Statement,
    carriers: &Range<usize>,
) -> Vec<ActorId> {
    let mut outlets = Vec::new();
    for word in (0..view.len()).filter(|word| !carriers.contains(word)) {
        let span = view.span(word);
        if is_said(statement, span) || statement.speaker_span.is_some_and(|speaker| speaker.overlaps(span)) {
            continue;
        }
        for &actor in scene.actors.at(view.index, word) {
            if scene.actors.get(actor).kind == ActorKind::Outlet && !outlets.contains(&actor) {
                outlets.push(actor);
            }
        }
    }
    outlets
}

fn is_said(statement: &Statement, span: Span) -> bool {
    statement.content.iter().any(|piece| piece.overlaps(span))
}

/// The date in the sentence that is no part of what is said, nearest to the cue.
fn date(scene: &Scene<'_>, view: &SentenceView<'_>, statement: &Statement) -> Option<DateId> {
    let cue = statement.cue?;
    let dates = scene.dates.of_sentence(view.index).filter(|(_, date)| {
        matches!(date.kind, DateType::Date | DateType::Time)
            && date.first.is_some()
            && !is_said(statement, date.span)
    });
    dates.min_by_key(|(id, date)| (date.span.start.abs_diff(cue.end), *id)).map(|(id, _)| id)
}

/// "he said": where nobody is known for the pronoun, whoever spoke last in the sentence before.
fn inherit_pronouns(statements: &mut [Statement]) {
    for index in 1..statements.len() {
        let (before, rest) = statements.split_at_mut(index);
        let statement = &mut rest[0];
        let previous = &before[index - 1];
        let pronoun = matches!(statement.speaker_text.to_lowercase().as_str(), "he" | "she");
        if statement.speaker.is_none() && pronoun && statement.sentence <= previous.sentence + 1 {
            statement.speaker = previous.speaker;
        }
    }
}
