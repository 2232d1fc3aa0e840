//! Questions to a record, as users ask them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{code, folder, legation, legation_with_input, stderr, stdout};

const RECALL: &str = "Kenya recalls envoy from Norway\n\n\
    NAIROBI, March 4, 2024 (Harbour Post) - Kenya recalled its ambassador from Norway on Monday. Kenya's foreign minister, \
    Musalia Mudavadi, accused Norway of interference in the election in October. Norway rejected the accusation.\n";

const VISIT: &str = "Norway's prime minister to visit Kenya\n\n\
    OSLO, March 20, 2024 (Harbour Post) - Norway's prime minister, Jonas Gahr Støre, will visit Nairobi on April 10, his \
    office said on Wednesday. Kenya has confirmed the visit. The two countries signed a fisheries agreement on Tuesday.\n";

const TALKS: &str = "Ministers to meet\n\n\
    GENEVA, April 20, 2024 (Plain News) - Kenya expelled a Norwegian diplomat on Monday, and \"that was that\", said the \
    United Nations. China sent food aid to Kenya in April.\n";

/// A record that all tests ask and none writes to.
fn record() -> &'static str {
    static RECORD: OnceLock<PathBuf> = OnceLock::new();
    let path = RECORD.get_or_init(|| {
        let folder = folder("ask");
        let reports = folder.join("reports");
        fs::create_dir_all(&reports).unwrap();
        for (name, text) in
            [("recall.txt", RECALL), ("visit.txt", VISIT), ("talks.txt", TALKS), ("empty.txt", "")]
        {
            fs::write(reports.join(name), text).unwrap();
        }
        let copy = RECALL.replace("Harbour Post", "Fjord Times");
        fs::write(reports.join("recall-again.txt"), copy).unwrap();
        let record = folder.join("record.db");
        let kept = legation(&["keep", text(&reports), "--record", text(&record)]);
        assert_eq!(code(&kept), 0, "{}", stderr(&kept));
        record
    });
    text(path)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn ask(arguments: &[&str]) -> std::process::Output {
    legation(&[arguments, &["--record", record()]].concat())
}

