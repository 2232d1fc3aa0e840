//! Persons, the roles there are, and who held which office when.

use super::links::{Links, key_numbers};
use super::table::{Faults, Layout};
use super::{Owner, Period, PersonId, RoleId};
use crate::data::DataFile;

pub(super) const ROLES: Layout<4> =
    Layout { path: "registers/people/roles.tsv", columns: ["key", "name", "sector", "source"], key: 1 };
pub(super) const PEOPLE: Layout<7> = Layout {
    path: "registers/people/people.tsv",
    columns: ["key", "name", "names", "family", "gender", "wikidata", "source"],
    key: 1,
};
pub(super) const OFFICES: Layout<8> = Layout {
    path: "registers/people/offices.tsv",
    columns: ["person", "role", "of", "from", "to", "title", "at", "source"],
    key: 4,
};

/// What an office is for, whatever it is called: `head-of-government`, `foreign-minister`, `spokesperson`.
#[derive(Clone, Debug)]
pub struct Role {
    /// Key.
    pub key: Box<str>,
    /// Plain name: "Foreign Minister".
    pub name: Box<str>,
    /// PLOVER sector of its holder.
    pub sector: Box<str>,
}

/// Somebody in the news.
#[derive(Clone, Debug)]
pub struct Person {
    /// Country and name: `CHN/wang-yi`.
    pub key: Box<str>,
    /// Usual English name, in the person's own order: "Xi Jinping".
    pub name: Box<str>,
    /// Variants and transliterations.
    pub names: Vec<Box<str>>,
    /// What a report calls the person after the first mention: "Xi", "Lavrov", "bin Salman".
    pub family: Vec<Box<str>>,
    /// `f` or `m`; `None` where not known.
    pub gender: Option<char>,
    /// Wikidata item; may be empty.
    pub wikidata: Box<str>,
}

impl Person {
    /// ISO 3166-1 alpha-3 of the person's country, from the key.
    #[must_use]
    pub fn country(&self) -> &str {
        self.key.split('/').next().unwrap_or_default()
    }
}

/// That a person held an office.
#[derive(Clone, Debug)]
pub struct Office {
    /// Who.
    pub person: PersonId,
    /// What for.
    pub role: RoleId,
    /// The state or body it is an office of.
    pub of: Owner,
    /// As it is called there; the role's plain name where that is all.
    pub title: Box<str>,
    /// To whom an ambassador or envoy is accredited.
    pub at: Option<Owner>,
    /// First and last day in office.
    pub period: Period,
}

/// Reads the roles.
pub(super) fn read_roles(files: &[DataFile], links: &mut Links, faults: &mut Faults) -> Vec<Role> {
    let rows = ROLES.read(files, faults);
    links.roles = key_numbers(&rows);
    let mut roles = Vec::new();
    for row in &rows {
        let [key, name, sector, source] = row.cells;
        links.check_sources(&ROLES, row, source, faults);
        links.check_sector(&ROLES, row, sector, faults);
        roles.push(Role { key: key.into(), name: name.into(), sector: sector.into() });
    }
    roles
}

/// Reads the persons; the part of the key before the slash must be a state.
pub(super) fn read_people(files: &[DataFile], links: &mut Links, faults: &mut Faults) -> Vec<Person> {
    let rows = PEOPLE.read(files, faults);
    links.people = key_numbers(&rows);
    let mut people = Vec::new();
    for row in &rows {
        let [key, name, names, family, gender, wikidata, source] = row.cells;
        links.check_sources(&PEOPLE, row, source, faults);
        links.check_key(&PEOPLE, row, key, faults);
        if name.is_empty() || family.is_empty() {
            PEOPLE.fault(row, faults, "empty \"name\" or \"family\"", "every person has both");
        }
        let gender = match gender {
            "f" => Some('f'),
            "m" => Some('m'),
            "" => None,
            _ => {
                PEOPLE.fault(row, faults, format!("unknown gender \"{gender}\""), "f, m or empty");
                None
            }
        };
        people.push(Person {
            key: key.into(),
            name: name.into(),
            names: PEOPLE.list(row, names, faults),
            family: PEOPLE.list(row, family, faults),
            gender,
            wikidata: wikidata.into(),
        });
    }
    people
}

/// Reads who held what.
pub(super) fn read_offices(
    files: &[DataFile],
    roles: &[Role],
    links: &Links,
    faults: &mut Faults,
) -> Vec<Office> {
    let mut offices = Vec::new();
    for row in &OFFICES.read(files, faults) {
        let [person, role, of, from, to, title, at, source] = row.cells;
        links.check_sources(&OFFICES, row, source, faults);
        let period = links.period(&OFFICES, row, from, to, faults);
        let at = if at.is_empty() { None } else { links.owner(&OFFICES, row, at, faults) };
        let person = links.person(&OFFICES, row, person, faults);
        let role = links.role(&OFFICES, row, role, faults);
        let of = links.owner(&OFFICES, row, of, faults);
        let (Some(person), Some(role), Some(of)) = (person, role, of) else { continue };
        let title = if title.is_empty() { roles[role.index()].name.clone() } else { title.into() };
        offices.push(Office { person, role, of, title, at, period });
    }
    offices
}
