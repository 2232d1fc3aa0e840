//! Who speaks: the subject of a speech verb, however far up the tree it stands, or the phrase beside it.

use std::ops::Range;

use super::line::Line;
use crate::{
    data::speech::WordTakes,
    parse::{Deprel, Upos, VerbForm},
};

/// The one who speaks, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The word the phrase hangs on.
    pub(super) head: usize,
    /// The phrase.
    pub(super) words: Range<usize>,
}

/// The longest phrase that is taken for a speaker, in words.
const LONGEST: usize = 24;

/// The speaker of a verb in the active voice; `last` is whoever spoke before in the same sentence.
pub(super) fn of_verb(line: &Line<'_>, verb: usize, last: Option<&Speaker>) -> Option<Speaker> {
    let mut before = verb;
    while before > 0 && matches!(line.view.tree.upos(before - 1), Upos::Adv | Upos::Aux) {
        before -= 1;
    }
    let joined = before > 0 && matches!(line.lower(before - 1), "and" | "but" | "or");
    if let Some(last) = last.filter(|_| joined && own_subject(line, verb).is_none()) {
        return Some(last.clone());
    }
    let speaker = after_quotation(line, verb)
        .or_else(|| apposed(line, verb))
        .or_else(|| inverted(line, verb))
        .or_else(|| closing(line, verb))
        .or_else(|| by_tree(line, verb))
        .or_else(|| if line.is_gerund(verb) { last.cloned() } else { None })
        .or_else(|| by_order(line, verb));
    speaker.filter(|speaker| !speaker.words.contains(&verb))
}

/// "X, said Lavrov": the noun phrase after a verb that a comma or a quotation goes before.
fn inverted(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let tree = line.view.tree;
    let offset = line.view.span(verb).start;
    let set_off = verb > 0 && (line.view.word(verb - 1) == "," || line.quotation(verb - 1).is_some());
    let opens = verb == 0 && (line.quotation_before(offset).is_some() || introduces(line, verb));
    let subject = own_subject(line, verb);
    if !(set_off || opens) || line.is_gerund(verb) || subject.is_some_and(|subject| subject + 1 == verb) {
        return None;
    }
    // "Peskov, the spokesman, denied any part in it": what follows the verb is said, not saying
    let quoted = verb > 1 && (line.quotation(verb - 1).is_some() || line.quotation(verb - 2).is_some());
    if !(quoted || opens) && subject.is_some_and(|subject| subject < verb) {
        let named = tree.children(verb).find(|&child| child > verb && tree.deprel(child).is_subject());
        return named.map(|named| phrase(line, named));
    }
    let end = (verb + 1..line.len()).find(|&word| line.is_punct(word) && line.view.word(word) != "(");
    let end = end.unwrap_or(line.len());
    let plain = (verb + 1..end).all(|word| !matches!(tree.upos(word), Upos::Verb | Upos::Aux | Upos::Sconj));
    let nominal = |word: usize| matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::Pron);
    let starts = verb + 1 < end
        && matches!(tree.upos(verb + 1), Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj | Upos::Num);
    if let Some(subject) = subject.filter(|&subject| subject > verb && starts) {
        return Some(phrase(line, subject));
    }
    if !plain || !starts {
        return None;
    }
    let outside = |word: usize| tree.head(word).is_none_or(|head| head <= verb || head >= end);
    let head = (verb + 1..end).find(|&word| nominal(word) && outside(word))?;
    Some(Speaker { head, words: verb + 1..end })
}

/// "Karl Berg, the mayor of Lund, said": the phrase before a description that commas set off.
fn apposed(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let tree = line.view.tree;
    let mut end = verb;
    while end > 0 && matches!(tree.upos(end - 1), Upos::Aux | Upos::Adv | Upos::Part) {
        end -= 1;
    }
    let close = end.checked_sub(1).filter(|&close| line.view.word(close) == ",")?;
    let open = (close.saturating_sub(LONGEST)..close).rev().find(|&word| line.is_break(word))?;
    let nominal = |word: usize| {
        matches!(
            tree.upos(word),
            Upos::Noun
                | Upos::Propn
                | Upos::Adj
                | Upos::Det
                | Upos::Adp
                | Upos::Num
                | Upos::Part
                | Upos::Pron
        ) && line.quotation(word).is_none()
    };
    let described = open + 1 < close && (open + 1..close).all(nominal);
    let starts = matches!(tree.upos(open + 1), Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Pron);
    let last = open.checked_sub(1).filter(|&last| matches!(tree.upos(last), Upos::Noun | Upos::Propn))?;
    let describes = (open + 1..close).any(|word| tree.upos(word) == Upos::Noun) || last_is_office(line, last);
    if line.view.word(open) != "," || !described || !starts || !describes || line.quotation(last).is_some() {
        return None;
    }
    let mut head = last;
    while let Some(above) = tree.head(head).filter(|&above| above < open && !line.may_be_clause(above)) {
        if crosses_break(line, above.min(head), above.max(head)) {
            break;
        }
        head = above;
    }
    Some(Speaker { head, words: phrase(line, head).words.start..close })
}

