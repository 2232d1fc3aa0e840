//! Whether it happened: tense, modality, negation and the words above an event, up to the top of the sentence.

mod above;
mod own;

use super::{
    Status,
    syntax::{DEPTH, Syntax},
};
use crate::{
    data::frames::{Effect, Operators},
    parse::Deprel,
};

/// What bears on a word of a sentence, whatever frames fire in it.
pub(in crate::code) fn plain_effect(syntax: Syntax<'_>, word: usize) -> Effect {
    Judge::new(syntax, &[]).effect(word)
}

/// Whether a word is negated.
pub(in crate::code) fn is_negated(syntax: Syntax<'_>, word: usize) -> bool {
    Judge::new(syntax, &[]).is_negated(word)
}

/// Judges the status of words of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) syntax: Syntax<'a>,
    pub(super) operators: &'a Operators,
    /// What each word does to an event in its object or complement because a frame fired there.
    pub(super) inner: &'a [Effect],
    /// Whether what denies or cancels is passed over, so that only time and mood are judged.
    pub(super) affirmed: bool,
}

impl<'a> Judge<'a> {
    pub(super) fn new(syntax: Syntax<'a>, inner: &'a [Effect]) -> Judge<'a> {
        Judge { syntax, operators: &syntax.frames.operators, inner, affirmed: false }
    }

    /// The effect of all that bears on a word; the strongest wins.
    pub(super) fn effect(&self, word: usize) -> Effect {
        let own = self.own(word);
        let question = self.question();
        let first = word;
        let mut effect = own.max(question);
        let mut word = word;
        for _ in 0..DEPTH {
            let Some(head) = self.syntax.head(word).filter(|&head| !self.is_parted(word, head)) else {
                break;
            };
            let (step, go_on) = self.step(word, head);
            // "backed the scheduled visit": what is scheduled stays so whatever is done to it, short of calling it off.
            effect =
                if own == Effect::Planned && step == Effect::Conditional { effect } else { effect.max(step) };
            if !go_on {
                break;
            }
            word = head;
        }
        // "announced that it had lost", "wants to know what happened": what is told as past is not to come.
        let clause = self.syntax.deprel(first) != Deprel::Advcl;
        let to_come = clause && matches!(effect, Effect::Announced | Effect::Planned);
        if to_come && self.is_told(first) { own.max(question) } else { effect }
    }

    /// Whether a verb stands in the past or the perfect: "happened", "was chosen", "has left".
    fn is_told(&self, verb: usize) -> bool {
        let first = self
            .syntax
            .children(verb)
            .find(|&child| matches!(self.syntax.deprel(child), Deprel::Aux | Deprel::AuxPass));
        let told = |word: usize| self.is_finite_past(word) || self.syntax.lemma(word) == "have";
        let infinitive = self.syntax.is_infinitive(verb);
        self.syntax.is_verbal(verb) && !infinitive && first.map_or_else(|| self.is_finite_past(verb), told)
    }

    /// "Paris backed it; London warned of trouble": a semicolon parts what the parser has joined.
    fn is_parted(&self, word: usize, head: usize) -> bool {
        let between = word.min(head)..word.max(head);
        self.syntax.is_verbal(word) && between.into_iter().any(|word| self.syntax.view.word(word) == ";")
    }

    /// Whether what bears on a word is only an expectation, a hope or an attempt.
    pub(super) fn is_guessed(&self, word: usize) -> bool {
        let mut word = word;
        for _ in 0..DEPTH {
            let Some(head) = self.syntax.head(word) else { return false };
            let (step, go_on) = self.step(word, head);
            let guess = |name: &str| self.operators.is_guess(name);
            let guessed = guess(self.syntax.lemma(head)) || guess(&self.syntax.verb_name(head));
            if step != Effect::Keep && guessed {
                return true;
            }
            if !go_on {
                return false;
            }
            word = head;
        }
        false
    }

    /// "went to thank them": what was done was done for it, so that when it is told it is to come no more.
    pub(super) fn is_past_purpose(&self, word: usize) -> bool {
        let clause = self.syntax.deprel(word) == Deprel::Advcl && self.syntax.is_infinitive(word);
        let head = self.syntax.head(word).filter(|_| clause);
        head.is_some_and(|head| {
            self.is_told(head)
                && self.syntax.lemma(head) != "be"
                && self.operator(head) == Effect::Keep
                && self.effect(head) == Effect::Keep
        })
    }

    /// "may have left", "would have paid": open, but not to come.
    pub(super) fn is_past_chance(&self, word: usize) -> bool {
        let auxiliary = |lemma: &str| {
            self.syntax
                .children(word)
                .any(|child| self.syntax.deprel(child) == Deprel::Aux && self.syntax.lemma(child) == lemma)
        };
        auxiliary("have") && !auxiliary("will")
    }

    /// What a word gets from its head, and whether what stands above that bears on it too.
    fn step(&self, word: usize, head: usize) -> (Effect, bool) {
        let syntax = &self.syntax;
        match syntax.deprel(word) {
            Deprel::Xcomp if self.is_performed(word, head) => (Effect::Keep, false),
            Deprel::Xcomp | Deprel::Csubj | Deprel::CsubjPass => (self.clause_of(word, head, true), true),
            Deprel::Ccomp => (self.clause_of(word, head, false), true),
            Deprel::Obj | Deprel::NsubjPass => {
                let passes = self.carries(head) || self.shares_end(word, head);
                (self.argument(word, head), passes && !self.is_there(word, head))
            }
            Deprel::Nsubj => (self.as_subject(word, head), self.carries(head)),
            Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => {
                (self.oblique(word, head), self.carries(head))
            }
            Deprel::Nmod | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc => {
                let operator = self.of_noun(word, head);
                let measured = self.operators.is_container(self.syntax.lemma(head));
                (operator.max(self.case_effect(word)), measured || operator != Effect::Keep)
            }
            // "to try pirates arrested by the navy": what only describes a noun takes nothing from above it.
            Deprel::Acl => {
                (self.noun_clause(word, head), !self.is_bare_participle(word) || self.syntax.is_gerund(word))
            }
            Deprel::Advcl => (self.adverbial(word, head), false),
            Deprel::Conj => (self.conjunct(word, head), !self.is_apart(word, head)),
            Deprel::Appos | Deprel::Parataxis => (Effect::Keep, false),
            _ => (Effect::Keep, false),
        }
    }
}

/// What an announcement does to an event of this type: words impose sanctions and lift bans, but do not meet or march.
pub(super) fn announced(effect: Effect, kind: &str) -> Effect {
    let by_words = matches!(kind, "SANCTION" | "COERCE" | "CONCEDE" | "REJECT" | "SUPPORT" | "ACCUSE");
    match effect {
        Effect::Announced if by_words => Effect::Keep,
        Effect::Announced => Effect::Planned,
        effect => effect,
    }
}

/// The status that an effect leaves.
pub(super) fn status(effect: Effect) -> Status {
    match effect {
        Effect::Keep => Status::Happened,
        Effect::Ongoing => Status::Ongoing,
        Effect::Planned | Effect::Announced => Status::Planned,
        Effect::Conditional | Effect::Drop => Status::Conditional,
        Effect::Negated => Status::Negated,
        Effect::Cancelled => Status::Cancelled,
        Effect::Denied => Status::Denied,
    }
}
