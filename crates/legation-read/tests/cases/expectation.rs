//! Expectations, and the examples of their lexicon.

use std::fmt::Write as _;

use legation_read::{Input, Reading, code::expectation::Expectation};

use crate::support::{Case, check_folder, reader};

/// `expectations`: one a line, as `what | who | where | when | status`; `positions`: `party: position`;
/// `occasions`: as written.
fn render(case: &Case, name: &str) -> Option<String> {
    let reading = reader().read(&case.input());
    let mut lines = String::new();
    for expectation in &reading.expectations {
        let who: Vec<&str> = expectation.who.iter().map(|id| &*reading.actors[id.0 as usize].name).collect();
        let place = expectation.place.map_or("?", |id| &*reading.places[id.0 as usize].name);
        let when = expectation.when.as_ref().and_then(|when| when.value.as_deref()).unwrap_or("?");
        match name {
            "expectations" => {
                let (what, status) = (&expectation.what, &expectation.status);
                let _ = writeln!(lines, "{what} | {} | {place} | {when} | {status}", who.join(", "));
            }
            "positions" => {
                for position in &expectation.positions {
                    let _ = writeln!(lines, "{}: {}", position.party_text, position.position);
                }
            }
            "occasions" => {
                let _ = writeln!(lines, "{}", expectation.occasion.as_deref().unwrap_or("?"));
            }
            _ => return None,
        }
    }
    Some(lines)
}

#[test]
fn expectation_reads_its_cases() {
    check_folder("expectation", render);
}

#[test]
fn every_word_of_the_lexicon_is_found_in_its_example() {
    let planned = &reader().data().planned;
    assert!(!planned.words.is_empty(), "no words");
    for word in &planned.words {
        let (line, example) = &word.example;
        let marked = example.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        let form = marked.and_then(|(marked, _)| marked.split(' ').next()).unwrap_or_default().to_lowercase();
        let found = planned.find(&form, word.role).any(|found| found == word);
        assert!(found, "lexicon/expectations.tsv:{line}: {form:?} is no form of it: {example}");
    }
}

/// One line of `passages.txt`: `what | who | where | when | positions`.
struct Wanted {
    what: String,
    who: Vec<String>,
    place: Option<String>,
    when: Option<String>,
    positions: Vec<(String, String)>,
}

impl Wanted {
    fn new(line: &str) -> Wanted {
        let mut cells = line.split('|').map(str::trim);
        let mut cell = || cells.next().filter(|cell| !matches!(*cell, "?" | "")).map(str::to_owned);
        let list = |cell: Option<String>, mark: char| -> Vec<String> {
            cell.iter().flat_map(|cell| cell.split(mark)).map(|one| one.trim().to_owned()).collect()
        };
        let what = cell().expect("what is expected");
        let who = list(cell(), ',');
        let (place, when) = (cell(), cell());
        let positions = list(cell(), ';');
        let pair =
            |one: &String| one.rsplit_once(": ").map(|(party, position)| (party.into(), position.into()));
        Wanted {
            what,
            who,
            place,
            when,
            positions: positions.iter().map(|one| pair(one).expect(one)).collect(),
        }
    }

    fn has(&self, reading: &Reading, found: &Expectation, who: &str) -> bool {
        found.who.iter().map(|id| &reading.actors[id.0 as usize]).any(|actor| {
            let codes = [actor.country.as_deref(), actor.code.as_deref(), Some(&*actor.name)];
            codes.into_iter().flatten().any(|code| code == who || code.ends_with(&format!(" {who}")))
        })
    }

    /// Whether this is what was found: the same kind of thing, and somebody, the place or the day is the same.
    fn is(&self, reading: &Reading, found: &Expectation) -> bool {
        let family = |what: &str| match what {
            "summit" | "talks" | "conference" => "meeting".to_owned(),
            "referendum" | "election" => "vote".to_owned(),
            other => other.to_owned(),
        };
        let shares = self.who.iter().any(|who| self.has(reading, found, who));
        let open = self.who.is_empty() && self.place.is_none() && self.when.is_none();
        let same =
            open || shares || (self.place.is_some() && self.is_there(reading, found)) || self.is_then(found);
        family(&self.what) == family(&found.what) && same
    }

