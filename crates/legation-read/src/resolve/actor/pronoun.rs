//! Pronouns: the nearest actor that agrees, subjects before others; nobody where none agrees.

use super::cast::{Cast, Turn, is_subject};
use super::{ActorId, ActorKind};
use crate::data::reference::{Pronoun, PronounUse, WordUse};
use crate::mention::{Mention, MentionKind};
use crate::parse::{Deprel, SentenceView, Upos};

/// A pronoun points so many sentences back.
const REACH: usize = 3;

impl Cast<'_> {
    /// Whom a pronoun stands for.
    pub(super) fn pronoun(&mut self, mention: &Mention) -> Vec<ActorId> {
        let Some(pronoun) = mention.parts.pronoun else { return Vec::new() };
        let view = self.parsed.sentence(mention.sentence);
        if pronoun.role == PronounUse::Pair {
            return self.parties(mention, false, 2);
        }
        if pronoun.many && self.is_mutual(view, mention) {
            let beside = self
                .recent(mention.sentence, 0)
                .find(|turn| turn.ids.len() == 2 && turn.subject)
                .map(|turn| turn.ids.clone());
            let parties = beside.unwrap_or_else(|| self.parties(mention, false, 2));
            if !parties.is_empty() {
                return parties;
            }
        }
        let mut barred = self.speakers(view, mention);
        // "Trump said he trusted him": whom the clause has as subject is not its object, by whatever name.
        for turn in self.recent(mention.sentence, 0) {
            if self.is_barred(view, mention, pronoun, turn) && !turn.span.contains(mention.span) {
                barred.extend_from_slice(&turn.ids);
            }
        }
        let mut best: Option<(i32, &Turn)> = None;
        for turn in self.recent(mention.sentence, REACH) {
            if !self.agrees(turn, pronoun)
                || turn.ids.iter().any(|id| barred.contains(id))
                || self.is_barred(view, mention, pronoun, turn)
            {
                continue;
            }
            let score = self.salience(view, mention, pronoun, turn);
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, turn));
            }
        }
        let Some((_, turn)) = best.filter(|(score, _)| *score > 0) else {
            let is_they = pronoun.many && pronoun.role == PronounUse::Subject;
            return if is_they { self.two_beside(mention) } else { Vec::new() };
        };
        let ids = turn.ids.clone();
        if let (&[id], Some(gender @ ('f' | 'm'))) = (&ids[..], pronoun.gender) {
            self.entities[id.0 as usize].gender = Some(gender);
        }
        ids
    }

    /// "Kenya's president met Norway's. They signed ...": two persons of known countries of whom this sentence or the
    /// one before tells.
    fn two_beside(&mut self, mention: &Mention) -> Vec<ActorId> {
        let two = self.parties(mention, true, 2);
        let is_near = |id: &ActorId| self.recent(mention.sentence, 1).any(|turn| turn.ids.contains(id));
        let is_sure = two.iter().all(|id| is_near(id) && self.state_of(*id).is_some());
        if is_sure { two } else { Vec::new() }
    }

    /// A possessive before the subject of its clause points forward to it: "In his speech, Lavrov said".
    pub(super) fn points_forward(&self, mention: &Mention, mentions: &[Mention]) -> bool {
        let Some(pronoun) = mention.parts.pronoun else { return false };
        if mention.kind != MentionKind::Pronoun
            || pronoun.gender == Some('n') && pronoun.role != PronounUse::Possessive
        {
            return false;
        }
        let view = self.parsed.sentence(mention.sentence);
        let tree = view.tree;
        let subject = tree.children(tree.root()).find(|&child| tree.deprel(child).is_subject());
        let Some(subject) = subject.filter(|&subject| subject > mention.head) else { return false };
        let inside = tree.is_under(mention.head, subject);
        let plural = |other: &Mention| tree.children_by(other.head, Deprel::Conj).next().is_some();
        let fits = mentions.iter().any(|other| {
            other.head == subject
                && other.kind == MentionKind::Name
                && (pronoun.many == plural(other))
                && (Cast::is_person(other) != (pronoun.gender == Some('n')) || pronoun.many)
        });
        let quoted = self.quoted(mention.span) != self.quoted(view.span(subject));
        !inside && fits && !quoted && pronoun.role == PronounUse::Possessive
    }

    /// Whether number, gender and kind allow it.
    fn agrees(&self, turn: &Turn, pronoun: Pronoun) -> bool {
        if pronoun.many {
            let plural = turn.ids.len() > 1;
            let people = turn.ids.len() == 1 && {
                let kind = self.get(turn.ids[0]).kind;
                self.entity(turn.ids[0]).many
                    || matches!(kind, ActorKind::People | ActorKind::Group | ActorKind::Outlet)
                    || kind == ActorKind::Government
                    || kind == ActorKind::Organisation
            };
            return plural || people;
        }
        let &[id] = &turn.ids[..] else { return false };
        let (actor, entity) = (self.get(id), self.entity(id));
        match pronoun.gender {
            Some('n') => !matches!(actor.kind, ActorKind::Person | ActorKind::People) && !entity.many,
            gender => {
                actor.kind == ActorKind::Person
                    && (entity.gender.is_none() || gender.is_none() || entity.gender == gender)
            }
        }
    }

    /// "their ties": of the two who were named.
    fn is_mutual(&self, view: SentenceView<'_>, mention: &Mention) -> bool {
        let Some(noun) = view.tree.head(mention.head).filter(|&noun| noun > mention.head) else {
            return false;
        };
        self.data.reference.has_use(view.tree.lemma(noun), WordUse::Mutual)
    }

    /// Who speaks a quotation that a pronoun stands in: "he" is not the one who says it.
    fn speakers(&self, view: SentenceView<'_>, mention: &Mention) -> Vec<ActorId> {
        let Some(quotation) = self.quoted(mention.span) else { return Vec::new() };
        let from =
            if self.is_all_quoted(view) { mention.sentence.saturating_sub(1) } else { mention.sentence };
        let speaking = self.recent(mention.sentence, 1).filter(|turn| turn.sentence == from && turn.subject);
        let main = speaking.filter(|turn| {
            let tree = self.parsed.sentence(turn.sentence).tree;
            tree.head(turn.head) == Some(tree.root()) || turn.sentence == mention.sentence
        });
        let outside = main.filter(|turn| self.quoted(turn.span) != Some(quotation));
        outside.flat_map(|turn| turn.ids.iter().copied()).collect()
    }

    /// Whether grammar forbids it: "Putin met him" is not about one man.
    fn is_barred(&self, view: SentenceView<'_>, mention: &Mention, pronoun: Pronoun, turn: &Turn) -> bool {
        if turn.span.contains(mention.span) {
            return true;
        }
        if turn.sentence != mention.sentence || pronoun.role != PronounUse::Object {
            return false;
        }
        let verb = |word: usize| view.tree.ancestors(word).find(|&above| view.tree.upos(above) == Upos::Verb);
        let own = verb(mention.head);
        let above = own.filter(|&own| view.tree.deprel(own) == Deprel::Advcl).and_then(|own| {
            let has_subject = view.tree.children(own).any(|child| view.tree.deprel(child).is_subject());
            if has_subject { None } else { verb(own) }
        });
        let theirs = verb(turn.head);
        turn.subject && theirs.is_some() && (theirs == own || theirs == above)
    }

    /// Whether a sentence is nothing but a quotation.
    fn is_all_quoted(&self, view: SentenceView<'_>) -> bool {
        let (first, last) = (view.span(0), view.span(view.len() - 1));
        let quotation = self.quoted(first);
        quotation.is_some() && quotation == self.quoted(last)
    }

    /// How much a turn comes to mind at a pronoun; nothing at or below zero is taken.
    fn salience(&self, view: SentenceView<'_>, mention: &Mention, pronoun: Pronoun, turn: &Turn) -> i32 {
        let away = i32::try_from(mention.sentence - turn.sentence).unwrap_or(i32::MAX / 64);
        let mut score = 100 - 45 * away;
        if turn.subject {
            score += 25;
        }
        if turn.attribute {
            score -= if view.tree.len() > turn.head
                && turn.sentence == mention.sentence
                && view.tree.deprel(turn.head) == Deprel::NmodPoss
            {
                5
            } else {
                15
            };
        }
        // "British MPs voted against it": not against Britain.
        let adjective = self.parsed.sentence(turn.sentence).tree.deprel(turn.head) == Deprel::Amod;
        if adjective && pronoun.role != PronounUse::Possessive && !is_subject(view, mention.head) {
            score -= 60;
        }
        if is_subject(view, mention.head) && turn.subject {
            score += 8;
        }
        let in_quotation = self.quoted(mention.span);
        if in_quotation.is_some() && self.quoted(turn.span) == in_quotation {
            score += 20;
        }
        if pronoun.many {
            score += if turn.ids.len() > 1 { 12 } else { 0 };
            let kind = self.get(turn.ids[0]).kind;
            if turn.ids.len() == 1 && kind != ActorKind::People {
                score -= 25;
            }
        }
        if pronoun.gender == Some('n') {
            if pronoun.role == PronounUse::Subject && !turn.subject {
                score -= 60;
            }
            if away > 1 {
                score -= 40;
            }
        }
        if view.tree.deprel(mention.head) == Deprel::Expl {
            return 0;
        }
        score
    }
}
