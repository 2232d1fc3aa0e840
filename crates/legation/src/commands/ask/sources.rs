//! `legation sources`: what was read of each source, and what was not.

use comfy_table::Cell;
use jiff::{ToSpan as _, civil::Date};
use legation_record::ask::CoverageDay;
use serde::Serialize;

use super::{
    filter, open,
    printing::{Row, list},
};
use crate::{
    ask_cli::{ListFormat, SourcesArguments},
    exit::Failure,
};

/// Lists the sources, or their days.
///
/// # Errors
/// If there is no record, the source is not known, or the output cannot be written.
pub(super) fn run(arguments: &SourcesArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let filter = filter(&record, arguments.days, arguments.source.as_ref())?;
    let source = filter.source.as_deref();
    if arguments.by_day {
        let days = record.coverage_days(source, filter.from, filter.to)?;
        if arguments.printing.format == ListFormat::Text {
            let stretches = stretches(&days);
            let row = |number: usize| Ok(stretches[number].clone());
            return list(&arguments.printing, "stretches of days", stretches.len(), row);
        }
        return list(&arguments.printing, "days", days.len(), |number| Ok(days[number].clone()));
    }
    let sources = record.coverage(source, filter.from, filter.to)?;
    list(&arguments.printing, "sources", sources.len(), |number| Ok(sources[number].clone()))
}

/// Days that follow each other and on which nothing was to be read, as one; any other day alone.
#[derive(Clone, Serialize)]
struct Stretch {
    day: CoverageDay,
    last: Option<String>,
    days: usize,
}

fn stretches(days: &[CoverageDay]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for day in days {
        let follows = |stretch: &&mut Stretch| {
            stretch.day.state == "silent"
                && day.state == "silent"
                && stretch.day.source == day.source
                && next(stretch.last.as_ref()) == day.day
        };
        if let Some(stretch) = stretches.last_mut().filter(follows) {
            stretch.last.clone_from(&day.day);
            stretch.days += 1;
        } else {
            stretches.push(Stretch { day: day.clone(), last: day.day.clone(), days: 1 });
        }
    }
    stretches
}

/// The day after.
fn next(day: Option<&String>) -> Option<String> {
    let day: Date = day?.parse().ok()?;
    Some(day.checked_add(1.day()).ok()?.to_string())
}

impl Row for Stretch {
    const COLUMNS: &'static [&'static str] = CoverageDay::COLUMNS;
    const HEADS: &'static [&'static str] =
        &["source", "from", "to", "days", "state", "reports", "of these copies", "empty", "failed"];

    fn cells(&self) -> Vec<String> {
        self.day.cells()
    }

    fn people(&self) -> Vec<Cell> {
        let mut cells = self.day.people();
        let to = self.last.clone().filter(|_| self.days > 1).unwrap_or_default();
        let days = if self.day.day.is_some() { self.days.to_string() } else { String::new() };
        cells.splice(2..2, [Cell::new(to), Cell::new(days)]);
        cells
    }
}

#[cfg(test)]
mod tests {
    use legation_record::ask::CoverageDay;

    use super::stretches;

    fn day(day: &str, state: &str) -> CoverageDay {
        CoverageDay {
            source: "Harbour Post".to_owned(),
            day: Some(day.to_owned()),
            reports: i64::from(state == "read"),
            copies: 0,
            empty: 0,
            failed: 0,
            state: state.to_owned(),
        }
    }

    #[test]
    fn silent_days_are_told_together() {
        let days = [
            day("2024-02-28", "read"),
            day("2024-02-29", "silent"),
            day("2024-03-01", "silent"),
            day("2024-03-02", "read"),
            day("2024-03-09", "silent"),
        ];
        let lengths: Vec<usize> = stretches(&days).iter().map(|stretch| stretch.days).collect();
        assert_eq!(lengths, [1, 2, 1, 1]);
    }
}
