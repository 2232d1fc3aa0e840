//! Where the parties of a relation stand, and what it is about.

use super::Party;
use crate::{
    code::{Scene, amount::Amount, event::syntax::Syntax},
    data::relations::{Beside, Slot, Slots, Turn, UnitClass},
    parse::{Deprel, Upos},
    resolve::{actor::ActorKind, place::PlaceId},
};

/// How many words in front of a noun its owner is looked for where the tree hangs it elsewhere.
const NEAR: usize = 6;

/// How many words behind a word a phrase of its own can begin.
const BEHIND: usize = 16;

/// One word that may tell a relation, with the verb or noun that takes part in it.
pub(super) struct Site<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) syntax: Syntax<'a>,
    /// The word of the lexicon.
    pub(super) word: usize,
    /// Of a noun, the verb whose object or subject it is.
    pub(super) verb: Option<usize>,
    /// Of a noun, a clause of its own whose subject is a party: "that they signed".
    pub(super) clause: Option<usize>,
    /// Whether the verb's subject is a party.
    pub(super) subject_is_party: bool,
    pub(super) amounts: &'a [Amount],
}

impl Site<'_> {
    /// The words on which phrases hang that belong to the relation.
    fn hangers(&self) -> Vec<usize> {
        let mut words = vec![self.word];
        if self.syntax.is_verbal(self.word) {
            words.extend(self.syntax.object(self.word));
            words.extend(self.syntax.child(self.word, Deprel::Obj));
            words.extend(self.syntax.child(self.word, Deprel::Xcomp));
        } else {
            words.extend(self.verb);
        }
        // "bought oil and gas from": what hangs on a conjunct
        let conjuncts: Vec<usize> = words
            .iter()
            .skip(1)
            .flat_map(|&word| self.syntax.view.tree.children_by(word, Deprel::Conj))
            .collect();
        words.extend(conjuncts.into_iter().take(3));
        words
    }

    /// The head words of the phrases at a slot, conjuncts not among them.
    pub(super) fn at(&self, slot: &Slot) -> Vec<usize> {
        let syntax = self.syntax;
        let verbal = syntax.is_verbal(self.word);
        match slot {
            Slot::Subject if verbal => syntax.subject(self.word).into_iter().collect(),
            Slot::Subject => {
                let verb = self.verb.filter(|_| self.subject_is_party);
                let verbs = verb.into_iter().chain(self.clause);
                verbs
                    .filter_map(|verb| syntax.subject(verb))
                    .filter(|&subject| subject != self.word)
                    .collect()
            }
            Slot::Holder => self.holder().into_iter().collect(),
            Slot::Compound => self.compounds(),
            Slot::Verb => self.verb.into_iter().collect(),
            Slot::Indirect => {
                let verb = if verbal { Some(self.word) } else { self.verb };
                verb.and_then(|verb| syntax.child(verb, Deprel::Iobj)).into_iter().collect()
            }
            Slot::Phrase(preposition) => {
                let hangers = self.hangers();
                let found = hangers.iter().find_map(|&word| self.phrase(word, preposition));
                let found = found.or_else(|| self.phrase_behind(&hangers, preposition));
                let other = found.filter(|_| matches!(&**preposition, "between" | "among"));
                found.into_iter().chain(other.and_then(|one| self.other_side(one))).collect()
            }
            Slot::Path(steps) => {
                let Some((first, rest)) = steps.split_first() else { return Vec::new() };
                rest.iter().fold(self.at(first), |words, step| {
                    words.into_iter().flat_map(|word| self.step(word, step)).collect()
                })
            }
            _ => self.step(self.word, slot),
        }
    }

    /// The words at a slot of one word.
    fn step(&self, word: usize, slot: &Slot) -> Vec<usize> {
        let syntax = self.syntax;
        match slot {
            Slot::Object => syntax.object(word).map(|object| self.measured(object)).into_iter().collect(),
            Slot::Subject => syntax.subject(word).map(|subject| self.measured(subject)).into_iter().collect(),
            Slot::Owner => self.owners(word),
            Slot::Attribute => syntax
                .children(word)
                .filter(|&child| matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound))
                .collect(),
            Slot::Preposition => syntax.child(word, Deprel::Case).into_iter().collect(),
            Slot::Below => syntax
                .children(word)
                .filter(|&child| {
                    matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Advcl) && child > word
                })
                .collect(),
            Slot::Phrase(preposition) => {
                let words = syntax.view.tree.conjuncts(word);
                words.into_iter().rev().find_map(|word| self.phrase(word, preposition)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn phrase(&self, word: usize, preposition: &str) -> Option<usize> {
        self.syntax.phrase(word, preposition).filter(|&found| found != self.word)
    }

    /// A phrase behind the word that hangs on another noun on the way: "a loan of $7 billion from the fund".
    fn phrase_behind(&self, hangers: &[usize], preposition: &str) -> Option<usize> {
        let syntax = self.syntax;
        if preposition == "of" {
            return None;
        }
        let open = |word: &usize| !matches!(syntax.view.word(*word), ";" | ":" | "–" | "—");
        let behind = (self.word + 1..syntax.view.len()).take(BEHIND).take_while(open);
        behind.filter(|&word| syntax.case(word) == Some(preposition)).find(|&word| {
            let mut at = word;
            for _ in 0..NEAR {
                let Some(head) = syntax.head(at) else { return false };
                if hangers.contains(&head) {
                    return true;
                }
                if syntax.is_verbal(head) || syntax.deprel(at) == Deprel::Conj {
                    return false;
                }
                at = head;
            }
            false
        })
    }

    /// The second of "between the Saudis and the Houthis" where the tree hangs it elsewhere.
    fn other_side(&self, one: usize) -> Option<usize> {
        let syntax = self.syntax;
        if syntax.view.tree.children_by(one, Deprel::Conj).next().is_some() {
            return None;
        }
        let and = (one + 1..syntax.view.len()).take(NEAR).find(|&word| syntax.view.word(word) == "and")?;
        let near = (one + 1..and).all(|word| !syntax.is_verbal(word));
        let index = syntax.view.index;
        let mut behind = (and + 1..syntax.view.len()).take(NEAR).take_while(|&word| !syntax.is_verbal(word));
        behind.find(|&word| near && !self.scene.actors.at(index, word).is_empty())
    }

    /// Who stands before a noun: "Russia's", "its", "Russian", "NATO".
    fn owners(&self, noun: usize) -> Vec<usize> {
        let syntax = self.syntax;
        let index = syntax.view.index;
        if let Some(owner) = syntax.possessor(noun) {
            return vec![owner];
        }
        let named = |&child: &usize| {
            child < noun
                && matches!(
                    syntax.deprel(child),
                    Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodUnmarked | Deprel::NmodDesc
                )
                && syntax.case(child).is_none()
                && (!self.scene.actors.at(index, child).is_empty()
                    || self.scene.places.at(index, child).is_some())
        };
        let named: Vec<usize> = syntax.children(noun).filter(named).collect();
        if !named.is_empty() {
            return named;
        }
        // "Russia's second-largest oil buyer", wherever the tree hangs "Russia"
        let mark = (noun.saturating_sub(NEAR)..noun)
            .rev()
            .take_while(|&word| syntax.view.word(word) != ",")
            .find(|&word| matches!(syntax.view.word(word), "'s" | "’s"));
        mark.and_then(|mark| mark.checked_sub(1)).into_iter().collect()
    }

    /// Who is said to be what the noun says.
    fn holder(&self) -> Option<usize> {
        let syntax = self.syntax;
        let word = self.word;
        if let Some(subject) = syntax.children(word).find(|&child| syntax.deprel(child).is_subject()) {
            return Some(self.antecedent(subject));
        }
        let head = syntax.head(word)?;
        match syntax.deprel(word) {
            Deprel::Appos => Some(head),
            // "NATO member Norway", "Norway, a member"
            Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod
                if syntax.case(word).is_none() && head > word && syntax.is_nominal(head) =>
            {
                Some(head)
            }
            // "lives under sanctions", "is subject to an embargo"
            Deprel::Obl | Deprel::Nmod
                if syntax.case(word) == Some("under") || syntax.lemma(head) == "subject" =>
            {
                let subject = syntax.children(head).find(|&child| syntax.deprel(child).is_subject());
                subject.or_else(|| syntax.is_verbal(head).then(|| syntax.surface_subject(head)).flatten())
            }
            // "has been a member", "became a member", "joined as a member", "emerged as the supplier"
            Deprel::Xcomp | Deprel::Obj if syntax.is_verbal(head) && becomes(syntax, head) => {
                syntax.surface_subject(head)
            }
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl if syntax.case(word) == Some("as") => {
                if syntax.is_verbal(head) { syntax.surface_subject(head) } else { Some(head) }
            }
            Deprel::Conj => {
                let first = head;
                syntax
                    .children(first)
                    .find(|&child| syntax.deprel(child).is_subject())
                    .or_else(|| (syntax.deprel(first) == Deprel::Appos).then(|| syntax.head(first)).flatten())
            }
            // "Norway, a member of NATO, ...": the noun leads and the name is beside it
            _ => self.name_beside(word).or_else(|| self.before_copula()),
        }
    }

    fn antecedent(&self, word: usize) -> usize {
        let syntax = self.syntax;
        if !matches!(syntax.lemma(word), "which" | "who" | "that") {
            return word;
        }
        let clause = syntax.head(word).filter(|&clause| syntax.deprel(clause) == Deprel::AclRelcl);
        clause.and_then(|clause| syntax.head(clause)).unwrap_or(word)
    }

    /// Whoever stands right before "is", "remains" or "became" and the noun, where the tree shows no subject.
    fn before_copula(&self) -> Option<usize> {
        let syntax = self.syntax;
        let copula = (self.word.saturating_sub(NEAR * 2)..self.word).rev().find(|&word| {
            matches!(syntax.lemma(word), "be" | "remain" | "become") && syntax.view.word(word) != "being"
        })?;
        let near =
            (copula + 1..self.word).all(|word| !syntax.is_verbal(word) && syntax.view.word(word) != ",");
        let index = syntax.view.index;
        let mut before = (copula.saturating_sub(3)..copula).rev();
        before.find(|&word| near && !self.scene.actors.at(index, word).is_empty())
    }

    /// Nouns before a noun that are nobody's name: "oil" of "oil supplier".
    fn compounds(&self) -> Vec<usize> {
        let tree = self.syntax.view.tree;
        let of = |&child: &usize| {
            child < self.word
                && tree.upos(child) == Upos::Noun
                && self.scene.actors.at(self.syntax.view.index, child).is_empty()
        };
        tree.children_by(self.word, Deprel::Compound).filter(of).collect()
    }

    /// Whom the first slot that holds somebody stands for.
    pub(super) fn parties(&self, slots: &Slots) -> Vec<Party> {
        for slot in &slots.places {
            let words = self.at(slot);
            let found: Vec<Party> = words.iter().flat_map(|&word| self.phrase_parties(word)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Whom a phrase and its conjuncts stand for; of what stands for nobody, whose it is.
    fn phrase_parties(&self, word: usize) -> Vec<Party> {
        let mut parties = Vec::new();
        for word in self.syntax.view.tree.conjuncts(word).into_iter().take(MOST) {
            let mut found = self.word_parties(word);
            if found.is_empty() {
                found.extend(self.name_beside(word).into_iter().flat_map(|name| self.word_parties(name)));
            }
            let of_nobody = found.iter().all(|party| self.is_loose(party));
            if of_nobody {
                let of = self.syntax.phrase(word, "of").or_else(|| self.syntax.phrase(word, "from"));
                // "countries such as Mali", "groups like BRICS"
                let such = ["like", "as", "including"].iter().find_map(|case| self.syntax.phrase(word, case));
                let listed: Vec<usize> =
                    such.map(|such| self.syntax.view.tree.conjuncts(such)).unwrap_or_default();
                let owners = self.owners(word).into_iter().chain(of).chain(listed);
                let owned: Vec<Party> = owners
                    .filter(|&owner| owner != word)
                    .flat_map(|owner| self.word_parties(owner))
                    .collect();
                if !owned.is_empty() {
                    found = owned;
                }
            }
            parties.extend(found);
        }
        let mut seen: Vec<Party> = Vec::with_capacity(parties.len());
        for party in parties {
            if !seen.contains(&party) {
                seen.push(party);
            }
        }
        seen
    }

    /// The name that a noun only introduces: "member Turkey".
    fn name_beside(&self, word: usize) -> Option<usize> {
        let syntax = self.syntax;
        let below = [Deprel::Appos, Deprel::Flat].iter().find_map(|&beside| syntax.child(word, beside));
        below.or_else(|| {
            let next = Some(word + 1).filter(|&next| next < syntax.view.len())?;
            let twin = syntax.head(next) == syntax.head(word) && syntax.deprel(next) == syntax.deprel(word);
            (twin && syntax.upos(next) == Upos::Propn).then_some(next)
        })
    }

    /// Whether nobody in particular is meant: a party without a country or code.
    fn is_loose(&self, party: &Party) -> bool {
        matches!(party, Party::Actor(id) if self.scene.actors.get(*id).code.is_none())
    }

    fn word_parties(&self, word: usize) -> Vec<Party> {
        let index = self.syntax.view.index;
        let actors = self.scene.actors.at(index, word);
        let outlet = |id| self.scene.actors.get(id).kind == ActorKind::Outlet;
        let named: Vec<Party> =
            actors.iter().filter(|&&id| !outlet(id)).map(|&id| Party::Actor(id)).collect();
        if !named.is_empty() {
            return named;
        }
        let country = self.place(word).and_then(|place| self.scene.places.get(place).country.clone());
        country.map(Party::State).into_iter().collect()
    }

    /// The place that a phrase names: "Okinawa", "the Senkaku islands".
    fn place(&self, word: usize) -> Option<PlaceId> {
        let at = |word: usize| self.scene.places.at(self.syntax.view.index, word);
        at(word).or_else(|| {
            let mut compounds = self.syntax.view.tree.children_by(word, Deprel::Compound);
            compounds.find_map(at).filter(|_| self.scene.actors.at(self.syntax.view.index, word).is_empty())
        })
    }

    /// What an agreement says, as written: "both withdraw their troops".
    fn provision(&self) -> Option<String> {
        let syntax = self.syntax;
        let provides = |word: usize| {
            let mut turns = self.scene.data.relations.turns(syntax.lemma(word), "");
            turns.any(|turn| turn.turn == Turn::Provides)
        };
        let clauses = syntax.children(self.word).filter(|&child| {
            matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl) && syntax.is_verbal(child)
        });
        let (clause, under) = clauses
            .map(|clause| {
                (clause, syntax.children(clause).find(|&child| syntax.case(child) == Some("under")))
            })
            .find(|&(clause, under)| under.is_some() || provides(clause))?;
        let extent = syntax.view.tree.extent(clause);
        let start = under.unwrap_or(clause) + 1;
        let mut end = extent.end.min(start + PROVISION);
        while end > start && matches!(syntax.view.word(end - 1), "." | "," | ";") {
            end -= 1;
        }
        (start < end).then(|| syntax.view.span_of(start..end).of(syntax.view.text).to_owned())
    }

    /// What the first slot that says something says: a noun with its attributes, without amounts and names.
    pub(super) fn what(&self, slots: &Slots) -> Option<String> {
        slots.places.iter().find_map(|slot| match slot {
            Slot::Provision => self.provision(),
            Slot::Compound => {
                let words: Vec<&str> =
                    self.compounds().into_iter().map(|word| self.syntax.view.word(word)).collect();
                (!words.is_empty()).then(|| words.join(" ").to_lowercase())
            }
            _ => self.at(slot).first().and_then(|&word| self.goods(word)),
        })
    }

    /// "9 billion cubic metres of Russian gas" -> "gas"; "its crude oil and diesel" -> "crude oil, diesel".
    fn goods(&self, word: usize) -> Option<String> {
        let syntax = self.syntax;
        let word = self.measured(word);
        let index = syntax.view.index;
        let mut goods: Vec<String> = Vec::new();
        for noun in syntax.view.tree.conjuncts(word).into_iter().take(MOST) {
            if let Some(place) = self.place(noun) {
                let is_all = self.scene.places.at(index, noun).is_some();
                let name = &self.scene.places.get(place).name;
                goods.push(if is_all { name.clone() } else { format!("{name} {}", syntax.view.word(noun)) });
                continue;
            }
            let attribute = |&child: &usize| {
                child < noun
                    && matches!(syntax.deprel(child), Deprel::Compound | Deprel::Amod)
                    && matches!(syntax.upos(child), Upos::Noun | Upos::Adj | Upos::Verb)
                    && self.word_parties(child).is_empty()
                    && !is_degree(syntax, child)
            };
            let words = syntax.children(noun).filter(attribute).chain([noun]);
            let words: Vec<String> = words.map(|word| syntax.view.word(word).to_lowercase()).collect();
            if matches!(syntax.upos(noun), Upos::Noun | Upos::Propn | Upos::Verb) {
                goods.push(words.join(" "));
            }
        }
        (!goods.is_empty()).then(|| goods.join(", "))
    }

    /// What an amount is of: "two-thirds of its gas", "barrels of oil", where the tree has the amount on top.
    fn measured(&self, word: usize) -> usize {
        let is_amount = self.amounts.iter().any(|amount| {
            amount.words.contains(&word) && !matches!(amount.class, UnitClass::Things | UnitClass::People)
        });
        let part = matches!(
            self.syntax.lemma(word),
            "share" | "part" | "most" | "bulk" | "majority" | "all" | "much"
        );
        if !is_amount && !part {
            return word;
        }
        self.syntax.phrase(word, "of").unwrap_or(word)
    }

    /// Whether what a pattern asks for stands beside the word.
    pub(super) fn meets(&self, beside: &Beside) -> bool {
        let words = self.at(&beside.slot);
        let found = words.iter().any(|&word| {
            let mut words = self.syntax.view.tree.conjuncts(word).into_iter().take(MOST);
            words.any(|word| beside.words.iter().any(|wanted| self.is(word, wanted)))
        });
        found != beside.is_barred
    }

    fn is(&self, word: usize, wanted: &str) -> bool {
        let index = self.syntax.view.index;
        let kind = |wanted: &[ActorKind]| {
            self.scene
                .actors
                .at(index, word)
                .iter()
                .any(|&id| wanted.contains(&self.scene.actors.get(id).kind))
        };
        match wanted {
            "BODY" => self.scene.actors.at(index, word).iter().any(|&id| {
                let actor = self.scene.actors.get(id);
                actor.kind == ActorKind::Organisation && actor.country.is_none() && actor.code.is_some()
            }),
            "STATE" => kind(&[ActorKind::State, ActorKind::Government]) || self.place(word).is_some(),
            // not its capital
            "COUNTRY" => self.scene.actors.at(index, word).iter().any(|&id| {
                let actor = self.scene.actors.get(id);
                let place = self.place(word).map(|place| &self.scene.places.get(place).name);
                actor.kind == ActorKind::State && place.is_none_or(|place| *place == actor.name)
            }),
            "PAIR" => {
                let parties = self.phrase_parties(word);
                parties.len() > 1
            }
            "PARTY" => !self.phrase_parties(word).is_empty(),
            "PLACE" => self.place(word).is_some() || kind(&[ActorKind::State]),
            "AMOUNT" => self.amount_at(word).is_some(),
            "MONEY" => self.amount_at(word).is_some_and(|amount| amount.class == UnitClass::Money),
            "SHARE" => self.amount_at(word).is_some_and(|amount| amount.class == UnitClass::Share),
            "PEOPLE" => self.amount_at(word).is_some_and(|amount| amount.class == UnitClass::People),
            "SOME" => true,
            _ => self.syntax.is_lemma(word, wanted),
        }
    }

    /// The amount that a phrase is or begins with.
    fn amount_at(&self, word: usize) -> Option<&Amount> {
        // "a third of its gas": what is supplied is the gas
        let above = self.syntax.head(word).filter(|_| self.syntax.case(word) == Some("of"));
        if let Some(amount) =
            above.and_then(|above| self.amounts.iter().find(|amount| amount.words.contains(&above)))
        {
            return Some(amount);
        }
        self.amounts
            .iter()
            .find(|amount| amount.words.contains(&word) || self.syntax.head(amount.words.start) == Some(word))
    }
}

/// Words of a provision, at most.
const PROVISION: usize = 40;

/// Parties or goods in one phrase, at most.
const MOST: usize = 16;

/// "become", "remain": a verb whose complement says what its subject is.
fn becomes(syntax: Syntax<'_>, verb: usize) -> bool {
    matches!(syntax.lemma(verb), "become" | "remain" | "stay" | "be" | "make")
}

/// "large", "further": an attribute that is no part of what is traded.
fn is_degree(syntax: Syntax<'_>, word: usize) -> bool {
    let feats = syntax.view.word(word);
    feats.ends_with("est")
        || matches!(
            syntax.lemma(word),
            "more"
                | "most"
                | "much"
                | "many"
                | "large"
                | "own"
                | "total"
                | "first"
                | "annual"
                | "other"
                | "new"
        )
}
