//! PETRARCH (TABARI) dictionaries of actors and agents -> rows of our registers.
//!
//! An entry with a bare state code gives a state more names; one with dated codes is a person with offices; one with a
//! sector is an institution of its state or a group; `IGO...` is a body. What the shipped data know already is left out.

mod agent;
mod code;
mod entry;

use std::collections::{BTreeMap, BTreeSet};

use legation_read::data::registers::{Form, Registers, StateId, Target};
use legation_read::data::{Data, DataFile};

use super::overlay::{Overlay, Table, slug};
use super::report::Report;
use code::{Code, plain_name};
use entry::Entry;

const SOURCE: &str = "own";

/// Reads a dictionary of actors, or of agents if its codes say so, into rows and a report.
pub(crate) fn import(text: &str, data: &Data, replace: bool) -> (Overlay, Report) {
    let sectors = sectors();
    let mut importer = Importer {
        data,
        sectors,
        replace,
        overlay: Overlay::default(),
        report: Report::default(),
        slugs: BTreeMap::new(),
    };
    if text.lines().any(|line| line.split('#').next().unwrap_or(line).contains("[~")) {
        agent::import(text, &mut importer);
    } else {
        for entry in entry::read(text) {
            importer.take(&entry);
        }
    }
    (importer.overlay, importer.report)
}

/// The sectors of the shipped registers: key -> name.
fn sectors() -> BTreeMap<String, String> {
    let is_table = |file: &DataFile| file.path == "registers/sectors.tsv";
    let table = Data::shipped_files().find(is_table).map(|file| file.text).unwrap_or_default();
    let rows = table.lines().skip(1).filter_map(|line| line.split_once('\t'));
    rows.map(|(key, rest)| (key.to_owned(), rest.split('\t').next().unwrap_or(rest).to_owned())).collect()
}

struct Importer<'a> {
    data: &'a Data,
    sectors: BTreeMap<String, String>,
    replace: bool,
    overlay: Overlay,
    report: Report,
    /// Key -> how many entries asked for it.
    slugs: BTreeMap<String, usize>,
}

