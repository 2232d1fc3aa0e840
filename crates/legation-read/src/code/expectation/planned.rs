//! Mentions of what is planned: a noun with a word, verb or date that puts it ahead, or a verb that is to come.

use super::{
    arguments,
    look::{Look, Outlook},
};
use crate::{
    Span,
    code::{Scene, statement::Statement},
    data::planned::PlannedRole,
    parse::{Deprel, Upos},
    resolve::{actor::ActorId, date::DateId, place::PlaceId},
};

/// How much a mention alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Its words put it in the future.
    Planned,
    /// It only adds to an expectation known from elsewhere.
    Mentioned,
    /// It is said that nothing of the kind is planned.
    Ruled,
}

/// What a verb does to the thing, and who stands as its subject.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// announces, confirms, expects, cancels, postpones.
    pub(super) position: String,
    /// The head word of whoever does it.
    pub(super) subject: Option<usize>,
    /// The verb.
    pub(super) verb: usize,
}

/// One mention.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) sentence: usize,
    /// The noun or verb.
    pub(super) span: Span,
    pub(super) what: String,
    pub(super) who: Vec<ActorId>,
    pub(super) place: Option<PlaceId>,
    pub(super) date: Option<DateId>,
    pub(super) occasion: Option<Span>,
    pub(super) certainty: Certainty,
    pub(super) act: Option<Act>,
}

impl Planned {
    /// Whether a verb moves it to another day.
    pub(super) fn is_moved(&self) -> bool {
        self.act.as_ref().is_some_and(|act| act.position == "postpones")
    }
}

/// Mentions in one sentence, at most: more is a table, not a sentence.
const MOST: usize = 32;

/// All mentions, in order.
pub(super) fn mentions(scene: &Scene<'_>, statements: &[Statement]) -> Vec<Planned> {
    let mut mentions = Vec::new();
    for view in scene.parsed.sentences() {
        let look = Look::new(scene, statements, view);
        let told = |word: usize| match view.tree.upos(word) {
            Upos::Noun | Upos::Propn => invitation(&look, word).or_else(|| noun(&look, word)),
            Upos::Verb => verb(&look, word).or_else(|| noun(&look, word)),
            _ => None,
        };
        let comes = |word: usize| match view.tree.upos(word) {
            Upos::Noun | Upos::Propn | Upos::Adj => arrival(&look, word),
            Upos::Verb => arrival(&look, word).or_else(|| answered(&look, word)),
            _ => None,
        };
        let found = (0..view.len())
            .filter_map(|word| told(word).map(|told| (told, false)).or_else(|| Some((comes(word)?, true))));
        for (mut mention, is_arrival) in found.take(MOST) {
            if is_arrival {
                joined(&mentions, &mut mention);
            }
            let further = further_stops(&look, &mention);
            mentions.push(mention);
            mentions.extend(further);
        }
    }
    mentions
}

/// The further stops of a journey, each an expectation of its own.
fn further_stops(look: &Look<'_>, mention: &Planned) -> Vec<Planned> {
    let travels =
        mention.what == "visit" && mention.place.is_some() && mention.certainty == Certainty::Planned;
    let first = look.view().word_at(mention.span.start).filter(|_| travels);
    let stops =
        std::iter::successors(first.and_then(|word| arguments::next_stop(look, word)), |&(stop, ..)| {
            arguments::next_stop(look, stop)
        });
    stops
        .map(|(stop, place, date)| Planned {
            span: look.view().span(stop),
            place: Some(place),
            date,
            occasion: None,
            ..mention.clone()
        })
        .collect()
}

/// "invited both to Oslo for a summit": what they are to come for.
fn invited_for(look: &Look<'_>, verb: usize) -> Option<usize> {
    look.entry(verb, PlannedRole::Invite)?;
    let for_it = |&word: &usize| {
        let meets = look.entry(word, PlannedRole::Noun).map(|entry| &*entry.gives);
        look.syntax.case(word) == Some("for")
            && matches!(meets, Some("summit" | "talks" | "meeting" | "conference"))
    };
    let open = |word: &usize| !look.syntax.is_verbal(*word);
    (verb + 1..look.view().len()).take_while(open).find(for_it)
}

