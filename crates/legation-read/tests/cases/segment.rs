//! Sentences and words.

use legation_read::segment;

use crate::support::{Case, check_folder, reader};

/// `sentences`: one a line. `words`: one sentence a line, words parted by a blank, the parts of a written word by `|`.
fn render(case: &Case, name: &str) -> Option<String> {
    let document = case.document();
    let segments = segment::segment(&document, reader().data());
    let mut lines = Vec::new();
    for sentence in &segments.sentences {
        match name {
            "sentences" => lines.push(sentence.span.of(&document.text).replace('\n', " ")),
            "words" => {
                let mut line = String::new();
                for token in segments.of(sentence) {
                    if !line.is_empty() {
                        line.push(if token.joined { '|' } else { ' ' });
                    }
                    line.push_str(token.span.of(&document.text));
                }
                lines.push(line);
            }
            _ => return None,
        }
    }
    Some(lines.join("\n"))
}

#[test]
fn segment_reads_its_cases() {
    check_folder("segment", render);
}
