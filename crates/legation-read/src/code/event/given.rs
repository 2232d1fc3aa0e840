//! Events that somebody else has found: which type joins two marked actors, and whether a marked mention happened.

use super::{
    Status, build,
    candidate::{Candidate, Finder},
    status,
    syntax::Syntax,
};
use crate::{
    Span,
    data::{Data, frames::Effect},
    parse::Parsed,
};

/// The type that joins two marked actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// PLOVER type: `CONSULT`.
    pub kind: String,
    /// The frame that says so.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// The type of what the actor at `source` does to the one at `target`, both marked in one sentence; `None` when no frame
/// fires.
#[must_use]
pub fn between(parsed: Parsed<'_>, data: &Data, source: Option<Span>, target: Option<Span>) -> Option<Root> {
    let marked = source.or(target)?;
    let syntax = Syntax { view: parsed.sentence(parsed.sentence_at(marked.start)?), frames: &data.frames };
    let finder = Finder { syntax, frames: &data.frames };
    let candidates = finder.find();
    let inner = finder.inner(&candidates);
    let judge = status::Judge { syntax, operators: &data.frames.operators, inner: &inner };
    let scored = candidates
        .iter()
        .map(|candidate| (judge.effect(candidate.word), candidate))
        .filter(|(effect, _)| *effect != Effect::Drop)
        .map(|(effect, candidate)| (score(syntax, candidate, source, target), effect, candidate));
    let (score, effect, best) = scored.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    let frame = data.frames.get(best.frame);
    let quad = &data.codebook.get(&frame.kind)?.quad;
    let kind = as_reported(&frame.kind, quad, effect).to_owned();
    Some(Root { kind, rule: frame.id.clone(), confidence: f64::from(score.clamp(0, 100)) / 100.0 })
}

/// The type that PLOVER's coding rules give to an event that is to come, may come or did not come: cooperation to come is
/// AGREE, and withheld REJECT; force to come is THREATEN, and stopped RETREAT.
fn as_reported<'a>(kind: &'a str, quad: &str, effect: Effect) -> &'a str {
    let cooperates = quad.ends_with("cooperation");
    match effect {
        Effect::Planned | Effect::Conditional if cooperates => "AGREE",
        Effect::Negated | Effect::Cancelled if cooperates => "REJECT",
        Effect::Planned | Effect::Conditional if quad == "material-conflict" => "THREATEN",
        Effect::Negated | Effect::Cancelled if quad == "material-conflict" => "RETREAT",
        _ => kind,
    }
}

/// How well a candidate joins the two: its arguments are they, or it stands between or above them.
fn score(syntax: Syntax<'_>, candidate: &Candidate, source: Option<Span>, target: Option<Span>) -> i32 {
    let side = |groups: &[Vec<usize>], marked: Option<Span>, exact: i32| {
        let Some(marked) = marked else { return 0 };
        let mut best = 0;
        for &word in groups.iter().flatten() {
            if syntax.view.span(word).overlaps(marked) {
                best = best.max(exact);
            } else if build::extent(syntax, word).overlaps(marked) {
                best = best.max(exact * 2 / 3);
            }
        }
        best
    };
    let trigger = syntax.view.span(candidate.word);
    let depth = i32::try_from(syntax.view.tree.ancestors(candidate.word).count().min(15)).unwrap_or(15);
    let below = |marked: Option<Span>| {
        marked.is_some_and(|marked| build::extent(syntax, candidate.word).contains(marked))
    };
    let between = source.zip(target).is_some_and(|(source, target)| {
        source.start.min(target.start) < trigger.start && trigger.start < source.start.max(target.start)
    });
    let within = [source, target].into_iter().flatten().any(|marked| marked.contains(trigger));
    side(&candidate.actors, source, 40)
        + side(&candidate.recipients, target, 40)
        + i32::from(below(source)) * 4
        + i32::from(below(target)) * 4
        + i32::from(between) * 10
        - i32::from(within) * 12
        - depth
        + i32::try_from(candidate.weight.min(20)).unwrap_or(20) / 4
}

/// Whether a marked mention of an event, of whatever kind, happened.
#[must_use]
pub fn status_at(parsed: Parsed<'_>, data: &Data, mention: Span) -> Status {
    let Some(sentence) = parsed.sentence_at(mention.start) else { return Status::Happened };
    let syntax = Syntax { view: parsed.sentence(sentence), frames: &data.frames };
    let words: Vec<usize> =
        (0..syntax.view.len()).filter(|&word| syntax.view.span(word).overlaps(mention)).collect();
    let top = words.iter().copied().find(|&word| syntax.head(word).is_none_or(|head| !words.contains(&head)));
    let Some(word) = top else { return Status::Happened };
    let finder = Finder { syntax, frames: &data.frames };
    let inner = finder.inner(&finder.find());
    status::status(status::Judge { syntax, operators: &data.frames.operators, inner: &inner }.effect(word))
}
