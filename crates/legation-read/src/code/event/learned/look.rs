//! What the event model looks at: a word, the words around it in the tree, the two sides, and the frames that fire on it.

use super::super::{candidate::Candidate, status::Judge, syntax::Syntax};
use crate::{
    data::frames::Frames,
    parse::{Deprel, Parser, Upos},
};

/// Buckets that the features are hashed into; a power of two.
pub(super) const BUCKETS: usize = 1 << 14;
/// Places in the tree whose words are looked up among the vectors.
pub(super) const SLOTS: usize = 8;
/// Most words of a bag.
const BAG: usize = 16;
/// How far a side may lie inside the phrase that fills a role.
const INSIDE: usize = 4;
/// Longest way that is told step by step.
const STEPS: usize = 4;

/// FNV-1a over texts and numbers, small and capital letters alike.
#[derive(Clone, Copy, Debug)]
struct Hash(u64);

impl Hash {
    fn new(kind: &str) -> Hash {
        Hash(0xcbf2_9ce4_8422_2325).text(kind)
    }

    fn byte(self, byte: u8) -> Hash {
        Hash((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn text(self, text: &str) -> Hash {
        text.bytes().fold(self, |hash, byte| hash.byte(byte.to_ascii_lowercase())).byte(0xff)
    }

    fn number(self, number: u64) -> Hash {
        number.to_le_bytes().into_iter().fold(self, Hash::byte)
    }

    /// The bucket; the high bits are folded in, as they are mixed best.
    #[allow(clippy::cast_possible_truncation)] // the mask leaves fewer bits
    fn bucket(self) -> u32 {
        ((self.0 ^ (self.0 >> 29) ^ (self.0 >> 47)) as u32) & (BUCKETS as u32 - 1)
    }
}

/// The words that head the two sides, where they are known.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Sides {
    pub(in super::super) source: Option<usize>,
    pub(in super::super) target: Option<usize>,
}

/// How well the best frame of a word joins the two sides, of about 100, and whether no other word's does better.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Joins {
    pub(in super::super) score: i32,
    pub(in super::super) best: bool,
}

/// What was seen of one word: buckets, and for each slot the rows of its words among the parser's vectors.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Buckets of what holds of it, of frames last.
    pub buckets: Vec<u32>,
    /// How many of them say nothing of frames.
    pub plain: usize,
    /// Rows of vectors.
    pub rows: [Vec<u32>; SLOTS],
}

impl Seen {
    fn clear(&mut self) {
        self.buckets.clear();
        self.rows.iter_mut().for_each(Vec::clear);
    }

    fn note(&mut self, hash: Hash) {
        self.buckets.push(hash.bucket());
    }
}

/// A sentence as the model sees it.
pub(in super::super) struct Look<'a> {
    pub(in super::super) syntax: Syntax<'a>,
    pub(in super::super) frames: &'a Frames,
    pub(in super::super) judge: &'a Judge<'a>,
    pub(in super::super) parser: &'a Parser,
}

