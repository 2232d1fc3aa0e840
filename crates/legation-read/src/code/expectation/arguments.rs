//! Who, where and when of a mention, and on what occasion.

use super::{look::Look, planned::Act};
use crate::{
    Span,
    data::planned::PlannedRole,
    parse::Deprel,
    resolve::{
        actor::{ActorId, ActorKind},
        date::{Date, DateId, DateType},
        place::PlaceId,
    },
};

/// How far a date or place may hang below the words that it belongs to.
const DEPTH: usize = 5;

fn actors(look: &Look<'_>, word: usize) -> Vec<ActorId> {
    look.scene.actors.at(look.view().index, word).to_vec()
}

/// Whom a phrase and its conjuncts stand for; of somebody without a country, also whose they are: "officials from the
/// two countries", "its contract".
pub(super) fn phrase(look: &Look<'_>, word: usize) -> Vec<ActorId> {
    let mut who = Vec::new();
    for word in look.view().tree.conjuncts(word) {
        let named = actors(look, word);
        let owners = look.syntax.children(word).filter(|&child| {
            let of = matches!(look.syntax.case(child), Some("of" | "from"));
            look.syntax.deprel(child) == Deprel::NmodPoss || (of && look.syntax.deprel(child) == Deprel::Nmod)
        });
        let mut owners: Vec<usize> = owners.flat_map(|owner| look.view().tree.conjuncts(owner)).collect();
        // "the Russian and Chinese navies"
        let adjective = look.syntax.child(word, Deprel::Amod).map(|child| look.view().tree.conjuncts(child));
        owners.extend(adjective.filter(|states| states.len() > 1).into_iter().flatten());
        // "the advisers of India and Pakistan" have one code, and are of two states; "leaders of the Taliban" act for it
        let bodies = owners.iter().flat_map(|&owner| look.scene.actors.at(look.view().index, owner));
        let for_body = bodies.into_iter().any(|&owner| {
            matches!(look.scene.actors.get(owner).kind, ActorKind::Group | ActorKind::Organisation)
        });
        if owners.len() > 1
            || for_body
            || named.iter().all(|&actor| look.scene.actors.get(actor).code.is_none())
        {
            who.extend(owners.into_iter().flat_map(|owner| actors(look, owner)));
        }
        who.extend(named);
    }
    who
}

/// The subject of a verb; the phrase right before its auxiliaries where the tree has none.
fn subject(look: &Look<'_>, verb: usize) -> Vec<ActorId> {
    let syntax = look.syntax;
    let own = syntax.child_of(verb, Deprel::Nsubj).is_some();
    let auxiliary =
        syntax.children(verb).find(|&child| syntax.deprel(child).base() == Deprel::Aux && child < verb);
    let mut at = auxiliary.filter(|_| !own).and_then(|auxiliary| auxiliary.checked_sub(1));
    for _ in 0..4 {
        let Some(word) = at.filter(|&word| syntax.is_nominal(word)) else { break };
        let who = actors(look, word);
        if !who.is_empty() {
            return who;
        }
        at = syntax.head(word);
    }
    syntax.surface_subject(verb).map(|subject| phrase(look, subject)).unwrap_or_default()
}

fn tidy(mut who: Vec<ActorId>) -> Vec<ActorId> {
    who.sort_unstable();
    who.dedup();
    who
}

/// The persons, people and bodies among whom a phrase stands for; no state is "due in Kiev".
pub(super) fn persons(look: &Look<'_>, word: usize) -> Vec<ActorId> {
    let mut who: Vec<ActorId> =
        look.view().tree.conjuncts(word).into_iter().flat_map(|word| actors(look, word)).collect();
    who.retain(|&actor| {
        matches!(
            look.scene.actors.get(actor).kind,
            ActorKind::Person | ActorKind::People | ActorKind::Unknown
        )
    });
    tidy(who)
}

