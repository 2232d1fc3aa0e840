//! Web pages: metadata and main text, from the stream of tags; no tree is built, so that neither depth nor size of a
//! page costs more than linear time.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::BlockKind;
use super::metadata::Metadata;
use crate::data::furniture::Furniture;

/// Elements remembered at most, and how far down an end tag looks for its start tag.
const DEEPEST: usize = 4096;
const REACH: usize = 64;

/// Characters that a marked region must hold to be taken for the report.
const ENOUGH: usize = 200;

/// A page's text in pieces, and what its head says.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) metadata: Metadata,
    pub(super) pieces: Vec<Piece>,
}

/// One block of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) kind: Option<BlockKind>,
    /// In navigation, footer, form, cookie banner and the like.
    skipped: bool,
    region: Region,
    /// Bytes of text inside links.
    links: usize,
}

/// Where in the page something stands.
#[derive(Clone, Copy, Debug, Default)]
struct Region {
    article: Option<u32>,
    main: bool,
    body: bool,
}

/// Whether decoded text is a page rather than plain text.
pub(super) fn is_page(text: &str) -> bool {
    let start =
        text.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
    if !start.starts_with('<') {
        return false;
    }
    let head: String = start.chars().take(2048).collect::<String>().to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<div",
        "<p>",
        "<p ",
        "<meta",
        "<title",
        "<h1",
        "<main",
    ]
    .iter()
    .any(|tag| head.contains(tag))
}

/// Reads a page.
pub(super) fn read(text: &str, furniture: &Furniture) -> Page {
    let sink = Sink { state: RefCell::new(State::new(furniture)) };
    let tokenizer = Tokenizer::new(sink, Default::default());
    let queue = BufferQueue::default();
    for chunk in chunks(text) {
        queue.push_back(StrTendril::from_slice(chunk));
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.flush();
    let State { metadata, pieces, .. } = state;
    Page { metadata, pieces: select(pieces) }
}

/// Pieces of a text small enough for the tokenizer's buffers.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut cut = rest.len().min(1 << 20);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (chunk, tail) = rest.split_at(cut);
        rest = tail;
        Some(chunk)
    })
}

/// Keeps the pieces of the report: those of the region marked as such, or else all that are no lists of links.
fn select(pieces: Vec<Piece>) -> Vec<Piece> {
    let length = |wanted: &dyn Fn(&Piece) -> bool| -> usize {
        pieces.iter().filter(|piece| !piece.skipped && wanted(piece)).map(|piece| piece.text.len()).sum()
    };
    let articles =
        pieces.iter().filter_map(|piece| piece.region.article).max().map_or(0, |last| last as usize + 1);
    let mut sizes = vec![0_usize; articles];
    for piece in pieces.iter().filter(|piece| !piece.skipped) {
        if let Some(article) = piece.region.article {
            sizes[article as usize] += piece.text.len();
        }
    }
    let largest = (0..articles).rev().max_by_key(|article| sizes[*article]);
    let wanted: Box<dyn Fn(&Piece) -> bool> = if length(&|piece| piece.region.body) >= ENOUGH {
        Box::new(|piece| piece.region.body)
    } else if let Some(article) = largest.filter(|article| sizes[*article] >= ENOUGH) {
        Box::new(move |piece| piece.region.article.is_some_and(|index| index as usize == article))
    } else if length(&|piece| piece.region.main) >= ENOUGH {
        Box::new(|piece| piece.region.main)
    } else if length(&|_| true) > 0 {
        Box::new(|_| true)
    } else {
        return pieces;
    };
    let title = pieces.iter().position(|piece| piece.kind == Some(BlockKind::Title));
    let keep = |index: usize, piece: &Piece| {
        Some(index) == title || (!piece.skipped && wanted(piece) && piece.links * 2 <= piece.text.len())
    };
    let kept: Vec<Piece> = pieces
        .iter()
        .enumerate()
        .filter(|(index, piece)| keep(*index, piece))
        .map(|(_, piece)| piece.clone())
        .collect();
    kept
}

/// What happens to the text that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capture {
    Text,
    Title,
    Json,
    Drop,
}

#[derive(Debug)]
struct Open {
    name: String,
    skipped: bool,
    region: Region,
    link: bool,
}

struct State<'a> {
    furniture: &'a Furniture,
    metadata: Metadata,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    capture: Capture,
    raw: String,
    text: String,
    links: usize,
    breaks: u32,
    kind: Option<BlockKind>,
    articles: u32,
}

struct Sink<'a> {
    state: RefCell<State<'a>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.characters(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The value of an attribute; empty where it is absent.
fn attribute<'t>(tag: &'t Tag, name: &str) -> &'t str {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map_or("", |attribute| &attribute.value)
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
    )
}

/// Elements that never hold a report's own text.
fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "nav"
            | "header"
            | "footer"
            | "aside"
            | "form"
            | "figure"
            | "figcaption"
            | "button"
            | "select"
            | "noscript"
            | "svg"
            | "template"
            | "dialog"
            | "menu"
            | "audio"
            | "video"
            | "object"
            | "iframe"
            | "head"
    )
}

