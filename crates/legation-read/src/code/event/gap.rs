//! Events that no frame names, where the model is sure of what one known party did to another.

use super::{
    candidate::{Candidate, Finder},
    learned::{Joins, Likely, Look, Model, Seen, Set, Sides},
    status::Judge,
    syntax::Syntax,
    who,
};
use crate::{code::Scene, data::frames::Effect, parse::Upos, resolve::actor::ActorId};

/// How likely a type must be.
const SURE: f32 = 0.58;

/// Where a recipient may stand, best first, after the object.
const WAYS: [&str; 9] = ["with", "against", "to", "on", "at", "for", "from", "over", "of"];

/// Verbs between two known parties that no frame names, each of the type that the model gives it; in the order of the
/// words.
pub(super) fn candidates(
    scene: &Scene<'_>,
    sentence: usize,
    judge: &Judge<'_>,
    known: &[Candidate],
) -> Vec<Candidate> {
    let Some(model) = Model::shipped() else { return Vec::new() };
    let syntax = judge.syntax;
    let gap = Gap { scene, sentence, syntax };
    // What somebody says or did not do is no event for want of a better name; where a frame fires on the verb and yet no
    // event came of it there were reasons; of an event in the object the verb says something else ("debated aid").
    let finder = Finder { syntax, frames: syntax.frames };
    let names_event = |object| !syntax.frames.of_noun(syntax.lemma(object)).is_empty();
    let is_refused =
        |word: usize| syntax.object(word).is_some_and(names_event) || !finder.all_at(word, 0).is_empty();
    let is_free = |&word: &usize| {
        syntax.upos(word) == Upos::Verb
            && scene.data.speech.verbs(syntax.lemma(word)).next().is_none()
            && !known.iter().any(|candidate| candidate.word == word || candidate.anchors.contains(&word))
    };
    let mut seen = Seen::default();
    let look = Look { syntax, frames: syntax.frames, judge, parser: scene.parser };
    let mut found = Vec::new();
    for word in (0..syntax.view.len()).filter(is_free) {
        let Some((source, target)) = gap.sides(word) else { continue };
        if judge.effect(word) >= Effect::Negated || is_refused(word) {
            continue;
        }
        let sides = Sides { source: Some(source), target: Some(target) };
        look.see(word, sides, (std::iter::empty(), Joins::default()), &mut seen);
        let likely = Likely::of_any(&[model.scores(&seen, scene.parser, Set::Own)]);
        let surest = likely.all().fold(("", SURE), |best, next| if next.1 > best.1 { next } else { best });
        let Some(frame) = syntax.frames.learned(surest.0) else { continue };
        found.push(Candidate {
            word,
            frame,
            anchors: [word].into_iter().chain(syntax.object(word)).collect(),
            support: None,
            actors: vec![vec![source]],
            recipients: vec![vec![target]],
            used: Vec::new(),
            missed: 0,
            weight: 0,
            nominal: false,
            is_directed: true,
            others: Vec::new(),
        });
    }
    found
}

struct Gap<'a> {
    scene: &'a Scene<'a>,
    sentence: usize,
    syntax: Syntax<'a>,
}

impl Gap<'_> {
    /// The words that stand for two different political actors on either side of a verb.
    fn sides(&self, word: usize) -> Option<(usize, usize)> {
        let syntax = &self.syntax;
        let source = syntax.subject(word)?;
        let actor = self.political(source)?;
        let is_other = |&target: &usize| self.political(target).is_some_and(|one| one != actor);
        let phrases = WAYS.iter().filter_map(|way| syntax.phrase(word, way));
        let target = syntax.object(word).into_iter().chain(phrases).find(is_other)?;
        Some((source, target))
    }

    fn political(&self, word: usize) -> Option<ActorId> {
        let actors = self.scene.actors.at(self.sentence, word);
        actors.iter().copied().find(|&actor| who::is_political(self.scene.actors.get(actor)))
    }
}
