//! What lies over readings: corrections that hold, frozen versions, and what differs between them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{code, folder, legation, stderr, stdout};

const RECALL: &str = "NAIROBI, March 4, 2024 (Harbour Post) - Kenya recalled its ambassador from Norway on Monday over a \
    quarrel about fishing rights. The talks are to go on.\n";

const RECALL_RETOLD: &str = "OSLO, March 4, 2024 (Fjord Times) - Kenya recalled its ambassador from Norway on Monday, a \
    day after the quarrel about fishing rights began. Nobody in Oslo was surprised.\n";

const TREATY: &str =
    "LIMA, June 11, 2024 (Plain News) - Peru signed a treaty with Chile on Monday. It rained.\n";

const ATTACK: &str =
    "OSLO, April 2, 2024 (Plain News) - The Quorland Salvation Army attacked Kenya on Monday.\n";

/// The record of a folder of reports, by name of file.
fn kept(folder: &Path, reports: &[(&str, &str)]) -> PathBuf {
    let files = folder.join("reports");
    fs::create_dir_all(&files).unwrap();
    for (name, text) in reports {
        fs::write(files.join(name), text).unwrap();
    }
    let record = folder.join("record.db");
    ok(&record, &["keep", "--quiet", files.to_str().unwrap()]);
    record
}

fn all(name: &str) -> PathBuf {
    let reports = [("recall.txt", RECALL), ("retold.txt", RECALL_RETOLD), ("treaty.txt", TREATY)];
    kept(&folder(name), &[reports.as_slice(), &[("attack.txt", ATTACK)]].concat())
}

fn call(record: &Path, arguments: &[&str]) -> std::process::Output {
    legation(&[arguments, &["--record", record.to_str().unwrap()]].concat())
}