/// A meeting to which somebody invites: whoever invites takes part.
fn summoned(
    look: &Look<'_>,
    verb: usize,
    meeting: usize,
    mut who: Vec<ActorId>,
    place: Option<PlaceId>,
    date: Option<DateId>,
) -> Planned {
    let subject = look.syntax.surface_subject(verb);
    who.extend(subject.map(|subject| arguments::phrase(look, subject)).unwrap_or_default());
    let what = look.entry(meeting, PlannedRole::Noun).map_or("meeting", |entry| &*entry.gives);
    Planned {
        sentence: look.view().index,
        span: look.view().span(verb),
        what: what.to_owned(),
        who,
        place,
        date,
        occasion: None,
        certainty: Certainty::Planned,
        act: Some(Act { position: "announces".to_owned(), subject, verb }),
    }
}

/// "Mr Barak accepted at once", right after it was told to what he was invited.
fn answered(look: &Look<'_>, verb: usize) -> Option<Planned> {
    let syntax = look.syntax;
    let entry = look.entry(verb, PlannedRole::Answer)?;
    let alone = syntax.child(verb, Deprel::Obj).is_none()
        && syntax.clause(verb).is_none()
        && !syntax.is_passive(verb)
        && matches!(look.outlook(verb), Outlook::Over);
    let before = look.view().index.checked_sub(1).filter(|_| alone)?;
    let told = look.scene.parsed.sentence(before);
    let invites = (0..told.len()).any(|word| {
        let form = told.word(word).to_lowercase();
        look.scene.data.planned.find(&form, PlannedRole::Invite).next().is_some()
    });
    let subject = syntax.surface_subject(verb).filter(|_| invites)?;
    let who = arguments::persons(look, subject);
    (!who.is_empty()).then(|| Planned {
        sentence: look.view().index,
        span: look.view().span(verb),
        what: "attendance".to_owned(),
        who,
        place: None,
        date: None,
        occasion: None,
        certainty: Certainty::Mentioned,
        act: Some(Act { position: entry.gives.to_string(), subject: Some(subject), verb }),
    })
}

/// "Xi is still expected": where and when the others are, whose visit was told right before.
fn joined(mentions: &[Planned], mention: &mut Planned) {
    let bare = mention.what == "visit" && mention.place.is_none() && mention.date.is_none();
    let near = |other: &&Planned| mention.sentence - other.sentence <= NEAR;
    let visit = |other: &&Planned| other.what == "visit" && other.place.is_some();
    let other = mentions.iter().rev().take_while(near).find(visit);
    if let Some(other) = other.filter(|_| bare && mention.certainty == Certainty::Planned) {
        mention.place = other.place;
        mention.date = other.date;
    }
}

/// How many sentences further on a visit is still spoken of.
const NEAR: usize = 6;

/// "accepted an invitation to Chad": the invited will come, or decline to.
fn invitation(look: &Look<'_>, word: usize) -> Option<Planned> {
    let syntax = look.syntax;
    if !look.is(word, PlannedRole::Invite) || syntax.clause(word).is_some() {
        return None;
    }
    let verb = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Obj)?;
    let entry = look.entry(verb, PlannedRole::Answer)?;
    let to = syntax.phrase(word, "to");
    let named = to.is_some_and(|to| look.is(to, PlannedRole::Noun));
    if named || matches!(look.outlook(verb), Outlook::Negated | Outlook::Doubtful) {
        return None;
    }
    let subject = syntax.surface_subject(verb);
    let anchors: Vec<usize> = std::iter::once(word).chain(to).collect();
    Some(Planned {
        sentence: look.view().index,
        span: look.view().span(word),
        what: "visit".to_owned(),
        who: subject.map(|subject| arguments::phrase(look, subject)).unwrap_or_default(),
        place: arguments::place(look, &anchors),
        date: arguments::date(look, &anchors, &[]),
        occasion: arguments::occasion(look, word),
        certainty: Certainty::Planned,
        act: Some(Act { position: entry.gives.to_string(), subject, verb }),
    })
}

