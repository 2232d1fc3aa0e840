//! Candidates in, events out: actors resolved, status, date, place, contexts and claims filled in.

use super::{
    Claim, Event, Status, When, candidate::Candidate, candidate::Finder, claim::Contents, gap, implied,
    learned, learned::Sides, quantity, same, status, syntax::Syntax, when, who,
};
use crate::{
    Span,
    code::{Scene, statement::Statement},
    data::{
        Data,
        frames::{Effect, Frame, Needs},
    },
    parse::{Deprel, Upos},
    resolve::{actor::ActorId, place::PlaceId},
};

/// Longer sentences are lists or broken text; nothing is coded in them.
const LONGEST: usize = 200;

/// Finds the events of a document, in order of the text.
#[must_use]
pub fn find(scene: &mut Scene<'_>, statements: &[Statement]) -> Vec<Event> {
    let contents = Contents::new(statements);
    let mut events = Vec::new();
    for sentence in 0..scene.parsed.len() {
        let view = scene.parsed.sentence(sentence);
        if view.len() <= LONGEST {
            in_sentence(scene, sentence, &contents, &mut events);
        }
    }
    same::link(&mut events, &scene.actors);
    events
}

fn in_sentence(scene: &mut Scene<'_>, sentence: usize, contents: &Contents<'_>, events: &mut Vec<Event>) {
    let data = scene.data;
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let finder = Finder { syntax, frames: &data.frames };
    let mut candidates = finder.find();
    let inner = finder.inner(&candidates);
    let judge = status::Judge::new(syntax, &inner);
    candidates.extend(gap::candidates(scene, sentence, &judge, &candidates));
    candidates.sort_by_key(|candidate| candidate.word);
    let before = events.len();
    for candidate in &candidates {
        let read = std::iter::once(candidate).chain(&candidate.others).find_map(|candidate| {
            let frame = data.frames.get(candidate.frame);
            let effect = effect(&judge, candidate, frame)?;
            event(scene, (sentence, &judge), candidate, frame, effect, contents, events)
        });
        let read = read.map(|event| with_means(syntax, candidate, event, events));
        let new = |event: &Event| !repeats(scene, events, event, (syntax, candidate));
        let finite = !candidate.nominal && !syntax.is_infinitive(candidate.word);
        if let Some(event) = read.filter(new).filter(|event| finite || !is_purpose(events, event)) {
            events.push(event);
        }
    }
    quantity::fill(scene, sentence, &judge, &mut events[before..]);
}

/// What becomes of a candidate; `None` where it is no event of its own.
pub(super) fn effect(judge: &status::Judge<'_>, candidate: &Candidate, frame: &Frame) -> Option<Effect> {
    let effect = judge.effect(candidate.word);
    let mut effect = status::announced(if frame.negated { Effect::Keep } else { effect }, &frame.kind);
    let syntax = judge.syntax;
    if frame.clause_modality {
        let open = syntax.clauses(candidate.word).filter(|&clause| !syntax.is_infinitive(clause));
        let told = open
            .map(|clause| judge.own(clause))
            .filter(|told| matches!(told, Effect::Planned | Effect::Conditional));
        effect = told.fold(effect, std::cmp::Ord::max);
    }
    if frame.finite
        && effect >= Effect::Announced
        && !candidate.nominal
        && syntax.is_infinitive(candidate.word)
    {
        return None;
    }
    let unlikely = effect == Effect::Conditional && candidate.nominal && candidate.support.is_none();
    (effect != Effect::Drop && !unlikely).then_some(effect)
}

