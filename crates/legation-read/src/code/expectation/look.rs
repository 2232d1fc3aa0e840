//! One sentence, asked what in it lies ahead.

use std::borrow::Cow;

use crate::{
    code::{Scene, event::syntax::Syntax, statement::Statement},
    data::planned::{PlannedRole, PlannedWord},
    parse::{Deprel, SentenceView, Tense, Upos},
};

/// How far up a chain of words is followed.
const DEPTH: usize = 6;

/// What a verb's own words and those above it say of when it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It is to come: "will", "is to"; or planned by the word given: "plans to".
    Ahead(Option<usize>),
    /// Present tense, which is ahead with a date that is.
    Present,
    /// "could", "if", "would" in nobody's report.
    Doubtful,
    /// "will not", "no plans to".
    Negated,
    /// Past, or nothing said.
    Over,
}

/// One sentence of a scene.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) syntax: Syntax<'a>,
    pub(super) statements: &'a [Statement],
}

impl<'a> Look<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, statements: &'a [Statement], view: SentenceView<'a>) -> Look<'a> {
        Look { scene, statements, syntax: Syntax { view, frames: &scene.data.frames } }
    }

    pub(super) fn view(&self) -> SentenceView<'a> {
        self.syntax.view
    }

    /// A word as written, in lower case.
    pub(super) fn lower(&self, word: usize) -> Cow<'a, str> {
        let form = self.view().word(word);
        if form.chars().any(char::is_uppercase) { form.to_lowercase().into() } else { form.into() }
    }

    /// What the lexicon says of a word in a role.
    pub(super) fn entry(&self, word: usize, role: PlannedRole) -> Option<&'a PlannedWord> {
        let form = self.lower(word);
        let other = self.syntax.child(word, Deprel::CompoundPrt).is_some();
        let mut plain = None;
        for entry in self.scene.data.planned.find(&form, role) {
            match &entry.particle {
                Some(particle) if self.has_particle(word, particle) => return Some(entry),
                // "set off" is not "set"
                None if !other => plain = plain.or(Some(entry)),
                _ => {}
            }
        }
        plain
    }

    fn has_particle(&self, word: usize, particle: &str) -> bool {
        let first = particle.split(' ').next().unwrap_or(particle);
        let words = particle.split(' ').zip(word + 1..);
        let mut words = words.map(|(part, at)| at < self.view().len() && self.view().word(at) == part);
        let next = words.all(|is_next| is_next);
        // "pull its troops back"
        next || self.syntax.children(word).any(|child| {
            matches!(self.syntax.deprel(child), Deprel::CompoundPrt | Deprel::Advmod)
                && child > word
                && self.view().word(child) == first
        })
    }

    pub(super) fn is(&self, word: usize, role: PlannedRole) -> bool {
        self.entry(word, role).is_some()
    }

    /// When a verb (or a predicate with a copula) is.
    pub(super) fn outlook(&self, verb: usize) -> Outlook {
        self.outlook_within(verb, DEPTH)
    }

    fn outlook_within(&self, verb: usize, depth: usize) -> Outlook {
        if depth == 0 {
            return Outlook::Over;
        }
        let auxiliary = self.auxiliaries(verb);
        if let Some(outlook) = auxiliary {
            return outlook;
        }
        if self.to(verb).is_some() {
            return self.infinitive(verb, depth);
        }
        // "will fly to Oslo and meet the king": the auxiliary is shared
        if self.syntax.deprel(verb) == Deprel::Conj
            && self.syntax.child_of(verb, Deprel::Nsubj).is_none()
            && let Some(head) = self.syntax.head(verb).filter(|&head| self.syntax.is_verbal(head))
            && self.view().tree.feats(verb).tense.is_none()
        {
            return self.outlook_within(head, depth - 1);
        }
        self.tense(verb)
    }

    /// What auxiliaries, negations and conjunctions before the verb decide.
    fn auxiliaries(&self, verb: usize) -> Option<Outlook> {
        let mut outlook = None;
        for child in self.syntax.children(verb).filter(|&child| child < verb) {
            let relation = self.syntax.deprel(child);
            let helper = matches!(relation.base(), Deprel::Aux | Deprel::Cop);
            match &*self.lower(child) {
                "not" | "n't" | "n’t" | "never" => return Some(Outlook::Negated),
                "if" | "unless" | "whether" if relation == Deprel::Mark => return Some(Outlook::Doubtful),
                "will" | "’ll" | "'ll" | "shall" | "wo" | "must" if helper => {
                    outlook = Some(Outlook::Ahead(None));
                }
                "would" if helper && self.is_reported(verb) && !self.has_condition(verb) => {
                    outlook = Some(Outlook::Ahead(None));
                }
                "would" | "could" | "might" | "may" | "can" | "should" if helper => {
                    outlook = Some(Outlook::Doubtful);
                }
                // "was to have taken place" is no perfect
                "have" if self.to(verb).is_some_and(|to| to < child) => {}
                "have" | "has" | "had" | "did" if helper && outlook.is_none() => {
                    outlook = Some(Outlook::Over);
                }
                _ => {}
            }
        }
        outlook
    }

    /// Whether an "if" hangs on a verb.
    fn has_condition(&self, verb: usize) -> bool {
        let clauses =
            self.syntax.children(verb).filter(|&child| self.syntax.deprel(child).base() == Deprel::Advcl);
        clauses.into_iter().any(|clause| {
            self.syntax.children(clause).any(|mark| matches!(&*self.lower(mark), "if" | "unless"))
        })
    }

    /// Whether somebody is reported as having said it.
    pub(super) fn is_reported(&self, verb: usize) -> bool {
        let span = self.view().span(verb);
        let start = |statement: &Statement| statement.content.first().map_or(0, |piece| piece.start);
        let after = self.statements.partition_point(|statement| start(statement) <= span.start);
        let near = &self.statements[after.saturating_sub(8)..after];
        near.iter().any(|statement| statement.content.iter().any(|piece| piece.contains(span)))
            || self.syntax.deprel(verb) == Deprel::Ccomp
    }

    /// "plans to visit", "is to visit", "Bush to visit Kenya".
    fn infinitive(&self, verb: usize, depth: usize) -> Outlook {
        let is_be = |child: usize| matches!(&*self.lower(child), "is" | "are" | "was" | "were" | "am");
        let helpers = |child: &usize| matches!(self.syntax.deprel(*child).base(), Deprel::Aux | Deprel::Cop);
        if self.syntax.children(verb).filter(helpers).any(is_be) {
            return Outlook::Ahead(None);
        }
        // "are due to resume": whatever the tree makes of "due to"
        let before = self
            .to(verb)
            .and_then(|to| to.checked_sub(1))
            .filter(|&before| self.syntax.head(before) == Some(verb));
        if before.is_some_and(|before| self.is(before, PlannedRole::Plan)) {
            return Outlook::Ahead(before);
        }
        let Some(head) = self.syntax.head(verb) else { return Outlook::Ahead(None) };
        if self.is(head, PlannedRole::Plan) || self.is(head, PlannedRole::Ahead) {
            if self.has_no(head) {
                return Outlook::Negated;
            }
            return match self.auxiliaries(head) {
                Some(Outlook::Negated) => Outlook::Negated,
                Some(Outlook::Doubtful) => Outlook::Doubtful,
                _ => Outlook::Ahead(Some(head)),
            };
        }
        match self.syntax.deprel(verb) {
            Deprel::Conj | Deprel::Advcl | Deprel::Xcomp => match self.outlook_within(head, depth - 1) {
                Outlook::Ahead(planner) => Outlook::Ahead(planner),
                // a headline: "Bush signs treaty, to fly to Kenya"
                Outlook::Present if self.is_behind_comma(verb) => Outlook::Ahead(None),
                _ => Outlook::Over,
            },
            // a headline: "Bush to visit Kenya"
            Deprel::Root | Deprel::Parataxis if self.syntax.child_of(verb, Deprel::Nsubj).is_some() => {
                Outlook::Ahead(None)
            }
            _ => Outlook::Over,
        }
    }

    /// Whether the "to" of an infinitive follows a comma.
    fn is_behind_comma(&self, verb: usize) -> bool {
        self.to(verb).and_then(|to| to.checked_sub(1)).is_some_and(|before| self.view().word(before) == ",")
    }

    fn to(&self, verb: usize) -> Option<usize> {
        self.syntax.children(verb).find(|&child| child < verb && self.view().word(child) == "to")
    }

    /// "no meeting", "neither side".
    pub(super) fn has_no(&self, noun: usize) -> bool {
        self.syntax.children(noun).any(|child| matches!(&*self.lower(child), "no" | "neither" | "any"))
    }

    fn tense(&self, verb: usize) -> Outlook {
        let tree = self.view().tree;
        let feats = tree.feats(verb);
        let is_being =
            |child: usize| matches!(&*self.lower(child), "is" | "are" | "’s" | "'s" | "’re" | "am");
        let now = self.syntax.children(verb).any(|child| {
            matches!(self.syntax.deprel(child).base(), Deprel::Aux | Deprel::Cop) && is_being(child)
        });
        let present = feats.tense == Some(Tense::Pres) && tree.upos(verb) == Upos::Verb;
        if now || (present && !self.syntax.is_gerund(verb)) { Outlook::Present } else { Outlook::Over }
    }
}