/// How a noun stands: the top of its phrase, and what is above that.
struct Standing {
    /// "a round of talks": the round.
    top: usize,
    /// Whether a word on the way up puts it ahead: "preparations for the visit".
    ahead: bool,
    verb: Option<usize>,
}

fn standing(look: &Look<'_>, noun: usize) -> Standing {
    let syntax = look.syntax;
    let mut top = noun;
    let mut ahead = false;
    for _ in 0..4 {
        ahead = ahead || is_behind_ahead(look, top);
        let Some(head) = syntax.head(top) else { break };
        let nominal = syntax.is_nominal(head) || syntax.upos(head) == Upos::Adv;
        let joins = matches!(syntax.deprel(top), Deprel::Nmod | Deprel::Conj | Deprel::Appos | Deprel::Obl);
        if !(nominal && joins) {
            break;
        }
        // only what holds the thing is looked through: "plans for talks", "a round of talks", not "talks before the summit"
        let puts_ahead = look.is(head, PlannedRole::Ahead);
        ahead = ahead || puts_ahead;
        if !(puts_ahead || look.is(head, PlannedRole::Part) || syntax.deprel(top) == Deprel::Conj) {
            break;
        }
        top = head;
    }
    let verb =
        syntax.head(top).filter(|&head| syntax.is_verbal(head) || syntax.child(head, Deprel::Cop).is_some());
    Standing { top, ahead, verb }
}

/// "ahead of the visit", "before the summit".
fn is_behind_ahead(look: &Look<'_>, noun: usize) -> bool {
    let case = look.syntax.child(noun, Deprel::Case);
    case.is_some_and(|case| {
        look.is(case, PlannedRole::Ahead)
            || case.checked_sub(1).is_some_and(|before| look.is(before, PlannedRole::Ahead))
    })
}

fn noun(look: &Look<'_>, word: usize) -> Option<Planned> {
    let syntax = look.syntax;
    if matches!(syntax.deprel(word), Deprel::Compound | Deprel::Amod | Deprel::Aux) {
        return None;
    }
    let is_verb = syntax.upos(word) == Upos::Verb;
    // "on March 21"
    let span = look.view().span(word);
    if look.scene.dates.of_sentence(look.view().index).any(|(_, date)| date.span.overlaps(span)) {
        return None;
    }
    if is_verb
        && !matches!(
            syntax.deprel(word),
            Deprel::Obj | Deprel::Obl | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Nmod
        )
    {
        return None;
    }
    let entry = look.entry(word, PlannedRole::Noun)?;
    let stand = standing(look, word);
    let mut anchors = vec![word];
    anchors.extend(syntax.children(word).filter(|&child| {
        let relative = matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl);
        // "his summit with Trump, which opens in Hanoi on Wednesday"
        let opens = relative && look.is(child, PlannedRole::Occur) && look.outlook(child) == Outlook::Present;
        opens || ((relative || syntax.deprel(child) == Deprel::Amod) && is_planned_word(look, child))
    }));
    anchors.extend(loose_plan(look, word, &stand));
    anchors.extend(Some(stand.top).filter(|&top| top != word));
    if matches!(syntax.case(word), Some("without" | "despite" | "since")) {
        return None;
    }
    let mut planners = Vec::new();
    let (mut by_verb, mut act) = governed(look, word, &stand, &mut anchors, &mut planners);
    // "will not attend the parade"
    if let Some(refused) =
        stand.verb.filter(|_| by_verb == Some(Outlook::Negated)).and_then(|verb| refusal(look, verb))
    {
        by_verb = Some(Outlook::Ahead(None));
        act = Some(refused);
    }
    let date = arguments::date(look, &anchors, &planners);
    let past = syntax.children(word).any(|child| look.is(child, PlannedRole::Past))
        || date.is_some_and(|date| arguments::is_over(look, date));
    let described = anchors[1..].iter().any(|&anchor| is_planned_word(look, anchor))
        || syntax.children(word).any(|child| look.is(child, PlannedRole::Future));
    let dated = date.is_some_and(|date| arguments::is_ahead(look, date));
    let open = date.is_some_and(|date| arguments::is_open(look, date));
    // what was called off is told though its day is past
    let undone = act.as_ref().is_some_and(|act| matches!(act.position.as_str(), "cancels" | "postpones"));
    let certainty = match by_verb {
        _ if !undone && date.is_some_and(|date| arguments::is_over(look, date)) => return None,
        _ if look.has_no(word) && (by_verb.is_some() || described) => Certainty::Ruled,
        Some(Outlook::Negated) => Certainty::Ruled,
        Some(Outlook::Ahead(_)) => Certainty::Planned,
        Some(Outlook::Present) if dated || open => Certainty::Planned,
        Some(Outlook::Doubtful) => Certainty::Mentioned,
        _ if past => return None,
        _ if stand.ahead || described || dated => Certainty::Planned,
        Some(Outlook::Over) => return None,
        _ => Certainty::Mentioned,
    };
    Some(Planned {
        sentence: look.view().index,
        span: look.view().span(word),
        what: entry.gives.to_string(),
        who: arguments::people(look, word, &stand_verbs(&stand), act.as_ref()),
        place: arguments::place(look, &anchors),
        date,
        occasion: arguments::occasion(look, word),
        certainty,
        act,
    })
}

