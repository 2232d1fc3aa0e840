//! What stands between quotation marks: American, British, French and German marks, curly or straight, and quotations
//! that run over paragraphs.
//!
//! Marks are read block by block in one pass. A mark of another family inside a quotation is part of it.

use crate::{
    Span,
    mention::Quotation,
    source::{Block, BlockKind, Document},
};

/// Marks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// “ ” and „ ‟.
    Curly,
    /// ".
    Straight,
    /// « ».
    Guillemet,
    /// ‹ ›.
    SingleGuillemet,
    /// ‘ ’, where ’ is the apostrophe too.
    Single,
    /// ', which is the apostrophe too.
    StraightSingle,
}

/// What a mark can be where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// A closing mark that may as well be the apostrophe of "leaders'".
    WeakClose,
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    family: Family,
    side: Side,
}

/// Words that begin with an apostrophe, without it.
const ELISIONS: &[&str] = &["em", "til", "tis", "twas", "n", "cause", "bout", "round"];

/// Finds the outermost quotations of a document, in order; in one of several paragraphs each paragraph is a quotation,
/// and all but the last are not closed.
pub(crate) fn find(document: &Document) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    for block in &document.blocks {
        if block.kind != BlockKind::Furniture {
            find_in_block(&document.text, block, &mut quotations);
        }
    }
    quotations
}

fn find_in_block(text: &str, block: &Block, quotations: &mut Vec<Quotation>) {
    let marks = marks(text, block.span);
    let closers = closers(&marks);
    let mut index = 0;
    while index < marks.len() {
        let mark = marks[index];
        if !matches!(mark.side, Side::Open | Side::Either) {
            index += 1;
            continue;
        }
        let end = if is_single(mark.family) { closers[index] } else { matching(&marks, index) };
        match end {
            Some(End::Closed(close)) => {
                push(text, mark, Some(marks[close]), block.span.end as usize, quotations);
                index = close + 1;
            }
            Some(End::Reopened(next)) => {
                push(text, mark, None, marks[next].start, quotations);
                index = next;
            }
            None if is_single(mark.family) => index += 1,
            None => {
                push(text, mark, None, block.span.end as usize, quotations);
                index = marks.len();
            }
        }
    }
}

fn is_single(family: Family) -> bool {
    matches!(family, Family::Single | Family::StraightSingle)
}

#[derive(Clone, Copy, Debug)]
enum End {
    /// At this mark.
    Closed(usize),
    /// Nowhere, but the same kind of quotation begins anew at this mark.
    Reopened(usize),
}

/// For each opening single mark the mark that closes it: the nearest that is no possible apostrophe, else the nearest
/// that may be one, before the next opening mark.
fn closers(marks: &[Mark]) -> Vec<Option<End>> {
    let mut closers = vec![None; marks.len()];
    for family in [Family::Single, Family::StraightSingle] {
        let (mut strong, mut weak) = (None, None);
        for (index, mark) in marks.iter().enumerate().rev() {
            if mark.family != family {
                continue;
            }
            match mark.side {
                Side::Close => (strong, weak) = (Some(index), None),
                Side::WeakClose => weak = Some(index),
                Side::Open | Side::Either => {
                    closers[index] = strong.or(weak).map(End::Closed);
                    (strong, weak) = (None, None);
                }
            }
        }
    }
    closers
}

/// Where the quotation that a double mark opens ends.
fn matching(marks: &[Mark], open: usize) -> Option<End> {
    let family = marks[open].family;
    let mut same = (open + 1..marks.len()).filter(|&index| marks[index].family == family);
    let mut nested = false;
    while let Some(index) = same.next() {
        match marks[index].side {
            Side::Open if nested => return Some(End::Reopened(index)),
            Side::Open => {
                let mut ahead = same.clone();
                let mut closes = || ahead.next().is_some_and(|next| marks[next].side == Side::Close);
                if !(closes() && closes()) {
                    return Some(End::Reopened(index));
                }
                nested = true;
            }
            _ if nested => nested = false,
            _ => return Some(End::Closed(index)),
        }
    }
    None
}

fn push(text: &str, open: Mark, close: Option<Mark>, limit: usize, quotations: &mut Vec<Quotation>) {
    let inside_end = close.map_or(limit, |mark| mark.start);
    let inside = text.get(open.end..inside_end).unwrap_or("");
    let start = open.end + (inside.len() - inside.trim_start().len());
    let end = start + inside.trim().len();
    if end > start {
        let outside_end = close.map_or(end, |mark| mark.end);
        quotations.push(Quotation {
            span: Span::new(open.start, outside_end),
            inside: Span::new(start, end),
            closed: close.is_some(),
        });
    }
}

