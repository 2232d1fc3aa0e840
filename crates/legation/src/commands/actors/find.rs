//! `legation actors find`: who is meant by a name, step by step.

use std::fmt::Write as _;

use jiff::civil::Date;
use legation_read::data::Data;
use legation_read::data::registers::{Candidate, Form, Held, Owner, Period, PersonId, Registers, Target};
use legation_read::resolve::actor::Actor;
use legation_read::source;

use crate::{
    cli::FindArguments,
    exit::{self, Failure},
};

/// Prints what the words of a name are, whom it can mean, and whom a report of that day would mean by it.
///
/// # Errors
/// If the user's data cannot be read.
pub(crate) fn run(arguments: &FindArguments) -> Result<u8, Failure> {
    let name = arguments.name.trim();
    if name.is_empty() {
        return Err(Failure::new(exit::USAGE, "an empty name")
            .hint("for example: legation actors find \"Russian leader\" --on 2025-04-02"));
    }
    let (reader, _) = super::super::reader(arguments.data.as_deref())?;
    let data = reader.data();
    let mut text = titles(name, data);
    text.push_str(&names(name, arguments.on, data));
    // The plainest thing that a report can say of anybody; a common noun takes an article.
    let article = if name.starts_with(|letter: char| letter.is_uppercase()) { "" } else { "The " };
    let sentence = format!("{article}{name} said so.");
    let reading = reader.read_document(source::verbatim("find", &sentence, arguments.on));
    let meant: Vec<&Actor> = reading.actors.iter().filter(|actor| !actor.mentions.is_empty()).collect();
    let _ = writeln!(text, "in a report{} (\"{sentence}\"):", on(arguments.on));
    for actor in &meant {
        let _ = writeln!(text, "  {}", shown(actor));
    }
    if meant.is_empty() {
        text.push_str("  nobody\n");
    }
    super::super::print(&text)?;
    Ok(if meant.is_empty() { exit::SOME_FAILED } else { exit::SUCCESS })
}

fn on(day: Option<Date>) -> String {
    day.map(|day| format!(" of {day}")).unwrap_or_default()
}

fn shown(actor: &Actor) -> String {
    let part = |name: &str, value: &Option<String>| {
        value.as_ref().map(|value| format!(", {name} {value}")).unwrap_or_default()
    };
    format!(
        "{}: {}{}{}{}{}",
        actor.name,
        actor.kind.as_str(),
        part("code", &actor.code),
        part("sector", &actor.sector),
        part("role", &actor.role),
        part("register", &actor.register)
    )
}

/// The nouns of the lexicon in the name, and the roles they stand for.
fn titles(name: &str, data: &Data) -> String {
    let words: Vec<String> = name.split([' ', '-']).map(str::to_lowercase).collect();
    let mut text = String::new();
    let mut at = 0;
    while at < words.len() {
        let Some((end, id)) = data.agents.longest(&words, at) else {
            at += 1;
            continue;
        };
        let agent = &data.agents[id];
        let roles: Vec<&str> = agent.roles.iter().map(|(role, _)| &*data.registers[*role].key).collect();
        let sector = if agent.sector.is_empty() { "none of its own" } else { &agent.sector };
        let roles = if roles.is_empty() { String::new() } else { format!(", role {}", roles.join(" or ")) };
        let _ = writeln!(text, "noun \"{}\": sector {sector}{roles}", agent.noun);
        at = end;
    }
    text
}

/// The names of the registers in the name, longest first, and what each can mean.
fn names(name: &str, day: Option<Date>, data: &Data) -> String {
    let index = &data.registers.index;
    let words = index.scan(name);
    let mut text = String::new();
    let mut at = 0;
    while at < words.len() {
        let Some(found) = index.matches(&words, at).filter(|found| found.candidates().any(is_name)).last()
        else {
            if let Some(found) = data.registers.gazetteer.longest(name, &words, at) {
                let end = words[at + found.words - 1].end;
                let _ = writeln!(text, "name \"{}\":", &name[words[at].start..end]);
                for town in found.towns.iter().filter_map(|id| data.registers.gazetteer.town(*id)) {
                    let _ =
                        writeln!(text, "  place {}, {}, {} people", town.name, town.country, town.population);
                }
            }
            at += 1;
            continue;
        };
        let _ = writeln!(text, "name \"{}\":", &name[found.start..found.end]);
        for candidate in found.candidates().filter(|candidate| is_name(candidate)) {
            describe(candidate, day, &data.registers, &mut text);
        }
        at += found.words;
    }
    if text.is_empty() {
        text.push_str("no name that the registers have\n");
    }
    text
}

fn is_name(candidate: &Candidate) -> bool {
    !matches!(candidate.target, Target::Title(_))
}

fn describe(candidate: &Candidate, day: Option<Date>, registers: &Registers, text: &mut String) {
    let form = match candidate.form {
        Form::Name => "",
        Form::Abbreviation => ", by an abbreviation",
        Form::Adjective => ", by an adjective",
        Form::Demonym | Form::Demonyms => ", by the name of its people",
        Form::Family => ", by the family name",
        Form::Singular | Form::Plural => ", by a noun",
    };
    let what = match candidate.target {
        Target::State(id) => format!(
            "state {} ({}){}",
            registers[id].key,
            registers[id].name,
            existed(registers[id].period, day)
        ),
        Target::Former(id) => format!("state {}, by a former name", registers[registers[id].state].key),
        Target::Capital(id) => format!("capital of {}", registers[registers[id].state].key),
        Target::Metonym(id) => {
            let row = &registers[id];
            format!("{} of {}{}", row.institution, owner(row.owner, registers), existed(row.period, day))
        }
        Target::Body(id) => format!(
            "body {} ({}){}",
            registers[id].key,
            registers[id].name,
            existed(registers[id].period, day)
        ),
        Target::Person(id) => format!("person {} ({})", registers[id].key, registers[id].name),
        Target::Group(id) => format!("group {} ({})", registers[id].key, registers[id].name),
        Target::Place(id) => format!("place {} ({})", registers[id].key, registers[id].name),
        Target::Town(_) | Target::Title(_) => return,
    };
    let _ = writeln!(text, "  {what}{form}");
    if let Target::Person(person) = candidate.target {
        offices(person, day, registers, text);
    }
}

fn owner(owner: Owner, registers: &Registers) -> &str {
    match owner {
        Owner::State(state) => &registers[state].key,
        Owner::Body(body) => &registers[body].key,
    }
}

fn existed(period: Period, day: Option<Date>) -> &'static str {
    match day.map(|day| period.on(day)) {
        Some(Held::No) => ", not on that day",
        Some(Held::Possibly) => ", possibly on that day",
        Some(Held::Yes) | None => "",
    }
}

/// The offices of a person, with whether they were held on the day.
fn offices(person: PersonId, day: Option<Date>, registers: &Registers, text: &mut String) {
    for office in registers.offices_of(person) {
        let held = match day.map(|day| office.period.on(day)) {
            None => "",
            Some(Held::Yes) => "held: ",
            Some(Held::Possibly) => "possibly held: ",
            Some(Held::No) => "not held: ",
        };
        let from = office.period.from.map(|from| from.to_string()).unwrap_or_default();
        let to = office.period.to.map(|to| to.to_string()).unwrap_or_default();
        let _ =
            writeln!(text, "    {held}{} of {}, {from} to {to}", office.title, owner(office.of, registers));
    }
}
