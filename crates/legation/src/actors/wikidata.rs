//! Results of a Wikidata query (SPARQL, as JSON or CSV) -> people and the offices they held.
//!
//! Read are the variables `person`, `personLabel`, `positionLabel`, `countryCode` (ISO 3166-1 alpha-3), and, where there,
//! `start`, `end`, `personAltLabel` and `genderLabel`; one row a term of office. `legation actors import --help` has a query.

use std::collections::BTreeMap;

use jiff::civil::Date;
use legation_read::data::Data;
use legation_read::data::registers::{
    Held, Office, Owner, PartialDate, PersonId, Registers, RoleId, StateId, Target,
};
use serde_json::Value;

use super::overlay::{Overlay, Table, slug};
use super::report::Report;

const SOURCE: &str = "own";

/// One row of the results: variable -> value.
type Row = BTreeMap<String, String>;

/// Reads query results into rows and a report.
///
/// # Errors
/// If the text is neither SPARQL JSON nor CSV with the variables needed.
pub(crate) fn import(text: &str, data: &Data, replace: bool) -> Result<(Overlay, Report), String> {
    let rows = if text.trim_start().starts_with('{') { json(text)? } else { csv(text)? };
    let (mut overlay, mut report) = (Overlay::default(), Report::default());
    for (row, number) in rows.iter().zip(1..) {
        report.entries += 1;
        match take(row, data, replace, &mut overlay) {
            Ok(Outcome::Taken) => report.taken += 1,
            Ok(Outcome::Known) => report.known += 1,
            Ok(Outcome::Clash(detail)) => report.clash(number, cell(row, "personLabel"), detail),
            Err(reason) => {
                report.refuse(number, cell(row, "personLabel"), reason, cell(row, "positionLabel"));
            }
        }
    }
    Ok((overlay, report))
}

enum Outcome {
    Taken,
    Known,
    Clash(String),
}

fn cell<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", String::as_str)
}

/// A term of office, as a row tells it.
struct Term {
    state: StateId,
    role: RoleId,
    title: String,
    from: Option<Date>,
    to: Option<Date>,
}

impl Term {
    fn read(row: &Row, data: &Data) -> Result<Term, &'static str> {
        let country = cell(row, "countryCode");
        let state = data.registers.state(country).ok_or("no country that the registers have")?;
        let position = cell(row, "positionLabel");
        let (role, title) = role(position, state, data).ok_or("no office that the lexicon of titles has")?;
        let (from, to) = (day(cell(row, "start"))?, day(cell(row, "end"))?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err("it ends before it begins");
        }
        Ok(Term { state, role, title, from, to })
    }

    /// What the shipped data say of a person in this office: nothing, the same, or something else.
    fn compare(&self, person: PersonId, registers: &Registers) -> Option<Outcome> {
        let same = |office: &&Office| office.of == Owner::State(self.state) && office.role == self.role;
        let ours: Vec<&Office> = registers.offices_of(person).iter().filter(same).collect();
        let first = ours.first()?;
        let held = |day: Date| ours.iter().any(|office| office.period.on(day) > Held::No);
        if self.from.or(self.to).is_none_or(held) {
            return Some(Outcome::Known);
        }
        let shown = |day: Option<PartialDate>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let (from, to) = (shown(first.period.from), shown(first.period.to));
        Some(Outcome::Clash(format!("as {}: the shipped data have {from} to {to}", self.title)))
    }
}

fn take(row: &Row, data: &Data, replace: bool, overlay: &mut Overlay) -> Result<Outcome, &'static str> {
    let registers = &data.registers;
    let name = cell(row, "personLabel");
    let item = cell(row, "person").rsplit('/').next().unwrap_or_default();
    if name.is_empty() || name == item || slug(name).is_empty() {
        return Err("no English label");
    }
    let term = Term::read(row, data)?;
    let known = person(name, item, term.state, data);
    match known.and_then(|person| term.compare(person, registers)) {
        Some(Outcome::Clash(_)) if replace => {}
        Some(outcome) => return Ok(outcome),
        None => {}
    }
    let country = &*registers[term.state].key;
    let key =
        known.map_or_else(|| format!("{country}/{}", slug(name)), |person| registers[person].key.to_string());
    if known.is_none() {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let gender = match cell(row, "genderLabel") {
            "female" => "f",
            "male" => "m",
            _ => "",
        };
        let others = cell(row, "personAltLabel").replace(", ", "; ");
        overlay.add(Table::People, &[&key, name, &others, last, gender, item, SOURCE]);
    }
    let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (from, to, role) = (shown(term.from), shown(term.to), &*registers[term.role].key);
    let added = overlay.add(Table::Offices, &[&key, role, country, &from, &to, &term.title, "", SOURCE]);
    Ok(if added { Outcome::Taken } else { Outcome::Known })
}

