//! A story and its gold: reports, copies, events with all their mentions.

use jiff::civil::Date;
use legation_record::Record;

/// One report of a story.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// `story/letter`.
    pub(crate) key: String,
    pub(crate) letter: String,
    pub(crate) outlet: String,
    pub(crate) published: Date,
    pub(crate) copy_of: Option<String>,
    pub(crate) text: String,
}

/// One event of the gold.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// Type, parties and day: what tells it from others, also in other stories.
    pub(crate) label: String,
    /// Letter of the report and the quotation, trigger in brackets.
    pub(crate) mentions: Vec<(String, String)>,
}

/// Something planned.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) what: String,
    pub(crate) status: String,
    /// As of events.
    pub(crate) mentions: Vec<(String, String)>,
}

/// Something that reports disagree on.
#[derive(Clone, Debug)]
pub(crate) struct Dispute {
    pub(crate) kind: String,
    /// Keys.
    pub(crate) reports: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) reports: Vec<Report>,
    pub(crate) events: Vec<Event>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) contradictions: Vec<Dispute>,
}

/// A mention of an event, with the event that the record has for it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) gold: String,
    pub(crate) report: String,
    pub(crate) quotation: String,
    pub(crate) event: Option<i64>,
    pub(crate) claim: Option<i64>,
}

impl Story {
    pub(crate) fn parse(name: &str, text: &str) -> Story {
        let mut story = Story {
            name: name.to_owned(),
            reports: Vec::new(),
            events: Vec::new(),
            plans: Vec::new(),
            contradictions: Vec::new(),
        };
        for section in text.split("\n## ").skip(1) {
            let (heading, body) = section.split_once('\n').unwrap();
            let parts: Vec<&str> = heading.split('|').map(str::trim).collect();
            match parts[..] {
                ["events"] => story.events = body.lines().filter_map(|line| story.event(line)).collect(),
                ["planned"] => story.plans = body.lines().filter_map(|line| story.plan(line)).collect(),
                ["contradictions"] => {
                    story.contradictions = body.lines().filter_map(|line| story.dispute(line)).collect();
                }
                [letter, outlet, published, ..] => story.reports.push(Report {
                    key: format!("{name}/{letter}"),
                    letter: letter.to_owned(),
                    outlet: outlet.to_owned(),
                    published: published.parse().unwrap(),
                    copy_of: parts.get(3).map(|copy| copy.trim_start_matches("copy of ").to_owned()),
                    text: body.trim().to_owned(),
                }),
                _ => panic!("{name}: no such section: {heading}"),
            }
        }
        story
    }

    fn event(&self, line: &str) -> Option<Event> {
        let fields: Vec<&str> = line.strip_prefix("- ")?.splitn(5, " | ").collect();
        let [kind, parties, day, _, told] = fields[..] else { panic!("{}: {line}", self.name) };
        let mentions = told_in(told);
        let day = if day == "?" { format!("{}: {told}", self.name) } else { day.to_owned() };
        Some(Event { label: format!("{kind} | {parties} | {day}"), mentions })
    }

    fn plan(&self, line: &str) -> Option<Plan> {
        let fields: Vec<&str> = line.strip_prefix("- ")?.splitn(5, " | ").collect();
        let [what, _, _, status, told] = fields[..] else { panic!("{}: {line}", self.name) };
        Some(Plan { what: what.to_owned(), status: status.to_owned(), mentions: told_in(told) })
    }

    fn dispute(&self, line: &str) -> Option<Dispute> {
        let fields: Vec<&str> = line.strip_prefix("- ")?.splitn(3, " | ").collect();
        let [kind, letters, _] = fields[..] else { panic!("{}: {line}", self.name) };
        let reports = letters.split(", ").map(|letter| format!("{}/{letter}", self.name)).collect();
        Some(Dispute { kind: kind.to_owned(), reports })
    }

    /// Report and place, in code points, of each mention.
    pub(crate) fn places(&self, mentions: &[(String, String)]) -> Vec<(String, u32, u32)> {
        let of = |(letter, quotation): &(String, String)| {
            let report = self.reports.iter().find(|report| report.letter == *letter).unwrap();
            let place = place(&report.text, quotation);
            let (start, end) =
                place.unwrap_or_else(|| panic!("{}: not in its text: {quotation}", report.key));
            (report.key.clone(), start, end)
        };
        mentions.iter().map(of).collect()
    }

    /// All mentions of the gold, with what the record has at their place.
    pub(crate) fn mentions(&self, record: &Record) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for event in &self.events {
            let places = self.places(&event.mentions);
            for ((report, start, end), (_, quotation)) in places.into_iter().zip(&event.mentions) {
                let kind = event.label.split(" | ").next().unwrap();
                let found = record.claim_at(&report, start, end, kind).unwrap();
                mentions.push(Mention {
                    gold: event.label.clone(),
                    report,
                    quotation: quotation.clone(),
                    event: found.map(|(_, event)| event),
                    claim: found.map(|(claim, _)| claim),
                });
            }
        }
        mentions
    }
}

/// Letters of reports and quotations of each.
fn told_in(told: &str) -> Vec<(String, String)> {
    let mut mentions = Vec::new();
    for part in told.split("; ").filter(|part| part.contains(": ")) {
        let (letter, quotations) = part.split_once(": ").unwrap();
        mentions.extend(quoted(quotations).map(|quotation| (letter.trim().to_owned(), quotation)));
    }
    mentions
}

/// Texts between straight quotation marks; a mark inside a quotation stands where no comma or end follows.
fn quoted(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("\", \"").map(|piece| piece.trim().trim_start_matches('"').trim_end_matches('"').to_owned())
}

/// Where a quotation has its bracketed words, in code points of the text.
fn place(text: &str, quotation: &str) -> Option<(u32, u32)> {
    let (before, rest) = quotation.split_once('[')?;
    let (trigger, after) = rest.split_once(']')?;
    let byte = text.find(&format!("{before}{trigger}{after}"))? + before.len();
    let start = text[..byte].chars().count();
    Some((u32::try_from(start).ok()?, u32::try_from(start + trigger.chars().count()).ok()?))
}
