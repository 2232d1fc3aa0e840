//! Words in argument places in, actors out.

use super::syntax::Syntax;
use crate::{
    code::Scene,
    parse::{Deprel, Upos},
    resolve::actor::ActorId,
};

/// Whom the first group of words that stands for somebody but `others` stands for, with its first word: in "closed
/// its border with Chad" the border is the actor's own, so that the next place in the tree is asked.
pub(super) fn first(
    scene: &mut Scene<'_>,
    sentence: usize,
    groups: &[Vec<usize>],
    others: &[ActorId],
) -> Option<(Vec<ActorId>, usize)> {
    for group in groups {
        let mut actors = Vec::new();
        for &word in group {
            for actor in phrase(scene, sentence, word) {
                if !actors.contains(&actor) && !others.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
        if let Some(&word) = group.first().filter(|_| !actors.is_empty()) {
            return Some((actors, word));
        }
    }
    None
}

/// Whom a phrase and its coordinates stand for.
fn phrase(scene: &mut Scene<'_>, sentence: usize, word: usize) -> Vec<ActorId> {
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let conjuncts = syntax.view.tree.conjuncts(word);
    let nominal = |&word: &usize| !syntax.is_verbal(word);
    conjuncts.into_iter().filter(nominal).flat_map(|word| one(scene, syntax, sentence, word)).collect()
}

/// Whom one phrase stands for: itself, else the country of the place it names, else who is named in it.
fn one(scene: &mut Scene<'_>, syntax: Syntax<'_>, sentence: usize, word: usize) -> Vec<ActorId> {
    let direct = named(scene, sentence, word);
    if !direct.is_empty() {
        return direct;
    }
    if syntax.upos(word) == Upos::Pron {
        return Vec::new();
    }
    for below in inside(syntax, word) {
        let found: Vec<ActorId> = syntax
            .view
            .tree
            .conjuncts(below)
            .into_iter()
            .flat_map(|word| named(scene, sentence, word))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whom the word itself stands for.
fn named(scene: &mut Scene<'_>, sentence: usize, word: usize) -> Vec<ActorId> {
    let actors = scene.actors.at(sentence, word);
    if !actors.is_empty() {
        return actors.to_vec();
    }
    let place = scene.places.at(sentence, word).map(|place| scene.places.get(place));
    match place.and_then(|place| place.country.clone()) {
        Some(country) => vec![scene.actors.state(&country, scene.data)],
        None => Vec::new(),
    }
}

/// Where somebody may be named inside a phrase, best first, with the prepositions that lead there.
const INSIDE: &[(Deprel, &[&str])] = &[
    (Deprel::Appos, &[]),
    (Deprel::NmodPoss, &[]),
    (Deprel::Flat, &[]),
    (Deprel::Amod, &[]),
    (Deprel::Compound, &[]),
    (Deprel::Nmod, &["of", "from", "in", "by", "at"]),
    (Deprel::Nmod, &["between", "on", "against", "with", "to"]),
];

/// The words inside a phrase that may say whose it is, nearest first: apposition, possessor, "of", attribute.
fn inside(syntax: Syntax<'_>, word: usize) -> Vec<usize> {
    let mut words = Vec::new();
    let mut tops = vec![word];
    for _ in 0..2 {
        let mut next = Vec::new();
        for &top in &tops {
            for (wanted, cases) in INSIDE {
                let fits = |&child: &usize| {
                    syntax.deprel(child) == *wanted
                        && (cases.is_empty() || syntax.case(child).is_some_and(|case| cases.contains(&case)))
                };
                let found = words.len();
                words.extend(syntax.children(top).filter(fits));
                next.extend_from_slice(&words[found..]);
            }
        }
        tops = next;
    }
    words
}
