//! Fits rules to pieces: the longest expression that begins at a piece wins.

use super::pieces::Piece;
use crate::data::calendar::{Calendar, Means, Rule, class::Class, pattern::Element};

/// What a pattern took, element by element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Captures {
    list: [(u64, u16); 14],
    len: usize,
}

impl Captures {
    fn push(&mut self, mask: u64, piece: usize) {
        if self.len < self.list.len() {
            self.list[self.len] = (mask, u16::try_from(piece).unwrap_or(u16::MAX));
            self.len += 1;
        }
    }

    /// The n-th piece taken as this class, from 0.
    pub(super) fn nth(&self, class: Class, nth: usize) -> Option<usize> {
        let taken = self.list[..self.len].iter().filter(|taken| taken.0 & class.bit() != 0);
        taken.map(|taken| usize::from(taken.1)).nth(nth)
    }
}

/// A rule that fitted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Index of the rule.
    pub(super) rule: usize,
    /// Index of the prefix, if one stood before it.
    pub(super) prefix: Option<usize>,
    /// First piece.
    pub(super) start: usize,
    /// One past the last piece.
    pub(super) end: usize,
    /// One past the last piece of the context that was read.
    context: usize,
    pub(super) captures: Captures,
}

/// The longest expression that begins at this piece; `early` allows rules of early years.
pub(super) fn longest(
    pieces: &[Piece],
    start: usize,
    last: Option<&Match>,
    calendar: &Calendar,
    early: bool,
) -> Option<Match> {
    let whole = Before { start, prefix: None, captures: Captures::default(), last, early };
    let mut best = core(pieces, start, &whole, calendar);
    for (number, prefix) in calendar.prefixes.iter().enumerate() {
        if !prefix.pattern.first().is_some_and(|element| element.optional || fits(element, pieces, start)) {
            continue;
        }
        let mut captures = Captures::default();
        let Some((end, _)) = walk(&prefix.pattern, pieces, start, 0, &mut captures) else { continue };
        let before = Before { prefix: Some((number, prefix)), captures, ..whole };
        let Some(found) = core(pieces, end, &before, calendar) else { continue };
        if best.is_none_or(|best| longer(&found, &best)) {
            best = Some(found);
        }
    }
    best
}

fn longer(one: &Match, other: &Match) -> bool {
    (one.end, one.context) > (other.end, other.context)
}

/// What stands before the core of an expression.
#[derive(Clone, Copy)]
struct Before<'a> {
    /// Where the whole expression began.
    start: usize,
    /// Its prefix, and what that took.
    prefix: Option<(usize, &'a Rule)>,
    captures: Captures,
    /// The expression before it.
    last: Option<&'a Match>,
    /// Whether rules of early years may read.
    early: bool,
}

/// The longest rule at `at`.
fn core(pieces: &[Piece], at: usize, before: &Before<'_>, calendar: &Calendar) -> Option<Match> {
    let Before { start, prefix, .. } = *before;
    let piece = pieces.get(at)?;
    let mut best: Option<Match> = None;
    let mut mask = piece.mask;
    let by_word = if piece.word == 0 { None } else { calendar.by_word.get(&piece.word) };
    let mut candidates = by_word.map_or(&[][..], Vec::as_slice);
    loop {
        for &number in candidates {
            let rule = &calendar.rules[usize::from(number)];
            if prefix.is_some_and(|prefix| !allows(prefix.1, rule)) || (rule.early && !before.early) {
                continue;
            }
            let mut captures = before.captures;
            let Some((mut end, context)) = walk(&rule.pattern, pieces, at, u64::MAX, &mut captures) else {
                continue;
            };
            // "the week of March 3, they said": a comma before a year that does not come
            if end > at + 1 && pieces[end - 1].word != 0 && pieces[end - 1].word == calendar.comma {
                end -= 1;
            }
            let found = Match {
                rule: usize::from(number),
                prefix: prefix.map(|prefix| prefix.0),
                start,
                end,
                context,
                captures,
            };
            let better = best.is_none_or(|best| {
                longer(&found, &best) || (found.rule < best.rule && !longer(&best, &found))
            });
            let licensed = prefix.is_some_and(|prefix| prefix.1.means == Means::Calendar);
            if better && stands_well(rule, pieces, &found, licensed) && may_borrow(rule, before.last, &found)
            {
                best = Some(found);
            }
        }
        if mask == 0 {
            return best;
        }
        let bit = mask.trailing_zeros() as usize;
        mask &= mask - 1;
        candidates = calendar.by_class.get(bit).map_or(&[][..], Vec::as_slice);
    }
}

/// A prefix goes with dates or with amounts, as its own meaning says.
fn allows(prefix: &Rule, rule: &Rule) -> bool {
    let amount = matches!(rule.means, Means::Duration | Means::Offset);
    match prefix.means {
        Means::Duration => amount,
        Means::Calendar => !amount && !matches!(rule.means, Means::Set | Means::Nothing | Means::Reference),
        _ => rule.means != Means::Nothing,
    }
}

/// Whether what stands before and behind suits the rule; `licensed` by a prefix that only dates have.
fn stands_well(rule: &Rule, pieces: &[Piece], found: &Match, licensed: bool) -> bool {
    let before =
        found.start.checked_sub(1).map_or((Class::Start.bit(), 0), |at| (pieces[at].mask, pieces[at].word));
    let behind = pieces.get(found.end).map_or((Class::End.bit(), 0), |piece| (piece.mask, piece.word));
    let fits = |element: &Option<Element>, piece: (u64, u32), default: bool| {
        element.as_ref().map_or(default, |element| element.fits(piece.0, piece.1))
    };
    (licensed || fits(&rule.after, before, true))
        && !fits(&rule.unless_after, before, false)
        && !fits(&rule.unless_before, behind, false)
}

/// Whether a date that leaves out its month or year follows one that has it: "May 3-5", "1980-88".
fn may_borrow(rule: &Rule, last: Option<&Match>, found: &Match) -> bool {
    let Some(last) = last.filter(|_| rule.borrows) else { return !rule.borrows };
    let has = |class| last.captures.nth(class, 0).is_some();
    let fits = if found.captures.nth(Class::Day, 0).is_some() {
        has(Class::Day)
    } else {
        has(Class::Year) || has(Class::Modern) || has(Class::EarlyYear)
    };
    fits && last.end + 1 == found.start
}

fn fits(element: &Element, pieces: &[Piece], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| element.fits(piece.mask, piece.word))
}

/// Fits a pattern at a piece; gives the end of the expression and the end of its context.
///
/// `keeps` are the classes that count for words the pattern names outright.
///
/// It goes back over optional places; a pattern has few, so the work per piece is bounded.
fn walk(
    pattern: &[Element],
    pieces: &[Piece],
    at: usize,
    keeps: u64,
    captures: &mut Captures,
) -> Option<(usize, usize)> {
    let Some((element, rest)) = pattern.split_first() else { return Some((at, at)) };
    if fits(element, pieces, at) {
        let fits_class = element.mask & pieces[at].mask != 0;
        let len = captures.len;
        captures.push(if fits_class { element.mask & pieces[at].mask } else { pieces[at].mask & keeps }, at);
        if let Some((end, context)) = walk(rest, pieces, at + 1, keeps, captures) {
            return Some((if element.ahead { at.min(end) } else { end }, context));
        }
        captures.len = len;
    }
    if element.optional { walk(rest, pieces, at, keeps, captures) } else { None }
}
