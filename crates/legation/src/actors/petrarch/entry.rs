//! The lines of a PETRARCH (TABARI) actor dictionary -> entries: names, and codes with the time they hold.

use jiff::civil::Date;

/// One actor: names as written, in capitals with underscores, and codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Line of the first name.
    pub(crate) line: usize,
    /// The first name and its synonyms.
    pub(crate) names: Vec<String>,
    pub(crate) codes: Vec<DatedCode>,
    /// Codes that could not be read.
    pub(crate) wrong: Vec<String>,
    /// The comment says that it is a person of the CountryInfo collection.
    pub(crate) person: bool,
}

/// A code and when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DatedCode {
    pub(crate) code: String,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

impl DatedCode {
    /// Whether it holds for a time only.
    pub(crate) fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// Reads a dictionary; lines that make no sense become entries without a code.
pub(crate) fn read(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut in_comment = false;
    for (raw, line) in text.lines().zip(1..) {
        let Some(content) = content(raw, &mut in_comment) else { continue };
        let person = raw.contains("CountryInfo");
        let indented = content.starts_with([' ', '\t']);
        let (name, codes) = content.split_once('[').unwrap_or((content, ""));
        let name = name.trim();
        match (name.strip_prefix('+'), entries.last_mut()) {
            (Some(synonym), Some(last)) => last.names.push(synonym.trim().to_owned()),
            (None, Some(last)) if name.is_empty() || indented && codes.is_empty() => last.person |= person,
            (None, _) if !name.is_empty() => {
                entries.push(Entry { line, names: vec![name.to_owned()], person, ..Entry::default() });
            }
            _ => continue,
        }
        if let Some(last) = entries.last_mut() {
            add_codes(last, codes);
        }
    }
    entries
}

/// A line without its comments; `None` if nothing is left.
fn content<'a>(raw: &'a str, in_comment: &mut bool) -> Option<&'a str> {
    if *in_comment {
        *in_comment = !raw.contains("-->");
        return None;
    }
    let trimmed = raw.trim_start();
    if trimmed.starts_with("<!--") || trimmed.starts_with("<! --") {
        *in_comment = !raw.contains("-->");
        return None;
    }
    let content = raw.split('#').next().unwrap_or(raw).trim_end();
    (!content.trim().is_empty()).then_some(content)
}

fn add_codes(entry: &mut Entry, text: &str) {
    for code in text.split('[') {
        let code = code.split(']').next().unwrap_or(code).trim();
        if code.is_empty() {
            continue;
        }
        match dated_code(code) {
            Some(code) => entry.codes.push(code),
            None => entry.wrong.push(code.to_owned()),
        }
    }
}

/// "AFGGOV 320101-331108", "USR <911226", "AFGGOV > 011222", "GON".
fn dated_code(text: &str) -> Option<DatedCode> {
    let end = text.find(['<', '>', ' ', '\t']).unwrap_or(text.len());
    let (code, dates) = (text[..end].to_owned(), text[end..].trim());
    let (from, to) = if let Some(before) = dates.strip_prefix('<') {
        (None, Some(day(before)?.yesterday().ok()?))
    } else if let Some(after) = dates.strip_prefix('>') {
        (Some(day(after)?), None)
    } else if let Some((from, to)) = dates.split_once('-') {
        (Some(day(from)?), Some(day(to)?))
    } else if dates.is_empty() {
        (None, None)
    } else {
        return None;
    };
    let ordered = from.zip(to).is_none_or(|(from, to)| from <= to);
    ordered.then_some(DatedCode { code, from, to })
}

/// `911226` or `19911226`; years from 30 on are of the last century.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let (year, rest) = match text.len() {
        6 => (number(0, 2).map(|year| if year < 30 { 2000 + year } else { 1900 + year })?, 2),
        8 => (number(0, 4)?, 4),
        _ => return None,
    };
    let small = |from: usize| number(from, from + 2).and_then(|number| i8::try_from(number).ok());
    Date::new(year, small(rest)?, small(rest + 2)?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TABLE: &str = "<!-- a comment\nover lines -->\n# another\nVALDIA_  [VAL] # seen\n+VALDIAN_\n\nORRO_MARR_ # CountryInfo.txt\n+MARR\n\t[VALGOV 19900101-950630]\n\t[VALELI >950701]\n#\t[XXX]\nNOBODY\nBAD_DATES [VALGOV 991399-000101]\n";

    #[test]
    fn names_synonyms_and_dated_codes() {
        let entries = read(TABLE);
        assert_eq!(entries.iter().map(|entry| entry.line).collect::<Vec<_>>(), [4, 7, 12, 13]);
        assert_eq!(entries[0].names, ["VALDIA_", "VALDIAN_"]);
        assert!(!entries[0].codes[0].is_dated() && entries[1].person);
        let held = &entries[1].codes[0];
        assert_eq!((held.from, held.to), (Some(date(1990, 1, 1)), Some(date(1995, 6, 30))));
        assert_eq!(entries[1].codes[1].from, Some(date(1995, 7, 1)));
        assert!(entries[2].codes.is_empty());
        assert_eq!(entries[3].wrong, ["VALGOV 991399-000101"]);
    }

    #[test]
    fn dates_before_and_after() {
        assert_eq!(dated_code("USR <911226").and_then(|code| code.to), Some(date(1991, 12, 25)));
        assert_eq!(dated_code("HOB < 950601").map(|code| code.code), Some("HOB".to_owned()));
        assert_eq!(dated_code("A >011222").and_then(|code| code.from), Some(date(2001, 12, 22)));
        assert_eq!(dated_code("A 20120101-20110101"), None);
        assert_eq!(day("19270101"), Some(date(1927, 1, 1)));
    }
}