/// Whether the sentence has just told the same thing in other words: "marched to protest", "the minister reaffirmed his
/// country's commitment to stronger ties".
fn repeats(
    scene: &Scene<'_>,
    events: &[Event],
    event: &Event,
    (syntax, candidate): (Syntax<'_>, &Candidate),
) -> bool {
    let finite = !candidate.nominal && !syntax.is_infinitive(candidate.word);
    let open = matches!(event.status, Status::Planned | Status::Conditional) && !finite;
    let material = event.quad.starts_with("material");
    // "froze its assets and decided to recall its envoys": what was decided is as much a deed of its own.
    let carrier = syntax.head(candidate.word).filter(|_| syntax.deprel(candidate.word) == Deprel::Xcomp);
    let carried = carrier.filter(|_| !candidate.nominal && event.status == Status::Happened);
    let verb = carried.unwrap_or(candidate.word);
    // "froze new grants and recalled its ambassador" are two deeds, "condemned and denounced" is one.
    let further = |other: &Event| {
        let first = (0..syntax.view.len()).find(|&word| syntax.view.span(word) == other.trigger);
        // The parser may join it to a word below: "gave the envoy a day to leave and recalled its own".
        let joined = syntax.deprel(verb) == Deprel::Conj
            || first.is_some_and(|first| syntax.view.tree.conjuncts(first).contains(&verb));
        material && (finite || carried.is_some()) && joined && other.rule != event.rule
    };
    events.iter().rev().take_while(|other| other.sentence == event.sentence).any(|other| {
        let side =
            open && !event.recipients.is_empty() && implied::is_own_side(scene, &event.actors, &other.actors);
        other.kind == event.kind
            && (other.actors == event.actors || side)
            && other.recipients == event.recipients
            && (other.status == event.status || open)
            && !further(other)
    })
}

/// "A bombing in Aden killed two Danes" is one event: the noun's event gives way to the verb's, which takes over what it
/// did not know itself.
fn with_means(syntax: Syntax<'_>, candidate: &Candidate, event: Event, events: &mut Vec<Event>) -> Event {
    let means = syntax.subject(candidate.word).filter(|_| !candidate.nominal);
    let Some(trigger) = means.map(|noun| syntax.view.span(noun)) else { return event };
    let is_means = |other: &Event| other.kind == event.kind && other.trigger == trigger;
    if event.recipients.is_empty() || !events.last().is_some_and(is_means) {
        return event;
    }
    let Some(means) = events.pop() else { return event };
    let known = event.actors.is_empty();
    Event {
        actors: if known { means.actors } else { event.actors },
        actor_words: if known { means.actor_words } else { event.actor_words },
        date: event.date.or(means.date),
        place: event.place.or(means.place),
        ..event
    }
}

/// "Began a hunger strike to protest against the verdict" is one event: what it is done for tells an earlier mention of the
/// sentence its recipients, and is no event of its own.
fn is_purpose(events: &mut [Event], event: &Event) -> bool {
    let same = |other: &&mut Event| {
        other.sentence == event.sentence
            && other.kind == event.kind
            && other.actors == event.actors
            && !other.actors.is_empty()
            && other.recipients.is_empty()
            && matches!(other.status, Status::Happened | Status::Ongoing)
            && event.status == Status::Planned
    };
    let Some(other) = events.iter_mut().rev().find(same) else { return false };
    other.recipients.clone_from(&event.recipients);
    other.recipient_words.clone_from(&event.recipient_words);
    true
}

fn event(
    scene: &mut Scene<'_>,
    (sentence, judge): (usize, &status::Judge<'_>),
    candidate: &Candidate,
    frame: &Frame,
    effect: Effect,
    contents: &Contents<'_>,
    before: &[Event],
) -> Option<Event> {
    let data = scene.data;
    let view = scene.parsed.sentence(sentence);
    let trigger = view.span(candidate.word);
    let claims: Vec<_> = contents.claim(trigger).into_iter().collect();
    let announcer = announcer(scene, judge.syntax, candidate, (frame, effect), &claims);
    let mut arguments = Arguments::resolve(scene, sentence, candidate, (frame, announcer))?;
    let around = Around { sentence, syntax: judge.syntax, candidate, frame, contents, before };
    let open = imply(scene, around, &mut arguments);
    let denied = claims.iter().any(|claim| claim.stance == "denies") && effect < Effect::Negated;
    let effect = if denied { Effect::Denied } else { effect };
    let (date, status) = dated(scene, sentence, candidate, effect);
    let entry = data.codebook.get(&frame.kind)?;
    let place = when::place(scene, sentence, candidate);
    settle(scene, before, sentence, frame, &arguments, place);
    // "Martha wrote to her aunt": of private people nothing is coded.
    let counts = |&one: &ActorId| who::counts(scene.actors.get(one));
    if !arguments.actors.iter().chain(&arguments.recipients).any(counts) {
        return None;
    }
    ask_report(scene, around, (open, place), &mut arguments);
    Some(Event {
        kind: frame.kind.clone(),
        mode: frame.mode.clone(),
        contexts: contexts(data, Syntax { view, frames: &data.frames }, candidate, frame),
        quad: entry.quad.clone(),
        cameo: entry.cameo_of(frame.mode.as_deref()),
        intensity: entry.intensity_of(frame.mode.as_deref()),
        confidence: learned::confidence(scene, judge, candidate, arguments.sides)
            .unwrap_or_else(|| confidence(candidate, &arguments)),
        actor_words: arguments.actor_words.iter().map(|&word| view.span(word)).collect(),
        recipient_words: arguments.recipient_words.iter().map(|&word| view.span(word)).collect(),
        actors: arguments.actors,
        recipients: arguments.recipients,
        reciprocal: frame.reciprocal,
        date,
        place,
        status,
        claims,
        sentence,
        trigger,
        rule: frame.id.clone(),
        same_as: None,
        quantities: Vec::new(),
    })
}

/// When it was and whether it happened.
fn dated(
    scene: &Scene<'_>,
    sentence: usize,
    candidate: &Candidate,
    effect: Effect,
) -> (Option<When>, Status) {
    let status = status::status(effect);
    let date = when::date(scene, sentence, candidate, status);
    let ahead = lies_ahead(scene, date.as_ref().and_then(|date| date.first))
        || when::is_due_today(scene, sentence, candidate, date.as_ref());
    let status = if status == Status::Happened && ahead { Status::Planned } else { status };
    (date, status)
}

/// What a side that its clause does not name is told by.
#[derive(Clone, Copy)]
struct Around<'a> {
    sentence: usize,
    syntax: Syntax<'a>,
    candidate: &'a Candidate,
    frame: &'a Frame,
    contents: &'a Contents<'a>,
    before: &'a [Event],
}

/// How far a recipient is still open.
#[derive(Clone, Copy)]
struct Open {
    /// "sent its foreign minister": to where the text is.
    visiting: bool,
    /// Whether what is done reaches where the text is.
    moves: bool,
    /// "demanded the release of all prisoners", from whomever.
    vague: bool,
}

/// Takes the recipients from what was said and done before, where the words point there or name nobody.
fn imply(scene: &mut Scene<'_>, around: Around<'_>, arguments: &mut Arguments) -> Open {
    let Around { sentence, syntax, candidate, frame, .. } = around;
    let moved =
        !frame.reciprocal && implied::is_moved(scene, &frame.kind, &arguments.recipients, &arguments.actors);
    let visiting = moved && frame.kind == "CONSULT";
    let moves =
        visiting || implied::is_sent(&frame.kind) || implied::is_march(scene, frame, &arguments.actors);
    if moved {
        arguments.send(scene, sentence, candidate);
    }
    let asked = implied::is_asked(scene, syntax, candidate, (&frame.kind, &arguments.recipients));
    let own = implied::is_own(scene, &arguments.recipients, &arguments.actors) && !asked;
    let unknown = |&one: &ActorId| who::is_unsettled(scene.actors.get(one));
    let unknown = arguments.recipients.iter().all(unknown);
    // "In return Lima freed Juan Soto": to whom he is nothing says.
    let repaid = unknown && implied::is_repaid(syntax, candidate);
    let vague = unknown && is_vague(scene, around, arguments);
    let asks = own || repaid || vague || arguments.recipients.is_empty();
    if asks && !is_mutual(scene, frame, &arguments.actors) {
        let actors = &arguments.actors;
        let past =
            implied::Past { scene, events: around.before, contents: around.contents, sentence, actors };
        let implied = past.recipients(candidate, frame);
        arguments.replace_recipients(implied);
    }
    Open { visiting, moves, vague }
}

/// "The two governments agreed": with each other.
fn is_mutual(scene: &Scene<'_>, frame: &Frame, actors: &[ActorId]) -> bool {
    let agreed = || frame.kind == "AGREE" && !implied::is_own_side(scene, actors, &actors[..1]);
    actors.len() > 1 && (frame.reciprocal || agreed())
}

/// Whether somebody is asked for something, or threatened, whom at most a noun within the matter tells.
fn is_vague(scene: &Scene<'_>, around: Around<'_>, arguments: &Arguments) -> bool {
    let Around { syntax, candidate, frame, .. } = around;
    let within = |&word: &usize| syntax.deprel(word) == Deprel::Nmod;
    let official = |&one: &ActorId| who::is_of_state(scene.actors.get(one));
    let threat = frame.kind == "THREATEN" && arguments.actors.iter().all(official);
    (frame.kind == "REQUEST" || threat) && !candidate.nominal && arguments.recipient_words.iter().all(within)
}

/// Takes recipients who are still open from where things happen and from whom the report is about.
fn ask_report(
    scene: &mut Scene<'_>,
    around: Around<'_>,
    (open, place): (Open, Option<PlaceId>),
    arguments: &mut Arguments,
) {
    let frame = around.frame;
    if frame.kind == "SANCTION" && arguments.actors.len() == 1 {
        who::settle_officials(scene, &arguments.actors, &arguments.recipients);
    }
    if open.vague && !arguments.recipients.iter().any(|&one| scene.actors.get(one).code.is_some()) {
        let country = who::country_in_question(scene, &arguments.actors);
        let implied = implied::of_country(scene, &arguments.actors, country);
        arguments.replace_recipients(implied);
    }
    if arguments.recipients.is_empty() && !frame.reciprocal {
        let country = place.and_then(|place| scene.places.get(place).country.clone());
        // Envoys are sent to where others meet.
        let deeds = if open.visiting { &[] } else { around.before };
        let country = country.or_else(|| setting(scene, deeds, around.sentence, 1).filter(|_| open.moves));
        let question = || who::country_in_question(scene, &arguments.actors).filter(|_| open.visiting);
        let country = country.or_else(question);
        let local = implied::is_local(&frame.kind) || open.visiting;
        arguments.recipients = implied::of_country(scene, &arguments.actors, country.filter(|_| local));
    }
}

/// Types that a government does itself where it announces them.
const GOVERNING: &[&str] = &["AID", "COOPERATE", "CONCEDE", "RETREAT", "MOBILIZE", "SANCTION"];

/// "The minister said that observers would be sent": of what is to be done, nobody says by whom, the government that
/// announces it is the doer.
fn announcer(
    scene: &Scene<'_>,
    syntax: Syntax<'_>,
    candidate: &Candidate,
    (frame, effect): (&Frame, Effect),
    claims: &[Claim],
) -> Option<ActorId> {
    let open = matches!(effect, Effect::Planned | Effect::Conditional) && !candidate.nominal;
    let speaker = claims.first().filter(|_| open && GOVERNING.contains(&&*frame.kind))?.by?;
    let agentless = syntax.is_passive(candidate.word) && syntax.subject(candidate.word).is_none();
    (agentless && who::is_of_state(scene.actors.get(speaker))).then_some(speaker)
}

/// Gives people of whom no country is known the one where it happens, else where the sentences before were set; whom
/// the officers of a state arrest or silence are its own people.
fn settle(
    scene: &mut Scene<'_>,
    before: &[Event],
    sentence: usize,
    frame: &Frame,
    arguments: &Arguments,
    place: Option<PlaceId>,
) {
    let kind = &*frame.kind;
    let country = |scene: &Scene<'_>, place: PlaceId| scene.places.get(place).country.clone();
    let here = place.and_then(|place| country(scene, place));
    who::settle(scene, &arguments.actors, here.as_deref());
    let mut all = arguments.actors.iter().chain(&arguments.recipients);
    if !implied::is_local(kind) || !all.any(|&one| who::is_unsettled(scene.actors.get(one))) {
        return;
    }
    let at = |word: &usize| scene.places.at(sentence, *word);
    let named = arguments.recipient_words.iter().find_map(at).and_then(|place| country(scene, place));
    let near = before.iter().rev().take_while(|event| event.sentence + SETTING >= sentence);
    let of_events = |any: bool| {
        let local = near.clone().filter(|event| any || implied::is_local(&event.kind));
        local.filter_map(|event| event.place).find_map(|place| country(scene, place))
    };
    let question = || who::country_in_question(scene, &[]).filter(|_| kind == "ASSAULT");
    let setting = setting(scene, before, sentence, SETTING)
        .or_else(|| of_events(false))
        .or_else(question)
        .or_else(|| setting(scene, &[], sentence, SETTING))
        .or_else(|| of_events(true));
    let here = here.or(named);
    let scenes = here.as_deref().or(setting.as_deref());
    who::settle(scene, &arguments.actors, scenes);
    let policing = kind == "COERCE" || frame.mode.as_deref() == Some(implied::CROWD);
    let rulers = who::state_of_officers(scene, &arguments.actors).filter(|_| policing);
    let country = here.as_deref().or(rulers.as_deref()).or(scenes);
    who::settle_sufferers(scene, &arguments.recipients, country, rulers.is_some());
}

/// The country of the place where a sentence, or one of so many before it, says that something is; where people only
/// meet is no setting of what is done to others.
fn setting(scene: &Scene<'_>, before: &[Event], sentence: usize, back: usize) -> Option<String> {
    let near = before.iter().rev().take_while(|event| event.sentence + back >= sentence);
    let venues: Vec<PlaceId> =
        near.filter(|event| implied::is_gathering(&event.kind)).filter_map(|event| event.place).collect();
    let sentences = (sentence.saturating_sub(back)..=sentence).rev();
    sentences.into_iter().find_map(|sentence| {
        let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
        let at = |&word: &usize| matches!(syntax.case(word), Some("in" | "at" | "outside" | "near"));
        let places = (0..syntax.view.len()).filter(at).filter_map(|word| scene.places.at(sentence, word));
        places
            .into_iter()
            .filter(|place| !venues.contains(place))
            .find_map(|place| scene.places.get(place).country.clone())
    })
}

/// So many sentences back something else tells where people are.
const SETTING: usize = 3;

/// Whether a day is after the day of publication.
fn lies_ahead(scene: &Scene<'_>, first: Option<jiff::civil::Date>) -> bool {
    matches!((first, scene.parsed.document.published), (Some(first), Some(published)) if first > published)
}

/// The weight of a frame that asked for its object by name, or from a list.
const PLAIN: usize = 8;

struct Arguments {
    actors: Vec<ActorId>,
    recipients: Vec<ActorId>,
    actor_words: Vec<usize>,
    recipient_words: Vec<usize>,
    /// The first word of each side.
    sides: Sides,
}

impl Arguments {
    /// Puts others, if there are any, in the place of those whom the clause names.
    fn replace_recipients(&mut self, others: Vec<ActorId>) {
        if !others.is_empty() {
            self.recipients = others;
            self.recipient_words.clear();
        }
    }

    /// "sent its foreign minister to Cairo": the recipient is not who is sent, but who stands in a further place.
    fn send(&mut self, scene: &mut Scene<'_>, sentence: usize, candidate: &Candidate) {
        let sent = std::mem::take(&mut self.recipient_words);
        self.recipients.clear();
        let further =
            candidate.recipients.iter().filter(|group| !group.iter().any(|word| sent.contains(word)));
        let groups: Vec<Vec<usize>> = further.cloned().collect();
        let told = who::first(scene, sentence, &groups, &self.actors).map(|(told, _)| told);
        let told = told.into_iter().flatten();
        let abroad: Vec<who::Told> =
            told.filter(|&(one, _)| !implied::is_own_side(scene, &[one], &self.actors)).collect();
        (self.recipients, self.recipient_words) = abroad.into_iter().unzip();
    }

    /// Resolves both sides; `None` where the frame's needs are not met.
    fn resolve(
        scene: &mut Scene<'_>,
        sentence: usize,
        candidate: &Candidate,
        (frame, announcer): (&Frame, Option<ActorId>),
    ) -> Option<Arguments> {
        let of_people = matches!(&*frame.kind, "ASSAULT" | "PROTEST" | "COERCE" | "RETREAT" | "AID");
        let told = who::first(scene, sentence, &candidate.actors, &[]);
        let crowd = |scene: &mut Scene<'_>, groups| {
            if of_people { who::crowd(scene, sentence, groups) } else { None }
        };
        let (told, source) = told.or_else(|| crowd(scene, &candidate.actors)).unzip();
        let (mut actors, actor_words): (Vec<_>, Vec<_>) = told.into_iter().flatten().unzip();
        if actors.is_empty() {
            actors.extend(announcer);
        }
        let told = who::first(scene, sentence, &candidate.recipients, &actors);
        let (told, target) = told.or_else(|| crowd(scene, &candidate.recipients)).unzip();
        let (recipients, recipient_words): (Vec<_>, Vec<_>) = told.into_iter().flatten().unzip();
        let sides = Sides { source, target };
        let is_verb = scene.parsed.sentence(sentence).tree.upos(candidate.word) == Upos::Verb;
        let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
        // "he was freed", "are banned from entering": whoever did it, it was done to somebody who counts.
        let suffered = is_verb
            && actors.is_empty()
            && !frame.reciprocal
            && syntax.is_passive(candidate.word)
            && recipients.iter().any(|&one| who::is_political(scene.actors.get(one)));
        let political =
            |actors: &[ActorId]| actors.iter().any(|&actor| who::is_political(scene.actors.get(actor)));
        // "will provide transport": where the words are that plain, a political actor will do.
        let plain = is_verb && candidate.weight >= PLAIN && !frame.reciprocal && political(&actors);
        let met = match frame.needs {
            _ if suffered => true,
            Needs::Both | Needs::Political if plain => true,
            Needs::Recipient if is_verb && candidate.is_directed && political(&actors) => true,
            Needs::Either if candidate.nominal => {
                // "talks between Lima and the rebels": two, if only one of them is known.
                let several = |&word: &usize| syntax.view.tree.conjuncts(word).len() > 1;
                let named = candidate.actors.iter().flatten().any(several) && !actors.is_empty();
                let pair = frame.reciprocal && (actors.len() + recipients.len() >= 2 || named);
                pair || candidate.support.is_some() && !actors.is_empty() || !recipients.is_empty()
            }
            Needs::Either => !actors.is_empty() || !recipients.is_empty(),
            Needs::Actor => !actors.is_empty(),
            Needs::Recipient => !recipients.is_empty(),
            // Somebody's place must be filled, even if nobody is known there: "condemned the move", not "takes over".
            Needs::Both if frame.reciprocal => actors.len() + recipients.len() >= 2,
            Needs::Political | Needs::Both if !candidate.nominal && is_verb && !actors.is_empty() => {
                !recipients.is_empty() || candidate.is_directed && political(&actors)
            }
            Needs::Both | Needs::Political => {
                !actors.is_empty() && !recipients.is_empty() || frame.reciprocal && actors.len() >= 2
            }
        };
        // "Peru said that Peru must be patient" asks nobody for anything.
        let own = |&one: &ActorId| actors.iter().any(|&actor| who::is_same_state(scene, one, actor));
        let of_himself = !frame.modal.is_empty() && recipients.iter().all(own);
        let arguments = Arguments { actors, recipients, actor_words, recipient_words, sides };
        (met && !of_himself).then_some(arguments)
    }
}

