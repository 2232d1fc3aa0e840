//! What stands above a word says of it: the verb or noun that it hangs on, preposition, conjunction, coordination.

use super::Judge;
use crate::{
    data::frames::Effect,
    parse::{Deprel, Upos, VerbForm},
};

impl Judge<'_> {
    /// Whether a verb only carries its argument, so that what bears on the verb bears on the argument.
    pub(super) fn carries(&self, verb: usize) -> bool {
        let name = self.syntax.verb_name(verb);
        self.operators.is_support(&name)
            || self.operators.is_occur(&name)
            || self.operators.is_undergo(&name)
            || self.listed(verb) != Effect::Keep
    }

    /// What a word as such does to what stands below it.
    pub(super) fn operator(&self, word: usize) -> Effect {
        self.heard(self.listed(word))
    }

    fn listed(&self, word: usize) -> Effect {
        let inner = self.inner.get(word).copied().unwrap_or_default();
        let lemma = self.syntax.lemma(word);
        let listed = match self.syntax.upos(word) {
            Upos::Verb | Upos::Aux => {
                let name = self.syntax.verb_name(word);
                match self.operators.verb(&name) {
                    Effect::Keep if self.operators.is_postponing(&name) => self.postponed(word),
                    Effect::Keep => self.operators.verb(lemma),
                    effect => effect,
                }
            }
            Upos::Adj => match self.operators.adjective(lemma) {
                Effect::Keep => self.operators.verb(lemma),
                effect => effect,
            },
            _ => self.operators.noun(lemma),
        };
        inner.max(listed)
    }

    /// "put off until Friday" leaves a plan; "put off" alone leaves none.
    fn postponed(&self, verb: usize) -> Effect {
        let again = self.syntax.children(verb).any(|child| {
            self.syntax.deprel(child).base() == Deprel::Obl
                && matches!(self.syntax.case(child), Some("until" | "till" | "to" | "by"))
        });
        if again { Effect::Planned } else { Effect::Cancelled }
    }

    /// An effect, or nothing where it denies and that is passed over.
    pub(super) fn heard(&self, effect: Effect) -> Effect {
        let denies = matches!(effect, Effect::Negated | Effect::Cancelled | Effect::Denied);
        if denies && self.affirmed { Effect::Keep } else { effect }
    }

    /// What a noun does to one that hangs on it: "plans for talks", "the sanctions threat"; not "plans during the talks".
    pub(super) fn of_noun(&self, word: usize, head: usize) -> Effect {
        let leads = self.syntax.case(word).is_none_or(|case| self.operators.is_topic(case));
        if leads {
            return self.operator(head);
        }
        // "a pause in the shelling"; not "no pause"
        let phrase = self.syntax.case(word).filter(|_| !self.has_no(head));
        phrase.map_or(Effect::Keep, |case| self.heard(self.operators.phrase(self.syntax.lemma(head), case)))
    }

    /// What a verb does to a clause in its place of a complement.
    pub(super) fn clause_of(&self, word: usize, head: usize, shares_mood: bool) -> Effect {
        let lemma = self.syntax.lemma(head);
        if shares_mood && self.operators.is_implying(lemma) {
            return self.own(head);
        }
        if shares_mood && self.is_too_much(head) {
            return self.heard(Effect::Negated).max(self.own(head));
        }
        // "called on them to wait"; not "called it a breach"
        let infinitive = self.syntax.is_infinitive(word);
        let clause = if infinitive { self.heard(self.operators.clause(lemma)) } else { Effect::Keep };
        self.under(head, self.operator(head).max(clause), shares_mood)
    }

    /// The effect of a governing word together with its own tense, modality and negation.
    fn governed(&self, head: usize, shares_mood: bool) -> Effect {
        self.under(head, self.operator(head), shares_mood)
    }

    fn under(&self, head: usize, operator: Effect, shares_mood: bool) -> Effect {
        let own = self.own(head);
        let negated = self.is_negated(head) && !self.affirmed;
        match operator {
            // "need not wait": whether they will is open
            Effect::Conditional if negated && self.syntax.lemma(head) == "need" => Effect::Conditional,
            Effect::Planned | Effect::Ongoing | Effect::Announced if negated => Effect::Negated,
            Effect::Negated | Effect::Denied if negated => Effect::Conditional,
            Effect::Cancelled if negated => Effect::Planned,
            Effect::Keep if shares_mood => own,
            // "announced that it had lost": the clause tells its own time.
            Effect::Announced if !shares_mood => Effect::Keep,
            Effect::Keep | Effect::Drop => operator,
            Effect::Denied => Effect::Denied,
            effect => effect.max(if own == Effect::Ongoing { Effect::Keep } else { own }),
        }
    }

    /// A noun as object, or as subject of a passive: "cancelled the talks", "talks were held".
    pub(super) fn argument(&self, noun: usize, verb: usize) -> Effect {
        if self.is_there(noun, verb) {
            return Effect::Keep;
        }
        if self.carries(verb) {
            return self.governed(verb, true);
        }
        let open = self.own(verb).min(Effect::Conditional);
        if open >= Effect::Planned && !self.is_definite(noun) { open } else { Effect::Keep }
    }

    /// "plans to sign a treaty": what bears on an infinitive bears on what is new in it.
    pub(super) fn shares_end(&self, noun: usize, verb: usize) -> bool {
        self.syntax.is_infinitive(verb) && !self.is_definite(noun)
    }

    /// "would like to thank": said, it is done.
    pub(super) fn is_performed(&self, word: usize, head: usize) -> bool {
        self.operators.is_performed(self.syntax.lemma(word))
            && matches!(self.syntax.lemma(head), "like" | "want" | "wish")
    }

    /// "called her to thank her"; not "called on her to apologize".
    fn is_said_to(&self, word: usize, head: usize) -> bool {
        self.operators.is_performed(self.syntax.lemma(word))
            && self.operators.is_address(self.syntax.lemma(head))
            && self.syntax.phrase(head, "on").is_none()
    }

    /// Whether a noun was there before the verb: "rejected the demand", "approved the deal", "will cut jobs".
    pub(super) fn is_there(&self, noun: usize, verb: usize) -> bool {
        let said = self.operators.is_said(self.syntax.lemma(noun));
        let settled = self.operators.is_settled(self.syntax.lemma(noun));
        match self.operator(verb) {
            Effect::Negated => said,
            Effect::Announced => said || settled,
            _ => self.operators.is_presupposing(&self.syntax.verb_name(verb)),
        }
    }

    pub(super) fn as_subject(&self, noun: usize, head: usize) -> Effect {
        let name = self.syntax.verb_name(head);
        if self.operators.is_occur(&name) || !self.syntax.is_verbal(head) {
            // "This is due to the plan": what stands after a preposition or is known says nothing of the subject.
            let apart =
                self.syntax.is_nominal(head) && (self.syntax.case(head).is_some() || self.is_definite(head));
            return if apart { self.own(head) } else { self.operator(head).max(self.own(head)) };
        }
        let open = self.own(head).min(Effect::Conditional);
        let there = self.is_definite(noun) || self.operators.is_presupposing(&name);
        if open >= Effect::Planned && !there { open } else { Effect::Keep }
    }

    pub(super) fn oblique(&self, noun: usize, head: usize) -> Effect {
        let case = self.case_effect(noun);
        if self.syntax.is_after_particle(noun, head) {
            return self.argument(noun, head);
        }
        if case == Effect::Planned {
            return case;
        }
        let Some(preposition) = self.syntax.case(noun) else { return case };
        let operator = match self.operator(head) {
            // What is called off is an object: "stocks dropped with fears of a war".
            Effect::Cancelled => Effect::Keep,
            effect if self.operators.is_complement(preposition) => effect,
            _ => Effect::Keep,
        };
        let own = self.own(head);
        let phrase = self.heard(self.operators.phrase(self.syntax.lemma(head), preposition));
        // "will be used for the talks": what a thing to come is for is to come too.
        // "will be compensated for delays": what one answers for is there.
        let answered = self.operators.is_presupposing(&self.syntax.verb_name(head));
        let indefinite = !answered && (preposition == "for" || !self.is_definite(noun));
        let open = if own == Effect::Planned && indefinite { own } else { Effect::Keep };
        case.max(operator).max(phrase).max(open)
    }

    /// "ahead of talks", "without talks".
    pub(super) fn case_effect(&self, noun: usize) -> Effect {
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
    pub(super) fn marker(&self, lemma: &str) -> Effect {
        match lemma {
            "if" | "unless" | "whether" | "lest" | "until" | "till" | "once" => Effect::Conditional,
            "without" | "instead" | "barring" => Effect::Negated,
            "ahead" | "pending" => Effect::Planned,
            _ => Effect::Keep,
        }
    }

    /// "plans to attack", "a threat to attack", "accusations that it attacked".
    pub(super) fn noun_clause(&self, verb: usize, noun: usize) -> Effect {
        let infinitive = self.syntax.is_infinitive(verb);
        if infinitive && self.is_singled_out(noun) {
            return self.own(noun);
        }
        if infinitive && self.is_outcome(noun) {
            return Effect::Keep;
        }
        // "caused the price to fall": the clause hung on the object
        let cause = self.syntax.head(noun).filter(|_| self.syntax.deprel(noun) == Deprel::Obj);
        if let Some(cause) = cause.filter(|&cause| self.operators.is_implying(self.syntax.lemma(cause))) {
            return self.own(cause);
        }
        // "the cancelled deal to buy jets"
        let own = self.own(noun);
        if infinitive && matches!(own, Effect::Negated | Effect::Cancelled) {
            return own;
        }
        match self.operator(noun) {
            Effect::Planned | Effect::Conditional if infinitive && self.came_to_nothing(noun) => {
                self.heard(Effect::Negated)
            }
            Effect::Keep if infinitive => Effect::Planned,
            // "the plan, named after him": a participle that only describes.
            _ if !infinitive && self.is_bare_participle(verb) => Effect::Keep,
            effect => effect,
        }
    }

    /// "The attempt to seize the palace failed."
    fn came_to_nothing(&self, noun: usize) -> bool {
        let verb = self.syntax.head(noun).filter(|_| self.syntax.deprel(noun) == Deprel::Nsubj);
        verb.is_some_and(|verb| {
            self.operators.clause(self.syntax.lemma(verb)) == Effect::Negated
                && self.own(verb) == Effect::Keep
        })
    }

    pub(super) fn is_bare_participle(&self, verb: usize) -> bool {
        let form = self.syntax.is_past_participle(verb) || self.syntax.is_gerund(verb);
        form && self.syntax.case(verb).is_none()
    }

    /// "the first state to sign", "one of the few banks to gain": whoever is told apart so has done it.
    fn is_singled_out(&self, noun: usize) -> bool {
        let ordinal = |word: usize| self.operators.is_singling(self.syntax.lemma(word));
        ordinal(noun)
            || self.syntax.children(noun).any(|child| {
                matches!(self.syntax.deprel(child), Deprel::Amod | Deprel::Nummod) && ordinal(child)
            })
    }

    /// "gained three points to close at": whether the verb above tells what became of its subject.
    fn is_outcome(&self, noun: usize) -> bool {
        let counted = |word: usize| {
            matches!(self.syntax.upos(word), Upos::Num | Upos::Sym)
                || self.syntax.child(word, Deprel::Nummod).is_some()
        };
        let mut word = noun;
        for _ in 0..3 {
            let Some(head) = self.syntax.head(word).filter(|_| counted(word)) else { return false };
            if self.syntax.is_verbal(head) {
                return self.turned_out(head);
            }
            word = head;
        }
        false
    }

    /// Whether a verb of going up, down or on is told as done.
    fn turned_out(&self, verb: usize) -> bool {
        self.own(verb) == Effect::Keep && self.operators.is_outcome(self.syntax.lemma(verb))
    }

    pub(super) fn adverbial(&self, verb: usize, head: usize) -> Effect {
        let own = self.own(head);
        // "will fly home when the talks end": the end is to come too.
        let timed = self.syntax.children(verb).any(|child| {
            matches!(self.syntax.deprel(child), Deprel::Mark | Deprel::Advmod)
                && matches!(self.syntax.lemma(child), "when" | "after" | "before" | "as")
        });
        // "will restore ties five years after it closed its embassy": what is over stays so.
        // "will stay, as peace is near": a reason that is told in the present is the case now.
        let reason = self.syntax.case(verb) == Some("as") && self.syntax.child(verb, Deprel::Cop).is_some();
        if timed && own == Effect::Planned && !reason {
            return if self.is_finite_past(verb) && !self.is_reported(head) { Effect::Keep } else { own };
        }
        if self.syntax.is_infinitive(verb) {
            // "wrote to thank them": what is done by saying it was done.
            let said = own == Effect::Keep && self.is_said_to(verb, head);
            return if said { own } else { self.purpose(head, own) };
        }
        if let Some(case) = self.syntax.case(verb) {
            let completes = matches!(case, "of" | "for" | "from" | "into" | "against" | "with" | "to" | "on");
            // "would win by waiting": how a thing to come comes about is to come too.
            let phrase = self.operators.phrase(self.syntax.lemma(head), case);
            if phrase != Effect::Keep {
                return self.heard(phrase);
            }
            let means = matches!(case, "by" | "in" | "through" | "while");
            return if means
                && self.syntax.is_gerund(verb)
                && matches!(own, Effect::Planned | Effect::Conditional)
            {
                own
            } else if !completes || self.operator(head) == Effect::Keep {
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

    /// "came to talk", "fell to end the day at", "forced them to leave", "too weak to fight".
    fn purpose(&self, head: usize, own: Effect) -> Effect {
        if self.turned_out(head) || self.operators.is_implying(self.syntax.lemma(head)) {
            return own;
        }
        if self.is_too_much(head) {
            return self.heard(Effect::Negated).max(own);
        }
        own.max(Effect::Planned)
    }

    /// "too weak", "too far".
    fn is_too_much(&self, word: usize) -> bool {
        let too = |child| self.syntax.deprel(child) == Deprel::Advmod && self.syntax.lemma(child) == "too";
        self.syntax.children(word).any(too)
    }

    /// A later conjunct shares mood and, under "or", negation, where it has neither subject nor auxiliary of its own.
    pub(super) fn conjunct(&self, word: usize, head: usize) -> Effect {
        let syntax = &self.syntax;
        let own_clause = syntax.children(word).any(|child| {
            matches!(
                syntax.deprel(child),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass | Deprel::Cop
            )
        });
        if own_clause || self.is_apart(word, head) {
            return Effect::Keep;
        }
        let own = self.own(head);
        let or = syntax
            .children(word)
            .any(|child| syntax.deprel(child) == Deprel::Cc && matches!(syntax.lemma(child), "or" | "nor"));
        if own >= Effect::Negated && !or { Effect::Keep } else { own }
    }

    /// "agreed that it should wait and demanded": a past form takes no auxiliary from an infinitive before it; but "should be
    /// tried and punished", "never came or wrote".
    pub(super) fn is_apart(&self, word: usize, head: usize) -> bool {
        let syntax = self.syntax;
        let shared = syntax.children(head).any(|child| syntax.lemma(child) == "be");
        let or = syntax.children(word).any(|child| matches!(syntax.lemma(child), "or" | "nor"));
        let form = syntax.view.tree.feats(head).verb_form;
        let past = self.is_finite_past(word) && form != Some(VerbForm::Fin)
            || syntax.is_past_participle(word) && form == Some(VerbForm::Inf);
        past && !shared && !or
    }
}
