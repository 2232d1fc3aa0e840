//! Relations.

use std::fmt::Write as _;

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
