//! A reading for people: what happened, what was said, what is to come, each with the words it rests on.

pub(crate) mod table;

pub(crate) mod words;

use std::fmt::Write as _;

use anstyle::Style;
use comfy_table::{Attribute, Cell, Color};
use legation_read::{
    Reading,
    code::{
        event::{Event, Status},
        expectation::Expectation,
        statement::Statement,
    },
    data::speech::Towards,
    resolve::actor::ActorId,
};

/// Longest piece of the text quoted in a table, in characters.
const QUOTE: usize = 160;

/// The reading as text with colours; `width` is the number of columns to lay tables out for.
#[must_use]
pub fn text(reading: &Reading, width: usize) -> String {
    let mut out = head(reading);
    let page = Page { reading, width };
    page.section(&mut out, "Events", &["date", "type", "who", "status", "words"], page.events());
    page.section(&mut out, "Statements", &["speaker", "stance", "words"], page.statements());
    page.section(
        &mut out,
        "Expectations",
        &["when", "what", "who", "where", "status", "positions"],
        page.expectations(),
    );
    page.section(&mut out, "Relations", &["from", "is", "to", "words"], page.relations());
    page.section(&mut out, "Dates", &["words", "value", "first", "last"], page.dates());
    page.section(&mut out, "Problems", &["code", "message"], page.problems());
    out
}

fn head(reading: &Reading) -> String {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let document = &reading.document;
    let title = document.title.as_deref().unwrap_or(&document.id);
    let day = document.published.map(|day| day.to_string());
    let known = [
        document.outlet.clone(),
        document.byline.clone(),
        Some(day.unwrap_or_else(|| "no date".to_owned())),
        Some(format!("{} sentences", reading.segments.sentences.len())),
        Some(document.id.clone()),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    format!("{bold}{title}{bold:#}\n{dim}{}{dim:#}\n", known.join(" · "))
}

struct Page<'a> {
    reading: &'a Reading,
    width: usize,
}