/// What a call prints, which must succeed.
fn ok(record: &Path, arguments: &[&str]) -> String {
    let output = call(record, arguments);
    assert_eq!(code(&output), 0, "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

fn json(record: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&ok(record, &[arguments, &["--format", "json"]].concat())).unwrap()
}

fn correct(record: &Path, arguments: &[&str], reason: &str) -> String {
    ok(record, &[&["correct"], arguments, &["--reason", reason, "--author", "Ada Analyst"]].concat())
}

/// What a call says that is refused.
fn refused(record: &Path, arguments: &[&str]) -> String {
    let output = call(record, arguments);
    assert_eq!(code(&output), 2, "{arguments:?}: {}", stdout(&output));
    stderr(&output)
}

/// The event whose best claim stands in a sentence with these words, rejected or not.
fn event(record: &Path, words: &str) -> Value {
    let events = json(record, &["events", "--rejected"]);
    let is_meant = |event: &&Value| event["passage"]["text"].as_str().unwrap().contains(words);
    events.as_array().unwrap().iter().find(is_meant).unwrap_or_else(|| panic!("{words}: {events}")).clone()
}

fn id(record: &Path, words: &str) -> String {
    event(record, words)["id"].as_str().unwrap().to_owned()
}

/// Numbers of the claims of an event.
fn claims(record: &Path, event: &str) -> Vec<String> {
    let told = json(record, &["event", event])["told"].clone();
    told.as_array().unwrap().iter().map(|claim| claim["id"].as_str().unwrap().to_owned()).collect()
}

/// All events with their values, but for their numbers.
fn values(record: &Path) -> String {
    ok(record, &["sql", "--format", "csv", "SELECT * FROM v_events ORDER BY event"])
}

#[test]
fn an_event_is_told_with_its_claims_and_why_they_are_one() {
    let record = all("layers-event");
    let recall = id(&record, "recalled");
    let text = ok(&record, &["event", &recall, "--why"]);
    for expected in
        ["2 claims in 2 reports of 2 origins", "«recalled»", "Fjord Times, 2024-03-04", "likeness of 0.5 on"]
    {
        assert!(text.contains(expected), "no {expected} in\n{text}");
    }
    assert!(text.contains("why: the first that tells of it") && text.contains("why: most like C"), "{text}");
    let whole = json(&record, &["event", &recall, "--why"]);
    let why = whole["why"].as_array().unwrap();
    assert_eq!((why.len(), whole["told"].as_array().unwrap().len()), (2, 2));
    assert!(why[1]["likeness"]["score"].as_f64().unwrap() >= 0.5, "{whole}");
    assert!(refused(&record, &["event", "E999"]).contains("E999"));
    assert!(refused(&record, &["event", "C1"]).contains("such as E1"));
    assert_eq!(code(&legation(&["event", "E1", "--record", "no-such.db"])), 5);
}

#[test]
fn a_rejected_event_stays_in_the_tables_and_out_of_the_lists() {
    let record = all("layers-reject");
    let treaty = id(&record, "treaty");
    assert!(ok(&record, &["dyad", "PER", "CHL"]).contains("2024-06"));
    correct(&record, &["reject", &treaty], "a scene of a play");
    assert!(!ok(&record, &["events"]).contains("treaty"));
    assert_eq!(event(&record, "treaty")["verdict"], "rejected");
    let counted = "SELECT count(*) AS n FROM v_dyad_month WHERE source = 'PER' AND target = 'CHL'";
    assert_eq!(ok(&record, &["sql", "--format", "csv", counted]), "n\n0\n");
    let told = ok(&record, &["event", &treaty]);
    assert!(told.contains("[rejected]") && told.contains("Ada Analyst  reject"), "{told}");
    assert!(told.contains("a scene of a play"), "{told}");
    correct(&record, &["accept", &treaty], "it took place after all");
    assert_eq!(event(&record, "treaty")["verdict"], "accepted");
}

#[test]
fn an_edit_changes_what_is_given_and_nothing_else() {
    let record = all("layers-edit");
    let before = event(&record, "treaty");
    let treaty = before["id"].as_str().unwrap();
    correct(
        &record,
        &["edit", treaty, "--status", "denied", "--date", "2024-06-12..2024-06-13"],
        "as told later",
    );
    let after = event(&record, "treaty");
    assert_eq!((&after["status"], &after["day"]), (&Value::from("denied"), &Value::from("2024-06-12")));
    assert_eq!((&after["last"], &after["verdict"]), (&Value::from("2024-06-13"), &Value::from("edited")));
    for field in ["type", "mode", "actors", "recipients", "place", "confidence", "cameo"] {
        assert_eq!(before[field], after[field], "{field}");
    }
    correct(
        &record,
        &["edit", treaty, "--type", "consult", "--mode", "phone", "--actor", "Kenya"],
        "they only met",
    );
    let after = event(&record, "treaty");
    assert_eq!((&after["type"], &after["mode"]), (&Value::from("CONSULT"), &Value::from("phone")));
    assert_eq!(
        (&after["quad"], &after["status"]),
        (&Value::from("verbal-cooperation"), &Value::from("denied"))
    );
    assert_eq!(after["actors"][0]["name"], "Kenya");
    let dyad = "SELECT DISTINCT day FROM event_dyad WHERE source = 'KEN' AND target = 'CHL'";
    assert_eq!(ok(&record, &["sql", "--format", "csv", dyad]), "day\n2024-06-12\n");
    // The claim says what it said.
    let claim = json(&record, &["event", treaty])["told"][0].clone();
    assert_eq!((&claim["type"], &claim["status"]), (&before["type"], &before["status"]));
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let record = all("layers-refused");
    let treaty = id(&record, "treaty");
    let before = values(&record);
    let with = |arguments: &[&str]| {
        refused(&record, &[&["correct"], arguments, &["--reason", "why not", "--author", "Ada"]].concat())
    };
    assert!(with(&["edit", &treaty, "--type", "GREET"]).contains("the types are ACCUSE"));
    assert!(with(&["edit", &treaty, "--type", "CONSULT", "--mode", "hug"]).contains("its modes are"));
    assert!(with(&["edit", &treaty, "--actor", "Nobody Known"]).contains("nobody of this name"));
    assert!(with(&["edit", &treaty, "--place", "Nowhere"]).contains("no place of this name"));
    assert!(with(&["edit", &treaty]).contains("a field to change"));
    with(&["edit", &treaty, "--status", "perhaps"]);
    with(&["edit", &treaty, "--date", "June"]);
    assert!(with(&["reject", "E999"]).contains("E999"));
    assert!(with(&["merge", &treaty, &treaty]).contains("two events"));
    assert!(with(&["split", &treaty, "C999"]).contains("C999"));
    assert!(with(&["split", &treaty, &claims(&record, &treaty)[0]]).contains("not all of them"));
    assert!(with(&["undo", "1"]).contains("no correction 1"));
    assert!(refused(&record, &["correct", "reject", &treaty]).contains("--reason"));
    assert!(
        refused(&record, &["correct", "reject", &treaty, "--reason", " ", "--author", "A"])
            .contains("a reason")
    );
    assert_eq!(values(&record), before);
    assert_eq!(ok(&record, &["correct", "list"]), "");
}

#[test]
fn events_are_merged_split_undone_and_undone_again() {
    let record = all("layers-merge");
    let (recall, treaty) = (id(&record, "recalled"), id(&record, "treaty"));
    let before = values(&record);
    correct(&record, &["merge", &recall, &treaty], "one story");
    assert_eq!(claims(&record, &recall).len(), 3);
    assert_eq!(claims(&record, &treaty).len(), 3, "the old number leads to the event");
    correct(&record, &["undo", "1"], "two stories");
    assert_eq!(values(&record), before);
    correct(&record, &["undo", "2"], "one story all the same");
    assert_eq!(claims(&record, &recall).len(), 3);
    assert!(
        refused(&record, &["correct", "undo", "2", "--reason", "x", "--author", "A"])
            .contains("undone already")
    );
    correct(&record, &["undo", "3"], "no, two");
    assert_eq!(values(&record), before);
    let told = ok(&record, &["correct", "list"]);
    assert!(told.contains("merge [undone]") && told.contains("undo of 2 [undone]"), "{told}");
}

#[test]
fn claims_that_left_do_not_come_back_by_themselves() {
    let record = all("layers-split");
    let recall = id(&record, "recalled");
    let both = claims(&record, &recall);
    correct(&record, &["split", &recall, &both[1]], "another recall");
    assert_eq!(claims(&record, &recall), both[..1]);
    ok(&record, &["regroup", "--threshold", "0.3"]);
    assert_eq!(claims(&record, &recall), both[..1]);
    let again = record.with_file_name("more");
    fs::create_dir_all(&again).unwrap();
    fs::write(
        again.join("third.txt"),
        RECALL_RETOLD.replace("Fjord Times", "Bay Herald").replace("Nobody", "No one"),
    )
    .unwrap();
    ok(&record, &["keep", "--quiet", again.to_str().unwrap()]);
    let found = "SELECT count(DISTINCT event) AS n FROM claim WHERE is_live AND id IN (";
    let found = format!("{found}{})", both.join(", ").replace('C', ""));
    assert_eq!(ok(&record, &["sql", "--format", "csv", &found]), "n\n2\n", "{both:?}");
    correct(&record, &["undo", "1"], "the same after all");
    assert!(claims(&record, &recall).contains(&both[1]));
}

/// Data under which another claim is read in the report of the attack.
fn newer_data(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    fs::create_dir_all(data.join("registers/groups")).unwrap();
    fs::write(
        data.join("registers/groups/groups.tsv"),
        "key\tkind\tsector\twikidata\tname\tnames\tabbreviations\tmembers\tfrom\tto\tsource\n\
         NOR/quorland-army\tarmed\tREB\t\tQuorland Salvation Army\tQuorland Salvation Army\t\t\t\t\town\n",
    )
    .unwrap();
    data
}

#[test]
fn corrections_hold_when_reports_are_read_again_and_are_cited() {
    let record = all("layers-again");
    let (recall, treaty) = (id(&record, "recalled"), id(&record, "treaty"));
    let retold = claims(&record, &recall)[1].clone();
    ok(&record, &["snapshot", "before"]);
    correct(&record, &["edit", &treaty, "--status", "denied"], "the ministry took it back");
    correct(&record, &["split", &recall, &retold], "another recall");
    let attack = id(&record, "attacked");
    correct(&record, &["reject", &attack], "a manoeuvre, told as an attack");
    let data = newer_data(record.parent().unwrap());
    ok(&record, &["reread", "--quiet", "--data", data.to_str().unwrap()]);
    assert_eq!(event(&record, "treaty")["status"], "denied");
    assert_eq!(id(&record, "treaty"), treaty);
    assert_eq!(event(&record, "attacked")["verdict"], "rejected");
    assert_eq!(claims(&record, &recall).len(), 1);
    ok(&record, &["regroup", "--threshold", "0.45"]);
    assert_eq!(event(&record, "treaty")["status"], "denied");
    assert_eq!(event(&record, "attacked")["verdict"], "rejected");
    assert_eq!(claims(&record, &recall).len(), 1);
    let diff = ok(&record, &["diff", "before"]);
    for expected in [
        "status: happened → denied",
        "because: correction 1 (edit) by Ada Analyst: the ministry took it back",
        "because: correction 3 (reject) by Ada Analyst: a manoeuvre, told as an attack",
        "because: read again with other data",
        "merging threshold: 0.5 → 0.45",
    ] {
        assert!(diff.contains(expected), "no {expected} in\n{diff}");
    }
    assert!(!ok(&record, &["correct", "list"]).contains("no longer there"));
}

#[test]
fn corrections_hold_over_a_new_text_and_are_dangling_without_their_claim() {
    let record = all("layers-new-text");
    let reports = record.with_file_name("reports");
    let treaty = id(&record, "treaty");
    correct(&record, &["reject", &treaty], "a scene of a play");
    fs::write(reports.join("treaty.txt"), TREATY.replace("It rained.", "The sun shone for an hour."))
        .unwrap();
    ok(&record, &["keep", "--quiet", reports.to_str().unwrap()]);
    assert_eq!(event(&record, "treaty")["verdict"], "rejected");
    assert_eq!(id(&record, "treaty"), treaty);
    fs::write(reports.join("treaty.txt"), "LIMA, June 11, 2024 (Plain News) - It rained.\n").unwrap();
    ok(&record, &["keep", "--quiet", reports.to_str().unwrap()]);
    let told = ok(&record, &["correct", "list"]);
    assert!(told.contains("dangling") && told.contains("“signed”"), "{told}");
    fs::write(reports.join("treaty.txt"), TREATY).unwrap();
    ok(&record, &["keep", "--quiet", reports.to_str().unwrap()]);
    assert_eq!(event(&record, "treaty")["verdict"], "rejected");
    assert!(!ok(&record, &["correct", "list"]).contains("dangling"));
}

#[test]
fn the_order_of_unrelated_corrections_changes_nothing() {
    let record = all("layers-order");
    let other = record.with_file_name("other.db");
    ok(&record, &["snapshot", "start"]);
    fs::copy(&record, &other).unwrap();
    let (recall, treaty, attack) = (id(&record, "recalled"), id(&record, "treaty"), id(&record, "attacked"));
    let retold = claims(&record, &recall)[1].clone();
    let steps: [&[&str]; 3] =
        [&["split", &recall, &retold], &["edit", &treaty, "--status", "denied"], &["reject", &attack]];
    for step in steps {
        correct(&record, step, "because");
    }
    for step in steps.iter().rev() {
        correct(&other, step, "because");
    }
    assert_eq!(values(&record), values(&other));
    let verdicts = values(&record);
    assert!(verdicts.contains("edited") && verdicts.contains("rejected"), "{verdicts}");
}

#[test]
fn the_same_content_has_the_same_hash_and_any_change_another() {
    let record = all("layers-hash");
    let reports = record.with_file_name("reports");
    let twin = record.with_file_name("twin.db");
    ok(&twin, &["keep", "--quiet", "--jobs", "1", reports.to_str().unwrap()]);
    let hash =
        |record: &Path, name: &str| json(record, &["snapshot", name])["hash"].as_str().unwrap().to_owned();
    let first = hash(&record, "first");
    assert_eq!(first, hash(&twin, "first"));
    assert_eq!(first, hash(&record, "again"), "freezing changes nothing");
    assert!(refused(&record, &["snapshot", "first"]).contains("already"));
    let treaty = id(&record, "treaty");
    correct(&record, &["accept", &treaty], "seen by our own people");
    let accepted = hash(&record, "accepted");
    let changes = [
        "UPDATE event SET status = 'planned'",
        "UPDATE event SET first = '2020-01-01'",
        "UPDATE event SET mode = 'x'",
        "UPDATE event SET place = NULL, confidence = 0.1",
        "UPDATE event SET verdict = NULL",
        "DELETE FROM event_party WHERE side = 1",
        "UPDATE claim SET status = 'denied'",
        "UPDATE claim SET event = (SELECT min(id) FROM event)",
        "UPDATE report SET sha256 = 'x'",
        "UPDATE correction SET reason = 'x'",
    ];
    let mut hashes = vec![first, accepted];
    for (number, change) in changes.iter().enumerate() {
        let changed = record.with_file_name(format!("changed-{number}.db"));
        fs::copy(&record, &changed).unwrap();
        super::record::open(&changed).execute(change, []).unwrap();
        hashes.push(hash(&changed, "changed"));
    }
    let different: std::collections::BTreeSet<&String> = hashes.iter().collect();
    assert_eq!(different.len(), hashes.len(), "{hashes:#?}");
}

#[test]
fn a_version_is_cited_and_listed() {
    let record = all("layers-cite");
    let out = record.with_file_name("cite");
    let told = ok(
        &record,
        &[
            "snapshot",
            "2024-1",
            "--output",
            out.to_str().unwrap(),
            "--author",
            "Ada {Analyst}",
            "--title",
            "A \"war\" & peace",
        ],
    );
    let hash = told.split_whitespace().nth(2).unwrap().to_owned();
    assert_eq!(hash.len(), 64);
    let cff = fs::read_to_string(out.join("CITATION.cff")).unwrap();
    for expected in
        ["cff-version: 1.2.0\n", "title: \"A \\\"war\\\" & peace\"\n", "version: \"2024-1\"\n", &hash]
    {
        assert!(cff.contains(expected), "no {expected} in\n{cff}");
    }
    let bib = fs::read_to_string(out.join("citation.bib")).unwrap();
    assert!(
        bib.contains("author = {{Ada Analyst}}") && bib.contains("\\& peace") && bib.contains(&hash),
        "{bib}"
    );
    assert_eq!(bib.matches('{').count(), bib.matches('}').count());
    assert_eq!(ok(&record, &["snapshot", "--list"]), told);
    refused(&record, &["snapshot"]);
    let blocked =
        call(&record, &["snapshot", "x", "--output", record.join("in").to_str().unwrap(), "--author", "A"]);
    assert_eq!(code(&blocked), 4);
    assert!(!ok(&record, &["snapshot", "--list"]).contains('x'), "nothing is frozen that cannot be cited");
}

#[test]
fn what_came_went_and_changed_is_told_with_its_reason() {
    let record = kept(&folder("layers-diff"), &[("recall.txt", RECALL), ("treaty.txt", TREATY)]);
    let reports = record.with_file_name("reports");
    ok(&record, &["snapshot", "first"]);
    let old = record.with_file_name("old.db");
    fs::copy(&record, &old).unwrap();
    assert!(ok(&record, &["diff", "first", "now"]).starts_with("events: 0 came, 0 went, 0 changed"));
    fs::write(reports.join("retold.txt"), RECALL_RETOLD).unwrap();
    fs::write(reports.join("attack.txt"), ATTACK).unwrap();
    fs::write(reports.join("treaty.txt"), "LIMA, June 11, 2024 (Plain News) - It rained.\n").unwrap();
    ok(&record, &["keep", "--quiet", reports.to_str().unwrap()]);
    let diff = json(&record, &["diff", "first", "now"]);
    assert_eq!(diff["reports_came"], 2);
    assert_eq!(diff["reports_changed"], 1);
    let changes = diff["changes"].as_array().unwrap();
    let of = |kind: &str| changes.iter().filter(|change| change["change"] == kind).collect::<Vec<_>>();
    let why = |change: &Value| change["why"][0].as_str().unwrap().to_owned();
    assert!(of("came").iter().any(|change| why(change).contains("attack.txt")), "{diff}");
    assert!(of("went").iter().all(|change| why(change).starts_with("changed report: ")), "{diff}");
    let changed = of("changed");
    assert!(why(changed[0]).starts_with("new report: "), "{diff}");
    let origins = changed[0]["fields"].as_array().unwrap().iter().find(|field| field["field"] == "origins");
    assert_eq!(
        origins.map(|field| (&field["before"], &field["after"])),
        Some((&Value::from("1"), &Value::from("2")))
    );
    let old = old.to_str().unwrap();
    assert_eq!(json(&record, &["diff", old, "now"]), diff, "a file of then is as good as a frozen version");
    let rows = ok(&record, &["diff", "first", "--format", "csv"]);
    assert!(rows.starts_with("change,event,was,what,field,before,after,why\n"), "{rows}");
    assert!(refused(&record, &["diff", "second"]).contains("neither a frozen version nor a record"));
}
