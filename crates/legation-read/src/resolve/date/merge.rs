//! Pieces that make one: numbers in several words, names with a date in them, named days.

use super::pieces::Piece;
use crate::data::calendar::{Calendar, Phrase, class::Class};

/// Merges what belongs together, in place.
pub(super) fn merge(pieces: &mut Vec<Piece>, calendar: &Calendar, joints: &Joints) {
    let mut to = 0;
    let mut from = 0;
    while from < pieces.len() {
        let (piece, used) = phrase(&pieces[from..], calendar)
            .or_else(|| spoken_year(&pieces[from..]))
            .or_else(|| number(&pieces[from..], joints))
            .or_else(|| half_dozen(&pieces[from..], joints))
            .or_else(|| dotted_clock(&pieces[from..]))
            .or_else(|| decade(pieces[..to].last(), &pieces[from..], joints))
            .unwrap_or((pieces[from], 1));
        pieces[to] = piece;
        to += 1;
        from += used;
    }
    pieces.truncate(to);
}

/// Numbers of the words that join pieces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joints {
    and: u32,
    a: u32,
    half: u32,
    the: u32,
    apostrophe: u32,
    s: u32,
    fraction: [u32; 2],
}

impl Joints {
    pub(super) fn new(calendar: &Calendar) -> Joints {
        Joints {
            and: calendar.word("and"),
            a: calendar.word("a"),
            half: calendar.word("half"),
            the: calendar.word("the"),
            apostrophe: calendar.word("'"),
            s: calendar.word("s"),
            fraction: [calendar.word("1/2"), calendar.word("½")],
        }
    }
}

/// "Half a dozen".
fn half_dozen(pieces: &[Piece], joints: &Joints) -> Option<(Piece, usize)> {
    let [half, a, dozen, ..] = pieces else { return None };
    let joined = half.word == joints.half && a.word == joints.a && dozen.number == 12 && dozen.word != 0;
    let piece = Piece { end: dozen.end, mask: Class::Number.bit(), word: 0, number: 6, ..*half };
    joined.then_some((piece, 3))
}

/// "9.30" before "a.m.".
fn dotted_clock(pieces: &[Piece]) -> Option<(Piece, usize)> {
    let [clock, meridiem, ..] = pieces else { return None };
    let is_clock = clock.is(Class::DotClock) && meridiem.is(Class::Meridiem);
    is_clock.then_some((Piece { mask: Class::Clock.bit(), ..*clock }, 1))
}

/// "The 1930's", but not "1930's harvest".
fn decade(before: Option<&Piece>, pieces: &[Piece], joints: &Joints) -> Option<(Piece, usize)> {
    let [year, apostrophe, s, ..] = pieces else { return None };
    let dated = before.is_some_and(|before| before.word == joints.the || before.is(Class::Edge));
    let joined =
        apostrophe.word == joints.apostrophe && s.word == joints.s && year.end + 1 >= apostrophe.start;
    let round = year.is(Class::Year) && year.number % 10 == 0;
    (dated && joined && round).then_some((Piece { end: s.end, mask: Class::Decade.bit(), ..*year }, 3))
}

/// "Nineteen eighty-five", as years are spoken.
fn spoken_year(pieces: &[Piece]) -> Option<(Piece, usize)> {
    let spoken = |at: usize| pieces.get(at).filter(|piece| piece.word != 0 && piece.is(Class::Number));
    let (hundreds, rest) = (spoken(0)?, spoken(1)?);
    if !(15..=20).contains(&hundreds.number) || !(10..100).contains(&rest.number) {
        return None;
    }
    let dash = usize::from(pieces.get(2).is_some_and(|piece| piece.is(Class::Dash)));
    let ones = spoken(2 + dash).filter(|ones| rest.number % 10 == 0 && rest.number > 10 && ones.number < 10);
    let used = if ones.is_some() { 3 + dash } else { 2 };
    const COUNTED: u64 = Class::Dash.bit()
        | Class::Unit.bit()
        | Class::Units.bit()
        | Class::Counted.bit()
        | Class::Plural.bit();
    if pieces.get(used).is_some_and(|piece| piece.mask & COUNTED != 0) {
        return None;
    }
    let number = hundreds.number * 100 + rest.number + ones.map_or(0, |ones| ones.number);
    let end = pieces[used - 1].end;
    Some((Piece { end, mask: Class::Year.bit(), word: 0, number, ..*hundreds }, used))
}