/// The words that plan a noun from further off: "the vote on the use of force that was scheduled for", "talks between the
/// two sides, due to open in".
fn loose_plan(look: &Look<'_>, noun: usize, stand: &Standing) -> Option<usize> {
    let syntax = look.syntax;
    let below = syntax.children(noun).filter(|&child| child > noun && syntax.deprel(child) == Deprel::Nmod);
    let below = below.flat_map(|child| syntax.children(child).filter(move |&next| next > child));
    let below = below.flat_map(|child| std::iter::once(child).chain(syntax.children(child)));
    let deeper = below.filter(|&child| {
        matches!(syntax.deprel(child), Deprel::AclRelcl | Deprel::Acl) && is_planned_word(look, child)
    });
    let beside =
        stand.verb.into_iter().flat_map(|verb| syntax.children(verb).take_while(move |&child| child < verb));
    let due = beside.filter(|&child| {
        let planned = syntax.children(child).any(|mark| mark < child && look.is(mark, PlannedRole::Future));
        child > noun && syntax.deprel(child) == Deprel::Advcl && planned
    });
    deeper.chain(due).next()
}

fn stand_verbs(stand: &Standing) -> Vec<usize> {
    stand.verb.into_iter().collect()
}

/// "planned for June", "due next week", "scheduled" behind or before a noun.
fn is_planned_word(look: &Look<'_>, word: usize) -> bool {
    look.is(word, PlannedRole::Future)
        || (look.is(word, PlannedRole::Arrange) && look.syntax.is_past_participle(word))
        || (look.syntax.is_verbal(word) && matches!(look.outlook(word), Outlook::Ahead(_)))
}