/// The frame's contexts and those that words below the trigger give away, in alphabetical order.
fn contexts(data: &Data, syntax: Syntax<'_>, candidate: &Candidate, frame: &Frame) -> Vec<String> {
    let mut contexts = frame.contexts.clone();
    for lemma in syntax.lemmas_below(candidate.support.unwrap_or(candidate.word)) {
        let found = data.codebook.contexts_of(lemma).iter();
        contexts.extend(found.map(|&index| data.codebook.contexts[index as usize].name.clone()));
    }
    contexts.sort();
    contexts.dedup();
    contexts
}

/// A plain measure for where there is no model: a frame that asks for more words and finds both sides is surer.
fn confidence(candidate: &Candidate, arguments: &Arguments) -> f64 {
    let words = f64::from(u32::try_from(candidate.weight.min(16)).unwrap_or(16));
    let sides =
        f64::from(u8::from(!arguments.actors.is_empty()) + u8::from(!arguments.recipients.is_empty()));
    let nominal = if candidate.nominal && candidate.support.is_none() { 0.1 } else { 0.0 };
    let raw: f64 = 0.45 + 0.015 * words + 0.15 * sides - nominal;
    (raw * 100.0).round() / 100.0
}

/// The text that a candidate's arguments cover; used where two marked spans ask for the event between them.
pub(super) fn extent(syntax: Syntax<'_>, word: usize) -> Span {
    syntax.view.span_of(syntax.view.tree.extent(word))
}