/// The marks of a block with what each can be there.
fn marks(text: &str, block: Span) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let start = block.start as usize;
    let mut characters = block.of(text).char_indices().peekable();
    let mut german = false;
    while let Some((offset, character)) = characters.next() {
        let after = characters.peek().map(|&(_, character)| character);
        let mut rest = offset + character.len_utf8();
        if matches!((character, after), ('\'', Some('\'')) | ('`', Some('`'))) {
            // two single marks are typewriters' and TeX's double mark
            characters.next();
            rest += 1;
            let after = characters.peek().map(|&(_, character)| character);
            let side = if character == '`' { Side::Open } else { straight_side(before, after) };
            marks.push(Mark { start: start + offset, end: start + rest, family: Family::Straight, side });
            before = Some('"');
            continue;
        }
        if let Some(family) = family(character) {
            let side = match character {
                '„' => Some(Side::Open),
                '“' if german => Some(Side::Close),
                _ => side(character, before, after, block.of(text).get(rest..).unwrap_or("")),
            };
            german = character == '„' || (german && family != Family::Curly);
            if let Some(side) = side {
                marks.push(Mark { start: start + offset, end: start + rest, family, side });
            }
        }
        before = Some(character);
    }
    marks
}

fn family(character: char) -> Option<Family> {
    match character {
        '“' | '”' | '„' | '‟' => Some(Family::Curly),
        '"' => Some(Family::Straight),
        '«' | '»' => Some(Family::Guillemet),
        '‹' | '›' => Some(Family::SingleGuillemet),
        '‘' | '’' | '‚' | '‛' => Some(Family::Single),
        '\'' => Some(Family::StraightSingle),
        _ => None,
    }
}

/// Whether nothing of a word stands here: a mark after it opens, a mark before it closes.
fn is_gap(character: Option<char>) -> bool {
    character.is_none_or(|character| {
        character.is_whitespace() || matches!(character, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '―')
    })
}

fn side(character: char, before: Option<char>, after: Option<char>, rest: &str) -> Option<Side> {
    let opens = is_gap(before) && !after.is_none_or(char::is_whitespace);
    match character {
        '“' | '‟' | '«' | '‹' => Some(Side::Open),
        '”' | '»' | '›' if opens => Some(Side::Either),
        '”' | '»' | '›' => Some(Side::Close),
        '"' => Some(straight_side(before, after)),
        _ => single_side(character, before, after, rest),
    }
}

fn straight_side(before: Option<char>, after: Option<char>) -> Side {
    let open = is_gap(before) || before.is_some_and(|mark| family(mark).is_some());
    let close = after.is_none_or(|character| character.is_whitespace() || !character.is_alphanumeric());
    match (open, close) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        (true, true) if before.is_none_or(char::is_whitespace) && !after.is_none_or(char::is_whitespace) => {
            Side::Open
        }
        (true, true) if !before.is_none_or(char::is_whitespace) => Side::Close,
        _ => Side::Either,
    }
}

fn single_side(character: char, before: Option<char>, after: Option<char>, rest: &str) -> Option<Side> {
    let word_before = before.is_some_and(char::is_alphanumeric);
    let word_after = after.is_some_and(char::is_alphanumeric);
    let can_open = character != '’' && !word_before && after.is_some_and(|next| !next.is_whitespace());
    let opening_gap = is_gap(before)
        || before.is_some_and(|mark| matches!(family(mark), Some(family) if !is_single(family)));
    if can_open && opening_gap && !is_elision(rest) {
        return Some(Side::Open);
    }
    if character == '‘' || word_after || before.is_none_or(char::is_whitespace) {
        return None;
    }
    let plural = matches!(before, Some('s' | 'S' | 'x' | 'z')) && rest.starts_with(' ');
    Some(if plural { Side::WeakClose } else { Side::Close })
}

/// Whether the text after an apostrophe makes it one: "'90s", "'em".
fn is_elision(rest: &str) -> bool {
    let word: &str = &rest[..rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())];
    let decade =
        word.ends_with('s') && word.len() == 3 && word.starts_with(|first: char| first.is_ascii_digit());
    decade || ELISIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::{Input, data::Data, source};

    fn check(text: &str, wanted: &[&str]) {
        let document = source::open(&Input::new("case", text.as_bytes()), &Data::default());
        let quotations = find(&document);
        let inside: Vec<&str> =
            quotations.iter().map(|quotation| quotation.inside.of(&document.text)).collect();
        assert_eq!(inside, wanted, "{text}");
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        check("The leaders' plan and the '90s rock 'n' roll weren't Moscow's.", &[]);
        check("The leaders’ plan and the ’90s rock ’n’ roll weren’t Moscow’s.", &[]);
        check("‘We back the leaders’ proposal,’ he said.", &["We back the leaders’ proposal,"]);
        check("'We back the leaders' proposal,' he said.", &["We back the leaders' proposal,"]);
    }

    #[test]
    fn many_open_marks_take_linear_time() {
        let text = "“ ‘a \"b «c ".repeat(50_000);
        let document = source::open(&Input::new("case", text.as_bytes()), &Data::default());
        assert!(!find(&document).is_empty());
    }
}
