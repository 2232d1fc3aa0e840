//! CAMEO actor codes: a state or a kind of international actor, then sectors, three letters each.

use std::collections::BTreeSet;

/// Heads of codes that name no state but a kind of international actor or a region.
const INTERNATIONAL: [&str; 24] = [
    "AFR", "ASA", "BLK", "CAS", "CAU", "CFR", "EAF", "EEU", "EUR", "IGO", "IMG", "INT", "LAM", "MDT", "MEA",
    "MNC", "NAF", "NAM", "NGM", "NGO", "SAF", "SAM", "SAS", "WAF",
];

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Three letters of the state; `None` for an international actor.
    pub(crate) state: Option<String>,
    /// The first PLOVER sector behind it.
    pub(crate) sector: Option<String>,
    /// What stands behind the state or kind.
    pub(crate) rest: String,
    /// The kind of international actor.
    pub(crate) kind: Option<String>,
}

/// Reads a code.
///
/// # Errors
/// Why it names no actor.
pub(crate) fn read(code: &str, sectors: &BTreeSet<String>) -> Result<Code, &'static str> {
    if code.starts_with(['-', '+', '~']) || code.starts_with("###") {
        return Err("a code that discards the actor");
    }
    if code.contains('/') {
        return Err("several actors at once");
    }
    if !code.is_ascii() || code.len() < 3 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("not an actor code");
    }
    let (head, rest) = code.split_at(3);
    if !head.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err("not an actor code");
    }
    let (head, rest) = (head.to_ascii_uppercase(), rest.to_ascii_uppercase());
    let sector = sector(&rest, sectors);
    if INTERNATIONAL.contains(&&*head) {
        let own = sectors.contains(&head).then(|| head.clone());
        return Ok(Code { state: None, sector: own.or(sector), rest, kind: Some(head) });
    }
    Ok(Code { state: Some(head), sector, rest, kind: None })
}

/// The first of some letters, three at a time, that is a sector.
pub(crate) fn sector(letters: &str, sectors: &BTreeSet<String>) -> Option<String> {
    let parts = (0..letters.len()).step_by(3).filter_map(|at| letters.get(at..at + 3));
    parts.map(str::to_owned).find(|part| sectors.contains(part))
}

/// "MINAS_TIRITH_" as reports write it: "Minas Tirith".
pub(crate) fn plain_name(written: &str) -> String {
    let small = |word: &str| {
        matches!(
            word,
            "of" | "the"
                | "and"
                | "for"
                | "in"
                | "on"
                | "de"
                | "del"
                | "la"
                | "el"
                | "al"
                | "bin"
                | "ibn"
                | "von"
                | "van"
                | "da"
        )
    };
    let words = written.split(['_', ' ']).filter(|word| !word.is_empty());
    let cased = words.enumerate().map(|(index, word)| {
        let lower = word.to_lowercase();
        if index > 0 && small(&lower) {
            return lower;
        }
        let mut up = true;
        lower
            .chars()
            .flat_map(|letter| {
                let capital = up && letter.is_alphabetic();
                up = matches!(letter, '-' | '.' | '\'') || up && !letter.is_alphabetic();
                let upper: Vec<char> = if capital { letter.to_uppercase().collect() } else { vec![letter] };
                upper
            })
            .collect()
    });
    cased.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sectors() -> BTreeSet<String> {
        ["GOV", "MIL", "REB", "IGO"].map(str::to_owned).into()
    }

    #[test]
    fn codes_are_states_and_sectors() {
        let code = read("PSEHMSGOV", &sectors()).unwrap_or_else(|reason| unreachable!("{reason}"));
        assert_eq!((code.state.as_deref(), code.sector.as_deref()), (Some("PSE"), Some("GOV")));
        let body = read("IGOUNO", &sectors());
        assert!(body.is_ok_and(|code| code.state.is_none() && code.rest == "UNO"));
        assert!(
            read("ELR/GAL", &sectors()).is_err()
                && read("---", &sectors()).is_err()
                && read("AB", &sectors()).is_err()
                && read("G77", &sectors()).is_err()
        );
    }

    #[test]
    fn names_get_their_capitals() {
        assert_eq!(plain_name("PRINCE OF DOL_AMROTH_"), "Prince of Dol Amroth");
        assert_eq!(plain_name("AL-QAEDA"), "Al-Qaeda");
        assert_eq!(plain_name("U.N._"), "U.N.");
        assert_eq!(plain_name("__"), "");
    }
}
