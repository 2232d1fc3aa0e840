//! Time expressions of a text.

use jiff::civil::Date as Day;
use legation_read::CodePoints;
use legation_read::{
    Reader,
    resolve::date::{Anchor, Date, DateType},
    source::Document,
};
use serde_json::{Value, json};

use crate::input;

/// First month and the month of the end of a season in TEI's terms, by its TIMEX3 letters.
const SEASONS: [(&str, u8, u8); 4] = [("SP", 3, 6), ("SU", 6, 9), ("FA", 9, 12), ("WI", 12, 3)];

/// Prints the time expressions of a text whose creation time is given.
///
/// GUM marks dates as TEI does, with `when` or `from` and `to`; its documents are answered in these terms.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "dct");
    let points = CodePoints::new(&reading.document.text);
    let tei = line["id"].as_str().is_some_and(|id| id.starts_with("GUM_"));
    let timexes: Vec<Value> = reading
        .dates
        .iter()
        .map(|date| {
            let value = if tei { tei_value(date, &reading.document) } else { date.value.clone() };
            json!({
                "start": points.at(date.span.start),
                "end": points.at(date.span.end),
                "type": date.kind.as_str(),
                "value": value,
            })
        })
        .collect();
    json!({"id": line["id"], "timexes": timexes})
}

/// The value as TEI writes it: days, months and years as they are, years before Christ negative, and what is longer
/// from its first to its last day; of what is open on one side only the other.
fn tei_value(date: &Date, document: &Document) -> Option<String> {
    let value = date.value.as_deref()?;
    let words = date.span.of(&document.text).to_lowercase();
    let written = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if let Some(any) = value.strip_prefix("XXXX-").filter(|_| date.kind == DateType::Set) {
        return Some(of_any_year(any, &words));
    }
    if let Some((year, part)) = value.split_once('-')
        && let Some(&(_, first, end)) = SEASONS.iter().find(|season| season.0 == part)
        && date.anchor != Anchor::Published
    {
        let year: i32 = year.parse().ok()?;
        return Some(format!("{year:04}-{first:02}/{:04}-{end:02}", year + i32::from(end < first)));
    }
    match (date.kind, date.first, date.last) {
        (DateType::Time, Some(day), _) => match value.split_once('T') {
            Some((_, time)) if time.contains(':') => Some(format!("{day}T{time}:00")),
            _ => Some(day.to_string()),
        },
        (DateType::Date, Some(_), Some(last)) if date.anchor != Anchor::Absolute && is_end(&words) => {
            Some(last.to_string())
        }
        (DateType::Date, Some(_), Some(_)) if written && matches!(value.len(), 4 | 7 | 10) => {
            Some(value.to_owned())
        }
        (DateType::Date, Some(first), Some(last)) if first != last => {
            let (first, last) = narrowed(date.precision, &words, first, last);
            Some(format!("{first}/{last}"))
        }
        (DateType::Duration, None, None) => Some(value.to_owned()),
        (DateType::Duration, first, last) => {
            let day = |day: Option<Day>| day.map_or_else(String::new, |day| rounded(day, &words));
            Some(format!("{}/{}", day(first), day(last)))
        }
        _ if value == "PAST_REF" => document.published.map(|day| format!("/{}", rounded(day, &words))),
        _ => Some(value.strip_prefix("BC").map_or_else(|| value.to_owned(), |year| format!("-{year}"))),
    }
}

/// A month, day or season of any year: `--05`, `--06/--09`, and its first or second half.
fn of_any_year(any: &str, words: &str) -> String {
    if let Some((_, first, end)) = SEASONS.iter().find(|season| season.0 == any) {
        return format!("--{first:02}/--{end:02}");
    }
    if any.len() == 2 && words.contains("early") {
        format!("--{any}-01/--{any}-15")
    } else if any.len() == 2 && words.contains("late") {
        format!("--{any}-15/--{any}-30")
    } else {
        format!("--{any}")
    }
}

/// Whether the words name the end of a unit: "year end", "the end of the year".
fn is_end(words: &str) -> bool {
    words.contains("year") && words.split([' ', '-']).any(|word| word == "end")
}

/// The half of a decade and the quarter of a century that "early" and "late" leave.
fn narrowed(precision: Option<&str>, words: &str, first: Day, last: Day) -> (Day, Day) {
    let year = |year: i16, month: i8, day: i8| Day::new(year, month, day).ok();
    let late = words.contains("late");
    let years = match precision {
        Some("decade") if late => (Some(first.year() + 5), None),
        Some("decade") if words.contains("early") => (None, Some(first.year() + 4)),
        Some("century") if late => (Some(first.year() + 75), None),
        _ => (None, None),
    };
    let from = years.0.and_then(|from| year(from, 1, 1)).unwrap_or(first);
    let to = years.1.and_then(|to| year(to, 12, 31)).unwrap_or(last);
    (from, to)
}

/// A day as exactly as the words count: months for "a few months ago".
fn rounded(day: Day, words: &str) -> String {
    if words.contains("month") { day.strftime("%Y-%m").to_string() } else { day.to_string() }
}
