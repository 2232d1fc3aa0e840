//! Events that somebody else has found: which type joins two marked actors, and whether a marked mention happened.

use super::{
    Status, build,
    candidate::{Candidate, Finder},
    learned::{self, Joins, Likely, Look, Model, Scores, Seen, Set, Sides},
    status,
    syntax::Syntax,
};
use crate::{
    Span,
    data::{
        Data,
        frames::{Effect, LEARNED},
    },
    parse::{Deprel, Parsed, Parser, Upos},
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

/// The type of what the actor at `source` does to the one at `target`, both marked in one sentence; `None` when no word of
/// the sentence is known to any frame and no model is there.
///
/// The model weighs all words of the sentence; the type of the frame that joins the two best counts for more, the better it
/// joins them.
#[must_use]
pub fn between(
    parsed: Parsed<'_>,
    reader: (&Data, &Parser),
    source: Option<Span>,
    target: Option<Span>,
) -> Option<Root> {
    let frames = by_frames(parsed, reader.0, source, target);
    let Some(model) = Model::shipped() else { return frames };
    let words = judged_between(parsed, reader, source, target);
    if words.is_empty() {
        return frames;
    }
    let scores = |set| -> Vec<_> { words.iter().map(|word| model.scores(&word.1, reader.1, set)).collect() };
    let likely = Likely::of_any(&scores(Set::Reported)).mixed(&own(&scores(Set::Own), &words, reader.0));
    let bonus = |kind: &str| match &frames {
        Some(root) if root.kind == kind => BONUS * root.confidence,
        _ => 0.0,
    };
    let weighed = || likely.all().map(|(kind, share)| (kind, f64::from(share) * learned::exp(bonus(kind))));
    let all: f64 = weighed().map(|(_, weight)| weight).sum();
    let (kind, weight) = weighed().fold(("", 0.0), |best, next| if next.1 > best.1 { next } else { best });
    let rule = frames.filter(|root| root.kind == kind).map_or_else(|| LEARNED.to_owned(), |root| root.rule);
    Some(Root { kind: kind.to_owned(), rule, confidence: weight / all })
}

/// The types of what the words name, each under the type that PLOVER reports it by, given whether it happened.
fn own(scores: &[Scores], words: &[(usize, Seen, Effect)], data: &Data) -> Likely {
    let reported = |index: usize, kind: &'static str| -> &str {
        let Some(entry) = data.codebook.get(kind) else { return kind };
        as_reported(kind, &entry.quad, status::status(status::announced(words[index].2, kind)))
    };
    Likely::of_any_as(scores, reported)
}

/// How much a frame that joins the two perfectly adds to the logarithm of how likely its type is. Of 150 written sentences that
/// neither frames nor model were made from, 2 to 3 read most; cross-validation on the model's own sentences, which it knows
/// better than news, finds 0.5 to 1.5. The least of what the former ask for.
const BONUS: f64 = 2.0;

/// The type that the frames alone give.
///
/// The frame that joins the two is the one whose places they fill and that stands where their ways up the tree meet. Where
/// no frame does, one that misses a single condition is taken, then one that misses two.
#[must_use]
pub fn by_frames(
    parsed: Parsed<'_>,
    data: &Data,
    source: Option<Span>,
    target: Option<Span>,
) -> Option<Root> {
    let syntax =
        Syntax { view: parsed.sentence(sentence_of(parsed, source.or(target))?), frames: &data.frames };
    let finder = Finder { syntax, frames: &data.frames };
    let inner = finder.inner(&finder.find());
    let judge = status::Judge::new(syntax, &inner);
    let pair = Pair::new(syntax, source, target);
    let mut best: Option<(i32, Effect, Candidate)> = None;
    for slack in 0..=SLACK {
        for word in 0..syntax.view.len() {
            let effect = judge.effect(word);
            for candidate in finder.all_at(word, slack) {
                let dropped = i32::from(effect == Effect::Drop) * 35;
                let missed = i32::try_from(candidate.missed).unwrap_or(0);
                let effect = if data.frames.get(candidate.frame).negated { Effect::Keep } else { effect };
                let score = pair.score(&candidate) - dropped - missed;
                if best.as_ref().is_none_or(|best| score > best.0) {
                    best = Some((score, effect, candidate));
                }
            }
        }
        if best.as_ref().is_some_and(|best| best.0 >= ENOUGH) {
            break;
        }
    }
    let (score, effect, best) = best?;
    let frame = data.frames.get(best.frame);
    let quad = &data.codebook.get(&frame.kind)?.quad;
    let effect = status::announced(effect, &frame.kind);
    let kind = as_reported(&frame.kind, quad, status::status(effect)).to_owned();
    Some(Root { kind, rule: frame.id.clone(), confidence: f64::from(score.clamp(0, 100)) / 100.0 })
}

