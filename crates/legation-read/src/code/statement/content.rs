//! What is said: the pieces of text that a speech verb, noun or phrase governs.

use std::ops::Range;

use super::{
    cue::{Cue, CueKind},
    extent::{cut, extended},
    line::Line,
    object::{named_by_order, object},
    speaker::Speaker,
};
use crate::{
    Span,
    data::speech::{SpeechVerb, Takes},
    parse::{Deprel, Upos, VerbForm},
};

/// What was found around a cue.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What is said, in order.
    pub(super) pieces: Vec<Span>,
    /// The word that heads the addressee.
    pub(super) addressee: Option<usize>,
}

/// Words between a speech verb and its "that", at most.
const REACH: usize = 14;

/// What a speech verb governs.
pub(super) fn of_verb(line: &Line<'_>, cue: &Cue<'_>, verb: &SpeechVerb, speaker: Option<&Speaker>) -> Found {
    let takes = verb.takes;
    let addressee = if takes.addressee || takes.order { addressee(line, cue) } else { to_someone(line, cue) };
    let core = core(line, cue, speaker);
    let from = addressee.as_ref().map_or(cue.words.end, |words| words.end.max(cue.words.end));
    let passive = line.is_passive(cue.head);
    let inverted = speaker.is_some_and(|speaker| speaker.words.start >= cue.words.end);
    let pieces = topic(line, cue, verb)
        .or_else(|| before(line, &core, takes))
        .or_else(|| if inverted { interrupted(line, &core, cue, takes) } else { None })
        .or_else(|| preposed(line, &core, cue, takes))
        .or_else(|| if passive { super::passive::content(line, cue, takes) } else { None })
        .or_else(|| if takes.quote { introduced(line, cue) } else { None })
        .or_else(|| small_clause(line, cue, takes))
        .or_else(|| clause(line, cue, from, takes))
        .or_else(|| if takes.order { infinitive(line, cue, takes) } else { None })
        .or_else(|| object(line, cue, takes))
        .or_else(|| quotation_after(line, cue, takes))
        .or_else(|| interrupted(line, &core, cue, takes))
        .or_else(|| super::postposed::content(line, cue, takes))
        .or_else(|| infinitive(line, cue, takes))
        .or_else(|| named_by_order(line, cue, takes))
        .or_else(|| {
            if takes.clause || takes.object || takes.complement { quotation_in(line, cue) } else { None }
        });
    Found { pieces: pieces.unwrap_or_default(), addressee: addressee.map(|words| head_of(line, words)) }
}

/// "asked her about the strike", "was warned of the storm": what somebody is asked or told about.
fn topic(line: &Line<'_>, cue: &Cue<'_>, verb: &SpeechVerb) -> Option<Vec<Span>> {
    if !verb.takes.addressee || verb.particles.is_empty() {
        return None;
    }
    let topic = super::cue::topic(line, cue.head, &verb.particles)?;
    let extent = line.view.tree.extent(topic);
    let start = (extent.start + 1).max(cue.words.end);
    piece(line, start..cut(line, cue, start, extent.end)).map(|piece| vec![piece])
}

/// The words of the cue and its subject, where the subject stands beside it.
fn core(line: &Line<'_>, cue: &Cue<'_>, speaker: Option<&Speaker>) -> Range<usize> {
    let words = cue.words.clone();
    let Some(speaker) = speaker else { return words };
    let (start, end) = (words.start.min(speaker.words.start), words.end.max(speaker.words.end));
    let (gap_start, gap_end) = (words.end.min(speaker.words.end), words.start.max(speaker.words.start));
    let clause_between = (gap_start..gap_end).any(|word| {
        line.quotation(word).is_some() || line.view.tree.upos(word) == Upos::Verb && word != cue.head
    });
    if clause_between { words } else { start..end }
}

/// "told reporters", "urged Bamako": the object before what is said.
fn addressee(line: &Line<'_>, cue: &Cue<'_>) -> Option<Range<usize>> {
    let tree = line.view.tree;
    let object = tree.children(cue.head).find(|&child| {
        child > cue.head
            && matches!(tree.deprel(child), Deprel::Obj | Deprel::Iobj)
            && line.quotation(child).is_none()
            && child - cue.head <= REACH
    });
    if let Some(object) = object {
        let words = super::speaker::phrase(line, object).words;
        return Some(words.start.max(cue.words.end)..words.end);
    }
    to_someone(line, cue)
}