impl Page<'_> {
    /// A heading with its table; nothing where there are no rows.
    fn section(&self, out: &mut String, heading: &str, columns: &[&str], rows: Vec<Vec<Cell>>) {
        if rows.is_empty() {
            return;
        }
        table::section(out, &format!("{heading} ({})", rows.len()), columns, rows, self.width);
    }

    fn events(&self) -> Vec<Vec<Cell>> {
        self.reading.events.iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: &Event) -> Vec<Cell> {
        let date = event.date.as_ref().and_then(|when| when.value.clone()).unwrap_or_default();
        let kind = match &event.mode {
            Some(mode) => format!("{} {mode}", event.kind),
            None => event.kind.clone(),
        };
        let who = match (event.reciprocal, event.recipients.is_empty()) {
            (_, true) => self.names(&event.actors, if event.reciprocal { " ⇄ " } else { ", " }),
            (true, false) => {
                format!("{} ⇄ {}", self.names(&event.actors, ", "), self.names(&event.recipients, ", "))
            }
            (false, false) => {
                format!("{} → {}", self.names(&event.actors, ", "), self.names(&event.recipients, ", "))
            }
        };
        let by: Vec<&str> =
            event.claims.iter().filter_map(|claim| claim.by).map(|actor| self.name(actor)).collect();
        let says = if by.is_empty() { String::new() } else { format!("\naccording to {}", by.join(", ")) };
        vec![
            Cell::new(date),
            Cell::new(kind).fg(colour(&event.quad)).add_attribute(Attribute::Bold),
            Cell::new(who),
            Cell::new(event.status.as_str()).fg(status_colour(event.status)),
            Cell::new(format!("{}{says}", words::around(self.reading, event.sentence, event.trigger, QUOTE))),
        ]
    }

    fn statements(&self) -> Vec<Vec<Cell>> {
        self.reading.statements.iter().map(|statement| self.statement(statement)).collect()
    }

    fn statement(&self, statement: &Statement) -> Vec<Cell> {
        let mut speaker = match statement.speaker {
            Some(actor) => self.name(actor).to_owned(),
            None => statement.speaker_text.clone(),
        };
        if let Some(addressee) = statement.addressee {
            let _ = write!(speaker, " → {}", self.name(addressee));
        }
        if !statement.via.is_empty() {
            let _ = write!(speaker, " (via {})", self.names(&statement.via, ", "));
        }
        let text = &self.reading.document.text;
        let content: Vec<&str> = statement.content.iter().map(|span| span.of(text)).collect();
        let mut stance = format!("{} ({})", statement.stance, statement.kind.as_str());
        for about in &statement.about {
            // whoever is only named stands in the words beside it
            if let Some(towards) = about.towards.filter(|&towards| towards != Towards::None) {
                let _ = write!(stance, "\n{}: {}", towards.as_str(), self.name(about.actor));
            }
        }
        vec![Cell::new(speaker), Cell::new(stance), Cell::new(words::shortened(&content.join(" … "), QUOTE))]
    }

    fn expectations(&self) -> Vec<Vec<Cell>> {
        self.reading.expectations.iter().map(|expectation| self.expectation(expectation)).collect()
    }

    fn expectation(&self, expectation: &Expectation) -> Vec<Cell> {
        let positions: Vec<String> = expectation
            .positions
            .iter()
            .map(|position| {
                let party = position.party.map_or(position.party_text.as_str(), |actor| self.name(actor));
                format!("{party} {}", position.position)
            })
            .collect();
        let place = expectation.place.and_then(|place| self.reading.places.get(place.0 as usize));
        let what = match &expectation.occasion {
            Some(occasion) => format!("{} ({})", expectation.what, words::shortened(occasion, QUOTE / 2)),
            None => expectation.what.clone(),
        };
        vec![
            Cell::new(expectation.when.as_ref().and_then(|when| when.value.clone()).unwrap_or_default()),
            Cell::new(what).add_attribute(Attribute::Bold),
            Cell::new(self.names(&expectation.who, ", ")),
            Cell::new(place.map_or("", |place| place.name.as_str())),
            Cell::new(&expectation.status).fg(Color::Yellow),
            Cell::new(positions.join("; ")),
        ]
    }

    fn relations(&self) -> Vec<Vec<Cell>> {
        let row = |relation: &legation_read::code::relation::Relation| {
            let party = |actor: Option<ActorId>| Cell::new(actor.map_or("", |actor| self.name(actor)));
            let what = [Some(relation.kind.clone()), relation.what.clone(), relation.value.clone()];
            let since = relation.since.as_ref().map(|since| format!("since {since}"));
            let until = relation.until.as_ref().map(|until| format!("until {until}"));
            let is: Vec<String> = what.into_iter().chain([since, until]).flatten().collect();
            let written = relation.span.of(&self.reading.document.text);
            vec![
                party(relation.from),
                Cell::new(is.join(" ")),
                party(relation.to),
                Cell::new(words::shortened(written, QUOTE)),
            ]
        };
        self.reading.relations.iter().map(row).collect()
    }

    fn dates(&self) -> Vec<Vec<Cell>> {
        let row = |date: &legation_read::resolve::date::Date| {
            let day = |day: Option<jiff::civil::Date>| {
                Cell::new(day.map(|day| day.to_string()).unwrap_or_default())
            };
            vec![
                Cell::new(date.span.of(&self.reading.document.text)),
                Cell::new(date.value.clone().unwrap_or_else(|| "?".to_owned()))
                    .add_attribute(Attribute::Bold),
                day(date.first),
                day(date.last),
            ]
        };
        self.reading.dates.iter().map(row).collect()
    }

    fn problems(&self) -> Vec<Vec<Cell>> {
        let row = |problem: &legation_read::Problem| {
            vec![Cell::new(problem.code).fg(Color::Red), Cell::new(&problem.message)]
        };
        self.reading.problems.iter().map(row).collect()
    }

    fn name(&self, actor: ActorId) -> &str {
        self.reading.actors.get(actor.0 as usize).map_or("?", |actor| actor.name.as_str())
    }

    fn names(&self, actors: &[ActorId], between: &str) -> String {
        actors.iter().map(|&actor| self.name(actor)).collect::<Vec<_>>().join(between)
    }
}

/// Cooperation in green, conflict in red; deeds stronger than words.
pub(crate) fn colour(quad: &str) -> Color {
    match quad {
        "verbal-cooperation" => Color::Green,
        "material-cooperation" => Color::DarkGreen,
        "verbal-conflict" => Color::Red,
        _ => Color::DarkRed,
    }
}

fn status_colour(status: Status) -> Color {
    match status {
        Status::Happened | Status::Ongoing => Color::Reset,
        Status::Planned | Status::Conditional => Color::Yellow,
        Status::Negated | Status::Denied | Status::Cancelled => Color::Magenta,
    }
}
