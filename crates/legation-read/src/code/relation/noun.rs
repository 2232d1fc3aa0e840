//! Relational nouns: "China's largest oil supplier", "a permanent member of the Security Council".

use super::{Relation, subjects};
use crate::{
    code::Scene,
    data::relations::{Pattern, RelationNoun},
    parse::{Deprel, SentenceView, Upos},
    resolve::{actor::ActorId, date::DateType},
};

/// The relation that a noun names, if it names one of two known parties.
pub(super) fn relation(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Option<Relation> {
    let tree = view.tree;
    if !matches!(tree.upos(word), Upos::Noun | Upos::Propn) {
        return None;
    }
    let entry = scene.data.relations.find(&view.word(word).to_lowercase())?;
    let other = other_party(scene, view, word, entry);
    let holder = holder(scene, view, word);
    let (from, to) = match entry.pattern {
        Pattern::Of => (holder, other),
        Pattern::Reverse => (other, holder),
        Pattern::Against => (holder.filter(|holder| Some(*holder) != other), other),
    };
    // one known party at least, and the second where the noun says nothing by itself
    to?;
    if from.is_none() && entry.pattern == Pattern::Reverse {
        return None;
    }
    let extent = tree.extent(word);
    Some(Relation {
        kind: entry.kind.to_string(),
        from,
        to,
        what: goods(view, word),
        value: None,
        since: since(scene, view),
        sentence: view.index,
        span: view.span_of(extent.start..extent.end.min(word + 12).max(word + 1)),
    })
}

/// The other party: a possessor, or a name after "of", "for", "to", "on", "against".
fn other_party(
    scene: &Scene<'_>,
    view: &SentenceView<'_>,
    noun: usize,
    entry: &RelationNoun,
) -> Option<ActorId> {
    let tree = view.tree;
    let at = |word: usize| scene.actors.at(view.index, word).first().copied();
    tree.children(noun)
        .find_map(|child| {
            let case = tree.child(child, Deprel::Case).map(|case| view.word(case).to_lowercase());
            let owner = tree.deprel(child) == Deprel::NmodPoss && entry.pattern != Pattern::Against;
            let named = matches!(
                (entry.pattern, case.as_deref()),
                (Pattern::Against, Some("against" | "on"))
                    | (Pattern::Of | Pattern::Reverse, Some("of" | "for" | "to" | "between"))
            );
            if owner || named { at(child) } else { None }
        })
        .or_else(|| {
            // "Russia's second-largest oil buyer", wherever the tree hangs "Russia"
            let owner =
                (noun.saturating_sub(6)..noun).rev().find(|&word| matches!(view.word(word), "'s" | "’s"))?;
            let owns = entry.pattern != Pattern::Against;
            owner.checked_sub(1).filter(|_| owns).and_then(at)
        })
}

/// The one who is it: the subject of "is", "remains", "became"; the noun before "as a member".
fn holder(scene: &Scene<'_>, view: &SentenceView<'_>, noun: usize) -> Option<ActorId> {
    let tree = view.tree;
    let subject = tree.children(noun).find(|&child| tree.deprel(child).is_subject());
    if let Some(subject) = subject {
        return scene.actors.at(view.index, subject).first().copied();
    }
    let linked = matches!(
        tree.deprel(noun),
        Deprel::Xcomp | Deprel::Obl | Deprel::Nmod | Deprel::Appos | Deprel::Conj | Deprel::Obj
    );
    if tree.deprel(noun) == Deprel::Appos {
        return scene.actors.at(view.index, tree.head(noun)?).first().copied();
    }
    linked
        .then(|| subjects(scene, view, noun).first().copied())
        .flatten()
        .or_else(|| before_copula(scene, view, noun))
}

/// Whoever stands right before "is", "remains" or "became" and the noun, where the tree shows no subject.
fn before_copula(scene: &Scene<'_>, view: &SentenceView<'_>, noun: usize) -> Option<ActorId> {
    const COPULAS: &[&str] = &["is", "are", "was", "were", "remains", "remained", "became", "becomes"];
    let copula = (noun.saturating_sub(12)..noun).rev().find(|&word| COPULAS.contains(&view.word(word)))?;
    let mut before = (copula.saturating_sub(3)..copula).rev();
    before.find_map(|word| scene.actors.at(view.index, word).first().copied())
}

/// What is supplied: a noun before the relational noun: "foreign oil supplier".
fn goods(view: &SentenceView<'_>, noun: usize) -> Option<String> {
    let tree = view.tree;
    let words: Vec<&str> = tree
        .children_by(noun, Deprel::Compound)
        .filter(|&child| child < noun && tree.upos(child) == Upos::Noun)
        .map(|child| view.word(child))
        .collect();
    (!words.is_empty()).then(|| words.join(" ").to_lowercase())
}

/// The value of "since 2023" in the sentence.
fn since(scene: &Scene<'_>, view: &SentenceView<'_>) -> Option<String> {
    scene.dates.of_sentence(view.index).take(8).find_map(|(_, date)| {
        let first = view.word_at(date.span.start)?;
        let named = view.word(first).eq_ignore_ascii_case("since");
        let before =
            first.checked_sub(1).is_some_and(|before| view.word(before).eq_ignore_ascii_case("since"));
        (date.kind == DateType::Date && (named || before)).then(|| date.value.clone()).flatten()
    })
}
