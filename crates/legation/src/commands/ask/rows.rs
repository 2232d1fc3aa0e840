//! The rows of lists, for people and for files.

use comfy_table::{Attribute, Cell, Color};
use legation_record::ask::{
    CoverageDay, CoverageSource, DyadMonth, EventRow, Hit, Party, PlanRow, StatementRow,
};

use super::{
    printing::Row,
    words::{self, each, names, or_empty},
};
use crate::people;

fn code(party: &Party) -> Option<&String> {
    party.code.as_ref()
}

fn sector(party: &Party) -> Option<&String> {
    party.sector.as_ref()
}

/// A status in its colour.
pub(super) fn status(status: &str) -> Cell {
    Cell::new(status).fg(match status {
        "happened" | "ongoing" | "held" | "confirmed" => Color::Reset,
        "planned" | "conditional" | "announced" | "unconfirmed" | "postponed" => Color::Yellow,
        _ => Color::Magenta,
    })
}

/// A type with its mode, in the colour of its quad class.
pub(super) fn kind(kind: &str, mode: Option<&String>, quad: &str) -> Cell {
    let text = mode.map_or_else(|| kind.to_owned(), |mode| format!("{kind} {mode}"));
    Cell::new(text).fg(people::colour(quad)).add_attribute(Attribute::Bold)
}

impl Row for EventRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "day",
        "last",
        "value",
        "type",
        "mode",
        "contexts",
        "quad",
        "cameo",
        "intensity",
        "reciprocal",
        "actors",
        "actor_codes",
        "actor_sectors",
        "recipients",
        "recipient_codes",
        "recipient_sectors",
        "place",
        "place_country",
        "latitude",
        "longitude",
        "status",
        "confidence",
        "origins",
        "reports",
        "claims",
        "contradictions",
        "verdict",
        "best",
        "words",
    ];
    const HEADS: &'static [&'static str] =
        &["id", "day", "type", "who", "status", "origins", "reports", "words"];

    fn cells(&self) -> Vec<String> {
        let place = self.place.as_ref();
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        vec![
            self.id.to_string(),
            or_empty(self.day.as_ref()),
            or_empty(self.last.as_ref()),
            or_empty(self.value.as_ref()),
            self.r#type.clone(),
            or_empty(self.mode.as_ref()),
            self.contexts.join("; "),
            self.quad.to_owned(),
            self.cameo.join("; "),
            self.intensity.to_string(),
            self.reciprocal.to_string(),
            names(&self.actors, "; "),
            each(&self.actors, code),
            each(&self.actors, sector),
            names(&self.recipients, "; "),
            each(&self.recipients, code),
            each(&self.recipients, sector),
            place.map(|place| place.name.clone()).unwrap_or_default(),
            or_empty(place.and_then(|place| place.country.as_ref())),
            degrees(place.and_then(|place| place.latitude)),
            degrees(place.and_then(|place| place.longitude)),
            self.status.clone(),
            self.confidence.to_string(),
            self.origins.to_string(),
            self.reports.to_string(),
            self.claims.to_string(),
            self.contradictions.to_string(),
            or_empty(self.verdict.as_ref()),
            self.best.to_string(),
            self.passage.as_ref().map(|passage| passage.text.clone()).unwrap_or_default(),
        ]
    }

    fn people(&self) -> Vec<Cell> {
        let mut told = vec![self.status.clone()];
        told.extend(self.verdict.clone());
        if self.contradictions > 0 {
            told.push("disputed".to_owned());
        }
        vec![
            Cell::new(self.id),
            Cell::new(words::day(self.value.as_ref().or(self.day.as_ref()))),
            kind(&self.r#type, self.mode.as_ref(), self.quad),
            Cell::new(words::sides(&self.actors, &self.recipients, self.reciprocal)),
            status(&told.join("\n")),
            Cell::new(self.origins),
            Cell::new(self.reports),
            Cell::new(self.passage.as_ref().map(words::short).unwrap_or_default()),
        ]
    }
}

