//! When and where an event was: the dates and places that hang on it in the tree.

use super::{Status, When, candidate::Candidate, syntax::Syntax};
use crate::{
    code::Scene,
    data::frames::Effect,
    parse::{Deprel, Tense, Upos, VerbForm},
    resolve::{
        date::{Date, DateId, DateType},
        place::PlaceId,
    },
};

/// A date with the word of the tree on which it hangs.
struct Hanging<'a> {
    id: DateId,
    date: &'a Date,
    /// Its own topmost word.
    top: usize,
    /// What that word depends on.
    on: Option<usize>,
}

/// The date of an event: the nearest expression that hangs on its clause, stretched by a length of stay if there is one.
pub(super) fn date(
    scene: &Scene<'_>,
    sentence: usize,
    candidate: &Candidate,
    status: Status,
) -> Option<When> {
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let hanging: Vec<Hanging<'_>> = scene
        .dates
        .of_sentence(sentence)
        .filter_map(|(id, date)| {
            let top = top_word(syntax, date)?;
            Some(Hanging { id, date, top, on: syntax.head(top) })
        })
        .collect();
    if let Some(time) = time_named_before(syntax, &hanging, candidate) {
        return Some(time);
    }
    let live = matches!(status, Status::Happened | Status::Ongoing);
    let chain = chain(syntax, candidate, live);
    let verb = candidate.support.unwrap_or(candidate.word);
    let past = is_simple_past(syntax, verb);
    let done = past || is_perfect(syntax, verb);
    let found = hanging
        .iter()
        .filter(|hanging| {
            is_day(hanging.date)
                && !is_hour(scene, hanging.date)
                && is_same_voice(scene, hanging.date, syntax.view.span(candidate.word).start)
                && !(done && status == Status::Happened && lies_ahead(scene, hanging.date))
        })
        .filter_map(|hanging| {
            let deep = past && is_fresh(scene, hanging.date.first);
            Some((distance(syntax, &chain, hanging, deep)?, hanging.top.abs_diff(candidate.word), hanging))
        })
        .min_by_key(|&(distance, words, _)| (distance, words));
    if let Some((_, _, found)) = found {
        return scheduled(syntax, found, verb)
            .or_else(|| Some(stretched(found, &hanging, (syntax, candidate), &chain)));
    }
    if live && let Some(apart) = apart(scene, sentence, (syntax, &hanging), candidate) {
        return apart;
    }
    if hanging.iter().any(|hanging| is_loose(syntax, &chain, hanging)) {
        return None;
    }
    let past =
        past || !is_present(syntax, verb) && chain.iter().any(|&(word, _)| is_simple_past(syntax, word));
    let story = if past && live { told(scene, sentence, candidate.word) } else { None };
    story.or_else(|| published(scene, sentence, candidate, status))
}

/// "Since 2019, a year when the two signed": a noun of time takes up the date before it.
fn time_named_before(syntax: Syntax<'_>, hanging: &[Hanging<'_>], candidate: &Candidate) -> Option<When> {
    let top = conjoined(syntax, candidate.support.unwrap_or(candidate.word));
    let when = syntax.children(top).find(|&child| syntax.lemma(child) == "when")?;
    let noun = when.checked_sub(1).filter(|&noun| syntax.is_time(noun) && syntax.upos(noun) == Upos::Noun)?;
    let bare = |hanging: &&Hanging<'_>| hanging.top == noun && is_day(hanging.date);
    if hanging.iter().any(|hanging| bare(&hanging)) {
        return None;
    }
    let before = |hanging: &&Hanging<'_>| {
        is_day(hanging.date) && hanging.date.span.end <= syntax.view.span(noun).start
    };
    let date = hanging.iter().filter(before).max_by_key(|hanging| hanging.date.span.start)?;
    Some(When {
        value: date.date.value.clone(),
        first: date.date.first,
        last: date.date.last,
        from: Some(date.id),
    })
}

