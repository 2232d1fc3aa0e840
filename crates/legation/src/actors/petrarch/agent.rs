//! A PETRARCH dictionary of agents -> nouns: `ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]`.

use std::collections::{BTreeMap, BTreeSet};

use legation_read::data::agents::AgentKind;

use super::super::overlay::Table;
use super::{Importer, code};

/// Reads the nouns of a dictionary.
pub(super) fn import(text: &str, importer: &mut Importer<'_>) {
    let sectors: BTreeSet<String> = importer.sectors.keys().cloned().collect();
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (raw, line) in text.lines().zip(1..) {
        let content = raw.split('#').next().unwrap_or(raw).trim();
        if content.is_empty() || content.starts_with('<') {
            continue;
        }
        if let Some((name, words)) = content.split_once('=').filter(|(name, _)| name.trim().starts_with('!'))
        {
            let words = words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
            sets.insert(name.trim().to_owned(), words.collect());
            continue;
        }
        importer.report.entries += 1;
        let Some((noun, code)) = content.split_once('[') else {
            importer.report.refuse(line, content, "no code", "");
            continue;
        };
        let code = code.trim_end_matches(']').replace('~', "");
        let Some(sector) = code::sector(&code, &sectors) else {
            importer.report.refuse(line, noun.trim(), "no sector of PLOVER in the code", &code);
            continue;
        };
        for (noun, many) in forms(noun, &sets) {
            importer.noun(line, &noun, many, &sector);
        }
    }
}

/// The forms of a noun, each with whether it is a plural, its sets filled in.
fn forms(text: &str, sets: &BTreeMap<String, Vec<String>>) -> Vec<(String, bool)> {
    let (noun, plural) = text.split_once('{').unwrap_or((text, "s"));
    let plural = plural.trim().trim_end_matches('}');
    let nouns = match sets.iter().find(|(name, _)| noun.contains(name.as_str())) {
        Some((name, words)) => words.iter().map(|word| noun.replace(name.as_str(), word)).collect(),
        None => vec![noun.to_owned()],
    };
    let mut forms = Vec::new();
    for noun in nouns {
        let noun = noun.replace('_', " ").trim().to_lowercase();
        match plural {
            "" => {}
            "s" if noun.ends_with('y') => forms.push((format!("{}ies", noun.trim_end_matches('y')), true)),
            "s" if noun.ends_with('s') => {}
            "s" => forms.push((format!("{noun}s"), true)),
            _ => forms.push((plural.replace('_', " ").to_lowercase(), true)),
        }
        forms.push((noun, false));
    }
    forms
}

impl Importer<'_> {
    /// Takes one form of a noun.
    fn noun(&mut self, line: usize, noun: &str, many: bool, sector: &str) {
        let words: Vec<&str> = noun.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            self.report.refuse(line, noun, "no name that a report could have", "");
            return;
        }
        let known = self.data.agents.longest(&words, 0).filter(|(end, _)| *end == words.len());
        let kind = known.map(|(_, id)| self.data.agents[id].kind);
        if let Some((_, id)) = known {
            let ours = &*self.data.agents[id].sector;
            if ours == sector {
                self.report.known += 1;
                return;
            }
            self.report.clash(line, noun, format!("is {sector}; the shipped data have \"{ours}\""));
            if !self.replace {
                return;
            }
        }
        let kind = match kind {
            Some(AgentKind::Body) => "body",
            Some(AgentKind::Person) => "person",
            None if !many && is_person(noun) => "person",
            None if many && is_person(noun.trim_end_matches('s')) => "people",
            None if many => "people",
            None => "body",
            Some(_) => "people",
        };
        let number = if many { "many" } else { "one" };
        if self.overlay.add(Table::Agents, &[noun, number, sector, kind, "", ""]) {
            self.report.taken += 1;
        }
    }
}

/// Whether a noun that nothing is known of looks like one human being.
fn is_person(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    ["er", "or", "ist", "man", "woman", "ian", "ant", "ent", "chief", "head", "activist", "cleric"]
        .iter()
        .any(|ending| last.ends_with(ending))
        && !last.ends_with("parliament")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_sets_are_filled_in() {
        let sets = BTreeMap::from([("!PERSON!".to_owned(), vec!["MAN".to_owned(), "WOMEN".to_owned()])]);
        assert_eq!(
            forms("GOLDEN_GOOSE {GOLDEN_GEESE} ", &sets),
            [("golden geese".to_owned(), true), ("golden goose".to_owned(), false)]
        );
        assert_eq!(forms("MEDIA {}", &sets), [("media".to_owned(), false)]);
        let people: Vec<String> =
            forms("CONGRESS!PERSON! {}", &sets).into_iter().map(|(noun, _)| noun).collect();
        assert_eq!(people, ["congressman", "congresswomen"]);
        assert_eq!(forms("MINISTRY", &sets)[0].0, "ministries");
    }
}
