//! Events behind reports: copies, retellings, corrections of a day, reports that change.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod support;

use std::fs;
use std::path::Path;

use jiff::{Timestamp, civil::date};
use legation_record::{Given, Incoming, Made, Outcome, Record, ask::Filter, correct::Decision};
use rusqlite::Connection;

use support::{Printed, keep};

const WIRE: &str = "Kenya recalls envoy from Norway\n\n\
    NAIROBI, March 4 - Kenya recalled its ambassador from Norway on Monday in a dispute over fishing licences.\n\n\
    The foreign ministry said the envoy would stay in Nairobi until Oslo had explained why two Kenyan trawlers were \
    turned back last month.\n\nNorway's foreign minister said that her country regretted the decision and was ready to \
    talk.";

/// The event of the first claim whose trigger lies where this word first stands.
fn event(record: &Record, key: &str, text: &str, word: &str, kind: &str) -> i64 {
    let start = u32::try_from(text[..text.find(word).unwrap()].chars().count()).unwrap();
    record.claim_at(key, start, start + 1, kind).unwrap().unwrap().1
}

#[test]
fn one_wire_story_in_twenty_outlets_is_one_origin_and_one_event() {
    let mut record = Record::in_memory().unwrap();
    let texts: Vec<(String, String, String)> = (0..20)
        .map(|number| {
            let mut text = WIRE.to_owned();
            if number % 3 == 1 {
                text = text.replace("Kenya recalls envoy from Norway", "Envoy called home in fish row");
            }
            if number % 4 == 2 {
                text = text.rsplit_once("\n\n").unwrap().0.to_owned();
            }
            if number % 5 == 3 {
                text =
                    text.replace("NAIROBI, March 4 - ", "(Meridian Wire) ").replace("two Kenyan", "2 Kenyan");
            }
            (format!("{number}.txt"), format!("Outlet {number}"), text)
        })
        .collect();
    let printed: Vec<Printed<'_>> = texts
        .iter()
        .map(|(key, outlet, text)| Printed { key, outlet, published: date(2019, 3, 5), text })
        .collect();
    for batch in printed.chunks(7) {
        keep(&mut record, batch);
    }
    let events: Vec<i64> =
        texts.iter().map(|(key, _, text)| event(&record, key, text, "recalled", "SANCTION")).collect();
    assert!(events.iter().all(|&event| event == events[0]), "{events:?}");
    for (key, ..) in &texts {
        assert_eq!(record.origin_of(key).unwrap(), record.origin_of("0.txt").unwrap(), "{key}");
    }
    let why = record.why(events[0]).unwrap();
    assert!(why.len() >= 20, "{} claims", why.len());
    assert!(why[1..].iter().all(|why| why.like.is_some()));
}

#[test]
fn the_same_deed_on_another_day_is_another_event() {
    let mut record = Record::in_memory().unwrap();
    let first = "Chad's army shelled a rebel camp near Faya on 3 May 2021.";
    let second = "Chad's army shelled a rebel camp near Faya on 9 May 2021.";
    let printed = |key, day, text| Printed { key, outlet: "Wire", published: date(2021, 5, day), text };
    keep(&mut record, &[printed("a", 4, first), printed("b", 10, second)]);
    let (one, other) =
        (event(&record, "a", first, "shelled", "ASSAULT"), event(&record, "b", second, "shelled", "ASSAULT"));
    assert_ne!(one, other);
}

#[test]
fn a_report_that_changed_keeps_its_event() {
    let mut record = Record::in_memory().unwrap();
    let before = "Chad's army shelled a rebel camp near Faya on 3 May 2021.";
    let after = "Correction: Chad's army shelled a rebel camp near Faya on 4 May 2021.";
    let printed = |text| [Printed { key: "a", outlet: "Wire", published: date(2021, 5, 5), text }];
    keep(&mut record, &printed(before));
    let first = event(&record, "a", before, "shelled", "ASSAULT");
    assert!(matches!(keep(&mut record, &printed(before))[..], [Outcome::Same(_)]));
    assert!(matches!(keep(&mut record, &printed(after))[..], [Outcome::Changed(_)]));
    assert_eq!(event(&record, "a", after, "shelled", "ASSAULT"), first);
}

