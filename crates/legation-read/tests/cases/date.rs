//! Time expressions, marked in the text itself: `They met [last week=2025-W13].`
//!
//! Every line of a `.txt` file under `tests/cases/date` is a document of its own, and so is every example of a rule.
//! A line `@ DATE` sets the day of publication of those that follow, `@` alone leaves it unknown; `\n` ends a
//! paragraph within a line; lines after `#` are comments. An expression without a value is marked `[last week=?]`.

use std::fmt::Write as _;
use std::{fs, path::Path};

use jiff::civil::Date;
use legation_read::Input;

use crate::support::reader;

/// Day of publication of examples in rules: a Wednesday.
const PUBLISHED: Date = jiff::civil::date(2025, 4, 2);

/// The text of a marked line.
fn unmarked(marked: &str) -> String {
    let mut text = String::new();
    for (index, part) in marked.split('[').enumerate() {
        match part.split_once(']') {
            Some((inside, rest)) if index > 0 => {
                text.push_str(inside.rsplit_once('=').map_or(inside, |split| split.0));
                text.push_str(rest);
            }
            _ => text.push_str(part),
        }
    }
    text.replace("\\n", "\n")
}

/// The text with what was read in it marked.
fn marked(text: &str, published: Option<Date>) -> String {
    let reading = reader().read(&Input { published, ..Input::new("case", text.as_bytes()) });
    let mut out = String::new();
    let mut at = 0;
    for date in &reading.dates {
        let range = date.span.range();
        let value = date.value.as_deref().unwrap_or("?");
        let _ = write!(
            out,
            "{}[{}={value}]",
            &reading.document.text[at..range.start],
            date.span.of(&reading.document.text)
        );
        at = range.end;
    }
    out.push_str(&reading.document.text[at..]);
    out.trim_end().replace('\n', "\\n")
}

fn compare(name: &str, wanted: &str, published: Option<Date>, failures: &mut String) {
    let read = marked(&unmarked(wanted), published);
    if read != wanted {
        let _ = writeln!(failures, "{name}\n  wanted {wanted}\n  read   {read}");
    }
}

/// Runs one file; gives the number of its lines.
fn check_file(name: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/date").join(name);
    let text = fs::read_to_string(&path).expect("a readable case file");
    let (mut failures, mut count, mut published) = (String::new(), 0, Some(PUBLISHED));
    for (number, line) in text.lines().enumerate() {
        if let Some(day) = line.strip_prefix('@') {
            published = (!day.trim().is_empty()).then(|| day.trim().parse().expect("a date after @"));
        } else if !line.is_empty() && !line.starts_with('#') {
            count += 1;
            compare(&format!("{name}:{}", number + 1), line, published, &mut failures);
        }
    }
    let failed = failures.matches("\n  wanted").count();
    assert!(failures.is_empty(), "{failed} of {count} lines:\n{failures}");
    count
}

#[test]
fn date_rules_read_their_own_examples() {
    let calendar = &reader().data().calendar;
    let (mut failures, mut count) = (String::new(), 0);
    for rule in calendar.prefixes.iter().chain(&calendar.rules) {
        for example in &rule.examples {
            count += 1;
            compare(&format!("{} {}", rule.source, rule.name), example, Some(PUBLISHED), &mut failures);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(count > 80, "only {count} examples");
}

#[test]
fn date_traps_hold_no_date() {
    assert!(check_file("traps.txt") >= 700);
}

#[test]
fn dates_of_news_are_worked_out() {
    assert!(check_file("news.txt") >= 300);
}

#[test]
fn a_day_over_after_publication_is_a_problem() {
    let told = |text: &str| {
        let reading =
            reader().read(&Input { published: Some(PUBLISHED), ..Input::new("case", text.as_bytes()) });
        reading.problems.iter().any(|problem| problem.code == "date/after-publication")
    };
    for text in [
        "The pact was signed on 3 May 2026 in Oslo.",
        "The envoy, who was recalled on September 1, 2025, had served for two years.",
    ] {
        assert!(told(text), "{text}");
    }
    for text in [
        "The pact was signed on 3 May 2024 in Oslo.",
        "The pact was signed on 3 April 2025 in Oslo.",
        "The pact will be signed on 3 May 2026 in Oslo.",
        "The pact, which was to expire on 3 May 2026, was renewed.",
        "The lease was extended until 3 May 2026.",
        "The court set the hearing for 3 May 2026.",
        "“We signed it on 3 May 2026,” he wrote in the novel.",
    ] {
        assert!(!told(text), "{text}");
    }
}

#[test]
fn lengths_counted_from_now_have_days() {
    for (text, first, last) in [
        ("Exports fell in the past three years.", Some("2022-04-03"), Some("2025-04-02")),
        ("Exports fell in the last 30 days.", Some("2025-03-04"), Some("2025-04-02")),
        ("Exports will fall in the next two months.", Some("2025-04-02"), Some("2025-06-02")),
        ("Exports fell in the past few weeks.", None, Some("2025-04-02")),
        ("Exports fell for three years.", None, None),
    ] {
        let reading =
            reader().read(&Input { published: Some(PUBLISHED), ..Input::new("case", text.as_bytes()) });
        let date = &reading.dates[0];
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        assert_eq!((day(date.first).as_deref(), day(date.last).as_deref()), (first, last), "{text}");
    }
}
