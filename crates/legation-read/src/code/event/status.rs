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

    /// Whether a verb only carries its argument, so that what bears on the verb bears on the argument.
    fn carries(&self, verb: usize) -> bool {
        let name = self.syntax.verb_name(verb);
        self.operators.is_support(&name)
            || self.operators.is_occur(&name)
            || self.operators.is_undergo(&name)
            || self.listed(verb) != Effect::Keep
    }

    /// What a word as such does to what stands below it.
    fn operator(&self, word: usize) -> Effect {
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
    fn heard(&self, effect: Effect) -> Effect {
        let denies = matches!(effect, Effect::Negated | Effect::Cancelled | Effect::Denied);
        if denies && self.affirmed { Effect::Keep } else { effect }
    }

    /// What a noun does to one that hangs on it: "plans for talks", "the sanctions threat"; not "plans during the talks".
    fn of_noun(&self, word: usize, head: usize) -> Effect {
        let leads = self.syntax.case(word).is_none_or(|case| self.operators.is_topic(case));
        if leads {
            return self.operator(head);
        }
        // "a pause in the shelling"; not "no pause"
        let phrase = self.syntax.case(word).filter(|_| !self.has_no(head));
        phrase.map_or(Effect::Keep, |case| self.heard(self.operators.phrase(self.syntax.lemma(head), case)))
    }

    /// What a verb does to a clause in its place of a complement.
    fn clause_of(&self, word: usize, head: usize, shares_mood: bool) -> Effect {
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
    fn argument(&self, noun: usize, verb: usize) -> Effect {
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
    fn shares_end(&self, noun: usize, verb: usize) -> bool {
        self.syntax.is_infinitive(verb) && !self.is_definite(noun)
    }

    /// "would like to thank": said, it is done.
    fn is_performed(&self, word: usize, head: usize) -> bool {
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
    fn is_there(&self, noun: usize, verb: usize) -> bool {
        let said = self.operators.is_said(self.syntax.lemma(noun));
        let settled = self.operators.is_settled(self.syntax.lemma(noun));
        match self.operator(verb) {
            Effect::Negated => said,
            Effect::Announced => said || settled,
            _ => self.operators.is_presupposing(&self.syntax.verb_name(verb)),
        }
    }

    fn as_subject(&self, noun: usize, head: usize) -> Effect {
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

    fn oblique(&self, noun: usize, head: usize) -> Effect {
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

    fn is_bare_participle(&self, verb: usize) -> bool {
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

    fn adverbial(&self, verb: usize, head: usize) -> Effect {
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
    fn conjunct(&self, word: usize, head: usize) -> Effect {
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
    fn is_apart(&self, word: usize, head: usize) -> bool {
        let syntax = self.syntax;
        let shared = syntax.children(head).any(|child| syntax.lemma(child) == "be");
        let or = syntax.children(word).any(|child| matches!(syntax.lemma(child), "or" | "nor"));
        let form = syntax.view.tree.feats(head).verb_form;
        let past = self.is_finite_past(word) && form != Some(VerbForm::Fin)
            || syntax.is_past_participle(word) && form == Some(VerbForm::Inf);
        past && !shared && !or
    }

    fn is_finite_past(&self, verb: usize) -> bool {
        let feats = self.syntax.view.tree.feats(verb);
        feats.verb_form == Some(VerbForm::Fin) && feats.tense == Some(Tense::Past)
    }

    /// Tense, modality and negation of the word itself.
    pub(super) fn own(&self, word: usize) -> Effect {
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

    fn has_no(&self, noun: usize) -> bool {
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
