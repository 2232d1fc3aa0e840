//! The other side of an event that names nobody there: "rejected the criticism", "asked for the delay".
//!
//! Only where the words point back, by a pronoun or a definite noun without a name of its own, is somebody looked for: the
//! one who did what the noun names, else the one with whom the actor was last seen in an event.

use super::{Event, Status, candidate::Candidate, claim::Contents, syntax::Syntax, who};
use crate::{
    code::Scene,
    data::{
        frames::{Frame, Trigger},
        reference::WordUse,
        speech::SpeechRole,
    },
    parse::{Deprel, Upos},
    resolve::actor::{Actor, ActorId, ActorKind},
};

/// How many sentences back an other side is looked for, and how many for what a noun names.
const REACH: usize = 4;
const FAR: usize = 8;

/// Types that are aimed at somebody, so that an other side is missing where none is named.
const AIMED: &[&str] =
    &["REJECT", "ACCUSE", "REQUEST", "AGREE", "THREATEN", "SANCTION", "SUPPORT", "CONCEDE", "CONSULT"];

/// Types that states do to each other even where the words name nobody: "suspended ministerial contacts".
const DEALING: &[&str] = &["SANCTION", "CONCEDE", "REQUEST", "ACCUSE"];

/// Whether a predicate deals with somebody whom nothing below it names: "suspended ministerial contacts", not "called for
/// calm", nor "lifted the curfew".
fn is_unnamed(syntax: Syntax<'_>, candidate: &Candidate, kind: &str) -> bool {
    let object = syntax.object(candidate.word);
    let words = [object, syntax.clause(candidate.word)].into_iter().flatten();
    let words: Vec<usize> = words.chain(candidate.recipients.iter().flatten().copied()).collect();
    let proper = |word: usize| syntax.upos(word) == Upos::Propn && !syntax.is_time(word);
    let named = |&top: &usize| syntax.view.tree.subtree(top).into_iter().any(proper);
    let fits = match kind {
        "REQUEST" => words.iter().any(|&word| syntax.child(word, Deprel::Det).is_some()),
        "CONCEDE" => object.is_some_and(|noun| kinds_of(syntax, noun).contains(&"SANCTION")),
        _ => true,
    };
    fits && !words.is_empty() && !words.iter().any(named)
}

/// The types that a noun may name.
fn kinds_of<'a>(syntax: Syntax<'a>, noun: usize) -> Vec<&'a str> {
    // "the pull-out"
    let joined = syntax.joined(noun);
    let lemma = joined.as_deref().unwrap_or_else(|| syntax.lemma(noun));
    let triggers = match syntax.frames.of_noun(lemma) {
        [] => lemma.strip_suffix('s').map_or(&[][..], |lemma| syntax.frames.of_noun(lemma)),
        triggers => triggers,
    };
    // "the exchange" is none of fire.
    let stands = |lemma: &str| syntax.children(noun).any(|child| syntax.is_lemma(child, lemma));
    let fits = |trigger: &&Trigger| {
        let phrase = trigger.phrase.as_ref().and_then(|(_, noun)| noun.as_deref());
        phrase.is_none_or(stands)
    };
    triggers.iter().filter(fits).map(|trigger| syntax.frames.get(trigger.frame).kind.as_str()).collect()
}

/// The events before one, asked for its other side.
pub(super) struct Past<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) events: &'a [Event],
    pub(super) contents: &'a Contents<'a>,
    pub(super) sentence: usize,
    pub(super) actors: &'a [ActorId],
}

