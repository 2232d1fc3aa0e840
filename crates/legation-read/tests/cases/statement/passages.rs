//! The passages of `passages.txt`: who says what in them, to whom, through whom, and that nobody says more.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and tells what it missed, its helpers too"
)]

use legation_read::{
    Input, Reading, Span,
    code::statement::{Statement, StatementId},
    resolve::actor::ActorId,
};

use crate::support::reader;

/// One line of `passages.txt`.
struct Wanted {
    line: String,
    kind: String,
    stance: String,
    speaker: String,
    content: Vec<Span>,
    via: Vec<String>,
    addressee: Option<String>,
    optional: bool,
}

impl Wanted {
    /// Reads `kind stance | speaker | content | through whom | to whom` after its mark.
    fn new(line: &str, text: &str) -> Wanted {
        let mut cells = line[1..].split('|').map(str::trim);
        let mut cell = || cells.next().filter(|cell| !matches!(*cell, "?" | "")).unwrap_or_default();
        let (kind, stance) = cell().split_once(' ').expect(line);
        let (speaker, content, via, addressee) = (cell(), cell(), cell(), cell());
        Wanted {
            line: line.to_owned(),
            kind: kind.to_owned(),
            stance: stance.to_owned(),
            speaker: speaker.to_owned(),
            content: content.split(" + ").map(|piece| placed(piece, text)).collect(),
            via: via.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            addressee: (!addressee.is_empty()).then(|| addressee.to_owned()),
            optional: line.starts_with('~'),
        }
    }

    /// How well the content found covers what is wanted: letters in both over letters in either.
    fn overlap(&self, found: &Statement) -> f64 {
        let length = |spans: &[Span]| spans.iter().map(|span| span.end - span.start).sum::<u32>();
        let mut both = 0;
        for wanted in &self.content {
            for piece in &found.content {
                both += wanted.end.min(piece.end).saturating_sub(wanted.start.max(piece.start));
            }
        }
        f64::from(both) / f64::from((length(&self.content) + length(&found.content) - both).max(1))
    }

    fn speaker_right(&self, reading: &Reading, found: &Statement) -> bool {
        match self.speaker.as_str() {
            "" => true,
            "-" => found.speaker.is_none() && found.speaker_text.is_empty(),
            speaker => {
                found.speaker_text.to_lowercase().contains(&speaker.to_lowercase())
                    || found.speaker.is_some_and(|actor| is_named(reading, actor, speaker))
            }
        }
    }

    fn via_right(&self, reading: &Reading, found: &Statement) -> bool {
        self.via.len() == found.via.len()
            && self.via.iter().zip(&found.via).all(|(name, &actor)| is_named(reading, actor, name))
    }

    fn addressee_right(&self, reading: &Reading, found: &Statement) -> bool {
        match &self.addressee {
            None => true,
            Some(name) => found.addressee.is_some_and(|actor| is_named(reading, actor, name)),
        }
    }
}

/// Where a piece of content stands in the text; "First words … last words" is all from the one to the other.
fn placed(piece: &str, text: &str) -> Span {
    let (first, last) = piece.split_once('…').unwrap_or((piece, ""));
    let start = text.find(first.trim()).unwrap_or_else(|| panic!("{piece:?} is not in {text:?}"));
    let after = start + first.trim().len();
    let end = text[after..].find(last.trim()).unwrap_or_else(|| panic!("{last:?} is not in {text:?}"));
    Span { start: start.try_into().unwrap(), end: (after + end + last.trim().len()).try_into().unwrap() }
}

/// Whether the actor's name, or one of its mentions, holds the words.
fn is_named(reading: &Reading, actor: ActorId, words: &str) -> bool {
    let actor = &reading.actors[actor.0 as usize];
    let holds = |name: &str| name.to_lowercase().contains(&words.to_lowercase());
    holds(&actor.name) || actor.mentions.iter().any(|mention| holds(mention.of(&reading.document.text)))
}

/// Right ones of all.
#[derive(Default)]
struct Count {
    right: u32,
    all: u32,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.all += 1;
    }

    fn share(&self) -> f64 {
        f64::from(self.right) / f64::from(self.all.max(1))
    }
}

#[derive(Default)]
struct Score {
    passages: u32,
    /// Statements wanted that are found.
    recall: Count,
    /// Statements found that are wanted.
    precision: Count,
    speaker: Count,
    stance: Count,
    kind: Count,
    via: Count,
    addressee: Count,
}

