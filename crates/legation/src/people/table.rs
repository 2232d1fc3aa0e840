//! Tables as wide as the terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};

/// A heading with its table; nothing where there are no rows.
pub(crate) fn section(out: &mut String, heading: &str, columns: &[&str], rows: Vec<Vec<Cell>>, width: usize) {
    if rows.is_empty() {
        return;
    }
    let style = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let _ = writeln!(out, "\n{style}{heading}{style:#}");
    out.push_str(&table(columns, rows, width));
}

/// A table `width` columns wide; the last column takes what the others leave.
pub(crate) fn table(columns: &[&str], rows: Vec<Vec<Cell>>, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX)).force_no_tty().enforce_styling();
    table.set_header(columns.iter().map(|column| Cell::new(column).add_attribute(Attribute::Dim)));
    table.add_rows(rows);
    let narrow = u16::try_from(width / 5).unwrap_or(u16::MAX);
    let last = columns.len().saturating_sub(1);
    for column in table.column_iter_mut().take(last) {
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(narrow)));
    }
    let mut out = String::new();
    for line in table.lines() {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
