use std::borrow::Cow;

use jiff::civil::date;

use super::*;
use crate::data::Data;

fn shipped() -> Registers {
    let files: Vec<_> = Data::shipped_files().collect();
    Registers::load(&files).unwrap_or_else(|errors| {
        let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", shown.join("\n"))
    })
}

/// The keys of what a whole name can mean.
fn keys_of(registers: &Registers, name: &str) -> Vec<String> {
    let mut keys: Vec<String> = registers
        .index
        .named(name)
        .iter()
        .map(|candidate| match candidate.target {
            Target::State(id) => registers[id].key.to_string(),
            Target::Former(id) => format!("{} then", registers[registers[id].state].key),
            Target::Capital(id) => format!("capital of {}", registers[registers[id].state].key),
            Target::Metonym(id) => match registers[id].owner {
                Owner::State(state) => format!("{} {}", registers[state].key, registers[id].institution),
                Owner::Body(body) => format!("{} {}", registers[body].key, registers[id].institution),
            },
            Target::Body(id) => registers[id].key.to_string(),
            Target::Person(id) => registers[id].key.to_string(),
            Target::Group(id) => registers[id].key.to_string(),
            Target::Place(id) => format!("place {}", registers[id].name),
            Target::Town(id) => format!("town {}", registers.gazetteer.town(id).map_or("", |town| town.name)),
            Target::Title(id) => format!("{} {}", registers[id].sector, registers[id].singular),
        })
        .collect();
    keys.sort();
    keys
}

fn holder(registers: &Registers, of: &str, role: &str, day: Date) -> String {
    let role = registers.role(role).unwrap();
    let of = match registers.state(of) {
        Some(state) => Owner::State(state),
        None => Owner::Body(registers.body(of).unwrap()),
    };
    let keys: Vec<&str> = registers
        .holders(of, role, day)
        .filter(|(_, held)| *held == Held::Yes)
        .map(|(office, _)| &*registers[office.person].key)
        .collect();
    keys.join(" ")
}

#[test]
fn all_that_ships_is_valid_and_none_is_empty() {
    let registers = shipped();
    assert!(registers.states.len() > 220, "{}", registers.states.len());
    assert!(registers.bodies.len() > 150, "{}", registers.bodies.len());
    assert!(registers.people.len() > 2000, "{}", registers.people.len());
    assert!(registers.offices.len() > 2500, "{}", registers.offices.len());
    assert!(registers.groups.len() > 800, "{}", registers.groups.len());
    assert!(registers.places.len() > 600, "{}", registers.places.len());
    assert!(registers.gazetteer.len() > 30_000, "{}", registers.gazetteer.len());
    assert!(registers.titles.len() > 500, "{}", registers.titles.len());
    assert!(!registers.index.is_empty());
}