/// "said to reporters", "wrote in a letter to the premier".
fn to_someone(line: &Line<'_>, cue: &Cue<'_>) -> Option<Range<usize>> {
    let tree = line.view.tree;
    let oblique = tree.children_by(cue.head, Deprel::Obl).find(|&child| {
        let case = tree.child(child, Deprel::Case);
        child > cue.head
            && case.is_some_and(|case| line.lower(case) == "to")
            && line.quotation(child).is_none()
    })?;
    Some(super::speaker::phrase(line, oblique).words)
}

fn head_of(line: &Line<'_>, words: Range<usize>) -> usize {
    let tree = line.view.tree;
    let outside = |word: usize| tree.head(word).is_none_or(|head| !words.contains(&head));
    words.clone().find(|&word| outside(word) && !line.is_punct(word)).unwrap_or(words.start)
}

/// A quotation that stands before the cue: "X," he said.
fn before(line: &Line<'_>, core: &Range<usize>, takes: Takes) -> Option<Vec<Span>> {
    if !takes.quote || line.lower_at(core.end) == "that" {
        return None;
    }
    let start = line.view.span(core.start).start;
    let number = line.quotation_before(start)?;
    let quotation = &line.quotations[number];
    let text = line.view.text;
    let gap = Span { start: quotation.span.end, end: start }.of(text);
    let marks = |character: char| matches!(character, '”' | '’' | '"' | '\'' | '»' | ' ');
    let last = quotation.inside.of(text).trim_end_matches(marks).chars().next_back();
    let comma = gap.contains([',', '—', '–']) || last == Some(',');
    if !comma && !last.is_some_and(|last| matches!(last, '?' | '!' | '…' | '.' | '—')) {
        return None;
    }
    let sentence = line.view.sentence.span.start;
    if quotation.span.end <= sentence && !comma && line.view.word(0).starts_with(char::is_uppercase) {
        return None;
    }
    if is_title_before_clause(line, core, Span { start: sentence, end: quotation.span.start.max(sentence) }) {
        return None;
    }
    let mut piece = quotation.inside;
    // "On peace, “we are ready,” he said": the words before the mark are his too, unless somebody else says them.
    let lead = Span { start: sentence, end: quotation.span.start.max(sentence) };
    if lead.of(text).contains(char::is_alphanumeric) && !ends_sentence(lead.of(text)) {
        let governs = |cue: usize| {
            let tree = line.view.tree;
            let first = line.view.word_at(quotation.inside.start);
            let under = core.clone().any(|word| tree.is_under(cue, word));
            first.is_none_or(|first| tree.is_under(first, cue)) && !under
        };
        // where other words are quoted before, who said which cannot be told
        let quoted = number > 0 && line.quotations[number - 1].span.start >= sentence;
        let before = |cue: usize| lead.contains(line.view.span(cue));
        if line.cues.iter().any(|&cue| before(cue) && (quoted || governs(cue))) {
            return None;
        }
        piece = Span { start: sentence, end: quotation.inside.end };
    }
    let mut pieces = begun_before(line, number, piece);
    pieces.push(piece);
    pieces.extend(continuation(line, core.end));
    Some(pieces)
}

/// The paragraphs over which a quotation runs on before its last one, which `piece` begins.
fn begun_before(line: &Line<'_>, number: usize, piece: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut next = number;
    while next > 0 && piece.start == line.quotations[number].inside.start {
        let earlier = &line.quotations[next - 1];
        let gap = Span { start: earlier.span.end, end: line.quotations[next].span.start };
        if earlier.closed || gap.of(line.view.text).contains(char::is_alphanumeric) {
            break;
        }
        pieces.push(earlier.inside);
        next -= 1;
    }
    pieces.reverse();
    pieces
}

/// "On “Sunday Hour,” he said the road was safe": a clause follows the verb, and a preposition goes before the quotation.
fn is_title_before_clause(line: &Line<'_>, core: &Range<usize>, lead: Span) -> bool {
    let tree = line.view.tree;
    let clause = |verb: usize| {
        tree.children(verb).any(|child| child >= core.end && tree.deprel(child) == Deprel::Ccomp)
    };
    lead.of(line.view.text).contains(char::is_alphanumeric)
        && matches!(tree.upos(0), Upos::Adp)
        && core.clone().any(|word| line.cues.contains(&word) && clause(word))
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '?', '!', ':', '”', '"', '’'])
}