impl Importer<'_> {
    fn take(&mut self, entry: &Entry) {
        self.report.entries += 1;
        let shown = plain_name(&entry.names[0]);
        for wrong in &entry.wrong {
            self.report.refuse(entry.line, &shown, "dates or a code that cannot be read", wrong);
        }
        let names = usable_names(entry);
        if names.is_empty() {
            self.report.refuse(entry.line, &entry.names[0], "no name that a report could have", "");
            return;
        }
        let keys: BTreeSet<String> = self.sectors.keys().cloned().collect();
        let mut codes = Vec::new();
        for dated in &entry.codes {
            match code::read(&dated.code, &keys) {
                Ok(code) => codes.push((code, dated)),
                Err(reason) => self.report.refuse(entry.line, &shown, reason, &dated.code),
            }
        }
        let Some((first, _)) = codes.iter().find(|(_, dated)| !dated.is_dated()).or(codes.first()) else {
            if entry.codes.is_empty() && entry.wrong.is_empty() {
                self.report.refuse(entry.line, &shown, "no code", "");
            }
            return;
        };
        let Some(new) = self.unknown_names(entry, &names, first) else { return };
        let dated = entry.person || codes.iter().any(|(_, dated)| dated.is_dated());
        match (&first.state, &first.kind) {
            (Some(state), _) if dated && codes.iter().any(|(code, _)| code.sector.is_some()) => {
                self.person(state, &new, &codes);
            }
            (Some(state), _) if first.rest.is_empty() => self.state(state, &new),
            (Some(state), _) => self.part(state, &new, first),
            (None, Some(kind)) => self.international(kind, &new, first),
            (None, None) => {}
        }
        self.report.taken += 1;
    }

    /// The names that the shipped data do not know; `None` if they know all, or know them otherwise.
    fn unknown_names(&mut self, entry: &Entry, names: &[String], code: &Code) -> Option<Vec<String>> {
        let mut new = Vec::new();
        let mut clash: Option<String> = None;
        for name in names {
            match self.country_known(name) {
                None => new.push(name.clone()),
                Some(known) if known.as_deref() == code.state.as_deref() => {}
                Some(known) => {
                    let known = known.unwrap_or_else(|| "no one state".to_owned());
                    let theirs = code.state.as_deref().unwrap_or("international");
                    clash = Some(format!("is {theirs}; the shipped data have \"{name}\" of {known}"));
                    if self.replace {
                        new.push(name.clone());
                    }
                }
            }
        }
        let clashed = clash.is_some();
        if let Some(detail) = clash {
            self.report.clash(entry.line, &names[0], detail);
        }
        if new.is_empty() {
            self.report.known += usize::from(!clashed);
            return None;
        }
        Some(new)
    }

    /// The state that the shipped data have a name of: `Some(None)` for something of no one state.
    fn country_known(&self, name: &str) -> Option<Option<String>> {
        let registers = &self.data.registers;
        let found = registers.index.named(name);
        let mut countries = found
            .iter()
            .filter(|candidate| {
                candidate.form != Form::Family && !matches!(candidate.target, Target::Title(_))
            })
            .map(|candidate| country(candidate.target, registers));
        let first = countries.next()?;
        Some(first.or_else(|| countries.flatten().next()))
    }

    /// A state: more names for one that is there, or a new one.
    fn state(&mut self, key: &str, names: &[String]) {
        if !self.overlay.has(Table::States, key) {
            match self.data.registers.state(key).and_then(|_| shipped_row("registers/states/states.tsv", key))
            {
                Some(row) => {
                    self.overlay.add(Table::States, &row.split('\t').collect::<Vec<_>>());
                }
                None => {
                    let name = &names[0];
                    let cells =
                        [key, "", "", "", "", "state", "", "", name, "", "", "", "", "", "", "", "", SOURCE];
                    self.overlay.add(Table::States, &cells);
                }
            }
        }
        for name in names {
            // The columns of names, abbreviations and adjectives.
            let column = if name.contains('.') {
                11
            } else if is_adjective(name) {
                12
            } else {
                10
            };
            self.overlay.extend(Table::States, key, column, name);
        }
    }

    /// The state with this key, made if neither we nor the dictionary have it.
    fn need_state(&mut self, key: &str) {
        if self.data.registers.state(key).is_none() && !self.overlay.has(Table::States, key) {
            let cells = [key, "", "", "", "", "state", "", "", key, "", "", "", "", "", "", "", "", SOURCE];
            self.overlay.add(Table::States, &cells);
        }
    }

    /// A key that nobody else has.
    fn key(&mut self, owner: &str, name: &str) -> String {
        let slug = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "unnamed".to_owned());
        let key = format!("{owner}/{slug}");
        let registers = &self.data.registers;
        let shipped = registers.person(&key).is_some() || registers.group(&key).is_some();
        let count = self.slugs.entry(key.clone()).or_insert(usize::from(shipped));
        *count += 1;
        if *count == 1 { key } else { format!("{key}-{count}") }
    }

    fn person(&mut self, state: &str, names: &[String], codes: &[(Code, &entry::DatedCode)]) {
        self.need_state(state);
        let full = names.iter().find(|name| name.contains(' ')).unwrap_or(&names[0]);
        let key = self.key(state, full);
        let last = full.rsplit(' ').next().unwrap_or(full);
        let others: Vec<&str> =
            names.iter().filter(|name| *name != full && name.contains(' ')).map(String::as_str).collect();
        let mut families: Vec<&str> =
            names.iter().filter(|name| !name.contains(' ')).map(String::as_str).collect();
        if !families.contains(&last) {
            families.push(last);
        }
        self.overlay
            .add(Table::People, &[&key, full, &others.join("; "), &families.join("; "), "", "", SOURCE]);
        for (code, dated) in codes {
            let (Some(of), Some(sector)) = (&code.state, &code.sector) else { continue };
            // Former officials hold no office.
            if sector == "ELI" {
                continue;
            }
            self.need_state(of);
            let role = format!("official-{}", sector.to_lowercase());
            let name = self.sectors.get(sector).cloned().unwrap_or_default();
            self.overlay.add(Table::Roles, &[&role, &capitalised(&name), sector, SOURCE]);
            let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
            let (from, to) = (day(dated.from), day(dated.to));
            self.overlay.add(Table::Offices, &[&key, &role, of, &from, &to, "", "", SOURCE]);
        }
    }

    /// An institution or group of a state.
    fn part(&mut self, state: &str, names: &[String], code: &Code) {
        self.need_state(state);
        let sector = code.sector.as_deref().unwrap_or("");
        let (name, others) = (&names[0], names[1..].join("; "));
        if matches!(sector, "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY") {
            let institution = slug(name);
            self.overlay.add(Table::Metonyms, &[state, name, &others, sector, &institution, "", "", SOURCE]);
            return;
        }
        let kind = match sector {
            "REB" | "UAF" | "CRM" => "armed",
            "PTY" => "party",
            "MED" => "outlet",
            "BUS" | "MNC" => "company",
            "NGO" | "NGM" | "HRI" => "ngo",
            "OPP" | "" => "movement",
            _ => "people",
        };
        let key = self.key(state, name);
        self.overlay.add(Table::Groups, &[&key, kind, sector, "", name, &others, "", "", "", "", SOURCE]);
    }

    fn international(&mut self, kind: &str, names: &[String], code: &Code) {
        let (name, others) = (&names[0], names[1..].join("; "));
        if kind == "IGO" {
            let key = if code.rest.is_empty() { slug(name).to_uppercase() } else { code.rest.clone() };
            let free = self.data.registers.body(&key).is_none() && self.data.registers.state(&key).is_none();
            let key = if free { key } else { format!("{key}-{}", slug(name).to_uppercase()) };
            let cells = [&key, "organisation", "", "IGO", "", name, &others, "", "", "", "", SOURCE];
            if !self.overlay.add(Table::Bodies, &cells) {
                for name in names {
                    self.overlay.extend(Table::Bodies, &key, 6, name);
                }
            }
            return;
        }
        let sector = code.sector.as_deref().unwrap_or("INT");
        let group = match kind {
            "MNC" => "company",
            "NGO" | "NGM" => "ngo",
            _ => "movement",
        };
        let key = self.key("INT", name);
        self.overlay.add(Table::Groups, &[&key, group, sector, "", name, &others, "", "", "", "", SOURCE]);
    }
}