/// Who does what a verb says, and with whom.
pub(super) fn doers(look: &Look<'_>, verb: usize, what: &str, planner: Option<usize>) -> Vec<ActorId> {
    let syntax = look.syntax;
    let mut who = subject(look, verb);
    if let Some(planner) = planner.filter(|_| who.is_empty()) {
        who = people(look, planner, &[], None);
        who.extend(planner.checked_sub(1).into_iter().flat_map(|before| actors(look, before)));
    }
    for child in syntax.children(verb) {
        let object = syntax.deprel(child) == Deprel::Obj && matches!(what, "meeting" | "talks");
        let to = what == "handover" && syntax.case(child) == Some("to");
        if object || to || syntax.case(child) == Some("with") {
            who.extend(phrase(look, child));
        }
    }
    // "the treaty between the two expires"
    let bound = syntax.surface_subject(verb).filter(|_| what == "expiry");
    for between in ["between", "with", "of"] {
        let parties = bound.and_then(|bound| syntax.phrase(bound, between));
        who.extend(parties.map(|parties| phrase(look, parties)).unwrap_or_default());
    }
    tidy(who)
}

/// Who a noun says will come or meet: "Xi's visit", "talks between A and B", "the EU summit"; else who holds or arranges it.
pub(super) fn people(look: &Look<'_>, noun: usize, verbs: &[usize], act: Option<&Act>) -> Vec<ActorId> {
    let syntax = look.syntax;
    let mut who = Vec::new();
    for child in syntax.children(noun) {
        let relation = syntax.deprel(child);
        let before = matches!(relation, Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Nmod)
            && child < noun
            && syntax.case(child).is_none_or(|case| matches!(case, "'s" | "’s" | "'" | "’"));
        let named = matches!(relation.base(), Deprel::Nmod | Deprel::Obl)
            && matches!(syntax.case(child), Some("by" | "between" | "with" | "of" | "among"));
        let place = look.scene.places.at(look.view().index, child).is_some();
        if (before && (relation == Deprel::NmodPoss || !place || relation == Deprel::Amod)) || named {
            who.extend(phrase(look, child));
        }
    }
    // "will hold a second round of talks": the round is held
    let part = syntax.head(noun).filter(|&head| {
        syntax.deprel(noun) == Deprel::Nmod
            && look.is(head, PlannedRole::Part)
            && syntax.case(noun) == Some("of")
    });
    let top = part.unwrap_or(noun);
    for &verb in verbs.iter().filter(|&&verb| {
        look.is(verb, PlannedRole::Hold)
            || look.is(verb, PlannedRole::Verb)
            || look.is(verb, PlannedRole::Answer)
    }) {
        // "accepted in principle a summit"
        let loose = syntax.deprel(top) == Deprel::Obl && syntax.case(top).is_none() && top > verb;
        let object = syntax.deprel(top) == Deprel::Obj
            || loose
            || (syntax.deprel(top) == Deprel::Obl
                && matches!(syntax.case(top), Some("to" | "for" | "at" | "in" | "on")));
        if object {
            who.extend(subject(look, verb));
        }
        for child in syntax.children(verb).filter(|&child| syntax.case(child) == Some("with")) {
            who.extend(phrase(look, child));
        }
    }
    who.extend(act.map(|act| arranging(look, noun, act, who.is_empty())).unwrap_or_default());
    let named = who.len();
    if is_half(look, noun) && syntax.possessor(noun).is_none() && phrase_with(look, noun).len() == named {
        who.extend(speaker(look, noun).or_else(|| spoken_of(look, &who)));
    }
    tidy(who)
}

/// Whether only the other side of a thing that takes two is named: "a meeting with the rebels".
fn is_half(look: &Look<'_>, noun: usize) -> bool {
    let what = look.entry(noun, PlannedRole::Noun).map_or("", |entry| &*entry.gives);
    look.syntax.phrase(noun, "with").is_some()
        && matches!(what, "meeting" | "talks" | "summit" | "call" | "exercise")
}