/// The person of the registers with this item, or with this name in this state.
fn person(name: &str, item: &str, state: StateId, data: &Data) -> Option<PersonId> {
    let registers = &data.registers;
    let found = registers.index.named(name);
    let mut people = found.into_iter().filter_map(|candidate| match candidate.target {
        Target::Person(person) => Some(person),
        _ => None,
    });
    people.find(|person| {
        let row = &registers[*person];
        *row.wikidata == *item && !item.is_empty() || row.country() == &*registers[state].key
    })
}

/// The role of "President of France" and its title, "President".
fn role(position: &str, state: StateId, data: &Data) -> Option<(RoleId, String)> {
    let title = position.split(" of ").next().unwrap_or(position);
    let whole = words(position);
    let short = words(title);
    let fits = |states: &Vec<StateId>| states.is_empty() || states.contains(&state);
    [(&whole, position), (&short, title)].into_iter().find_map(|(words, title)| {
        let (end, id) = data.agents.longest(words, 0)?;
        let role = data.agents[id].roles.iter().find(|(_, states)| fits(states))?.0;
        (end == words.len()).then(|| (role, title.to_owned()))
    })
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', '-']).map(str::to_lowercase).collect()
}

/// A day, of which Wikidata writes `2017-05-14T00:00:00Z`; nothing if the cell is empty.
fn day(text: &str) -> Result<Option<Date>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    text.get(..10).and_then(|day| day.parse().ok()).map(Some).ok_or("a date that is no day")
}

/// `{"results": {"bindings": [{"person": {"value": "..."}}]}}`, or the plain list of rows that the query page saves.
fn json(text: &str) -> Result<Vec<Row>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let bindings = value["results"]["bindings"]
        .as_array()
        .ok_or("no results.bindings in it: save the results as JSON (verbose)")?;
    let row = |binding: &Value| {
        let cells = binding.as_object().into_iter().flatten();
        cells.filter_map(|(name, cell)| Some((name.clone(), cell["value"].as_str()?.to_owned()))).collect()
    };
    Ok(bindings.iter().map(row).collect())
}

/// Cells with commas, quotation marks doubled inside quoted ones.
fn csv(text: &str) -> Result<Vec<Row>, String> {
    let mut records = records(text).into_iter();
    let header = records.next().unwrap_or_default();
    for wanted in ["person", "personLabel", "positionLabel", "countryCode"] {
        if !header.iter().any(|name| name == wanted) {
            return Err(format!("no column \"{wanted}\" in the first line"));
        }
    }
    Ok(records.map(|record| header.iter().cloned().zip(record).collect()).collect())
}

fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            _ => cell.push(letter),
        }
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    records.retain(|record| record.iter().any(|cell| !cell.is_empty()));
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_cells_may_be_quoted() {
        let text = "a,b\r\n\"x, \"\"y\"\"\",2\nlast,\n";
        assert_eq!(records(text), [["a", "b"], ["x, \"y\"", "2"], ["last", ""]]);
    }

    #[test]
    fn days_are_the_first_ten_letters() {
        assert_eq!(
            day("2017-05-14T00:00:00Z").map(|day| day.map(|day| day.to_string())),
            Ok(Some("2017-05-14".to_owned()))
        );
        assert_eq!(day(""), Ok(None));
        assert!(day("t1234").is_err());
    }

    #[test]
    fn what_is_no_result_is_refused() {
        assert!(json("{}").is_err() && json("{").is_err());
        assert!(csv("name,office\nx,y\n").is_err_and(|error| error.contains("\"person\"")));
    }
}