/// What a question answers, which must succeed.
fn answer(arguments: &[&str]) -> String {
    let output = ask(arguments);
    assert_eq!(code(&output), 0, "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

fn rows(arguments: &[&str]) -> Vec<serde_json::Value> {
    serde_json::from_str(&answer(&[arguments, &["--format", "json"]].concat())).unwrap()
}

#[test]
fn every_list_is_printed_in_every_format() {
    for question in [
        &["events"][..],
        &["statements"],
        &["calendar"],
        &["calendar", "--history"],
        &["sources"],
        &["sources", "--days"],
        &["search", "kenya"],
        &["dyad", "KEN", "NOR", "--events"],
    ] {
        let json = rows(question);
        assert!(!json.is_empty(), "{question:?}");
        let lines = answer(&[question, &["--format", "jsonl"]].concat());
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, json, "{question:?}");
        let csv = answer(&[question, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let records: Vec<_> = reader.records().map(|record| record.unwrap()).collect();
        assert_eq!(records.len(), json.len(), "{question:?}");
        assert!(heads.iter().all(|head| !head.is_empty() && !head.contains(' ')), "{heads:?}");
        let table = answer(question);
        assert!(table.lines().count() > 1, "{question:?}: {table}");
        assert!(!table.contains('\u{1b}'), "no colours in a pipe: {table}");
    }
}

#[test]
fn every_number_in_a_table_can_be_shown() {
    let mut numbers = Vec::new();
    for question in
        [&["events"][..], &["statements"], &["calendar"], &["calendar", "--history"], &["search", "kenya"]]
    {
        for row in rows(question) {
            numbers.push(row["id"].as_str().unwrap().to_owned());
        }
    }
    for row in rows(&["events"]) {
        numbers.push(row["best"].as_str().unwrap().to_owned());
    }
    let letters: std::collections::BTreeSet<char> =
        numbers.iter().filter_map(|number| number.chars().next()).collect();
    assert_eq!(letters.into_iter().collect::<String>(), "CEPRSX");
    for number in numbers {
        let shown = answer(&["show", &number]);
        assert!(shown.starts_with(&number), "{number}: {shown}");
        let json: serde_json::Value =
            serde_json::from_str(&answer(&["show", &number, "--format", "json"])).unwrap();
        assert_eq!(json["id"], number.as_str());
    }
}

#[test]
fn words_are_marked_in_their_sentence() {
    let events = rows(&["events", "--type", "sanction", "--from", "2024-03-01", "--to", "2024-03-31"]);
    let event = events[0]["id"].as_str().unwrap();
    let shown = answer(&["show", event]);
    assert!(shown.contains("Kenya «recalled» its ambassador from Norway on Monday."), "{shown}");
    assert!(shown.contains("2 reports, 1 of them independent"), "{shown}");
    let number = events[0]["passage"]["report"].as_str().unwrap();
    let report = answer(&["report", number]);
    assert!(report.contains("Claims") && report.contains("Statements"), "{report}");
    assert_eq!(answer(&["report", &number[1..]]), report);
}

#[test]
fn pages_tell_how_many_there_are() {
    let all = rows(&["events"]);
    let mut paged = Vec::new();
    for offset in 0..all.len() {
        paged.extend(rows(&["events", "--limit", "1", "--offset", &offset.to_string()]));
    }
    assert_eq!(paged, all);
    let first = ask(&["events", "--limit", "1"]);
    let told = stderr(&first);
    assert!(told.contains(&format!("events 1 to 1 of {}; --offset 1", all.len())), "{told}");
    let after = ask(&["events", "--offset", "999"]);
    assert_eq!((code(&after), stdout(&after).as_str()), (0, ""));
    assert!(stderr(&after).contains("none from --offset"), "{}", stderr(&after));
}

#[test]
fn nothing_found_is_no_failure_and_is_told() {
    for question in [
        &["events", "--type", "MOBILIZE"][..],
        &["events", "--from", "1990-01-01", "--to", "1990-01-31"],
        &["statements", "--stance", "threatens"],
        &["calendar", "--status", "held"],
        &["search", "submarine"],
        &["dyad", "BRA", "PER"],
    ] {
        let output = ask(question);
        assert_eq!((code(&output), stdout(&output).as_str()), (0, ""), "{question:?}");
        assert!(stderr(&output).contains("match"), "{question:?}: {}", stderr(&output));
        let json = ask(&[question, &["--format", "json"]].concat());
        let parsed: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
        assert!(parsed == serde_json::json!([]) || parsed["months"] == serde_json::json!([]), "{parsed}");
    }
}

#[test]
fn wrong_questions_say_what_is_wrong() {
    for (question, told) in [
        (&["events", "--actor", "Mudavady"][..], "did you mean Musalia Mudavadi (KEN)?"),
        (&["events", "--type", "WAR"], "the types are ACCUSE"),
        (&["events", "--status", "maybe"], "possible values"),
        (&["events", "--from", "2024-05-01", "--to", "2024-04-01"], "is after"),
        (&["events", "--confidence", "7"], "from 0 to 1"),
        (&["events", "--speaker", "KEN"], "--speaker"),
        (&["events", "--source", "Harbor Post"], "did you mean Harbour Post?"),
        (&["statements", "--recipient", "KEN"], "--recipient"),
        (&["events", "--limit", "0"], "--limit"),
        (&["dyad", "KEN", "Kenya"], "two sides"),
        (&["dyad", "KEN", "Atlantis"], "Atlantis"),
        (&["search", "\"recalled"], "quotation mark"),
        (&["search", "..."], "nothing to search for"),
        (&["show", "E9999"], "not in the record"),
        (&["show", "Z1"], "R12 (report)"),
        (&["report", "E1"], "legation show E1"),
        (&["calendar", "--ics", "--format", "csv"], "cannot be used"),
        (&["sql", "SELEKT 1"], "syntax error"),
        (&["sql", "DELETE FROM report"], "nothing is written"),
        (&["sql", "SELECT dayy FROM v_events"], "docs/record.md"),
        (&["sql", "SELECT 1", "--seconds", "0"], "--seconds"),
    ] {
        let output = ask(question);
        assert_eq!(code(&output), 2, "{question:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(told), "{question:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{question:?}");
    }
}

#[test]
fn without_a_record_there_is_a_hint() {
    let missing = folder("ask-nothing").join("none.db");
    for question in [&["events"][..], &["show", "E1"], &["sql", "SELECT 1"], &["search", "x"], &["sources"]] {
        let output = legation(&[question, &["--record", text(&missing)]].concat());
        assert_eq!(code(&output), 5, "{question:?}");
        assert!(stderr(&output).contains("legation keep"), "{}", stderr(&output));
        assert!(!missing.exists(), "asking makes no record");
    }
}

#[test]
fn a_dyad_is_counted_both_ways() {
    let csv =
        answer(&["dyad", "Kenya", "Norway", "--from", "2024-02-01", "--to", "2024-04-30", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    assert_eq!(records.len(), 6, "{csv}");
    assert_eq!(
        (&records[0][0], &records[0][7], &records[0][10]),
        ("2024-02", "", "0"),
        "not read is not zero"
    );
    assert_eq!(
        (&records[2][0], &records[2][1], &records[2][2], &records[2][10]),
        ("2024-03", "KEN", "NOR", "3")
    );
    let json: serde_json::Value =
        serde_json::from_str(&answer(&["dyad", "KEN", "NOR", "--format", "json"])).unwrap();
    assert!(!json["months"].as_array().unwrap().is_empty() && !json["events"].as_array().unwrap().is_empty());
}

#[test]
fn the_ledger_is_a_calendar_too() {
    let late = rows(&["calendar", "--on", "2024-04-11"]);
    let early = rows(&["calendar", "--on", "2024-04-10"]);
    assert_eq!((&late[0]["status"], &late[0]["overdue"]), (&"confirmed".into(), &true.into()));
    assert_eq!(early[0]["overdue"], false);
    let ics = answer(&["calendar", "--ics"]);
    let parsed =
        calcard::icalendar::ICalendar::parse(&ics).unwrap_or_else(|fault| panic!("{fault:?} in\n{ics}"));
    let events = parsed.components.iter().filter(|one| one.component_type.as_str() == "VEVENT").count();
    assert_eq!(events, 1, "{ics}");
    assert!(ics.contains("DTSTART;VALUE=DATE:20240410\r\n") && ics.contains("STATUS:CONFIRMED\r\n"), "{ics}");
}

#[test]
fn an_actor_is_told_and_a_state_from_all_its_actors() {
    let state = ask(&["actor", "Kenya"]);
    assert_eq!(code(&state), 0);
    assert!(stderr(&state).contains("KEN takes all its actors"), "{}", stderr(&state));
    let all = answer(&["actor", "KEN"]);
    assert!(all.contains("Musalia Mudavadi") && all.contains("Partners"), "{all}");
    let json: serde_json::Value =
        serde_json::from_str(&answer(&["actor", "KEN", "--format", "json"])).unwrap();
    assert!(json["count"].as_u64().unwrap() > 1);
    assert!(json["events_as_actor"]["total"].as_u64().unwrap() > 0);
}

#[test]
fn sql_answers_in_every_format() {
    let query = "SELECT event, day, actors AS who, NULL AS blank, intensity FROM v_events ORDER BY event";
    let json = rows(&["sql", query]);
    assert!(json.len() > 3);
    assert!(json[0]["event"].is_i64() && json[0]["blank"].is_null() && json[0]["intensity"].is_f64());
    let csv = answer(&["sql", query, "--format", "csv"]);
    assert!(csv.starts_with("event,day,who,blank,intensity\n"), "{csv}");
    let cut = ask(&["sql", query, "--limit", "2", "--format", "jsonl"]);
    assert_eq!(stdout(&cut).lines().count(), 2);
    assert!(stderr(&cut).contains("there are more"), "{}", stderr(&cut));
    let none = answer(&["sql", "SELECT 1 AS one WHERE 0", "--format", "csv"]);
    assert_eq!(none, "one\n");
    let piped =
        legation_with_input(&["sql", "-", "--format", "csv", "--record", record()], b"SELECT 2 AS two;\n");
    assert_eq!((code(&piped), stdout(&piped).as_str()), (0, "two\n2\n"));
    let twice = rows(&["sql", "SELECT 1 AS a, 2 AS a"]);
    assert_eq!(twice[0].as_object().unwrap().len(), 2);
}

#[test]
fn the_examples_of_the_manual_run() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/record.md");
    let manual = fs::read_to_string(manual).unwrap();
    let queries: Vec<&str> =
        manual.split("```sql\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert!(queries.len() >= 3, "{} examples", queries.len());
    for query in queries {
        answer(&["sql", query]);
    }
}
