//! Relations.

use std::fmt::Write as _;

use legation_read::{
    Input, Reading,
    code::relation::Relation,
    resolve::actor::{ActorId, ActorKind},
};

use crate::support::{Case, check_folder, reader};

/// `relations`: one a line, as `kind | from | to | what | value | since`.
fn render(case: &Case, name: &str) -> Option<String> {
    if name != "relations" {
        return None;
    }
    let reading = reader().read(&case.input());
    let mut lines = String::new();
    for relation in &reading.relations {
        let named = |id: Option<legation_read::resolve::actor::ActorId>| {
            id.map_or("?", |id| &*reading.actors[id.0 as usize].name)
        };
        let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
        let (from, to) = (named(relation.from), named(relation.to));
        let (what, value, since) = (known(&relation.what), known(&relation.value), known(&relation.since));
        let _ = writeln!(lines, "{} | {from} | {to} | {what} | {value} | {since}", relation.kind);
    }
    Some(lines)
}

#[test]
fn relation_reads_its_cases() {
    check_folder("relation", render);
}

/// How the table of patterns writes a relation: `RUS > CHN; oil; 0.4; rank 1; since 2023; until 2025`.
fn short(reading: &Reading, relation: &Relation) -> String {
    let name = |id: ActorId| {
        let actor = &reading.actors[id.0 as usize];
        let code = actor.code.clone().filter(|_| actor.kind != ActorKind::Group);
        code.or_else(|| actor.country.clone().filter(|_| actor.kind != ActorKind::Group))
            .unwrap_or_else(|| actor.name.clone())
    };
    let named = |id: Option<ActorId>| id.map_or("?".to_owned(), name);
    let parties = if relation.parties.len() > 2 {
        relation.parties.iter().map(|&id| name(id)).collect::<Vec<_>>().join(" + ")
    } else {
        format!("{} > {}", named(relation.from), named(relation.to))
    };
    let rest = [
        relation.what.clone(),
        relation.value.clone(),
        relation.rank.map(|rank| format!("rank {rank}")),
        relation.since.as_ref().map(|since| format!("since {since}")),
        relation.until.as_ref().map(|until| format!("until {until}")),
    ];
    [Some(parties)].into_iter().chain(rest).flatten().collect::<Vec<_>>().join("; ")
}

