//! The state in question: whose somebody is of whom the words do not say it.

use super::cast::{Cast, Turn};
use super::describe::Description;
use super::{ActorId, ActorKind};
use crate::data::agents::{Agent, AgentKind};
use crate::data::reference::WordUse;
use crate::data::registers::StateId;
use crate::mention::{Mention, MentionKind};
use crate::parse::{Deprel, Upos};

/// Where something happens is said so many sentences before at most.
const SCENE: usize = 2;

impl Cast<'_> {
    /// The state of somebody without one in the phrase: for what every state has one of, the state in question; for
    /// people in the street, the place of the sentence.
    pub(super) fn guess(
        &self,
        mention: &Mention,
        agent: &Agent,
        description: &Description,
    ) -> Option<StateId> {
        let of_state = matches!(&*agent.sector, "GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY" | "OPP");
        let of_place = matches!(
            &*agent.sector,
            "CVL" | "REB" | "LAB" | "AGR" | "HLH" | "REF" | "CRM" | "PTY" | "OPP" | "EDU"
        );
        // Ministers, presidents and ambassadors meet abroad.
        if agent.many && !agent.roles.is_empty() && &*agent.sector == "GOV" {
            return None;
        }
        let official = agent.borrows && description.sector.as_deref() == Some("GOV");
        if of_state
            && !official
            && (description.definite || agent.kind != AgentKind::Person && !description.indefinite)
        {
            // Police are of where they are, in this sentence or the ones before; troops may be anywhere.
            let near = if &*agent.sector == "COP" { self.scene(mention, SCENE) } else { None };
            return near.or_else(|| self.context(mention, description.definite));
        }
        if of_state {
            let at_home = || if agent.many { self.survey.dominant() } else { None };
            return self.place_beside(mention).or_else(at_home);
        }
        if of_place && agent.kind != AgentKind::Body {
            return self.scene(mention, 0);
        }
        if of_place { self.place_beside(mention) } else { None }
    }

    /// The country where a sentence happens: of a place that it says something is at, else the one that the report is
    /// about, else of a place in the sentences before.
    pub(super) fn scene(&self, mention: &Mention, back: usize) -> Option<StateId> {
        let before = mention.sentence.saturating_sub(back)..mention.sentence;
        self.place_in(mention.sentence)
            .or_else(|| self.survey.dominant())
            .or_else(|| before.rev().find_map(|sentence| self.place_in(sentence)))
    }

    /// The state in question at a mention: named before it in the sentence, the place of the sentence, the subject of
    /// the sentences before, and for what is taken as known, the state that the document is mostly about.
    pub(super) fn context(&self, mention: &Mention, definite: bool) -> Option<StateId> {
        let usable =
            |id: &ActorId| !matches!(self.get(*id).kind, ActorKind::Outlet | ActorKind::Organisation);
        let here = || self.recent(mention.sentence, 0).filter(|turn| !self.is_seat_abroad(turn));
        // "thanked Oslo, but the opposition": of the subject's country.
        let here = here().filter(|turn| turn.subject).chain(here());
        let here = here.flat_map(|turn| turn.ids.iter()).filter(|id| usable(id));
        let before = || {
            let turns = || self.recent(mention.sentence, 3).filter(|turn| turn.sentence < mention.sentence);
            let subjects = turns().filter(|turn| turn.subject);
            subjects
                .chain(turns().filter(|turn| !self.is_venue(turn)))
                .flat_map(|turn| turn.ids.iter())
                .filter(|id| usable(id))
                .find_map(|id| self.state_of(*id))
        };
        self.place_beside(mention)
            .or_else(|| here.into_iter().find_map(|id| self.state_of(*id)))
            .or_else(|| if definite { self.survey.dominant() } else { None })
            .or_else(|| {
                let found = before();
                // "The army" is that of the state a report tells most of, not of one named by the way.
                let main = self.survey.main().filter(|_| definite);
                main.filter(|main| {
                    found.is_some_and(|found| self.survey.count(*main) >= 3 * self.survey.count(found).max(1))
                })
                .or(found)
            })
            .or_else(|| if definite { self.survey.main() } else { None })
    }

    /// "the Qatari embassy", and Qatar in it: troops beside it are another state's.
    fn is_seat_abroad(&self, turn: &Turn) -> bool {
        let tree = self.parsed.sentence(turn.sentence).tree;
        let modifies = matches!(tree.deprel(turn.head), Deprel::Amod | Deprel::Compound);
        let noun = tree.head(turn.head).filter(|_| modifies);
        let is_seat = |word: usize| self.data.reference.has_use(tree.lemma(word), WordUse::Seat);
        is_seat(turn.head) || noun.is_some_and(is_seat)
    }

    /// The country of a place that the sentence says something is at.
    pub(super) fn place_beside(&self, mention: &Mention) -> Option<StateId> {
        self.place_in(mention.sentence)
    }

    fn place_in(&self, sentence: usize) -> Option<StateId> {
        let view = self.parsed.sentence(sentence);
        self.mentions_in(sentence)
            .iter()
            .filter(|other| other.kind == MentionKind::Name && other.words.start > 0)
            .filter(|other| {
                // "in the south of Serbia" is too far; "in southern Serbia", "in the Gaza Strip" are not.
                let before = (0..other.words.start)
                    .rev()
                    .take(3)
                    .find(|&word| !matches!(view.tree.upos(word), Upos::Det | Upos::Adj | Upos::Adv));
                before.is_some_and(|before| {
                    self.data.reference.has_use(&view.word(before).to_lowercase(), WordUse::At)
                })
            })
            // "after talks in Tbilisi" says where those who met were.
            .filter(|other| {
                let noun =
                    view.tree.head(other.head).filter(|_| view.tree.deprel(other.head) == Deprel::Nmod);
                !noun.is_some_and(|noun| self.data.reference.has_use(view.tree.lemma(noun), WordUse::Mutual))
            })
            .filter_map(|other| self.places.at(sentence, other.words.end - 1))
            .find_map(|place| self.data.registers.state(self.places.get(place).country.as_deref()?))
    }

    /// "in the Kenyan capital", "at the Kenyan embassy": whose the place is where something else is told of.
    pub(super) fn is_venue(&self, turn: &Turn) -> bool {
        let tree = self.parsed.sentence(turn.sentence).tree;
        let modifies = matches!(tree.deprel(turn.head), Deprel::Amod | Deprel::Compound);
        let Some(noun) = tree.head(turn.head).filter(|_| modifies) else { return false };
        let held = |case: usize| self.data.reference.has_use(&tree.lemma(case).to_lowercase(), WordUse::At);
        let nobody = self.actors.at(turn.sentence, noun).is_empty();
        nobody && tree.children_by(noun, Deprel::Case).any(held)
    }
}