impl<'a> State<'a> {
    fn new(furniture: &'a Furniture) -> State<'a> {
        State {
            furniture,
            metadata: Metadata::default(),
            pieces: Vec::new(),
            open: Vec::new(),
            capture: Capture::Text,
            raw: String::new(),
            text: String::new(),
            links: 0,
            breaks: 0,
            kind: None,
            articles: 0,
        }
    }

    fn characters(&mut self, text: &str) {
        match self.capture {
            Capture::Text => {
                if !text.trim().is_empty() {
                    self.breaks = 0;
                }
                self.text.push_str(text);
                if self.open.last().is_some_and(|open| open.link) {
                    self.links += text.len();
                }
            }
            Capture::Title | Capture::Json => self.raw.push_str(text),
            Capture::Drop => {}
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match name {
            "html" => {
                let language = attribute(tag, "lang");
                self.metadata.language = (!language.is_empty()).then(|| language.to_owned());
            }
            "meta" => self.meta(tag),
            "link" if attribute(tag, "rel").eq_ignore_ascii_case("canonical") => {
                self.metadata.set_url(attribute(tag, "href"));
            }
            "time" => self.metadata.add_time(attribute(tag, "datetime")),
            "br" => return self.line_break(),
            "title" if self.metadata.page_title.is_none() && !self.inside("svg") => {
                return self.capture_raw(Capture::Title, RawKind::Rcdata);
            }
            "title" | "textarea" => return self.capture_raw(Capture::Drop, RawKind::Rcdata),
            "script" => {
                let json = attribute(tag, "type").eq_ignore_ascii_case("application/ld+json");
                return self
                    .capture_raw(if json { Capture::Json } else { Capture::Drop }, RawKind::ScriptData);
            }
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                return self.capture_raw(Capture::Drop, RawKind::Rawtext);
            }
            _ => {}
        }
        if !is_inline(name) {
            self.flush();
            self.kind = match name {
                "h1" => Some(BlockKind::Title),
                "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
                "li" | "dd" => Some(BlockKind::Item),
                _ if self.kind == Some(BlockKind::Item) && name == "p" => self.kind,
                _ => None,
            };
        }
        if (!is_inline(name) || name == "a") && !is_void(name) && !tag.self_closing {
            self.push_open(tag, name);
        }
        TokenSinkResult::Continue
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().rev().take(REACH).any(|open| open.name == name)
    }

    fn line_break(&mut self) -> TokenSinkResult<()> {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
        } else {
            self.text.push('\n');
        }
        TokenSinkResult::Continue
    }

    fn capture_raw(&mut self, capture: Capture, kind: RawKind) -> TokenSinkResult<()> {
        self.capture = capture;
        self.raw.clear();
        TokenSinkResult::RawData(kind)
    }

    fn meta(&mut self, tag: &Tag) {
        for name in ["property", "name", "itemprop", "http-equiv"] {
            let key = attribute(tag, name);
            if !key.is_empty() {
                self.metadata.add(key, attribute(tag, "content"));
            }
        }
    }

    fn push_open(&mut self, tag: &Tag, name: &str) {
        if self.open.len() >= DEEPEST {
            return;
        }
        let (mut skipped, mut region, mut link) = self
            .open
            .last()
            .map_or((false, Region::default(), false), |open| (open.skipped, open.region, open.link));
        let whole = matches!(name, "html" | "body" | "article" | "main");
        skipped |= is_aside(name) || (!whole && self.is_boilerplate(tag));
        link = name == "a" || link;
        region.main |= name == "main" || attribute(tag, "role") == "main";
        region.body |= attribute(tag, "itemprop").eq_ignore_ascii_case("articleBody");
        if name == "article" && region.article.is_none() {
            region.article = Some(self.articles);
            self.articles += 1;
        }
        self.open.push(Open { name: name.to_owned(), skipped, region, link });
    }

    /// Whether an element's class or id names a part of the page that is not the report.
    fn is_boilerplate(&self, tag: &Tag) -> bool {
        let words = |value: &str| {
            value
                .split(|character: char| !character.is_ascii_alphanumeric())
                .any(|word| self.furniture.is_page_word(word))
        };
        words(attribute(tag, "class"))
            || words(attribute(tag, "id"))
            || tag.attrs.iter().any(|attribute| {
                &*attribute.name.local == "hidden"
                    || (&*attribute.name.local == "aria-hidden" && &*attribute.value == "true")
            })
    }

    fn end(&mut self, name: &str) {
        match self.capture {
            Capture::Text => {}
            capture => {
                let raw = std::mem::take(&mut self.raw);
                match capture {
                    Capture::Title => self.metadata.page_title = Some(raw),
                    Capture::Json => self.metadata.add_json(&raw),
                    _ => {}
                }
                self.capture = Capture::Text;
                return;
            }
        }
        if !is_inline(name) {
            self.flush();
            if name != "p" || self.kind != Some(BlockKind::Item) {
                self.kind = None;
            }
        }
        let lowest = self.open.len().saturating_sub(REACH);
        if let Some(offset) = self.open[lowest..].iter().rposition(|open| open.name == name) {
            self.open.truncate(lowest + offset);
        }
    }

    /// Ends the current piece.
    fn flush(&mut self) {
        self.breaks = 0;
        let links = std::mem::take(&mut self.links);
        if self.text.trim().is_empty() {
            self.text.clear();
            return;
        }
        let (skipped, region) =
            self.open.last().map_or((false, Region::default()), |open| (open.skipped, open.region));
        let text = std::mem::take(&mut self.text);
        let kind = self.kind.filter(|_| !skipped || self.kind == Some(BlockKind::Title));
        self.pieces.push(Piece { text, kind, skipped, region, links });
    }
}
