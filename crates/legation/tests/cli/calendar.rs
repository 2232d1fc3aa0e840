//! `legation read --format ics`: what is planned, read back by another library's parser.

use std::collections::BTreeSet;

use calcard::icalendar::{ICalendar, ICalendarProperty};

use super::{code, legation_with_input, stderr, stdout};

const PLANS: &str = "The king of Norway will visit Ottawa on May 6, his palace said. Canada has confirmed the visit.\n\n\
                     Brazil has called off a summit with Peru that was planned for May 20.\n\n\
                     Kenya denies that its president will meet Uganda's in Kampala on May 12.\n\n\
                     The president of Chile plans to visit Quito.\n";

fn calendar() -> String {
    let output =
        legation_with_input(&["read", "-", "--format", "ics", "--published", "2024-04-02"], PLANS.as_bytes());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

fn cell(component: &calcard::icalendar::ICalendarComponent, name: &ICalendarProperty) -> String {
    let entry = component.entries.iter().find(|entry| entry.name == *name);
    entry
        .and_then(|entry| entry.values.first())
        .and_then(|value| value.as_text())
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn another_library_reads_the_calendar() {
    let text = calendar();
    let parsed = ICalendar::parse(&text).unwrap_or_else(|fault| panic!("{fault:?} in\n{text}"));
    let events: Vec<_> =
        parsed.components.iter().filter(|one| one.component_type.as_str() == "VEVENT").collect();
    assert_eq!(events.len(), 3, "{text}");
    let identifiers: BTreeSet<String> =
        events.iter().map(|event| cell(event, &ICalendarProperty::Uid)).collect();
    assert_eq!(identifiers.len(), 3);
    let whom: Vec<String> = events.iter().map(|event| cell(event, &ICalendarProperty::Summary)).collect();
    assert!(whom[0].starts_with("Visit: "), "{whom:?}");
    assert_eq!(whom[1], "Summit: Brazil, Peru");
}

#[test]
fn a_denial_is_not_a_cancellation() {
    let text = calendar();
    assert_eq!(text.matches("STATUS:CONFIRMED").count(), 1, "{text}");
    assert_eq!(text.matches("STATUS:CANCELLED").count(), 1, "{text}");
    assert_eq!(text.matches("STATUS:TENTATIVE").count(), 1, "{text}");
    assert!(
        text.contains("DTSTART;VALUE=DATE:20240506\r\n") && text.contains("DTEND;VALUE=DATE:20240507\r\n"),
        "{text}"
    );
}

#[test]
fn the_same_report_gives_the_same_calendar() {
    assert_eq!(calendar(), calendar());
}