/// "A few weeks earlier she had signed": a time that cannot be told, which is not that of the story.
fn is_loose(syntax: Syntax<'_>, chain: &[(usize, usize)], hanging: &Hanging<'_>) -> bool {
    let after = syntax.view.word_at(hanging.date.span.end.saturating_sub(1)).map(|word| word + 1);
    let shifted = after.filter(|&after| after < syntax.view.len()).is_some_and(|after| {
        matches!(
            syntax.lemma(after),
            "earlier" | "later" | "ago" | "before" | "previously" | "early" | "late"
        )
    });
    let untold = match hanging.date.kind {
        DateType::Date | DateType::Time => hanging.date.first.is_none(),
        DateType::Duration => shifted && !is_short(hanging.date.value.as_deref()),
        DateType::Set => true,
    };
    untold && distance(syntax, chain, hanging, false).is_some()
}

/// "broke off relations on Monday, two days after it was attacked": so long before or after the clause above; `Some(None)`
/// where that cannot be told.
fn apart(
    scene: &Scene<'_>,
    sentence: usize,
    (syntax, hanging): (Syntax<'_>, &[Hanging<'_>]),
    candidate: &Candidate,
) -> Option<Option<When>> {
    let top = conjoined(syntax, candidate.support.unwrap_or(candidate.word));
    let mark = syntax.children(top).find(|&child| {
        matches!(syntax.deprel(child), Deprel::Mark | Deprel::Case | Deprel::Advmod)
            && matches!(syntax.lemma(child), "after" | "before")
    })?;
    let beside = |hanging: &&Hanging<'_>| {
        hanging.date.kind == DateType::Duration
            && syntax.view.word_at(hanging.date.span.end.saturating_sub(1)) == mark.checked_sub(1)
    };
    let length = hanging.iter().find(beside)?.date.value.as_deref();
    let sign = if syntax.lemma(mark) == "after" { -1 } else { 1 };
    let above: Vec<usize> = syntax.view.tree.ancestors(top).take(4).collect();
    let on = |hanging: &&Hanging<'_>| {
        let near = hanging.on.is_some_and(|on| {
            above.contains(&on)
                || !syntax.is_verbal(on) && syntax.head(on).is_some_and(|on| above.contains(&on))
        });
        near && is_day(hanging.date) && hanging.date.first == hanging.date.last
    };
    let plain = |hanging: &Hanging<'_>| When {
        value: None,
        first: hanging.date.first,
        last: hanging.date.last,
        from: Some(hanging.id),
    };
    let of = hanging.iter().find(on).map(plain).or_else(|| {
        let verb = above.iter().copied().find(|&above| syntax.is_verbal(above))?;
        let now = scene.parsed.document.published.filter(|_| is_present(syntax, verb));
        now.map(|day| When { value: None, first: Some(day), last: Some(day), from: None })
            .or_else(|| told(scene, sentence, verb).filter(|_| is_simple_past(syntax, verb)))
    });
    Some(of.zip(length).and_then(|(of, length)| shifted(&of, length, sign)))
}

/// Hours and minutes, `PT3H`, within a day.
fn is_short(length: Option<&str>) -> bool {
    length.is_some_and(|length| length.starts_with("PT"))
}

/// A day shifted by `P3D`, `P2W`, `P5M` or `P6Y`, as exact as the length.
fn shifted(of: &When, length: &str, sign: i64) -> Option<When> {
    let base = of.first?;
    let number = |unit: char| length.strip_prefix('P')?.strip_suffix(unit)?.parse::<i64>().ok();
    let span = jiff::Span::new();
    let (day, kept) = if is_short(Some(length)) {
        (base, 10)
    } else if let Some(days) = days_of(length) {
        (base.checked_add(span.days(sign * days)).ok()?, 10)
    } else if let Some(months) = number('M').filter(|months| *months < 100) {
        (base.checked_add(span.months(sign * months)).ok()?, 7)
    } else {
        let years = number('Y').filter(|years| *years < 1000)?;
        (base.checked_add(span.years(sign * years)).ok()?, 4)
    };
    let (first, last) = match kept {
        10 => (day, day),
        7 => (day.first_of_month(), day.last_of_month()),
        _ => (day.first_of_year(), day.last_of_year()),
    };
    let value = day.to_string().get(..kept).map(str::to_owned);
    Some(When { value, first: Some(first), last: Some(last), from: of.from })
}

