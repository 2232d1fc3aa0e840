//! Pieces that make one: numbers in several words, names with a date in them, named days.

use super::pieces::Piece;
use crate::data::calendar::{Calendar, Phrase, class::Class};

/// Merges what belongs together, in place.
pub(super) fn merge(pieces: &mut Vec<Piece>, calendar: &Calendar, half: &Halves) {
    let mut to = 0;
    let mut from = 0;
    while from < pieces.len() {
        let (piece, used) = phrase(&pieces[from..], calendar)
            .or_else(|| number(&pieces[from..], half))
            .unwrap_or((pieces[from], 1));
        pieces[to] = piece;
        to += 1;
        from += used;
    }
    pieces.truncate(to);
}

/// Numbers of the words that join numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halves {
    and: u32,
    a: u32,
    half: u32,
}

impl Halves {
    pub(super) fn new(calendar: &Calendar) -> Halves {
        Halves { and: calendar.word("and"), a: calendar.word("a"), half: calendar.word("half") }
    }
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

/// "Two hundred and fifty", "twenty-five", "two and a half", "twenty-first".
fn number(pieces: &[Piece], half: &Halves) -> Option<(Piece, usize)> {
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
    if follows(used, half.and) && follows(used + 1, half.a) && follows(used + 2, half.half) {
        (piece.more, used) = (5, used + 3);
    } else if follows(used, half.and) && follows(used + 1, half.half) {
        (piece.more, used) = (5, used + 2);
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
