//! Time expressions of a text.

use legation::wire::CodePoints;
use legation_read::{
    Reader,
    resolve::date::{Anchor, Date, DateType},
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
            let value = if tei { tei_value(date, &reading.document.text) } else { date.value.clone() };
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
/// from its first to its last day.
fn tei_value(date: &Date, text: &str) -> Option<String> {
    let value = date.value.as_deref()?;
    let written = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if let Some((year, part)) = value.split_once('-')
        && let Some(&(_, first, end)) = SEASONS.iter().find(|season| season.0 == part)
    {
        return Some(season(date, text, year.parse().ok()?, (first, end)));
    }
    match (date.kind, date.first, date.last) {
        (DateType::Time, Some(day), _) => match value.split_once('T') {
            Some((_, time)) if time.contains(':') => Some(format!("{day}T{time}:00")),
            _ => Some(day.to_string()),
        },
        (DateType::Date, Some(_), Some(_)) if written && matches!(value.len(), 4 | 7 | 10) => {
            Some(value.to_owned())
        }
        (DateType::Date, Some(first), Some(last)) if first != last => Some(format!("{first}/{last}")),
        _ => Some(value.strip_prefix("BC").map_or_else(|| value.to_owned(), |year| format!("-{year}"))),
    }
}

/// A season from its first month to the one it ends in; without a year where the text gives none.
fn season(date: &Date, text: &str, year: i32, (first, end): (u8, u8)) -> String {
    let bare = date.span.of(text).split(' ').filter(|word| *word != "the").count() == 1;
    if bare && date.anchor != Anchor::Absolute {
        return format!("--{first:02}/--{end:02}");
    }
    format!("{year:04}-{first:02}/{:04}-{end:02}", year + i32::from(end < first))
}