/// The first of the verbs that a word is joined to.
fn conjoined(syntax: Syntax<'_>, word: usize) -> usize {
    let mut word = word;
    for _ in 0..3 {
        match syntax.head(word) {
            Some(head) if syntax.deprel(word) == Deprel::Conj => word = head,
            _ => break,
        }
    }
    word
}

/// "The council meets on Friday", read on a Wednesday, is of the Friday to come: the present in a full sentence tells a plan.
fn scheduled(syntax: Syntax<'_>, found: &Hanging<'_>, verb: usize) -> Option<When> {
    let view = syntax.view;
    let feats = view.tree.feats(verb);
    let present = feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Pres);
    let full = view.word(view.len() - 1) == "." && !syntax.is_passive(verb);
    let value = found.date.alternative.clone().filter(|_| present && full)?;
    let day: Option<jiff::civil::Date> = value.parse().ok();
    day.map(|day| When { value: Some(value), first: Some(day), last: Some(day), from: Some(found.id) })
}

/// "The council meets today": told in the present of the day of publication, so that it is still to come.
pub(super) fn is_due_today(
    scene: &Scene<'_>,
    sentence: usize,
    candidate: &Candidate,
    date: Option<&When>,
) -> bool {
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let Some(date) = date.filter(|date| date.from.is_some()) else { return false };
    let verb = candidate.support.unwrap_or(candidate.word);
    let feats = syntax.view.tree.feats(verb);
    let present = feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Pres);
    let full = syntax.view.word(syntax.view.len() - 1) == "." && syntax.clause(verb).is_none();
    let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Conj | Deprel::Parataxis);
    main && present && full && date.first.is_some() && date.first == scene.parsed.document.published
}

/// "Late in the morning": an hour of the day of publication that names no day, so that the story's own day is meant.
fn is_hour(scene: &Scene<'_>, date: &Date) -> bool {
    let words = date.span.of(&scene.parsed.document.text);
    let names_day = words.split_whitespace().any(|word| {
        let word = word.to_ascii_lowercase();
        matches!(word.as_str(), "this" | "today" | "tonight" | "now" | "today's")
    });
    date.kind == DateType::Time
        && !names_day
        && date.first.is_some()
        && date.first == scene.parsed.document.published
}

/// How many bytes a few quoted words have at most, which are part of the sentence around them.
const FRAGMENT: usize = 40;

/// Whether a date is in the outlet's own voice or in the quotation of this place: what a speaker calls today dates his words.
fn is_same_voice(scene: &Scene<'_>, date: &Date, place: u32) -> bool {
    let quotations = &scene.mentions.quotations;
    let after = quotations.partition_point(|quotation| quotation.span.start <= date.span.start);
    let around = quotations[..after].last().filter(|quotation| date.span.start < quotation.span.end);
    let around = around.filter(|quotation| quotation.span.len() > FRAGMENT);
    around.is_none_or(|quotation| (quotation.span.start..quotation.span.end).contains(&place))
}

fn is_day(date: &Date) -> bool {
    matches!(date.kind, DateType::Date | DateType::Time) && date.first.is_some()
}

/// Whether a date is after the day of publication, so that nothing told in the past tense can be of that day.
fn lies_ahead(scene: &Scene<'_>, date: &Date) -> bool {
    matches!((date.first, scene.parsed.document.published), (Some(first), Some(published)) if first > published)
}

/// How many sentences a story told in the past tense goes on under one date.
const STORY: usize = 10;

/// Among how many sentences the day of the news is looked for.
const LEAD: usize = 24;

/// News are told over so many paragraphs under the date of their first lines, and so many days after it.
const FRESH: i64 = 8;

