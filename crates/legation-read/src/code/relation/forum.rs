//! Bodies in which actors work together: "coordination through groups like BRICS", "cooperate within the OSCE".

use super::{Draft, Party, Relation};
use crate::{
    Span,
    code::{Scene, event::syntax::Syntax},
    data::relations::Use,
    parse::{SentenceView, Upos},
    resolve::actor::{ActorId, ActorKind},
};

/// How many words behind the word the bodies are looked for.
const NEAR: usize = 18;

/// The bodies through which those who work together do so.
pub(super) fn forum(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Option<Draft> {
    let syntax = Syntax { view: *view, frames: &scene.data.frames };
    let lemma = syntax.lemma(word);
    let pattern = scene.data.relations.find(lemma).find(|pattern| {
        let fits = (pattern.use_ == Use::Verb) == syntax.is_verbal(word);
        fits && &*scene.data.relations.kinds[pattern.kind].name == "forum"
    })?;
    let bodies: Vec<(usize, ActorId)> = (word + 1..view.len().min(word + NEAR))
        .filter_map(|next| {
            let id = *scene.actors.at(view.index, next).first()?;
            let actor = scene.actors.get(id);
            (actor.kind == ActorKind::Organisation && actor.code.is_some()).then_some((next, id))
        })
        .collect();
    let &(first, _) = bodies.first()?;
    let introduced = (word + 1..first).any(|next| {
        matches!(view.word(next), "through" | "within" | "in" | "like" | "via" | "including")
            && view.tree.upos(next) == Upos::Adp
    });
    let last = bodies.last().map_or(first, |&(last, _)| last);
    let mut names: Vec<&str> =
        bodies.iter().map(|&(_, actor)| scene.actors.get(actor).name.as_str()).collect();
    names.dedup();
    let mut from: Vec<Party> = subjects(scene, view, word).into_iter().map(Party::Actor).collect();
    // "coordination with Beijing"
    let with = syntax.phrase(word, "with").map(|with| view.tree.conjuncts(with)).unwrap_or_default();
    let with = with.into_iter().flat_map(|word| scene.actors.at(view.index, word));
    from.extend(with.map(|&id| Party::Actor(id)));
    let mut to: Vec<Party> = Vec::with_capacity(bodies.len());
    to.extend(bodies.iter().map(|&(_, body)| Party::Actor(body)));
    introduced.then(|| Draft {
        kind: pattern.kind,
        from,
        to,
        is_common: true,
        relation: Relation {
            what: Some(names.join(", ")),
            span: view.span_of(word..last + 1),
            ..blank("forum", view)
        },
    })
}

/// A relation of a kind of which nothing else is known yet.
pub(super) fn blank(kind: &str, view: &SentenceView<'_>) -> Relation {
    Relation {
        kind: kind.to_owned(),
        from: None,
        to: None,
        parties: Vec::new(),
        what: None,
        value: None,
        value_text: None,
        rank: None,
        since: None,
        until: None,
        sentence: view.index,
        span: Span::default(),
    }
}

/// Whom the nearest subject above a word stands for.
pub(super) fn subjects(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Vec<ActorId> {
    let tree = view.tree;
    let mut at = Some(word);
    for _ in 0..6 {
        let Some(word) = at else { break };
        if let Some(subject) = tree.children(word).find(|&child| tree.deprel(child).is_subject()) {
            let all = tree.conjuncts(subject).into_iter();
            return all.flat_map(|word| scene.actors.at(view.index, word).to_vec()).collect();
        }
        at = tree.head(word);
    }
    Vec::new()
}