#[test]
fn names_lead_to_their_owners() {
    let registers = shipped();
    for (name, key) in [
        ("China", "CHN"),
        ("the People's Republic of China", ""),
        ("People’s Republic of China", "CHN"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("Türkiye", "TUR"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Briton", "GBR"),
        ("Kiev", "capital of UKR"),
        ("Peking", "capital of CHN"),
        ("Zaire", "COD then"),
        ("Quai d'Orsay", "FRA foreign-ministry"),
        ("Elysee", "FRA presidency"),
        ("Organisation for Security and Cooperation in Europe", "OSCE"),
        ("Shanghai Cooperation Organization", "SCO"),
        ("Sergey Lavrov", "RUS/sergei-lavrov"),
        ("Lavrov", "RUS/sergei-lavrov"),
        ("Zelenskyy", "UKR/volodymyr-zelensky"),
        ("foreign minister", "GOV foreign minister"),
        ("Foreign Ministers", "GOV foreign minister"),
        ("troops", "MIL troops"),
    ] {
        let keys = keys_of(&registers, name);
        assert!(
            key.is_empty() && keys.is_empty() || keys.iter().any(|found| found == key),
            "{name}: {keys:?}"
        );
    }
}

#[test]
fn capitals_are_minded() {
    let registers = shipped();
    for name in ["us", "turkey", "Us", "quad", "chad", "who"] {
        assert_eq!(keys_of(&registers, name), Vec::<String>::new(), "{name}");
    }
    assert!(keys_of(&registers, "CHINA").contains(&"CHN".to_owned()));
}

#[test]
fn the_longest_name_wins_and_marks_end_names() {
    let registers = shipped();
    let longest = |text: &str| {
        let words = registers.index.scan(text);
        registers.index.longest(&words, 0).map(|found| text[found.start..found.end].to_owned())
    };
    assert_eq!(longest("South Korean troops").as_deref(), Some("South Korean"));
    assert_eq!(longest("North Korea's leader").as_deref(), Some("North Korea"));
    assert_eq!(longest("U.S.-led forces").as_deref(), Some("U.S."));
    assert_eq!(longest("Guinea-Bissau").as_deref(), Some("Guinea-Bissau"));
    assert_eq!(longest("Guinea (Bissau").as_deref(), Some("Guinea"));
    assert_eq!(longest("Guinea, Bissau").as_deref(), Some("Guinea"));
    assert_eq!(
        longest("United Nations Security Council resolution").as_deref(),
        Some("United Nations Security Council")
    );
    assert_eq!(longest("nobody of note"), None);
}

#[test]
fn offices_are_held_by_day() {
    let registers = shipped();
    for (of, role, day, person) in [
        ("CHN", "head-of-state", date(2025, 4, 2), "CHN/xi-jinping"),
        ("CHN", "foreign-minister", date(2025, 4, 2), "CHN/wang-yi"),
        ("CHN", "foreign-minister", date(2023, 3, 1), "CHN/qin-gang"),
        ("RUS", "head-of-state", date(2010, 6, 1), "RUS/dmitry-medvedev"),
        ("RUS", "head-of-government", date(2010, 6, 1), "RUS/vladimir-putin"),
        ("RUS", "foreign-minister", date(2025, 4, 2), "RUS/sergei-lavrov"),
        ("SUN", "head-of-state", date(1991, 6, 1), "RUS/mikhail-gorbachev"),
        ("USA", "head-of-state", date(1972, 2, 21), "USA/richard-nixon"),
        ("USA", "foreign-minister", date(2015, 7, 14), "USA/john-kerry"),
        ("UKR", "head-of-state", date(2022, 2, 24), "UKR/volodymyr-zelensky"),
        ("DEU", "head-of-government", date(1995, 1, 1), "DEU/helmut-kohl"),
        ("GBR", "foreign-minister", date(2017, 1, 1), "GBR/boris-johnson"),
        ("FRA", "head-of-state", date(2008, 1, 1), "FRA/nicolas-sarkozy"),
        ("BRA", "head-of-state", date(2010, 12, 31), "BRA/luiz-inacio-lula-da-silva"),
        ("ZAF", "head-of-state", date(1996, 1, 1), "ZAF/nelson-mandela"),
        ("UN", "secretary-general", date(2001, 1, 1), "GHA/kofi-annan"),
        ("NATO", "secretary-general", date(2024, 12, 1), "NLD/mark-rutte"),
        ("EU-COMMISSION", "commission-president", date(2010, 1, 1), "PRT/jose-manuel-barroso"),
        ("IAEA", "director-general", date(2005, 1, 1), "EGY/mohamed-elbaradei"),
    ] {
        assert_eq!(holder(&registers, of, role, day), person, "{role} of {of} on {day}");
    }
}

#[test]
fn a_person_has_the_offices_of_the_day() {
    let registers = shipped();
    let lavrov = registers.person("RUS/sergei-lavrov").unwrap();
    let titles =
        |day| -> Vec<&str> { registers.offices_on(lavrov, day).map(|(office, _)| &*office.title).collect() };
    assert_eq!(titles(date(2025, 4, 2)), ["Foreign Minister"]);
    assert_eq!(titles(date(2001, 1, 1)), ["Permanent Representative"]);
    let morgulov = registers.person("RUS/igor-morgulov").unwrap();
    let (office, _) = registers.offices_on(morgulov, date(2025, 4, 2)).next().unwrap();
    assert_eq!(office.at, registers.state("CHN").map(Owner::State));
}

#[test]
fn leaders_follow_the_constitution() {
    let registers = shipped();
    let leader = |key: &str, day| {
        let state = registers.state(key).unwrap();
        registers.leader(state, day).map(|person| &*registers[person].key)
    };
    assert_eq!(leader("RUS", date(2025, 4, 2)), Some("RUS/vladimir-putin"));
    assert_eq!(leader("USA", date(2021, 1, 21)), Some("USA/joe-biden"));
    assert_eq!(leader("DEU", date(2015, 9, 4)), Some("DEU/angela-merkel"));
    assert_eq!(leader("JPN", date(2015, 9, 4)), Some("JPN/shinzo-abe"));
    assert_eq!(leader("GEO", date(2010, 6, 3)), Some("GEO/mikheil-saakashvili"));
    assert_eq!(leader("GEO", date(2025, 6, 3)), Some("GEO/irakli-kobakhidze"));
    assert_eq!(leader("SUN", date(1985, 1, 21)), None);
}

#[test]
fn members_join_and_leave() {
    let registers = shipped();
    let held = |body: &str, state: &str, day| {
        let member = Owner::State(registers.state(state).unwrap());
        registers.member_on(registers.body(body).unwrap(), member, day)
    };
    assert_eq!(held("EU", "GBR", date(2019, 1, 1)), Held::Yes);
    assert_eq!(held("EU", "GBR", date(2021, 1, 1)), Held::No);
    assert_eq!(held("NATO", "SWE", date(2024, 3, 8)), Held::Yes);
    assert_eq!(held("NATO", "UKR", date(2024, 3, 8)), Held::No);
    assert_eq!(held("BRICS", "EGY", date(2023, 12, 31)), Held::No);
    assert_eq!(held("BRICS", "EGY", date(2024, 1, 1)), Held::Yes);
    assert_eq!(held("UN-SC", "CHN", date(2025, 4, 2)), Held::Yes);
}

#[test]
fn nobody_heads_a_state_together_with_another() {
    // A collective presidency, and two successions that both sides claimed for months.
    const SHARED: [&str; 3] = ["BIH", "CIV", "MDG"];
    let registers = shipped();
    let role = registers.role("head-of-state").unwrap();
    for number in 0..registers.states.len() {
        let state = StateId(u32::try_from(number).unwrap());
        if SHARED.contains(&&*registers[state].key) {
            continue;
        }
        let terms: Vec<&Office> = registers.offices_at(Owner::State(state), role).collect();
        for (earlier, later) in terms.iter().zip(terms.iter().skip(1)) {
            let acting = earlier.title.starts_with("Acting") || later.title.starts_with("Acting");
            let (Some(to), Some(from)) = (earlier.period.to, later.period.from) else {
                assert!(earlier.period.to.is_some(), "{} never leaves", registers[earlier.person].key);
                continue;
            };
            assert!(
                to.first <= from.last || acting,
                "{} to {to} and {} from {from}",
                registers[earlier.person].key,
                registers[later.person].key
            );
        }
    }
}

#[test]
fn offices_lie_within_the_life_of_their_state() {
    let registers = shipped();
    for office in &registers.offices {
        let Owner::State(state) = office.of else { continue };
        let state = &registers[state];
        let person = &registers[office.person].key;
        assert!(office.period.overlaps(&state.period), "{person}: office of {} outside its life", state.key);
    }
}

fn overlay(path: &'static str, text: &'static str) -> Result<Registers, Vec<DataError>> {
    let mut files: Vec<_> = Data::shipped_files().collect();
    files.push(DataFile { path: Cow::Borrowed(path), text: Cow::Borrowed(text) });
    Registers::load(&files)
}

#[test]
fn an_overlay_adds_a_person_with_an_office() {
    let mut files: Vec<_> = Data::shipped_files().collect();
    let mut add = |path: &'static str, text: &'static str| {
        files.push(DataFile { path: Cow::Borrowed(path), text: Cow::Borrowed(text) });
    };
    add(
        "registers/people/people.tsv",
        "key\tname\tnames\tfamily\tgender\twikidata\tsource\nLUX/ada-probe\tAda Probe\t\tProbe\tf\t\town\n",
    );
    add(
        "registers/people/offices.tsv",
        "person\trole\tof\tfrom\tto\ttitle\tat\tsource\nLUX/ada-probe\tambassador\tLUX\t2031\t\t\tNOR\town\n",
    );
    let registers = Registers::load(&files).unwrap();
    let probe = registers.person("LUX/ada-probe").unwrap();
    let (office, held) = registers.offices_on(probe, date(2032, 1, 1)).next().unwrap();
    assert_eq!((&*office.title, held), ("Ambassador", Held::Yes));
    assert_eq!(keys_of(&registers, "Ada Probe"), ["LUX/ada-probe"]);
}

#[test]
fn faults_are_named_with_file_and_line() {
    let shown = |path, text| -> Vec<String> {
        overlay(path, text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    };
    let offices = "registers/people/offices.tsv";
    let header = "person\trole\tof\tfrom\tto\ttitle\tat\tsource\n";
    let row =
        |row: &str| -> Vec<String> { shown(offices, Box::leak(format!("{header}{row}\n").into_boxed_str())) };
    for (text, fault) in [
        ("CHN/wang-yi\tbarber\tCHN\t\t\t\t\town", ":2: no role has the key \"barber\""),
        ("CHN/wang-li\tambassador\tCHN\t\t\t\t\town", ":2: no person has the key \"CHN/wang-li\""),
        ("CHN/wang-yi\tambassador\tCHX\t\t\t\t\town", ":2: no state or body has the key \"CHX\""),
        ("CHN/wang-yi\tambassador\tCHN\t2013-13\t\t\t\town", ":2: \"2013-13\" is not a date"),
        ("CHN/wang-yi\tambassador\tCHN\t2013\t2012\t\t\town", ":2: it ends (2012) before it begins (2013)"),
        ("CHN/wang-yi\tambassador\tCHN\t2013\t\t\t\thearsay", ":2: unknown source \"hearsay\""),
        ("CHN/wang-yi\tambassador\tCHN\t2013\t\t\t\t", ":2: no source"),
    ] {
        let found = row(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("{offices}{fault}")), "{}", found[0]);
    }
    let unread = shown("registers/people/persons.tsv", "");
    assert!(unread[0].starts_with("registers/people/persons.tsv:0: no register is read from this file"));
}

#[test]
fn groups_and_places_are_found() {
    let registers = shipped();
    for (name, key) in [
        ("Hizbullah", "LBN/hezbollah"),
        ("ISIS", "INT/islamic-state"),
        ("RIA Novosti", "RUS/ria-novosti"),
        ("Fox News", "USA/fox-news"),
        ("Gazprom", "RUS/gazprom"),
        ("Kharkov", "place Kharkiv"),
        ("Black Sea", "place Black Sea"),
        ("Ramadi", "place Ramadi"),
    ] {
        let keys = keys_of(&registers, name);
        assert!(keys.iter().any(|found| found == key), "{name}: {keys:?}");
    }
}
