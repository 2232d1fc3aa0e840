//! Cuts one block into words in the manner of the English treebanks (UD 2.16), and says what kind each is.

use unicode_normalization::char::is_combining_mark;

use crate::data::segmentation::{AbbreviationClass, Segmentation};

/// What the search for sentence ends needs to know of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A word or number.
    Word,
    /// A word with a full stop that belongs to it.
    Abbreviation(AbbreviationClass),
    /// `.`
    Stop,
    /// `?`, `!` or a run of end marks such as `?!`.
    Mark,
    /// `...` or `…`
    Ellipsis,
    /// An opening quotation mark or bracket.
    Open,
    /// A closing quotation mark.
    CloseQuote,
    /// A closing bracket.
    CloseBracket,
    /// Any other sign.
    Sign,
}

/// One word of a block, in bytes of the document's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Continues the written word before it.
    pub(super) joined: bool,
    /// A blank stands before it.
    pub(super) spaced: bool,
    pub(super) kind: PieceKind,
}

/// Longest stretch that is looked ahead or compared with the lexicon, in bytes.
const LOOK: usize = 40;

/// Cuts `text[start..end]` into `pieces`.
pub(super) fn cut(text: &str, start: usize, end: usize, lexicon: &Segmentation, pieces: &mut Vec<Piece>) {
    let mut cutter = Cutter {
        text,
        limit: end,
        lexicon,
        pieces,
        spaced: true,
        single_open: 0,
        double_open: false,
        lower: String::new(),
    };
    let mut position = start;
    while let Some((first, after)) = next_chunk(text, position, end) {
        cutter.spaced = true;
        cutter.chunk(first, after);
        position = after;
    }
}

/// The next stretch without blanks.
fn next_chunk(text: &str, from: usize, limit: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..limit)?;
    let first = from + rest.find(|character: char| !is_blank(character))?;
    let length = text[first..limit].find(is_blank).unwrap_or(limit - first);
    Some((first, first + length))
}

fn is_blank(character: char) -> bool {
    character == ' ' || character.is_whitespace()
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (!character.is_ascii() && (character.is_alphanumeric() || is_combining_mark(character)))
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '`' | '´')
}

