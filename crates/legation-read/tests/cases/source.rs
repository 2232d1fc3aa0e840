//! Documents as they are opened.

use std::fmt::Write as _;

use legation_read::source::BlockKind;

use crate::support::{Case, check_folder};

/// `document`: what is known of it, one `name: value` a line. `blocks`: one a line, `kind: lead| text`. `text`: the
/// normalised text. `problems`: their codes.
fn render(case: &Case, name: &str) -> Option<String> {
    let document = case.document();
    let mut out = String::new();
    match name {
        "document" => {
            let published = document.published.map(|day| day.to_string());
            for (key, value) in [
                ("title", &document.title),
                ("outlet", &document.outlet),
                ("byline", &document.byline),
                ("published", &published),
                ("language", &document.language),
                ("url", &document.url),
            ] {
                if let Some(value) = value {
                    let _ = writeln!(out, "{key}: {value}");
                }
            }
        }
        "blocks" => {
            for block in &document.blocks {
                let words = block.span.of(&document.text).replace('\n', " ");
                let (lead, rest) = words.split_at(block.lead as usize);
                let lead = if lead.is_empty() { String::new() } else { format!("{lead}| ") };
                let _ = writeln!(out, "{}: {lead}{rest}", kind(block.kind));
            }
        }
        "text" => out.push_str(&document.text),
        "problems" => {
            for problem in &document.problems {
                let _ = writeln!(out, "{}", problem.code);
            }
        }
        _ => return None,
    }
    Some(out)
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        BlockKind::Furniture => "furniture",
    }
}

#[test]
fn source_reads_its_cases() {
    check_folder("source", render);
}
