//! A sentence's text in, its pieces out: words, numbers and marks with the classes they fall into.
//!
//! It does not follow the words of the segmenter: "May 3-5", "mid-June" and "three-day" are several pieces here,
//! however they were cut before.

use crate::data::calendar::{Calendar, class::Class};

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Piece {
    /// First byte in the document.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// Classes as bits.
    pub(super) mask: u64,
    /// Its number in the lexicon, 0 if it is not there.
    pub(super) word: u32,
    /// Value of a number.
    pub(super) number: i32,
    /// Second value: minutes of a clock, tenths of an amount, the other two parts of a written date.
    pub(super) more: i32,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
}

impl Piece {
    pub(super) fn is(&self, class: Class) -> bool {
        self.mask & class.bit() != 0
    }
}

const PLAIN: u64 = Class::Known.bit() | Class::Capital.bit() | Class::Lower.bit() | Class::Plural.bit();

/// The words of a name as the lexicon keeps them, in lower case.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let mut cutter = Cutter { text: name, at: 0 };
    let mut words = Vec::new();
    while let Some((start, end)) = cutter.next() {
        let mut buffer = [0; 32];
        words.push(lower(&name[start..end], &mut buffer).to_owned());
    }
    words
}

/// Cuts a sentence into pieces; `pieces` is cleared first.
pub(super) fn scan(text: &str, offset: u32, calendar: &Calendar, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let mut cutter = Cutter { text, at: 0 };
    let mut inserted = false;
    while let Some((start, end)) = cutter.next() {
        // "[two] years ago": words an editor put in stand like the others, numbers of notes do not
        let opens =
            text[start..].starts_with('[') && text[end..].starts_with(|next: char| next.is_alphabetic());
        if opens || (inserted && text[start..].starts_with(']')) {
            inserted = opens;
            continue;
        }
        let mut piece = classify(&text[start..end], calendar);
        piece.start = offset + clip(start);
        piece.end = offset + clip(end);
        if piece.is(Class::ShortYear) {
            // Two figures are a year only behind an apostrophe or, as a rule decides, behind a dash.
            if start > 0
                && text[..start].ends_with(['\'', '’', '‘'])
                && pieces.last().is_some_and(|last| !glued_letter(text, start, last, offset))
            {
                piece.mask = Class::QuotedYear.bit();
            }
        }
        pieces.push(piece);
    }
}

/// Whether the apostrophe before a number hangs on a word: "Boeing's 47".
fn glued_letter(text: &str, start: usize, mark: &Piece, offset: u32) -> bool {
    let mark_start = (mark.start - offset) as usize;
    mark_start >= start || text[..mark_start].chars().next_back().is_some_and(char::is_alphanumeric)
}

fn clip(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Cuts text into runs of letters, numbers with their marks, and single marks.
struct Cutter<'a> {
    text: &'a str,
    at: usize,
}

impl Cutter<'_> {
    fn next(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        let start = self.at;
        let first = *bytes.get(start)?;
        self.at = match first {
            b'0'..=b'9' => number_end(bytes, start),
            b'a'..=b'z' | b'A'..=b'Z' | 0xC3..=0xC9 => word_end(bytes, start),
            0..=0x7F => start + 1,
            _ => start + self.text[start..].chars().next().map_or(1, char::len_utf8),
        };
        Some((start, self.at))
    }
}

/// End of a run of letters (ASCII and Latin ones); "a.m." and "B.C." are one run.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let letter = |at: usize| {
        bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0xC3 && *byte <= 0xC9)
    };
    let mut end = start;
    while letter(end) {
        end += if bytes[end] >= 0xC3 { 2 } else { 1 };
    }
    let mut end = end.min(bytes.len());
    if end == start + 1 {
        while bytes.get(end) == Some(&b'.') && letter(end + 1) && !letter(end + 2) && bytes[end + 1] < 0x80 {
            end += 2;
        }
        if end > start + 1 && bytes.get(end) == Some(&b'.') {
            end += 1;
        }
    }
    end
}