/// What the event model sees of each word of the sentence of two marked actors that may name what is between them.
#[must_use]
pub fn seen_between(
    parsed: Parsed<'_>,
    reader: (&Data, &Parser),
    source: Option<Span>,
    target: Option<Span>,
) -> Vec<(usize, Seen)> {
    judged_between(parsed, reader, source, target).into_iter().map(|(word, seen, _)| (word, seen)).collect()
}

/// The same, with what becomes of an event that the word names.
fn judged_between(
    parsed: Parsed<'_>,
    reader: (&Data, &Parser),
    source: Option<Span>,
    target: Option<Span>,
) -> Vec<(usize, Seen, Effect)> {
    let (data, parser) = reader;
    let Some(sentence) = sentence_of(parsed, source.or(target)) else { return Vec::new() };
    let syntax = Syntax { view: parsed.sentence(sentence), frames: &data.frames };
    let finder = Finder { syntax, frames: &data.frames };
    let inner = finder.inner(&finder.find());
    let judge = status::Judge::new(syntax, &inner);
    let look = Look { syntax, frames: &data.frames, judge: &judge, parser };
    let sides = Sides { source: head_of(syntax, source), target: head_of(syntax, target) };
    let names = |&word: &usize| {
        matches!(syntax.upos(word), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv)
            && Some(word) != sides.source
            && Some(word) != sides.target
    };
    let pair = Pair::new(syntax, source, target);
    let fired = |word| {
        let fired = (0..=SLACK).map(|slack| finder.all_at(word, slack)).find(|fired| !fired.is_empty());
        let fired = fired.unwrap_or_default();
        let score = |one: &Candidate| pair.score(one) - i32::try_from(one.missed).unwrap_or(0);
        let dropped = i32::from(judge.effect(word) == Effect::Drop) * 35;
        let score = fired.iter().map(score).max().unwrap_or(0) - dropped;
        (word, fired, score)
    };
    let words: Vec<_> = (0..syntax.view.len()).filter(names).map(fired).collect();
    let best = words.iter().map(|word| word.2).max().unwrap_or(0);
    let see = |(word, fired, score): &(usize, Vec<Candidate>, i32)| {
        let mut seen = Seen::default();
        look.see(*word, sides, (fired.iter(), Joins { score: *score, best: *score == best }), &mut seen);
        (*word, seen, judge.effect(*word))
    };
    words.iter().map(see).collect()
}

/// The sentence of a marked span, the first where nothing is marked.
fn sentence_of(parsed: Parsed<'_>, marked: Option<Span>) -> Option<usize> {
    let sentence = marked.map_or(Some(0), |marked| parsed.sentence_at(marked.start));
    sentence.filter(|&sentence| sentence < parsed.len())
}

/// The word of a marked span on which its others hang.
fn head_of(syntax: Syntax<'_>, marked: Option<Span>) -> Option<usize> {
    let marked = marked?;
    let words: Vec<usize> =
        (0..syntax.view.len()).filter(|&word| syntax.view.span(word).overlaps(marked)).collect();
    words.iter().copied().find(|&word| syntax.head(word).is_none_or(|head| !words.contains(&head)))
}

/// How many of a frame's conditions may be missed where the two actors are given.
const SLACK: usize = 2;

/// The score with which a frame joins the two well enough.
const ENOUGH: i32 = 45;

/// The type that PLOVER's coding rules give to an event that is to come, may come or did not come: cooperation to come is
/// AGREE, and withheld REJECT; force to come is THREATEN, and stopped RETREAT.
#[must_use]
pub fn as_reported<'a>(kind: &'a str, quad: &str, status: Status) -> &'a str {
    let cooperates = quad.ends_with("cooperation");
    match status {
        Status::Planned | Status::Conditional if cooperates => "AGREE",
        Status::Negated | Status::Cancelled if cooperates => "REJECT",
        Status::Planned | Status::Conditional if quad == "material-conflict" => "THREATEN",
        Status::Negated | Status::Cancelled if quad == "material-conflict" => "RETREAT",
        _ => kind,
    }
}

