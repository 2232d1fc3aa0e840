//! Words in titles and texts.

use std::collections::BTreeMap;

use rusqlite::{params, params_from_iter, types::Value};
use serde::Serialize;

use super::{
    filter::{Conditions, Filter},
    id::{Id, IdKind},
    passage::Mark,
};
use crate::{Record, error::RecordError};

/// What stands before and after a found word in what the store gives back; neither occurs in texts.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// Reports that have the words, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The question as the store understands it.
    expression: String,
    /// Reports found, copies included.
    pub reports: usize,
    /// Of each text one report, and how many found reports carry it.
    pub hits: Vec<(i64, usize)>,
}

/// A report that has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The report.
    pub id: Id,
    /// Its source.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// Its day of publication.
    pub published: Option<String>,
    /// Found reports that carry the same text, this one included.
    pub reports: usize,
    /// Where the words stand.
    pub snippet: String,
    /// The words, in code points of the snippet.
    pub marks: Vec<Mark>,
}

impl Record {
    /// Finds words: all of them, `"words in this order"`, `begin*`, `this OR that`, `-without`. Letters' cases and accents
    /// do not matter.
    ///
    /// # Errors
    /// If the question cannot be understood, and those of the store.
    pub fn search(&self, words: &str, filter: &Filter) -> Result<Search, RecordError> {
        let expression = expression(words)?;
        let mut conditions = Conditions::default();
        conditions.days("published", filter.from, filter.to);
        if let Some(source) = &filter.source {
            conditions.add("source = ?", [Value::Text(source.clone())]);
        }
        // Origins come from an index: looking at the row of every report found would take longer than finding them.
        let mut statement =
            self.connection.prepare_cached("SELECT id, origin FROM report WHERE origin <> id")?;
        let origins = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<BTreeMap<i64, i64>, _>>()?;
        let join = if conditions.values().is_empty() { "" } else { "JOIN report ON report.id = word.rowid" };
        let query = format!(
            "SELECT word.rowid FROM word {join} WHERE word MATCH ? AND {} ORDER BY rank, word.rowid",
            conditions.sql()
        );
        let values =
            std::iter::once(Value::Text(expression.clone())).chain(conditions.values().iter().cloned());
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let (mut hits, mut texts, mut reports) = (Vec::new(), BTreeMap::<i64, usize>::new(), 0);
        while let Some(row) = rows.next()? {
            let report: i64 = row.get(0)?;
            reports += 1;
            let origin = origins.get(&report).copied().unwrap_or(report);
            let place = *texts.entry(origin).or_insert(hits.len());
            if place == hits.len() {
                hits.push((report, 0));
            }
            hits[place].1 += 1;
        }
        Ok(Search { expression, reports, hits })
    }

    /// A found report, with the words where they stand.
    ///
    /// # Errors
    /// Those of the store.
    pub fn hit(&self, search: &Search, hit: (i64, usize)) -> Result<Hit, RecordError> {
        let query = "SELECT source, report.title, published, snippet(word, 1, char(2), char(3), '…', 32)
            FROM word JOIN report ON report.id = word.rowid WHERE word MATCH ? AND word.rowid = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        let hit = statement.query_row(params![search.expression, hit.0], |row| {
            let (snippet, marks) = unmarked(&row.get::<_, String>(3)?);
            Ok(Hit {
                id: Id::new(IdKind::Report, hit.0),
                source: row.get(0)?,
                title: row.get(1)?,
                published: row.get(2)?,
                reports: hit.1,
                snippet,
                marks,
            })
        })?;
        Ok(hit)
    }
}

/// The text without the signs for found words, with the places of these.
fn unmarked(text: &str) -> (String, Vec<Mark>) {
    let (mut plain, mut marks, mut count, mut start) = (String::new(), Vec::new(), 0, 0);
    for letter in text.chars() {
        match letter {
            OPEN => start = count,
            CLOSE => marks.push(Mark { start, end: count, what: "found" }),
            letter => {
                plain.push(if letter.is_whitespace() { ' ' } else { letter });
                count += 1;
            }
        }
    }
    (plain, marks)
}