/// End of a number with inner marks (1,200 2.5 18:00 7/8/07 2025-04-02) and a suffix of letters (3rd, 1990s).
fn number_end(bytes: &[u8], start: usize) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    while digit(end) {
        end += 1;
    }
    let four_two_two = end == start + 4
        && bytes.get(end) == Some(&b'-')
        && digit(end + 1)
        && digit(end + 2)
        && bytes.get(end + 3) == Some(&b'-')
        && digit(end + 4)
        && digit(end + 5)
        && !digit(end + 6);
    if four_two_two {
        return end + 6;
    }
    while let Some(mark) = bytes.get(end).filter(|mark| b".,:/".contains(mark)) {
        let grouped = *mark != b',' || (digit(end + 2) && digit(end + 3) && !digit(end + 4));
        // "2012/13" is a range of years
        let four = end == start + 4 && bytes[start..end].iter().all(u8::is_ascii_digit);
        let years = *mark == b'/' && four && digit(end + 2) && bytes.get(end + 3) != Some(&b'/');
        if !digit(end + 1) || !grouped || years {
            break;
        }
        end += 1;
        while digit(end) {
            end += 1;
        }
    }
    for suffix in [&b"st"[..], b"nd", b"rd", b"th", b"s", b"am", b"pm", b"hrs", b"ST", b"ND", b"RD", b"TH"] {
        let after = end + suffix.len();
        if bytes[end..].starts_with(suffix) && !bytes.get(after).is_some_and(u8::is_ascii_alphanumeric) {
            // Hours stay pieces of their own: "8pm" reads as "8 pm".
            return if matches!(suffix, b"am" | b"pm" | b"hrs") { end } else { after };
        }
    }
    end
}

/// Lower case without dots and with straight apostrophes, where it fits the buffer; otherwise as it stands.
fn lower<'a>(word: &'a str, buffer: &'a mut [u8; 32]) -> &'a str {
    if word == "’" || word == "‘" {
        return "'";
    }
    if word.len() > buffer.len() || !word.is_ascii() {
        return word;
    }
    let mut len = 0;
    for byte in word.bytes() {
        if byte != b'.' || word.len() == 1 {
            buffer[len] = byte.to_ascii_lowercase();
            len += 1;
        }
    }
    std::str::from_utf8(&buffer[..len]).unwrap_or(word)
}

fn classify(word: &str, calendar: &Calendar) -> Piece {
    let first = word.as_bytes().first().copied().unwrap_or(b' ');
    if first.is_ascii_digit() {
        // "9/11" and "September 11 attacks" are names
        return Piece { word: calendar.word(word), ..number(word) };
    }
    let mut buffer = [0; 32];
    let number = calendar.word(lower(word, &mut buffer));
    let capital = first.is_ascii_uppercase();
    let mut piece = Piece { word: number, capital, ..Piece::default() };
    if let Some(entry) = calendar.entry(number).filter(|_| number != 0) {
        piece.mask = entry.mask;
        const NAMES: u64 = Class::Month.bit()
            | Class::May.bit()
            | Class::Mon.bit()
            | Class::Weekday.bit()
            | Class::Wkd.bit();
        if !capital {
            let month = calendar.value(number, Class::Month);
            piece.mask &= !NAMES;
            // "june 2016": without its capital a month is one only beside a day or year
            if let Some(month) = month {
                (piece.mask, piece.number) = (piece.mask | Class::Mon.bit(), month);
            }
        }
        if let Some(value) = calendar.value(number, Class::Number) {
            piece.number = value;
        }
        if let Some(value) = calendar.value(number, Class::Ordinal) {
            piece.more = value;
        }
    }
    if piece.mask == 0 {
        piece.mask |= match first {
            b'A'..=b'Z' => Class::Capital.bit(),
            b'a'..=b'z' if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") => {
                Class::Plural.bit()
            }
            b'a'..=b'z' => Class::Lower.bit(),
            0xC3..=0xC9 => Class::Capital.bit(),
            _ => 0,
        };
    }
    piece
}

/// Whether nothing is known of a piece.
pub(super) fn is_plain(piece: &Piece) -> bool {
    piece.mask & !PLAIN == 0
}