/// "he said on Friday, “Y”", "he said, but “Y”": the second piece of an interrupted quotation, in the same sentence.
fn continuation(line: &Line<'_>, from: usize) -> Option<Span> {
    let tree = line.view.tree;
    let open = (from..line.len()).find(|&word| line.quotation(word).is_some())?;
    // "he said, pointing at the map, “Y”"
    let finite =
        |word: usize| tree.upos(word) == Upos::Verb && (!line.is_gerund(word) || line.cues.contains(&word));
    let stop = (from..open).any(|word| matches!(line.view.word(word), "." | ";") || finite(word));
    let number = line.quotation(open)?;
    let begins = line.quotations[number].span.start >= line.view.span(open).start;
    let comma = (from..open).rev().find(|&word| line.is_break(word))?;
    if stop || !begins {
        return None;
    }
    let first = (comma + 1..open).next().unwrap_or(open);
    if first == open {
        return Some(line.quotations[number].inside);
    }
    let joined = matches!(line.lower(first), "but" | "and" | "that" | "because" | "so") && open - first <= 3;
    joined.then(|| piece(line, first..line.len())).flatten()
}

/// A clause after the cue: with "that" or "whether", or as the tree has it.
fn clause(line: &Line<'_>, cue: &Cue<'_>, from: usize, takes: Takes) -> Option<Vec<Span>> {
    if !takes.clause {
        return None;
    }
    let tree = line.view.tree;
    let by_tree = tree
        .children(cue.head)
        .find(|&child| {
            let aside =
                child > 0 && line.is_gerund(child) && line.is_break(tree.extent(child).start.max(1) - 1);
            child >= cue.words.end && tree.deprel(child) == Deprel::Ccomp && !aside
        })
        .map(|child| (child, tree.extent(child)))
        .filter(|(_, extent)| extent.end > from && !has_semicolon(line, from..extent.start));
    let marked = marked_start(line, cue, from);
    let (start, mut end) = match (&by_tree, marked) {
        (Some((_, extent)), None) => (subject_start(line, cue, from, extent.start), extent.end),
        (Some((_, extent)), Some(mark)) if mark + 1 < extent.end => (mark, extent.end),
        (_, Some(mark)) => (mark, line.len()),
        (None, None) => (bare_start(line, cue, from, takes)?, line.len()),
    };
    if by_tree.is_some() {
        end = extended(line, cue.head, end);
    }
    let mut start = start;
    if line.lower_at(start) == "," {
        start += 1;
    }
    let verb_next = matches!(tree.upos((start + 1).min(line.len() - 1)), Upos::Verb | Upos::Aux);
    if line.lower_at(start) == "that" && !verb_next {
        start += 1;
    }
    let end = cut(line, cue, start, further(line, end));
    // "Nor, he said, had they answered": what stands before the cue is said too.
    let mut pieces = Vec::new();
    if start >= 1 && line.view.word(start - 1) == "," && marked.is_none() && start - 1 == cue.words.end {
        pieces.extend(lead_in(line, cue));
    }
    pieces.extend(piece(line, start..end));
    Some(pieces)
}

fn has_semicolon(line: &Line<'_>, words: Range<usize>) -> bool {
    words.into_iter().any(|word| line.view.word(word) == ";" && line.quotation(word).is_none())
}

/// "that A, and that B": a second clause with "that" goes on with what is said.
fn further(line: &Line<'_>, end: usize) -> usize {
    let mut next = end;
    while next < line.len() && line.is_punct(next) && line.view.word(next) == "," {
        next += 1;
    }
    let joined = matches!(line.lower_at(next), "and" | "but") && is_that_at(line, next + 1);
    if joined { line.len() } else { end }
}

fn is_that_at(line: &Line<'_>, word: usize) -> bool {
    word < line.len() && is_that(line, word)
}

