//! From when to when a relation holds.

use crate::{
    code::{
        Scene,
        event::{syntax::Syntax, when::top_word},
    },
    data::relations::Dated,
    resolve::date::{Date, DateType},
};

/// From when, and to when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
}

/// How far a date may hang from the word.
const DEPTH: usize = 4;

/// The dates beside a relation's words: "since" and "until" say what they are; any other is what the word says of it.
pub(super) fn of(scene: &Scene<'_>, syntax: Syntax<'_>, anchors: &[usize], dated: Dated) -> Span {
    let mut span = Span::default();
    for (_, date) in scene.dates.of_sentence(syntax.view.index).take(16) {
        if !matches!(date.kind, DateType::Date | DateType::Time) || date.value.is_none() {
            continue;
        }
        let Some(top) = top_word(syntax, date) else { continue };
        let near = hangs(syntax, anchors, top);
        let slot = match opening(syntax, date).as_deref() {
            Some("since" | "from") if near => &mut span.since,
            Some("until" | "till" | "through" | "to") if near => &mut span.until,
            Some("by") if near && matches!(dated, Dated::Goal | Dated::Ends) => &mut span.until,
            // "set to expire in 2026", "for the two years to May"
            _ if near && matches!(dated, Dated::Goal | Dated::Ends) => &mut span.until,
            _ if near && dated == Dated::Begins => &mut span.since,
            _ => continue,
        };
        if slot.is_none() {
            // the hour is of no account
            slot.clone_from(&date.value.as_ref().map(|value| day(value).to_owned()));
        }
    }
    span
}

/// A TIMEX3 value without its time of day.
fn day(value: &str) -> &str {
    value.split('T').next().filter(|day| !day.is_empty()).unwrap_or(value)
}

/// The word before or at the beginning of a date.
fn opening(syntax: Syntax<'_>, date: &Date) -> Option<String> {
    let view = syntax.view;
    let first = view.word_at(date.span.start)?;
    let mut words = [Some(first), first.checked_sub(1), first.checked_sub(2)].into_iter().flatten();
    words.find_map(|word| {
        let form = view.word(word).to_lowercase();
        matches!(form.as_str(), "since" | "until" | "till" | "through" | "from" | "to" | "by").then_some(form)
    })
}

/// Whether a date hangs on one of the words, no other clause on the way.
fn hangs(syntax: Syntax<'_>, anchors: &[usize], top: usize) -> bool {
    let mut at = top;
    for _ in 0..DEPTH {
        if anchors.contains(&at) {
            return true;
        }
        let Some(head) = syntax.head(at) else { return false };
        if syntax.is_verbal(at) && at != top {
            return false;
        }
        at = head;
    }
    anchors.contains(&at)
}

/// Whether a date beside the words lies not more than two years before the day of publication: news rather than history.
pub(super) fn is_recent(scene: &Scene<'_>, syntax: Syntax<'_>, anchors: &[usize]) -> Option<String> {
    let published = scene.parsed.document.published?;
    let recent = |date: &Date| {
        date.first.is_some_and(|first| i32::from(published.year()) - i32::from(first.year()) <= 2)
    };
    let mut dates = scene.dates.of_sentence(syntax.view.index).take(16);
    dates.find_map(|(_, date)| {
        let near = top_word(syntax, date).is_some_and(|top| hangs(syntax, anchors, top));
        (near && recent(date) && date.kind == DateType::Date).then(|| date.value.clone()).flatten()
    })
}
