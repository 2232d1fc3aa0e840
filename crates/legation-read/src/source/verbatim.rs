//! A text taken as it stands: one paragraph a line, nothing normalised, so that a caller's own offsets stay true.

use jiff::civil::Date;

use super::{Block, BlockKind, Document};
use crate::Span;

/// Makes a document of a text without changing a byte of it.
///
/// Every line that is not blank is a paragraph. For texts that are clean already and whose offsets matter to the
/// caller: annotated corpora, database columns.
#[must_use]
pub fn verbatim(id: &str, text: &str, published: Option<Date>) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let first = start + (line.len() - line.trim_start().len());
        let last = start + line.trim_end().len();
        if last > first {
            blocks.push(Block { span: Span::new(first, last), kind: BlockKind::Paragraph, lead: 0 });
        }
        start += line.len();
    }
    Document { id: id.to_owned(), published, text: text.to_owned(), blocks, ..Document::default() }
}

#[cfg(test)]
mod tests {
    use super::verbatim;

    #[test]
    fn lines_are_blocks_and_no_byte_moves() {
        let text = "\n  One line. \r\n\nAnother\u{a0}line.";
        let document = verbatim("x", text, None);
        let blocks: Vec<_> = document.blocks.iter().map(|block| block.span.of(text)).collect();
        assert_eq!(blocks, ["One line.", "Another\u{a0}line."]);
        assert_eq!(document.text, text);
    }
}