/// "showed Lopez leading", "finds itself alone": an object and what is said of it.
fn small_clause(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    if !takes.clause || takes.addressee || takes.order || line.is_passive(cue.head) {
        return None;
    }
    let tree = line.view.tree;
    let object = tree.child(cue.head, Deprel::Obj).filter(|&object| object >= cue.words.end)?;
    let said = tree.child(cue.head, Deprel::Xcomp).filter(|&said| {
        said > object && matches!(tree.upos(said), Upos::Verb | Upos::Adj) && line.quotation(said).is_none()
    })?;
    let bare =
        tree.children(said).all(|child| line.lower(child) != "to" || tree.deprel(child) != Deprel::Mark);
    if line.lower(object) == "what" || !(bare || takes.object || takes.clause && !takes.infinitive) {
        return None;
    }
    let start = tree.extent(object).start.max(cue.words.end);
    let end = cut(line, cue, start, extended(line, cue.head, tree.extent(said).end));
    piece(line, start..end).map(|piece| vec![piece])
}

/// Where a clause without "that" begins: its subject may hang on the speech verb by mistake.
fn subject_start(line: &Line<'_>, cue: &Cue<'_>, from: usize, start: usize) -> usize {
    let first = cue.words.end;
    let near = start > first && start - first <= 12;
    let open = (first..start).all(|word| !line.is_break(word) && line.quotation(word).is_none());
    let tree = line.view.tree;
    let nominal = near
        && open
        && tree.head(first).is_some()
        && matches!(
            tree.upos(first),
            Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num
        );
    let object = tree.children(cue.head).any(|child| {
        (first..start).contains(&child)
            && matches!(tree.deprel(child), Deprel::Obj | Deprel::Iobj | Deprel::Obl)
    });
    if nominal && object && from <= first { first } else { start.max(from) }
}

/// The words before an inserted "he said".
fn lead_in(line: &Line<'_>, cue: &Cue<'_>) -> Option<Span> {
    let comma = (0..cue.words.start).rev().take(8).find(|&word| line.view.word(word) == ",")?;
    let verb_between = (comma..cue.words.start).any(|word| line.view.tree.upos(word) == Upos::Verb);
    if verb_between { None } else { piece(line, 0..comma) }
}

/// The first word after "that", or the "whether" itself, where one belongs to the cue.
fn marked_start(line: &Line<'_>, cue: &Cue<'_>, from: usize) -> Option<usize> {
    let limit = line.len().min(from + REACH);
    for word in from..limit {
        if line.quotation(word).is_some() || matches!(line.view.word(word), ":" | ";") {
            return None;
        }
        let next = line.lower(word);
        let noun = word > from && line.cues.contains(&(word - 1)) && word - 1 != cue.head && next == "that";
        if noun && !is_form_of(line, cue, word - 1) {
            return None;
        }
        let asks = matches!(next, "if" | "why" | "how" | "what" | "when" | "where" | "who");
        let is_mark =
            is_that(line, word) || next == "whether" || (word == from && asks && !is_time(line, cue, word));
        if is_mark {
            return Some(word);
        }
        let aside = line.is_gerund(word) && line.cues.contains(&word)
            || line.view.tree.deprel(word) == Deprel::Acl && !line.is_gerund(word);
        if word > cue.words.end && line.view.tree.upos(word) == Upos::Verb && !aside {
            return None;
        }
    }
    None
}

/// "said when she left": the clause tells when it was said.
fn is_time(line: &Line<'_>, cue: &Cue<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    line.lower(word) == "when"
        && tree
            .head(word)
            .is_some_and(|verb| tree.deprel(verb) == Deprel::Advcl && tree.head(verb) == Some(cue.head))
}

/// "said in a statement that X": the noun tells in what form it is said, and takes no clause of its own.
fn is_form_of(line: &Line<'_>, cue: &Cue<'_>, noun: usize) -> bool {
    let tree = line.view.tree;
    let form =
        tree.child(noun, Deprel::Case).is_some_and(|case| matches!(line.lower(case), "in" | "on" | "at"));
    form && tree.head(noun) == Some(cue.head)
}

/// Whether a "that" begins a clause here: tagged so, or before what can be a subject.
fn is_that(line: &Line<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    if line.lower(word) != "that" || word + 1 >= line.len() {
        return false;
    }
    let subject = matches!(
        tree.upos(word + 1),
        Upos::Det | Upos::Pron | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
    );
    let determines = tree.deprel(word) == Deprel::Det && tree.head(word) == Some(word + 1);
    tree.upos(word) == Upos::Sconj || tree.deprel(word) == Deprel::Mark || (subject && !determines)
}

