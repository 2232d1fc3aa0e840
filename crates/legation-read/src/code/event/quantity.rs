//! How many: the numbers that stand with an event's trigger and arguments, and with the harm that came of it.

use super::{
    Event, Status, count,
    count::Count,
    count::Counted,
    status::Judge,
    syntax::{DEPTH, Syntax},
};
use crate::{
    Span,
    code::Scene,
    data::{frames::Effect, quantities::QuantityUse},
    parse::{Deprel, Upos},
};

/// A number that an event comes with.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number; `None` where only bounds are told ("dozens", "between 30 and 40").
    pub value: Option<f64>,
    /// It is not less; `None` where that is not told ("up to 40", "about 40").
    pub least: Option<f64>,
    /// It is not more.
    pub most: Option<f64>,
    /// What befell those counted (`killed`, `arrested` ...), else `took part`, `people`, `things`, `money`, `measure` or `share`.
    pub what: String,
    /// What is counted as written, without its attributes, or the unit: `civilians`, `USD`.
    pub of: Option<String>,
    /// The words it rests on.
    pub span: Span,
}

/// How many clauses may lie between a deed and what came of it.
const FAR: usize = 3;

/// Gives the events of one sentence their numbers.
pub(super) fn fill(scene: &Scene<'_>, sentence: usize, judge: &Judge<'_>, events: &mut [Event]) {
    if events.is_empty() {
        return;
    }
    let syntax = judge.syntax;
    let placer = Placer { scene, judge, syntax, sentence };
    for count in count::all(scene, syntax) {
        let Some((index, what)) = placer.place(&count, events) else { continue };
        for what in what {
            let span = syntax.view.span_of(count.words.clone());
            let Count { value, least, most, ref of, .. } = count;
            let quantities = &mut events[index].quantities;
            let known = quantities.iter().any(|other| other.span == span && other.what == what);
            if !known {
                quantities.push(Quantity { value, least, most, what, of: of.clone(), span });
            }
        }
    }
}

struct Placer<'a> {
    scene: &'a Scene<'a>,
    judge: &'a Judge<'a>,
    syntax: Syntax<'a>,
    sentence: usize,
}