/// A name of the register that begins here.
fn phrase(pieces: &[Piece], calendar: &Calendar) -> Option<(Piece, usize)> {
    let first = pieces.first()?;
    if first.word == 0 {
        return None;
    }
    let phrase = calendar.phrases.get(&first.word)?.iter().find(|Phrase { words, .. }| {
        pieces.len() >= words.len()
            && words.iter().zip(pieces).all(|(word, piece)| *word == piece.word)
            && pieces[..words.len()].iter().any(|piece| piece.capital || piece.mask == 0)
    })?;
    let len = phrase.words.len();
    let last = &pieces[len - 1];
    let mut piece = Piece { end: last.end, mask: Class::Capital.bit(), word: 0, ..*first };
    if let Some(day) = phrase.day {
        piece.mask = Class::Named.bit();
        piece.number = i32::from(day);
    }
    Some((piece, len))
}

/// "Two hundred and fifty", "twenty-five", "two and a half", "2 1/2", "twenty-first".
fn number(pieces: &[Piece], joints: &Joints) -> Option<(Piece, usize)> {
    let first = pieces.first().filter(|piece| piece.is(Class::Number))?;
    let (mut total, mut current) = (0_i32, first.number);
    let mut used = 1;
    let limit = if first.word == 0 { 1 } else { pieces.len() };
    while used < limit {
        let dash = usize::from(pieces.get(used).is_some_and(|piece| piece.is(Class::Dash)));
        let Some(next) = pieces.get(used + dash) else { break };
        if next.word == 0 || !(next.is(Class::Number) || next.is(Class::Ordinal)) {
            break;
        }
        let tens = (20..100).contains(&(current % 100)) && current % 10 == 0;
        if next.is(Class::Number) && next.number < 10 && tens {
            current += next.number;
        } else if next.is(Class::Number) && dash == 0 && next.number == 100 && current < 100 {
            current *= 100;
        } else if next.is(Class::Number) && dash == 0 && next.number == 1000 && total == 0 && current < 1000 {
            (total, current) = (current * 1000, 0);
        } else if next.is(Class::Ordinal) && !next.is(Class::Number) && tens {
            return ordinal(first, next, current, used + dash + 1);
        } else {
            break;
        }
        used += dash + 1;
    }
    let follows = |at: usize, word: u32| word != 0 && pieces.get(at).is_some_and(|piece| piece.word == word);
    let mut piece = Piece { number: total + current, ..*first };
    if follows(used, joints.and) && follows(used + 1, joints.a) && follows(used + 2, joints.half) {
        (piece.more, used) = (5, used + 3);
    } else if follows(used, joints.and) && follows(used + 1, joints.half) {
        (piece.more, used) = (5, used + 2);
    } else if joints.fraction.iter().any(|fraction| follows(used, *fraction)) {
        (piece.more, used) = (5, used + 1);
    }
    if used == 1 {
        return None;
    }
    piece.mask = Class::Number.bit();
    piece.end = pieces[used - 1].end;
    piece.word = 0;
    Some((piece, used))
}

fn ordinal(first: &Piece, last: &Piece, tens: i32, used: usize) -> Option<(Piece, usize)> {
    let number = tens + last.more;
    let day = if number <= 31 { Class::Day.bit() } else { 0 };
    let mask = Class::Ordinal.bit() | day;
    Some((Piece { end: last.end, mask, word: 0, number, more: 0, ..*first }, used))
}