/// Where the tree misses the clause: a finite verb follows before any break.
fn bare_start(line: &Line<'_>, cue: &Cue<'_>, from: usize, takes: Takes) -> Option<usize> {
    let tree = line.view.tree;
    if from >= line.len() || line.is_punct(from) || takes.complement {
        return None;
    }
    if takes.object || !(takes.quote || takes.addressee) {
        return is_subject_and_verb(line, from).then_some(from);
    }
    let finite =
        (from + 1..line.len().min(from + REACH)).take_while(|&word| !line.is_break(word)).any(|word| {
            matches!(tree.upos(word), Upos::Verb | Upos::Aux) && tree.feats(word).tense.is_some()
                || matches!(
                    line.lower(word),
                    "will" | "would" | "could" | "may" | "might" | "should" | "must" | "can"
                )
        });
    let subject_follows =
        matches!(tree.upos(from), Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num);
    (finite && subject_follows && !line.is_passive(cue.head)).then_some(from)
}

/// "acknowledged funding was short": a noun phrase, and at once a finite verb.
fn is_subject_and_verb(line: &Line<'_>, from: usize) -> bool {
    let tree = line.view.tree;
    let verb = (from..line.len().min(from + REACH)).find(|&word| {
        !matches!(
            tree.upos(word),
            Upos::Det
                | Upos::Adj
                | Upos::Noun
                | Upos::Propn
                | Upos::Pron
                | Upos::Num
                | Upos::Adp
                | Upos::Part
        )
    });
    verb.is_some_and(|verb| {
        let relative = matches!(tree.deprel(verb), Deprel::AclRelcl | Deprel::Acl | Deprel::Amod);
        verb > from
            && matches!(tree.upos(verb), Upos::Aux | Upos::Verb)
            && tree.feats(verb).verb_form == Some(VerbForm::Fin)
            && !relative
            && !matches!(line.lower(verb - 1), "who" | "which" | "that" | "to")
    })
}

/// "he said: “X”", "she told the paper on Friday, “X”".
fn quotation_after(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    if !(takes.quote || takes.clause) {
        return None;
    }
    let open = (cue.words.end..line.len()).find(|&word| line.quotation(word).is_some());
    let Some(open) = open else {
        let last = line.len().checked_sub(1)?;
        let colon = line.view.word(last) == ":" && last >= cue.words.end;
        if !colon {
            return None;
        }
        let number = line.quotation_after(line.view.span(last).start);
        return number
            .map(|number| run_on(line, number))
            .or_else(|| line.next_block.map(|block| vec![block]));
    };
    let between = cue.words.end..open;
    let direct = between.is_empty()
        || matches!(line.view.word(open - 1), "," | ":" | "—" | "–" | "―" | "--")
        || line.lower(open - 1) == "that";
    let clause = between
        .clone()
        .any(|word| matches!(line.view.tree.upos(word), Upos::Verb) || line.view.word(word) == ";");
    let number = line.quotation(open)?;
    (direct && !clause).then(|| run_on(line, number))
}

/// A quotation that a comma or a colon sets off from the cue: "she said on Friday: “X”".
fn introduced(line: &Line<'_>, cue: &Cue<'_>) -> Option<Vec<Span>> {
    let open = (cue.words.end..line.len().min(cue.words.end + 2 * REACH))
        .find(|&word| line.quotation(word).is_some())?;
    let set_off = open > cue.words.end && matches!(line.view.word(open - 1), "," | ":");
    let number = line.quotation(open)?;
    let begins = line.quotations[number].span.start >= line.view.span(open).start;
    let clause = (cue.words.end..open)
        .any(|word| line.view.tree.upos(word) == Upos::Verb || line.lower(word) == "that");
    (set_off && begins && !clause).then(|| run_on(line, number))
}

/// A quotation and the paragraphs over which it runs on.
pub(super) fn run_on(line: &Line<'_>, number: usize) -> Vec<Span> {
    let mut pieces = vec![line.quotations[number].inside];
    let mut number = number;
    while !line.quotations[number].closed {
        let Some(next) = line.quotations.get(number + 1) else { break };
        let gap = Span { start: line.quotations[number].span.end, end: next.span.start }.of(line.view.text);
        if gap.contains(char::is_alphanumeric) {
            break;
        }
        pieces.push(next.inside);
        number += 1;
    }
    pieces
}