/// Names with a letter in them, each once.
fn usable_names(entry: &Entry) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in entry.names.iter().map(|name| plain_name(name).replace(';', ",")) {
        if name.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn is_adjective(name: &str) -> bool {
    !name.contains(' ') && ["ian", "ish", "ese", "ean", "iani"].iter().any(|ending| name.ends_with(ending))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

/// The row of a shipped table with this key.
fn shipped_row(path: &str, key: &str) -> Option<String> {
    let file = Data::shipped_files().find(|file| file.path == path)?;
    file.text.lines().find(|line| line.split('\t').next() == Some(key)).map(str::to_owned)
}

/// The key of the state that something belongs to.
fn country(target: Target, registers: &Registers) -> Option<String> {
    let key = |state: StateId| registers[state].key.to_string();
    match target {
        Target::State(state) => Some(key(state)),
        Target::Former(former) => Some(key(registers[former].state)),
        Target::Capital(capital) => Some(key(registers[capital].state)),
        Target::Metonym(metonym) => match registers[metonym].owner {
            legation_read::data::registers::Owner::State(state) => Some(key(state)),
            legation_read::data::registers::Owner::Body(_) => None,
        },
        Target::Person(person) => Some(registers[person].country().to_owned()),
        Target::Group(group) => registers[group].country.map(key),
        Target::Place(place) => registers[place].country.map(key),
        Target::Town(town) => registers.gazetteer.town(town).map(|town| town.country.to_owned()),
        Target::Body(_) | Target::Title(_) => None,
    }
}