impl Row for StatementRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "day",
        "published",
        "report",
        "source",
        "reports",
        "speaker",
        "speaker_code",
        "speaker_text",
        "stance",
        "kind",
        "act",
        "addressee",
        "addressee_code",
        "via",
        "about",
        "towards",
        "topics",
        "content",
    ];
    const HEADS: &'static [&'static str] = &["id", "day", "speaker", "stance", "report", "reports", "words"];

    fn cells(&self) -> Vec<String> {
        let name = |party: &Option<Party>| party.as_ref().map(|party| party.name.clone()).unwrap_or_default();
        let code = |party: &Option<Party>| or_empty(party.as_ref().and_then(code));
        let about: Vec<&str> = self.about.iter().map(|about| about.name.as_str()).collect();
        let towards: Vec<&str> =
            self.about.iter().map(|about| about.towards.as_deref().unwrap_or("mixed")).collect();
        vec![
            self.id.to_string(),
            or_empty(self.day.as_ref()),
            or_empty(self.published.as_ref()),
            self.report.to_string(),
            self.source.clone(),
            self.reports.to_string(),
            name(&self.speaker),
            code(&self.speaker),
            self.speaker_text.clone(),
            self.stance.clone(),
            self.kind.clone(),
            self.act.clone(),
            name(&self.addressee),
            code(&self.addressee),
            self.via.join("; "),
            about.join("; "),
            towards.join("; "),
            self.topics.join("; "),
            self.content.clone(),
        ]
    }

    fn people(&self) -> Vec<Cell> {
        let mut stance = vec![format!("{} ({})", self.stance, self.kind)];
        for about in &self.about {
            if let Some(towards) = about.towards.as_ref().filter(|towards| *towards != "none") {
                stance.push(format!("{towards}: {}", about.name));
            }
        }
        vec![
            Cell::new(self.id),
            Cell::new(or_empty(self.day.as_ref().or(self.published.as_ref()))),
            Cell::new(speaker(self)),
            Cell::new(stance.join("\n")),
            Cell::new(self.report),
            Cell::new(self.reports),
            Cell::new(people::words::shortened(&self.content, words::QUOTE)),
        ]
    }
}

/// Who says it, to whom, through whom.
pub(super) fn speaker(statement: &StatementRow) -> String {
    let name = statement.speaker.as_ref().map_or(&statement.speaker_text, |speaker| &speaker.name);
    let to = statement.addressee.as_ref().map(|to| format!(" → {}", to.name)).unwrap_or_default();
    let via =
        if statement.via.is_empty() { String::new() } else { format!(" (via {})", statement.via.join(", ")) };
    format!("{name}{to}{via}")
}

impl Row for PlanRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "day",
        "last",
        "value",
        "what",
        "who",
        "codes",
        "place",
        "place_country",
        "occasion",
        "status",
        "overdue",
        "origins",
        "reports",
        "event",
        "course",
    ];
    const HEADS: &'static [&'static str] =
        &["id", "when", "what", "who", "where", "status", "origins", "reports", "told"];

    fn cells(&self) -> Vec<String> {
        let place = self.place.as_ref();
        vec![
            self.id.to_string(),
            or_empty(self.day.as_ref()),
            or_empty(self.last.as_ref()),
            or_empty(self.value.as_ref()),
            self.what.clone(),
            names(&self.who, "; "),
            each(&self.who, code),
            place.map(|place| place.name.clone()).unwrap_or_default(),
            or_empty(place.and_then(|place| place.country.as_ref())),
            or_empty(self.occasion.as_ref()),
            self.status.clone(),
            self.overdue.to_string(),
            self.origins.to_string(),
            self.reports.to_string(),
            self.event.map(|event| event.to_string()).unwrap_or_default(),
            course(self, "; "),
        ]
    }

    fn people(&self) -> Vec<Cell> {
        let occasion = self
            .occasion
            .as_ref()
            .map(|occasion| format!(" ({})", people::words::shortened(occasion, words::QUOTE / 2)));
        vec![
            Cell::new(self.id),
            Cell::new(words::day(self.value.as_ref())),
            Cell::new(format!("{}{}", self.what, occasion.unwrap_or_default()))
                .add_attribute(Attribute::Bold),
            Cell::new(names(&self.who, ", ")),
            Cell::new(words::place(self.place.as_ref())),
            status(if self.overdue { "overdue" } else { &self.status }),
            Cell::new(self.origins),
            Cell::new(self.reports),
            Cell::new(course(self, "\n")),
        ]
    }
}

/// "2025-04-02 announced; 2025-04-05 confirmed".
pub(super) fn course(plan: &PlanRow, between: &str) -> String {
    let steps = plan.course().into_iter();
    let steps: Vec<String> =
        steps.map(|(status, day)| format!("{} {status}", day.unwrap_or("no date"))).collect();
    steps.join(between)
}