/// "X, he said", "X, he said, Y" without quotation marks.
fn interrupted(line: &Line<'_>, core: &Range<usize>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    if !takes.clause || core.start < 2 || !line.is_break(core.start - 1) || core.len() < 2 {
        return None;
    }
    let tree = line.view.tree;
    let stop = (core.end..line.len())
        .find(|&word| line.is_break(word) || matches!(line.view.word(word), "." | "?" | "!"));
    let stop = stop.unwrap_or(line.len());
    let clause_follows = (core.end..stop).any(|word| {
        tree.upos(word) == Upos::Verb
            && !matches!(tree.deprel(word), Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl)
    });
    let object = tree.children(cue.head).any(|child| {
        child > cue.head
            && !core.contains(&child)
            && matches!(tree.deprel(child), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp)
            && child < stop
    });
    let told = takes.addressee && !line.lower(cue.head).ends_with("ing");
    let finite = (0..core.start).any(|word| matches!(tree.upos(word), Upos::Verb | Upos::Aux));
    if clause_follows || line.is_passive(cue.head) || (object && !told) || !(finite || stop == core.end) {
        return None;
    }
    let mut pieces: Vec<Span> = piece(line, 0..core.start - 1).into_iter().collect();
    let aside = starts_aside(line, stop + 1) || is_adjunct(line, cue, stop + 1);
    if stop < line.len() && line.view.word(stop) == "," && !aside {
        let end = cut(line, cue, stop + 1, line.len());
        pieces.extend(piece(line, stop + 1..end));
    }
    Some(pieces)
}

/// "The road is closed, an aide said", whatever follows; a quotation set off by a comma goes on with it.
fn preposed(line: &Line<'_>, core: &Range<usize>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    super::postposed::comma(line, cue.head)?;
    let quote = introduced(line, cue).unwrap_or_default();
    let fragment = |piece: &Span| piece.of(line.view.text).starts_with(char::is_lowercase);
    if quote.first().is_some_and(|piece| !fragment(piece)) {
        return None;
    }
    let mut pieces =
        interrupted(line, core, cue, takes).or_else(|| super::postposed::content(line, cue, takes))?;
    if let [only] = pieces.as_slice() {
        let before = only.end <= line.view.span(cue.head).start;
        pieces.extend(quote.into_iter().filter(|_| before));
    }
    Some(pieces)
}

/// Whether a clause or a phrase of the speech verb's own begins here: "minutes after the dam broke".
fn is_adjunct(line: &Line<'_>, cue: &Cue<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    let own = |deprel| matches!(deprel, Deprel::Advcl | Deprel::Obl | Deprel::OblUnmarked);
    tree.children(cue.head).any(|child| {
        child >= word && own(tree.deprel(child)) && line.trimmed(tree.extent(child)).start == word
    })
}

/// Whether the words after a comma are the outlet's own: "adding that", "who".
fn starts_aside(line: &Line<'_>, word: usize) -> bool {
    word >= line.len()
        || line.lower(word).ends_with("ing")
        || matches!(
            line.lower(word),
            "who" | "which" | "as" | "after" | "while" | "when" | "during" | "in" | "on" | "at"
        )
        || line.lower(word) == "according"
}

/// "vowed to fight on", "urged Bamako to accept".
fn infinitive(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    if !(takes.infinitive || takes.order || takes.would && line.is_under_would(cue.head)) {
        return None;
    }
    let tree = line.view.tree;
    let limit = line.len().min(cue.words.end + REACH);
    let at_once = !takes.order;
    let to = (cue.words.end..limit).find(|&word| {
        let verb = tree.upos(word + 1 - usize::from(word + 1 >= line.len()));
        let adverb_then_verb =
            word + 2 < line.len() && tree.upos(word + 2) == Upos::Verb && verb == Upos::Adv;
        line.lower(word) == "to"
            && (matches!(verb, Upos::Verb | Upos::Aux) || adverb_then_verb || line.lower_at(word + 1) == "be")
    })?;
    let clear = (cue.words.end..to).all(|word| {
        !line.is_break(word)
            && tree.upos(word) != Upos::Verb
            && (!at_once || !matches!(tree.upos(word), Upos::Noun | Upos::Propn))
    });
    let start = if line.lower(to - 1) == "not" && to > cue.words.end { to - 1 } else { to };
    if !clear {
        return None;
    }
    let verb = (to + 1..line.len().min(to + 4)).find(|&word| tree.upos(word) == Upos::Verb).unwrap_or(to);
    let end = if line.is_tagged() { extended(line, cue.head, tree.extent(verb).end) } else { line.len() };
    let end = cut(line, cue, start, end.max(to + 1));
    piece(line, start..end).map(|piece| vec![piece])
}

