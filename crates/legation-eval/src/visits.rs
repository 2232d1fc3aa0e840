//! Leaders who visited: does a name with its country lead to the office held that day?

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use legation_read::data::registers::{Held, Owner, Registers, StateId};
use legation_read::{Reader, source};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

/// Titles, and the roles that a visitor with such a title may hold.
const TITLES: [(&str, &[&str]); 23] = [
    ("Acting President", &["head-of-state"]),
    ("Acting Prime Minister", &["head-of-government"]),
    ("Amir", &["head-of-state"]),
    ("Chairman", &["head-of-state", "head-of-government"]),
    ("Chancellor", &["head-of-government"]),
    ("Crown Prince", &["heir", "head-of-government"]),
    ("Emir", &["head-of-state"]),
    ("Emperor", &["head-of-state"]),
    ("Federal Chancellor", &["head-of-government"]),
    ("Federal President", &["head-of-state"]),
    ("General", &["head-of-state"]),
    ("Interim President", &["head-of-state"]),
    ("Interim Prime Minister", &["head-of-government"]),
    ("King", &["head-of-state"]),
    ("Pope", &["head-of-state"]),
    ("Premier", &["head-of-government"]),
    ("President", &["head-of-state", "head-of-government"]),
    ("Prime Minister", &["head-of-government"]),
    ("Provisional President", &["head-of-state"]),
    ("Queen", &["head-of-state"]),
    ("Sheikh", &["head-of-state", "head-of-government"]),
    ("Sultan", &["head-of-state"]),
    ("Taoiseach", &["head-of-government"]),
];

/// One leader on one visit.
struct Visit {
    day: Date,
    /// Title and name as written.
    visitor: String,
    country: String,
}

/// Prints what was not resolved, with the reason, and the figures last.
///
/// # Errors
/// If the folder or a file in it cannot be read, or the output cannot be written.
pub(crate) fn measure(reader: &Reader, folder: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut reasons: BTreeMap<&'static str, usize> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "xml")) {
        for visit in visits(&std::fs::read_to_string(path)?)? {
            let (reason, found) = judge(reader, &visit);
            *reasons.entry(reason).or_default() += 1;
            if reason != "right" {
                let Visit { day, visitor, country } = &visit;
                writeln!(
                    out,
                    "{}",
                    json!({"day": day.to_string(), "visitor": visitor, "country": country, "reason": reason, "found": found})
                )?;
            }
        }
    }
    let all: usize = reasons.values().sum();
    let right = reasons.get("right").copied().unwrap_or(0);
    let share = right as f64 / all.max(1) as f64;
    writeln!(out, "{}", json!({"visitors": all, "reasons": reasons, "share": (share * 1e4).round() / 1e4}))
}

/// The visits since 1990, one line a leader.
fn visits(text: &str) -> io::Result<Vec<Visit>> {
    let document = Document::parse(text).map_err(io::Error::other)?;
    let mut visits = Vec::new();
    for node in document.descendants().filter(|node| node.has_tag_name("visit")) {
        let day = child(node, "start-date").parse::<Date>().ok().filter(|day| day.year() >= 1990);
        let Some(day) = day else { continue };
        let country = plain_country(&child(node, "from"));
        for visitor in child(node, "visitor").split(" and ") {
            visits.push(Visit { day, visitor: visitor.to_owned(), country: country.clone() });
        }
    }
    Ok(visits)
}

fn child(node: Node<'_, '_>, name: &str) -> String {
    let text = node.children().find(|child| child.has_tag_name(name)).and_then(|child| child.text());
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "China, People's Republic of" as it is spoken; what stands in brackets is left out.
fn plain_country(written: &str) -> String {
    let written = written.split(" (").next().unwrap_or(written);
    match written.split_once(", ") {
        Some((name, first)) if first.ends_with(" of") => format!("{first} {name}"),
        Some((name, first)) => format!("{first} {name}"),
        None => written.to_owned(),
    }
}

fn judge(reader: &Reader, visit: &Visit) -> (&'static str, Option<Value>) {
    let registers = &reader.data().registers;
    let Some((_, roles)) = TITLES
        .iter()
        .filter(|(title, _)| starts_with(&visit.visitor, title))
        .max_by_key(|(title, _)| title.len())
    else {
        return ("not a head of state or government", None);
    };
    let text = format!("{} of {} arrived in Washington on a visit.", visit.visitor, visit.country);
    let reading = reader.read_document(source::verbatim("visit", &text, Some(visit.day)));
    let Some(actor) = reading.actors.iter().find(|actor| actor.mentions.iter().any(|span| span.start == 0))
    else {
        return ("nobody found", None);
    };
    let found =
        Some(json!({"name": actor.name, "code": actor.code, "role": actor.role, "register": actor.register}));
    let Some(person) = actor.register.as_deref().and_then(|key| registers.person(key)) else {
        return ("not in the register", found);
    };
    let Some(state) = state_named(&visit.country, visit.day, registers) else {
        return ("country not known", found);
    };
    let held = |office: &legation_read::data::registers::Office| {
        office.of == Owner::State(state)
            && roles.contains(&&*registers[office.role].key)
            && actor.role.as_deref() == Some(&*office.title)
    };
    if actor.code.as_deref() != Some(&*registers[state].key) {
        return ("another country", found);
    }
    if !registers.offices_on(person, visit.day).any(|(office, sure)| sure > Held::No && held(office)) {
        return ("another office", found);
    }
    ("right", None)
}

fn starts_with(visitor: &str, title: &str) -> bool {
    visitor.strip_prefix(title).is_some_and(|rest| rest.starts_with(' '))
}

/// The state of a name on a day.
fn state_named(country: &str, day: Date, registers: &Registers) -> Option<StateId> {
    use legation_read::data::registers::Target;
    let states = registers.index.named(country).into_iter().filter_map(|candidate| match candidate.target {
        Target::State(state) => Some(state),
        Target::Former(former) => Some(registers[former].state),
        _ => None,
    });
    states.max_by_key(|state| registers[*state].period.on(day))
}

#[cfg(test)]
mod tests {
    use super::plain_country;

    #[test]
    fn countries_are_turned_the_way_they_are_spoken() {
        assert_eq!(plain_country("Congo, Republic of"), "Republic of Congo");
        assert_eq!(plain_country("Korea, South"), "South Korea");
        assert_eq!(
            plain_country("Democratic Republic of the Congo (Zaire)"),
            "Democratic Republic of the Congo"
        );
        assert_eq!(plain_country("Yemen"), "Yemen");
    }
}