/// One word or phrase of a question.
struct Term {
    text: String,
    is_prefix: bool,
    is_excluded: bool,
    /// Whether it may stand in for the one before it.
    is_other: bool,
}

/// The question in the store's own language.
fn expression(words: &str) -> Result<String, RecordError> {
    let mut wanted: Vec<String> = Vec::new();
    let mut unwanted: Vec<String> = Vec::new();
    for term in terms(words)? {
        let quoted = format!("\"{}\"{}", term.text, if term.is_prefix { "*" } else { "" });
        if term.is_excluded {
            unwanted.push(quoted);
        } else if let Some(last) = wanted.last_mut().filter(|_| term.is_other) {
            *last = format!("{last} OR {quoted}");
        } else {
            wanted.push(quoted);
        }
    }
    if wanted.is_empty() {
        let message = "nothing to search for: give a word, a \"phrase\" or the beginning of a word*";
        return Err(RecordError::refused(message));
    }
    let wanted: Vec<String> = wanted.iter().map(|term| format!("({term})")).collect();
    let wanted = wanted.join(" AND ");
    Ok(if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({})", unwanted.join(" OR ")) })
}

fn terms(words: &str) -> Result<Vec<Term>, RecordError> {
    let mut terms = Vec::new();
    let mut rest = words.trim_start();
    let mut is_other = false;
    while !rest.is_empty() {
        let (piece, is_excluded) = match rest.strip_prefix('-') {
            Some(after) => (after, true),
            None => (rest, false),
        };
        let (text, is_phrase, after) = match piece.strip_prefix('"') {
            Some(phrase) => {
                let (text, after) = phrase.split_once('"').ok_or_else(|| {
                    RecordError::refused(format!("a quotation mark is missing at the end of \"{phrase}"))
                })?;
                (text, true, after)
            }
            None => {
                let end =
                    piece.find(|letter: char| letter.is_whitespace() || letter == '"').unwrap_or(piece.len());
                (&piece[..end], false, &piece[end..])
            }
        };
        rest = after.trim_start();
        if !is_phrase && text == "OR" && !is_excluded {
            is_other = true;
            continue;
        }
        let (is_prefix, rest_after) = match (is_phrase, rest.strip_prefix('*')) {
            (true, Some(following)) => (true, following.trim_start()),
            _ => (!is_phrase && text.ends_with('*'), rest),
        };
        rest = rest_after;
        if text.chars().any(char::is_alphanumeric) {
            terms.push(Term { text: text.replace('"', ""), is_prefix, is_excluded, is_other });
        } else if text.contains('*') {
            return Err(RecordError::refused("* needs the beginning of a word before it"));
        }
        is_other = false;
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::{expression, unmarked};

    #[test]
    fn questions_are_put_into_the_stores_language() {
        for (words, wanted) in [
            ("gas deal", "(\"gas\") AND (\"deal\")"),
            ("\"gas deal\" sanct*", "(\"gas deal\") AND (\"sanct*\"*)"),
            ("U.S. OR UK -oil", "((\"U.S.\" OR \"UK\")) NOT (\"oil\")"),
            ("it's; DROP", "(\"it's;\") AND (\"DROP\")"),
            ("NEAR(a b", "(\"NEAR(a\") AND (\"b\")"),
        ] {
            assert_eq!(expression(words).unwrap(), wanted, "{words}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        for (words, told) in [
            ("", "nothing to search for"),
            ("-oil", "nothing to search for"),
            ("\"gas deal", "quotation mark"),
            ("*", "beginning of a word"),
            ("...", "nothing to search for"),
        ] {
            let error = expression(words).unwrap_err().to_string();
            assert!(error.contains(told), "{words}: {error}");
        }
    }

    #[test]
    fn found_words_are_counted_in_code_points() {
        let (plain, marks) = unmarked("é \u{2}gas\u{3}\nx");
        assert_eq!(plain, "é gas x");
        assert_eq!((marks[0].start, marks[0].end), (2, 5));
    }
}