/// What the verb above a noun says of it. Adds the verb to the words whose dates and places are the noun's too, or, if it
/// only plans or moves it, to those whose dates to come are.
fn governed(
    look: &Look<'_>,
    noun: usize,
    stand: &Standing,
    anchors: &mut Vec<usize>,
    planners: &mut Vec<usize>,
) -> (Option<Outlook>, Option<Act>) {
    let syntax = look.syntax;
    let Some(verb) = stand.verb else { return (None, None) };
    let particle = |role| look.entry(verb, role).and_then(|entry| entry.particle.as_deref());
    let led = |role| {
        syntax.deprel(stand.top) == Deprel::Obl
            && particle(role).is_some_and(|word| syntax.case(stand.top) == Some(word))
    };
    // "accepted in principle a summit"
    let loose =
        syntax.deprel(stand.top) == Deprel::Obl && syntax.case(stand.top).is_none() && stand.top > verb;
    let object = syntax.deprel(stand.top) == Deprel::Obj
        || loose
        || [PlannedRole::Cancel, PlannedRole::Postpone, PlannedRole::Arrange].into_iter().any(led);
    let passive = matches!(syntax.deprel(stand.top), Deprel::NsubjPass)
        || (syntax.deprel(stand.top).base() == Deprel::Nsubj && syntax.is_passive(verb));
    let subject = passive || syntax.deprel(stand.top).base() == Deprel::Nsubj;
    let act = |position: &str| {
        let by = syntax.child(verb, Deprel::OblAgent);
        let subject = if passive { by } else { syntax.surface_subject(verb) };
        Some(Act { position: position.to_owned(), subject, verb })
    };
    let own = look.outlook(verb);
    if object || passive {
        for role in [PlannedRole::Cancel, PlannedRole::Postpone] {
            if let Some(entry) = look.entry(verb, role) {
                planners.push(verb);
                let done = matches!(own, Outlook::Over | Outlook::Present);
                return (Some(Outlook::Ahead(None)), if done { act(&entry.gives) } else { None });
            }
        }
        // "critics call the speech reckless"
        let judges = object
            && syntax.children(verb).any(|child| {
                child > stand.top && syntax.deprel(child) == Deprel::Xcomp && syntax.upos(child) == Upos::Adj
            });
        if let Some(entry) = look.entry(verb, PlannedRole::Arrange).filter(|_| !judges) {
            planners.push(verb);
            return match own {
                Outlook::Negated => (Some(Outlook::Negated), None),
                Outlook::Doubtful => (Some(Outlook::Doubtful), None),
                _ if look.has_no(noun) => (Some(Outlook::Negated), None),
                _ => {
                    let position = Some(&*entry.gives).filter(|position| !position.is_empty());
                    (Some(Outlook::Ahead(None)), position.and_then(act))
                }
            };
        }
    }
    let predicate = passive || (subject && syntax.child(verb, Deprel::Cop).is_some());
    let planned = predicate && (look.is(verb, PlannedRole::Future) || look.is(verb, PlannedRole::Plan));
    if planned && !matches!(own, Outlook::Negated | Outlook::Doubtful) {
        anchors.push(verb);
        // "are due to resume in Geneva"
        anchors.extend(syntax.clause(verb));
        return (Some(Outlook::Ahead(None)), None);
    }
    let takes_place = ((object || passive) && look.is(verb, PlannedRole::Hold))
        || (subject && look.is(verb, PlannedRole::Occur))
        || (subject && syntax.child(verb, Deprel::Cop).is_some());
    if takes_place {
        anchors.push(verb);
        if let Outlook::Ahead(Some(planner)) = own {
            planners.push(planner);
        }
        return (Some(own), planner_act(look, own));
    }
    let goes_to = syntax.deprel(stand.top) == Deprel::Obl && look.is(verb, PlannedRole::Verb);
    if goes_to && matches!(own, Outlook::Ahead(_) | Outlook::Present) {
        anchors.push(verb);
        return (Some(own), None);
    }
    (None, None)
}

/// The position that a planning word's subject takes: "agreed to meet".
fn planner_act(look: &Look<'_>, outlook: Outlook) -> Option<Act> {
    let Outlook::Ahead(Some(planner)) = outlook else { return None };
    let entry = look.entry(planner, PlannedRole::Plan)?;
    // "is expected to" is nobody's expectation
    if entry.gives.is_empty() || look.syntax.is_passive(planner) {
        return None;
    }
    let subject = look.syntax.surface_subject(planner);
    Some(Act { position: entry.gives.to_string(), subject, verb: planner })
}