    fn is_there(&self, reading: &Reading, found: &Expectation) -> bool {
        let place = found.place.map(|id| &reading.places[id.0 as usize].name);
        // "Frankfurt" is Frankfurt am Main
        self.place.as_ref().is_none_or(|wanted| place.is_some_and(|place| place.starts_with(wanted)))
    }

    fn is_then(&self, found: &Expectation) -> bool {
        let when = found.when.as_ref().and_then(|when| when.value.as_deref()).unwrap_or_default();
        self.when.as_ref().is_some_and(|wanted| when.starts_with(wanted))
    }

    fn is_right(&self, reading: &Reading, found: &Expectation) -> bool {
        let who = self.who.iter().all(|who| self.has(reading, found, who));
        who && self.is_there(reading, found) && (self.when.is_none() || self.is_then(found))
    }

    fn positions_right(&self, reading: &Reading, found: &Expectation) -> bool {
        let same = |party: &str, position: &str| {
            found.positions.iter().any(|other| {
                let name = other.party.map_or("", |id| &reading.actors[id.0 as usize].name);
                other.position == position && (other.party_text.contains(party) || name == party)
            })
        };
        self.positions.iter().all(|(party, position)| same(party, position))
    }
}

/// The share of right ones.
#[allow(clippy::cast_precision_loss)] // counts of a hundred
fn share(right: usize, all: usize) -> f64 {
    right as f64 / all.max(1) as f64
}

#[test]
fn passages_hold_what_is_expected_and_nothing_else() {
    let text = include_str!("expectation/passages.txt");
    let passages = text.split("\n\n").map(str::trim).filter(|passage| passage.starts_with(['1', '2']));
    let (mut wanted_in_all, mut found_in_all, mut matched, mut right) = (0, 0, 0, 0);
    let (mut with_positions, mut positions, mut passages_read) = (0, 0, 0);
    for passage in passages {
        passages_read += 1;
        let mut lines = passage.lines();
        let (day, text) = lines.next().and_then(|line| line.split_once(' ')).expect("a day and a text");
        let input =
            Input { published: Some(day.parse().expect(day)), ..Input::new("passage", text.as_bytes()) };
        let reading = reader().read(&input);
        let mut open: Vec<&Expectation> = reading.expectations.iter().collect();
        found_in_all += open.len();
        for wanted in lines.filter_map(|line| line.strip_prefix("- ")).map(Wanted::new) {
            wanted_in_all += 1;
            with_positions += usize::from(!wanted.positions.is_empty());
            let rank =
                |found: &&Expectation| wanted.is(&reading, found).then(|| wanted.is_right(&reading, found));
            let best = (0..open.len())
                .filter_map(|at| Some((rank(&open[at])?, at)))
                .max_by_key(|&(right, at)| (right, open.len() - at));
            let Some((is_right, at)) = best else {
                eprintln!("missed {} in: {text}", wanted.what);
                continue;
            };
            let found = open.remove(at);
            matched += 1;
            right += usize::from(is_right);
            let agrees = wanted.positions_right(&reading, found);
            positions += usize::from(agrees && !wanted.positions.is_empty());
            if !is_right || !agrees {
                let who: Vec<&str> =
                    found.who.iter().map(|id| &*reading.actors[id.0 as usize].name).collect();
                let place = found.place.map(|id| &*reading.places[id.0 as usize].name);
                let positions: Vec<_> =
                    found.positions.iter().map(|one| (&one.party_text, &one.position)).collect();
                let when = found.when.as_ref().and_then(|when| when.value.as_ref());
                eprintln!(
                    "who, where, when {is_right}, positions {agrees}: {text}\n  {who:?} {place:?} {when:?} {positions:?}"
                );
            }
        }
        for found in open {
            eprintln!("not expected: {} {:?} in: {text}", found.what, found.when);
        }
    }
    let (precision, recall) = (share(matched, found_in_all), share(matched, wanted_in_all));
    let score = 2.0 * precision * recall / (precision + recall);
    let (right, positions) = (share(right, wanted_in_all), share(positions, with_positions));
    println!(
        "{passages_read} passages: expectations F1 {score:.3} (P {precision:.3} R {recall:.3}), who, where and when {right:.3}, positions {positions:.3}"
    );
    assert!(passages_read >= 120 && score >= 0.88 && right >= 0.82 && positions >= 0.85);
}