fn phrase_with(look: &Look<'_>, noun: usize) -> Vec<ActorId> {
    look.syntax.phrase(noun, "with").map(|with| phrase(look, with)).unwrap_or_default()
}

/// Of whom the sentence before tells: "A meeting with the envoy was put off as well."
fn spoken_of(look: &Look<'_>, with: &[ActorId]) -> Option<ActorId> {
    let before = look.view().index.checked_sub(1)?;
    let view = look.scene.parsed.sentence(before);
    let subject = view.tree.child(view.tree.root(), Deprel::Nsubj)?;
    let mut told = look.scene.actors.at(before, subject).iter().copied();
    told.find(|&actor| look.scene.actors.get(actor).kind == ActorKind::Person && !with.contains(&actor))
}

/// Who says so: "Trump said that the summit with Kim would take place".
fn speaker(look: &Look<'_>, noun: usize) -> Option<ActorId> {
    let statement = super::position::saying(look.statements, look.view().span(noun))?;
    let acts = |&speaker: &ActorId| {
        matches!(
            look.scene.actors.get(speaker).kind,
            ActorKind::Person | ActorKind::State | ActorKind::Government
        )
    };
    statement.speaker.filter(acts)
}

/// Whoever arranges, calls off or moves a thing, where that says who takes part: nobody else is named, or only the
/// other side ("cancelled a meeting with the rebels").
fn arranging(look: &Look<'_>, noun: usize, act: &Act, alone: bool) -> Vec<ActorId> {
    let what = look.entry(noun, PlannedRole::Noun).map_or("", |entry| &*entry.gives);
    let Some(subject) = act.subject else { return Vec::new() };
    let half = is_half(look, noun);
    let arranges = matches!(act.position.as_str(), "announces" | "cancels" | "postpones");
    if !(arranges && (alone || half)) || super::OF_A_STATE.contains(&what) {
        return Vec::new();
    }
    // a palace calls off somebody's visit, a king his own
    if what == "visit" && act.position != "announces" {
        persons(look, subject)
    } else {
        phrase(look, subject)
    }
}

/// How a word hangs on the anchors: the anchor's rank and the steps up to it, no other clause on the way.
fn distance(look: &Look<'_>, anchors: &[usize], word: usize) -> Option<(usize, usize)> {
    let syntax = look.syntax;
    let mut at = word;
    for steps in 0..=DEPTH {
        if let Some(rank) = anchors.iter().position(|&anchor| anchor == at) {
            return Some((steps, rank));
        }
        if steps > 0 && (syntax.is_verbal(at) || look.is(at, PlannedRole::Noun)) {
            return None;
        }
        at = syntax.head(at)?;
    }
    None
}

/// The date that hangs nearest to a mention's words; on those that only plan it, one that is to come ("has called an
/// election for May").
pub(super) fn date(look: &Look<'_>, anchors: &[usize], planners: &[usize]) -> Option<DateId> {
    let view = look.view();
    let mut best: Option<((usize, usize), DateId)> = None;
    for (id, date) in look.scene.dates.of_sentence(view.index).take(32) {
        if !matches!(date.kind, DateType::Date | DateType::Time) || date.first.is_none() {
            continue;
        }
        let Some(top) = top_word(look, date) else { continue };
        let found = distance(look, anchors, top)
            .or_else(|| is_when(look, anchors, date).then_some((0, 0)))
            .or_else(|| beside(look, anchors, date))
            .or_else(|| distance(look, planners, top).filter(|_| is_ahead(look, id)).map(|_| (DEPTH + 2, 0)));
        if let Some(found) = found.filter(|found| best.is_none_or(|(other, _)| *found < other)) {
            best = Some((found, id));
        }
    }
    best.map(|(_, id)| id)
}

/// "Friday, when the ministers meet".
fn is_when(look: &Look<'_>, anchors: &[usize], date: &Date) -> bool {
    let view = look.view();
    let Some(anchor) = anchors.first() else { return false };
    let when = look.syntax.children(*anchor).find(|&child| child < *anchor && look.lower(child) == "when");
    let before = |when: usize| (0..when).rev().find(|&word| view.word(word) != ",");
    when.and_then(before).is_some_and(|word| date.span.contains(view.span(word)))
}

