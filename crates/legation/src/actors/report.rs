//! What became of each entry: taken, known already, in conflict, refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::overlay::Overlay;

/// Of each reason so many entries are shown.
const SHOWN: usize = 3;

/// An entry that was not taken as it stands.
#[derive(Clone, Debug)]
struct Note {
    line: usize,
    name: String,
    detail: String,
}

/// What became of the entries of a file.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Entries read.
    pub(crate) entries: usize,
    /// Entries of which something was taken.
    pub(crate) taken: usize,
    /// Entries of which the shipped data know all.
    pub(crate) known: usize,
    clashes: Vec<Note>,
    refused: BTreeMap<&'static str, Vec<Note>>,
}

impl Report {
    /// The shipped data say otherwise.
    pub(crate) fn clash(&mut self, line: usize, name: &str, detail: String) {
        self.clashes.push(Note { line, name: name.to_owned(), detail });
    }

    /// Not taken, for a reason.
    pub(crate) fn refuse(&mut self, line: usize, name: &str, reason: &'static str, detail: &str) {
        let note = Note { line, name: name.to_owned(), detail: detail.to_owned() };
        self.refused.entry(reason).or_default().push(note);
    }

    /// How many entries were refused.
    pub(crate) fn refusals(&self) -> usize {
        self.refused.values().map(Vec::len).sum()
    }

    /// The report, for people; of each reason a few entries, or all.
    pub(crate) fn render(&self, overlay: &Overlay, all: bool) -> String {
        let (entries, taken, known) = (self.entries, self.taken, self.known);
        let (clashes, refused) = (self.clashes.len(), self.refusals());
        let mut text = format!(
            "{entries} entries: {taken} taken, {known} known already, {clashes} in conflict with the shipped data, \
             {refused} refused\n"
        );
        for (table, count) in overlay.counts() {
            let _ = writeln!(text, "{count:>7} {}", table.what());
        }
        if clashes > 0 {
            let _ = writeln!(text, "in conflict: {clashes}");
            list(&self.clashes, all, &mut text);
        }
        for (reason, notes) in &self.refused {
            let _ = writeln!(text, "refused, {reason}: {}", notes.len());
            list(notes, all, &mut text);
        }
        text
    }
}

fn list(notes: &[Note], all: bool, text: &mut String) {
    let shown = if all { notes.len() } else { SHOWN };
    for Note { line, name, detail } in notes.iter().take(shown) {
        let _ = writeln!(text, "  line {line}: {name} {detail}");
    }
    if notes.len() > shown {
        let _ = writeln!(text, "  ... and {} more", notes.len() - shown);
    }
}

#[cfg(test)]
mod tests {
    use super::{Overlay, Report};

    #[test]
    fn reasons_are_counted_and_long_lists_cut() {
        let mut report = Report { entries: 6, taken: 1, ..Report::default() };
        for line in 1..=5 {
            report.refuse(line, "X", "no code", "");
        }
        let text = report.render(&Overlay::default(), false);
        assert!(text.starts_with("6 entries: 1 taken, 0 known already, 0 in conflict"), "{text}");
        assert!(
            text.contains("refused, no code: 5\n  line 1: X \n") && text.ends_with("... and 2 more\n"),
            "{text}"
        );
        assert_eq!(report.render(&Overlay::default(), true).matches("line ").count(), 5);
    }
}