fn verb(look: &Look<'_>, word: usize) -> Option<Planned> {
    let entry = look.entry(word, PlannedRole::Verb)?;
    // what it holds is told by its noun: "will attend the summit"
    let has_noun = look
        .syntax
        .children(word)
        .any(|child| look.syntax.deprel(child) == Deprel::Obj && look.is(child, PlannedRole::Noun));
    if has_noun && look.is(word, PlannedRole::Hold) {
        return None;
    }
    // "Xi would be welcomed": nobody is said to meet
    if look.syntax.is_passive(word) && &*entry.gives == "meeting" {
        return None;
    }
    let head = look.syntax.head(word).filter(|_| look.syntax.deprel(word) == Deprel::Advcl);
    // "will meet in Oslo to discuss the treaty"
    if head.is_some_and(|head| look.is(head, PlannedRole::Verb)) && &*entry.gives == "talks" {
        return None;
    }
    // "the conference, which opens on Monday"
    let relative = matches!(look.syntax.deprel(word), Deprel::AclRelcl | Deprel::Acl)
        && look.syntax.head(word).is_some_and(|head| look.is(head, PlannedRole::Noun));
    if relative && look.is(word, PlannedRole::Occur) {
        return None;
    }
    if &*entry.gives == "visit" && (carries(look, word) || goes_on(look, word)) {
        return None;
    }
    // "will meet the costs", "will see prices fall"
    let met = look.syntax.child(word, Deprel::Obj).filter(|_| &*entry.gives == "meeting");
    if met.is_some_and(|object| arguments::phrase(look, object).is_empty()) {
        return None;
    }
    let outlook = look.outlook(word);
    let planner = if let Outlook::Ahead(planner) = outlook { planner } else { None };
    let date = arguments::date(look, &[word], planner.as_slice());
    let ahead = date.is_some_and(|date| arguments::is_ahead(look, date));
    let over = date.is_some_and(|date| arguments::is_over(look, date));
    let open = date.is_some_and(|date| arguments::is_open(look, date));
    let refused = (outlook == Outlook::Negated && !over).then(|| refusal(look, word)).flatten();
    let certainty = match outlook {
        Outlook::Ahead(_) if !over => Certainty::Planned,
        Outlook::Present if open => Certainty::Planned,
        Outlook::Negated if refused.is_some() => Certainty::Planned,
        Outlook::Doubtful if ahead => Certainty::Mentioned,
        _ => return None,
    };
    let who = arguments::doers(look, word, &entry.gives, planner);
    let place = arguments::place(look, &[word]);
    let bare = date.is_none() && place.is_none();
    // "will meet the costs", "will open the way": one without a day or place is expected only of people who move or meet
    let telling = matches!(
        &*entry.gives,
        "visit" | "meeting" | "signing" | "attendance" | "resignation" | "accession" | "speech" | "handover"
    );
    let reversed = refused.as_ref().is_some_and(|act| act.position == "cancels");
    let refused_nothing = refused.is_some() && bare && !reversed && &*entry.gives != "attendance";
    let lapses = &*entry.gives == "expiry" && date.is_some();
    if (who.is_empty() && !lapses) || (bare && !telling) || refused_nothing {
        return None;
    }
    Some(Planned {
        sentence: look.view().index,
        span: look.view().span(word),
        what: entry.gives.to_string(),
        who,
        place,
        date,
        occasion: arguments::occasion(look, word),
        certainty: if &*entry.gives == "attendance" { Certainty::Mentioned } else { certainty },
        act: refused.or_else(|| planner_act(look, outlook)),
    })
}

/// "will go on helping", "will fly in aid": no journey.
fn goes_on(look: &Look<'_>, verb: usize) -> bool {
    let next = verb + 1;
    let particle =
        next < look.view().len() && matches!(look.view().word(next), "on" | "in" | "through" | "over");
    let place = look
        .syntax
        .children(verb)
        .any(|child| child > verb && look.scene.places.at(look.view().index, child).is_some());
    particle && !place
}