/// "the premier of Chad" before a name: a common noun heads the phrase.
fn last_is_office(line: &Line<'_>, last: usize) -> bool {
    let tree = line.view.tree;
    let mut word = Some(last);
    for _ in 0..4 {
        let Some(here) = word else { return false };
        if tree.upos(here) == Upos::Noun {
            return true;
        }
        word = tree.head(here);
    }
    false
}

/// "Said Lopez: “X”": a verb at the head of its sentence, and a colon before a quotation.
fn introduces(line: &Line<'_>, verb: usize) -> bool {
    let colon = (verb + 1..line.len().min(verb + LONGEST)).find(|&word| line.view.word(word) == ":");
    colon.is_some_and(|colon| colon > verb + 1 && line.quotation(colon + 1).is_some())
}

/// "The road is closed, an aide said": the phrase before a closing verb, where the tree has another subject or none.
fn closing(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let subject = own_subject(line, verb);
    let speaker = super::postposed::speaker(line, verb)?;
    subject.is_none_or(|subject| !speaker.words.contains(&subject)).then_some(speaker)
}

/// The subject nearest before the verb, else the first after it.
fn own_subject(line: &Line<'_>, verb: usize) -> Option<usize> {
    let tree = line.view.tree;
    let subject = |&child: &usize| {
        matches!(tree.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
            && line.quotation(child).is_none()
    };
    let before = tree.children(verb).filter(|&child| child < verb).rfind(subject);
    before.or_else(|| tree.children(verb).find(subject))
}

/// "“X,” Mr. Morgan of the Sierra Club said": all that stands between the quotation and the verb.
fn after_quotation(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let tree = line.view.tree;
    let mark = (verb.saturating_sub(LONGEST)..verb).rev().find(|&word| line.quotation(word).is_some())?;
    let words = line.trimmed(mark + 1..verb);
    let comma = mark > 0 && matches!(line.view.word(mark - 1), "," | "?" | "!" | ".");
    let nominal = |word: usize| matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::Pron);
    let plain = words.clone().all(|word| {
        matches!(
            tree.upos(word),
            Upos::Noun
                | Upos::Propn
                | Upos::Pron
                | Upos::Adp
                | Upos::Det
                | Upos::Adj
                | Upos::Part
                | Upos::Num
                | Upos::Punct
        )
    });
    let starts = words.start < words.end && !matches!(tree.upos(words.start), Upos::Adp | Upos::Punct);
    if !comma || !plain || !starts {
        return None;
    }
    let head = words.clone().find(|&word| {
        nominal(word)
            && !matches!(
                tree.deprel(word),
                Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::Flat
            )
    });
    Some(Speaker { head: head.or_else(|| words.clone().find(|&word| nominal(word)))?, words })
}

/// The agent of a passive verb: "was condemned by Paris".
pub(super) fn of_passive(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let tree = line.view.tree;
    let agent = tree.children(verb).find(|&child| {
        let oblique = matches!(tree.deprel(child), Deprel::OblAgent | Deprel::Obl);
        oblique && tree.child(child, Deprel::Case).is_some_and(|case| line.lower(case) == "by")
    });
    Some(phrase(line, agent.or_else(|| hidden_agent(line, verb))?))
}

/// "called a charlatan by fellow doctors": the agent where the tree hangs it on what somebody is called.
fn hidden_agent(line: &Line<'_>, verb: usize) -> Option<usize> {
    let tree = line.view.tree;
    let complement = tree.child(verb, Deprel::Xcomp)?;
    tree.children_by(complement, Deprel::Nmod)
        .find(|&child| tree.child(child, Deprel::Case).is_some_and(|case| line.lower(case) == "by"))
}

/// "The agency quoted the minister as saying", "the minister was quoted by the agency as saying": who says, and who
/// passes it on.
pub(super) fn as_saying(line: &Line<'_>, verb: usize) -> Option<(Speaker, Option<Speaker>)> {
    let tree = line.view.tree;
    let above = tree.head(verb).filter(|&above| says_for_another(line, verb) && above < verb)?;
    if line.is_passive(above) {
        return Some((phrase(line, own_subject(line, above)?), of_passive(line, above)));
    }
    let speaker = tree.child(above, Deprel::Obj).filter(|&object| (above..verb).contains(&object))?;
    Some((phrase(line, speaker), own_subject(line, above).map(|subject| phrase(line, subject))))
}