/// The two marked actors in their sentence.
struct Pair<'a> {
    syntax: Syntax<'a>,
    source: Option<Span>,
    target: Option<Span>,
    /// The words from the source up to where the two ways meet, from the target up to there, and that word.
    way: Vec<usize>,
    meeting: Option<usize>,
}

impl<'a> Pair<'a> {
    fn new(syntax: Syntax<'a>, source: Option<Span>, target: Option<Span>) -> Pair<'a> {
        let up = |marked: Option<Span>| -> Vec<usize> {
            head_of(syntax, marked).map_or(Vec::new(), |top| {
                std::iter::once(top).chain(syntax.view.tree.ancestors(top)).collect()
            })
        };
        let (from_source, from_target) = (up(source), up(target));
        let meeting = from_source.iter().copied().find(|word| from_target.contains(word));
        let before = |way: &[usize]| -> Vec<usize> {
            way.iter().copied().take_while(|&word| Some(word) != meeting).collect()
        };
        let mut way = before(&from_source);
        way.extend(before(&from_target));
        Pair { syntax, source, target, way, meeting }
    }

    /// How well a candidate joins the two: its arguments are they, or it stands between or above them.
    fn score(&self, candidate: &Candidate) -> i32 {
        let syntax = self.syntax;
        let side = |groups: &[Vec<usize>], marked: Option<Span>, exact: i32| {
            let Some(marked) = marked else { return exact / 2 };
            let mut best = 0;
            for &word in groups.iter().flatten() {
                let word = syntax.meant(word).unwrap_or(word);
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
        let between = self.source.zip(self.target).is_some_and(|(source, target)| {
            source.start.min(target.start) < trigger.start && trigger.start < source.start.max(target.start)
        });
        let within = [self.source, self.target].into_iter().flatten().any(|marked| marked.contains(trigger));
        let place = if self.meeting == Some(candidate.word) {
            12
        } else if self.way.contains(&candidate.word) {
            6
        } else {
            0
        };
        // "Kenya and Chad signed": of two who do it together, either is the other's recipient.
        let together = syntax.frames.get(candidate.frame).reciprocal;
        let among_actors = if together { side(&candidate.actors, self.target, 40) } else { 0 };
        side(&candidate.actors, self.source, 40)
            + side(&candidate.recipients, self.target, 40).max(among_actors)
            + i32::from(below(self.source)) * 4
            + i32::from(below(self.target)) * 4
            + i32::from(between) * 10
            - i32::from(within) * 12
            - depth
            + place
            + i32::try_from(candidate.weight.min(20)).unwrap_or(20) / 4
    }
}

/// What a sentence says of a marked mention of an event, of whatever kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// It is to come, or was when it was told; also what will not come.
    pub to_come: bool,
    /// Whether it did or will happen is left open.
    pub open: bool,
    /// It did not or will not happen.
    pub negated: bool,
}

/// Whether a marked mention of an event is to come, certain and affirmed.
#[must_use]
pub fn outlook_at(parsed: Parsed<'_>, data: &Data, mention: Span) -> Outlook {
    let Some(sentence) = parsed.sentence_at(mention.start) else { return Outlook::default() };
    let syntax = Syntax { view: parsed.sentence(sentence), frames: &data.frames };
    let Some(word) = head_of(syntax, Some(mention)) else { return Outlook::default() };
    // "will be the first": what the copula's predicate says.
    let word = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Cop).unwrap_or(word);
    let finder = Finder { syntax, frames: &data.frames };
    let mut inner = finder.inner(&finder.find());
    // A frame leaves out what its own event holds already: an object as done ("signed a deal"), a clause as to come.
    let held = if syntax.is_nominal(word) { Effect::Keep } else { Effect::Planned };
    for effect in inner.iter_mut().filter(|effect| **effect == Effect::Drop) {
        *effect = held;
    }
    let judge = status::Judge::new(syntax, &inner);
    let affirmed = status::Judge { affirmed: true, ..judge };
    let effect = affirmed.effect(word);
    let planned = matches!(effect, Effect::Announced | Effect::Planned);
    let open = matches!(effect, Effect::Conditional | Effect::Drop);
    Outlook {
        to_come: planned && !affirmed.is_past_purpose(word) || open && !affirmed.is_past_chance(word),
        open: open || planned && affirmed.is_guessed(word),
        negated: matches!(judge.effect(word), Effect::Negated | Effect::Cancelled | Effect::Denied),
    }
}