/// The date under which a story is told: that of another past clause of the sentence, nearest before the word, else of
/// the nearest sentence before that has one. Beyond the paragraph only news carry their date on, not what is long past.
fn told(scene: &Scene<'_>, sentence: usize, word: usize) -> Option<When> {
    let block = |sentence: usize| scene.parsed.segments.sentences[sentence].block;
    told_in(scene, sentence, Some(word)).or_else(|| {
        let nearest = (sentence.saturating_sub(STORY)..sentence)
            .rev()
            .find_map(|before| Some((before, told_in(scene, before, None)?)));
        let Some((before, when)) = nearest else { return lead(scene) };
        let near = before + 1 == sentence || block(before) == block(sentence);
        (near || is_fresh(scene, when.first)).then_some(when)
    })
}

/// The day of the news: the first fresh one that the report tells something under; for what has no date before it.
fn lead(scene: &Scene<'_>) -> Option<When> {
    (0..scene.parsed.len().min(LEAD))
        .filter_map(|sentence| told_in(scene, sentence, None))
        .find(|when| is_fresh(scene, when.first) && when.first == when.last)
}

/// Whether a day is of the news: not more than a week before publication.
fn is_fresh(scene: &Scene<'_>, first: Option<jiff::civil::Date>) -> bool {
    let (Some(first), Some(published)) = (first, scene.parsed.document.published) else { return false };
    first <= published && (published - first).get_days() <= i32::try_from(FRESH).unwrap_or(7)
}

/// The date that hangs on a clause in the simple past, not on one that only describes a noun.
fn told_in(scene: &Scene<'_>, sentence: usize, word: Option<usize>) -> Option<When> {
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let clause = |date: &Date| {
        let on = syntax.head(top_word(syntax, date)?)?;
        let verb = if syntax.is_verbal(on) { on } else { syntax.head(on)? };
        let main = !matches!(syntax.deprel(verb), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod);
        (main && is_simple_past(syntax, verb)).then_some(verb)
    };
    let from = word.map_or(0, |word| syntax.view.span(word).start);
    let told = scene
        .dates
        .of_sentence(sentence)
        .filter(|(_, date)| is_day(date) && !lies_ahead(scene, date) && is_same_voice(scene, date, from));
    let (id, date, _) = told
        .filter_map(|(id, date)| Some((id, date, clause(date)?)))
        .min_by_key(|&(_, _, verb)| word.map(|word| (verb > word, verb.abs_diff(word))))?;
    Some(When { value: value(date), first: date.first, last: date.last, from: Some(id) })
}

/// "has accused", "had been arrested".
pub(in crate::code) fn is_perfect(syntax: Syntax<'_>, verb: usize) -> bool {
    syntax.children(verb).any(|child| syntax.deprel(child) == Deprel::Aux && syntax.lemma(child) == "have")
}

/// "accused", "was arrested"; not "had accused", "has been arrested".
pub(in crate::code) fn is_simple_past(syntax: Syntax<'_>, verb: usize) -> bool {
    let past = |word: usize| {
        let feats = syntax.view.tree.feats(word);
        feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Past)
    };
    let mut auxiliaries = syntax
        .children(verb)
        .filter(|&child| matches!(syntax.deprel(child), Deprel::Aux | Deprel::AuxPass | Deprel::Cop));
    // "The board voted": a finite verb that the tagger took for a participle.
    let stands = syntax.is_past_participle(verb)
        && matches!(syntax.deprel(verb), Deprel::Root | Deprel::Ccomp)
        && syntax.child_of(verb, Deprel::Nsubj).is_some();
    match auxiliaries.next() {
        None => syntax.is_verbal(verb) && (past(verb) || stands),
        Some(first) => {
            past(first)
                && syntax.lemma(first) != "have"
                && syntax.view.tree.feats(first).tense == Some(Tense::Past)
        }
    }
}

/// The topmost word of a date's words.
pub(in crate::code) fn top_word(syntax: Syntax<'_>, date: &Date) -> Option<usize> {
    let view = syntax.view;
    let first = view.word_at(date.span.start)?;
    let last = view.word_at(date.span.end.saturating_sub(1)).unwrap_or(first);
    (first..=last).find(|&word| syntax.head(word).is_none_or(|head| head < first || head > last))
}