/// Whether the verb only passes on what an "as saying" below it says.
pub(super) fn is_relaying(line: &Line<'_>, verb: usize) -> bool {
    let tree = line.view.tree;
    tree.children(verb)
        .any(|child| child > verb && line.cues.contains(&child) && as_saying(line, child).is_some())
}

/// "as saying", "as telling reporters".
fn says_for_another(line: &Line<'_>, verb: usize) -> bool {
    line.is_gerund(verb) && verb > 0 && line.lower(verb - 1) == "as"
}

/// Whoever is named right after a phrase such as "according to".
pub(super) fn after(line: &Line<'_>, word: usize) -> Option<Speaker> {
    if word >= line.len() {
        return None;
    }
    let tree = line.view.tree;
    let head = if line.is_tagged() {
        let mut head = word;
        while let Some(above) = tree.head(head).filter(|&above| above >= word && above < word + LONGEST) {
            if line.may_be_clause(above) || crosses_break(line, head, above) {
                break;
            }
            head = above;
        }
        head
    } else {
        word
    };
    let words = if line.is_tagged() { phrase(line, head).words } else { word..until_break(line, word) };
    let start = words.start.max(word);
    let end = words.end.max(head + 1);
    Some(Speaker { head, words: start..end })
}

fn crosses_break(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|word| line.is_break(word))
}

fn until_break(line: &Line<'_>, from: usize) -> usize {
    (from..line.len()).find(|&word| line.is_punct(word) && line.view.word(word) != ".").unwrap_or(line.len())
}

/// The possessor of a noun of speech: "Moscow's warning", "the warning by Moscow".
pub(super) fn of_noun(line: &Line<'_>, noun: usize, takes: &WordTakes) -> Option<Speaker> {
    let tree = line.view.tree;
    let said = |case: usize| {
        case == noun + 1 && takes.prepositions.iter().any(|preposition| &**preposition == line.lower(case))
    };
    let owner = tree.child(noun, Deprel::NmodPoss).or_else(|| {
        tree.children_by(noun, Deprel::Nmod).find(|&child| {
            let case = tree.child(child, Deprel::Case);
            case.is_some_and(|case| matches!(line.lower(case), "by" | "from" | "of") && !said(case))
        })
    });
    if let Some(owner) = owner {
        return Some(phrase(line, owner));
    }
    // "made the claim that", "issued a warning that"
    let verb = tree.head(noun).filter(|_| tree.deprel(noun) == Deprel::Obj)?;
    line.speech.is_giver(tree.lemma(verb)).then(|| of_verb(line, verb, None)).flatten()
}

fn by_tree(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let tree = line.view.tree;
    let mut verb = verb;
    for _ in 0..6 {
        if let Some(subject) = own_subject(line, verb) {
            return Some(antecedent(line, subject, verb));
        }
        let above = tree.head(verb)?;
        match tree.deprel(verb) {
            Deprel::Acl if line.is_gerund(verb) => return Some(phrase(line, above)),
            // "asked whether he would stand, she laughed": she is the one asked
            Deprel::Advcl if is_asked(line, verb) => return None,
            // where the tree has no verb for the root, this one is the main verb
            Deprel::Acl if tree.root() == above && verb > above => return Some(phrase(line, above)),
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis => verb = above,
            _ => return None,
        }
        if !line.may_be_verb(verb) || line.quotation(verb).is_some() {
            return None;
        }
    }
    None
}

/// A past participle at the head of its sentence.
pub(super) fn is_asked(line: &Line<'_>, verb: usize) -> bool {
    verb == 0 && line.view.tree.feats(verb).verb_form == Some(VerbForm::Part) && !line.is_gerund(verb)
}

/// The noun that a relative pronoun stands for; any other subject as it is.
fn antecedent(line: &Line<'_>, subject: usize, verb: usize) -> Speaker {
    let tree = line.view.tree;
    if matches!(line.lower(subject), "who" | "which" | "that") {
        let mut clause = verb;
        while let Some(above) = tree.head(clause) {
            if matches!(tree.deprel(clause), Deprel::AclRelcl | Deprel::Acl) {
                return phrase(line, above);
            }
            clause = above;
        }
        let before = (0..subject).rev().find(|&word| !line.is_punct(word));
        let noun = before.filter(|&noun| matches!(tree.upos(noun), Upos::Noun | Upos::Propn));
        if let Some(noun) = noun.filter(|_| line.lower(subject) != "that") {
            return phrase(line, noun);
        }
    }
    phrase(line, subject)
}