#[test]
fn every_pattern_is_read_in_its_example() {
    let lexicon = &reader().data().relations;
    assert!(!lexicon.patterns.is_empty(), "no patterns");
    let mut faults = String::new();
    for pattern in &lexicon.patterns {
        let (line, example, reads) = &pattern.example;
        let text = example.replace(['[', ']'], "");
        let day = "2025-04-02".parse().ok();
        let reading = reader().read(&Input { published: day, ..Input::new("example", text.as_bytes()) });
        let kind = &lexicon.kinds[pattern.kind].name;
        let of_kind = reading.relations.iter().filter(|relation| relation.kind == **kind);
        let found: Vec<String> = of_kind.map(|relation| short(&reading, relation)).collect();
        if !found.iter().any(|found| **found == **reads) {
            let _ = writeln!(
                faults,
                "patterns.tsv:{line}: {kind}: {example}\n  wanted {reads}\n  read {found:?}"
            );
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// One line of `passages.txt`.
struct Wanted {
    kind: String,
    from: Vec<String>,
    to: Vec<String>,
    cells: [String; 4],
}

impl Wanted {
    fn new(line: &str) -> Wanted {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or("?").to_owned();
        let list = |at: usize| {
            let cell = cell(at);
            cell.split(',')
                .map(str::trim)
                .filter(|party| !matches!(*party, "" | "?"))
                .map(str::to_owned)
                .collect()
        };
        Wanted { kind: cell(0), from: list(1), to: list(2), cells: [cell(3), cell(4), cell(5), cell(6)] }
    }

    /// Whether the kind and the parties are these.
    fn is(&self, reading: &Reading, found: &Relation) -> bool {
        let has = |id: ActorId, party: &str| {
            let actor = &reading.actors[id.0 as usize];
            let codes = [actor.country.as_deref(), actor.code.as_deref(), Some(&*actor.name)];
            codes.into_iter().flatten().any(|code| code == party || code.contains(&format!(" {party}")))
                || actor.name.starts_with(party)
        };
        let one = |id: Option<ActorId>, wanted: &[String]| {
            wanted.is_empty() || id.is_some_and(|id| wanted.iter().any(|party| has(id, party)))
        };
        let parties = if self.from.len() > 1 {
            let all = self.from.iter().all(|party| found.parties.iter().any(|&id| has(id, party)));
            all && found.parties.len() == self.from.len()
        } else {
            one(found.from, &self.from) && one(found.to, &self.to)
        };
        self.kind == found.kind && parties
    }

    /// How many of what, value, since and until are asked for, and how many of them are right.
    fn right(&self, found: &Relation) -> [(usize, usize); 2] {
        let given = [&found.what, &found.value, &found.since, &found.until];
        let mut counts = [(0, 0); 2];
        for (at, wanted) in
            self.cells.iter().enumerate().filter(|(_, wanted)| !matches!(wanted.as_str(), "?" | ""))
        {
            let given = given[at].as_deref().unwrap_or("-");
            let count = &mut counts[usize::from(at >= 2)];
            count.0 += 1;
            count.1 += usize::from(given == wanted || given.eq_ignore_ascii_case(wanted));
        }
        counts
    }
}

/// The share of right ones.
#[allow(clippy::cast_precision_loss)] // counts of a hundred
fn share(right: usize, all: usize) -> f64 {
    right as f64 / all.max(1) as f64
}

#[test]
fn passages_hold_their_relations_and_no_others() {
    let text = include_str!("relation/passages.txt");
    let passages = text.split("\n\n").map(str::trim).filter(|passage| passage.starts_with(['1', '2']));
    let (mut wanted_in_all, mut found_in_all, mut matched, mut read) = (0, 0, 0, 0);
    let mut right = [(0, 0); 2];
    for passage in passages {
        read += 1;
        let mut lines = passage.lines();
        let (day, text) = lines.next().and_then(|line| line.split_once(' ')).expect("a day and a text");
        let input =
            Input { published: Some(day.parse().expect(day)), ..Input::new("passage", text.as_bytes()) };
        let reading = reader().read(&input);
        let mut open: Vec<&Relation> = reading.relations.iter().collect();
        found_in_all += open.len();
        for line in lines.filter_map(|line| line.strip_prefix("- ")) {
            let wanted = Wanted::new(line);
            wanted_in_all += 1;
            let rights = |found: &Relation| wanted.right(found).iter().map(|count| count.1).sum::<usize>();
            let best = (0..open.len())
                .filter(|&at| wanted.is(&reading, open[at]))
                .max_by_key(|&at| (rights(open[at]), open.len() - at));
            let Some(at) = best else {
                eprintln!("missed {line} in: {text}");
                for (at, count) in [(0, 0..2), (1, 2..4)] {
                    let asked =
                        wanted.cells[count].iter().filter(|cell| !matches!(cell.as_str(), "?" | "" | "-"));
                    right[at].0 += asked.count();
                }
                continue;
            };
            let found = open.remove(at);
            matched += 1;
            let counts = wanted.right(found);
            if counts.iter().any(|(asked, right)| asked != right) {
                eprintln!("wanted {line}\n  read {} in: {text}", short(&reading, found));
            }
            for (sum, count) in right.iter_mut().zip(counts) {
                *sum = (sum.0 + count.0, sum.1 + count.1);
            }
        }
        for found in open {
            eprintln!("not wanted: {} {} in: {text}", found.kind, short(&reading, found));
        }
    }
    let (precision, recall) = (share(matched, found_in_all), share(matched, wanted_in_all));
    let score = 2.0 * precision * recall / (precision + recall);
    let [values, dates] = right.map(|(asked, right)| share(right, asked));
    println!(
        "{read} passages, {wanted_in_all} relations: F1 of kind and parties {score:.3} (P {precision:.3} R {recall:.3}), \
         what and value {values:.3}, since and until {dates:.3}"
    );
    assert!(read >= 80 && score >= 0.85 && values >= 0.85 && dates >= 0.85);
}
