//! What a small model, learned from sentences written for this project, says of a word between two sides.
//!
//! `train/events/network.py` is the twin; the format of its file is in `models/README.md`.

mod look;
mod weights;

use std::sync::LazyLock;

use super::{candidate::Candidate, status::Judge};
use crate::{code::Scene, data::frames::LEARNED, parse::Parser};
use look::SLOTS;
pub use look::Seen;
pub(super) use look::{Joins, Look, Sides};
use weights::{HIDDEN, KINDS, OUTPUTS, Tables, WIDTH};

/// The shipped model.
static SHIPPED_BYTES: &[u8] = include!(concat!(env!("OUT_DIR"), "/shipped_events.rs"));
static SHIPPED: LazyLock<Option<Model>> = LazyLock::new(|| Tables::read(SHIPPED_BYTES).map(Model));

/// SHA-256 of the shipped model, in hexadecimal.
#[must_use]
pub fn model_hash() -> String {
    crate::source::sha256(SHIPPED_BYTES)
}

/// The types, in the order of the model's scores.
const TYPES: [&str; KINDS] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// Which types are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Set {
    /// The type of what is named, whether or not it was done.
    Own,
    /// The type under which PLOVER reports it: what is to come as a promise or threat.
    Reported,
}

/// Scores of the types; that of none is 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scores([f32; KINDS]);

/// How likely each type is, and none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likely([f32; KINDS + 1]);

impl Likely {
    /// How likely a type is; 0 for one that the model does not know.
    pub(super) fn of(&self, kind: &str) -> f32 {
        TYPES.iter().position(|known| *known == kind).map_or(0.0, |index| self.0[index])
    }

    /// Half of this and half of another.
    pub(super) fn mixed(&self, other: &Likely) -> Likely {
        let mut mixed = *self;
        for (one, other) in mixed.0.iter_mut().zip(other.0) {
            *one = (*one + other) / 2.0;
        }
        mixed
    }

    /// All types with how likely they are.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        TYPES.iter().copied().zip(self.0)
    }

    /// The types of several words of which one names it.
    pub(super) fn of_any(words: &[Scores]) -> Likely {
        Likely::of_any_as(words, |_, kind| kind)
    }

    /// The same, with each type of a word counted under the one that `reported` gives for it.
    pub(super) fn of_any_as<'a>(
        words: &[Scores],
        reported: impl Fn(usize, &'static str) -> &'a str,
    ) -> Likely {
        let top = words.iter().flat_map(|scores| scores.0).fold(0.0, f32::max);
        let mut mass = [0.0; KINDS + 1];
        for (index, scores) in words.iter().enumerate() {
            for (kind, score) in TYPES.into_iter().zip(scores.0) {
                let reported = reported(index, kind);
                let place = TYPES.iter().position(|known| *known == reported).unwrap_or(KINDS);
                mass[place] += share(score - top);
            }
        }
        mass[KINDS] = share(-top);
        let all: f32 = mass.iter().sum();
        Likely(mass.map(|one| one / all))
    }
}

#[allow(clippy::cast_possible_truncation)] // meant
fn share(score: f32) -> f32 {
    exp(f64::from(score)) as f32
}

/// The exponential, with the same bits on every machine, which the system's own does not promise; for -80 to 80.
pub(super) fn exp(value: f64) -> f64 {
    // (1 + x / 2^20)^(2^20): near enough, and of plain sums and products.
    let mut power = 1.0 + value.clamp(-80.0, 80.0) / 1_048_576.0;
    for _ in 0..20 {
        power *= power;
    }
    power
}

/// The model, ready to be asked.
#[derive(Debug)]
pub(super) struct Model(Tables);