/// "will fly in supplies": a verb of going with an object moves that. One visits or tours somebody, and those are nouns too.
fn carries(look: &Look<'_>, verb: usize) -> bool {
    let object = look.syntax.child(verb, Deprel::Obj);
    object.is_some_and(|object| {
        look.scene.places.at(look.view().index, object).is_none() && !look.is(verb, PlannedRole::Noun)
    })
}

/// "will not come": whoever was to come declines, or cancels where it was expected ("after all", "no longer"). Of what
/// merely does not happen ("the exercise will not end the quarrel") nothing is taken down.
fn refusal(look: &Look<'_>, verb: usize) -> Option<Act> {
    let syntax = look.syntax;
    let entry = look.entry(verb, PlannedRole::Verb)?;
    let moves = matches!(&*entry.gives, "visit" | "attendance" | "meeting");
    let auxiliary = |word: &str| {
        syntax.children(verb).any(|child| {
            child < verb && syntax.deprel(child).base() == Deprel::Aux && look.lower(child).starts_with(word)
        })
    };
    let ahead = auxiliary("wo") || auxiliary("will") || (auxiliary("would") && look.is_reported(verb));
    if !moves || !ahead {
        return None;
    }
    let subject = syntax.surface_subject(verb);
    let expected = (0..look.view().len()).any(|word| look.is(word, PlannedRole::Reversal));
    Some(Act { position: if expected { "cancels" } else { "declines" }.to_owned(), subject, verb })
}

/// "is due in Kiev today", "is expected in Oslo", "diplomats expect him in July": a visit without a word for it.
fn arrival(look: &Look<'_>, word: usize) -> Option<Planned> {
    let syntax = look.syntax;
    // "he is due in Kiev", read as "due to", "due in"
    let swallowed = syntax.head(word).filter(|&head| {
        syntax.deprel(word) == Deprel::Case
            && syntax.is_nominal(head)
            && syntax.child(head, Deprel::Cop).is_some()
    });
    let predicate = swallowed.unwrap_or(word);
    let planning = look.is(word, PlannedRole::Future) || look.is(word, PlannedRole::Plan);
    let clause = syntax.clause(word).is_some();
    if !planning || clause || matches!(syntax.deprel(word), Deprel::Amod | Deprel::Compound) {
        return None;
    }
    let entry = look.entry(word, PlannedRole::Plan);
    let active = syntax.child(word, Deprel::Obj).filter(|_| entry.is_some());
    let passive = syntax.is_passive(word) || syntax.child(predicate, Deprel::Cop).is_some();
    let traveller = match active {
        Some(object) => object,
        None if passive => syntax.surface_subject(predicate)?,
        None => return None,
    };
    let who = arguments::persons(look, traveller);
    let mut anchors = vec![predicate];
    // "invited him to a match in Oslo on Friday"
    anchors
        .extend(syntax.phrase(word, "to").or_else(|| active.and_then(|object| syntax.phrase(object, "to"))));
    // "the meeting planned in Oslo" has its own noun
    if look.is(traveller, PlannedRole::Noun) {
        return None;
    }
    let date = arguments::date(look, &anchors, &[]);
    let place = arguments::place(look, &anchors);
    let over = date.is_some_and(|date| arguments::is_over(look, date));
    let too = syntax.children(word).any(|child| matches!(&*look.lower(child), "still" | "also" | "too"));
    if who.is_empty() || over || (place.is_none() && !too && (active.is_none() || date.is_none())) {
        return None;
    }
    if let Some(meeting) = active.and_then(|_| invited_for(look, word)) {
        return Some(summoned(look, word, meeting, who, place, date));
    }
    let act = active.and(entry).filter(|entry| !entry.gives.is_empty()).map(|entry| Act {
        position: entry.gives.to_string(),
        subject: syntax.surface_subject(word),
        verb: word,
    });
    Some(Planned {
        sentence: look.view().index,
        span: look.view().span(word),
        what: "visit".to_owned(),
        who,
        place,
        date,
        occasion: arguments::occasion(look, word),
        certainty: Certainty::Planned,
        act,
    })
}
