//! `legation calendar`: what is planned, and what became of it.

use std::collections::BTreeMap;

use comfy_table::Cell;
use jiff::civil::Date;
use legation_record::{
    Record,
    ask::{Id, PlanRow, Told},
};
use serde::Serialize;

use super::{
    filter, names, open,
    printing::{Row, list},
    rows, who,
    words::{self, or_empty},
};
use crate::{ask_cli::CalendarArguments, calendar, exit::Failure, output, people};

/// Lists the plans asked for, or what each report said of them, or makes a calendar of them.
///
/// # Errors
/// If there is no record, a name is not known, or the output cannot be written.
pub(super) fn run(arguments: &CalendarArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let mut filter = filter(&record, arguments.days, arguments.source.as_ref())?;
    filter.types = arguments.types.iter().map(|what| what.trim().to_lowercase()).collect();
    filter.statuses = names(&arguments.status);
    filter.actor = who(&record, arguments.actor.as_ref())?;
    let on = arguments.on.map_or_else(|| record.newest_day(), |on| Ok(Some(on)))?;
    let plans = record.plans(&filter, on)?;
    if arguments.ics {
        return ics(&record, &plans, on);
    }
    if arguments.history {
        let mut history = Vec::new();
        for plan in plans {
            let plan = record.plan(plan, on)?;
            history.extend(plan.history.iter().map(|told| Line::new(&plan, told)));
        }
        return list(&arguments.printing, "lines", history.len(), |number| Ok(history[number].clone()));
    }
    list(&arguments.printing, "plans", plans.len(), |number| record.plan(plans[number], on))
}

fn ics(record: &Record, plans: &[i64], on: Option<Date>) -> Result<u8, Failure> {
    let mut text = String::from(calendar::HEAD);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for plan in plans {
        let plan = record.plan(*plan, on)?;
        let key = plan.history.first().map(|told| record.report(told.report.number)).transpose()?;
        let key = key.as_ref().map_or("", |report| &report.key);
        text.push_str(&calendar::planned(&plan, key, &mut told).unwrap_or_default());
    }
    text.push_str(calendar::FOOT);
    crate::commands::print(&text)?;
    let with_day: usize = told.values().sum();
    output::note(format!("plans: {}, {with_day} of them with a day", plans.len()));
    Ok(crate::exit::SUCCESS)
}

/// What one report said of a plan.
#[derive(Clone, Serialize)]
struct Line {
    what: String,
    who: Vec<String>,
    #[serde(flatten)]
    told: Told,
}

impl Line {
    fn new(plan: &PlanRow, told: &Told) -> Line {
        let who = plan.who.iter().map(|party| party.name.clone()).collect();
        Line { what: plan.what.clone(), who, told: Told { plan: Some(plan.id), ..told.clone() } }
    }

    fn plan(&self) -> String {
        self.told.plan.as_ref().map(Id::to_string).unwrap_or_default()
    }

    fn positions(&self, between: &str) -> String {
        let positions = self.told.positions.iter();
        let told: Vec<String> = positions.map(|told| format!("{} {}", told.party, told.position)).collect();
        told.join(between)
    }
}

impl Row for Line {
    const COLUMNS: &'static [&'static str] = &[
        "plan",
        "what",
        "who",
        "id",
        "published",
        "report",
        "source",
        "value",
        "status",
        "positions",
        "words",
    ];
    const HEADS: &'static [&'static str] =
        &["plan", "what", "id", "told on", "source", "when", "status", "positions", "words"];

    fn cells(&self) -> Vec<String> {
        let words: Vec<&str> = self.told.passages.iter().map(|passage| passage.text.as_str()).collect();
        vec![
            self.plan(),
            self.what.clone(),
            self.who.join("; "),
            self.told.id.to_string(),
            or_empty(self.told.published.as_ref()),
            self.told.report.to_string(),
            self.told.source.clone(),
            or_empty(self.told.value.as_ref()),
            self.told.status.clone(),
            self.positions("; "),
            words.join(" "),
        ]
    }

    fn people(&self) -> Vec<Cell> {
        let words: Vec<String> = self.told.passages.iter().take(1).map(words::short).collect();
        let what = format!("{}: {}", self.what, self.who.join(", "));
        vec![
            Cell::new(self.plan()),
            Cell::new(people::words::shortened(&what, words::QUOTE / 2)),
            Cell::new(self.told.id),
            Cell::new(or_empty(self.told.published.as_ref())),
            Cell::new(format!("{} {}", self.told.report, self.told.source)),
            Cell::new(or_empty(self.told.value.as_ref())),
            rows::status(&self.told.status),
            Cell::new(self.positions("\n")),
            Cell::new(words.join(" ")),
        ]
    }
}
