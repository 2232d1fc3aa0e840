//! What differs between two states of a record, and why.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::state::{CorrectionState, EventState, State};

/// Keys of reports named in one reason.
const NAMED: usize = 3;

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is only in the later state.
    Came,
    /// It is only in the earlier state.
    Went,
    /// It is in both, with other values or claims.
    Changed,
}

/// A field of an event before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// Before; empty for none.
    pub before: String,
    /// After; empty for none.
    pub after: String,
}

/// What became of one event, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What became of it.
    pub change: ChangeKind,
    /// Its number; in the earlier state where it went.
    pub event: String,
    /// Its number in the earlier state, where it is another.
    pub was: Option<String>,
    /// What it is, in words.
    pub what: String,
    /// Fields that differ; of what came or went, all.
    pub fields: Vec<FieldChange>,
    /// Why.
    pub why: Vec<String>,
}

/// What differs between two states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Reports that came.
    pub reports_came: usize,
    /// Reports that went.
    pub reports_went: usize,
    /// Reports whose text changed.
    pub reports_changed: usize,
    /// Reports with the same text, read with other data, models or program.
    pub reports_reread: usize,
    /// Corrections that came, in words.
    pub corrections: Vec<String>,
    /// The likeness from which on claims are merged, before and after, where it differs.
    pub threshold: Option<(String, String)>,
    /// Events that differ, by what became of them and number.
    pub changes: Vec<Change>,
    /// Events that do not differ.
    pub same: usize,
}

impl Diff {
    /// Between an earlier and a later state.
    #[must_use]
    pub fn of(before: &State, after: &State) -> Diff {
        let causes = Causes::of(before, after);
        let pairs = pairs(before, after);
        let mut diff = causes.reports(before, after);
        diff.corrections = causes.corrections.iter().map(|correction| told(correction)).collect();
        let threshold = (before.threshold.to_string(), after.threshold.to_string());
        diff.threshold = (threshold.0 != threshold.1).then_some(threshold);
        let mut is_paired = BTreeSet::new();
        for event in &after.events {
            let earlier = pairs.get(&event.event).map(|&index| &before.events[index]);
            if let Some(earlier) = earlier {
                is_paired.insert(earlier.event);
            }
            let fields = fields(earlier, Some(event));
            let has_other_claims = earlier.is_some_and(|earlier| labels(earlier) != labels(event));
            if earlier.is_some() && fields.is_empty() && !has_other_claims {
                diff.same += 1;
                continue;
            }
            let change = if earlier.is_some() { ChangeKind::Changed } else { ChangeKind::Came };
            let was = earlier.filter(|earlier| earlier.event != event.event);
            diff.changes.push(Change {
                change,
                event: format!("E{}", event.event),
                was: was.map(|earlier| format!("E{}", earlier.event)),
                what: what(event),
                why: causes.why(earlier, Some(event)),
                fields,
            });
        }
        for event in before.events.iter().filter(|event| !is_paired.contains(&event.event)) {
            diff.changes.push(Change {
                change: ChangeKind::Went,
                event: format!("E{}", event.event),
                was: None,
                what: what(event),
                fields: fields(Some(event), None),
                why: causes.why(Some(event), None),
            });
        }
        diff.changes.sort_by_key(|change| change.change);
        diff
    }
}

