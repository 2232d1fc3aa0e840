//! Initials that a document gives for a name, "Housing Authority (HA)": from there on they name what the name does.

use std::collections::BTreeMap;

use crate::parse::{Name, NameKind, Parsed, SentenceView};

/// Gives initials, wherever they stand in the document, the kind of the name that they are explained by.
pub(super) fn name_initials(parsed: Parsed<'_>, names: &mut [Vec<Name>]) {
    let mut known = BTreeMap::new();
    for (view, names) in parsed.sentences().zip(names.iter()) {
        for name in names.iter().filter(|name| name.kind != NameKind::Norp) {
            if let Some(initials) = initials_of(view, name) {
                known.entry(initials).or_insert(name.kind);
            }
        }
    }
    if known.is_empty() {
        return;
    }
    for (view, names) in parsed.sentences().zip(names) {
        for word in 0..view.len() {
            let Some(&kind) = known.get(view.word(word)) else { continue };
            match names.iter_mut().find(|name| name.words.contains(&word)) {
                Some(name) if name.words.len() == 1 => name.kind = kind,
                Some(_) => {}
                None => names.push(Name { words: word..word + 1, kind }),
            }
        }
        names.sort_by_key(|name| name.words.start);
    }
}

/// The initials in brackets right behind a name, where they are letters that its words begin with, in their order.
fn initials_of<'a>(view: SentenceView<'a>, name: &Name) -> Option<&'a str> {
    let open = name.words.end;
    if open + 2 >= view.len() || view.word(open) != "(" || view.word(open + 2) != ")" {
        return None;
    }
    let initials = view.word(open + 1);
    let capitals = name
        .words
        .clone()
        .filter_map(|word| view.word(word).chars().next())
        .filter(|first| first.is_uppercase());
    let capitals: String = capitals.collect();
    let found = initials.len() > 1 && initials.chars().all(char::is_uppercase) && capitals.contains(initials);
    found.then_some(initials)
}
