//! Names that a document gives in full once and shortened later: surnames and acronyms.

use rustc_hash::FxHashSet;

use super::line::{Line, Named};
use crate::data::Data;
use crate::data::registers::Target;
use crate::parse::{NameKind, Upos};

/// Adds the later short forms of names to the lines they stand in.
pub(super) fn add_short_names(lines: &mut [Line<'_>], data: &Data) {
    let mut families = FxHashSet::default();
    let mut acronyms = FxHashSet::default();
    for line in lines.iter() {
        collect_families(line, data, &mut families);
        collect_acronyms(line, &mut acronyms);
    }
    for line in lines {
        let found = (0..line.len())
            .filter(|&word| line.is_capitalised(word) && !line.in_name(word))
            .filter_map(|word| {
                let kind = if acronyms.contains(line.view.word(word)) {
                    NameKind::Org
                } else if families.contains(line.word(word)) && is_nameish(line, word) {
                    NameKind::Per
                } else {
                    return None;
                };
                Some(Named { words: word..word + 1, candidates: Vec::new(), kind: Some(kind), nested: false })
            })
            .collect();
        line.add_names(found);
    }
}

fn is_nameish(line: &Line<'_>, word: usize) -> bool {
    matches!(line.upos(word), Upos::Propn | Upos::Noun | Upos::X)
}

/// Last words of full names, and the family names of known persons.
fn collect_families(line: &Line<'_>, data: &Data, families: &mut FxHashSet<String>) {
    for named in &line.names {
        for candidate in &named.candidates {
            if let Target::Person(person) = candidate.target {
                let names = data.registers[person].family.iter().filter(|name| !name.contains(' '));
                families.extend(names.map(|name| name.to_lowercase()));
            }
        }
        if named.kind == Some(NameKind::Per) && named.words.len() > 1 {
            families.insert(line.word(named.words.end - 1).to_owned());
        }
    }
}

/// "SCO" of "Shanghai Cooperation Organisation (SCO)".
fn collect_acronyms(line: &Line<'_>, acronyms: &mut FxHashSet<String>) {
    for word in 1..line.len() {
        let written = line.view.word(word);
        let is_acronym =
            (2..=8).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_uppercase());
        let bracketed = line.word(word - 1) == "(" && line.word(word + 1) == ")";
        if is_acronym && bracketed {
            acronyms.insert(written.to_owned());
        }
    }
}
