//! What a tree says of a predicate: voice, who stands where, under what it stands; the same whether the clause is active,
//! passive, infinitive, participle, relative, coordinated or nominal.

use crate::{
    data::frames::Frames,
    parse::{Deprel, Name, NameKind, SentenceView, Tense, Upos, VerbForm},
};

/// How many words an aside between commas may have.
const ASIDE: usize = 14;

/// How far up or across a chain of words is followed; sentences in use stay far below.
pub(in crate::code) const DEPTH: usize = 12;

/// One sentence, asked about its predicates.
#[derive(Clone, Copy, Debug)]
pub(in crate::code) struct Syntax<'a> {
    pub(in crate::code) view: SentenceView<'a>,
    pub(in crate::code) frames: &'a Frames,
}

/// Nouns of time, which stand without preposition beside a verb and are no object.
const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "day",
    "week",
    "month",
    "year",
    "morning",
    "evening",
    "afternoon",
    "night",
    "hour",
    "minute",
    "weekend",
    "time",
    "decade",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl<'a> Syntax<'a> {
    /// Dictionary form; of verbs that frames and operators know, by their form where the tagger guessed it wrong.
    pub(in crate::code) fn lemma(&self, word: usize) -> &'a str {
        let lemma = self.view.tree.lemma(word);
        if self.view.tree.upos(word) != Upos::Verb || lemma.len() < 3 {
            return lemma;
        }
        let form = self.view.word(word);
        let known = if form.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.frames.verb_of_form(&form.to_ascii_lowercase())
        } else {
            self.frames.verb_of_form(form)
        };
        known.unwrap_or(lemma)
    }

    /// Whether a word has this dictionary form; a plural that the tagger left as it is counts too ("troops").
    pub(in crate::code) fn is_lemma(&self, word: usize, wanted: &str) -> bool {
        let lemma = self.lemma(word);
        lemma == wanted
            || lemma.strip_suffix('s') == Some(wanted)
            || lemma.eq_ignore_ascii_case(wanted)
            || self.joined(word).is_some_and(|joined| joined == wanted)
    }

    /// "cease-fire", which stands in three words, as one dictionary form; `None` where no hyphen stands before the word.
    pub(super) fn joined(&self, word: usize) -> Option<String> {
        let hyphen = word.checked_sub(1).filter(|&hyphen| self.view.word(hyphen) == "-")?;
        let first = hyphen.checked_sub(1)?;
        Some(format!("{}-{}", self.lemma(first).to_lowercase(), self.lemma(word)))
    }

    /// Whether a sorted list has the word's dictionary form.
    pub(in crate::code) fn is_in(&self, word: usize, list: &[String]) -> bool {
        let has = |lemma: &str| list.binary_search_by(|other| other.as_str().cmp(lemma)).is_ok();
        let lemma = self.lemma(word);
        let proper = lemma.starts_with(|first: char| first.is_ascii_uppercase());
        has(lemma)
            || lemma.strip_suffix('s').is_some_and(has)
            || proper && has(&lemma.to_lowercase())
            || self.joined(word).is_some_and(|joined| has(&joined))
    }

    pub(in crate::code) fn upos(&self, word: usize) -> Upos {
        self.view.tree.upos(word)
    }

    pub(in crate::code) fn deprel(&self, word: usize) -> Deprel {
        self.view.tree.deprel(word)
    }

    pub(in crate::code) fn head(&self, word: usize) -> Option<usize> {
        self.view.tree.head(word)
    }

    pub(in crate::code) fn children(&self, word: usize) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.view.tree.children(word)
    }

    pub(in crate::code) fn child(&self, word: usize, deprel: Deprel) -> Option<usize> {
        self.view.tree.child(word, deprel)
    }

    /// First dependent whose relation has this base: `Nsubj` finds `nsubj:pass` too.
    pub(in crate::code) fn child_of(&self, word: usize, base: Deprel) -> Option<usize> {
        self.children(word).find(|&child| self.deprel(child).base() == base)
    }

    /// "Will not accept", "would never leave", "cannot recognize".
    pub(in crate::code) fn is_refused(&self, verb: usize) -> bool {
        let not = |&child: &usize| matches!(self.lemma(child), "not" | "n't" | "never");
        let modal = |&child: &usize| {
            self.deprel(child) == Deprel::Aux
                && matches!(self.lemma(child), "will" | "would" | "can" | "could" | "shall" | "ca" | "wo")
        };
        self.children(verb).any(|child| not(&child)) && self.children(verb).any(|child| modal(&child))
    }

    /// The noun-like word counted as verb or not.
    pub(in crate::code) fn is_verbal(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Verb | Upos::Aux)
    }

    pub(in crate::code) fn is_nominal(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X)
    }

    /// Whether a word stands in a name of this kind.
    pub(super) fn is_name_of(&self, word: usize, kind: NameKind) -> bool {
        let named = |name: &Name| name.kind == kind && name.words.contains(&word);
        self.view.tree.names.iter().any(named)
    }

    pub(in crate::code) fn is_past_participle(&self, word: usize) -> bool {
        let feats = self.view.tree.feats(word);
        match feats.verb_form {
            Some(VerbForm::Part) => feats.tense == Some(Tense::Past) || feats.passive,
            _ => false,
        }
    }

    /// "-ing" form.
    pub(in crate::code) fn is_gerund(&self, word: usize) -> bool {
        self.is_verbal(word) && self.view.word(word).ends_with("ing")
    }

    pub(in crate::code) fn is_infinitive(&self, word: usize) -> bool {
        self.children(word).any(|child| self.lemma(child) == "to" && self.upos(child) == Upos::Part)
    }

    /// Case marker or subordinator of a phrase or clause: the lemma of the word that opens it.
    pub(in crate::code) fn case(&self, word: usize) -> Option<&'a str> {
        let marks = |child: &usize| matches!(self.deprel(*child), Deprel::Case | Deprel::Mark);
        self.children(word).find(marks).map(|child| self.lemma(child))
    }

    /// Whether a phrase opens with this preposition, or a compound one that ends in it ("along with", "as of").
    fn has_case(&self, word: usize, preposition: &str) -> bool {
        let mut cases = self.children(word).filter(|&child| self.deprel(child) == Deprel::Case);
        cases.any(|case| {
            self.lemma(case) == preposition
                || self.children(case).any(|part| {
                    self.deprel(part) == Deprel::Fixed
                        && self.lemma(part) == preposition
                        && self.lemma(case) != "accord"
                })
        })
    }

    pub(in crate::code) fn is_passive(&self, verb: usize) -> bool {
        let has = |deprel: Deprel| self.child(verb, deprel).is_some();
        // "China, which ..., called for restraint": a subject taken for a passive one does not make a finite verb passive.
        let finite = self.view.tree.feats(verb).verb_form == Some(VerbForm::Fin);
        let standing = self.frames.standing(self.lemma(verb));
        let stands = |way: &str| self.children(verb).any(|child| self.case(child) == Some(way));
        if standing.is_some_and(stands) && self.agent(verb).is_none() {
            return false;
        }
        let main = self.deprel(verb) == Deprel::Root && self.is_main_participle(verb);
        let own = self.child(verb, Deprel::NsubjPass).is_some_and(|subject| !self.is_relative(subject));
        let active = finite || main || own && self.wants_auxiliary(verb);
        let marked = has(Deprel::AuxPass) || has(Deprel::NsubjPass) && !active;
        if marked || !self.is_past_participle(verb) || self.is_main_participle(verb) {
            return marked;
        }
        let has_auxiliary = self.children(verb).any(|child| self.deprel(child) == Deprel::Aux);
        if has_auxiliary || self.child(verb, Deprel::Nsubj).is_some() {
            return false;
        }
        match self.deprel(verb) {
            Deprel::Acl | Deprel::Amod | Deprel::Advcl => self.child(verb, Deprel::Obj).is_none(),
            Deprel::Conj => {
                self.head(verb).is_some_and(|head| head < verb && self.is_passive_conjunct(head, verb))
            }
            _ => false,
        }
    }

    /// "A deal which the two countries signed", "Mexico offered help, and Peru called for talks": a verb with a subject of
    /// its own that would need an auxiliary there to be passive; "one was jailed, the other deported" shares it.
    fn wants_auxiliary(&self, verb: usize) -> bool {
        match self.deprel(verb) {
            Deprel::AclRelcl => true,
            Deprel::Conj => self
                .head(verb)
                .is_some_and(|first| self.is_verbal(first) && self.child(first, Deprel::AuxPass).is_none()),
            _ => false,
        }
    }

    /// "The speaker, Nino Alba, called for calm": a finite verb that the parser took for a participle after a noun, since
    /// nothing else in the sentence is finite.
    fn is_main_participle(&self, verb: usize) -> bool {
        let comma = verb > 0 && self.view.word(verb - 1) == ",";
        match self.deprel(verb) {
            _ if !comma => false,
            Deprel::Acl => self.head(verb).is_some_and(|noun| self.tops_sentence(noun)),
            // A sentence that ends in a full stop is no headline, and has a finite verb.
            Deprel::Root => {
                let auxiliary = |child| matches!(self.deprel(child), Deprel::Aux | Deprel::AuxPass);
                let last = self.view.len().saturating_sub(1);
                !self.children(verb).any(auxiliary) && matches!(self.view.word(last), "." | "!" | "?")
            }
            _ => false,
        }
    }

    /// Whether a noun, or the one that it stands beside, is the top of its sentence without being a predicate.
    fn tops_sentence(&self, noun: usize) -> bool {
        let mut noun = noun;
        for _ in 0..DEPTH {
            match self.deprel(noun) {
                Deprel::Root => return self.is_nominal(noun) && self.child(noun, Deprel::Cop).is_none(),
                Deprel::Appos | Deprel::Conj | Deprel::Flat => {}
                _ => return false,
            }
            let Some(head) = self.head(noun) else { return false };
            noun = head;
        }
        false
    }

    /// "was arrested and deported": the second shares the first one's auxiliary.
    fn is_passive_conjunct(&self, first: usize, second: usize) -> bool {
        self.is_past_participle(first)
            && self.child(second, Deprel::Obj).is_none()
            && self
                .children(first)
                .any(|child| matches!(self.deprel(child), Deprel::AuxPass | Deprel::NsubjPass))
    }

    /// Whom a pronoun in a clause most likely means, the subject of what stands above it: "the union said that it will strike".
    pub(super) fn meant(&self, pronoun: usize) -> Option<usize> {
        let personal = matches!(
            self.lemma(pronoun),
            "he" | "she" | "it" | "they" | "we" | "i" | "I" | "its" | "his" | "her" | "their" | "our"
        );
        let clause = self.head(pronoun).filter(|_| personal && self.upos(pronoun) == Upos::Pron)?;
        let above = self.view.tree.ancestors(clause).filter(|&verb| self.is_verbal(verb));
        let subject = above.into_iter().find_map(|verb| self.subject(verb))?;
        (subject < pronoun && self.upos(subject) != Upos::Pron).then_some(subject)
    }

    /// Who does it: the subject of an active verb, the agent of a passive one.
    pub(in crate::code) fn subject(&self, verb: usize) -> Option<usize> {
        if self.is_passive(verb) { self.agent(verb) } else { self.surface_subject(verb) }
    }

    /// Who undergoes it: the object of an active verb, the subject of a passive one.
    pub(in crate::code) fn object(&self, verb: usize) -> Option<usize> {
        if self.is_passive(verb) {
            return self.surface_subject(verb);
        }
        // "lifted Friday a blockade": parsers take the day for an object too.
        let timeless =
            self.children(verb).find(|&child| self.deprel(child) == Deprel::Obj && !self.is_time(child));
        if let Some(object) = timeless.or_else(|| self.child(verb, Deprel::Obj)) {
            let meant = || self.called_so(object).unwrap_or_else(|| self.whole(object));
            return Some(self.antecedent(object).unwrap_or_else(meant));
        }
        self.relative_object(verb)
            .or_else(|| self.shared_object(verb))
            .or_else(|| self.loose_object(verb))
            .or_else(|| self.lone_indirect(verb))
    }

    /// The object with its conjuncts, and what they hold where they only measure it out: "ten days of war games".
    pub(super) fn objects(&self, verb: usize) -> Vec<usize> {
        let Some(object) = self.object(verb) else { return Vec::new() };
        let mut words = self.view.tree.conjuncts(object);
        for index in 0..words.len() {
            let held = Some(words[index]).filter(|&word| self.is_container(word));
            words.extend(held.and_then(|word| self.phrase(word, "of")));
        }
        // "denied the bishop a visa": parsers may give a verb two.
        let second = |child: &usize| self.deprel(*child) == Deprel::Obj && !words.contains(child);
        words.extend(self.children(verb).filter(second).collect::<Vec<_>>());
        words
    }

    /// "will telephone him": what the parser took for an indirect object where there is no other.
    fn lone_indirect(&self, verb: usize) -> Option<usize> {
        let object = self.child(verb, Deprel::Iobj).filter(|&object| object > verb)?;
        self.clause(verb).is_none().then(|| self.antecedent(object).unwrap_or(object))
    }

    fn is_container(&self, noun: usize) -> bool {
        let lemma = self.lemma(noun);
        let holds = |lemma: &str| self.frames.operators.is_container(lemma);
        holds(lemma) || lemma.strip_suffix('s').is_some_and(holds)
    }

    /// "bombed what it called a training camp": what is bombed is the camp.
    fn called_so(&self, word: usize) -> Option<usize> {
        if self.upos(word) != Upos::Pron || self.lemma(word) != "what" {
            return None;
        }
        let names = |&clause: &usize| {
            matches!(self.deprel(clause), Deprel::AclRelcl | Deprel::Acl)
                && self.frames.operators.is_naming(self.lemma(clause))
        };
        let naming = self.children(word).find(names)?;
        self.child(naming, Deprel::Obj)
            .or_else(|| self.child(naming, Deprel::Xcomp))
            .filter(|&noun| self.is_nominal(noun))
            .or_else(|| self.phrase(naming, "as"))
    }

    /// "part of its aid": what is a part is the aid.
    fn whole(&self, noun: usize) -> usize {
        if self.frames.operators.is_share(self.lemma(noun)) {
            self.phrase(noun, "of").unwrap_or(noun)
        } else {
            noun
        }
    }

    /// A noun after the verb without preposition that the parser gave another name; nouns of time are none.
    fn loose_object(&self, verb: usize) -> Option<usize> {
        let loose = |child: &usize| {
            let base = self.deprel(*child).base();
            let likely = match base {
                Deprel::Obl | Deprel::Dep | Deprel::Iobj | Deprel::Nmod | Deprel::Advmod => true,
                // "who met Prime Minister Gul": a second subject, after the verb, is none.
                Deprel::Nsubj => self.children(verb).any(|other| {
                    other < verb && matches!(self.deprel(other), Deprel::Nsubj | Deprel::NsubjPass)
                }),
                // "called Mike Pence a dummy"
                Deprel::Xcomp | Deprel::Ccomp => self.upos(*child) == Upos::Propn,
                _ => false,
            };
            *child > verb
                && likely
                && matches!(self.upos(*child), Upos::Noun | Upos::Propn)
                && (self.case(*child).is_none() || self.is_after_particle(*child, verb))
                && !self.is_time(*child)
        };
        self.children(verb).find(loose)
    }

    pub(super) fn is_time(&self, noun: usize) -> bool {
        TIMES.contains(&self.lemma(noun).to_lowercase().trim_end_matches('s'))
    }

    /// "called off its talks": the particle right after the verb taken for the noun's preposition.
    pub(in crate::code) fn is_after_particle(&self, noun: usize, verb: usize) -> bool {
        let after = verb + 1 < self.view.len()
            && match self.lemma(verb + 1) {
                "off" | "up" | "down" | "out" | "back" | "over" | "away" => true,
                // "has taken in refugees"
                "in" => matches!(self.lemma(verb), "take" | "let"),
                _ => false,
            };
        after && self.head(verb + 1) == Some(noun)
    }

    /// The "by" phrase of a passive.
    fn agent(&self, verb: usize) -> Option<usize> {
        let oblique = |child: &usize| self.deprel(*child).base() == Deprel::Obl;
        self.child(verb, Deprel::OblAgent)
            .or_else(|| self.children(verb).filter(oblique).find(|&child| self.has_case(child, "by")))
            .or_else(|| {
                // "was detained and deported by": the agent hangs on the last conjunct.
                let last = self.children(verb).rfind(|&child| self.deprel(child) == Deprel::Conj)?;
                self.child(last, Deprel::OblAgent).filter(|_| self.is_past_participle(last))
            })
    }

    /// "the town that Russia shelled": the noun is the object of its relative clause.
    fn relative_object(&self, verb: usize) -> Option<usize> {
        if self.deprel(verb) != Deprel::AclRelcl {
            return None;
        }
        let subject = self.child_of(verb, Deprel::Nsubj)?;
        if self.is_relative(subject) { None } else { self.head(verb) }
    }

    /// "arrested and deported the men": the object stands by one of the two.
    fn shared_object(&self, verb: usize) -> Option<usize> {
        let next =
            self.children(verb).find(|&child| self.deprel(child) == Deprel::Conj && self.is_verbal(child));
        let beside = |other: usize| {
            let adjacent = other.abs_diff(verb) <= 3;
            self.child(other, Deprel::Obj).filter(|&object| adjacent && object > verb.max(other))
        };
        if let Some(object) = next.and_then(beside) {
            return Some(object);
        }
        let first = self.head(verb).filter(|_| self.deprel(verb) == Deprel::Conj)?;
        beside(first)
    }

    pub(in crate::code) fn is_relative(&self, word: usize) -> bool {
        matches!(self.lemma(word), "who" | "which" | "that" | "whom" | "whose")
    }

    /// The noun that a relative pronoun stands for.
    fn antecedent(&self, word: usize) -> Option<usize> {
        if !self.is_relative(word) {
            return None;
        }
        let clause = self
            .view
            .tree
            .ancestors(word)
            .take(DEPTH)
            .find(|&above| matches!(self.deprel(above), Deprel::AclRelcl | Deprel::Acl));
        clause.map_or_else(|| self.noun_before(word), |clause| self.head(clause))
    }

    /// "Alba, who on Sunday ordered": the noun before "who" or "which" where the parser hung the clause elsewhere.
    fn noun_before(&self, word: usize) -> Option<usize> {
        if !matches!(self.lemma(word), "who" | "which") {
            return None;
        }
        let before = word.checked_sub(1).filter(|&before| self.view.word(before) == ",")?;
        let noun = before.checked_sub(1).filter(|&noun| self.is_nominal(noun))?;
        let flat =
            |&noun: &usize| matches!(self.deprel(noun), Deprel::Flat | Deprel::Compound | Deprel::NmodDesc);
        Some(if flat(&noun) { self.head(noun).unwrap_or(noun) } else { noun })
    }

    /// The grammatical subject, its own or the one it shares with, or takes over from, the words above it.
    pub(in crate::code) fn surface_subject(&self, verb: usize) -> Option<usize> {
        let first = verb;
        let mut verb = verb;
        for _ in 0..DEPTH {
            let shared = verb != first && self.is_nominal(verb) && self.deprel(verb) == Deprel::Ccomp;
            if let Some(subject) = self.own_subject(verb).filter(|_| !shared) {
                return Some(self.antecedent(subject).unwrap_or(subject));
            }
            let Some(head) = self.head(verb) else { return self.subject_of_first(verb) };
            match self.deprel(verb) {
                Deprel::Xcomp => {
                    if let Some(object) = self.controlling_object(head) {
                        return Some(object);
                    }
                }
                Deprel::Advcl => {
                    if let Some(subject) = self.adverbial_subject(verb, head) {
                        return Some(subject);
                    }
                }
                // "Putin plans to visit", with "plans" read as verb here and as noun there.
                Deprel::Acl if self.is_verbal(head) && self.possessor(head).is_none() => {}
                Deprel::Acl if self.commanding(verb).is_some() => return Some(head),
                Deprel::Acl => return self.subject_of_noun_clause(verb, head),
                Deprel::AclRelcl => return Some(head),
                // "agreed that force was a last resort and demanded": whoever agreed.
                Deprel::Conj if self.is_nominal(head) && self.deprel(head) == Deprel::Ccomp => {}
                Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp | Deprel::Obl if self.is_nominal(head) => {
                    return None;
                }
                Deprel::Conj | Deprel::Ccomp | Deprel::Obl | Deprel::Dep => {}
                // "They met, shook hands and will meet again."
                Deprel::Parataxis if head < verb => {}
                _ => return None,
            }
            verb = head;
        }
        None
    }

    /// "The bloc froze assets, closed borders", with the second verb taken for the main one: the subject of the first.
    fn subject_of_first(&self, verb: usize) -> Option<usize> {
        let first = |&clause: &usize| {
            clause < verb
                && self.deprel(clause) == Deprel::Advcl
                && self.case(clause).is_none()
                && self.view.tree.feats(clause).verb_form == Some(VerbForm::Fin)
        };
        let clause = self.children(verb).find(first)?;
        let subject = self.own_subject(clause)?;
        Some(self.antecedent(subject).unwrap_or(subject))
    }

    fn own_subject(&self, verb: usize) -> Option<usize> {
        let is_subject = |child: &usize| matches!(self.deprel(*child), Deprel::Nsubj | Deprel::NsubjPass);
        let mislabelled = |child: &usize| {
            *child < verb
                && self.is_name_like(*child)
                && matches!(
                    self.deprel(*child),
                    Deprel::Advmod
                        | Deprel::Compound
                        | Deprel::Dep
                        | Deprel::Vocative
                        | Deprel::Dislocated
                        | Deprel::Obl
                        | Deprel::OblUnmarked
                )
                && self.case(*child).is_none()
                && !self.is_time(*child)
        };
        self.children(verb)
            .find(is_subject)
            .or_else(|| self.children(verb).find(mislabelled))
            .or_else(|| self.subject_beside(verb))
    }

    /// "demanded that the alliance stop", with "alliance stop" taken for one noun: the word before the verb in it.
    pub(super) fn subject_in_name(&self, noun: usize) -> Option<usize> {
        let that = self.children(noun).find(|&child| self.deprel(child) == Deprel::Mark)?;
        if !self.is_nominal(noun) || self.lemma(that) != "that" || self.own_subject(noun).is_some() {
            return None;
        }
        let first = (that + 1..=noun).find(|&word| self.upos(word) != Upos::Det)?;
        let verb = (first + 1..=noun).find(|&word| {
            self.upos(word) == Upos::Noun && self.frames.verb_of_form(self.view.word(word)).is_some()
        })?;
        (first..verb).rev().find(|&word| self.is_nominal(word))
    }

    /// A name, or a first word that the tagger took for something else than an adverb.
    fn is_name_like(&self, word: usize) -> bool {
        let capital = self.view.word(word).starts_with(char::is_uppercase);
        self.upos(word) == Upos::Propn
            || capital && matches!(self.upos(word), Upos::Adj | Upos::Noun | Upos::X)
    }

    /// "after Ukraine and Russia agreed": the noun right before a finite verb is its subject even where the parser lost it.
    fn subject_beside(&self, verb: usize) -> Option<usize> {
        let clause = matches!(
            self.deprel(verb),
            Deprel::Conj | Deprel::Ccomp | Deprel::Advcl | Deprel::Root | Deprel::Parataxis
        );
        let finite = self.view.tree.feats(verb).verb_form == Some(VerbForm::Fin)
            || self
                .children(verb)
                .any(|child| matches!(self.deprel(child), Deprel::Aux | Deprel::AuxPass) && child < verb);
        if !clause || !finite {
            return None;
        }
        let skipped = |word: &usize| matches!(self.upos(*word), Upos::Adv | Upos::Aux | Upos::Part);
        let mut subject = (0..verb).rev().find(|word| !skipped(word))?;
        if self.view.word(subject) == "," {
            let opening =
                (subject.saturating_sub(ASIDE)..subject).rev().find(|&word| self.view.word(word) == ",")?;
            subject = opening.checked_sub(1)?;
        }
        if !matches!(self.upos(subject), Upos::Noun | Upos::Propn) {
            return None;
        }
        for _ in 0..DEPTH {
            let inner = matches!(
                self.deprel(subject),
                Deprel::Conj
                    | Deprel::Nmod
                    | Deprel::Flat
                    | Deprel::Compound
                    | Deprel::Appos
                    | Deprel::NmodDesc
            );
            // "ransacked the ministries, and policemen shot": no conjunct of the other verb's object; "after talks the
            // government signed": no phrase without preposition.
            let torn = match self.deprel(subject) {
                Deprel::Conj => self.head(subject).is_some_and(|first| {
                    matches!(self.deprel(first), Deprel::Obj | Deprel::Obl)
                        && self.head(first) == self.head(verb)
                }),
                // "announced the decision after the minister, who ..., resigned": what joins the clause is no preposition.
                Deprel::Nmod => {
                    self.case(subject).is_none_or(|case| matches!(case, "after" | "before" | "since"))
                }
                _ => false,
            };
            let head =
                self.head(subject).filter(|&head| inner && !torn && head < verb && self.is_nominal(head));
            match head {
                Some(head) => subject = head,
                None => break,
            }
        }
        Some(subject)
    }

    /// "urged Iran to stop": Iran is to act. Not so under "promised Iran to stop".
    fn controlling_object(&self, verb: usize) -> Option<usize> {
        if matches!(self.lemma(verb), "promise" | "vow" | "threaten" | "pledge" | "use") {
            return None;
        }
        let object = self.child(verb, Deprel::Obj).or_else(|| self.child(verb, Deprel::Iobj))?;
        Some(self.antecedent(object).unwrap_or(object))
    }

    /// "accused Iran of shelling", "thanked Iran for freeing": the object acts; "was hit by a missile, killing": the agent.
    fn adverbial_subject(&self, verb: usize, head: usize) -> Option<usize> {
        if matches!(self.case(verb), Some("of" | "for" | "from" | "into" | "against" | "over"))
            && !self.is_passive(head)
        {
            // "angry at Iran for shelling"
            let blamed = ["at", "with", "against"].iter().find_map(|way| self.phrase(head, way));
            return self.controlling_object(head).or(blamed.filter(|_| self.case(verb) == Some("for")));
        }
        if self.is_passive(head) && self.case(verb).is_none() { self.agent(head) } else { None }
    }

    /// "forces shelling the city", "men arrested in May", "Iran's decision to leave".
    fn subject_of_noun_clause(&self, verb: usize, noun: usize) -> Option<usize> {
        if self.is_main_participle(verb) {
            return self.head(noun).filter(|_| self.deprel(noun) == Deprel::Appos).or(Some(noun));
        }
        if !self.is_infinitive(verb)
            && !matches!(self.case(verb), Some("of" | "to" | "for" | "in" | "at" | "on"))
        {
            return Some(noun);
        }
        let plain = self.child(noun, Deprel::Cop).is_none();
        // "Putin plans to visit": a verb taken for a noun has a subject.
        self.possessor(noun).or_else(|| self.child(noun, Deprel::Nsubj).filter(|_| plain)).or_else(|| {
            let above = self.head(noun).filter(|&above| self.is_verbal(above))?;
            match self.deprel(noun).base() {
                Deprel::Obj | Deprel::Obl => self.surface_subject_once(above),
                _ => None,
            }
        })
    }

    /// Whose deed a threat hangs on: "unless Havana improved", also where the condition hangs on the clause below.
    pub(super) fn condition(&self, word: usize) -> Option<usize> {
        let tops = [Some(word), self.clause(word)];
        let conditional = |&child: &usize| {
            self.deprel(child) == Deprel::Advcl && matches!(self.case(child), Some("if" | "unless" | "until"))
        };
        tops.into_iter()
            .flatten()
            .find_map(|top| self.children(top).find(conditional))
            .and_then(|clause| self.subject(clause))
    }

    /// The verb's subject without going through a further noun, so that the search ends.
    fn surface_subject_once(&self, verb: usize) -> Option<usize> {
        let mut verb = verb;
        for _ in 0..DEPTH {
            if let Some(subject) = self.own_subject(verb) {
                return Some(self.antecedent(subject).unwrap_or(subject));
            }
            if self.deprel(verb) == Deprel::AclRelcl {
                return self.head(verb);
            }
            verb = self
                .head(verb)
                .filter(|_| matches!(self.deprel(verb), Deprel::Conj | Deprel::Xcomp | Deprel::Advcl))?;
        }
        None
    }

    pub(in crate::code) fn possessor(&self, noun: usize) -> Option<usize> {
        self.child(noun, Deprel::NmodPoss).or_else(|| self.loose_possessor(noun))
    }

    /// "Macron's scheduled visit": the name before "'s" where the parser hung it elsewhere.
    fn loose_possessor(&self, noun: usize) -> Option<usize> {
        let mark = (0..noun).rev().find(|&word| self.head(word) != Some(noun))?;
        let marks = self.deprel(mark) == Deprel::Case && matches!(self.lemma(mark), "'s" | "’s" | "'" | "’");
        self.head(mark).filter(|&owner| marks && owner < mark && self.is_nominal(owner))
    }

    /// A phrase with this preposition among the dependents of a word.
    pub(in crate::code) fn phrase(&self, word: usize, preposition: &str) -> Option<usize> {
        self.phrases(word, preposition).next()
    }

    /// All phrases with this preposition among the dependents of a word.
    pub(in crate::code) fn phrases(&self, word: usize, preposition: &str) -> impl Iterator<Item = usize> {
        let phrase = move |child: &usize| {
            let base = self.deprel(*child).base();
            let nominal =
                matches!(base, Deprel::Obl | Deprel::Nmod | Deprel::Advmod | Deprel::Dep | Deprel::Xcomp);
            // "called for calm on Friday" is not "called on".
            let dated = matches!(preposition, "on" | "in" | "at") && self.is_time(*child);
            // "closed the port with Norway's help": whoever helps is no other side.
            let helped = preposition == "with" && self.frames.operators.is_help(self.lemma(*child));
            nominal && self.has_case(*child, preposition) && !dated && !helped
        };
        self.children(word).filter(phrase).map(|found| self.antecedent(found).unwrap_or(found))
    }

    /// The words on whose dependents a verb's phrases may stand: itself, its object (parsers mix the two up), its particle's
    /// noun, the first conjunct.
    pub(in crate::code) fn phrase_of(&self, words: &[usize], preposition: &str) -> Option<usize> {
        words.iter().find_map(|&word| self.phrase(word, preposition))
    }

    /// The clause that completes a verb: "agreed to send", "said that he", "accused of shelling".
    pub(in crate::code) fn clause(&self, word: usize) -> Option<usize> {
        self.clauses(word).next()
    }

    /// All of them: parsers sometimes cut one in two.
    pub(in crate::code) fn clauses(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        let completes = move |child: &usize| match self.deprel(*child) {
            Deprel::Xcomp | Deprel::Ccomp => *child > word,
            Deprel::Acl => self.is_infinitive(*child) || self.case(*child) == Some("that"),
            // "its demand that Chad leave", taken for a relative clause.
            Deprel::AclRelcl => self.case(*child) == Some("that"),
            Deprel::Advcl => {
                matches!(self.case(*child), Some("of" | "for" | "against" | "on" | "to" | "into" | "from"))
            }
            _ => false,
        };
        let told = self.child(word, Deprel::Obj).into_iter().flat_map(|object| self.children(object));
        let told = told.filter(move |&child| self.commanding(child) == Some(word));
        self.children(word).filter(completes).chain(told)
    }

    /// "has asked the force to remain": the verb that asks, where the parser hung the infinitive on the one who is asked.
    fn commanding(&self, infinitive: usize) -> Option<usize> {
        if self.deprel(infinitive) != Deprel::Acl || !self.is_infinitive(infinitive) {
            return None;
        }
        let asked = self.head(infinitive).filter(|&asked| self.deprel(asked) == Deprel::Obj)?;
        let verb = self.head(asked)?;
        let asks = matches!(
            self.lemma(verb),
            "ask"
                | "urge"
                | "tell"
                | "order"
                | "instruct"
                | "command"
                | "direct"
                | "beg"
                | "implore"
                | "press"
                | "force"
                | "compel"
                | "invite"
                | "warn"
                | "advise"
                | "persuade"
                | "entreat"
                | "exhort"
        );
        asks.then_some(verb)
    }

    /// The verb as frames and operators write it: "call off".
    pub(in crate::code) fn verb_name(&self, verb: usize) -> std::borrow::Cow<'a, str> {
        let next = Some(verb + 1).filter(|&next| {
            next < self.view.len() && matches!(self.lemma(next), "off" | "out" | "up" | "down" | "back")
        });
        match self.child(verb, Deprel::CompoundPrt).or(next) {
            Some(particle) => format!("{} {}", self.lemma(verb), self.lemma(particle)).into(),
            None => self.lemma(verb).into(),
        }
    }

    /// Whether a word with this lemma stands below `top`, `top` included, not further than a clause away.
    pub(in crate::code) fn lemmas_below(&self, top: usize) -> Vec<&'a str> {
        self.view.tree.subtree(top).into_iter().map(|word| self.lemma(word)).collect()
    }
}