impl Past<'_> {
    /// Whom the words in a recipient's place point back to.
    pub(super) fn recipients(&self, candidate: &Candidate, frame: &Frame) -> Vec<ActorId> {
        if self.actors.is_empty() || candidate.nominal {
            return Vec::new();
        }
        let kind = &*frame.kind;
        let scene = self.scene;
        let syntax = Syntax { view: scene.parsed.sentence(self.sentence), frames: &scene.data.frames };
        if frame.mode.as_deref() == Some(CROWD) {
            return self.protesters().unwrap_or_default();
        }
        if let Some(bound) = self.condition(syntax, candidate) {
            return bound;
        }
        if is_repaid(syntax, candidate) {
            return self.beside().unwrap_or_default();
        }
        if GIVING.contains(&kind) {
            return self.asking().unwrap_or_default();
        }
        if !AIMED.contains(&kind) {
            return Vec::new();
        }
        match pointing(syntax, candidate) {
            Some(word) => {
                let kinds = kinds_of(syntax, word);
                self.of_kinds(&kinds)
                    .or_else(|| self.speaker(syntax, candidate, word))
                    .or_else(|| self.beside())
                    .or_else(|| self.latest(kind))
                    .unwrap_or_default()
            }
            None if ANSWERS.contains(&kind) && is_bare(syntax, candidate) => {
                self.asking().unwrap_or_default()
            }
            None => {
                let truce = kind == "REQUEST" && asks_for_truce(syntax, candidate);
                let mutual = kind != "CONSULT" && self.is_mutual(syntax, candidate);
                let dealing = (DEALING.contains(&kind) || mutual) && is_unnamed(syntax, candidate, kind);
                let fighting = if truce { self.fighting() } else { None };
                let other = || self.alike(kind).or_else(|| self.beside());
                fighting.or_else(|| if dealing { other() } else { None }).unwrap_or_default()
            }
        }
    }

    /// "restored relations": what two have with each other.
    fn is_mutual(&self, syntax: Syntax<'_>, candidate: &Candidate) -> bool {
        let object = syntax.object(candidate.word).map(|object| syntax.lemma(object));
        object.is_some_and(|lemma| {
            let has = |lemma: &str| self.scene.data.reference.has_use(lemma, WordUse::Mutual);
            has(lemma) || lemma.strip_suffix('s').is_some_and(has)
        })
    }

    /// "rejected the remarks", "a claim which Dublin rejected": whoever said so.
    fn speaker(&self, syntax: Syntax<'_>, candidate: &Candidate, noun: usize) -> Option<Vec<ActorId>> {
        let mut words = self.scene.data.speech.words(syntax.lemma(noun));
        if !words.any(|word| word.role == SpeechRole::Noun) {
            return None;
        }
        let trigger = syntax.view.span(candidate.word);
        let foreign = |speaker| !self.others(&[speaker]).is_empty();
        self.contents.speaker_before(trigger, (self.sentence, REACH), foreign).map(|speaker| vec![speaker])
    }

    /// Those who last protested: "Police fired rubber bullets."
    fn protesters(&self) -> Option<Vec<ActorId>> {
        let mut events = self.within(REACH).filter(|event| event.kind == "PROTEST");
        events.find(|event| !event.actors.is_empty()).map(|event| event.actors.clone())
    }

    /// Whoever did something last: "called the decision unwise"; of what is brokered, the two who did it.
    fn latest(&self, kind: &str) -> Option<Vec<ActorId>> {
        let least = match kind {
            "ACCUSE" => 1,
            "CONSULT" => 2,
            _ => return None,
        };
        self.within(1).map(|event| self.others(&event.actors)).find(|others| others.len() >= least)
    }

    /// "would be eased if Libya complied": on whose deed it hangs.
    fn condition(&self, syntax: Syntax<'_>, candidate: &Candidate) -> Option<Vec<ActorId>> {
        let subject = syntax.condition(candidate.word)?;
        let others = self.others(self.scene.actors.at(self.sentence, subject));
        (!others.is_empty()).then_some(others)
    }

    /// Whoever last asked one for something: "Kigali refused", "will fly in aid".
    fn asking(&self) -> Option<Vec<ActorId>> {
        let asked = |event: &&Event| {
            event.kind == "REQUEST"
                && event
                    .recipients
                    .iter()
                    .any(|&one| self.actors.iter().any(|&actor| is_one_side(self.scene, one, actor)))
        };
        let events = self.within(REACH).filter(asked);
        events.map(|event| self.others(&event.actors)).find(|others| !others.is_empty())
    }

    /// The two sides of the last fighting, of which one is none: "called for a ceasefire".
    fn fighting(&self) -> Option<Vec<ActorId>> {
        let sides = |event: &Event| {
            let all: Vec<ActorId> = event.actors.iter().chain(&event.recipients).copied().collect();
            self.others(&all)
        };
        let apart = |sides: &Vec<ActorId>| match sides[..] {
            [first, ref rest @ ..] => rest.iter().any(|&other| !is_one_side(self.scene, first, other)),
            [] => false,
        };
        self.within(FAR).filter(|event| event.kind == "ASSAULT").map(sides).find(apart)
    }

    /// The latest first, up to so many sentences back.
    fn within(&self, reach: usize) -> impl Iterator<Item = &Event> {
        let near = self.events.iter().rev().take_while(move |event| event.sentence + reach >= self.sentence);
        near.filter(|event| event.actors.len() + event.recipients.len() > 0)
    }

    /// The other side of what a noun points back to: who did it, or to whom one did it oneself.
    fn of_kinds(&self, kinds: &[&str]) -> Option<Vec<ActorId>> {
        let of_kinds = || self.within(FAR).filter(|event| kinds.contains(&event.kind.as_str()));
        let done = |event: &&Event| matches!(event.status, Status::Happened | Status::Ongoing);
        of_kinds()
            .filter(done)
            .chain(of_kinds())
            .map(|event| match self.others(&event.actors) {
                doers if !doers.is_empty() => doers,
                _ if is_own_side(self.scene, &event.actors, self.actors) => self.others(&event.recipients),
                doers => doers,
            })
            .find(|others| !others.is_empty())
    }

    /// To whom somebody else has just done the like: "Norway cut off aid to Chad; Japan froze grants".
    fn alike(&self, kind: &str) -> Option<Vec<ActorId>> {
        let events = self.within(0).filter(|event| event.kind == kind);
        events.map(|event| self.others(&event.recipients)).find(|others| !others.is_empty())
    }

    /// With whom one was last seen in an event.
    fn beside(&self) -> Option<Vec<ActorId>> {
        let own = |event: &&Event| {
            let mut all = event.actors.iter().chain(&event.recipients);
            all.any(|&one| self.actors.iter().any(|&actor| is_one_side(self.scene, one, actor)))
        };
        let others = |event: &Event| {
            let all: Vec<ActorId> = event.actors.iter().chain(&event.recipients).copied().collect();
            self.others(&all)
        };
        self.within(REACH).filter(own).map(others).find(|others| !others.is_empty())
    }

    fn others(&self, all: &[ActorId]) -> Vec<ActorId> {
        others(self.scene, all, self.actors)
    }
}