fn number(word: &str) -> Piece {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &word[digits..];
    let mut piece = Piece::default();
    let Ok(value) = word[..digits].parse::<i32>() else { return piece };
    if digits > 6 {
        return piece;
    }
    match tail {
        "" => {
            piece.number = value;
            piece.mask = Class::Number.bit();
            match digits {
                1 | 2 if (1..=31).contains(&value) => piece.mask |= Class::Day.bit() | Class::EraYear.bit(),
                1..=2 => piece.mask |= Class::EraYear.bit(),
                3 => piece.mask |= Class::EraYear.bit() | Class::EarlyYear.bit(),
                4 if (1700..=2100).contains(&value) => piece.mask |= Class::Year.bit() | Class::Modern.bit(),
                4 if (1000..2200).contains(&value) => piece.mask |= Class::Year.bit(),
                4 => piece.mask |= Class::EraYear.bit(),
                _ => {}
            }
            if digits == 2 {
                piece.mask |= Class::ShortYear.bit();
            }
            if digits == 4 && value / 100 < 25 && value % 100 < 60 {
                piece.mask |= Class::Military.bit();
            }
        }
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => {
            piece.number = value;
            piece.mask = Class::Ordinal.bit();
            if (1..=31).contains(&value) {
                piece.mask |= Class::Day.bit() | Class::NthDay.bit();
            }
        }
        "s" if value % 10 == 0 && (digits == 2 || (digits == 4 && (1000..2200).contains(&value))) => {
            piece.number = value;
            piece.mask = Class::Decade.bit();
        }
        _ => shaped(word, value, tail, &mut piece),
    }
    piece
}

/// Numbers with marks inside.
fn shaped(word: &str, value: i32, tail: &str, piece: &mut Piece) {
    let rest = &tail[1..];
    let part = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 4);
    match tail.as_bytes()[0] {
        b':' => {
            let minutes = rest.get(..2).and_then(part);
            let ends = rest.len() == 2 || rest.as_bytes().get(2) == Some(&b':');
            if let Some(minutes) = minutes.filter(|minutes| ends && value < 25 && *minutes < 60) {
                *piece = Piece { mask: Class::Clock.bit(), number: value, more: minutes, ..Piece::default() };
            }
        }
        b'.' => {
            let minutes = part(rest).filter(|minutes| rest.len() == 2 && value < 25 && *minutes < 60);
            if let Some(minutes) = minutes {
                *piece =
                    Piece { mask: Class::DotClock.bit(), number: value, more: minutes, ..Piece::default() };
            }
            if let Some((month, year)) = rest.split_once('.')
                && let (Some(month), Some(year), 4) = (part(month), part(year), year.len())
            {
                *piece = Piece {
                    mask: Class::Iso.bit(),
                    number: year,
                    more: month * 100 + value,
                    ..Piece::default()
                };
            }
            let tenths = rest.get(..1).and_then(part);
            if let Some(tenths) = tenths.filter(|_| rest.len() == 1 && value < 10_000) {
                *piece = Piece { mask: Class::Number.bit(), number: value, more: tenths, ..Piece::default() };
            }
        }
        b'/' => {
            let mut parts = rest.split('/');
            let (second, year) = (parts.next().and_then(part), parts.next());
            let year = year.filter(|year| year.len() == 2 || year.len() == 4).and_then(part);
            if let (Some(second), Some(year), None) = (second, year, parts.next()) {
                *piece = Piece {
                    mask: Class::Slash.bit(),
                    number: year,
                    more: value * 100 + second,
                    ..Piece::default()
                };
            }
        }
        b'-' => {
            let (month, day) = (rest.get(..2).and_then(part), rest.get(3..).and_then(part));
            if let (Some(month), Some(day)) = (month, day) {
                *piece = Piece {
                    mask: Class::Iso.bit(),
                    number: value,
                    more: month * 100 + day,
                    ..Piece::default()
                };
            }
        }
        b',' => {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            if let Some(value) = digits.parse().ok().filter(|_| digits.len() < 7 && !word.contains('.')) {
                *piece = Piece { mask: Class::Number.bit(), number: value, ..Piece::default() };
            }
        }
        _ => {}
    }
}
