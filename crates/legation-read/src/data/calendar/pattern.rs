//! Patterns over calendar words: `the? EDGE? M of? YEAR`, with `[ ... ]` for context that is read but not covered.

use super::{Calendar, class::Class};

/// One place of a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Classes that fit, as bits.
    pub mask: u64,
    /// Words that fit, as their numbers in the lexicon.
    pub words: Vec<u32>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it stands after the expression, as context.
    pub ahead: bool,
}

impl Element {
    /// Whether a piece with these classes and this word fits.
    #[must_use]
    pub fn fits(&self, mask: u64, word: u32) -> bool {
        self.mask & mask != 0 || (word != 0 && self.words.contains(&word))
    }
}

/// Reads a pattern; words it names become part of the lexicon.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str, calendar: &mut Calendar) -> Result<Vec<Element>, String> {
    let mut elements = Vec::new();
    let mut ahead = false;
    for part in text.split_whitespace() {
        match part {
            "[" => ahead = true,
            "]" => {}
            _ => elements.push(Element { ahead, ..element(part, calendar)? }),
        }
    }
    if elements.iter().all(|element: &Element| element.optional) {
        return Err("the pattern fits nothing at all".to_owned());
    }
    Ok(elements)
}

/// Reads `A|b|C?`.
///
/// # Errors
/// An unknown class.
pub fn element(part: &str, calendar: &mut Calendar) -> Result<Element, String> {
    let (names, optional) = match part.strip_suffix('?') {
        Some(names) if !names.is_empty() => (names, true),
        _ => (part, false),
    };
    let mut element = Element { optional, ..Element::default() };
    for name in names.split('|') {
        if let Some(alias) = calendar.alias(name) {
            element.mask |= alias.mask;
            element.words.extend(alias.words.iter().copied());
        } else if let Some(class) = Class::from_name(name) {
            element.mask |= class.bit();
        } else if name.len() > 1 && name.chars().all(|letter| letter.is_ascii_uppercase()) {
            return Err(format!("no class or alias is called {name}"));
        } else {
            let word = calendar.intern(name);
            calendar.know(word, name);
            element.words.push(word);
        }
    }
    Ok(element)
}
