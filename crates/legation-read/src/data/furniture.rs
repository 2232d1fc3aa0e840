//! What belongs to a page rather than to its report: `lexicon/furniture.tsv`.

use rustc_hash::FxHashSet;

use super::DataFile;
use super::registers::table::{Faults, Layout};

const TABLE: Layout<2> = Layout { path: "lexicon/furniture.tsv", columns: ["class", "text"], key: 2 };

/// Lines longer than this, in bytes, are never furniture by their words.
const LONGEST: usize = 200;

/// The lexicon of page furniture, indexed; all in lower case.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    lines: FxHashSet<String>,
    starts: Vec<String>,
    times: FxHashSet<String>,
    pages: FxHashSet<String>,
    staff: FxHashSet<String>,
}

impl Furniture {
    /// Validates and indexes the file.
    pub(crate) fn load(files: &[DataFile], faults: &mut Faults) -> Furniture {
        let mut furniture = Furniture::default();
        for row in TABLE.read(files, faults) {
            let [class, text] = row.cells;
            if text.is_empty() || text != text.to_lowercase() {
                faults.add(TABLE.path, row.line, format!("`{text}`"), "write it in lower case");
            }
            let text = text.to_owned();
            match class {
                "line" => drop(furniture.lines.insert(text)),
                "start" => furniture.starts.push(text),
                "time" => drop(furniture.times.insert(text)),
                "page" => drop(furniture.pages.insert(text)),
                "staff" => drop(furniture.staff.insert(text)),
                _ => {
                    let message = format!("unknown class `{class}`");
                    faults.add(TABLE.path, row.line, message, "line, page, staff, start or time");
                }
            }
        }
        furniture
    }

    /// Whether a whole line is furniture by its words: "Comments (41)", "Photo: ...".
    pub(crate) fn is_line(&self, line: &str) -> bool {
        if line.len() > LONGEST {
            return false;
        }
        let lower = line.to_lowercase();
        let lower = lower.trim_start_matches(|character: char| {
            !character.is_alphanumeric() && !matches!(character, '©' | '(')
        });
        let whole = lower.trim_end_matches(|character: char| !character.is_alphabetic());
        self.lines.contains(whole) || self.starts.iter().any(|start| lower.starts_with(start.as_str()))
    }

    /// Whether a word may stand beside a time without making it a sentence: "updated", "Wednesday".
    pub(crate) fn is_time_word(&self, word: &str) -> bool {
        self.times.contains(&word.to_lowercase())
    }

    /// Whether a word in a class or id marks a part of a page that is not the report.
    pub(crate) fn is_page_word(&self, word: &str) -> bool {
        word.len() <= 24 && (self.pages.contains(word) || self.pages.contains(&word.to_ascii_lowercase()))
    }

    /// Whether a word says that a line names a writer by function: "staff", "desk".
    pub(crate) fn is_staff_word(&self, word: &str) -> bool {
        self.staff.contains(&word.to_lowercase())
    }
}
