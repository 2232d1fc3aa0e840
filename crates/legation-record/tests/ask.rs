//! Questions to a small record, kept from texts written for it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::sync::OnceLock;
use std::time::Duration;

use jiff::{Timestamp, civil::Date};
use legation_read::{Input, Reader, Reading};
use legation_record::{
    Given, Incoming, Made, Record, RecordError,
    ask::{Cell, Filter, Id, SqlLimits, StateCodes},
};

const RECALL: &str = "Kenya recalls envoy from Norway\n\n\
    NAIROBI, March 4, 2024 - Kenya recalled its ambassador from Norway on Monday. Kenya's foreign minister, Musalia \
    Mudavadi, accused Norway of interference in the election in October. \"We will not accept lessons from anybody,\" \
    Mudavadi told reporters in Nairobi. Norway rejected the accusation.\n";

const VISIT: &str = "Norway's prime minister to visit Kenya\n\n\
    OSLO, March 20, 2024 - Norway's prime minister, Jonas Gahr Støre, will visit Nairobi on April 10, his office said on \
    Wednesday. Kenya has confirmed the visit. The two countries signed a fisheries agreement on Tuesday.\n";

const OFF: &str = "Visit to Nairobi called off\n\n\
    OSLO, April 8, 2024 - Norway has called off the visit of its prime minister, Jonas Gahr Støre, to Nairobi that was \
    planned for April 10. Kenya expelled a Norwegian diplomat on Monday.\n";

const TALKS: &str = "Ministers to meet\n\n\
    GENEVA, April 20, 2024 - The foreign ministers of Kenya and Norway will meet in Geneva on April 25, the United \
    Nations said on Saturday. China sent food aid to Kenya in April.\n";

const STORM: &str = "Storm in the Bay\n\n\
    MOMBASA, May 6, 2024 - Kenya asked the European Union for help after a storm on Sunday. The European Union sent 20 \
    doctors to Kenya on Monday. The café at the port was damaged.\n";

/// Key, source, text.
const REPORTS: [(&str, &str, &str); 7] = [
    ("harbour/recall", "Harbour Post", RECALL),
    ("fjord/recall", "Fjord Times", RECALL),
    ("harbour/visit", "Harbour Post", VISIT),
    ("fjord/off", "Fjord Times", OFF),
    ("plain/talks", "Plain News", TALKS),
    ("plain/storm", "Plain News", STORM),
    ("plain/nothing", "Plain News", ""),
];

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::shipped().unwrap())
}

/// What is read in each of the reports.
fn readings() -> &'static [Reading] {
    static READINGS: OnceLock<Vec<Reading>> = OnceLock::new();
    READINGS.get_or_init(|| {
        REPORTS.iter().map(|(key, _, text)| reader().read(&Input::new(key, text.as_bytes()))).collect()
    })
}