#[test]
fn merging_anew_can_be_stricter_and_comes_back() {
    let mut record = Record::in_memory().unwrap();
    let one = "Chad's army shelled a rebel camp near Faya on 3 May 2021, killing six.";
    let other = "The Chadian military opened fire on insurgents outside Faya on 3 May 2021.";
    let printed = |key, text| Printed { key, outlet: key, published: date(2021, 5, 5), text };
    keep(&mut record, &[printed("a", one), printed("b", other)]);
    let at = jiff::Timestamp::UNIX_EPOCH;
    let (merged, strict) = record.regroup(1.0, at).unwrap();
    let (_, again) = record.regroup(legation_record::merge::THRESHOLD, at).unwrap();
    assert!(strict > merged, "{strict} events from {merged}");
    assert_eq!(again, merged);
    assert!(record.regroup(1.5, at).unwrap_err().is_refusal());
}

#[test]
fn a_later_report_shows_that_a_plan_was_held_until_somebody_rejects_it() {
    let mut record = Record::in_memory().unwrap();
    let planned = "OSLO, April 2 - Norway's prime minister will meet Kenya's president in Nairobi on April 10, her office \
        said on Tuesday.\n";
    let announced = Printed { key: "a", outlet: "Fjord Times", published: date(2024, 4, 2), text: planned };
    keep(&mut record, &[announced]);
    let plans = record.plans(&Filter::default(), None).unwrap();
    assert_eq!(record.plan(plans[0], None).unwrap().status, "announced");
    let met = "NAIROBI, April 11 - Norway's prime minister met Kenya's president in Nairobi on Wednesday.\n";
    let told = Printed { key: "b", outlet: "Harbour Post", published: date(2024, 4, 11), text: met };
    keep(&mut record, &[told]);
    let plan = record.plan(plans[0], None).unwrap();
    let meeting = event(&record, "b", met, "met", "CONSULT");
    assert_eq!((plan.status.as_str(), plan.event.map(|event| event.number)), ("held", Some(meeting)));
    let rejected = record.correct(&Decision::Reject(meeting), "desk", "a mistake", Timestamp::UNIX_EPOCH);
    rejected.unwrap();
    assert_eq!(record.plan(plans[0], None).unwrap().status, "announced");
}

/// All that merging worked out.
fn merged(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let query = "SELECT 'claim ' || id || ' ' || coalesce(event, '') FROM claim
        UNION ALL SELECT 'event ' || id || ' ' || status || ' ' || coalesce(first, '') || ' ' || origins || ' ' || claims FROM event
        UNION ALL SELECT 'plan ' || id || ' ' || status || ' ' || reports || ' ' || origins FROM plan ORDER BY 1";
    let mut query = connection.prepare(query).unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Keeps six batches in one run, with or without what is held between them, while another writer takes an event apart.
fn keep_batches(path: &Path, is_opened_anew: bool) -> Vec<String> {
    let _ = fs::remove_file(path);
    let mut record = Record::open(path).unwrap();
    let made = Made { legation: "test".to_owned(), data: String::new(), models: String::new() };
    let at = Timestamp::UNIX_EPOCH;
    let run = record.begin("keep", &made, at).unwrap();
    // Too short to be known as copies: those are looked up anew in any case.
    let recalled = "Kenya recalled its ambassador from Norway on Monday.";
    let planned = "Norway's prime minister will visit Kenya on March 20.";
    for batch in 0..6 {
        let texts = [(format!("recalled {batch}"), recalled), (format!("planned {batch}"), planned)];
        let given = Given { published: Some(date(2019, 3, 5)), ..Given::default() };
        let readings = texts.each_ref().map(|(key, text)| {
            support::read(&Printed { key, outlet: key, published: date(2019, 3, 5), text })
        });
        let incoming: Vec<Incoming<'_>> = (texts.iter().zip(&readings))
            .map(|((key, text), reading)| Incoming {
                key,
                source: key,
                bytes: text.as_bytes(),
                given: &given,
                read: Ok(reading),
            })
            .collect();
        if is_opened_anew {
            record = Record::open(path).unwrap();
        }
        record.keep(run, &incoming, at).unwrap();
        if batch == 2 {
            let mut other = Record::open(path).unwrap();
            let first = event(&other, "recalled 0", recalled, "recalled", "SANCTION");
            let claims: Vec<i64> = other.why(first).unwrap().iter().skip(1).map(|why| why.claim).collect();
            assert!(claims.len() > 1);
            other.correct(&Decision::Split(first, claims), "desk", "two recalls", at).unwrap();
        }
    }
    merged(path)
}

#[test]
fn what_is_held_between_batches_is_what_the_store_has() {
    let path = |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let anew = keep_batches(&path("opened-anew.db"), true);
    assert_eq!(keep_batches(&path("held.db"), false), anew);
}
