//! Whether it happened: tense, modality, negation and the words above an event, up to the top of the sentence.

use super::{
    Status,
    syntax::{DEPTH, Syntax},
};
use crate::{
    data::frames::{Effect, Operators},
    parse::{Deprel, Tense, Upos, VerbForm},
};

/// What bears on a word of a sentence, whatever frames fire in it.
pub(in crate::code) fn plain_effect(syntax: Syntax<'_>, word: usize) -> Effect {
    Judge { syntax, operators: &syntax.frames.operators, inner: &[] }.effect(word)
}

/// Whether a word is negated.
pub(in crate::code) fn is_negated(syntax: Syntax<'_>, word: usize) -> bool {
    Judge { syntax, operators: &syntax.frames.operators, inner: &[] }.is_negated(word)
}

/// Judges the status of words of one sentence.
pub(super) struct Judge<'a> {
    pub(super) syntax: Syntax<'a>,
    pub(super) operators: &'a Operators,
    /// What each word does to an event in its object or complement because a frame fired there.
    pub(super) inner: &'a [Effect],
}

impl Judge<'_> {
    /// The effect of all that bears on a word; the strongest wins.
    pub(super) fn effect(&self, word: usize) -> Effect {
        let own = self.own(word);
        let mut effect = own.max(self.question());
        let mut word = word;
        for _ in 0..DEPTH {
            let Some(head) = self.syntax.head(word) else { break };
            let (step, go_on) = self.step(word, head);
            // "backed the scheduled visit": what is scheduled stays so whatever is done to it, short of calling it off.
            effect =
                if own == Effect::Planned && step == Effect::Conditional { effect } else { effect.max(step) };
            if !go_on {
                break;
            }
            word = head;
        }
        effect
    }

    /// What a word gets from its head, and whether what stands above that bears on it too.
    fn step(&self, word: usize, head: usize) -> (Effect, bool) {
        let syntax = &self.syntax;
        match syntax.deprel(word) {
            Deprel::Xcomp | Deprel::Csubj | Deprel::CsubjPass => (self.governed(head, true), true),
            Deprel::Ccomp => (self.governed(head, false), true),
            Deprel::Obj | Deprel::NsubjPass => (self.argument(word, head), self.carries(head)),
            Deprel::Nsubj => (self.as_subject(word, head), self.carries(head)),
            Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => {
                (self.oblique(word, head), self.carries(head))
            }
            Deprel::Nmod | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc => {
                (self.operator(head).max(self.case_effect(word)), self.operator(head) != Effect::Keep)
            }
            Deprel::Acl => (self.noun_clause(word, head), true),
            Deprel::Advcl => (self.adverbial(word, head), false),
            Deprel::Conj => (self.conjunct(word, head), true),
            Deprel::Appos | Deprel::Parataxis => (Effect::Keep, false),
            _ => (Effect::Keep, false),
        }
    }

    /// Whether a verb only carries its argument, so that what bears on the verb bears on the argument.
    fn carries(&self, verb: usize) -> bool {
        let name = self.syntax.verb_name(verb);
        self.operators.is_support(&name)
            || self.operators.is_occur(&name)
            || self.operators.is_undergo(&name)
            || self.operator(verb) != Effect::Keep
    }

    /// What a word as such does to what stands below it.
    fn operator(&self, word: usize) -> Effect {
        let inner = self.inner.get(word).copied().unwrap_or_default();
        let listed = match self.syntax.upos(word) {
            Upos::Verb | Upos::Aux => match self.operators.verb(&self.syntax.verb_name(word)) {
                Effect::Keep => self.operators.verb(self.syntax.lemma(word)),
                effect => effect,
            },
            Upos::Adj => match self.operators.adjective(self.syntax.lemma(word)) {
                Effect::Keep => self.operators.verb(self.syntax.lemma(word)),
                effect => effect,
            },
            _ => self.operators.noun(self.syntax.lemma(word)),
        };
        inner.max(listed)
    }

    /// The effect of a governing word together with its own tense, modality and negation.
    fn governed(&self, head: usize, shares_mood: bool) -> Effect {
        let own = self.own(head);
        let negated = self.is_negated(head);
        match self.operator(head) {
            Effect::Planned | Effect::Ongoing | Effect::Announced if negated => Effect::Negated,
            Effect::Negated | Effect::Denied if negated => Effect::Conditional,
            Effect::Cancelled if negated => Effect::Planned,
            Effect::Keep if shares_mood => own,
            Effect::Keep | Effect::Drop => self.operator(head),
            Effect::Denied => Effect::Denied,
            effect => effect.max(if own == Effect::Ongoing { Effect::Keep } else { own }),
        }
    }

    /// A noun as object, or as subject of a passive: "cancelled the talks", "talks were held".
    fn argument(&self, noun: usize, verb: usize) -> Effect {
        if self.carries(verb) {
            return self.governed(verb, true);
        }
        let open = self.own(verb).min(Effect::Conditional);
        if open >= Effect::Planned && !self.is_definite(noun) { open } else { Effect::Keep }
    }

    fn as_subject(&self, noun: usize, head: usize) -> Effect {
        let name = self.syntax.verb_name(head);
        if self.operators.is_occur(&name) || !self.syntax.is_verbal(head) {
            return self.operator(head).max(self.own(head));
        }
        let open = self.own(head).min(Effect::Conditional);
        if open >= Effect::Planned && !self.is_definite(noun) { open } else { Effect::Keep }
    }

    fn oblique(&self, noun: usize, head: usize) -> Effect {
        let case = self.case_effect(noun);
        if self.syntax.is_after_particle(noun, head) {
            return self.argument(noun, head);
        }
        if case == Effect::Planned {
            return case;
        }
        let operator = match self.operator(head) {
            // "called for talks", "plans for talks", "withdrew from talks": only these prepositions lead to the event itself.
            Effect::Keep => Effect::Keep,
            effect
                if matches!(
                    self.syntax.case(noun),
                    Some("for" | "to" | "from" | "of" | "into" | "against" | "with")
                ) =>
            {
                effect
            }
            _ => Effect::Keep,
        };
        let own = self.own(head);
        let open = if own == Effect::Planned && !self.is_definite(noun) { own } else { Effect::Keep };
        case.max(operator).max(open)
    }

    /// "ahead of talks", "without talks".
    fn case_effect(&self, noun: usize) -> Effect {
        let cases = self.syntax.children(noun).filter(|&child| self.syntax.deprel(child) == Deprel::Case);
        // "ahead of", "instead of": the parser may hang the first word elsewhere.
        let before = |case: usize| {
            case.checked_sub(1).map_or(Effect::Keep, |word| self.marker(self.syntax.lemma(word)))
        };
        cases
            .map(|case| {
                let of = self.syntax.lemma(case) == "of";
                self.marker(self.syntax.lemma(case)).max(if of { before(case) } else { Effect::Keep })
            })
            .max()
            .unwrap_or_default()
    }

    /// What a preposition or conjunction says of its phrase or clause.
    fn marker(&self, lemma: &str) -> Effect {
        match lemma {
            "if" | "unless" | "whether" | "lest" | "until" | "till" | "once" => Effect::Conditional,
            "without" | "instead" | "barring" => Effect::Negated,
            "ahead" | "pending" => Effect::Planned,
            _ => Effect::Keep,
        }
    }

    /// "plans to attack", "a threat to attack", "accusations that it attacked".
    fn noun_clause(&self, verb: usize, noun: usize) -> Effect {
        match self.operator(noun) {
            Effect::Keep if self.syntax.is_infinitive(verb) => Effect::Planned,
            effect => effect,
        }
    }

    fn adverbial(&self, verb: usize, head: usize) -> Effect {
        let own = self.own(head);
        // "will fly home when the talks end": the end is to come too.
        let timed = self.syntax.children(verb).any(|child| {
            matches!(self.syntax.deprel(child), Deprel::Mark | Deprel::Advmod)
                && matches!(self.syntax.lemma(child), "when" | "after" | "before" | "as")
        });
        if timed && own == Effect::Planned {
            return own;
        }
        if self.syntax.is_infinitive(verb) && self.syntax.case(verb) == Some("to") {
            return own.max(Effect::Planned);
        }
        if let Some(case) = self.syntax.case(verb) {
            let completes = matches!(case, "of" | "for" | "from" | "into" | "against" | "with" | "to" | "on");
            return if !completes || self.operator(head) == Effect::Keep {
                Effect::Keep
            } else {
                self.governed(head, false)
            };
        }
        if self.syntax.is_gerund(verb) && matches!(own, Effect::Planned | Effect::Conditional) {
            own
        } else {
            Effect::Keep
        }
    }

    /// A later conjunct shares mood and, under "or", negation, where it has neither subject nor auxiliary of its own.
    fn conjunct(&self, word: usize, head: usize) -> Effect {
        let syntax = &self.syntax;
        let own_clause = syntax.children(word).any(|child| {
            matches!(
                syntax.deprel(child),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass | Deprel::Cop
            )
        });
        if own_clause {
            return Effect::Keep;
        }
        let own = self.own(head);
        let or = syntax
            .children(word)
            .any(|child| syntax.deprel(child) == Deprel::Cc && matches!(syntax.lemma(child), "or" | "nor"));
        if own >= Effect::Negated && !or { Effect::Keep } else { own }
    }

    /// Tense, modality and negation of the word itself.
    pub(super) fn own(&self, word: usize) -> Effect {
        if self.syntax.upos(word) == Upos::Noun || self.syntax.upos(word) == Upos::Propn {
            return self.own_of_noun(word);
        }
        if self.is_negated(word) {
            return Effect::Negated;
        }
        let mut effect = Effect::Keep;
        for child in self.syntax.children(word) {
            effect = effect.max(match self.syntax.deprel(child) {
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
            _ => Effect::Keep,
        }
    }

    /// Whether a clause is what somebody said: there "would" is a future in the past.
    fn is_reported(&self, verb: usize) -> bool {
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
            Deprel::Advmod | Deprel::Det | Deprel::CcPreconj => {
                matches!(
                    syntax.lemma(child),
                    "not"
                        | "n't"
                        | "never"
                        | "neither"
                        | "nor"
                        | "hardly"
                        | "no"
                        | "nearly"
                        | "almost"
                        | "nowhere"
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

    fn has_no(&self, noun: usize) -> bool {
        self.syntax.children(noun).any(|child| {
            matches!(self.syntax.lemma(child), "no" | "neither") && self.syntax.deprel(child) == Deprel::Det
        })
    }

    fn own_of_noun(&self, noun: usize) -> Effect {
        let syntax = &self.syntax;
        let mut effect = if self.has_no(noun) { Effect::Negated } else { Effect::Keep };
        for child in syntax.children(noun) {
            let lemma = syntax.lemma(child);
            effect = effect.max(match syntax.deprel(child) {
                Deprel::Det if lemma == "any" => Effect::Conditional,
                Deprel::Amod => self.operators.adjective(lemma).max(self.participle(child)),
                Deprel::Acl if syntax.is_past_participle(child) => self.operator(child).min(Effect::Denied),
                Deprel::Cop | Deprel::Aux => self.auxiliary(noun, child),
                _ => Effect::Keep,
            });
        }
        effect
    }

    /// "the cancelled visit", "a planned strike": the verb's effect.
    fn participle(&self, word: usize) -> Effect {
        if self.syntax.is_verbal(word) { self.operators.verb(self.syntax.lemma(word)) } else { Effect::Keep }
    }

    fn is_definite(&self, noun: usize) -> bool {
        self.syntax.children(noun).any(|child| match self.syntax.deprel(child) {
            Deprel::Det => matches!(self.syntax.lemma(child), "the" | "this" | "that" | "these" | "those"),
            Deprel::NmodPoss => true,
            _ => false,
        })
    }

    fn question(&self) -> Effect {
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