/// The words whose phrases are the event's own, and how far each is from it.
fn chain(syntax: Syntax<'_>, candidate: &Candidate, live: bool) -> Vec<(usize, usize)> {
    let mut chain: Vec<(usize, usize)> = candidate.anchors.iter().map(|&anchor| (anchor, 0)).collect();
    let mut word = candidate.support.unwrap_or(candidate.word);
    // "stopped supplying gas on Monday": what hangs on the participle is said of both.
    let gerund =
        syntax.children(word).find(|&child| syntax.deprel(child) == Deprel::Xcomp && syntax.is_gerund(child));
    chain.extend(gerund.map(|gerund| (gerund, 1)));
    // "Speaking in Geneva on Monday, she accused".
    let aside = syntax.children(word).find(|&child| {
        child < word
            && syntax.deprel(child) == Deprel::Advcl
            && syntax.is_gerund(child)
            && syntax.case(child).is_none()
    });
    chain.extend(aside.map(|aside| (aside, 2)));
    // "the visit, planned for April, was put off"
    let planned = candidate.anchors.iter().flat_map(|&anchor| syntax.children(anchor)).filter(|&child| {
        syntax.deprel(child) == Deprel::Acl
            && syntax.is_past_participle(child)
            && syntax.frames.operators.verb(syntax.lemma(child)) == Effect::Planned
    });
    chain.extend(planned.map(|planned| (planned, 1)));
    let mut described = false;
    for distance in 1..6 {
        let Some(head) = syntax.head(word) else { break };
        let shares = match syntax.deprel(word) {
            Deprel::Xcomp => true,
            // "the talks began on Monday"
            Deprel::Nsubj | Deprel::NsubjPass => syntax.frames.operators.is_occur(&syntax.verb_name(head)),
            Deprel::Conj => syntax.is_verbal(word) && syntax.is_verbal(head),
            Deprel::Advcl => syntax.is_gerund(word) || syntax.is_infinitive(word),
            // "announced on Saturday that it was severing ties": words do it.
            Deprel::Ccomp if live => {
                syntax.frames.operators.verb(&syntax.verb_name(head)) == Effect::Announced
            }
            // "signed a decree on Saturday imposing sanctions"
            Deprel::Acl => syntax.is_gerund(word),
            Deprel::Obj => described,
            _ => false,
        };
        described = syntax.deprel(word) == Deprel::Acl;
        if !shares {
            break;
        }
        chain.push((head, distance));
        word = head;
    }
    chain
}

/// How far a date hangs from the event: on its own words 0, on a phrase below them 1, on a shared verb further.
///
/// `deep`: a day just past that hangs under several phrases, or in a clause of what was only meant to be done, is that of
/// what was done: "rejected a plan to reunite the island in a vote on Saturday".
fn distance(
    syntax: Syntax<'_>,
    chain: &[(usize, usize)],
    hanging: &Hanging<'_>,
    deep: bool,
) -> Option<usize> {
    const DEEPEST: usize = 4;
    let mut word = hanging.on?;
    for step in 0..DEEPEST {
        if let Some(&(_, distance)) = chain.iter().find(|&&(link, _)| link == word) {
            return Some(distance * 2 + step);
        }
        let passed =
            if syntax.is_verbal(word) { deep && syntax.is_infinitive(word) } else { deep || step == 0 };
        if !passed {
            return None;
        }
        word = syntax.head(word)?;
    }
    None
}