/// A date right behind a mention is its date wherever the tree hangs it: "a summit in Oslo on May 5".
fn beside(look: &Look<'_>, anchors: &[usize], date: &Date) -> Option<(usize, usize)> {
    let view = look.view();
    let anchor = *anchors.first()?;
    let first = view.word_at(date.span.start)?;
    // "confirmed the meeting on Friday": the day on which that was said
    let said = top_word(look, date).and_then(|top| look.syntax.head(top));
    let said = said.is_some_and(|head| head < anchor && look.syntax.is_verbal(head));
    let ahead = is_ahead_date(look, date);
    let near = anchor < first && first - anchor <= 5 && (ahead || !said);
    let open = (anchor + 1..first)
        .all(|word| !look.syntax.is_verbal(word) && view.word(word).chars().any(char::is_alphanumeric));
    (near && open).then(|| (DEPTH + 1, first - anchor))
}

fn top_word(look: &Look<'_>, date: &Date) -> Option<usize> {
    let view = look.view();
    let first = view.word_at(date.span.start)?;
    let last = view.word_at(date.span.end.saturating_sub(1)).unwrap_or(first);
    (first..=last).find(|&word| look.syntax.head(word).is_none_or(|head| head < first || head > last))
}

/// Whether all of a date is before the day of publication.
pub(super) fn is_over(look: &Look<'_>, date: DateId) -> bool {
    let published = look.scene.parsed.document.published;
    look.scene.dates.get(date).last.zip(published).is_some_and(|(last, published)| last < published)
}

/// Whether a date has days after that of publication and none before.
pub(super) fn is_ahead(look: &Look<'_>, date: DateId) -> bool {
    is_ahead_date(look, look.scene.dates.get(date))
}

fn is_ahead_date(look: &Look<'_>, date: &Date) -> bool {
    let published = look.scene.parsed.document.published;
    let ahead = date.first.zip(date.last).zip(published);
    let late = date.modifier == Some("END");
    ahead.is_some_and(|((first, last), published)| (first >= published || late) && last > published)
}

/// Whether a date is the day of publication or lies ahead: what the present tense and "today" together plan.
pub(super) fn is_open(look: &Look<'_>, date: DateId) -> bool {
    let date = look.scene.dates.get(date);
    let published = look.scene.parsed.document.published;
    date.first.zip(date.last).zip(published).is_some_and(|((first, last), day)| first >= day && last >= day)
}

/// The place of a visit or meeting: "to Moscow", "in Oslo", "visit Beijing", "his Moscow visit".
pub(super) fn place(look: &Look<'_>, anchors: &[usize]) -> Option<PlaceId> {
    let syntax = look.syntax;
    let index = look.view().index;
    let mut best: Option<((usize, usize, usize), PlaceId)> = None;
    for word in 0..look.view().len() {
        let Some(id) = look.scene.places.at(index, word) else { continue };
        let Some((steps, rank)) = distance(look, anchors, word) else { continue };
        let way = match syntax.case(word) {
            Some(_) if stands_at(look, word) => 0,
            None if syntax.deprel(word) == Deprel::Obj && is_visited(look, word) => 0,
            None if matches!(syntax.deprel(word), Deprel::Compound | Deprel::NmodPoss | Deprel::Appos) => 1,
            _ => continue,
        };
        let key = (steps, rank, way);
        if steps <= 3 && best.is_none_or(|(other, _)| key < other) {
            best = Some((key, id));
        }
    }
    best.map(|(_, id)| id)
        .or_else(|| place_beside(look, *anchors.first()?))
        .or_else(|| anchors.iter().find_map(|&anchor| place_pointed_at(look, anchor)))
}