struct Cutter<'a> {
    text: &'a str,
    /// End of the block.
    limit: usize,
    lexicon: &'a Segmentation,
    pieces: &'a mut Vec<Piece>,
    /// Whether a blank stands before the next piece.
    spaced: bool,
    /// Single quotation marks open in this block.
    single_open: u32,
    double_open: bool,
    /// Room for lower-cased words.
    lower: String,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize, kind: PieceKind) {
        self.pieces.push(Piece { start, end, joined: false, spaced: self.spaced, kind });
        self.spaced = false;
    }

    fn push_joined(&mut self, start: usize, end: usize) {
        self.pieces.push(Piece { start, end, joined: true, spaced: false, kind: PieceKind::Word });
    }

    fn char_at(&self, position: usize) -> Option<char> {
        self.text.get(position..self.limit)?.chars().next()
    }

    fn char_before(&self, position: usize) -> Option<char> {
        self.text[..position].chars().next_back()
    }

    fn chunk(&mut self, start: usize, end: usize) {
        let bytes = &self.text.as_bytes()[start..end];
        if bytes.iter().all(u8::is_ascii_alphabetic) {
            self.word(start, end);
            return;
        }
        let address = is_address(bytes);
        let mut position = start;
        while position < end {
            let Some(character) = self.char_at(position) else { return };
            position = if address && self.address_starts(position, character) {
                self.address(position, end)
            } else if self.starts_word(position, end, character) {
                self.core(position, end)
            } else {
                self.sign(position, end, character)
            };
        }
    }

    /// Whether a word starts here, be it with a sign that belongs to it (".5", "#tag", "’90s", "+44").
    fn starts_word(&self, position: usize, end: usize, character: char) -> bool {
        if is_word(character) || character == '_' {
            return true;
        }
        let next = position + character.len_utf8();
        let Some(follower) = self.char_at(next).filter(|_| next < end) else { return false };
        match character {
            '.' => self.spaced && follower.is_ascii_alphanumeric(),
            '+' => self.spaced && follower.is_ascii_digit(),
            '#' | '@' => self.spaced && (follower.is_alphabetic() || follower == '_'),
            character if is_apostrophe(character) => self.is_elision(next, end),
            _ => false,
        }
    }

    /// Whether an apostrophe before `next` stands for letters left out: "’90s", "’em".
    fn is_elision(&self, next: usize, end: usize) -> bool {
        if !self.spaced {
            return false;
        }
        let word = self.run(next, end);
        let bytes = word.as_bytes();
        let year = bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_digit) && bytes.len() <= 3;
        let closed = self.char_at(next + word.len()).is_some_and(is_apostrophe);
        !closed && (year || self.lexicon.is_elision(word))
    }

    /// The letters and digits from `position`, at most [`LOOK`] bytes of them.
    fn run(&self, position: usize, end: usize) -> &str {
        let mut stop = position;
        for character in self.text[position..end].chars() {
            if !is_word(character) || stop - position > LOOK {
                break;
            }
            stop += character.len_utf8();
        }
        &self.text[position..stop]
    }

    fn address_starts(&self, position: usize, character: char) -> bool {
        character.is_ascii_alphanumeric() && {
            let rest = &self.text.as_bytes()[position..];
            starts_url(rest) || starts_mail(rest)
        }
    }

    /// A web or mail address, without the punctuation that follows it.
    fn address(&mut self, start: usize, end: usize) -> usize {
        let stop = self.text[start..end].find(['<', '>', '"', '“', '”']).map_or(end, |length| start + length);
        let body =
            self.text[start..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}']);
        let body = if body.contains('(') { body } else { body.trim_end_matches([')', '.', ',']) };
        let after = start + body.len().max(1);
        self.push(start, after, PieceKind::Word);
        after
    }

    /// A word with the signs inside it; returns where it ends.
    fn core(&mut self, start: usize, end: usize) -> usize {
        let mut position = start + self.char_at(start).map_or(1, char::len_utf8);
        let mut abbreviation = None;
        while position < end {
            let Some(character) = self.char_at(position) else { break };
            if is_word(character) || character == '_' {
                position += character.len_utf8();
            } else if let Some(next) = self.bridge(start, position, end, character) {
                position = next;
            } else {
                if character == '.' {
                    abbreviation = self.stop_belongs(start, position, end);
                    position += usize::from(abbreviation.is_some());
                }
                break;
            }
        }
        match abbreviation {
            Some(class) => self.push(start, position, PieceKind::Abbreviation(class)),
            None => self.word(start, position),
        }
        position
    }

    /// Where the word goes on after a sign inside it, if the sign does not part it.
    fn bridge(&self, start: usize, position: usize, end: usize, sign: char) -> Option<usize> {
        let next = position + sign.len_utf8();
        let follower = self.char_at(next).filter(|character| next < end && is_word(*character))?;
        let before = self.char_before(position)?;
        let digits = before.is_ascii_digit() && follower.is_ascii_digit();
        let kept = match sign {
            '.' => digits || self.dotted(start, position, next, end),
            ',' | ':' => digits,
            '/' => digits || self.single_letters(start, position, next, end),
            '&' => {
                before.is_uppercase() && follower.is_uppercase() && position - start <= 4
                    || self.single_letters(start, position, next, end)
            }
            '-' | '‑' => self.hyphen_belongs(start, position, next, end),
            '@' | '#' => true,
            sign if is_apostrophe(sign) => self.apostrophe_belongs(start, position, next, end),
            _ => false,
        };
        kept.then_some(next)
    }

    /// "U.S.", "Ph.D.", "example.com": a stop with parts of a word around it.
    fn dotted(&self, start: usize, position: usize, next: usize, end: usize) -> bool {
        let left = &self.text[start..position];
        let left = left.rsplit('.').next().unwrap_or(left);
        let right = self.run(next, end);
        let after = self.char_at(next + right.len()).filter(|_| next + right.len() < end);
        if left.chars().count() <= 2 && right.chars().count() <= 2 && left.chars().all(char::is_alphabetic) {
            return true;
        }
        self.lexicon.is_domain(right) && !matches!(after, Some('\'' | '’'))
            || (right.len() == 1 && after == Some('.') && left.len() <= 3)
    }

    fn single_letters(&self, start: usize, position: usize, next: usize, end: usize) -> bool {
        position - start == 1 && self.run(next, end).len() <= 1
    }

    /// "anti-American", "e-mail", "713-555-0100", "2025-04-02"; but "US | - | led".
    fn hyphen_belongs(&self, start: usize, position: usize, next: usize, end: usize) -> bool {
        let left = &self.text[start..position];
        let right = self.run(next, end);
        if left.len() > LOOK {
            return false;
        }
        if left.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && right.bytes().all(|byte| byte.is_ascii_digit())
        {
            let third = self.char_at(next + right.len()) == Some('-')
                && self.char_at(next + right.len() + 1).is_some_and(|character| character.is_ascii_digit());
            return left.contains('-') || third || (left.len() == 3 && right.len() == 4);
        }
        self.lexicon.is_prefix(left) || self.lexicon.is_suffix(right)
    }

    /// "O’Brien", "don’t": the clitic is cut off later; but not the end of a quoted word.
    fn apostrophe_belongs(&self, start: usize, position: usize, next: usize, end: usize) -> bool {
        let left = &self.text[start..position];
        let right = self.run(next, end);
        if left.bytes().all(|byte| byte.is_ascii_digit()) {
            return right == "s";
        }
        true
    }

    /// Whether the full stop at `position` is part of the word before it, and as what.
    fn stop_belongs(&self, start: usize, position: usize, end: usize) -> Option<AbbreviationClass> {
        let word = &self.text[start..position];
        if word.len() > LOOK || self.char_at(position + 1) == Some('.') && position + 1 < end {
            return None;
        }
        let class = self.abbreviation(word, position)?;
        let last = self.next_word(position + 1).is_empty();
        match class {
            AbbreviationClass::Number => {
                let next = self.next_word(position + 1);
                next.starts_with(|character: char| character.is_ascii_digit()).then_some(class)
            }
            AbbreviationClass::Initial => {
                let next = self.next_word(position + 1);
                let named = next.starts_with(char::is_uppercase) && !self.lexicon.is_opener(next);
                let directly = position + 1 < end;
                (named || directly && !last).then_some(class)
            }
            AbbreviationClass::Tail if last => None,
            _ => Some(class),
        }
    }

    fn abbreviation(&self, word: &str, position: usize) -> Option<AbbreviationClass> {
        if let Some(class) = self.lexicon.abbreviation(word) {
            return Some(class);
        }
        let mut parts = word.split('.');
        let last = parts.next_back().unwrap_or_default();
        let short = |part: &str| part.len() <= 2 && part.chars().all(char::is_alphabetic) && !part.is_empty();
        if word.contains('.') {
            return (short(last) && parts.all(short)).then_some(AbbreviationClass::Any);
        }
        let mut characters = word.chars();
        let single = characters.next().is_some_and(char::is_uppercase) && characters.next().is_none();
        (single && self.char_at(position) == Some('.')).then_some(AbbreviationClass::Initial)
    }

    /// The word after the blanks, quotation marks and brackets from `position`; empty at the end of the block.
    fn next_word(&self, position: usize) -> &str {
        let Some(rest) = self.text.get(position..self.limit) else { return "" };
        match rest.char_indices().take(LOOK).find(|(_, character)| is_word(*character)) {
            Some((offset, _)) => self.run(position + offset, self.limit),
            None => "",
        }
    }

    /// Pushes a word, its clitics cut off.
    fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if plain && word.len() <= 9 {
            self.lower.clear();
            self.lower.extend(word.chars().map(|character| character.to_ascii_lowercase()));
            if let Some(cuts) = self.lexicon.contraction(&self.lower) {
                return self.push_cut(start, end, cuts);
            }
        } else if word.as_bytes()[0].is_ascii_digit() {
            return self.number(start, end);
        }
        if plain {
            return self.push(start, end, PieceKind::Word);
        }
        self.push_with_clitics(start, end);
    }

    fn push_cut(&mut self, start: usize, end: usize, cuts: &[u8]) {
        let mut from = start;
        for cut in cuts {
            let to = start + usize::from(*cut);
            self.push_part(from, to, from > start);
            from = to;
        }
        self.push_part(from, end, from > start);
    }

    fn push_part(&mut self, start: usize, end: usize, joined: bool) {
        if joined {
            self.push_joined(start, end);
        } else {
            self.push(start, end, PieceKind::Word);
        }
    }

    /// "5pm" and "20km" are a number and a unit; "5th" and "1990s" are one word.
    fn number(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let digits = word
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':' | b'/'))
            .count();
        if digits < word.len() && self.lexicon.is_unit(&word[digits..]) {
            self.push(start, start + digits, PieceKind::Word);
            self.push(start + digits, end, PieceKind::Word);
        } else if digits == word.len() || word[digits..].len() <= 4 {
            self.push(start, end, PieceKind::Word);
        } else {
            self.push_with_clitics(start, end);
        }
    }

    /// Cuts "n’t", "’s", "’re" and the like off the end of a word.
    fn push_with_clitics(&mut self, start: usize, end: usize) {
        let mut ends = [end; 3];
        let mut count = 0;
        let mut stop = end;
        while count < 2 {
            match clitic(&self.text[start..stop]) {
                Some(length) if length < stop - start => {
                    stop -= length;
                    count += 1;
                    ends[count] = stop;
                }
                _ => break,
            }
        }
        let mut from = start;
        for cut in (0..=count).rev() {
            let to = if cut == 0 { end } else { ends[cut] };
            self.push_part(from, to, from > start);
            from = to;
        }
    }

    /// A sign that is no part of a word; returns where it ends.
    fn sign(&mut self, start: usize, end: usize, sign: char) -> usize {
        let next = start + sign.len_utf8();
        match sign {
            '.' | '?' | '!' | '…' => self.end_mark(start, end),
            '"' | '“' | '”' | '„' | '«' | '»' | '‟' => {
                let kind = self.double_quote(next, sign);
                self.push(start, next, kind);
                next
            }
            '\'' | '’' | '‘' | '‚' | '`' | '´' => self.single_quote(start, end, sign),
            '(' | '[' | '{' => {
                self.push(start, next, PieceKind::Open);
                next
            }
            ')' | ']' | '}' => {
                self.push(start, next, PieceKind::CloseBracket);
                next
            }
            ':' | ';' | '=' if self.spaced => {
                let after = smiley_end(&self.text[start..end]).map_or(next, |length| start + length);
                self.push(start, after, PieceKind::Sign);
                after
            }
            _ => {
                let repeated =
                    matches!(sign, '-' | '=' | '_' | '*' | '<' | '>' | '~' | '+' | '#' | '$' | '|');
                let after = if repeated { self.same(start, end, sign) } else { next };
                self.push(start, after, PieceKind::Sign);
                after
            }
        }
    }

    /// End of the run of one sign.
    fn same(&self, start: usize, end: usize, sign: char) -> usize {
        let rest = &self.text[start..end];
        start + rest.find(|character| character != sign).unwrap_or(rest.len())
    }

    fn end_mark(&mut self, start: usize, end: usize) -> usize {
        let rest = &self.text[start..end];
        let run = rest.find(|character| !matches!(character, '.' | '?' | '!' | '…')).unwrap_or(rest.len());
        let marks = &rest[..run];
        let kind = if marks == "." {
            PieceKind::Stop
        } else if marks.contains(['?', '!']) {
            PieceKind::Mark
        } else {
            PieceKind::Ellipsis
        };
        self.push(start, start + run, kind);
        start + run
    }

    fn double_quote(&mut self, next: usize, sign: char) -> PieceKind {
        let opens = match sign {
            '“' | '„' | '«' => true,
            '”' | '»' => false,
            _ => {
                let after = self.char_at(next);
                let blank_after = after.is_none_or(is_blank);
                if self.spaced && !blank_after {
                    true
                } else if blank_after && !self.spaced {
                    false
                } else {
                    !self.double_open
                }
            }
        };
        self.double_open = opens;
        if opens { PieceKind::Open } else { PieceKind::CloseQuote }
    }

    /// A single quotation mark, or the apostrophe of a plural possessive.
    fn single_quote(&mut self, start: usize, end: usize, sign: char) -> usize {
        let next = start + sign.len_utf8();
        if sign == '`' || (sign == '\'' && self.char_at(next) == Some('\'')) {
            let after = self.same(start, end, sign);
            let kind = if sign == '`' { PieceKind::Open } else { PieceKind::CloseQuote };
            self.push(start, after, kind);
            return after;
        }
        let word_before = !self.spaced && self.char_before(start).is_some_and(is_word);
        let sibilant =
            self.char_before(start).is_some_and(|character| matches!(character, 's' | 'S' | 'x' | 'z'));
        if matches!(sign, '‘' | '‚') || (self.spaced && self.char_at(next).is_some_and(|c| !is_blank(c)))
        {
            self.single_open += 1;
            self.push(start, next, PieceKind::Open);
        } else if word_before && sibilant && self.single_open == 0 && sign != '´' {
            self.push_joined(start, next);
        } else {
            self.single_open = self.single_open.saturating_sub(1);
            self.push(start, next, PieceKind::CloseQuote);
        }
        next
    }
}

