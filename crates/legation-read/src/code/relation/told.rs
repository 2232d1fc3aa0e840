//! Whether a word tells a relation, and whether it is the case: hopes, threats, denials and what is long past are none.

use super::{
    Draft, Party, Relation,
    forum::{blank, subjects},
    slot::Site,
    time,
};
use crate::{
    code::{
        Scene,
        amount::{self, Amount},
        event::{
            status::{is_negated, plain_effect},
            syntax::Syntax,
            when::{is_perfect, is_simple_past},
        },
        statement::Statement,
    },
    data::{
        frames::Effect,
        relations::{Dated, RelationPattern, Slot, Turn, TurnWord, UnitClass, Use},
    },
    parse::{Deprel, SentenceView, Upos, VerbForm},
};

/// How many words above are asked whether all below them is only wished or alleged.
const ABOVE: usize = 6;

/// How far an amount may hang from the word that it measures.
const DEPTH: usize = 8;

/// How many words from the word an amount can stand.
const NEAR: usize = 80;

/// How many statements around a word can hold it.
const STATEMENTS: usize = 12;

/// One sentence, asked for relations.
pub(super) struct Teller<'a> {
    scene: &'a Scene<'a>,
    statements: &'a [Statement],
    syntax: Syntax<'a>,
    /// The amounts in it, once a word has asked for them.
    amounts: Option<Vec<Amount>>,
}

/// What is the case, as far as verb and tense say.
struct Told<'a> {
    value: Option<&'a str>,
    dated: Dated,
    /// The verb that takes part in it.
    verb: Option<usize>,
    /// A clause of the noun's own that says when it began: "signed in 2001".
    clause: Option<usize>,
    clause_is_party: bool,
    subject_is_party: bool,
}