impl Score {
    fn add(&mut self, reading: &Reading, wanted: &[Wanted]) {
        self.passages += 1;
        let text = &reading.document.text;
        let mut taken = vec![false; reading.statements.len()];
        for wanted in wanted {
            let best = (0..taken.len())
                .filter(|&at| !taken[at] && wanted.overlap(&reading.statements[at]) >= 0.5)
                .max_by(|&one, &other| {
                    let rank = |at: usize| {
                        let found = &reading.statements[at];
                        let right = wanted.speaker_right(reading, found) && wanted.stance == found.stance;
                        wanted.overlap(found) + f64::from(u8::from(right))
                    };
                    rank(one).total_cmp(&rank(other))
                });
            if let Some(at) = best {
                taken[at] = true;
            }
            if !wanted.optional {
                self.judge(reading, wanted, best.map(|at| &reading.statements[at]));
            }
            self.precision.right += u32::from(best.is_some() && !wanted.optional);
            self.precision.all += u32::from(best.is_some() && !wanted.optional);
        }
        for (at, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            self.precision.all += 1;
            eprintln!("not wanted: {}\n    in: {text}", shown(reading, StatementId(at.try_into().unwrap())));
        }
    }

    fn judge(&mut self, reading: &Reading, wanted: &Wanted, found: Option<&Statement>) {
        let text = &reading.document.text;
        self.recall.add(found.is_some());
        let Some(found) = found else {
            self.speaker.add(false);
            self.stance.add(false);
            if !wanted.via.is_empty() {
                self.via.add(false);
            }
            eprintln!("missed: {}\n    in: {text}", wanted.line);
            return;
        };
        let rights = [
            wanted.speaker_right(reading, found),
            wanted.stance == found.stance,
            wanted.kind == found.kind.as_str(),
            wanted.via_right(reading, found),
            wanted.addressee_right(reading, found),
        ];
        let [speaker, stance, kind, via, addressee] = rights;
        self.speaker.add(speaker);
        self.stance.add(stance);
        self.kind.add(kind);
        if !(wanted.via.is_empty() && found.via.is_empty()) {
            self.via.add(via);
        }
        if wanted.addressee.is_some() {
            self.addressee.add(addressee);
        }
        if rights.contains(&false) {
            let id = reading.statements.iter().position(|other| std::ptr::eq(other, found)).unwrap();
            let shown = shown(reading, StatementId(id.try_into().unwrap()));
            eprintln!("{rights:?}: {}\n    read {shown}\n    in: {text}", wanted.line);
        }
    }
}

/// A statement in the form of `passages.txt`.
fn shown(reading: &Reading, id: StatementId) -> String {
    let statement = &reading.statements[id.0 as usize];
    let name = |actor: &ActorId| reading.actors[actor.0 as usize].name.clone();
    let via: Vec<String> = statement.via.iter().map(name).collect();
    format!(
        "{} {} | {} | {} | {} | {}",
        statement.kind.as_str(),
        statement.stance,
        statement.speaker_text,
        super::pieces(&reading.document.text, &statement.content),
        via.join(", "),
        statement.addressee.as_ref().map(name).unwrap_or_default()
    )
}

#[test]
fn passages_hold_what_is_said_and_nothing_else() {
    let file = include_str!("passages.txt");
    let passages = file.split("\n\n").map(str::trim).filter(|passage| passage.starts_with(['1', '2']));
    let mut score = Score::default();
    for passage in passages {
        let mut lines = passage.lines();
        let (day, text) = lines.next().and_then(|line| line.split_once(' ')).expect("a day and a text");
        let text = text.replace(" ¶ ", "\n\n");
        let day = day.parse().expect(day);
        let reading =
            reader().read(&Input { published: Some(day), ..Input::new("passage", text.as_bytes()) });
        let wanted: Vec<Wanted> = lines.map(|line| Wanted::new(line, &reading.document.text)).collect();
        score.add(&reading, &wanted);
    }
    let (precision, recall) = (score.precision.share(), score.recall.share());
    let found = 2.0 * precision * recall / (precision + recall);
    println!(
        "{} passages: statements F1 {found:.3} (P {precision:.3} R {recall:.3}); of all wanted: speaker {:.3}, \
         stance {:.3}; of those found: kind {:.3}; chains {:.3} of {}, addressees {:.3} of {}",
        score.passages,
        score.speaker.share(),
        score.stance.share(),
        score.kind.share(),
        score.via.share(),
        score.via.all,
        score.addressee.share(),
        score.addressee.all
    );
    assert!(score.passages >= 150);
    assert!(found >= 0.95 && score.via.share() >= 0.88);
    assert!(score.speaker.share() >= 0.94 && score.stance.share() >= 0.94);
}
