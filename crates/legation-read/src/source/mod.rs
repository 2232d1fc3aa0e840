//! Bytes of a file or page in, one normalised text with its date, title and blocks out.
//!
//! Everything about encodings, odd characters and page furniture is settled here, once; later stages see clean text.

mod verbatim;

use jiff::civil::Date;

pub use verbatim::verbatim;

use crate::{Problem, Span, data::Data};

/// The largest document that is read, in bytes; anything above is no report.
pub const MAX_BYTES: usize = 16 << 20;

/// What is to be read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Name of the document: the file's stem, or a feed's id.
    pub id: &'a str,
    /// The bytes as they came.
    pub bytes: &'a [u8],
    /// Publication date known from outside (`--published`); it wins over what the text says.
    pub published: Option<Date>,
    /// Where the report was found.
    pub url: Option<&'a str>,
    /// Outlet known from outside.
    pub outlet: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// Bytes with a name and nothing else known.
    #[must_use]
    pub fn new(id: &'a str, bytes: &'a [u8]) -> Input<'a> {
        Input { id, bytes, published: None, url: None, outlet: None }
    }
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A heading inside the report.
    Heading,
    /// A paragraph.
    Paragraph,
    /// One item of a list.
    Item,
    /// Section line, time, byline, "Comments": no sentences are read in it.
    Furniture,
}

/// A stretch of the text between two line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands; never empty, never overlapping the next.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Length in bytes of a dateline or bullet at its head, which is not part of its first sentence.
    pub lead: u32,
}

/// A report as text, with what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Name of the document.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// SHA-256 of the bytes read, in hexadecimal.
    pub sha256: String,
    /// Normalised text: every span of the reading points into it.
    pub text: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// Opens a document: decodes, normalises, finds its date, title and blocks.
#[must_use]
pub fn open(input: &Input<'_>, _data: &Data) -> Document {
    let text = String::from_utf8_lossy(input.bytes).into_owned();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            blocks.push(Block { span: Span::new(start, end), kind: BlockKind::Paragraph, lead: 0 });
        }
        start += line.len();
    }
    Document { id: input.id.to_owned(), published: input.published, text, blocks, ..Document::default() }
}