impl Placer<'_> {
    /// The event that a number belongs to, and what it counts there.
    fn place(&self, count: &Count, events: &[Event]) -> Option<(usize, Vec<String>)> {
        let is_zero = count.value == Some(0.0);
        if let Some((what, harm)) = self.harm(count) {
            let ranks = events.iter().enumerate().filter_map(|(index, event)| {
                let trigger = self.trigger(event)?;
                Some((self.rank(harm, trigger, event, is_zero)?, harm.abs_diff(trigger), index))
            });
            let (_, _, index) = ranks.min()?;
            // no casualties: nobody killed, and nobody wounded
            let what =
                if is_zero { what.split(" or ").map(str::to_owned).collect() } else { vec![what.to_owned()] };
            return Some((index, what));
        }
        if is_zero || count.is_single {
            return None;
        }
        let roles = events
            .iter()
            .enumerate()
            .filter_map(|(index, event)| Some((self.role(count, self.trigger(event)?, event)?, index)));
        let ((_, what), index) = roles.min()?;
        Some((index, vec![what.to_owned()]))
    }

    fn trigger(&self, event: &Event) -> Option<usize> {
        self.syntax.view.word_at(event.trigger.start)
    }

    fn listed(&self, word: usize, used: QuantityUse) -> Option<&str> {
        let lemma = self.syntax.lemma(word);
        let lexicon = &self.scene.data.quantities;
        lexicon.find(lemma, used).or_else(|| lexicon.find(&self.syntax.view.word(word).to_lowercase(), used))
    }

    /// The first of several nouns joined by "and", which alone says what they are to the verb.
    fn first(&self, noun: usize) -> usize {
        let mut noun = noun;
        for _ in 0..DEPTH {
            match self.syntax.head(noun) {
                Some(head) if self.syntax.deprel(noun) == Deprel::Conj && !self.syntax.is_verbal(head) => {
                    noun = head;
                }
                _ => break,
            }
        }
        noun
    }

    /// What befell those counted, and the word that says so.
    fn harm(&self, count: &Count) -> Option<(&str, usize)> {
        let syntax = &self.syntax;
        let site = count.site;
        // "six dead", "12 deaths", "no casualties"
        let own = self.listed(site, QuantityUse::Noun).or_else(|| self.listed(site, QuantityUse::State));
        if let Some(what) = own.filter(|_| !count.is_single) {
            return Some((what, site));
        }
        let participle = syntax.children(site).find(|&child| {
            syntax.deprel(child) == Deprel::Acl && child > site && syntax.is_past_participle(child)
        });
        if let Some(found) = participle.and_then(|verb| Some((self.listed(verb, QuantityUse::Suffer)?, verb)))
        {
            return Some(found);
        }
        let first = self.first(site);
        let head = syntax.head(first)?;
        match syntax.deprel(first) {
            _ if self.is_object(first, count) && syntax.is_verbal(head) => self.of_object(head),
            Deprel::NsubjPass => Some((self.listed(head, QuantityUse::Suffer)?, head)),
            Deprel::Nsubj if syntax.is_verbal(head) && syntax.is_passive(head) => {
                Some((self.listed(head, QuantityUse::Suffer)?, head))
            }
            Deprel::Nsubj => {
                let undergone = self.listed(head, QuantityUse::Undergo).filter(|_| syntax.is_verbal(head));
                Some((undergone.or_else(|| self.listed(head, QuantityUse::State))?, head))
            }
            Deprel::Nmod if syntax.case(first) == Some("of") => {
                Some((self.listed(head, QuantityUse::Noun)?, head))
            }
            _ => None,
        }
    }

    /// Whether a number is an object, also where the words that bound it were taken for a preposition: "killed around six".
    fn is_object(&self, noun: usize, count: &Count) -> bool {
        let case = |&child: &usize| self.syntax.deprel(child) == Deprel::Case;
        match self.syntax.deprel(noun) {
            Deprel::Obj => true,
            Deprel::Obl => self.syntax.children(noun).filter(case).all(|child| count.words.contains(&child)),
            _ => false,
        }
    }

    /// "killed six", "left six dead", "shot six dead".
    fn of_object(&self, verb: usize) -> Option<(&str, usize)> {
        let state = self.syntax.children(verb).find_map(|child| {
            let result = matches!(
                self.syntax.deprel(child),
                Deprel::Xcomp | Deprel::Advcl | Deprel::Amod | Deprel::Advmod
            );
            let what = self.listed(child, QuantityUse::State).filter(|_| result && child > verb)?;
            Some((what, verb))
        });
        state.or_else(|| Some((self.listed(verb, QuantityUse::Suffer)?, verb)))
    }

    /// How near a deed is to the harm that came of it; `None` where nothing says that it came of it.
    fn rank(&self, harm: usize, trigger: usize, event: &Event, is_zero: bool) -> Option<usize> {
        if harm == trigger {
            return Some(0);
        }
        if event.quad != "material-conflict" {
            return None;
        }
        let done = matches!(event.status, Status::Happened | Status::Ongoing);
        let open = || !matches!(self.judge.effect(harm), Effect::Keep | Effect::Ongoing);
        if done && !is_zero && open() {
            return None;
        }
        let harm = self.borne(harm);
        if harm == trigger || self.is_cause(trigger, harm) {
            return Some(1);
        }
        self.steps(harm, trigger)
    }

    /// The verb that tells a noun's harm: "caused six deaths", "no casualties were reported".
    fn borne(&self, harm: usize) -> usize {
        let first = self.first(harm);
        let argument = matches!(self.syntax.deprel(first), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass);
        let verb = self
            .syntax
            .head(first)
            .filter(|&verb| argument && self.listed(verb, QuantityUse::Bear).is_some());
        verb.unwrap_or(harm)
    }

    /// "The strike killed six", "six died in the strike", "six dead in strikes and raids", "six died when troops fired".
    fn is_cause(&self, trigger: usize, harm: usize) -> bool {
        let syntax = &self.syntax;
        let deeds = syntax.view.tree.conjuncts(harm);
        let mut word = trigger;
        for _ in 0..FAR {
            let Some(head) = syntax.head(word) else { return false };
            let deprel = syntax.deprel(word);
            if deeds.contains(&head) {
                return match deprel {
                    Deprel::Nsubj | Deprel::OblAgent => true,
                    Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked => matches!(
                        syntax.case(word),
                        Some(
                            "in" | "during"
                                | "by"
                                | "from"
                                | "at"
                                | "of"
                                | "after"
                                | "following"
                                | "as"
                                | "amid"
                                | "to"
                        )
                    ),
                    Deprel::Advcl => matches!(syntax.case(word), Some("when" | "as" | "after")),
                    _ => false,
                };
            }
            if !matches!(deprel, Deprel::Conj | Deprel::Nmod | Deprel::Compound) {
                return false;
            }
            word = head;
        }
        false
    }

    /// How many clauses lie between a deed and the harm told below it: "bombed the city, killing six", "a strike that
    /// killed six".
    fn steps(&self, harm: usize, trigger: usize) -> Option<usize> {
        let mut word = harm;
        for step in 1..=FAR {
            let head = self.syntax.head(word)?;
            if !self.follows(word) {
                return None;
            }
            if head == trigger || self.is_of(trigger, head) {
                return Some(1 + step);
            }
            word = head;
        }
        None
    }

    /// "carried out a strike, killing six"
    fn is_of(&self, trigger: usize, verb: usize) -> bool {
        self.syntax.head(trigger) == Some(verb)
            && matches!(self.syntax.deprel(trigger), Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj)
            && self.syntax.is_nominal(trigger)
    }

    /// Whether what a clause tells came of what stands above it.
    fn follows(&self, clause: usize) -> bool {
        let syntax = &self.syntax;
        let subject = syntax.child_of(clause, Deprel::Nsubj);
        let another = subject.is_some_and(|subject| {
            syntax.is_verbal(clause)
                && !syntax.is_passive(clause)
                && self.listed(clause, QuantityUse::Undergo).is_none()
                && self.listed(clause, QuantityUse::Bear).is_none()
                && !syntax.is_relative(subject)
        });
        let apart = another || syntax.child(clause, Deprel::OblAgent).is_some();
        match syntax.deprel(clause) {
            Deprel::Advcl => !apart && syntax.child(clause, Deprel::Mark).is_none() && subject.is_none(),
            Deprel::Acl | Deprel::AclRelcl => !apart,
            Deprel::Obl | Deprel::Nmod => matches!(syntax.case(clause), Some("with" | "without")),
            Deprel::Conj | Deprel::Parataxis | Deprel::Dep | Deprel::List => {
                !apart && !self.has_own_cause(clause)
            }
            _ => false,
        }
    }

    /// "struck Kyiv, and six died in a fire in Odesa": what else did it stands beside it.
    fn has_own_cause(&self, clause: usize) -> bool {
        let syntax = &self.syntax;
        syntax.children(clause).any(|child| {
            matches!(syntax.deprel(child), Deprel::Obl | Deprel::Nmod)
                && matches!(syntax.case(child), Some("in" | "during" | "by" | "from" | "when" | "as"))
                && syntax.upos(child) == Upos::Noun
                && !syntax.is_time(child)
                && self.scene.places.at(self.sentence, child).is_none()
                && self.scene.dates.of_sentence(self.sentence).all(|(_, date)| {
                    !(date.span.start <= syntax.view.span(child).start
                        && syntax.view.span(child).end <= date.span.end)
                })
        })
    }

    /// What a number without harm counts in an event: nearest first.
    fn role(&self, count: &Count, trigger: usize, event: &Event) -> Option<(usize, &'static str)> {
        let syntax = &self.syntax;
        let site = count.site;
        let first = self.first(site);
        let acts = count.counted == Counted::People;
        let word_of = |span: &Span| syntax.view.word_at(span.start);
        let among = |words: &[Span]| {
            words.iter().filter_map(word_of).any(|word| word == site || Some(word) == self.noun_of(count))
        };
        // "the two ministers" are known, not counted
        let known = syntax.children(site).any(|child| syntax.lemma(child) == "the");
        if acts && !known && among(&event.actor_words) {
            return Some((0, "took part"));
        }
        if count.counted == Counted::Unnamed {
            return None;
        }
        if acts && among(&event.recipient_words) {
            return Some((0, "people"));
        }
        let verbal = syntax.is_verbal(trigger);
        let object = if verbal { syntax.object(trigger) } else { None };
        let beside_it = syntax.head(first) == Some(trigger) && self.is_object(first, count);
        if verbal && (Some(first) == object || beside_it) {
            return Some((1, count.counted.as_str()));
        }
        let amount = matches!(count.counted, Counted::Money | Counted::Measure | Counted::Share);
        let beside = syntax.head(site).filter(|_| {
            amount
                && match syntax.deprel(site) {
                    Deprel::Nummod | Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked => true,
                    Deprel::Nmod => matches!(syntax.case(site), Some("of" | "worth" | "for")),
                    _ => false,
                }
        });
        let held = Some(trigger).filter(|_| !verbal);
        (beside.is_some() && (beside == held || beside == object)).then_some((1, count.counted.as_str()))
    }

    /// The noun behind "of" in "dozens of protesters".
    fn noun_of(&self, count: &Count) -> Option<usize> {
        let last = count.words.end.checked_sub(1)?;
        self.syntax.view.tree.is_under(last, count.site).then_some(last)
    }
}