/// "came on Monday for a three-day visit" lasts from Monday to Wednesday; "ended a three-day siege on Monday" does not.
fn stretched(
    found: &Hanging<'_>,
    hanging: &[Hanging<'_>],
    (syntax, candidate): (Syntax<'_>, &Candidate),
    chain: &[(usize, usize)],
) -> When {
    let ends = matches!(syntax.frames.get(candidate.frame).kind.as_str(), "CONCEDE" | "RETREAT");
    let of_object = |hanging: &Hanging<'_>| {
        ends && hanging.on.is_some_and(|on| on != candidate.word && syntax.deprel(on) == Deprel::Obj)
    };
    let date = found.date;
    let plain = When { value: value(date), first: date.first, last: date.last, from: Some(found.id) };
    let days = hanging.iter().find_map(|hanging| {
        let near =
            distance(syntax, chain, hanging, false).is_some() && hanging.date.kind == DateType::Duration;
        let near = near && !of_object(hanging);
        near.then(|| days_of(hanging.date.value.as_deref()?)).flatten()
    });
    let days = days.filter(|&days| days > 1);
    let (Some(days), Some(first), true) = (days, date.first, date.first == date.last) else { return plain };
    let Ok(last) = first.checked_add(jiff::Span::new().days(days - 1)) else { return plain };
    When {
        value: Some(format!("{first}/{last}")),
        first: Some(first),
        last: Some(last),
        from: Some(found.id),
    }
}

/// The value of a date; of "a few hours earlier", whose value only says that it is past, the day it was worked out as.
fn value(date: &Date) -> Option<String> {
    let vague = |value: &String| value.ends_with("_REF");
    date.value.clone().filter(|value| !vague(value)).or_else(|| date.first.map(|day| day.to_string()))
}

/// `P3D` -> 3, up to a month.
fn days_of(value: &str) -> Option<i64> {
    let length = value.strip_prefix('P')?;
    let weeks = || Some(7 * length.strip_suffix('W')?.parse::<i64>().ok()?);
    let days = length.strip_suffix('D').and_then(|days| days.parse().ok()).or_else(weeks)?;
    (1..=31).contains(&days).then_some(days)
}

/// News without a date is news of the day: only for what the sentence itself puts in the present.
fn published(scene: &Scene<'_>, sentence: usize, candidate: &Candidate, status: Status) -> Option<When> {
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let day = scene.parsed.document.published?;
    let verb = candidate.support.unwrap_or(candidate.word);
    let main = matches!(syntax.deprel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis);
    let live = matches!(status, Status::Happened | Status::Ongoing);
    if !live || !main || !is_present(syntax, verb) {
        return None;
    }
    // "has pledged to help, the king said on Friday": the present of whoever said so.
    let said = told_in(scene, sentence, Some(candidate.word)).filter(|when| when.first == when.last);
    if let Some(said) = said.filter(|when| is_fresh(scene, when.first)) {
        return Some(said);
    }
    Some(When { value: Some(day.to_string()), first: Some(day), last: Some(day), from: None })
}

/// Present and present perfect.
fn is_present(syntax: Syntax<'_>, verb: usize) -> bool {
    let present = |word: usize| {
        let feats = syntax.view.tree.feats(word);
        feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Pres)
    };
    present(verb) || syntax.children(verb).any(|child| syntax.deprel(child) == Deprel::Aux && present(child))
}

/// The place of an event: a phrase of place that hangs on it, else the place that stands as its recipient ("visited Moscow").
pub(super) fn place(scene: &Scene<'_>, sentence: usize, candidate: &Candidate) -> Option<PlaceId> {
    const WAYS: [&str; 10] =
        ["in", "at", "near", "outside", "on", "inside", "around", "to", "into", "across"];
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let mut words: Vec<usize> = Vec::new();
    for way in WAYS {
        for &(anchor, _) in chain(syntax, candidate, false).iter().take(candidate.anchors.len() + 1) {
            words.extend(syntax.phrase(anchor, way));
        }
    }
    words.extend(candidate.recipients.iter().flatten());
    words.into_iter().find_map(|word| scene.places.at(sentence, word).filter(|&id| is_located(scene, id)))
}

/// A country as recipient is no place of what was done to it; a city is.
fn is_located(scene: &Scene<'_>, id: PlaceId) -> bool {
    let place = scene.places.get(id);
    place.latitude.is_some() || place.country.is_some()
}