/// The mode of what police do to a crowd.
pub(super) const CROWD: &str = "crowd-control";

/// Types that answer what somebody asked for, and those that give it.
const ANSWERS: &[&str] = &["REJECT", "AGREE"];
const GIVING: &[&str] = &["AID"];

/// Whether nothing stands where the other side or the matter might: "Tokyo refused".
fn is_bare(syntax: Syntax<'_>, candidate: &Candidate) -> bool {
    syntax.object(candidate.word).is_none()
        && syntax.clause(candidate.word).is_none()
        && candidate.recipients.iter().flatten().next().is_none()
}

/// "urged a permanent ceasefire": an end of fighting is asked of those who fight.
fn asks_for_truce(syntax: Syntax<'_>, candidate: &Candidate) -> bool {
    let nouns = candidate.anchors.iter().filter(|&&noun| syntax.is_nominal(noun));
    let below: Vec<usize> = nouns.flat_map(|&noun| syntax.view.tree.subtree(noun)).collect();
    let named = |&word: &usize| syntax.upos(word) == Upos::Propn && !syntax.is_time(word);
    below.iter().any(|&word| syntax.frames.operators.is_truce(syntax.lemma(word))) && !below.iter().any(named)
}

/// Types done to those in whose country they are done: "marines built a hospital in Monrovia".
const LOCAL: &[&str] = &["AID", "ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "PROTEST"];

/// Types for which people come together somewhere, be it far from what they talk about.
const GATHERING: &[&str] = &["CONSULT", "AGREE", "SUPPORT", "COOPERATE"];

/// Whether a type is done by people who come together.
pub(super) fn is_gathering(kind: &str) -> bool {
    GATHERING.contains(&kind)
}

/// Whether a type is done where those are to whom it is done.
pub(super) fn is_local(kind: &str) -> bool {
    LOCAL.contains(&kind)
}

/// Types in which one's own forces and envoys are what is moved, not to whom it is done: "withdrew its troops".
const MOVING: &[&str] = &["RETREAT", "SANCTION", "MOBILIZE", "SUPPORT"];

/// Whether the recipients are but what the actors move.
pub(super) fn is_moved(scene: &Scene<'_>, kind: &str, recipients: &[ActorId], actors: &[ActorId]) -> bool {
    let servants =
        |&one: &ActorId| matches!(scene.actors.get(one).sector.as_deref(), Some("MIL" | "GOV" | "COP"));
    // "Rwanda sent its foreign minister", whom the register knows; "sent a deputy foreign minister".
    let states = |&one: &ActorId| {
        let actor = scene.actors.get(one);
        match actor.kind {
            ActorKind::State | ActorKind::Government => true,
            ActorKind::Organisation => actor.sector.as_deref() == Some("IGO"),
            _ => false,
        }
    };
    let unsettled = || recipients.iter().all(|&one| who::is_unsettled(scene.actors.get(one)));
    let own = match kind {
        "CONSULT" => {
            let own = is_own_side(scene, recipients, actors) || !recipients.is_empty() && unsettled();
            own && actors.iter().all(states)
        }
        _ => MOVING.contains(&kind) && is_own(scene, recipients, actors),
    };
    own && recipients.iter().all(servants)
}

/// Whether what a type sends arrives where the text is, be it not said again: "troops crossed the border".
pub(super) fn is_sent(kind: &str) -> bool {
    matches!(kind, "AID" | "MOBILIZE")
}

/// Whether soldiers strike where the text is: "troops crossed the border".
pub(super) fn is_march(scene: &Scene<'_>, frame: &Frame, actors: &[ActorId]) -> bool {
    let soldiers = |&one: &ActorId| scene.actors.get(one).sector.as_deref() == Some("MIL");
    frame.kind == "ASSAULT" && actors.iter().all(soldiers)
}

/// The state in which somebody from elsewhere acts, where no recipient is named.
pub(super) fn of_country(scene: &mut Scene<'_>, actors: &[ActorId], country: Option<String>) -> Vec<ActorId> {
    let Some(country) = country.filter(|_| !actors.is_empty()) else {
        return Vec::new();
    };
    let foreign = actors.iter().all(|&actor| {
        let actor = scene.actors.get(actor);
        actor.code.is_some() && actor.country.as_ref() != Some(&country)
    });
    if foreign { vec![scene.actors.state(&country, scene.data)] } else { Vec::new() }
}

/// The word that points back: "it", "the criticism", "a rejected offer" does not.
fn pointing(syntax: Syntax<'_>, candidate: &Candidate) -> Option<usize> {
    let below = syntax.clause(candidate.word);
    let objects = [syntax.object(candidate.word), below.and_then(|clause| syntax.object(clause))];
    let words = objects.into_iter().flatten().chain(candidate.recipients.iter().flatten().copied());
    let mut words = words.chain(below.and_then(|clause| syntax.surface_subject(clause)));
    words.find(|&word| match syntax.upos(word) {
        Upos::Pron => matches!(syntax.lemma(word), "it" | "that" | "this" | "they" | "them"),
        Upos::Noun => {
            let definite = syntax.children(word).any(|child| {
                syntax.deprel(child) == Deprel::Det
                    && matches!(syntax.lemma(child), "the" | "this" | "that" | "these" | "those" | "such")
                    || syntax.deprel(child) == Deprel::NmodPoss && syntax.upos(child) == Upos::Pron
            });
            // "a claim which Dublin rejected"
            let inside = syntax.view.tree.is_under(candidate.word, word);
            let own = |below: usize| !(inside && syntax.view.tree.is_under(below, candidate.word));
            let below = syntax.view.tree.subtree(word);
            let named = below.into_iter().any(|below| syntax.upos(below) == Upos::Propn && own(below));
            let relative = syntax.deprel(candidate.word) == Deprel::AclRelcl
                && syntax.head(candidate.word) == Some(word);
            (definite || relative) && !named
        }
        _ => false,
    })
}

/// Whether the recipients are the actors' own people: "recalled its ambassador" is aimed at somebody else.
pub(super) fn is_own(scene: &Scene<'_>, recipients: &[ActorId], actors: &[ActorId]) -> bool {
    // What a party does to its government is aimed at it.
    let apart = |&one: &ActorId| {
        matches!(scene.actors.get(one).sector.as_deref(), Some("PTY" | "OPP" | "REB" | "CVL" | "LEG" | "JUD"))
    };
    // "The junta recalled its envoys": a government's own state is not whom it deals with.
    let rules = |&one: &ActorId| matches!(scene.actors.get(one).kind, ActorKind::Government);
    let rulers = actors.iter().all(rules);
    // "Seoul protested: its foreign minister summoned the envoy"
    let states = actors.iter().all(|&one| scene.actors.get(one).kind == ActorKind::State);
    let minister =
        |known: &Actor| states && known.kind == ActorKind::Person && known.sector.as_deref() == Some("GOV");
    !recipients.is_empty()
        && !actors.iter().any(apart)
        && recipients.iter().all(|&one| {
            let known = scene.actors.get(one);
            (known.kind != ActorKind::State && (known.register.is_none() || minister(known))
                || known.kind == ActorKind::State && rulers)
                && actors.iter().any(|&actor| is_one_side(scene, one, actor))
        })
}

/// "In return Oslo closed its border": whether it is done to whoever did something before.
pub(super) fn is_repaid(syntax: Syntax<'_>, candidate: &Candidate) -> bool {
    let mut phrases = syntax.phrases(candidate.word, "in");
    !candidate.nominal && phrases.any(|noun| syntax.frames.operators.is_return(syntax.lemma(noun)))
}

/// Whether one asks people of one's own for something: "urged his people to vote".
pub(super) fn is_asked(
    scene: &Scene<'_>,
    syntax: Syntax<'_>,
    candidate: &Candidate,
    (kind, recipients): (&str, &[ActorId]),
) -> bool {
    let people =
        |&one: &ActorId| !matches!(scene.actors.get(one).sector.as_deref(), Some("GOV" | "MIL" | "COP"));
    let object = syntax.object(candidate.word);
    let asked =
        object.is_some() && object == candidate.recipients.first().and_then(|group| group.first()).copied();
    kind == "REQUEST" && asked && recipients.iter().all(people)
}

/// Whether all of these are of the others' side.
pub(super) fn is_own_side(scene: &Scene<'_>, all: &[ActorId], own: &[ActorId]) -> bool {
    !all.is_empty() && all.iter().all(|&one| own.iter().any(|&actor| is_one_side(scene, one, actor)))
}

fn others(scene: &Scene<'_>, all: &[ActorId], own: &[ActorId]) -> Vec<ActorId> {
    let foreign = |&one: &ActorId| !own.iter().any(|&actor| is_one_side(scene, one, actor));
    let known = |&one: &ActorId| {
        let actor = scene.actors.get(one);
        actor.code.is_some() && !matches!(actor.kind, ActorKind::Unknown | ActorKind::Outlet)
    };
    all.iter().copied().filter(foreign).filter(known).collect()
}

/// Whether two are the same or of the same state.
fn is_one_side(scene: &Scene<'_>, one: ActorId, other: ActorId) -> bool {
    let (first, second) = (scene.actors.get(one), scene.actors.get(other));
    let body = first.country.is_none() && second.country.is_none() && first.code.is_some();
    one == other
        || first.country.is_some() && first.country == second.country
        || body && first.code == second.code
}