fn record() -> Record {
    let mut record = Record::in_memory().unwrap();
    let states = reader().data().registers.states.iter().map(|state| StateCodes {
        iso: state.key.to_string(),
        name: state.name.to_string(),
        cow: state.cow,
        gw: state.gleditsch_ward,
    });
    record.set_states(&states.collect::<Vec<_>>()).unwrap();
    let made = Made { legation: "test".to_owned(), data: String::new(), models: String::new() };
    let run = record.begin("keep", &made, Timestamp::UNIX_EPOCH).unwrap();
    let given = Given::default();
    for ((key, source, text), reading) in REPORTS.iter().zip(readings()) {
        let incoming = Incoming { key, source, bytes: text.as_bytes(), given: &given, read: Ok(reading) };
        record.keep(run, &[incoming], Timestamp::UNIX_EPOCH).unwrap();
    }
    let given = Given { published: Some(day("2024-04-30")), ..Given::default() };
    let failed = Incoming {
        key: "plain/lost",
        source: "Plain News",
        bytes: &[],
        given: &given,
        read: Err("plain/lost: not to be read"),
    };
    record.keep(run, &[failed], Timestamp::UNIX_EPOCH).unwrap();
    record
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Type, day and status of the events that a filter finds.
fn events(record: &Record, filter: &Filter) -> Vec<(String, String, String)> {
    let events = record.events(filter).unwrap();
    let rows = events.iter().map(|event| record.event(*event).unwrap());
    rows.map(|event| (event.r#type, event.day.unwrap_or_default(), event.status)).collect()
}

fn told(record: &Record, filter: &Filter) -> Vec<String> {
    events(record, filter).into_iter().map(|(kind, day, _)| format!("{kind} {day}")).collect()
}

#[test]
fn events_are_found_by_who_and_when() {
    let record = record();
    let who = |name: &str| Some(record.who(name).unwrap());
    let from_kenya = Filter { actor: who("KEN"), recipient: who("NOR"), ..Filter::default() };
    let found = told(&record, &from_kenya);
    for event in ["SANCTION 2024-03-04", "ACCUSE 2023-10-01", "SANCTION 2024-04-08"] {
        assert!(found.contains(&event.to_owned()), "{event} in {found:?}");
    }
    assert!(!found.iter().any(|event| event.starts_with("REJECT")), "{found:?}");
    let april = Filter { from: Some(day("2024-04-01")), to: Some(day("2024-04-30")), ..from_kenya.clone() };
    assert!(told(&record, &april).contains(&"SANCTION 2024-04-08".to_owned()));
    assert!(!told(&record, &april).contains(&"SANCTION 2024-03-04".to_owned()));
    let planned = Filter { statuses: vec!["planned".to_owned()], ..Filter::default() };
    assert!(events(&record, &planned).iter().all(|(_, _, status)| status == "planned"));
    assert!(!events(&record, &planned).is_empty());
    let mutual = Filter { actor: who("Norway"), recipient: who("Kenya"), ..Filter::default() };
    assert!(
        told(&record, &mutual).contains(&"SUPPORT 2024-03-19".to_owned()),
        "{:?}",
        told(&record, &mutual)
    );
}

#[test]
fn days_come_in_order_and_rows_without_one_last() {
    let record = record();
    let days = |newest: bool| -> Vec<String> {
        let filter = Filter { newest, ..Filter::default() };
        events(&record, &filter).into_iter().map(|(_, day, _)| day).filter(|day| !day.is_empty()).collect()
    };
    let (old, new) = (days(false), days(true));
    assert!(old.is_sorted() && old.len() > 5, "{old:?}");
    assert!(new.iter().rev().is_sorted(), "{new:?}");
}

#[test]
fn copies_count_once() {
    let record = record();
    let filter = Filter { actor: Some(record.who("Kenya").unwrap()), ..Filter::default() };
    let numbers = record.events(&filter).unwrap();
    let rows: Vec<_> = numbers.iter().map(|event| record.event(*event).unwrap()).collect();
    let recall = rows.iter().find(|event| event.day.as_deref() == Some("2024-03-04")).unwrap();
    assert_eq!((recall.reports, recall.origins), (2, 1));
    let passage = recall.passage.as_ref().unwrap();
    let mark = &passage.marks[0];
    let words: String = passage.text.chars().skip(mark.start).take(mark.end - mark.start).collect();
    // In the headline or in the text.
    assert!(words.starts_with("recall") && mark.what == "trigger", "{words}");
    let twice = Filter { origins: Some(2), ..Filter::default() };
    assert!(record.events(&twice).unwrap().iter().all(|event| record.event(*event).unwrap().origins >= 2));
    let all = record.statements(&Filter { copies: true, ..Filter::default() }).unwrap().len();
    let originals = record.statements(&Filter::default()).unwrap();
    assert!(originals.len() < all, "{} of {all}", originals.len());
    let fjord = Filter { source: Some("Fjord Times".to_owned()), ..Filter::default() };
    assert!(!record.statements(&fjord).unwrap().is_empty(), "a source has its own, copied or not");
}

#[test]
fn statements_tell_who_and_of_whom() {
    let record = record();
    let filter = Filter {
        speaker: Some(record.who("Musalia Mudavadi").unwrap()),
        about: Some(record.who("NOR").unwrap()),
        ..Filter::default()
    };
    let found = record.statements(&filter).unwrap();
    assert_eq!(found.len(), 1);
    let statement = record.statement(found[0]).unwrap();
    assert_eq!(statement.about[0].towards.as_deref(), Some("criticism"));
    assert_eq!(statement.reports, 2);
    assert!(statement.content.contains("interference"), "{}", statement.content);
    assert!(statement.passages[0].marks.iter().any(|mark| mark.what == "cue"));
}

#[test]
fn names_that_are_not_there_are_offered_others() {
    let record = record();
    let message = |error: RecordError| {
        assert!(error.is_refusal());
        error.to_string()
    };
    let near = message(record.who("Mudavady").unwrap_err());
    assert!(near.contains("did you mean Musalia Mudavadi (KEN)?"), "{near}");
    let none = message(record.who("Xyzzy").unwrap_err());
    assert!(!none.contains("did you mean"), "{none}");
    let source = message(record.source("Harbor Post").unwrap_err());
    assert!(source.contains("did you mean Harbour Post?"), "{source}");
    assert_eq!(record.source("harbour post").unwrap(), "Harbour Post");
    assert_eq!(record.who("ken").unwrap(), record.who("KEN").unwrap());
}

#[test]
fn the_ledger_tells_what_became_of_plans() {
    let record = record();
    let on = Some(day("2024-05-06"));
    let plans = record.plans(&Filter::default(), on).unwrap();
    let plans: Vec<_> = plans.iter().map(|plan| record.plan(*plan, on).unwrap()).collect();
    let visit = plans.iter().find(|plan| plan.what == "visit").unwrap();
    assert_eq!(visit.status, "cancelled");
    assert!(!visit.overdue);
    assert_eq!(visit.course(), [("confirmed", Some("2024-03-20")), ("cancelled", Some("2024-04-08"))]);
    let meeting = plans.iter().find(|plan| plan.day.as_deref() == Some("2024-04-25")).unwrap();
    assert!(meeting.overdue);
    let before = record.plan(meeting.id.number, Some(day("2024-04-25"))).unwrap();
    assert!(!before.overdue, "its last day has not passed");
    let overdue = Filter { statuses: vec!["overdue".to_owned()], ..Filter::default() };
    assert_eq!(record.plans(&overdue, on).unwrap(), [meeting.id.number]);
    assert!(record.plans(&overdue, Some(day("2024-04-25"))).unwrap().is_empty());
    let told = &visit.history[0];
    assert_eq!(record.expectation(told.id.number).unwrap(), *told);
    assert!(told.positions.iter().any(|told| told.party == "Kenya" && told.position == "confirms"));
}

#[test]
fn a_dyad_has_both_ways_and_months_that_nobody_read() {
    let record = record();
    let (from, to) = (Some(day("2024-02-01")), Some(day("2024-05-31")));
    let answer = record.dyad("KEN", "NOR", from, to).unwrap();
    let months: Vec<&str> = answer.months.iter().map(|month| month.month.as_str()).collect();
    assert_eq!(
        months,
        ["2024-02", "2024-02", "2024-03", "2024-03", "2024-04", "2024-04", "2024-05", "2024-05"]
    );
    assert!(!answer.months[0].is_read(), "nothing was read of February");
    let march = &answer.months[2];
    assert_eq!((march.source.as_str(), march.target.as_str()), ("KEN", "NOR"));
    assert_eq!((march.articles_read, march.origins_read), (3, 2));
    assert_eq!(march.material_conflict, 1, "{march:?}");
    assert_eq!(march.verbal_cooperation, 1, "the agreement counts both ways");
    assert_eq!(answer.months[3].verbal_cooperation, 1);
    let may = &answer.months[6];
    assert_eq!((may.n, may.goldstein_mean, may.is_read()), (0, None, true));
    let planned = answer.events.iter().map(|event| record.event(*event).unwrap().status);
    assert!(planned.into_iter().any(|status| status == "planned"), "events of any status are listed");
    assert!(record.dyad("KEN", "KEN", None, None).unwrap_err().is_refusal());
    assert_eq!(record.code_of("kenya").unwrap(), "KEN");
    assert_eq!(record.code_of("European Union").unwrap(), "EU");
}

#[test]
fn no_question_about_a_dyad_goes_through_a_whole_table() {
    let plan = record().dyad_plan().unwrap();
    assert!(plan.iter().any(|line| line.contains("SEARCH event_dyad")), "{plan:#?}");
    for line in &plan {
        for table in ["event", "event_dyad", "claim", "report"] {
            let is_scan = line.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) == Some(table);
            assert!(!is_scan, "{line}\n{plan:#?}");
        }
    }
}

#[test]
fn the_view_of_dyads_says_the_same_as_the_question() {
    let mut record = record();
    let answer = record.dyad("KEN", "NOR", None, None).unwrap();
    let mut rows = Vec::new();
    let query =
        "SELECT month, source, n, goldstein_sum, articles_read, source_cow, target_gw FROM v_dyad_month
        WHERE source IN ('KEN', 'NOR') AND target IN ('KEN', 'NOR') ORDER BY month, source";
    ask(&mut record, query, &mut rows).unwrap();
    let counted: Vec<_> = answer.months.iter().filter(|month| month.n > 0).collect();
    assert_eq!(rows.len(), counted.len());
    for (row, month) in rows.iter().zip(counted) {
        assert_eq!(row[0], Cell::Text(month.month.clone()));
        assert_eq!(row[2], Cell::Integer(month.n));
        assert_eq!(row[3], Cell::Real(month.goldstein_sum));
        assert_eq!(row[4], Cell::Integer(month.articles_read));
        let kenya = month.source == "KEN";
        assert_eq!(row[5], Cell::Integer(if kenya { 501 } else { 385 }));
        assert_eq!(row[6], Cell::Integer(if kenya { 385 } else { 501 }));
    }
}

#[test]
fn coverage_tells_silence_from_failure() {
    let record = record();
    let sources = record.coverage(None, None, None).unwrap();
    let plain = sources.iter().find(|source| source.source == "Plain News").unwrap();
    assert_eq!((plain.reports, plain.empty, plain.undated, plain.failed), (3, 1, 1, 1));
    assert_eq!((plain.first.as_deref(), plain.last.as_deref()), (Some("2024-04-20"), Some("2024-05-06")));
    assert_eq!((plain.days_read, plain.days_silent), (2, 15));
    let fjord = sources.iter().find(|source| source.source == "Fjord Times").unwrap();
    assert_eq!((fjord.reports, fjord.copies), (2, 1));
    let days = record.coverage_days(Some("Plain News"), None, None).unwrap();
    let state = |day: &str| {
        let found = days.iter().find(|row| row.day.as_deref() == Some(day));
        found.map(|row| row.state.as_str())
    };
    assert_eq!(state("2024-04-20"), Some("read"));
    assert_eq!(state("2024-04-21"), Some("silent"));
    assert_eq!(state("2024-04-30"), Some("failed"));
    assert_eq!(state("2024-05-07"), None, "after its last report nothing is known");
    assert_eq!(days.last().unwrap().day, None);
    assert_eq!(days.last().unwrap().state, "empty");
}

#[test]
fn words_are_found_once_a_text() {
    let record = record();
    let found = |words: &str| record.search(words, &Filter::default()).unwrap();
    let recall = found("\"recalled its ambassador\"");
    assert_eq!((recall.reports, recall.hits.len()), (2, 1));
    let hit = record.hit(&recall, recall.hits[0]).unwrap();
    assert_eq!(hit.reports, 2);
    let words: Vec<String> = hit
        .marks
        .iter()
        .map(|mark| hit.snippet.chars().skip(mark.start).take(mark.end - mark.start).collect())
        .collect();
    assert_eq!(words.concat().replace(' ', ""), "recalleditsambassador");
    assert_eq!(found("fisher* norway").hits.len(), 1);
    assert_eq!(found("CAFE").hits.len(), 1, "accents and cases do not matter");
    assert_eq!(found("visit -fisheries").hits.len(), 1);
    assert_eq!(found("storm OR fisheries").hits.len(), 2);
    assert!(found("submarine").hits.is_empty());
    let april = Filter { from: Some(day("2024-04-01")), ..Filter::default() };
    assert_eq!(record.search("nairobi", &april).unwrap().hits.len(), 1);
}

#[test]
fn everything_that_has_a_number_can_be_shown() {
    let record = record();
    let report = record.report_answer(1).unwrap();
    assert_eq!(report.same_text, ["R2".parse::<Id>().unwrap()]);
    assert!(report.claims.len() > 2 && report.statements.len() > 2);
    let claim = record.claim(report.claims[0]).unwrap();
    assert_eq!(claim.passage.report.to_string(), "R1");
    let event = claim.event.unwrap();
    assert!(record.claims_of_event(event.number).unwrap().contains(&claim.id.number));
    let sentences = record.resting(1).unwrap();
    assert!(sentences.iter().any(|sentence| sentence.ids.contains(&claim.id)));
    for absent in [
        record.report(99).unwrap_err(),
        record.claim(999).unwrap_err(),
        record.event(999).unwrap_err(),
        record.statement(999).unwrap_err(),
        record.expectation(999).unwrap_err(),
        record.plan(999, None).unwrap_err(),
    ] {
        assert!(absent.is_refusal() && absent.to_string().contains("not in the record"), "{absent}");
    }
}

#[test]
fn an_actor_is_told_with_offices_and_partners() {
    let record = record();
    let minister = record.actor(&record.who("Musalia Mudavadi").unwrap(), &Filter::default()).unwrap();
    assert_eq!(minister.count, 1);
    assert!(minister.actors[0].reports >= 2, "{:?}", minister.actors);
    assert!(!minister.statements.is_empty());
    assert_eq!(minister.partners[0].code, "NOR");
    let kenya = record.actor(&record.who("KEN").unwrap(), &Filter::default()).unwrap();
    assert!(kenya.count > 1);
    let norway = kenya.partners.iter().find(|partner| partner.code == "NOR").unwrap();
    assert!(norway.to > 0 && norway.from > 0);
    assert!(!kenya.partners.iter().any(|partner| partner.code == "KEN"));
}

fn ask(record: &mut Record, query: &str, rows: &mut Vec<Vec<Cell>>) -> Result<(), RecordError> {
    let limits = SqlLimits { rows: Some(1000), time: Duration::from_secs(20) };
    let each = &mut |_: &[String], cells: &[Cell]| -> Result<(), RecordError> {
        rows.push(cells.to_vec());
        Ok(())
    };
    record.sql(query, limits, each).map(|_| ())
}

#[test]
fn sql_reads_every_view_and_writes_nothing() {
    let mut record = record();
    for view in ["v_reports", "v_claims", "v_events", "v_statements", "v_plans", "v_dyad_month", "v_coverage"]
    {
        let mut rows = Vec::new();
        ask(&mut record, &format!("SELECT * FROM {view}"), &mut rows).unwrap();
        assert!(!rows.is_empty(), "{view}");
    }
    for query in [
        "DELETE FROM report",
        "UPDATE event SET status = 'denied'",
        "INSERT INTO state (iso, name) VALUES ('XXX', 'x')",
        "DROP VIEW v_events",
        "CREATE TEMP TABLE t (a)",
        "ATTACH '/tmp/other.db' AS other",
        "PRAGMA user_version = 9",
        "VACUUM",
        "BEGIN",
        "SELECT 1; DELETE FROM report",
        "SELECT load_extension('x')",
        "WITH x AS (SELECT 1) INSERT INTO state SELECT 'XXX', 'x', 1, 1 FROM x",
        "",
        "SELECT nothing FROM v_events",
    ] {
        let error = ask(&mut record, query, &mut Vec::new()).unwrap_err();
        assert!(error.is_refusal(), "{query}: {error}");
    }
    assert_eq!(record.count_reports().unwrap(), 7);
    let unknown = ask(&mut record, "SELECT *\nFROM v_event", &mut Vec::new()).unwrap_err().to_string();
    assert!(unknown.contains("no such table: v_event"), "{unknown}");
    let states = record.states().unwrap();
    record.set_states(&states).unwrap();
    assert_eq!(record.states().unwrap(), states, "what SQL may not do, the record still may");
}

#[test]
fn a_query_that_does_not_end_is_stopped() {
    let mut record = record();
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let limits = SqlLimits { rows: None, time: Duration::from_millis(100) };
    let each = &mut |_: &[String], _: &[Cell]| -> Result<(), RecordError> { Ok(()) };
    let error = record.sql(endless, limits, each).unwrap_err();
    assert!(error.is_refusal() && error.to_string().contains("stopped"), "{error}");
    let limits = SqlLimits { rows: Some(3), time: Duration::from_secs(20) };
    let answer = record.sql("SELECT claim FROM v_claims", limits, each).unwrap();
    assert!(answer.is_cut && answer.rows == 3 && answer.columns == ["claim"]);
}
