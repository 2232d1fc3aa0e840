//! What is planned, as a calendar (RFC 5545): one entry an expectation.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use icalendar::{Component, Event, EventLike, Property};
use jiff::{ToSpan, civil::Date};
use legation_read::{Reading, code::expectation::Expectation};
use legation_record::ask::PlanRow;
use sha2::{Digest, Sha256};

/// What comes before the entries of all readings.
pub const HEAD: &str =
    concat!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Legation//", env!("CARGO_PKG_VERSION"), "//EN\r\n");

/// What comes after them.
pub const FOOT: &str = "END:VCALENDAR\r\n";

/// Characters of the identifier's hash that are kept: 128 bits.
const IDENTIFIER: usize = 32;

/// One VEVENT for each expectation whose day, week, month ... is known; a calendar has no place for the others.
///
/// An entry lasts whole days, the last included. `STATUS` is CONFIRMED where a party to it confirms it or it was held,
/// CANCELLED where it was called off, and else TENTATIVE: a denial is not a cancellation. `UID` depends on the
/// document's name and on what is expected of whom and where, so that a better reading of the same report, or a new day,
/// replaces the entry. `DTSTAMP` is the day of publication, as no clock is read.
#[must_use]
pub fn entries(reading: &Reading) -> String {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let expectations = reading.expectations.iter();
    expectations.filter_map(|expectation| entry(reading, expectation, &mut told)).collect()
}

/// `told` counts the entries of each identifier: two visits to one place are two.
fn entry(reading: &Reading, expectation: &Expectation, told: &mut BTreeMap<String, usize>) -> Option<String> {
    let when = expectation.when.as_ref()?;
    let (first, last) = (when.first?, when.last?);
    let names = names(reading, expectation);
    let place = expectation.place.and_then(|id| reading.places.get(id.0 as usize)).map(|place| &*place.name);
    let stamp = reading.document.published.unwrap_or(first);
    let identifier = identifier(reading, expectation, &names, place);

    let mut event = Event::new();
    event
        .uid(&numbered(identifier, told))
        .add_property("DTSTAMP", format!("{}T000000Z", basic(stamp)))
        .append_property(days("DTSTART", first))
        .summary(&summary(&expectation.what, &names))
        .description(&description(reading, expectation, when.value.as_deref()))
        .add_property("STATUS", status(&expectation.status))
        .add_property("CATEGORIES", &expectation.what);
    if let Ok(after) = last.checked_add(1.day()) {
        event.append_property(days("DTEND", after));
    }
    if let Some(place) = place {
        event.location(place);
    }
    Some(event.to_string())
}

/// The entry of a planned thing of a record; `key` is that of the first report that told of it, so that the entry stays
/// the same one when the record grows. None where its day is not known.
pub(crate) fn planned(plan: &PlanRow, key: &str, told: &mut BTreeMap<String, usize>) -> Option<String> {
    let day = |day: Option<&String>| day.and_then(|day| day.parse::<Date>().ok());
    let (first, last) = (day(plan.day.as_ref())?, day(plan.last.as_ref())?);
    let names: Vec<String> = plan.who.iter().map(|party| party.name.clone()).collect();
    let place = plan.place.as_ref().map(|place| &*place.name);
    let stamp = plan.history.iter().filter_map(|told| day(told.published.as_ref())).max().unwrap_or(first);
    let mut event = Event::new();
    event
        .uid(&numbered(hashed(&[key, &plan.what, &names.join(", "), place.unwrap_or_default()]), told))
        .add_property("DTSTAMP", format!("{}T000000Z", basic(stamp)))
        .append_property(days("DTSTART", first))
        .summary(&summary(&plan.what, &names))
        .description(&history(plan))
        .add_property("STATUS", status(&plan.status))
        .add_property("CATEGORIES", &plan.what);
    if let Ok(after) = last.checked_add(1.day()) {
        event.append_property(days("DTEND", after));
    }
    if let Some(place) = place {
        event.location(place);
    }
    Some(event.to_string())
}

/// Status, day as written, and what each report said.
fn history(plan: &PlanRow) -> String {
    let late = if plan.overdue { " (overdue)" } else { "" };
    let mut lines = vec![format!("Status: {}{late}", plan.status)];
    lines.extend(plan.value.as_ref().map(|value| format!("When: {value}")));
    lines.extend(plan.occasion.as_ref().map(|occasion| format!("Occasion: {occasion}")));
    lines.push(format!("Reports: {}, of them independent: {}", plan.reports, plan.origins));
    for told in &plan.history {
        let day = told.published.as_deref().unwrap_or("no date");
        lines.push(format!("{day}, {}: {} ({}, {})", told.source, told.status, told.id, told.report));
    }
    lines.join("\n")
}

fn days(name: &str, day: Date) -> Property {
    let mut property = Property::new(name, basic(day));
    property.add_parameter("VALUE", "DATE");
    property
}

/// "20250501".
fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn names(reading: &Reading, expectation: &Expectation) -> Vec<String> {
    let actors = expectation.who.iter().filter_map(|id| reading.actors.get(id.0 as usize));
    actors.map(|actor| actor.name.clone()).collect()
}

/// "Visit: Xi Jinping".
fn summary(what: &str, names: &[String]) -> String {
    let mut summary: String =
        what.chars().take(1).flat_map(char::to_uppercase).chain(what.chars().skip(1)).collect();
    if !names.is_empty() {
        let _ = write!(summary, ": {}", names.join(", "));
    }
    summary
}

/// Status, day as written, occasion, what each party says, and where it stands.
fn description(reading: &Reading, expectation: &Expectation, value: Option<&str>) -> String {
    let mut lines = vec![format!("Status: {}", expectation.status)];
    lines.extend(value.map(|value| format!("When: {value}")));
    lines.extend(expectation.occasion.as_ref().map(|occasion| format!("Occasion: {occasion}")));
    for position in &expectation.positions {
        lines.push(format!("{}: {}", position.party_text, position.position));
    }
    let document = &reading.document;
    let title = document.title.as_deref().unwrap_or(&document.id);
    lines.push(format!("Source: {title}, sentence {}", expectation.sentence + 1));
    lines.join("\n")
}

fn status(status: &str) -> &'static str {
    match status {
        "confirmed" | "held" => "CONFIRMED",
        "cancelled" => "CANCELLED",
        _ => "TENTATIVE",
    }
}

fn identifier(reading: &Reading, expectation: &Expectation, names: &[String], place: Option<&str>) -> String {
    hashed(&[&reading.document.id, &expectation.what, &names.join(", "), place.unwrap_or_default()])
}

/// The identifier, told from those of other entries that would have the same.
fn numbered(identifier: String, told: &mut BTreeMap<String, usize>) -> String {
    let number = told.entry(identifier.clone()).and_modify(|number| *number += 1).or_insert(1);
    if *number > 1 { format!("{number}-{identifier}") } else { identifier }
}

fn hashed(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\n"));
    let mut identifier: String = hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    identifier.truncate(IDENTIFIER);
    identifier + "@legation"
}
