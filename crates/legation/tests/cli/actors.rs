//! `legation actors`: finding and importing, with small dictionaries of our own.

use std::fs;
use std::path::Path;

use crate::{code, folder, legation, readings, stderr, stdout};

const DICTIONARY: &str = "\
# States and people that do not exist.
VALDIA_ [VDA]
+VALDIAN_
+PORT_VALDE
ORRO_MARR_ # CountryInfo.txt
\t[VDAGOV 20100101-20151231]
\t[VDAELI]
VALDIAN_FRONT [VDAREB]
FRANCE [DEU]
GERMANY [DEU]
BROKEN [VDAGOV 20159999-20160101]
TWO_OF_THEM [VDA/DEU]
NAMELESS
";

fn import(name: &str, dictionary: &str, more: &[&str]) -> (std::process::Output, std::path::PathBuf) {
    let folder = folder(name);
    let (file, out) = (folder.join("dictionary.txt"), folder.join("data"));
    fs::write(&file, dictionary).unwrap();
    let (file, shown) = (file.display().to_string(), out.display().to_string());
    let arguments = ["actors", "import", &file, "--output", &shown];
    (legation(&[&arguments, more].concat()), out)
}

fn read_with(data: &Path, text: &str, day: &str) -> serde_json::Value {
    let report = data.with_file_name("report.txt");
    fs::write(&report, text).unwrap();
    let (report, data) = (report.display().to_string(), data.display().to_string());
    let output = legation(&["read", &report, "--data", &data, "--published", day, "--format", "jsonl"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    readings(&output).remove(0)
}

fn actor<'r>(reading: &'r serde_json::Value, name: &str) -> &'r serde_json::Value {
    let actors = reading["actors"].as_array().unwrap();
    let found = actors.iter().find(|actor| actor["name"] == name);
    assert!(found.is_some(), "no {name} in {actors:?}");
    found.unwrap()
}

#[test]
fn a_dictionary_is_taken_with_a_report_of_each_entry() {
    let (output, _) = import("petrarch-report", DICTIONARY, &["--from", "petrarch", "--all"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let report = stdout(&output);
    assert!(
        report.starts_with(
            "8 entries: 3 taken, 1 known already, 1 in conflict with the shipped data, 3 refused\n"
        ),
        "{report}"
    );
    assert!(report.contains("line 9: France is DEU; the shipped data have \"France\" of FRA"), "{report}");
    assert!(
        report.contains("refused, several actors at once: 1\n  line 12: Two of Them VDA/DEU"),
        "{report}"
    );
    assert!(report.contains("refused, no code: 1\n  line 13: Nameless"), "{report}");
}

#[test]
fn what_was_imported_is_read() {
    let (_, data) = import("petrarch-read", DICTIONARY, &["--from", "petrarch"]);
    let text = "Valdia accused the Valdian Front on Monday. Orro Marr met reporters in Port Valde.\n";
    let reading = read_with(&data, text, "2012-05-01");
    assert_eq!(actor(&reading, "Valdia")["code"], "VDA");
    assert_eq!(actor(&reading, "Valdian Front")["sector"], "REB");
    let person = actor(&reading, "Orro Marr");
    assert_eq!((&person["code"], &person["sector"]), (&"VDA".into(), &"GOV".into()));
    let later = read_with(&data, text, "2019-05-01");
    assert_eq!(actor(&later, "Orro Marr")["sector"], "ELI");
}

#[test]
fn agents_become_nouns() {
    let agents = "!PERSON! = MAN, WOMAN\nGLOCKENMASTER [~MIL]\nGUILDS!PERSON! {} [~LAB]\nPRESIDENT [~GOV]\n";
    let (output, data) = import("petrarch-agents", agents, &["--from", "petrarch"]);
    assert!(stdout(&output).contains("4 nouns"), "{}", stdout(&output));
    let reading = read_with(&data, "French glockenmasters met a guildswoman in Paris.\n", "2012-05-01");
    assert_eq!(actor(&reading, "French glockenmasters")["sector"], "MIL");
}

#[test]
fn query_results_become_terms_of_office() {
    let results = "person,personLabel,positionLabel,countryCode,start,end\n\
        http://www.wikidata.org/entity/Q900000001,\"Valdres, Ana\",Prime Minister of Andorra,AND,2030-01-01T00:00:00Z,\n\
        http://www.wikidata.org/entity/Q3052772,Emmanuel Macron,President of France,FRA,2017-05-14T00:00:00Z,\n\
        http://www.wikidata.org/entity/Q900000002,Somebody,grand vizier,FRA,,\n";
    let (output, data) = import("wikidata", results, &["--from", "wikidata"]);
    let report = stdout(&output);
    assert!(report.starts_with("3 entries: 1 taken, 1 known already, 0 in conflict"), "{report}");
    assert!(report.contains("no office that the lexicon of titles has: 1"), "{report}");
    let offices = fs::read_to_string(data.join("registers/people/offices.tsv")).unwrap();
    assert!(
        offices.contains("AND/valdres-ana\thead-of-government\tAND\t2030-01-01\t\tPrime Minister\t\town"),
        "{offices}"
    );
}

#[test]
fn a_file_of_another_kind_and_a_full_folder_are_refused() {
    let (output, _) = import("wrong-kind", "nothing here\n", &["--from", "wikidata"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no column \"person\""), "{}", stderr(&output));
    let (_, data) = import("full-folder", DICTIONARY, &["--from", "petrarch"]);
    let file = data.with_file_name("dictionary.txt").display().to_string();
    let output =
        legation(&["actors", "import", &file, "--from", "petrarch", "-o", &data.display().to_string()]);
    assert_eq!(code(&output), 4);
    assert!(stderr(&output).contains("is there already"), "{}", stderr(&output));
}

#[test]
fn a_name_is_explained_on_a_day() {
    let text = stdout(&legation(&["actors", "find", "Lavrov", "--on", "2025-04-02"]));
    assert!(text.contains("person RUS/sergei-lavrov (Sergei Lavrov), by the family name\n"), "{text}");
    assert!(text.contains("    held: Foreign Minister of RUS, 2004-03-09 to \n"), "{text}");
    assert!(text.ends_with("role Foreign Minister, register RUS/sergei-lavrov\n"), "{text}");
    let leader = stdout(&legation(&["actors", "find", "Russian leader", "--on", "1998-05-01"]));
    assert!(leader.contains("Boris Yeltsin: person, code RUS, sector GOV, role President"), "{leader}");
    let nobody = legation(&["actors", "find", "xyzzy"]);
    assert_eq!(code(&nobody), 1);
    assert!(stdout(&nobody).starts_with("no name that the registers have\n"));
    assert_eq!(code(&legation(&["actors", "find", " "])), 2);
}