fn what(event: &EventState) -> String {
    let sides = match (event.field("actors"), event.field("recipients")) {
        (actors, "") => actors.to_owned(),
        (actors, recipients) => format!("{actors} → {recipients}"),
    };
    let parts = [event.field("date"), event.field("type"), event.field("mode"), &sides];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn labels(event: &EventState) -> BTreeSet<i64> {
    event.claims.iter().map(|(label, _)| *label).collect()
}

/// Fields that differ.
fn fields(before: Option<&EventState>, after: Option<&EventState>) -> Vec<FieldChange> {
    let names = before.into_iter().chain(after).flat_map(|event| &event.fields).map(|(name, _)| name);
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for name in names {
        if !seen.insert(name) {
            continue;
        }
        let value = |event: Option<&EventState>| event.map_or("", |event| event.field(name)).to_owned();
        let (before, after) = (value(before), value(after));
        if before != after {
            fields.push(FieldChange { field: name.clone(), before, after });
        }
    }
    fields
}

/// Which earlier event (by its place) each later event (by its number) goes on from: the one with most claims in common,
/// each once.
fn pairs(before: &State, after: &State) -> BTreeMap<i64, usize> {
    let mut owner: BTreeMap<i64, usize> = BTreeMap::new();
    for (index, event) in before.events.iter().enumerate() {
        owner.extend(event.claims.iter().map(|(label, _)| (*label, index)));
    }
    let mut common: BTreeMap<(i64, usize), usize> = BTreeMap::new();
    for event in &after.events {
        for (label, _) in &event.claims {
            if let Some(&index) = owner.get(label) {
                *common.entry((event.event, index)).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<((i64, usize), usize)> = common.into_iter().collect();
    let same_number = |&((event, index), _): &((i64, usize), usize)| before.events[index].event == event;
    ranked.sort_by_key(|pair| (usize::MAX - pair.1, !same_number(pair), pair.0));
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((event, index), _) in ranked {
        if !pairs.contains_key(&event) && taken.insert(index) {
            pairs.insert(event, index);
        }
    }
    pairs
}

/// What happened between two states.
struct Causes<'a> {
    before: &'a State,
    after: &'a State,
    corrections: Vec<&'a CorrectionState>,
}

impl<'a> Causes<'a> {
    fn of(before: &'a State, after: &'a State) -> Causes<'a> {
        let known: BTreeSet<&CorrectionState> = before.corrections.iter().collect();
        let corrections = after.corrections.iter().filter(|correction| !known.contains(correction)).collect();
        Causes { before, after, corrections }
    }

    fn reports(&self, before: &State, after: &State) -> Diff {
        let mut diff = Diff::default();
        for key in after.reports.keys() {
            match self.report(key) {
                Some(Cause::Came) => diff.reports_came += 1,
                Some(Cause::Changed) => diff.reports_changed += 1,
                Some(Cause::Reread) => diff.reports_reread += 1,
                _ => {}
            }
        }
        diff.reports_went = before.reports.keys().filter(|key| !after.reports.contains_key(*key)).count();
        diff
    }

    fn report(&self, key: &str) -> Option<Cause> {
        let Some((after_hash, after_made)) = self.after.reports.get(key) else { return Some(Cause::Went) };
        let Some((hash, made)) = self.before.reports.get(key) else { return Some(Cause::Came) };
        if hash != after_hash {
            return Some(Cause::Changed);
        }
        let is_reread = self.before.made.get(*made) != self.after.made.get(*after_made);
        is_reread.then_some(Cause::Reread)
    }

    /// Why an event is another.
    fn why(&self, before: Option<&EventState>, after: Option<&EventState>) -> Vec<String> {
        let both = || before.into_iter().chain(after);
        let claims: BTreeSet<i64> = both().flat_map(labels).collect();
        let touching = self
            .corrections
            .iter()
            .filter(|correction| correction.claims.iter().any(|label| claims.contains(label)));
        let mut why: Vec<String> = touching.map(|correction| told(correction)).collect();
        let mut by_cause: BTreeMap<Cause, Vec<&str>> = BTreeMap::new();
        let keys: BTreeSet<&str> =
            both().flat_map(|event| &event.claims).map(|(_, key)| key.as_str()).collect();
        for key in keys {
            if let Some(cause) = self.report(key) {
                by_cause.entry(cause).or_default().push(key);
            }
        }
        why.extend(by_cause.into_iter().map(|(cause, keys)| self.told(cause, &keys)));
        let has_moved = match (before, after) {
            (Some(before), Some(after)) => labels(before) != labels(after),
            _ => true,
        };
        if has_moved && self.before.threshold.total_cmp(&self.after.threshold).is_ne() {
            why.push(format!("merging threshold {} → {}", self.before.threshold, self.after.threshold));
        }
        if why.is_empty() {
            why.push("claims came to it from other events, or went to them".to_owned());
        }
        why
    }

    fn told(&self, cause: Cause, keys: &[&str]) -> String {
        let named = keys[..keys.len().min(NAMED)].join(", ");
        let more =
            if keys.len() > NAMED { format!(" and {} more", keys.len() - NAMED) } else { String::new() };
        match cause {
            Cause::Came => format!("new report: {named}{more}"),
            Cause::Went => format!("report gone: {named}{more}"),
            Cause::Changed => format!("changed report: {named}{more}"),
            Cause::Reread => format!("read again with {}: {named}{more}", self.made(keys)),
        }
    }

    /// What is another in what readings were made with.
    fn made(&self, keys: &[&str]) -> String {
        let of = |state: &State| {
            let report = keys.first().and_then(|key| state.reports.get(*key));
            report.and_then(|(_, made)| state.made.get(*made).cloned()).unwrap_or_default()
        };
        let (before, after) = (of(self.before), of(self.after));
        let names = ["program", "data", "models"];
        let other: Vec<&str> = names
            .into_iter()
            .zip(before.iter().zip(&after))
            .filter(|(_, (before, after))| before != after)
            .map(|(name, _)| name)
            .collect();
        format!("other {}", other.join(" and "))
    }
}

/// Why claims are others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    Came,
    Went,
    Changed,
    Reread,
}

fn told(correction: &CorrectionState) -> String {
    let CorrectionState { correction, kind, author, reason, .. } = correction;
    format!("correction {correction} ({kind}) by {author}: {reason}")
}
