//! What a statement is about: who is named in it, and whether they are praised, criticised or threatened.
//!
//! Verbs of evaluation ("Peru betrayed us") and judgements ("Peru's plan is a farce") are lines of the lexicon; what the
//! speaker does ("criticised Peru") counts too. Where words speak both well and ill of somebody, nothing is told.

use super::{Statement, judged::is_denied, resolved};
use crate::{
    Span,
    code::Scene,
    data::speech::{Evaluation, Towards},
    parse::{Deprel, SentenceView, Upos},
    resolve::actor::ActorId,
};

/// Somebody named in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Who.
    pub actor: ActorId,
    /// What is said of them; unknown where the words speak both well and ill.
    pub towards: Option<Towards>,
}

/// Somebody named, with all that is said of them.
struct Named {
    actor: ActorId,
    praise: bool,
    criticism: bool,
    threat: bool,
}

impl Named {
    fn about(&self) -> About {
        let towards = match (self.praise, self.criticism || self.threat) {
            (true, true) => None,
            (true, false) => Some(Towards::Praise),
            (false, true) if self.threat => Some(Towards::Threat),
            (false, true) => Some(Towards::Criticism),
            (false, false) => Some(Towards::None),
        };
        About { actor: self.actor, towards }
    }
}

/// Whoever the content names but the speaker, in order, with what is said of them.
pub(super) fn of(scene: &Scene<'_>, statement: &Statement) -> Vec<About> {
    let mut named: Vec<Named> = Vec::new();
    for &piece in &statement.content {
        for view in sentences(scene, piece) {
            let heads = scene.actors.in_sentence(view.index);
            let inside = heads.filter(|&(word, _)| word < view.len() && piece.contains(view.span(word)));
            for &actor in inside.flat_map(|(_, actors)| actors) {
                if Some(actor) != statement.speaker && !named.iter().any(|other| other.actor == actor) {
                    named.push(Named { actor, praise: false, criticism: false, threat: false });
                }
            }
        }
    }
    if named.is_empty() {
        return Vec::new();
    }
    let mut mark = |view: &SentenceView<'_>, word: usize, towards: Towards| {
        for actor in meant(scene, view, word) {
            let Some(named) = named.iter_mut().find(|named| named.actor == actor) else { continue };
            match towards {
                Towards::Praise => named.praise = true,
                Towards::Criticism => named.criticism = true,
                Towards::Threat => named.threat = true,
                Towards::None => {}
            }
        }
    };
    for &piece in &statement.content {
        for view in sentences(scene, piece) {
            for word in (0..view.len()).filter(|&word| piece.contains(view.span(word))) {
                by_verb(scene, statement, &view, word, &mut mark);
                by_judgement(scene, &view, word, &mut mark);
            }
        }
    }
    by_cue(scene, statement, &mut mark);
    named.iter().map(Named::about).collect()
}

/// The sentences that a piece of text touches.
fn sentences<'s>(scene: &'s Scene<'_>, piece: Span) -> impl Iterator<Item = SentenceView<'s>> {
    let first = scene.parsed.sentence_at(piece.start).unwrap_or(scene.parsed.len());
    let views = (first..scene.parsed.len()).map(|index| scene.parsed.sentence(index));
    views.take_while(move |view| view.sentence.span.start < piece.end)
}

/// Whom a phrase stands for, else whose it is: "Peru's plan", "the plan of Peru".
fn meant(scene: &Scene<'_>, view: &SentenceView<'_>, head: usize) -> Vec<ActorId> {
    let tree = view.tree;
    let at = |word: usize| scene.actors.at(view.index, word);
    let mut word = head;
    for _ in 0..3 {
        if !at(word).is_empty() {
            return at(word).to_vec();
        }
        // "the invasion of Kuwait" is none of Kuwait's
        let deed = scene.data.speech.judgement(tree.lemma(word)).is_some();
        let owner = tree.child(word, Deprel::NmodPoss).or_else(|| {
            let mut owners = tree.children_by(word, Deprel::Nmod);
            owners.find(|&owner| {
                let case = tree.child(owner, Deprel::Case).map_or("", |case| tree.lemma(case));
                case == "by" || case == "of" && !deed
            })
        });
        // "the Peruvian invasion"
        let owner =
            owner.or_else(|| tree.children_by(word, Deprel::Amod).find(|&child| !at(child).is_empty()));
        match owner {
            Some(owner) => word = owner,
            None => break,
        }
    }
    resolved::who(scene, view, head).into_iter().collect()
}

