//! How much two claims look like one event, and why.

use serde::Serialize;

use super::claim::{Claim, Known};

/// Types of events that several do together.
const TOGETHER: [&str; 3] = ["AGREE", "CONSULT", "COOPERATE"];
/// Share of words from which on two sentences are one, retold.
const RETOLD: f64 = 0.5;
/// Types of events that happen in one town or the other.
const LOCAL: [&str; 4] = ["ASSAULT", "COERCE", "MOBILIZE", "PROTEST"];

/// What two claims have in common, each part from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Likeness {
    /// Who takes part, on the same sides.
    pub parties: f64,
    /// When.
    pub dates: f64,
    /// Where.
    pub place: f64,
    /// Mode and trigger.
    pub deed: f64,
    /// Words of the sentences.
    pub wording: f64,
    /// All together, weighted.
    pub score: f64,
}

/// Why two claims cannot be one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conflict {
    /// Other types.
    Type,
    /// Others take part.
    Parties,
    /// Days too far apart.
    Dates,
    /// Other towns.
    Place,
}

impl Likeness {
    /// Of two claims.
    ///
    /// # Errors
    /// What rules out that they are one event.
    pub(crate) fn of(a: &Claim, b: &Claim) -> Result<Likeness, Conflict> {
        if a.kind != b.kind {
            return Err(Conflict::Type);
        }
        // First, as it is soonest told and rules out most.
        let dates = dates(a, b).ok_or(Conflict::Dates)?;
        let shared = dice(a, b);
        // Parts of one sentence, or of one sentence and its retelling, name now this one and now that one.
        let parties = parties(a, b, shared >= RETOLD).ok_or(Conflict::Parties)?;
        let place = place(a, b).ok_or(Conflict::Place)?;
        // Full marks from two fifths of the words on: retellings rarely share more.
        let (deed, wording) = (deed(a, b), (shared / 0.4).min(1.0));
        let score = 0.32 * parties + 0.24 * dates + 0.14 * place + 0.12 * deed + 0.18 * wording;
        Ok(Likeness { parties, dates, place, deed, wording, score })
    }
}

fn parties(a: &Claim, b: &Claim, is_retold: bool) -> Option<f64> {
    let is_common = TOGETHER.contains(&a.kind.as_str()) && (a.is_reciprocal || b.is_reciprocal);
    if is_common {
        return side(&a.known[2], &b.known[2]);
    }
    let (actors, recipients) = (side(&a.known[0], &b.known[0]), side(&a.known[1], &b.known[1]));
    match (actors, recipients) {
        (Some(actors), Some(recipients)) => Some(f64::midpoint(actors, recipients)),
        (Some(known), None) | (None, Some(known)) if is_retold => Some(known / 2.0),
        _ => None,
    }
}

/// How well two sides agree; `None` where both are known and nobody is on both.
fn side(a: &Known, b: &Known) -> Option<f64> {
    if a.is_empty && b.is_empty {
        return Some(0.5);
    }
    if a.is_empty || b.is_empty {
        return Some(0.4);
    }
    let same = overlap(&a.actors, &b.actors);
    if a.codes.is_empty() || b.codes.is_empty() {
        let is_namesake = common(&a.words, &b.words) > 0;
        return Some(match same {
            same if same > 0.0 => 0.6 + 0.4 * same,
            _ if is_namesake => 0.6,
            _ => 0.3,
        });
    }
    let same_codes = overlap(&a.codes, &b.codes);
    if same_codes == 0.0 && same == 0.0 {
        return None;
    }
    Some((0.85 * same_codes + 0.15 * same).max(0.7 * same))
}

/// Shared members, of those of the smaller set mostly, of those of both a little.
fn overlap<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let common = common(a, b);
    let smaller = number(a.len().min(b.len()).max(1));
    let union = number((a.len() + b.len() - common).max(1));
    0.7 * number(common) / smaller + 0.3 * number(common) / union
}

/// How many items two sorted lists share.
fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    a.iter().filter(|item| b.binary_search(item).is_ok()).count()
}

/// How well the dates agree; `None` where they rule each other out.
fn dates(a: &Claim, b: &Claim) -> Option<f64> {
    let (Some((a_first, a_last)), Some((b_first, b_last))) = (a.days, b.days) else {
        return Some(0.4);
    };
    let is_known = a.first.is_some() && b.first.is_some();
    let gap = (b_first - a_last).max(a_first - b_last);
    let longest = (a_last - a_first).max(b_last - b_first);
    if longest > 31 {
        // A year is no day: only what is told by the same year, or is to come some day, by reports of the same weeks.
        let is_same = a.first == b.first && a.last == b.last && gap <= 0;
        return is_same.then_some(0.7);
    }
    if gap <= 0 {
        return Some(match longest {
            0 => 1.0,
            _ if !is_known => 0.6,
            1..=7 => 0.8,
            _ => 0.6,
        });
    }
    match gap {
        1 if is_known && a.is_dated && b.is_dated => Some(0.35),
        1 => Some(0.6),
        2 if !(a.is_dated && b.is_dated) => Some(0.3),
        3 if !(a.is_dated || b.is_dated) => Some(0.2),
        _ => None,
    }
}

fn place(a: &Claim, b: &Claim) -> Option<f64> {
    let (Some(one), Some(other)) = (&a.place, &b.place) else { return Some(0.5) };
    if one.id == other.id {
        return Some(1.0);
    }
    if one.country != other.country {
        return Some(0.1);
    }
    let is_local = LOCAL.contains(&a.kind.as_str());
    if a.has_party(one) || b.has_party(other) {
        return Some(0.6);
    }
    Some(if is_local { 0.15 } else { 0.4 })
}

fn deed(a: &Claim, b: &Claim) -> f64 {
    let mode = match (&a.mode, &b.mode) {
        (Some(one), Some(other)) if one == other => 1.0,
        (Some(_), Some(_)) => 0.2,
        _ => 0.5,
    };
    let words = if a.words == b.words {
        1.0
    } else if stem(&a.words) == stem(&b.words) {
        0.8
    } else {
        0.3
    };
    f64::midpoint(mode, words)
}

/// The first four letters: enough to see that "attacked" and "attack" are akin without knowing a language.
fn stem(word: &str) -> &str {
    word.char_indices().nth(4).map_or(word, |(end, _)| &word[..end])
}

/// Words of the two sentences in common, of those of both.
pub(super) fn dice(a: &Claim, b: &Claim) -> f64 {
    2.0 * number(common(&a.wording, &b.wording)) / number((a.wording.len() + b.wording.len()).max(1))
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
