//! Bytes of a file or page in, one normalised text with its date, title and blocks out.
//!
//! Everything about encodings, odd characters and page furniture is settled here, once; later stages see clean text.

pub(crate) mod day;
mod decode;
mod language;
mod layout;
mod metadata;
mod normalise;
mod page;
mod verbatim;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

pub use verbatim::verbatim;

use crate::{
    Problem, Span,
    data::{Data, furniture::Furniture},
};
use language::Guess;
use layout::{Layout, Line};
use metadata::Metadata;

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

/// Years that a report may plausibly bear.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// Days that two statements of the publication date may lie apart (time zones, print and web) without a conflict.
const TOLERANCE: i32 = 2;

/// Opens a document: decodes, normalises, finds its date, title and blocks.
///
/// It never fails: what cannot be read is an empty text with a problem (`source/empty`, `source/binary`,
/// `source/too-large`).
#[must_use]
pub fn open(input: &Input<'_>, data: &Data) -> Document {
    let mut document = Document {
        id: input.id.to_owned(),
        published: input.published,
        outlet: input.outlet.map(str::to_owned),
        url: input.url.map(str::to_owned),
        sha256: sha256(input.bytes),
        ..Document::default()
    };
    match decode::decode(input.bytes, &mut document.problems) {
        Ok(text) => read_text(&mut document, &text, data.furniture()),
        Err(problem) => document.problems.push(problem),
    }
    document
}

/// SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn read_text(document: &mut Document, text: &str, furniture: &Furniture) {
    let mut metadata = Metadata::default();
    let lines = if page::is_page(text) {
        let page = page::read(text, furniture);
        metadata = page.metadata;
        page_lines(
            page.pieces,
            metadata.title.as_deref().or(metadata.page_title.as_deref()),
            &mut document.text,
        )
    } else {
        document.text.reserve(text.len());
        normalise::push(text, &mut document.text);
        document.text.truncate(document.text.trim_end().len());
        layout::plain_lines(&document.text, furniture)
    };
    if document.text.is_empty() {
        document.problems.push(Problem::whole("source/empty", "there is no text"));
        return;
    }
    let layout = layout::lay_out(&document.text, &lines, furniture);
    set_published(document, &metadata, &layout);
    set_language(document, metadata.language.as_deref());
    document.title = layout.title;
    document.byline = metadata.byline.as_deref().and_then(clean_name).or(layout.byline);
    document.outlet =
        document.outlet.take().or(metadata.outlet.as_deref().and_then(clean_name)).or(layout.agency);
    document.url = document.url.take().or(metadata.url);
    document.blocks = layout.blocks;
}

/// Joins the pieces of a page to a text of one line each; a title that is not among them goes first.
fn page_lines(pieces: Vec<page::Piece>, title: Option<&str>, text: &mut String) -> Vec<Line> {
    let mut lines = Vec::new();
    let has_title = pieces.iter().any(|piece| piece.kind == Some(BlockKind::Title));
    if let Some(title) = title.filter(|_| !has_title) {
        push_line(title, Some(BlockKind::Title), text, &mut lines);
    }
    for piece in pieces {
        push_line(&piece.text, piece.kind, text, &mut lines);
    }
    lines
}

fn push_line(words: &str, hint: Option<BlockKind>, text: &mut String, lines: &mut Vec<Line>) {
    let mut clean = String::with_capacity(words.len());
    normalise::push(&words.replace(['\n', '\r'], " "), &mut clean);
    let clean = clean.trim();
    if clean.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let start = text.len();
    text.push_str(clean);
    lines.push(Line { range: start..text.len(), hint });
}

/// Takes the publication date from the best source, and says where sources differ.
fn set_published(document: &mut Document, metadata: &Metadata, layout: &Layout) {
    let mut days: Vec<(u8, Date)> = metadata.days.clone();
    days.extend(layout.time_line.map(|day| (3, day)));
    days.extend(layout.dateline.map(|day| (4, day)));
    let url = document.url.as_deref().or(metadata.url.as_deref());
    days.extend(url.and_then(day::in_url).map(|day| (5, day)));
    days.sort_by_key(|(rank, _)| *rank);
    let given = document.published;
    for day in given.iter().chain(days.iter().map(|(_, day)| day)) {
        if !YEARS.contains(&day.year()) {
            let message = format!("{day} is no likely day of publication");
            document.problems.push(Problem::whole("source/date-implausible", message));
        }
    }
    days.retain(|(_, day)| YEARS.contains(&day.year()));
    // A page's `time` elements name other reports' days as well: only the first can be this one's.
    let chosen = given.or(days.first().map(|(_, day)| *day));
    document.published = chosen;
    let mut seen = 2_u8;
    for (rank, day) in days {
        let repeated = rank == 2 && std::mem::replace(&mut seen, 0) == 0;
        let Some(chosen) = chosen.filter(|_| !repeated) else { continue };
        let apart = (day - chosen).get_days().abs();
        if apart > TOLERANCE {
            let message = format!("published on {chosen} or on {day}? the first is taken");
            document.problems.push(Problem::whole("source/date-conflict", message));
        }
    }
}

fn set_language(document: &mut Document, declared: Option<&str>) {
    let guess = language::guess(&document.text);
    let declared = declared.and_then(|code| code.get(..2)).map(str::to_ascii_lowercase);
    document.language = match guess {
        Guess::English => Some("en".to_owned()),
        Guess::Other => declared.filter(|code| code != "en"),
        Guess::Unknown => declared,
    };
    if guess == Guess::Other || document.language.as_deref().is_some_and(|code| code != "en") {
        document
            .problems
            .push(Problem::whole("source/language", "the text is not English, which alone is read"));
    }
}

/// A name from metadata, without "By" and without addresses.
fn clean_name(name: &str) -> Option<String> {
    let mut clean = String::new();
    normalise::push(name, &mut clean);
    let name = clean.trim();
    let name = name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(name);
    (!name.is_empty() && name.len() <= 200 && !name.contains("://")).then(|| name.to_owned())
}
