//! Plans and contradictions of the gold, and what the record has of them.

use std::collections::BTreeSet;
use std::time::Duration;

use legation_record::{
    Record, RecordError,
    ask::{Cell, SqlLimits},
};

use super::story::{Plan, Story};

/// How many of the gold's were found, and how many of those that the record has are right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    /// Found, with the status of the gold.
    pub(crate) right: usize,
    pub(crate) told: usize,
    pub(crate) true_ones: usize,
}

/// A contradiction as the record has it: its kind, and the reports of its two claims.
struct Contradiction {
    kind: String,
    reports: [String; 2],
}

/// Something a report says is to come.
struct Expected {
    report: String,
    plan: String,
    status: String,
    what: String,
    /// Its sentence, in code points.
    sentence: (u32, u32),
}

/// The answer to a query, as text.
pub(crate) fn rows(record: &mut Record, query: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let limits = SqlLimits { rows: None, time: Duration::from_secs(60) };
    let each = &mut |_: &[String], row: &[Cell]| {
        rows.push(row.iter().map(Cell::text).collect());
        Ok::<(), RecordError>(())
    };
    record.sql(query, limits, each).unwrap();
    rows
}

/// Plans of the gold: found where some mention of it is on a line of the ledger, right where that line has its status.
pub(crate) fn plans(stories: &[Story], record: &mut Record) -> Counts {
    let query = "SELECT report.key, expectation.plan, plan.status, expectation.what,
            json_extract(sentences, '$[' || sentence || '][0]'), json_extract(sentences, '$[' || sentence || '][1]')
        FROM expectation JOIN plan ON plan.id = expectation.plan JOIN report ON report.id = expectation.report
            JOIN reading ON reading.id = expectation.reading
        WHERE expectation.is_live ORDER BY expectation.id";
    let expected: Vec<Expected> = rows(record, query)
        .into_iter()
        .map(|row| Expected {
            sentence: (row[4].parse().unwrap(), row[5].parse().unwrap()),
            report: row[0].clone(),
            plan: row[1].clone(),
            status: row[2].clone(),
            what: row[3].clone(),
        })
        .collect();
    let mut counts = Counts::default();
    let mut told = BTreeSet::new();
    for story in stories {
        for plan in &story.plans {
            counts.gold += 1;
            let lines: Vec<&Expected> = story
                .places(&plan.mentions)
                .iter()
                .filter_map(|place| line(&expected, place, plan))
                .collect();
            let plans: BTreeSet<&str> = lines.iter().map(|line| line.plan.as_str()).collect();
            told.extend(lines.iter().map(|line| line.plan.clone()));
            let Some(line) = lines.first() else { continue };
            counts.found += 1;
            let is_right = line.status == plan.status;
            counts.right += usize::from(is_right);
            counts.true_ones += usize::from(plans.len() == 1);
            if std::env::var_os("LEGATION_ERRORS").is_some() && (!is_right || plans.len() > 1) {
                println!(
                    "plan: {} {} {}: read {plans:?} as {}",
                    story.name, plan.what, plan.status, line.status
                );
            }
        }
    }
    counts.told = told.len();
    counts
}

/// What the record has at a place: of the same kind first.
fn line<'a>(expected: &'a [Expected], place: &(String, u32, u32), plan: &Plan) -> Option<&'a Expected> {
    let (report, start, end) = place;
    let there = |expected: &&Expected| {
        expected.report == *report && expected.sentence.0 < *end && expected.sentence.1 > *start
    };
    let all = || expected.iter().filter(there);
    all().find(|expected| expected.what == plan.what).or_else(|| all().next())
}

/// Contradictions of the gold: found where the record has one of its kind between two of its reports.
pub(crate) fn contradictions(stories: &[Story], record: &mut Record) -> Counts {
    let query = "SELECT kind, one.key, other.key FROM contradiction
            JOIN claim AS a ON a.id = contradiction.a JOIN report AS one ON one.id = a.report
            JOIN claim AS b ON b.id = contradiction.b JOIN report AS other ON other.id = b.report";
    let told: Vec<Contradiction> = rows(record, query)
        .into_iter()
        .map(|row| Contradiction { kind: row[0].clone(), reports: [row[1].clone(), row[2].clone()] })
        .collect();
    let mut counts = Counts { told: told.len(), ..Counts::default() };
    let mut true_ones = BTreeSet::new();
    for story in stories {
        for gold in &story.contradictions {
            counts.gold += 1;
            let is_it = |told: &Contradiction| {
                told.kind == gold.kind && told.reports.iter().all(|report| gold.reports.contains(report))
            };
            counts.found += usize::from(told.iter().any(is_it));
            true_ones.extend(told.iter().enumerate().filter(|(_, told)| is_it(told)).map(|(index, _)| index));
            if std::env::var_os("LEGATION_ERRORS").is_some() && !told.iter().any(is_it) {
                println!("no contradiction: {} {} {:?}", story.name, gold.kind, gold.reports);
            }
        }
    }
    counts.true_ones = true_ones.len();
    counts
}