/// A phrase without the clauses that hang on it.
pub(super) fn phrase(line: &Line<'_>, head: usize) -> Speaker {
    let tree = line.view.tree;
    let mut words = vec![head];
    let mut next = 0;
    while let Some(&word) = words.get(next) {
        words.extend(tree.children(word).filter(|&child| {
            let clause = matches!(
                tree.deprel(child),
                Deprel::Acl
                    | Deprel::AclRelcl
                    | Deprel::Advcl
                    | Deprel::Parataxis
                    | Deprel::Ccomp
                    | Deprel::Dep
            );
            !clause && line.quotation(child).is_none() || line.is_role_clause(child)
        }));
        next += 1;
    }
    words.sort_unstable();
    let at = words.partition_point(|&word| word < head);
    let (mut start, mut end) = (at, at);
    while start > 0 && words[start - 1] + 1 == words[start] {
        start -= 1;
    }
    while end + 1 < words.len() && words[end + 1] == words[end] + 1 {
        end += 1;
    }
    let (start, end) =
        (words[start].max((head + 1).saturating_sub(LONGEST)), (words[end] + 1).min(head + LONGEST));
    let mut range = line.trimmed(start..end);
    while range.start < head
        && matches!(tree.upos(range.start), Upos::Sconj | Upos::Cconj | Upos::Adv | Upos::Adp)
        && tree.deprel(range.start) != Deprel::CcPreconj
    {
        range.start += 1;
    }
    while range.end > head + 1 && matches!(line.lower(range.end - 1), "'s" | "’s" | "'" | "’") {
        range.end -= 1;
    }
    if range.contains(&head) {
        Speaker { head, words: range }
    } else {
        Speaker { head, words: head..head + 1 }
    }
}

impl Line<'_> {
    /// Whether the word heads a clause.
    pub(super) fn may_be_clause(&self, word: usize) -> bool {
        let tree = self.view.tree;
        matches!(tree.upos(word), Upos::Verb | Upos::Aux)
            || tree.children(word).any(|child| tree.deprel(child).is_subject())
    }

    /// A short participle that belongs to a speaker: "officials briefed on the matter", "a source close to the talks".
    fn is_role_clause(&self, word: usize) -> bool {
        let tree = self.view.tree;
        tree.deprel(word) == Deprel::Acl
            && !self.is_gerund(word)
            && tree.head(word).is_some_and(|above| above < word && word - above <= 3)
            && self.quotation(word).is_none()
    }
}

/// The noun phrase right before or right after the verb, where the tree shows no subject.
fn by_order(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    if !line.is_tagged() {
        return untagged(line, verb);
    }
    let tree = line.view.tree;
    if line.is_gerund(verb) || tree.deprel(verb) == Deprel::Acl {
        return None;
    }
    let nominal = |word: usize| matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    let quote_near = line.quotation_before(line.view.span(verb).start).is_some();
    let inverted = verb + 1 < line.len() && (quote_near || (verb > 0 && line.is_break(verb - 1)));
    if inverted {
        let end = (verb + 1..line.len()).find(|&word| line.is_punct(word) || line.may_be_clause(word));
        let end = end.unwrap_or(line.len());
        if let Some(head) = (verb + 1..end).find(|&word| nominal(word)) {
            return Some(Speaker { head, words: verb + 1..end.max(head + 1) });
        }
    }
    let mut before = verb;
    while before > 0 && matches!(tree.upos(before - 1), Upos::Aux | Upos::Adv | Upos::Part) {
        before -= 1;
    }
    let head = before.checked_sub(1).filter(|&word| nominal(word) && line.quotation(word).is_none())?;
    Some(phrase(line, head))
}

/// Without tags: the words with a capital, or the pronoun, beside the verb.
fn untagged(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    const PRONOUNS: &[&str] = &["he", "she", "they", "it", "we", "who"];
    let named = |word: usize| {
        line.quotation(word).is_none() && line.view.word(word).starts_with(char::is_uppercase)
            || PRONOUNS.contains(&line.lower(word))
    };
    let mut start = verb;
    while start > 0 && named(start - 1) {
        start -= 1;
    }
    if start < verb {
        return Some(Speaker { head: verb - 1, words: start..verb });
    }
    let mut end = verb + 1;
    while end < line.len() && named(end) {
        end += 1;
    }
    (end > verb + 1).then(|| Speaker { head: end - 1, words: verb + 1..end })
}
