//! The numbers of a sentence with what bounds them and what they count: "at least 12 people", "dozens", "$3 billion".

use std::ops::Range;

use super::syntax::{DEPTH, Syntax};
use crate::{
    code::{
        Scene,
        amount::{self, Amount},
    },
    data::{agents::AgentKind, quantities::QuantityUse, relations::UnitClass},
    parse::{Deprel, Upos},
};

/// What is counted or measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    People,
    Things,
    Money,
    Measure,
    Share,
    /// Whatever: the number stands alone.
    Unnamed,
}

impl Counted {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Counted::People => "people",
            Counted::Things | Counted::Unnamed => "things",
            Counted::Money => "money",
            Counted::Measure => "measure",
            Counted::Share => "share",
        }
    }
}

/// A number where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Count {
    pub(super) value: Option<f64>,
    pub(super) least: Option<f64>,
    pub(super) most: Option<f64>,
    /// What bounds it, the number and what it counts.
    pub(super) words: Range<usize>,
    /// The word that stands in the tree for all of it.
    pub(super) site: usize,
    /// What is counted, as written, or the unit.
    pub(super) of: Option<String>,
    pub(super) counted: Counted,
    /// Whether it is one, told by "a" or "one".
    pub(super) is_single: bool,
}

/// The longest phrase that bounds a number or stands for one, in words.
const LONGEST: usize = 3;

/// The numbers of a sentence, in order.
pub(super) fn all(scene: &Scene<'_>, syntax: Syntax<'_>) -> Vec<Count> {
    let counter = Counter { scene, syntax };
    let mut counts = counter.amounts();
    let mut word = 0;
    while word < syntax.view.len() {
        let known = counts.iter().find(|count| count.words.contains(&word)).map(|count| count.words.end);
        let found = if known.is_some() { None } else { counter.worded(word) };
        word = known.or(found.as_ref().map(|count| count.words.end)).unwrap_or(word + 1).max(word + 1);
        counts.extend(found);
    }
    counts.sort_by_key(|count| count.words.start);
    counts
}

/// The number of an amount, without its unit.
fn number(amount: &Amount) -> Option<f64> {
    amount.value.split(' ').next()?.parse().ok()
}

struct Counter<'a> {
    scene: &'a Scene<'a>,
    syntax: Syntax<'a>,
}

