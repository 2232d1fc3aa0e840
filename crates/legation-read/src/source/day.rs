//! Days written in metadata, time lines and addresses.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

/// A full day found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) day: Date,
    pub(crate) range: Range<usize>,
}

/// How much of a text is searched, in bytes.
const SEARCHED: usize = 400;

const MONTH: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
                     oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

/// The first full day in the head of a text: `2025-04-02`, `April 2, 2025`, `2 Apr. 2025`, `20250402T10:00`.
pub(crate) fn find(text: &str) -> Option<Found> {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let pattern = format!(
            r"(?ix)
            \b(?P<y>\d{{4,6}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?:\b|T)
            | \b(?P<y2>\d{{4}})(?P<m2>\d\d)(?P<d2>\d\d)(?:\b|T)
            | \b(?P<n3>{MONTH})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+\(?(?P<y3>\d{{4,6}})\b\)?
            | \b(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<n4>{MONTH})\.?,?[\s-]+\(?(?P<y4>\d{{4,6}})\b\)?"
        );
        Regex::new(&pattern).ok()
    });
    let mut end = text.len().min(SEARCHED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let regex = DAY.as_ref()?;
    regex.captures_iter(&text[..end]).find_map(|found| {
        let day = from_captures(&found)?;
        Some(Found { day, range: found.get(0)?.range() })
    })
}

fn from_captures(found: &Captures<'_>) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|text| text.as_str().parse::<i16>().ok());
    let month = |name: &str| found.name(name).and_then(|text| month_number(text.as_str()));
    let year = number("y").or(number("y2")).or(number("y3")).or(number("y4"))?;
    let month = number("m").or(number("m2")).or(month("n3")).or(month("n4"))?;
    let day = number("d").or(number("d2")).or(number("d3")).or(number("d4"))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn month_number(name: &str) -> Option<i16> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|month| *month == head).and_then(|index| i16::try_from(index + 1).ok())
}

/// The day in an address: `/2025/04/02/` or `/2025-04-02-`.
pub(super) fn in_url(url: &str) -> Option<Date> {
    static PATH: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[/-](\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[/.-]|$)").ok());
    let found = PATH.as_ref()?.captures(url.get(..url.len().min(1000))?)?;
    let number = |index: usize| found[index].parse::<i16>().ok();
    Date::new(number(1)?, i8::try_from(number(2)?).ok()?, i8::try_from(number(3)?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{find, in_url};

    #[test]
    fn full_days_are_found() {
        for text in [
            "2025-04-02",
            "2025-04-02T17:00:00+05:30",
            "20250402",
            "05:00 PM, Apr 02, 2025",
            "2 April 2025",
            "Wednesday 2nd of April, 2025",
            "April 2 (2025)",
            "2-Apr-2025",
            "2025/4/2",
        ] {
            assert_eq!(
                find(text).map(|found| found.day.to_string()).as_deref(),
                Some("2025-04-02"),
                "{text}"
            );
        }
        for text in
            ["April 2025", "2025", "31 February 2024", "12345", "May 5", "45 March 2020", "99999-01-01"]
        {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_hold_days() {
        let day = |url| in_url(url).map(|day| day.to_string());
        assert_eq!(day("https://example.org/2021/07/10/nile.html").as_deref(), Some("2021-07-10"));
        assert_eq!(day("https://example.org/world/12/07/10"), None);
    }
}