/// "He will meet her there", "in Washington, where they will sign": the place named last before.
fn place_pointed_at(look: &Look<'_>, anchor: usize) -> Option<PlaceId> {
    let index = look.view().index;
    let pointer =
        look.syntax.children(anchor).find(|&child| matches!(&*look.lower(child), "there" | "where"))?;
    let here = (0..pointer).rev().find_map(|word| look.scene.places.at(index, word));
    here.or_else(|| {
        let before = index.checked_sub(1).filter(|_| &*look.lower(pointer) == "there")?;
        (0..look.scene.parsed.sentence(before).len())
            .rev()
            .find_map(|word| look.scene.places.at(before, word))
    })
}

/// A further stop behind a journey's first: "to Washington on Monday and to Moscow two days later", with its own day.
pub(super) fn next_stop(look: &Look<'_>, after: usize) -> Option<(usize, PlaceId, Option<DateId>)> {
    let view = look.view();
    let open = (after + 1..view.len()).take_while(|&word| !look.syntax.is_verbal(word));
    let stop = open.skip(2).find(|&word| {
        let to = matches!(view.word(word - 1), "to" | "in" | "at");
        to && matches!(view.word(word - 2), "and" | "then")
            && look.scene.places.at(view.index, word).is_some()
    })?;
    let start = view.span(stop).end;
    let end = view.span((stop + 5).min(view.len() - 1)).end;
    let near = |date: &Date| date.first.is_some() && date.span.start >= start && date.span.start < end;
    let date = look.scene.dates.of_sentence(view.index).find(|(_, date)| near(date)).map(|(id, _)| id);
    look.scene.places.at(view.index, stop).map(|place| (stop, place, date))
}

/// Whether an object is gone to: "will visit Beijing", not "will discuss Syria".
fn is_visited(look: &Look<'_>, object: usize) -> bool {
    let verb = look.syntax.head(object).and_then(|verb| look.entry(verb, PlannedRole::Verb));
    verb.is_none_or(|entry| &*entry.gives != "talks")
}

/// Whether a phrase says where or where to.
fn stands_at(look: &Look<'_>, word: usize) -> bool {
    let mut cases = look.syntax.children(word).filter(|&child| look.syntax.deprel(child) == Deprel::Case);
    cases.any(|case| matches!(look.view().word(case), "to" | "in" | "at" | "into" | "near" | "outside"))
}

/// "a visit of the envoys to Moscow" wherever the tree hangs Moscow.
fn place_beside(look: &Look<'_>, anchor: usize) -> Option<PlaceId> {
    let view = look.view();
    let near = anchor + 1..view.len().min(anchor + 6);
    let open = near.take_while(|&word| {
        !look.syntax.is_verbal(word) && view.word(word).chars().any(char::is_alphanumeric)
    });
    open.filter(|&word| stands_at(look, word)).find_map(|word| look.scene.places.at(view.index, word))
}

/// "for Victory Day celebrations", "coinciding with the summit", "to mark 80 years".
pub(super) fn occasion(look: &Look<'_>, word: usize) -> Option<Span> {
    let view = look.view();
    let syntax = look.syntax;
    let end = view.len().min(word + 24);
    let start = (word + 1..end).find(|&next| {
        let coincides =
            next > word + 1 && view.word(next) == "with" && look.lower(next - 1).starts_with("coincid");
        let marks = matches!(&*look.lower(next), "mark" | "marking" | "commemorate");
        let purpose = matches!(view.word(next), "for" | "to")
            && syntax.deprel(next) == Deprel::Case
            && syntax
                .head(next)
                .is_some_and(|head| head > next && head < next + 8 && look.is(head, PlannedRole::Occasion));
        coincides || marks || purpose
    })?;
    let first = start + 1;
    let stop = (first..end).find(|&next| matches!(view.word(next), "," | "." | ";" | "”")).unwrap_or(end);
    let verb = (first..stop).find(|&next| syntax.is_verbal(next)).unwrap_or(stop);
    (first < verb).then(|| view.span_of(first..verb))
}