/// "Peru betrayed us", "we will punish Peru".
fn by_verb(
    scene: &Scene<'_>,
    statement: &Statement,
    view: &SentenceView<'_>,
    verb: usize,
    mark: &mut impl FnMut(&SentenceView<'_>, usize, Towards),
) {
    let tree = view.tree;
    if tree.upos(verb) != Upos::Verb || is_denied(view.tree, verb, |word| view.tree.lemma(word)) {
        return;
    }
    for evaluation in scene.data.speech.evaluations(tree.lemma(verb)) {
        if evaluation.towards == Towards::Threat && !is_threat(scene, statement, view, verb, *evaluation) {
            continue;
        }
        if let Some(target) = slot(view, verb, evaluation.of_subject) {
            mark(view, target, evaluation.towards);
        }
    }
}

/// The subject or the object of a verb in the active sense.
fn slot(view: &SentenceView<'_>, verb: usize, subject: bool) -> Option<usize> {
    let tree = view.tree;
    let passive = tree.child(verb, Deprel::NsubjPass);
    if !subject {
        return passive.or_else(|| tree.child(verb, Deprel::Obj));
    }
    let agent = || {
        let by = |&child: &usize| {
            let case = tree.child(child, Deprel::Case);
            matches!(tree.deprel(child), Deprel::OblAgent | Deprel::Obl)
                && case.is_some_and(|case| tree.lemma(case) == "by")
        };
        tree.children(verb).find(by)
    };
    if passive.is_some() {
        return agent();
    }
    let mut clause = verb;
    for _ in 0..3 {
        if let Some(subject) = tree.child(clause, Deprel::Nsubj) {
            return Some(relative(view, clause, subject));
        }
        match tree.deprel(clause) {
            // "Peru of bullying its neighbours"
            Deprel::Acl => return tree.head(clause),
            Deprel::Conj | Deprel::Xcomp => clause = tree.head(clause)?,
            // "accused Peru of bullying": the object of the verb above
            Deprel::Advcl | Deprel::Ccomp | Deprel::Obl => {
                return tree.head(clause).and_then(|above| tree.child(above, Deprel::Obj));
            }
            _ => return None,
        }
    }
    None
}

/// The noun for which "who" stands; any other subject as it is.
fn relative(view: &SentenceView<'_>, clause: usize, subject: usize) -> usize {
    let tree = view.tree;
    let is_relative = tree.deprel(clause) == Deprel::AclRelcl && tree.upos(subject) == Upos::Pron;
    tree.head(clause).filter(|_| is_relative).unwrap_or(subject)
}

/// A threat is still to come, and comes from whoever speaks.
fn is_threat(
    scene: &Scene<'_>,
    statement: &Statement,
    view: &SentenceView<'_>,
    verb: usize,
    evaluation: Evaluation,
) -> bool {
    let tree = view.tree;
    let auxiliary = |child: usize| matches!(tree.lemma(child), "will" | "would" | "shall" | "could" | "can");
    let to_come = tree.children(verb).any(auxiliary);
    let infinitive = tree.child(verb, Deprel::Mark).is_some_and(|mark| tree.lemma(mark) == "to");
    if evaluation.of_subject || tree.child(verb, Deprel::NsubjPass).is_some() {
        return to_come;
    }
    let Some(subject) = tree.child(verb, Deprel::Nsubj) else {
        return infinitive && statement.stance == "threatens";
    };
    let own = matches!(tree.lemma(subject), "we" | "I" | "i")
        || meant(scene, view, subject).iter().any(|&actor| is_own(scene, statement, actor));
    to_come && own
}

/// Whether the actor is the speaker, or of the speaker's country.
fn is_own(scene: &Scene<'_>, statement: &Statement, actor: ActorId) -> bool {
    let country = |actor: ActorId| scene.actors.get(actor).country.as_deref();
    statement.speaker.is_some_and(|speaker| {
        speaker == actor || country(speaker).is_some() && country(speaker) == country(actor)
    })
}

/// "Peru is reckless", "called Peru a liar", "Peru's aggression".
fn by_judgement(
    scene: &Scene<'_>,
    view: &SentenceView<'_>,
    word: usize,
    mark: &mut impl FnMut(&SentenceView<'_>, usize, Towards),
) {
    let tree = view.tree;
    // a capital makes it part of a name: "the International Criminal Court"
    let named = view.word(word).starts_with(char::is_uppercase);
    if named
        || !matches!(tree.upos(word), Upos::Adj | Upos::Noun | Upos::Verb)
        || is_denied(view.tree, word, |word| view.tree.lemma(word))
    {
        return;
    }
    let towards = match scene.data.speech.judgement(tree.lemma(word)) {
        Some("criticises") => Towards::Criticism,
        Some("praises") => Towards::Praise,
        _ => return,
    };
    let above = tree.head(word);
    let judged = if tree.child(word, Deprel::Cop).is_some() {
        tree.children(word).find(|&child| tree.deprel(child).is_subject())
    } else {
        match tree.deprel(word) {
            Deprel::Amod => above,
            Deprel::Xcomp | Deprel::Obl | Deprel::Advcl => above.and_then(|verb| {
                tree.child(verb, Deprel::Obj).or_else(|| tree.child(verb, Deprel::NsubjPass))
            }),
            _ if tree.upos(word) == Upos::Noun => Some(word),
            _ => None,
        }
    };
    if let Some(judged) = judged {
        mark(view, judged, towards);
    }
}

/// "criticised Peru", "accused Peru of theft", "complained that Peru was late": whom the speech itself is towards.
fn by_cue(
    scene: &Scene<'_>,
    statement: &Statement,
    mark: &mut impl FnMut(&SentenceView<'_>, usize, Towards),
) {
    let towards = match statement.stance.as_str() {
        "criticises" => Towards::Criticism,
        "praises" => Towards::Praise,
        "threatens" => Towards::Threat,
        _ => return,
    };
    let view = scene.parsed.sentence(statement.sentence);
    let Some(cue) = statement.cue.and_then(|cue| view.word_at(cue.start)) else { return };
    let tree = view.tree;
    let said = |word: usize| statement.content.iter().any(|piece| piece.contains(view.span(word)));
    for child in tree.children(cue).filter(|&child| said(child)) {
        let target = match tree.deprel(child) {
            Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass => Some(child),
            Deprel::Nmod | Deprel::Obl if tree.child(cue, Deprel::Obj).is_none() => Some(child),
            Deprel::Ccomp if towards == Towards::Criticism => {
                tree.children(child).find(|&subject| tree.deprel(subject).is_subject())
            }
            Deprel::Xcomp if towards == Towards::Threat => tree.child(child, Deprel::Obj),
            _ => None,
        };
        if let Some(target) = target.filter(|&target| !meant(scene, &view, target).is_empty()) {
            mark(&view, target, towards);
            return;
        }
    }
}
