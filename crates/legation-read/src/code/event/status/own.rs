//! What a word says of itself: its tense, its auxiliaries and adverbs, its negation, the adjectives of a noun.

use super::Judge;
use crate::{
    data::frames::Effect,
    parse::{Deprel, Tense, Upos, VerbForm},
};

impl Judge<'_> {
    pub(super) fn is_finite_past(&self, verb: usize) -> bool {
        let feats = self.syntax.view.tree.feats(verb);
        feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Past)
    }

    /// Tense, modality and negation of the word itself.
    pub(in super::super) fn own(&self, word: usize) -> Effect {
        if self.syntax.upos(word) == Upos::Noun || self.syntax.upos(word) == Upos::Propn {
            return self.own_of_noun(word);
        }
        if self.is_negated(word) && !self.affirmed {
            return Effect::Negated;
        }
        let mut effect = self.before_infinitive(word);
        // "Minister to visit Paris"
        let to = |child: usize| child < word && self.syntax.lemma(child) == "to";
        if self.syntax.deprel(word) == Deprel::Root
            && self.syntax.is_infinitive(word)
            && self.syntax.children(word).any(to)
        {
            effect = effect.max(Effect::Planned);
        }
        for child in self.syntax.children(word) {
            effect = effect.max(match self.syntax.deprel(child) {
                Deprel::AuxPass if self.syntax.is_infinitive(word) => self.auxiliary(word, child),
                Deprel::Aux | Deprel::Cop if self.is_beside(child, word) => self.auxiliary(word, child),
                Deprel::Mark => match self.marker(self.syntax.lemma(child)) {
                    Effect::Conditional => Effect::Drop,
                    effect => effect,
                },
                Deprel::Advmod => adverb(self.syntax.lemma(child)).max(self.habit(word, child)),
                _ => Effect::Keep,
            });
        }
        if matches!(effect, Effect::Planned | Effect::Keep) && self.has_condition(word) {
            return effect.max(Effect::Conditional);
        }
        effect
    }

    /// "will leave unless", "would act if": with a condition of its own, and told of what is to come.
    fn has_condition(&self, verb: usize) -> bool {
        let syntax = &self.syntax;
        let open = syntax.children(verb).any(|child| {
            syntax.deprel(child) == Deprel::Aux
                && matches!(syntax.lemma(child), "will" | "would" | "'ll" | "shall")
        });
        open && syntax.children(verb).any(|child| {
            syntax.deprel(child) == Deprel::Advcl
                && (matches!(syntax.case(child), Some("if" | "unless" | "once" | "provided"))
                    || syntax.children(child).any(|mark| {
                        syntax.deprel(mark) == Deprel::Mark && matches!(syntax.lemma(mark), "if" | "unless")
                    }))
        })
    }

    /// "often makes promises": a habit told in the present is no event.
    fn habit(&self, verb: usize, adverb: usize) -> Effect {
        let feats = self.syntax.view.tree.feats(verb);
        let present = feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Pres);
        let often = matches!(
            self.syntax.lemma(adverb),
            "often" | "usually" | "always" | "generally" | "typically" | "sometimes" | "rarely" | "seldom"
        );
        if present && often { Effect::Drop } else { Effect::Keep }
    }

    /// Whether an auxiliary stands right before its verb, adverbs apart; others the parser has misplaced.
    fn is_beside(&self, auxiliary: usize, verb: usize) -> bool {
        let question = self.syntax.view.word(self.syntax.view.len() - 1) == "?";
        question
            || auxiliary < verb
                && (auxiliary + 1..verb).all(|word| {
                    matches!(
                        self.syntax.upos(word),
                        Upos::Adv | Upos::Part | Upos::Aux | Upos::Adj | Upos::Det | Upos::Punct | Upos::Adp
                    ) || self.syntax.deprel(word) == Deprel::Conj
                        || self.syntax.head(word) == Some(verb)
                            && !self.syntax.is_verbal(word)
                            && !self.syntax.is_verbal(verb)
                })
    }

    fn auxiliary(&self, verb: usize, auxiliary: usize) -> Effect {
        let syntax = &self.syntax;
        match syntax.lemma(auxiliary) {
            "will" | "shall" | "'ll" => Effect::Planned,
            "would" | "'d" if syntax.lemma(verb) == "like" => Effect::Keep,
            "would" | "'d" if self.is_reported(verb) => Effect::Planned,
            "would" | "could" | "may" | "might" | "can" | "should" | "must" | "ought" => Effect::Conditional,
            "be" if syntax.is_infinitive(verb) && is_finite_be(syntax.view.word(auxiliary)) => {
                Effect::Planned
            }
            "be" if syntax.is_gerund(verb)
                && syntax.view.tree.feats(auxiliary).tense == Some(Tense::Pres) =>
            {
                if syntax.lemma(verb) == "go" { Effect::Planned } else { Effect::Ongoing }
            }
            // "the talks were going to end": past or present, with an infinitive it is what was to come.
            "be" if syntax.is_gerund(verb) && syntax.lemma(verb) == "go" && self.has_infinitive(verb) => {
                Effect::Planned
            }
            _ => Effect::Keep,
        }
    }

    fn has_infinitive(&self, verb: usize) -> bool {
        let clause = self.syntax.child(verb, Deprel::Xcomp);
        clause.is_some_and(|clause| self.syntax.is_infinitive(clause))
    }

    /// "was about to sign", "has yet to sign": what the words right before an infinitive say.
    fn before_infinitive(&self, verb: usize) -> Effect {
        let syntax = &self.syntax;
        let to = syntax
            .children(verb)
            .find(|&child| syntax.lemma(child) == "to" && syntax.upos(child) == Upos::Part);
        let Some(before) = to.and_then(|to| to.checked_sub(1)) else { return Effect::Keep };
        let waits = before > 0 && matches!(syntax.lemma(before - 1), "have" | "be" | "remain");
        match syntax.lemma(before) {
            "about" => Effect::Planned,
            "yet" | "still" if waits => self.heard(Effect::Negated),
            _ => Effect::Keep,
        }
    }

    /// Whether a clause is what somebody said: there "would" is a future in the past.
    pub(super) fn is_reported(&self, verb: usize) -> bool {
        let mut word = verb;
        for _ in 0..3 {
            match self.syntax.deprel(word) {
                Deprel::Ccomp | Deprel::Parataxis => return true,
                Deprel::Conj => {}
                _ => {
                    return self
                        .syntax
                        .children(word)
                        .any(|child| self.syntax.deprel(child) == Deprel::Parataxis);
                }
            }
            let Some(head) = self.syntax.head(word) else { return false };
            word = head;
        }
        false
    }

    pub(super) fn is_negated(&self, word: usize) -> bool {
        let syntax = &self.syntax;
        syntax.children(word).any(|child| match syntax.deprel(child) {
            // "nearly won"; but "nearly a year late"
            Deprel::Advmod if matches!(syntax.lemma(child), "nearly" | "almost") => syntax.is_verbal(word),
            Deprel::Advmod | Deprel::Det | Deprel::CcPreconj => {
                matches!(
                    syntax.lemma(child),
                    "not" | "n't" | "never" | "neither" | "nor" | "hardly" | "no" | "nowhere"
                ) || matches!(syntax.lemma(child), "long" | "longer")
                    && child > 0
                    && syntax.lemma(child - 1) == "no"
            }
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => {
                matches!(syntax.lemma(child), "nobody" | "none" | "nothing" | "neither") || self.has_no(child)
            }
            _ => false,
        })
    }

    pub(super) fn has_no(&self, noun: usize) -> bool {
        // "no more urgent task" is a task all the same; "no more tasks" are none
        let compares = |no: usize| {
            let more = no + 1;
            let inside = more < noun && matches!(self.syntax.lemma(more), "more" | "less");
            inside && self.syntax.head(more).is_some_and(|head| head > more && head != noun)
        };
        self.syntax.children(noun).any(|child| match self.syntax.deprel(child) {
            Deprel::Det => match self.syntax.lemma(child) {
                "no" => !compares(child),
                lemma => lemma == "neither",
            },
            _ => false,
        })
    }

    fn own_of_noun(&self, noun: usize) -> Effect {
        let syntax = &self.syntax;
        let mut effect = if self.has_no(noun) { self.heard(Effect::Negated) } else { Effect::Keep };
        for child in syntax.children(noun) {
            let lemma = syntax.lemma(child);
            effect = effect.max(match syntax.deprel(child) {
                Deprel::Det if lemma == "any" => Effect::Conditional,
                Deprel::Amod => self.heard(self.operators.adjective(lemma).max(self.participle(child))),
                Deprel::Acl if syntax.is_past_participle(child) && !self.is_there(noun, child) => {
                    self.operator(child).min(Effect::Denied)
                }
                Deprel::Cop | Deprel::Aux => self.auxiliary(noun, child),
                _ => Effect::Keep,
            });
        }
        effect
    }

    /// "the cancelled visit", "a planned strike": the verb's effect; "a declining number" does not decline anything.
    fn participle(&self, word: usize) -> Effect {
        let effect = self.operators.verb(self.syntax.lemma(word));
        let suffered = self.syntax.is_verbal(word) && !self.syntax.is_gerund(word);
        if suffered || effect == Effect::Ongoing { effect } else { Effect::Keep }
    }

    pub(super) fn is_definite(&self, noun: usize) -> bool {
        self.syntax.children(noun).any(|child| match self.syntax.deprel(child) {
            Deprel::Det => matches!(self.syntax.lemma(child), "the" | "this" | "that" | "these" | "those"),
            Deprel::NmodPoss => true,
            _ => false,
        })
    }

    pub(super) fn question(&self) -> Effect {
        let view = self.syntax.view;
        let end = (0..view.len()).rev().take(3).any(|word| view.word(word) == "?");
        if end { Effect::Conditional } else { Effect::Keep }
    }
}

fn adverb(lemma: &str) -> Effect {
    match lemma {
        "perhaps" | "maybe" | "possibly" | "potentially" | "hypothetically" => Effect::Conditional,
        _ => Effect::Keep,
    }
}

fn is_finite_be(word: &str) -> bool {
    ["is", "are", "was", "were", "am", "'s", "'re"].iter().any(|form| word.eq_ignore_ascii_case(form))
}