/// Whether a stretch may hold a web or mail address.
fn is_address(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| window == b"://")
        || bytes.windows(4).any(|window| window.eq_ignore_ascii_case(b"www."))
        || bytes.contains(&b'@')
        || bytes.windows(7).any(|window| window.eq_ignore_ascii_case(b"mailto:"))
}

fn starts_url(bytes: &[u8]) -> bool {
    let scheme = bytes.iter().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    bytes[scheme..].starts_with(b"://")
        || bytes.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"www."))
        || bytes.get(..7).is_some_and(|head| head.eq_ignore_ascii_case(b"mailto:"))
}

fn starts_mail(bytes: &[u8]) -> bool {
    let name = bytes
        .iter()
        .take(64)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%'))
        .count();
    bytes.get(name) == Some(&b'@') && bytes.get(name + 1).is_some_and(u8::is_ascii_alphanumeric)
}

/// Length in bytes of the smiley a stretch begins with.
fn smiley_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let mouth = bytes.get(1 + nose)?;
    let ends = bytes.get(2 + nose).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (matches!(mouth, b')' | b'(' | b'D' | b'P' | b'O' | b'/') && ends).then_some(2 + nose)
}

/// Length in bytes of the clitic at the end of a word.
fn clitic(word: &str) -> Option<usize> {
    let apostrophe = word.char_indices().rev().take(3).find(|(_, character)| is_apostrophe(*character));
    let (offset, sign) = apostrophe?;
    let tail = &word[offset + sign.len_utf8()..];
    let after = word.len() - offset;
    if tail.eq_ignore_ascii_case("t") && word[..offset].ends_with(['n', 'N']) {
        return Some(after + 1);
    }
    let known = ["s", "re", "ve", "ll", "d", "m"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic));
    known.then_some(after)
}