impl Look<'_> {
    /// Fills `seen` for a word, with the frames that fire on it (best first) or nearly do.
    pub(in super::super) fn see<'c>(
        &self,
        word: usize,
        sides: Sides,
        (fired, joins): (impl Iterator<Item = &'c Candidate>, Joins),
        seen: &mut Seen,
    ) {
        seen.clear();
        let lemma = self.syntax.lemma(word);
        self.itself(word, lemma, seen);
        self.around(word, lemma, seen);
        self.above(word, lemma, seen);
        self.sides(word, lemma, sides, seen);
        self.bags(word, sides, seen);
        seen.plain = seen.buckets.len();
        for (rank, candidate) in fired.take(3).enumerate() {
            self.frame(word, rank, candidate, sides, seen);
            if rank == 0 {
                let kind = &self.frames.get(candidate.frame).kind;
                let score = u64::from(joins.score.clamp(0, 120).unsigned_abs()) / 12;
                seen.note(Hash::new("joins").number(score));
                if joins.best {
                    seen.note(Hash::new("joins best").text(kind));
                    seen.note(Hash::new("joins best").number(score));
                }
            }
        }
    }

    fn row(&self, word: usize, slot: usize, seen: &mut Seen) {
        seen.rows[slot].extend(self.parser.vector_row(self.syntax.lemma(word)));
    }

    fn itself(&self, word: usize, lemma: &str, seen: &mut Seen) {
        let syntax = &self.syntax;
        seen.note(Hash::new("any"));
        seen.note(Hash::new("lemma").text(lemma).text(syntax.upos(word).as_str()));
        seen.note(Hash::new("upos").text(syntax.upos(word).as_str()));
        seen.note(Hash::new("effect").number(self.judge.effect(word) as u64));
        seen.note(Hash::new("own").number(self.judge.own(word) as u64));
        let marks = [
            ("passive", syntax.is_verbal(word) && syntax.is_passive(word)),
            ("infinitive", syntax.is_infinitive(word)),
            ("gerund", syntax.is_gerund(word)),
            ("refused", syntax.is_refused(word)),
            ("clause", syntax.clause(word).is_some()),
        ];
        marks.iter().filter(|mark| mark.1).for_each(|mark| seen.note(Hash::new(mark.0)));
        self.row(word, 0, seen);
    }

    /// Its object, modifiers, particle, clause and prepositions.
    fn around(&self, word: usize, lemma: &str, seen: &mut Seen) {
        let syntax = &self.syntax;
        let object = syntax.is_verbal(word).then(|| syntax.object(word)).flatten();
        if let Some(object) = object {
            let other = syntax.lemma(object);
            seen.note(Hash::new("object").text(other));
            seen.note(Hash::new("lemma object").text(lemma).text(other));
            self.row(object, 1, seen);
        }
        if let Some(clause) = syntax.clause(word) {
            let other = syntax.lemma(clause);
            seen.note(Hash::new("clause").text(other));
            seen.note(Hash::new("lemma clause").text(lemma).text(if syntax.is_infinitive(clause) {
                "to"
            } else {
                "that"
            }));
            self.row(clause, 2, seen);
            if let Some(inner) = syntax.is_verbal(clause).then(|| syntax.object(clause)).flatten() {
                seen.note(Hash::new("clause object").text(other).text(syntax.lemma(inner)));
                self.row(inner, 2, seen);
            }
        }
        for child in syntax.children(word) {
            let other = syntax.lemma(child);
            match syntax.deprel(child) {
                Deprel::Punct | Deprel::Det | Deprel::Conj => {}
                Deprel::CompoundPrt => seen.note(Hash::new("particle").text(lemma).text(other)),
                Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Mark => {
                    seen.note(Hash::new("auxiliary").text(other));
                }
                Deprel::Compound | Deprel::Amod => {
                    seen.note(Hash::new("modifier").text(other));
                    seen.note(Hash::new("lemma modifier").text(lemma).text(other));
                    if syntax.upos(child) != Upos::Propn {
                        self.row(child, 1, seen);
                    }
                }
                Deprel::Advmod => seen.note(Hash::new("adverb").text(other)),
                deprel => {
                    let case = syntax.case(child).unwrap_or("-");
                    seen.note(Hash::new("dependent").text(deprel.base().as_str()).text(case));
                    seen.note(Hash::new("lemma case").text(lemma).text(case));
                    if syntax.upos(child) != Upos::Propn {
                        seen.note(Hash::new("phrase").text(case).text(other));
                        seen.note(Hash::new("lemma phrase").text(lemma).text(case).text(other));
                    }
                }
            }
        }
    }

    /// What it hangs on.
    fn above(&self, word: usize, lemma: &str, seen: &mut Seen) {
        let syntax = &self.syntax;
        let deprel = syntax.deprel(word);
        let Some(head) = syntax.head(word) else { return seen.note(Hash::new("root")) };
        let other = syntax.lemma(head);
        let relation = Hash::new("above").text(deprel.base().as_str()).text(syntax.case(word).unwrap_or("-"));
        seen.note(relation);
        seen.note(relation.text(other));
        if matches!(
            deprel,
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Obj | Deprel::Obl | Deprel::NsubjPass
        ) {
            seen.note(Hash::new("lemma above").text(lemma).text(other));
        }
        self.row(head, 3, seen);
    }

    /// Where the two sides stand, seen from it, and what they are.
    fn sides(&self, word: usize, lemma: &str, sides: Sides, seen: &mut Seen) {
        let source = sides.source.map_or(Hash::new("absent"), |side| self.role(word, side));
        let target = sides.target.map_or(Hash::new("absent"), |side| self.role(word, side));
        seen.note(Hash::new("source").number(source.0));
        seen.note(Hash::new("target").number(target.0));
        seen.note(Hash::new("both").number(source.0).number(target.0));
        seen.note(Hash::new("lemma source").text(lemma).number(source.0));
        seen.note(Hash::new("lemma target").text(lemma).number(target.0));
        let order = |side: Option<usize>| side.map_or(0, |side| 1 + u64::from(side > word));
        seen.note(Hash::new("order").number(order(sides.source)).number(order(sides.target)));
        for (name, side, slot) in [("is source", sides.source, 4), ("is target", sides.target, 5)] {
            let Some(side) = side else { continue };
            let kind = self.name_kind(side);
            seen.note(Hash::new(name).text(kind));
            if kind == "common" {
                seen.note(Hash::new(name).text(self.syntax.lemma(side)));
                self.row(side, slot, seen);
            }
            if self.syntax.view.tree.is_under(word, side) {
                seen.note(Hash::new(name).text("holds it"));
            }
        }
    }

    fn name_kind(&self, side: usize) -> &'static str {
        let names = &self.syntax.view.tree.names;
        let name = names.iter().find(|name| name.words.contains(&side));
        match name {
            Some(name) => name.kind.as_str(),
            None if self.syntax.upos(side) == Upos::Pron => "pronoun",
            None if self.syntax.upos(side) == Upos::Propn => "name",
            None => "common",
        }
    }

    /// What a side is to a word: its subject, its object, in a phrase with "to"; inside what fills that role; or the way to it.
    fn role(&self, word: usize, side: usize) -> Hash {
        let syntax = &self.syntax;
        if word == side {
            return Hash::new("itself");
        }
        let verbal = syntax.is_verbal(word);
        let subject = if verbal { syntax.subject(word) } else { None };
        let object = if verbal { syntax.object(word) } else { None };
        let clause = syntax.clause(word);
        let below =
            clause.filter(|&clause| syntax.is_verbal(clause)).and_then(|clause| syntax.object(clause));
        let governor = syntax.head(word).filter(|&head| syntax.is_verbal(head));
        let governing = governor.and_then(|head| syntax.subject(head));
        let governed = governor.and_then(|head| syntax.object(head));
        let mut filler = side;
        for depth in 0..INSIDE {
            let place = if depth == 0 { "" } else { "inside" };
            let at = |role: &str| Hash::new("role").text(place).text(role);
            let is = |other: Option<usize>| other == Some(filler);
            match syntax.head(filler) {
                _ if is(subject) => return at("subject"),
                _ if is(object) => return at("object"),
                _ if is(below) => return at("clause object"),
                Some(head) if head == word => {
                    let relation = syntax.deprel(filler).base().as_str();
                    return at(relation).text(syntax.case(filler).unwrap_or("-"));
                }
                Some(head) if Some(head) == object || Some(head) == clause => {
                    let relation = syntax.deprel(filler).base().as_str();
                    return at("below").text(relation).text(syntax.case(filler).unwrap_or("-"));
                }
                _ if is(governing) => return at("subject above"),
                _ if is(governed) => return at("object above"),
                Some(head) if is_inside(syntax.deprel(filler)) => filler = head,
                _ => break,
            }
        }
        self.way(word, side)
    }

    fn way(&self, word: usize, side: usize) -> Hash {
        use crate::parse::Step;
        let tree = self.syntax.view.tree;
        let path = tree.path(word, side);
        if path.len() > STEPS {
            return Hash::new("far");
        }
        let mut from = word;
        let mut hash = Hash::new("way");
        for step in path {
            (hash, from) = match step {
                Step::Up(to) => (hash.text("up").text(tree.deprel(from).base().as_str()), to),
                Step::Down(to) => (hash.text("down").text(tree.deprel(to).base().as_str()), to),
            };
        }
        hash
    }

    /// A frame that fires: its type, how much it asks for, and whether the sides stand in its places.
    fn frame(&self, word: usize, rank: usize, candidate: &Candidate, sides: Sides, seen: &mut Seen) {
        let frame = self.frames.get(candidate.frame);
        let near = if candidate.missed > 0 { "near" } else { "fires" };
        let rank = rank.min(1) as u64;
        let kind = Hash::new("frame").text(near).text(&frame.kind);
        seen.note(kind);
        let holds = |groups: &[Vec<usize>], side: Option<usize>| {
            let Some(side) = side else { return 0_u64 };
            let tree = self.syntax.view.tree;
            let (mut exact, mut inside) = (false, false);
            for &place in groups.iter().flatten().filter(|&&place| place != word) {
                exact |= place == side || tree.head(side) == Some(place) && tree.deprel(side) == Deprel::Conj;
                inside |= tree.is_under(side, place);
            }
            if exact {
                3
            } else if inside {
                2
            } else {
                1
            }
        };
        let fit = holds(&candidate.actors, sides.source) * 4 + holds(&candidate.recipients, sides.target);
        seen.note(kind.text("fit").number(fit).number(rank));
        seen.note(Hash::new("any frame").text(near).number(fit).number(rank));
        seen.note(Hash::new("weight").text(near).number((candidate.weight / 4).min(5) as u64).number(rank));
        seen.note(Hash::new("frame id").text(&frame.id));
    }

    /// The words below it, and those of the whole sentence.
    fn bags(&self, word: usize, sides: Sides, seen: &mut Seen) {
        let syntax = &self.syntax;
        let counts = |&other: &usize| {
            matches!(syntax.upos(other), Upos::Noun | Upos::Verb | Upos::Adj)
                && other != word
                && Some(other) != sides.source
                && Some(other) != sides.target
        };
        for below in syntax.view.tree.descend(word).filter(counts).take(BAG) {
            seen.note(Hash::new("below").text(syntax.lemma(below)));
            self.row(below, 6, seen);
        }
        for other in (0..syntax.view.len()).filter(counts).take(2 * BAG) {
            self.row(other, 7, seen);
        }
    }
}

/// Relations by which a word stands inside a phrase.
fn is_inside(deprel: Deprel) -> bool {
    matches!(
        deprel,
        Deprel::Conj
            | Deprel::Appos
            | Deprel::Flat
            | Deprel::Compound
            | Deprel::Amod
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::NmodDesc
            | Deprel::Dep
    )
}
