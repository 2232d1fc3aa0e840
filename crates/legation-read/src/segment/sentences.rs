//! Finds where the sentences of one block end.

use super::learned;
use super::words::{Piece, PieceKind};
use crate::data::segmentation::{AbbreviationClass, Segmentation};

/// How many words after a quoted question may stand before its verb of asking: "Minister Ana Lund asked".
const ASKING_REACH: usize = 5;

/// The index after the last piece of the sentence that begins at `first`.
///
/// Ends that no rule sees are looked up in `looks`, the block as the learned table sees it.
pub(super) fn end(
    text: &str,
    pieces: &[Piece],
    first: usize,
    lexicon: &Segmentation,
    looks: Option<&learned::Block>,
) -> usize {
    let block = Block { text, pieces, lexicon };
    let mut index = first;
    while index < pieces.len() {
        if ends_maybe(pieces[index].kind) {
            let after = block.after_closers(index + 1);
            if after == pieces.len() || block.ends(first, index, after) {
                return after;
            }
        }
        // Of abbreviations the lexicon knows more than the table.
        if let (Some(looks), false) = (looks, matches!(pieces[index].kind, PieceKind::Abbreviation(_)))
            && looks.ends(text, pieces, index, index - first + 1)
        {
            return index + 1;
        }
        index += 1;
    }
    pieces.len()
}

fn ends_maybe(kind: PieceKind) -> bool {
    matches!(kind, PieceKind::Stop | PieceKind::Mark | PieceKind::Ellipsis | PieceKind::Abbreviation(_))
}

/// How a word begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Upper,
    Lower,
    Digit,
    Other,
}

struct Block<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    lexicon: &'a Segmentation,
}

impl<'a> Block<'a> {
    fn word(&self, index: usize) -> &'a str {
        self.pieces.get(index).map_or("", |piece| &self.text[piece.start..piece.end])
    }

    fn shape(&self, index: usize) -> Shape {
        match self.word(index).chars().next() {
            Some(character) if character.is_lowercase() => Shape::Lower,
            Some(character) if character.is_alphabetic() => Shape::Upper,
            Some(character) if character.is_numeric() => Shape::Digit,
            _ => Shape::Other,
        }
    }

    /// Closing marks belong to the sentence that they close.
    fn after_closers(&self, mut index: usize) -> usize {
        while let Some(piece) = self.pieces.get(index) {
            match piece.kind {
                PieceKind::CloseQuote | PieceKind::CloseBracket => index += 1,
                _ => break,
            }
        }
        index
    }

    /// Whether the sentence from `first` ends with the mark at `mark`, where `after` is the next piece.
    fn ends(&self, first: usize, mark: usize, after: usize) -> bool {
        let next = self.pieces[after];
        let closed = after > mark + 1;
        if !next.spaced {
            return self.lacks_blank(mark, after);
        }
        if matches!(next.kind, PieceKind::Stop | PieceKind::Mark) {
            return false;
        }
        let word = self.after_openers(after);
        match self.pieces[mark].kind {
            PieceKind::Stop => {
                let starts = self.starts(word, closed) || (!closed && self.is_full_word(mark));
                starts && !self.is_list_number(first, mark)
            }
            PieceKind::Mark => self.starts(word, closed) && !(closed && self.asks(after)),
            PieceKind::Ellipsis => self.shape(word) == Shape::Upper,
            PieceKind::Abbreviation(AbbreviationClass::Any | AbbreviationClass::Tail) => {
                let quoted = word > after && self.shape(word) == Shape::Upper && !self.is_bracket(after);
                quoted
                    || (closed && self.shape(word) == Shape::Upper)
                    || self.lexicon.is_opener(self.word(word))
            }
            _ => false,
        }
    }

    /// "It ended.The next day": a blank forgotten, which only a lower-case word before and a capital after tell.
    fn lacks_blank(&self, mark: usize, after: usize) -> bool {
        let word = self.word(after);
        let before = mark.checked_sub(1).map_or("", |index| self.word(index));
        self.pieces[mark].kind == PieceKind::Stop
            && after == mark + 1
            && before.len() > 2
            && before.bytes().all(|byte| byte.is_ascii_lowercase())
            && word.len() > 1
            && self.shape(after) == Shape::Upper
            && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
    }

    /// Whether the word before a stop is too long for an abbreviation, so that even a small letter starts anew.
    fn is_full_word(&self, mark: usize) -> bool {
        let word = mark.checked_sub(1).map_or("", |index| self.word(index));
        word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_lowercase())
    }

    fn after_openers(&self, mut index: usize) -> usize {
        while self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Open) {
            index += 1;
        }
        index
    }

    fn is_bracket(&self, index: usize) -> bool {
        matches!(self.word(index), "(" | "[" | "{")
    }

    /// Whether the word can begin a sentence after a full end mark.
    fn starts(&self, word: usize, closed: bool) -> bool {
        match self.shape(word) {
            Shape::Lower => false,
            Shape::Other => !closed || word < self.pieces.len(),
            Shape::Upper | Shape::Digit => true,
        }
    }

    /// "1. The parties agree": the number belongs to what it counts.
    fn is_list_number(&self, first: usize, mark: usize) -> bool {
        mark == first + 1
            && self.word(first).len() <= 3
            && (self.shape(first) == Shape::Digit || self.word(first).len() == 1)
    }

    /// Whether a verb of asking follows with its subject, so that the quoted question is no sentence of its own.
    fn asks(&self, after: usize) -> bool {
        let reach = (after + 1)..(after + 1 + ASKING_REACH).min(self.pieces.len());
        if self.lexicon.is_asking(self.word(after)) {
            return true;
        }
        for index in reach {
            if self.lexicon.is_asking(self.word(index)) {
                return true;
            }
            if self.shape(index) != Shape::Upper && !matches!(self.word(index), "of" | "the" | "’s" | "'s")
            {
                return false;
            }
        }
        false
    }
}
