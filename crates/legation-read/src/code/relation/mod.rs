//! What simply is the case between actors: suppliers, members, targets, forums, sanctions.

mod amount;
mod noun;

use crate::{
    Span,
    code::Scene,
    parse::{Deprel, SentenceView, Upos},
    resolve::actor::{ActorId, ActorKind},
};

/// A state of affairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// supplies, member, target, forum, treaty ...
    pub kind: String,
    /// From whom.
    pub from: Option<ActorId>,
    /// To whom, or with whom.
    pub to: Option<ActorId>,
    /// Of what.
    pub what: Option<String>,
    /// An amount with its unit: `200000000000 USD`.
    pub value: Option<String>,
    /// TIMEX3 value of its beginning.
    pub since: Option<String>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words it rests on.
    pub span: Span,
}

/// Finds the relations of a document.
#[must_use]
pub fn find(scene: &mut Scene<'_>) -> Vec<Relation> {
    let scene = &*scene;
    let mut relations = Vec::new();
    for view in scene.parsed.sentences() {
        let before = relations.len();
        for word in 0..view.len() {
            relations.extend(noun::relation(scene, &view, word));
            relations.extend(target(scene, &view, word));
            relations.extend(forum(scene, &view, word));
            if relations.len() - before >= MOST {
                break;
            }
        }
    }
    relations
}

/// Relations in one sentence, at most: more is a table, not a sentence.
const MOST: usize = 16;

/// "increase trade to $200 billion": a goal for an amount, by whoever commits to it.
fn target(scene: &Scene<'_>, view: &SentenceView<'_>, verb: usize) -> Option<Relation> {
    const RAISING: &[&str] =
        &["increase", "raise", "boost", "expand", "lift", "grow", "bring", "cut", "reduce", "double"];
    const GOODS: &[&str] =
        &["trade", "turnover", "exports", "imports", "investment", "output", "spending", "production"];
    let tree = view.tree;
    if tree.upos(verb) != Upos::Verb || !RAISING.contains(&tree.lemma(verb)) {
        return None;
    }
    // a goal, not a deed: an infinitive or an -ing form under "commit", "plan", "agree"
    let open = tree.head(verb).is_some()
        && tree.deprel(verb) != Deprel::Conj
        && (view.word(verb).ends_with("ing") || tree.children(verb).any(|child| view.word(child) == "to"));
    let object = tree.child(verb, Deprel::Obj)?;
    let goods = tree.extent(object).find(|&word| GOODS.contains(&view.word(word).to_lowercase().as_str()))?;
    let to = (object..view.len().min(object + 10)).find(|&word| view.word(word) == "to")?;
    let amount = amount::at(view, to + 1)?;
    if !open {
        return None;
    }
    let parties = subjects(scene, view, verb);
    Some(Relation {
        kind: "target".to_owned(),
        from: parties.first().copied(),
        to: parties.get(1).copied(),
        what: Some(view.word(goods).to_lowercase()),
        value: Some(amount.value),
        since: None,
        sentence: view.index,
        span: view.span(verb).cover(amount.span),
    })
}

/// "coordination through groups like BRICS", "cooperate within the OSCE": bodies in which actors work together.
fn forum(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Option<Relation> {
    const WORKING: &[&str] =
        &["cooperation", "coordination", "cooperate", "coordinate", "collaborate", "collaboration"];
    let tree = view.tree;
    if !WORKING.contains(&view.word(word).to_lowercase().as_str()) {
        return None;
    }
    let bodies: Vec<(usize, ActorId)> = (word + 1..view.len().min(word + 18))
        .filter_map(|next| {
            let actor = *scene.actors.at(view.index, next).first()?;
            (scene.actors.get(actor).kind == ActorKind::Organisation).then_some((next, actor))
        })
        .collect();
    let &(first, body) = bodies.first()?;
    let introduced = (word + 1..first).any(|next| {
        matches!(view.word(next), "through" | "within" | "in" | "like" | "via" | "including")
            && tree.upos(next) == Upos::Adp
    });
    let last = bodies.last().map_or(first, |&(last, _)| last);
    let mut names: Vec<&str> =
        bodies.iter().map(|&(_, actor)| scene.actors.get(actor).name.as_str()).collect();
    names.dedup();
    introduced.then(|| Relation {
        kind: "forum".to_owned(),
        from: subjects(scene, view, word).first().copied(),
        to: Some(body),
        what: Some(names.join(", ")),
        value: None,
        since: None,
        sentence: view.index,
        span: view.span_of(word..last + 1),
    })
}

/// Whom the nearest subject above a word stands for.
fn subjects(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Vec<ActorId> {
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