impl Model {
    /// The one that ships; `None` if it is damaged, so that the frames decide alone.
    pub(super) fn shipped() -> Option<&'static Model> {
        SHIPPED.as_ref()
    }

    /// Scores of the types for a word.
    pub(super) fn scores(&self, seen: &Seen, parser: &Parser, set: Set) -> Scores {
        let tables = &self.0;
        let mut counted = [0_i32; HIDDEN];
        for &bucket in &seen.buckets {
            let row = &tables.buckets[bucket as usize * HIDDEN..][..HIDDEN];
            for (sum, &value) in counted.iter_mut().zip(row) {
                *sum += i32::from(value);
            }
        }
        let mut hidden = [0.0_f32; HIDDEN];
        for (column, value) in hidden.iter_mut().enumerate() {
            #[allow(clippy::cast_precision_loss)] // some thousand at most
            let counted = counted[column] as f32;
            *value = tables.bias[column] + counted * tables.scale[column];
        }
        for slot in 0..SLOTS {
            self.add_slot(slot, &seen.rows[slot], parser, &mut hidden);
        }
        let (start, temperature) = match set {
            Set::Own => (0, tables.temperatures[0]),
            Set::Reported => (KINDS, tables.temperatures[1]),
        };
        let mut scores = [0.0; KINDS];
        debug_assert!(start + KINDS <= OUTPUTS);
        for (index, score) in scores.iter_mut().enumerate() {
            let row = &tables.out[(start + index) * HIDDEN..][..HIDDEN];
            let sum: f32 = row.iter().zip(&hidden).map(|(weight, value)| weight * value.max(0.0)).sum();
            *score = (sum + tables.out_bias[start + index]) / temperature;
        }
        Scores(scores)
    }

    /// Adds what the mean of a slot's vectors gives.
    fn add_slot(&self, slot: usize, rows: &[u32], parser: &Parser, hidden: &mut [f32; HIDDEN]) {
        if rows.is_empty() {
            return;
        }
        let mut mean = [0.0_f32; WIDTH];
        for &row in rows {
            let Some((values, scale)) = parser.vector(row) else { continue };
            for (sum, &value) in mean.iter_mut().zip(values) {
                *sum += f32::from(value) * scale;
            }
        }
        #[allow(clippy::cast_precision_loss)] // some dozens
        let count = rows.len() as f32;
        let table = &self.0.slots[slot * WIDTH * HIDDEN..][..WIDTH * HIDDEN];
        for (sum, row) in mean.iter().zip(table.chunks_exact(HIDDEN)) {
            let value = sum / count;
            for (hidden, weight) in hidden.iter_mut().zip(row) {
                *hidden += value * weight;
            }
        }
    }
}

/// How likely it is that a frame's event is of its type, given where its sides were found; `None` without a model.
pub(super) fn confidence(
    scene: &Scene<'_>,
    judge: &Judge<'_>,
    candidate: &Candidate,
    sides: Sides,
) -> Option<f64> {
    let model = Model::shipped()?;
    let frames = &scene.data.frames;
    let look = Look { syntax: judge.syntax, frames, judge, parser: scene.parser };
    let mut seen = Seen::default();
    let filled = |side: Option<usize>| if side.is_some() { 40 } else { 0 };
    // The model's own finds are of no frame that it could look at.
    let named = frames.get(candidate.frame).id != LEARNED;
    let score = filled(sides.source) + filled(sides.target) + 10;
    let joins = if named { Joins { score, best: true } } else { Joins::default() };
    let fired = std::iter::once(candidate).filter(|_| named).chain(&candidate.others);
    look.see(candidate.word, sides, (fired, joins), &mut seen);
    let likely = Likely::of_any(&[model.scores(&seen, scene.parser, Set::Own)]);
    let share = f64::from(likely.of(&frames.get(candidate.frame).kind));
    Some((share * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_one_whole() {
        let mut scores = [0.0; KINDS];
        scores[1] = 3.0;
        let likely = Likely::of_any(&[Scores(scores), Scores([0.0; KINDS])]);
        let all: f32 = likely.0.iter().sum();
        assert!((all - 1.0).abs() < 1e-5);
        assert!(likely.of("CONSULT") > 0.35 && likely.of("AID") < 0.05 && likely.of("VISIT") == 0.0);
    }

    #[test]
    fn the_exponential_is_near_the_true_one() {
        for value in [-20.0, -3.0, -0.5, 0.0, 1.0, 5.0] {
            assert!((exp(value) / f64::exp(value) - 1.0).abs() < 1e-3, "{value}");
        }
    }
}