impl<'a> Teller<'a> {
    pub(super) fn new(
        scene: &'a Scene<'a>,
        statements: &'a [Statement],
        view: SentenceView<'a>,
    ) -> Teller<'a> {
        Teller { scene, statements, syntax: Syntax { view, frames: &scene.data.frames }, amounts: None }
    }

    /// The relations that a word tells, one a kind at most.
    pub(super) fn drafts(&mut self, word: usize) -> Vec<Draft> {
        let lexicon = &self.scene.data.relations;
        let used = match self.syntax.upos(word) {
            Upos::Verb => Use::Verb,
            // "the Republican National Convention" is somebody
            Upos::Propn if !self.scene.actors.at(self.syntax.view.index, word).is_empty() => {
                return Vec::new();
            }
            Upos::Noun | Upos::Propn => Use::Noun,
            Upos::Adj => Use::Adjective,
            _ => return Vec::new(),
        };
        let mut patterns = self.patterns(word, used);
        if patterns.is_empty() {
            return Vec::new();
        }
        patterns.sort_by_key(|pattern| std::cmp::Reverse((pattern.particle.is_some(), pattern.beside.len())));
        let view = self.syntax.view;
        let all = self.amounts.take().unwrap_or_else(|| amount::all(&view, lexicon));
        let first = all.partition_point(|amount| amount.words.start + NEAR < word);
        let last = all.partition_point(|amount| amount.words.start < word + NEAR);
        let drafts = self.drafts_of(word, patterns, &all[first..last.max(first)]);
        self.amounts = Some(all);
        drafts
    }

    fn drafts_of(&self, word: usize, patterns: Vec<&'a RelationPattern>, amounts: &[Amount]) -> Vec<Draft> {
        let lexicon = &self.scene.data.relations;
        if self.is_denied(word) {
            return Vec::new();
        }
        let mut drafts: Vec<Draft> = Vec::new();
        for pattern in patterns {
            let kind = &*lexicon.kinds[pattern.kind].name;
            if drafts.iter().any(|draft| draft.kind == pattern.kind) || self.has_unreal_attribute(word, kind)
            {
                continue;
            }
            let told = if pattern.use_ == Use::Verb {
                self.verb_told(pattern, word)
            } else {
                self.noun_told(pattern, word)
            };
            drafts.extend(told.and_then(|told| self.draft(pattern, word, &told, amounts)));
        }
        drafts
    }

    /// The patterns of a word that fit its form.
    fn patterns(&self, word: usize, used: Use) -> Vec<&'a RelationPattern> {
        let lexicon = &self.scene.data.relations;
        let lemma = self.syntax.lemma(word);
        let lowered = lemma.bytes().any(|byte| byte.is_ascii_uppercase()).then(|| lemma.to_lowercase());
        let lemma = lowered.as_deref().unwrap_or(lemma);
        let mut found: Vec<&RelationPattern> = lexicon.find(lemma).collect();
        if let Some(singular) = lemma.strip_suffix('s').filter(|_| found.is_empty()) {
            found.extend(lexicon.find(singular));
        }
        if used == Use::Verb {
            // "is allied with"
            found.extend(
                lexicon.find(self.syntax.view.word(word)).filter(|pattern| pattern.use_ == Use::Adjective),
            );
        }
        // "the arms embargo remains": a noun that the tagger took for a verb
        let with_article = used == Use::Verb
            && self.syntax.children(word).any(|child| self.syntax.deprel(child) == Deprel::Det)
            || self.syntax.deprel(word).is_subject();
        found.retain(|pattern| {
            let fits = pattern.use_ == used
                || (used == Use::Verb && pattern.use_ == Use::Adjective)
                || (with_article && pattern.use_ == Use::Noun);
            let particle = pattern.particle.as_deref();
            fits && particle.is_none_or(|particle| self.has_particle(word, particle))
        });
        found
    }

    fn has_particle(&self, word: usize, particle: &str) -> bool {
        let first = particle.split(' ').next().unwrap_or(particle);
        let next = word + 1 < self.syntax.view.len() && self.syntax.view.word(word + 1) == first;
        next || self.syntax.children(word).any(|child| {
            child > word
                && matches!(self.syntax.deprel(child), Deprel::CompoundPrt | Deprel::Advmod)
                && self.syntax.view.word(child) == first
        })
    }

    /// Whether somebody denies or doubts it.
    fn is_denied(&self, word: usize) -> bool {
        let span = self.syntax.view.span(word);
        let start = |statement: &Statement| statement.content.first().map_or(0, |piece| piece.start);
        let after = self.statements.partition_point(|statement| start(statement) <= span.start);
        let near = &self.statements[after.saturating_sub(STATEMENTS)..after];
        near.iter().any(|statement| {
            matches!(statement.stance.as_str(), "denies" | "doubts")
                && statement.content.iter().any(|piece| piece.contains(span))
        })
    }

    /// Whether an attribute says that it is not, or no longer, the case.
    fn has_unreal_attribute(&self, word: usize, kind: &'a str) -> bool {
        let syntax = self.syntax;
        let attribute = |child: &usize| {
            matches!(
                syntax.deprel(*child),
                Deprel::Amod | Deprel::Advmod | Deprel::Compound | Deprel::Aux | Deprel::Case
            )
        };
        syntax.children(word).filter(attribute).any(|child| self.is_unreal_turn(child, kind))
    }

    /// Whether a word above it says that it is only wished, feared or alleged.
    fn is_unreal(&self, word: usize, kind: &'a str) -> bool {
        let syntax = self.syntax;
        let mut at = word;
        for _ in 0..ABOVE {
            let Some(head) = syntax.head(at) else { return false };
            let governed = matches!(
                syntax.deprel(at).base(),
                Deprel::Xcomp
                    | Deprel::Ccomp
                    | Deprel::Obj
                    | Deprel::Advcl
                    | Deprel::Acl
                    | Deprel::Obl
                    | Deprel::Nmod
            );
            if governed && !self.completes(at, head) {
                return false;
            }
            if governed && self.is_unreal_turn(head, kind) {
                return true;
            }
            // what a noun's own clause says is not under the verb of the noun
            if !governed && syntax.deprel(at) != Deprel::Conj || syntax.deprel(at) == Deprel::AclRelcl {
                return false;
            }
            at = head;
        }
        false
    }

    /// Whether a word completes the one above it, rather than telling when or why.
    fn completes(&self, word: usize, head: usize) -> bool {
        match self.syntax.deprel(word).base() {
            Deprel::Advcl => matches!(self.syntax.case(word), Some("of" | "for" | "from" | "to" | "against")),
            Deprel::Obl | Deprel::Nmod => {
                matches!(self.syntax.case(word), Some("of" | "for" | "to" | "against" | "with" | "about"))
                    || self.syntax.is_after_particle(word, head)
            }
            _ => true,
        }
    }

    fn is_unreal_turn(&self, word: usize, kind: &'a str) -> bool {
        self.turn(word, kind).is_some_and(|turn| turn.turn == Turn::Unreal)
    }

    /// What a word does to a relation of a kind.
    fn turn(&self, word: usize, kind: &'a str) -> Option<&'a TurnWord> {
        let lemma = self.syntax.lemma(word);
        let mut turns = self.scene.data.relations.turns(lemma, kind);
        let fits = |turn: &&TurnWord| {
            turn.particle.as_deref().is_none_or(|particle| self.has_particle(word, particle))
        };
        let mut plain = None;
        for turn in turns.by_ref().filter(fits) {
            if turn.particle.is_some() {
                return Some(turn);
            }
            // a row for the kind goes before one for all
            if plain.is_none_or(|plain: &TurnWord| plain.kinds.is_empty()) {
                plain = Some(turn);
            }
        }
        plain
    }

    /// Whether a verb says that it is the case.
    fn verb_told(&self, pattern: &'a RelationPattern, verb: usize) -> Option<Told<'a>> {
        let syntax = self.syntax;
        let told = Told {
            value: None,
            dated: pattern.dated,
            verb: Some(verb),
            clause: None,
            clause_is_party: false,
            subject_is_party: true,
        };
        if pattern.dated == Dated::Goal {
            return self.is_goal(verb).then_some(told);
        }
        let kind = &*self.scene.data.relations.kinds[pattern.kind].name;
        let refused = pattern.is_negated && syntax.is_refused(verb);
        if is_negated(syntax, verb) != pattern.is_negated || refused || self.is_unreal(verb, kind) {
            return None;
        }
        let effect = plain_effect(syntax, verb);
        let is_case = match effect {
            Effect::Negated => pattern.is_negated,
            Effect::Keep | Effect::Announced => true,
            Effect::Ongoing => pattern.dated != Dated::Begins,
            _ => false,
        };
        let bare = syntax.is_infinitive(verb) && effect != Effect::Ongoing;
        if !is_case || bare || (pattern.dated == Dated::State && self.is_over(verb, &[verb])) {
            return None;
        }
        Some(told)
    }

    /// A goal, not a deed: an infinitive or an -ing form under "commit", "plan", "agree".
    fn is_goal(&self, verb: usize) -> bool {
        let syntax = self.syntax;
        let under = syntax.head(verb).is_some() && syntax.deprel(verb) != Deprel::Conj;
        let will = syntax.children(verb).any(|child| matches!(syntax.lemma(child), "will" | "shall"));
        will || (under
            && (syntax.view.word(verb).ends_with("ing")
                || syntax.children(verb).any(|child| syntax.view.word(child) == "to")))
    }

    /// Whether the simple past tells a state that nothing says to be more than history.
    fn is_over(&self, verb: usize, anchors: &[usize]) -> bool {
        let syntax = self.syntax;
        let finite = syntax.view.tree.feats(verb).verb_form == Some(VerbForm::Fin) || !syntax.is_verbal(verb);
        let past = finite && is_simple_past(syntax, verb) && !is_perfect(syntax, verb);
        if !past {
            return false;
        }
        let span = time::of(self.scene, syntax, anchors, Dated::State);
        let dated = span.since.is_some() || span.until.is_some();
        !dated && time::is_recent(self.scene, syntax, anchors).is_none() && !self.is_reported(verb)
    }

    /// "said that it was Norway's largest supplier": the past of a report is present.
    fn is_reported(&self, verb: usize) -> bool {
        let mut at = verb;
        for _ in 0..3 {
            if self.syntax.deprel(at) == Deprel::Ccomp {
                return self.syntax.head(at).is_some_and(|head| is_simple_past(self.syntax, head));
            }
            if self.syntax.deprel(at) != Deprel::Conj {
                return false;
            }
            let Some(head) = self.syntax.head(at) else { return false };
            at = head;
        }
        false
    }

    /// Whether a noun says that it is the case, and what the verb beside it, or its own clause, does to it.
    fn noun_told(&self, pattern: &'a RelationPattern, noun: usize) -> Option<Told<'a>> {
        let governor = self.governor(noun);
        let clause = self.clause(noun);
        let told = self.told_under(pattern, noun, governor);
        match (told, clause) {
            (Some(told), Some(clause)) if governor.is_none_or(|(verb, _)| verb != clause) => {
                let began = self
                    .told_under(pattern, noun, Some((clause, self.is_subject_of(noun, clause))))
                    .filter(|told| told.dated == Dated::Begins);
                let clause_is_party = began.as_ref().is_some_and(|told| told.subject_is_party);
                Some(Told { clause: began.and_then(|told| told.verb), clause_is_party, ..told })
            }
            (None, Some(clause)) => {
                let is_subject = self.is_subject_of(noun, clause);
                let told = self.told_under(pattern, noun, Some((clause, is_subject)));
                // "agreed to restore relations, which were severed in 2016": theirs
                let outer = governor.map(|(verb, _)| verb);
                let kind = &*self.scene.data.relations.kinds[pattern.kind].name;
                let turn = outer.and_then(|verb| self.turn(verb, kind));
                let clause_is_party = turn.is_some_and(|turn| turn.subject_is_party);
                let told = told.filter(|told| told.dated != Dated::State);
                told.map(|told| Told { clause: outer, clause_is_party, ..told })
            }
            (told, _) => told,
        }
    }

    fn told_under(
        &self,
        pattern: &'a RelationPattern,
        noun: usize,
        governor: Option<(usize, bool)>,
    ) -> Option<Told<'a>> {
        let syntax = self.syntax;
        let kind = &*self.scene.data.relations.kinds[pattern.kind].name;
        let (verb, is_subject) =
            governor.map_or((None, false), |(verb, is_subject)| (Some(verb), is_subject));
        let turn = verb
            .and_then(|verb| self.turn(verb, kind))
            .filter(|turn| !matches!(turn.turn, Turn::Unreal | Turn::Provides));
        let ends = turn.is_some_and(|turn| turn.turn == Turn::Ends);
        let negated = is_negated(syntax, noun)
            || verb.is_some_and(|verb| {
                turn.is_none_or(|turn| turn.turn == Turn::Holds) && is_negated(syntax, verb)
            });
        if negated != pattern.is_negated && !ends {
            return None;
        }
        let plain = Told {
            value: None,
            dated: pattern.dated,
            verb,
            clause: None,
            clause_is_party: false,
            subject_is_party: false,
        };
        let Some((turn, verb)) = turn.zip(verb) else {
            return self.is_plainly(pattern, noun, kind).then_some(plain);
        };
        let party = turn.subject_is_party && !is_subject;
        let told = Told { subject_is_party: party, ..plain };
        let predicate = syntax.is_verbal(verb) || is_subject;
        let effect = if predicate { plain_effect(syntax, verb) } else { Effect::Conditional };
        let done = matches!(effect, Effect::Keep | Effect::Announced)
            && !(syntax.is_infinitive(verb) && syntax.deprel(verb) != Deprel::Root)
            && !self.is_unreal(verb, kind);
        let value = (!turn.value.is_empty()).then_some(&*turn.value);
        match turn.turn {
            Turn::Begins => {
                let done = done || (effect == Effect::Ongoing && turn.value.is_empty() && is_subject);
                done.then_some(Told { value, dated: Dated::Begins, ..told })
            }
            Turn::Ends if done && !self.is_to_come(verb) => {
                (value != Some("-")).then_some(Told { value, dated: Dated::Ends, ..told })
            }
            Turn::Ends if is_subject => Some(Told { dated: Dated::Ends, ..told }),
            Turn::Ends | Turn::Holds => Some(Told { dated: Dated::State, ..told }),
            Turn::Unreal | Turn::Provides => None,
        }
    }

    /// Whether a noun is the case by itself, whatever the verb beside it says.
    fn is_plainly(&self, pattern: &RelationPattern, noun: usize, kind: &'a str) -> bool {
        let effect = plain_effect(self.syntax, noun);
        let real = matches!(effect, Effect::Keep | Effect::Ongoing | Effect::Announced)
            || (effect == Effect::Negated && pattern.is_negated);
        let copular = [&pattern.from, &pattern.to].iter().any(|slots| slots.places.contains(&Slot::Holder));
        let linked = self.linking(noun).filter(|_| copular);
        let over = linked.is_some_and(|link| self.is_over(link, &[noun, link]));
        real && !over && !self.is_unreal(noun, kind)
    }

    /// "expires at the end of the year": the present tense of what ends is to come.
    fn is_to_come(&self, verb: usize) -> bool {
        let feats = self.syntax.view.tree.feats(verb);
        let present =
            feats.tense == Some(crate::parse::Tense::Pres) && feats.verb_form == Some(VerbForm::Fin);
        present && !self.syntax.is_passive(verb)
    }

    /// The word with the tense where a noun is a predicate: itself with its copula, or "became", "remained".
    fn linking(&self, noun: usize) -> Option<usize> {
        let syntax = self.syntax;
        if syntax.child(noun, Deprel::Cop).is_some() {
            return Some(noun);
        }
        let head = syntax.head(noun)?;
        let linked = matches!(syntax.deprel(noun), Deprel::Xcomp | Deprel::Obj);
        (linked && matches!(syntax.lemma(head), "remain" | "stay" | "be")).then_some(head)
    }

    /// The verb (or the noun made of it: "the lifting of sanctions") that a noun is the object or the subject of, and
    /// whether it is the subject.
    fn governor(&self, noun: usize) -> Option<(usize, bool)> {
        let syntax = self.syntax;
        let mut at = noun;
        for _ in 0..4 {
            let head = syntax.head(at)?;
            match syntax.deprel(at) {
                Deprel::Obj => return Some((self.wished(head, noun).unwrap_or(head), false)),
                Deprel::NsubjPass | Deprel::Xcomp => return Some((head, false)),
                Deprel::Nsubj => return Some((head, !syntax.is_passive(head))),
                Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked | Deprel::Advmod => {
                    return Some((head, false));
                }
                Deprel::Nmod | Deprel::Compound if self.noun_turn(head) => return Some((head, false)),
                Deprel::Conj => at = head,
                // "a round of sanctions": what is done to the round is done to them
                Deprel::Nmod if self.is_part(head) => at = head,
                _ => break,
            }
        }
        self.clause(noun).map(|clause| (clause, self.is_subject_of(noun, clause)))
    }

    /// "wants sanctions to be tightened": what is done to the object of a wish.
    fn wished(&self, verb: usize, noun: usize) -> Option<usize> {
        let syntax = self.syntax;
        syntax.child(verb, Deprel::Xcomp).filter(|&below| below > noun && syntax.is_passive(below))
    }

    fn is_part(&self, word: usize) -> bool {
        matches!(
            self.syntax.lemma(word),
            "part" | "most" | "some" | "round" | "package" | "number" | "all" | "series"
        )
    }

    fn is_subject_of(&self, noun: usize, clause: usize) -> bool {
        !self.syntax.is_passive(clause) && self.syntax.object(clause) != Some(noun)
    }

    /// "the treaty signed in 2001", "relations, which were severed in 2016": a clause of the noun's own.
    fn clause(&self, noun: usize) -> Option<usize> {
        let syntax = self.syntax;
        let own = |child: &usize| {
            matches!(syntax.deprel(*child), Deprel::Acl | Deprel::AclRelcl) && syntax.is_verbal(*child)
        };
        let found = syntax.children(noun).find(own);
        // "their treaty of friendship, signed in 2001"
        found.or_else(|| {
            let of = syntax.phrase(noun, "of")?;
            syntax.children(of).find(own).filter(|&clause| syntax.is_passive(clause))
        })
    }

    fn noun_turn(&self, word: usize) -> bool {
        self.syntax.upos(word) == Upos::Noun
            && self.scene.data.relations.turns(self.syntax.lemma(word), "").next().is_some()
    }

    /// The relation with its parties, amount and dates, if those that it needs are known.
    fn draft(
        &self,
        pattern: &RelationPattern,
        word: usize,
        told: &Told<'_>,
        amounts: &[Amount],
    ) -> Option<Draft> {
        let site = Site {
            scene: self.scene,
            syntax: self.syntax,
            word,
            verb: told.verb.filter(|&verb| verb != word),
            clause: told.clause.filter(|_| told.clause_is_party),
            subject_is_party: told.subject_is_party,
            amounts,
        };
        if !pattern.beside.iter().all(|beside| site.meets(beside)) {
            return None;
        }
        let kind = &self.scene.data.relations.kinds[pattern.kind];
        let mut from = site.parties(&pattern.from);
        let to = site.parties(&pattern.to);
        if from.is_empty() && kind.name.as_ref() == "target" {
            from = subjects(self.scene, &self.syntax.view, word).into_iter().map(Party::Actor).collect();
        }
        from.retain(|party| kind.is_mutual || !to.contains(party));
        let enough = if kind.is_mutual {
            pattern.from.is_optional && pattern.to.is_optional || distinct(&from, &to) > 1
        } else {
            (pattern.from.is_optional || !from.is_empty()) && (pattern.to.is_optional || !to.is_empty())
        };
        let amount = self.amount(pattern, word, told.verb, amounts);
        if !enough || (from.is_empty() && to.is_empty()) || (pattern.dated == Dated::Goal && amount.is_none())
        {
            return None;
        }
        let clause = if pattern.use_ == Use::Verb { None } else { self.clause(word) };
        let anchors: Vec<usize> = std::iter::once(word).chain(told.verb).chain(clause).collect();
        let mut span = time::of(self.scene, self.syntax, &anchors, told.dated);
        if let Some(clause) = told.clause.filter(|_| span == time::Span::default()) {
            span.since = time::of(self.scene, self.syntax, &[clause], Dated::Begins).since;
        }
        if told.dated == Dated::State && span == time::Span::default() && self.is_dated_past(word, told.verb)
        {
            span.since = time::is_recent(self.scene, self.syntax, &anchors);
            span.until.clone_from(&span.since);
        }
        let fixed = told.value.map(str::to_owned).or_else(|| self.fixed(pattern, word));
        let view = self.syntax.view;
        let ranked = [&pattern.from, &pattern.to].iter().any(|slots| slots.places.contains(&Slot::Holder));
        let written = amount.map(|amount| view.span_of(amount.words.clone()));
        Some(Draft {
            kind: pattern.kind,
            relation: Relation {
                what: site.what(&pattern.what),
                value: fixed.or_else(|| amount.map(|amount| amount.value.clone())),
                value_text: written.map(|span| span.of(view.text).to_owned()),
                rank: if ranked { self.rank(word) } else { None },
                since: span.since,
                until: span.until,
                span: self.span(pattern, &site, written),
                ..blank(&kind.name, &view)
            },
            from,
            to,
            is_common: false,
        })
    }

    /// A value that the pattern names, or one of several that stands as attribute: "permanent" member.
    fn fixed(&self, pattern: &RelationPattern, word: usize) -> Option<String> {
        if let Some(words) = pattern.value.strip_prefix('~') {
            let attributes = self.syntax.children(word).map(|child| self.syntax.view.word(child));
            let mut attributes = attributes.map(str::to_lowercase);
            return attributes.find(|attribute| words.split('|').any(|word| word == attribute));
        }
        (!pattern.value.is_empty() && !pattern.value.starts_with('=')).then(|| pattern.value.to_string())
    }

    /// Whether a finite verb in the simple past tells it, so that a date beside it bounds it.
    fn is_dated_past(&self, word: usize, verb: Option<usize>) -> bool {
        verb.into_iter()
            .chain([word])
            .any(|verb| is_simple_past(self.syntax, verb) && !is_perfect(self.syntax, verb))
    }

    /// The amount that the pattern asks for, nearest behind the word, else before it.
    fn amount<'b>(
        &self,
        pattern: &RelationPattern,
        word: usize,
        verb: Option<usize>,
        amounts: &'b [Amount],
    ) -> Option<&'b Amount> {
        let classes = pattern.value.strip_prefix('=')?;
        let wanted = |class: &str, amount: &Amount| match class {
            "money" => amount.class == UnitClass::Money,
            "share" => amount.class == UnitClass::Share,
            "quantity" => amount.class == UnitClass::Quantity,
            "people" => amount.class == UnitClass::People,
            "things" => amount.class == UnitClass::Things,
            "number" => amount.class == UnitClass::Number,
            _ => amount.class != UnitClass::Number,
        };
        let near = |amount: &&Amount| {
            let dates = self.scene.dates.of_sentence(self.syntax.view.index).take(16);
            let start = self.syntax.view.span(amount.words.start);
            !dates.into_iter().any(|(_, date)| date.span.contains(start)) && self.measures(amount, word, verb)
        };
        classes.split('|').find_map(|class| {
            let fits = |amount: &&Amount| wanted(class, amount) && near(amount);
            let behind = amounts.iter().filter(|amount| amount.words.start > word).find(fits);
            behind.or_else(|| amounts.iter().rev().filter(|amount| amount.words.start < word).find(fits))
        })
    }

    /// Whether an amount hangs on the word or its verb, no other clause on the way.
    fn measures(&self, amount: &Amount, word: usize, verb: Option<usize>) -> bool {
        let syntax = self.syntax;
        let mut at = amount.words.start;
        for _ in 0..DEPTH {
            if at == word || Some(at) == verb {
                return true;
            }
            if syntax.is_verbal(at) && !amount.words.contains(&at) {
                return false;
            }
            let Some(head) = syntax.head(at) else { return false };
            at = head;
        }
        false
    }

    /// 1 for "largest", 2 for "second-largest", in the words right before the noun.
    fn rank(&self, noun: usize) -> Option<u32> {
        let lexicon = &self.scene.data.relations;
        let (mut rank, mut superlative) = (1, false);
        for word in (noun.saturating_sub(6)..noun).rev() {
            let form = self.syntax.view.word(word).to_lowercase();
            if matches!(form.as_str(), "'s" | "’s" | "the" | "," | "of") {
                break;
            }
            for part in form.split('-') {
                match lexicon.unit(part, UnitClass::Rank).and_then(|rank| rank.parse().ok()) {
                    Some(1) => superlative = true,
                    Some(number) => rank = number,
                    None => {}
                }
            }
        }
        superlative.then_some(rank)
    }

    /// From the first to the last word that the relation rests on.
    fn span(&self, pattern: &RelationPattern, site: &Site<'_>, amount: Option<crate::Span>) -> crate::Span {
        let view = self.syntax.view;
        let mut span = view.span(site.word);
        for slots in [&pattern.from, &pattern.to, &pattern.what] {
            if let Some(words) = slots.places.iter().map(|slot| site.at(slot)).find(|words| !words.is_empty())
            {
                for word in words {
                    span = span.cover(view.span(word));
                }
            }
        }
        amount.map_or(span, |amount| span.cover(amount))
    }
}

fn distinct(from: &[Party], to: &[Party]) -> usize {
    let mut seen: Vec<&Party> = Vec::with_capacity(from.len() + to.len());
    for party in from.iter().chain(to) {
        if !seen.contains(&party) {
            seen.push(party);
        }
    }
    seen.len()
}