impl Counter<'_> {
    fn amounts(&self) -> Vec<Count> {
        let amounts = amount::all(&self.syntax.view, &self.scene.data.relations);
        let mut counts: Vec<Count> = Vec::new();
        for (index, amount) in amounts.iter().enumerate() {
            let low = index.checked_sub(1).map(|before| &amounts[before]);
            let start = low.and_then(|low| self.range(low, amount));
            let words = start.unwrap_or(amount.words.start)..amount.words.end;
            let Some(mut count) = self.amount(amount, words) else { continue };
            if let (Some(_), Some(low)) = (start, low.and_then(number)) {
                counts.pop();
                count = Count { least: Some(low), value: None, ..count };
            }
            counts.push(count);
        }
        counts.retain(|count| !self.is_dated(count) && !self.is_changed(count) && !self.is_in_name(count));
        for count in &mut counts {
            self.bound(count);
        }
        counts
    }

    fn amount(&self, amount: &Amount, mut words: Range<usize>) -> Option<Count> {
        let unit = amount.value.split_once(' ').map_or("", |(_, unit)| unit);
        let value = number(amount)?;
        let site = self.site(&words);
        let (counted, of) = match amount.class {
            UnitClass::Money => (Counted::Money, Some(unit.to_owned())),
            UnitClass::Quantity => (Counted::Measure, Some(unit.to_owned())),
            UnitClass::Share => (Counted::Share, None),
            class if site < words.start || site > words.end + LONGEST => {
                let people = class == UnitClass::People;
                (if people { Counted::People } else { Counted::Unnamed }, None)
            }
            class => {
                words.end = words.end.max(site + 1);
                let alone = class == UnitClass::People && self.is_number_noun(site);
                let counted = if alone { Counted::People } else { self.counted(site) };
                (counted, self.named(site, words.start))
            }
        };
        let known = Some(value);
        Some(Count { value: known, least: known, most: known, words, site, of, counted, is_single: false })
    }

    /// The word by which an amount hangs in the tree: what is counted where it is named.
    fn site(&self, words: &Range<usize>) -> usize {
        let is_number = |&word: &usize| matches!(self.syntax.upos(word), Upos::Num | Upos::Sym);
        let mut word = words.clone().find(is_number).unwrap_or(words.start);
        for _ in 0..DEPTH {
            let counts = matches!(self.syntax.deprel(word), Deprel::Nummod | Deprel::Compound)
                && matches!(self.syntax.upos(word), Upos::Num | Upos::Sym);
            match self.syntax.head(word) {
                Some(head) if words.contains(&head) || counts && head > word => word = head,
                _ => break,
            }
        }
        self.whole(word)
    }

    /// "strikes" of "12 missile strikes".
    fn whole(&self, noun: usize) -> usize {
        let head = self.syntax.head(noun);
        let inner = self.syntax.deprel(noun) == Deprel::Compound && self.syntax.upos(noun) == Upos::Noun;
        head.filter(|&head| inner && head == noun + 1).unwrap_or(noun)
    }

    fn counted(&self, noun: usize) -> Counted {
        let is_named = self.is_capital(noun);
        if matches!(self.syntax.upos(noun), Upos::Num | Upos::Det | Upos::Pron)
            || self.syntax.upos(noun) == Upos::Adj && !is_named
            || self.is_number_noun(noun)
        {
            return Counted::Unnamed;
        }
        let form = self.lower(noun);
        let agents = &self.scene.data.agents;
        let agent = agents.longest(&[form.as_str()], 0).map(|(_, id)| agents[id].kind);
        let acts = |kind: AgentKind| matches!(kind, AgentKind::Person | AgentKind::People);
        // "tanks" stands for somebody, but is counted as a thing
        let unit = |class| self.scene.data.relations.unit(&form, class).is_some();
        let human = unit(UnitClass::People) || !unit(UnitClass::Things) && agent.is_some_and(acts);
        if human || is_named { Counted::People } else { Counted::Things }
    }

    /// What is counted, with the nouns before it that belong to it: "aid workers"; `None` for "others".
    fn named(&self, noun: usize, start: usize) -> Option<String> {
        let named = (matches!(self.syntax.upos(noun), Upos::Noun | Upos::Propn) || self.is_capital(noun))
            && !self.is_number_noun(noun)
            && self.syntax.lemma(noun) != "other"
            && self.harm(noun).is_none();
        if !named {
            return None;
        }
        let part = |&word: &usize| {
            self.syntax.head(word) == Some(noun)
                && self.syntax.deprel(word) == Deprel::Compound
                && self.syntax.upos(word) != Upos::Num
        };
        let first = (start + 1..noun).rev().take_while(part).last().unwrap_or(noun);
        let span = self.syntax.view.span_of(first..noun + 1);
        Some(span.of(self.syntax.view.text).to_owned())
    }

    /// "Lebanese"
    fn is_capital(&self, word: usize) -> bool {
        matches!(self.syntax.upos(word), Upos::Propn | Upos::Adj)
            && self.syntax.view.word(word).starts_with(char::is_uppercase)
    }

    /// "dozens", "thousands"
    fn is_number_noun(&self, noun: usize) -> bool {
        let form = self.lower(noun);
        let class = |class| self.scene.data.relations.unit(&form, class).is_some();
        class(UnitClass::Scale)
            || class(UnitClass::Number)
            || self.scene.data.quantities.find(&form, QuantityUse::Vague).is_some()
    }

    fn harm(&self, noun: usize) -> Option<&str> {
        let lexicon = &self.scene.data.quantities;
        let lemma = self.syntax.lemma(noun);
        lexicon.find(lemma, QuantityUse::Noun).or_else(|| lexicon.find(lemma, QuantityUse::State))
    }

    /// "30 to 40 people", "30-40", "between 30 and 40": where one number with two ends begins.
    fn range(&self, low: &Amount, high: &Amount) -> Option<usize> {
        let between = low.words.end;
        let before = low.words.start.checked_sub(1).map(|before| self.lower(before));
        let bounds = before.as_deref() == Some("between");
        let joins = match self.form(between) {
            Some("to") => before.as_deref() != Some("from"),
            Some("-" | "–" | "or") => true,
            Some("and") => bounds,
            _ => false,
        };
        let ascends = number(low) < number(high);
        let alike = low.class == UnitClass::Number || low.class == high.class;
        let beside = high.words.start == between + 1;
        (joins && ascends && alike && beside).then(|| low.words.start - usize::from(bounds))
    }

    /// "from 30 to 40": what changed counts nothing.
    fn is_changed(&self, count: &Count) -> bool {
        let mut before = (0..count.words.start).rev().take(2);
        let from = |word: usize| self.form(word) == Some("from");
        self.form(count.words.end) == Some("to") && before.next().is_some_and(from)
            || count.words.start >= 3
                && self.form(count.words.start - 1) == Some("to")
                && before.next().is_some_and(|number| number > 0 && from(number - 1))
    }

    /// A day, an age, a length of time.
    fn is_dated(&self, count: &Count) -> bool {
        let span = self.syntax.view.span_of(count.words.clone());
        let dates = self.scene.dates.of_sentence(self.syntax.view.index);
        self.syntax.is_time(count.site)
            || dates.into_iter().any(|(_, date)| date.span.start < span.end && span.start < date.span.end)
    }

    /// "the 32 Artillery Brigade"
    fn is_in_name(&self, count: &Count) -> bool {
        let names = &self.syntax.view.tree.names;
        names.iter().any(|name| name.words.contains(&count.words.start) && name.words.contains(&count.site))
    }

    /// Takes in the words that bound a number.
    fn bound(&self, count: &mut Count) {
        let Some(value) = count.value else { return };
        // "more than USD $4 million"
        let before = count.words.start.checked_sub(1).map(|before| self.lower(before));
        let sign =
            before.is_some_and(|form| self.scene.data.relations.unit(&form, UnitClass::Sign).is_some());
        let start = count.words.start - usize::from(sign);
        let bound = |count: &mut Count, (least, most)| (count.least, count.most) = (least, most);
        let uses = [QuantityUse::Least, QuantityUse::Most, QuantityUse::About];
        let longest = uses.into_iter().filter_map(|used| Some((self.before(start, used)?, used)));
        if let Some((length, used)) = longest.max_by_key(|&(length, _)| length) {
            let opens = start > length && matches!(self.form(start - length - 1), Some("an" | "a" | "just"));
            count.words.start = start - length - usize::from(opens);
            let bounds = match used {
                QuantityUse::Least => (Some(value), None),
                QuantityUse::Most => (None, Some(value)),
                _ => (None, None),
            };
            bound(count, bounds);
            return;
        }
        let number = (start..count.words.end).find(|&word| self.syntax.upos(word) == Upos::Num);
        let Some(after) = number.map(|number| number + 1) else { return };
        for (used, least) in [(QuantityUse::LeastAfter, Some(value)), (QuantityUse::AboutAfter, None)] {
            if let Some(length) =
                [after, count.words.end].into_iter().find_map(|at| Some(at + self.phrase(at, 2, used)?))
            {
                count.words.end = count.words.end.max(length);
                bound(count, (least, None));
                return;
            }
        }
    }

    /// How many words right before a number bound it in this way.
    fn before(&self, start: usize, used: QuantityUse) -> Option<usize> {
        let length =
            (1..=LONGEST.min(start)).rev().find(|&length| self.is_phrase(start - length, length, used))?;
        let word = start - length;
        // "protests over 12 deaths"
        let preposition = length == 1
            && self.syntax.deprel(word) == Deprel::Case
            && word > 0
            && !self.syntax.is_verbal(word - 1)
            && self.syntax.upos(word - 1) != Upos::Adv;
        (!preposition).then_some(length)
    }

    fn phrase(&self, start: usize, longest: usize, used: QuantityUse) -> Option<usize> {
        (1..=longest).rev().find(|&length| self.is_phrase(start, length, used))
    }

    fn is_phrase(&self, start: usize, length: usize, used: QuantityUse) -> bool {
        self.worth(start, length, used).is_some()
    }

    fn worth(&self, start: usize, length: usize, used: QuantityUse) -> Option<&str> {
        if start + length > self.syntax.view.len() {
            return None;
        }
        let words: Vec<String> = (start..start + length).map(|word| self.lower(word)).collect();
        self.scene.data.quantities.find(&words.join(" "), used)
    }

    /// A number that no digit and no number word tells: "dozens", "no casualties", "a soldier".
    fn worded(&self, word: usize) -> Option<Count> {
        if !matches!(
            self.syntax.upos(word),
            Upos::Noun | Upos::Num | Upos::Adj | Upos::Det | Upos::Pron | Upos::Adp
        ) {
            return None;
        }
        self.vague(word).or_else(|| self.none(word)).or_else(|| self.single(word))
    }

    fn vague(&self, word: usize) -> Option<Count> {
        let (length, least) = (1..=LONGEST)
            .rev()
            .find_map(|length| Some((length, self.worth(word, length, QuantityUse::Vague)?)))?;
        let least = least.parse().ok();
        let last = word + length - 1;
        let head = self.syntax.head(last);
        let modifies = matches!(self.syntax.deprel(last), Deprel::Amod | Deprel::Nummod | Deprel::Det);
        let first = (word..=last)
            .find(|&part| self.syntax.head(part).is_none_or(|head| !(word..=last).contains(&head)));
        let site = head.filter(|&head| modifies && head > last).or(first)?;
        Some(self.whole_of(
            Count {
                value: None,
                least,
                most: None,
                words: word..last.max(site) + 1,
                site,
                of: None,
                counted: Counted::Unnamed,
                is_single: false,
            },
            last,
        ))
    }

    /// Tells what is counted: the word itself, or the noun behind "of".
    fn whole_of(&self, mut count: Count, last: usize) -> Count {
        let behind = [last, count.site].into_iter().flat_map(|word| self.syntax.phrases(word, "of"));
        let noun = behind.into_iter().find(|&noun| noun > last);
        let noun = if count.site <= last { noun.unwrap_or(count.site) } else { count.site };
        count.counted = self.counted(noun);
        count.of = self.named(noun, count.words.start);
        count.words.end = count.words.end.max(noun + 1);
        count
    }

    /// "no casualties", "nobody", "none of the soldiers", "without casualties".
    fn none(&self, word: usize) -> Option<Count> {
        let two = self.phrase(word, 2, QuantityUse::None)?;
        let last = word + two - 1;
        let before = matches!(self.syntax.deprel(last), Deprel::Det | Deprel::Case);
        let site = if before { self.syntax.head(last).filter(|&head| head > last)? } else { last };
        let zero = Some(0.0);
        Some(self.whole_of(
            Count {
                value: zero,
                least: zero,
                most: zero,
                words: word..site + 1,
                site,
                of: None,
                counted: Counted::Unnamed,
                is_single: false,
            },
            last,
        ))
    }

    /// "a soldier", "one soldier", "one".
    fn single(&self, word: usize) -> Option<Count> {
        let article = matches!(self.form(word)?, "a" | "an" | "A" | "An");
        if !article && !matches!(self.form(word)?, "one" | "One") {
            return None;
        }
        let head = self
            .syntax
            .head(word)
            .filter(|&head| head > word && matches!(self.syntax.deprel(word), Deprel::Det | Deprel::Nummod));
        let site = if article { head? } else { head.unwrap_or(word) };
        let known = Some(1.0);
        let count = Count {
            value: known,
            least: known,
            most: known,
            words: word..site + 1,
            site,
            of: None,
            counted: Counted::Unnamed,
            is_single: true,
        };
        let count = self.whole_of(count, word);
        (!article || self.is_one(site)).then_some(count)
    }

    /// Whether a noun stands for one human being: "a soldier", not "a group", "a number".
    fn is_one(&self, noun: usize) -> bool {
        let agents = &self.scene.data.agents;
        let form = self.lower(noun);
        let agent = agents.longest(&[form.as_str()], 0).map(|(_, id)| &agents[id]);
        agent.is_some_and(|agent| agent.kind == AgentKind::Person && !agent.many)
    }

    fn form(&self, word: usize) -> Option<&str> {
        (word < self.syntax.view.len()).then(|| self.syntax.view.word(word))
    }

    fn lower(&self, word: usize) -> String {
        self.syntax.view.word(word).to_lowercase()
    }
}