impl Row for DyadMonth {
    const COLUMNS: &'static [&'static str] = &[
        "month",
        "source",
        "target",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "n",
        "goldstein_sum",
        "goldstein_mean",
        "articles_read",
        "origins_read",
    ];
    const HEADS: &'static [&'static str] = &[
        "month",
        "from → to",
        "verbal coop.",
        "material coop.",
        "verbal conflict",
        "material conflict",
        "events",
        "Goldstein sum",
        "mean",
        "reports read",
        "origins read",
    ];

    fn cells(&self) -> Vec<String> {
        let counts = [
            self.verbal_cooperation,
            self.material_cooperation,
            self.verbal_conflict,
            self.material_conflict,
            self.n,
        ];
        let known = |text: String| if self.is_read() { text } else { String::new() };
        let mut cells = vec![self.month.clone(), self.source.clone(), self.target.clone()];
        cells.extend(counts.iter().map(|count| known(count.to_string())));
        cells.push(known(rounded(self.goldstein_sum)));
        cells.push(self.goldstein_mean.map(rounded).unwrap_or_default());
        cells.push(self.articles_read.to_string());
        cells.push(self.origins_read.to_string());
        cells
    }

    fn people(&self) -> Vec<Cell> {
        let mut cells = self.cells();
        let target = cells.remove(2);
        cells[1] = format!("{} → {target}", self.source);
        cells.into_iter().map(|cell| Cell::new(if cell.is_empty() { "–".to_owned() } else { cell })).collect()
    }
}

/// Two decimals, and no sums like 0.30000000000000004.
fn rounded(number: f64) -> String {
    format!("{number:.2}")
}

impl Row for CoverageSource {
    const COLUMNS: &'static [&'static str] = &[
        "source",
        "first",
        "last",
        "reports",
        "copies",
        "empty",
        "undated",
        "failed",
        "days_read",
        "days_silent",
    ];
    const HEADS: &'static [&'static str] = &[
        "source",
        "first",
        "last",
        "reports",
        "of these copies",
        "empty",
        "undated",
        "failed",
        "days read",
        "days silent",
    ];

    fn cells(&self) -> Vec<String> {
        let counts = [
            self.reports,
            self.copies,
            self.empty,
            self.undated,
            self.failed,
            self.days_read,
            self.days_silent,
        ];
        let mut cells =
            vec![self.source.clone(), or_empty(self.first.as_ref()), or_empty(self.last.as_ref())];
        cells.extend(counts.iter().map(ToString::to_string));
        cells
    }

    fn people(&self) -> Vec<Cell> {
        self.cells().into_iter().map(Cell::new).collect()
    }
}

impl Row for CoverageDay {
    const COLUMNS: &'static [&'static str] =
        &["source", "day", "state", "reports", "copies", "empty", "failed"];
    const HEADS: &'static [&'static str] =
        &["source", "day", "state", "reports", "of these copies", "empty", "failed"];

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.source.clone(), or_empty(self.day.as_ref()), self.state.clone()];
        cells.extend([self.reports, self.copies, self.empty, self.failed].iter().map(ToString::to_string));
        cells
    }

    fn people(&self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self.cells().into_iter().map(Cell::new).collect();
        if self.day.is_none() {
            cells[1] = Cell::new("no date");
        }
        let colour = match self.state.as_str() {
            "read" => Color::Reset,
            "silent" => Color::Yellow,
            _ => Color::Red,
        };
        cells[2] = Cell::new(&self.state).fg(colour);
        cells
    }
}

impl Row for Hit {
    const COLUMNS: &'static [&'static str] = &["id", "published", "source", "title", "reports", "snippet"];
    const HEADS: &'static [&'static str] = &["id", "day", "source", "reports", "title", "words"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            or_empty(self.published.as_ref()),
            self.source.clone(),
            or_empty(self.title.as_ref()),
            self.reports.to_string(),
            words::signed(&self.snippet, &self.marks),
        ]
    }

    fn people(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.id),
            Cell::new(or_empty(self.published.as_ref())),
            Cell::new(&self.source),
            Cell::new(self.reports),
            Cell::new(people::words::shortened(&or_empty(self.title.as_ref()), words::QUOTE / 2)),
            Cell::new(words::signed(&self.snippet, &self.marks)),
        ]
    }
}
