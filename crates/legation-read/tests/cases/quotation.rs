//! Quotations.

use legation_read::{mention, parse, parse::Parsed, segment};

use crate::support::{Case, check_folder, reader};

/// `quotations`: what stands inside the marks, one a line; ` ...` follows one that is not closed.
fn render(case: &Case, name: &str) -> Option<String> {
    if name != "quotations" {
        return None;
    }
    let document = case.document();
    let segments = segment::segment(&document, reader().data());
    let trees = parse::parse(&document, &segments, reader().parser());
    let parsed = Parsed { document: &document, segments: &segments, trees: &trees };
    let mentions = mention::find(parsed, reader().data());
    let lines = mentions.quotations.iter().map(|quotation| {
        let end = if quotation.closed { "" } else { " ..." };
        format!("{}{end}", quotation.inside.of(&document.text))
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn quotation_reads_its_cases() {
    check_folder("quotation", render);
}