/// A quotation that the verb governs where nothing else was found.
fn quotation_in(line: &Line<'_>, cue: &Cue<'_>) -> Option<Vec<Span>> {
    let tree = line.view.tree;
    let open =
        (cue.words.end..line.len()).find(|&word| line.quotation(word).is_some() && !line.is_punct(word))?;
    let mut head = tree.head(open);
    while let Some(above) = head.filter(|&above| line.quotation(above) == line.quotation(open)) {
        head = tree.head(above);
    }
    let near = |above: usize| above == cue.head || tree.head(above) == Some(cue.head);
    let governed = !line.is_tagged() || tree.is_under(open, cue.head) && head.is_none_or(near);
    let broken = (cue.words.end..open).any(|word| line.view.word(word) == ";");
    (governed && !broken).then(|| vec![line.quotations[line.quotation(open).unwrap_or(0)].inside])
}

/// What stands beside a phrase such as "according to Z": the rest of its sentence.
pub(super) fn of_phrase(line: &Line<'_>, phrase: &Range<usize>) -> Found {
    let mut pieces = Vec::new();
    let left_end = phrase.start;
    if left_end > 0 {
        pieces.extend(piece(line, clause_start(line, left_end)..left_end));
    }
    let comma = phrase.end < line.len() && line.view.word(phrase.end) == ",";
    if comma && (pieces.is_empty() || !starts_aside(line, phrase.end + 1)) {
        let stop =
            (phrase.end + 1..line.len()).find(|&word| line.view.word(word) == ";").unwrap_or(line.len());
        pieces.extend(piece(line, phrase.end + 1..stop));
    }
    Found { pieces, addressee: None }
}

/// Where the clause before a word begins: after a semicolon, else at the sentence's start.
fn clause_start(line: &Line<'_>, word: usize) -> usize {
    (0..word)
        .rev()
        .find(|&at| line.view.word(at) == ";" && line.quotation(at).is_none())
        .map_or(0, |at| at + 1)
}

/// What an adverb of speech stands in: its clause.
pub(super) fn of_adverb(line: &Line<'_>, cue: &Cue<'_>) -> Found {
    let tree = line.view.tree;
    let above = tree.head(cue.head).filter(|&above| line.may_be_verb(above));
    let extent = above.map_or(0..line.len(), |above| tree.extent(above));
    let parts = [extent.start..cue.words.start, cue.words.end..extent.end.max(cue.words.end)];
    Found { pieces: parts.into_iter().filter_map(|part| piece(line, part)).collect(), addressee: None }
}

/// A range of words as text: without punctuation and "that" at its ends, and without the marks of a quotation that
/// covers it; a quotation that begins in it is taken to its end, even in a later sentence.
pub(super) fn piece(line: &Line<'_>, words: Range<usize>) -> Option<Span> {
    let mut words = line.trimmed(words.start..words.end.min(line.len()));
    while words.start < words.end
        && matches!(line.lower(words.start), "that" | "," | "and" | "but")
        && (line.lower(words.start) == "that" || words.start > 0)
        && !is_pronoun_that(line, words.start)
    {
        words.start += 1;
        words = line.trimmed(words);
    }
    while words.start < words.end && matches!(line.lower(words.end - 1), "which" | "who" | "and" | "but") {
        words = line.trimmed(words.start..words.end - 1);
    }
    let mut span = line.span_of(words.clone())?;
    if let Some(last) = line.quotation(words.end - 1) {
        let quotation = &line.quotations[last];
        if quotation.inside.start >= span.start {
            let whole = span.start >= quotation.span.start;
            span.end = if whole || !quotation.closed { quotation.inside.end } else { quotation.span.end };
        }
    }
    Some(span)
}

fn is_pronoun_that(line: &Line<'_>, word: usize) -> bool {
    line.lower(word) == "that"
        && matches!(
            line.view.tree.deprel(word),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Det | Deprel::Obj
        )
}

/// Whether the cue is a verb.
pub(super) fn verb_of<'d>(cue: &Cue<'d>) -> Option<&'d SpeechVerb> {
    match cue.kind {
        CueKind::Verb(verb) => Some(verb),
        CueKind::Word(_) => None,
    }
}
