//! Words in argument places in, actors out.

use super::syntax::Syntax;
use crate::{
    code::Scene,
    data::{agents::AgentKind, reference::WordUse},
    parse::{Deprel, Upos},
    resolve::actor::{Actor, ActorId, ActorKind},
};

/// Somebody, and the word that tells who it is: of "the convoy of the Red Cross" the last.
pub(super) type Told = (ActorId, usize);

/// Whom the first group of words that stands for somebody but `others` stands for, with its first word: in "closed
/// its border with Chad" the border is the actor's own, so that the next place in the tree is asked.
pub(super) fn first(
    scene: &mut Scene<'_>,
    sentence: usize,
    groups: &[Vec<usize>],
    others: &[ActorId],
) -> Option<(Vec<Told>, usize)> {
    let passes: &[bool] = if others.is_empty() { &[false] } else { &[true, false] };
    for &abroad in passes {
        for group in groups {
            let mut found: Vec<Told> = Vec::new();
            for &word in group {
                for (actor, word) in phrase(scene, sentence, word, Others { actors: others, abroad }) {
                    if !found.iter().any(|&(known, _)| known == actor) && !others.contains(&actor) {
                        found.push((actor, word));
                    }
                }
            }
            if let Some(&word) = group.first().filter(|_| !found.is_empty()) {
                return Some((found, word));
            }
        }
    }
    None
}

/// "Police fired on the thousands who had come", "killed hundreds": people of whom but their number is told.
pub(super) fn crowd(
    scene: &mut Scene<'_>,
    sentence: usize,
    groups: &[Vec<usize>],
) -> Option<(Vec<Told>, usize)> {
    let view = scene.parsed.sentence(sentence);
    let syntax = Syntax { view, frames: &scene.data.frames };
    let counts = |&&word: &&usize| {
        let lower = [view.word(word).to_lowercase()];
        let amount = scene.data.agents.longest(&lower, 0).map(|(_, id)| &scene.data.agents[id]);
        // "freed those whom they had jailed"
        let pointed = lower[0] == "those"
            && syntax.deprel(word) == Deprel::Obj
            && syntax.child(word, Deprel::AclRelcl).is_some();
        (amount.is_some_and(|agent| agent.kind == AgentKind::Amount) || pointed)
            && syntax.phrase(word, "of").is_none()
            && matches!(syntax.deprel(word).base(), Deprel::Nsubj | Deprel::Obj | Deprel::Obl)
    };
    let &word = groups.iter().flatten().find(counts)?;
    if let &[known] = scene.actors.at(sentence, word) {
        return Some((vec![(known, word)], word));
    }
    let id = scene.actors.push(Actor {
        name: view.word(word).to_owned(),
        kind: ActorKind::People,
        country: None,
        code: None,
        sector: Some("CVL".to_owned()),
        role: None,
        register: None,
        mentions: vec![view.span(word)],
    });
    scene.actors.set(sentence, word, vec![id]);
    Some((vec![(id, word)], word))
}

/// The other side of an event, whom an argument cannot be.
#[derive(Clone, Copy)]
struct Others<'a> {
    actors: &'a [ActorId],
    /// Whether their own state cannot be it either: in "Russia praised Moscow's ties with China" it is China.
    abroad: bool,
}

impl Others<'_> {
    fn excludes(self, scene: &Scene<'_>, actor: ActorId) -> bool {
        let one = scene.actors.get(actor);
        let own = |&other: &ActorId| {
            let other = scene.actors.get(other);
            let state = one.country.is_some() && one.country == other.country;
            let body = other.country.is_none() && one.code.is_some() && one.code == other.code;
            body || state && is_of_state(one) && is_of_state(other)
        };
        self.abroad && (self.actors.contains(&actor) || self.actors.iter().any(own))
    }
}

/// Whether two act for the same state.
pub(super) fn is_same_state(scene: &Scene<'_>, one: ActorId, other: ActorId) -> bool {
    let (one, other) = (scene.actors.get(one), scene.actors.get(other));
    one.country.is_some() && one.country == other.country && is_of_state(one) && is_of_state(other)
}

/// Whether somebody acts for a state.
pub(super) fn is_of_state(actor: &Actor) -> bool {
    matches!(actor.kind, ActorKind::State | ActorKind::Government)
        || matches!(actor.sector.as_deref(), Some("GOV" | "MIL"))
}

/// "Demonstrators gathered in Bitola": people of whom no country is known are of the place where they act; officials meet
/// abroad.
pub(super) fn settle(scene: &mut Scene<'_>, actors: &[ActorId], country: Option<&str>) {
    let Some(country) = country else { return };
    for &id in actors {
        let actor = scene.actors.get(id);
        let people = actor.kind == ActorKind::People && actor.sector.as_deref() != Some("GOV");
        if is_unsettled(actor) && (people || is_band(actor)) {
            assign(scene, id, country);
        }
    }
}

/// Those to whom something is done in a country, but for guests; `arrested` are whoever has no country.
pub(super) fn settle_sufferers(
    scene: &mut Scene<'_>,
    recipients: &[ActorId],
    country: Option<&str>,
    arrested: bool,
) {
    let Some(country) = country else { return };
    for &id in recipients {
        let actor = scene.actors.get(id);
        let people =
            actor.kind == ActorKind::People && !matches!(actor.sector.as_deref(), Some("GOV" | "MIL"));
        let anybody = arrested && matches!(actor.kind, ActorKind::Person | ActorKind::Outlet);
        let mut words = actor.name.split(' ');
        let guest = words.any(|word| scene.data.reference.has_use(&word.to_lowercase(), WordUse::Abroad));
        if is_unsettled(actor) && (people || anybody) && !guest {
            assign(scene, id, country);
        }
    }
}

/// "froze the assets of fourteen officials": officials of whom no country is known are of the country in question.
pub(super) fn settle_officials(scene: &mut Scene<'_>, actors: &[ActorId], recipients: &[ActorId]) {
    let official = |&&id: &&ActorId| {
        let actor = scene.actors.get(id);
        is_unsettled(actor) && matches!(actor.sector.as_deref(), Some("GOV" | "MIL"))
    };
    let officials: Vec<ActorId> = recipients.iter().filter(official).copied().collect();
    if officials.is_empty() {
        return;
    }
    let Some(country) = country_in_question(scene, actors) else { return };
    for id in officials {
        assign(scene, id, &country);
    }
}

/// The country, none of these actors' own, that a document mentions twice as often as any other foreign one; `None` where
/// there is none, or where the actors' own country has far more mentions, so that the report is about that.
pub(super) fn country_in_question(scene: &Scene<'_>, actors: &[ActorId]) -> Option<String> {
    let own: Vec<&str> = actors.iter().filter_map(|&id| scene.actors.get(id).country.as_deref()).collect();
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let mut at_home = 0;
    for actor in &scene.actors.list {
        match actor.country.as_deref() {
            Some(country) if own.contains(&country) => at_home += actor.mentions.len(),
            Some(country) => *counts.entry(country).or_default() += actor.mentions.len(),
            None => {}
        }
    }
    let mut ranked: Vec<(usize, &str)> =
        counts.into_iter().map(|(country, count)| (count, country)).collect();
    ranked.sort_unstable_by_key(|&(count, country)| (std::cmp::Reverse(count), country));
    let &(count, country) = ranked.first()?;
    let second = ranked.get(1).map_or(0, |&(count, _)| count);
    (count >= LEAST.max(2 * second) && 2 * count >= at_home).then(|| country.to_owned())
}

/// How often somebody of the country that a report is about is mentioned at least.
const LEAST: usize = 3;

/// The one state whose officers, or which itself, these are.
pub(super) fn state_of_officers(scene: &Scene<'_>, actors: &[ActorId]) -> Option<String> {
    let mut countries = actors.iter().map(|&id| {
        let actor = scene.actors.get(id);
        let officer = is_of_state(actor) || matches!(actor.sector.as_deref(), Some("COP" | "JUD" | "SPY"));
        actor.country.as_ref().filter(|_| officer)
    });
    let first = countries.next()??;
    countries.all(|country| country == Some(first)).then(|| first.clone())
}

/// Whether no country is known of somebody whom no register has.
pub(super) fn is_unsettled(actor: &Actor) -> bool {
    actor.country.is_none() && actor.code.is_none() && actor.register.is_none()
}

/// "a splinter group", "small groups": a band without a name, or with one that no register has.
fn is_band(actor: &Actor) -> bool {
    let unnamed = actor.name.rsplit(' ').next().is_some_and(|noun| noun.starts_with(char::is_lowercase));
    actor.kind == ActorKind::Group
        || actor.kind == ActorKind::Organisation && unnamed && actor.sector.is_none()
}

fn assign(scene: &mut Scene<'_>, id: ActorId, country: &str) {
    let actor = &mut scene.actors.list[id.0 as usize];
    actor.country = Some(country.to_owned());
    actor.code = Some(country.to_owned());
}

/// Whether somebody acts in politics: a state, a body, an official, a party, an armed group.
pub(super) fn is_political(actor: &Actor) -> bool {
    match actor.kind {
        ActorKind::State | ActorKind::Government | ActorKind::Group => true,
        ActorKind::Organisation => actor.code.is_some() || actor.register.is_some(),
        ActorKind::Person if actor.country.is_some() || actor.register.is_some() => true,
        ActorKind::Person | ActorKind::People => matches!(
            actor.sector.as_deref(),
            Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "SPY" | "OPP" | "PTY" | "REB" | "IGO")
        ),
        ActorKind::Outlet | ActorKind::Unknown => false,
    }
}

/// Whether anything is coded of somebody: of those in politics, and of those who belong to a country or a sector.
pub(super) fn counts(actor: &Actor) -> bool {
    is_political(actor) || actor.country.is_some() || actor.code.is_some() || actor.sector.is_some()
}

/// Whom a phrase and its coordinates stand for.
fn phrase(scene: &mut Scene<'_>, sentence: usize, word: usize, others: Others<'_>) -> Vec<Told> {
    let syntax = Syntax { view: scene.parsed.sentence(sentence), frames: &scene.data.frames };
    let mut conjuncts = syntax.view.tree.conjuncts(word);
    if let &[group] = scene.actors.at(sentence, word) {
        let examples = examples(syntax, word);
        if !examples.is_empty() && is_unsettled(scene.actors.get(group)) {
            conjuncts.retain(|&conjunct| conjunct != word);
        }
        conjuncts.extend(examples);
    }
    let nominal = |&word: &usize| !syntax.is_verbal(word);
    conjuncts
        .into_iter()
        .filter(nominal)
        .flat_map(|word| one(scene, syntax, sentence, word, others))
        .collect()
}

/// "major importers, including China": who is named as one of them.
fn examples(syntax: Syntax<'_>, word: usize) -> Vec<usize> {
    let beside = syntax.head(word).into_iter().flat_map(|head| syntax.children(head));
    let named =
        |&child: &usize| child > word && child - word <= EXAMPLE && syntax.case(child) == Some("include");
    let first = syntax.children(word).chain(beside).find(named);
    first.map_or_else(Vec::new, |first| syntax.view.tree.conjuncts(first))
}

/// How many words behind a noun its example stands at most.
const EXAMPLE: usize = 8;

/// Whom one phrase stands for: itself, else the country of the place it names, else who is named in it.
fn one(
    scene: &mut Scene<'_>,
    syntax: Syntax<'_>,
    sentence: usize,
    word: usize,
    others: Others<'_>,
) -> Vec<Told> {
    let direct = named(scene, sentence, word, others);
    let several = several(scene, syntax, sentence, word, others, &direct);
    if !several.is_empty() {
        return several;
    }
    if !direct.is_empty() {
        hail(scene, syntax, sentence, word, &direct);
        return direct.into_iter().map(|actor| (actor, word)).collect();
    }
    if syntax.upos(word) == Upos::Pron {
        return Vec::new();
    }
    for below in inside(syntax, word) {
        let mut found: Vec<Told> = Vec::new();
        for word in syntax.view.tree.conjuncts(below) {
            found.extend(named(scene, sentence, word, others).into_iter().map(|actor| (actor, word)));
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// "Thousands of students throughout Chile", "supporters of the Peruvian opposition": people of whom nothing else is known
/// come from where their phrase says.
fn hail(scene: &mut Scene<'_>, syntax: Syntax<'_>, sentence: usize, word: usize, direct: &[ActorId]) {
    let &[id] = direct else { return };
    let known = scene.actors.get(id);
    let unknown = matches!(known.kind, ActorKind::People | ActorKind::Organisation) && is_unsettled(known);
    if !unknown {
        return;
    }
    let inner = syntax.children(word).filter(|&child| match syntax.deprel(child) {
        Deprel::Nmod => {
            matches!(
                syntax.case(child),
                Some("of" | "from" | "in" | "at" | "throughout" | "across" | "around" | "by")
            )
        }
        Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Appos => true,
        _ => false,
    });
    let others = Others { actors: direct, abroad: false };
    let mut words: Vec<usize> = inner.collect();
    // Whoever backs "Turkish-backed rebels" is not where they come from.
    words.retain(|&word| !syntax.is_verbal(word));
    words.extend(leader(syntax, word));
    let phrases = words.iter().filter(|&&word| syntax.deprel(word) == Deprel::Nmod);
    let further: Vec<usize> = phrases.flat_map(|&word| syntax.children(word)).collect();
    words.extend(further);
    for word in words {
        let found = named(scene, sentence, word, others);
        let country = found.first().and_then(|&found| scene.actors.get(found).country.clone());
        if let Some(country) = country {
            assign(scene, id, &country);
            return;
        }
    }
}

/// "A delegation led by": who leads people.
fn leader(syntax: Syntax<'_>, word: usize) -> Option<usize> {
    let led = |&child: &usize| {
        syntax.deprel(child) == Deprel::Acl && matches!(syntax.lemma(child), "lead" | "head" | "command")
    };
    syntax.children(word).find(led).and_then(|verb| syntax.phrase(verb, "by"))
}

/// "The leaders of Armenia and Azerbaijan", "Egyptian and Sudanese troops": a noun without a name of its own that stands for
/// those of several states or bodies.
fn several(
    scene: &mut Scene<'_>,
    syntax: Syntax<'_>,
    sentence: usize,
    word: usize,
    others: Others<'_>,
    direct: &[ActorId],
) -> Vec<Told> {
    if syntax.upos(word) != Upos::Noun || direct.len() > 1 {
        return Vec::new();
    }
    let names = syntax.children(word).find(|&child| match syntax.deprel(child) {
        Deprel::Amod | Deprel::Compound | Deprel::NmodPoss => syntax.child(child, Deprel::Conj).is_some(),
        Deprel::Nmod => {
            matches!(syntax.case(child), Some("of" | "from" | "between"))
                && syntax.child(child, Deprel::Conj).is_some()
        }
        _ => false,
    });
    let Some(names) = names else { return Vec::new() };
    let mut found: Vec<Told> = Vec::new();
    for name in syntax.view.tree.conjuncts(names) {
        found.extend(named(scene, sentence, name, others).into_iter().map(|actor| (actor, name)));
    }
    found.sort_unstable();
    found.dedup_by_key(|&mut (actor, _)| actor);
    let mut countries: Vec<_> =
        found.iter().filter_map(|&(one, _)| scene.actors.get(one).code.clone()).collect();
    countries.sort();
    countries.dedup();
    if countries.len() > 1 { found } else { Vec::new() }
}

/// Whom the word itself stands for.
fn named(scene: &mut Scene<'_>, sentence: usize, word: usize, others: Others<'_>) -> Vec<ActorId> {
    let actors = scene.actors.at(sentence, word);
    if !actors.is_empty() {
        return actors.iter().copied().filter(|&actor| !others.excludes(scene, actor)).collect();
    }
    let place = scene.places.at(sentence, word).map(|place| scene.places.get(place));
    match place.and_then(|place| place.country.clone()) {
        Some(country) => vec![scene.actors.state(&country, scene.data)],
        None => Vec::new(),
    }
}

/// Where somebody may be named inside a phrase, best first, with the prepositions that lead there.
const INSIDE: &[(Deprel, &[&str])] = &[
    (Deprel::Appos, &[]),
    (Deprel::NmodPoss, &[]),
    // "rejected a United Nations appeal", with "Nations" taken for its subject.
    (Deprel::Nsubj, &[]),
    (Deprel::Flat, &[]),
    (Deprel::Amod, &[]),
    (Deprel::Compound, &[]),
    (Deprel::Nmod, &["of", "from", "in", "by", "at"]),
    (Deprel::Nmod, &["between", "on", "against", "with", "to"]),
];

/// The words inside a phrase that may say whose it is, nearest first: apposition, possessor, "of", attribute.
fn inside(syntax: Syntax<'_>, word: usize) -> Vec<usize> {
    let mut words: Vec<usize> = beside(syntax, word).into_iter().collect();
    let mut tops = vec![word];
    for _ in 0..2 {
        let mut next = Vec::new();
        for &top in &tops {
            for (wanted, cases) in INSIDE {
                // "talks in Beijing" are not China's.
                let happening = !syntax.frames.of_noun(syntax.lemma(top)).is_empty();
                let fits = |&child: &usize| {
                    syntax.deprel(child) == *wanted
                        && !(happening && matches!(syntax.case(child), Some("in" | "at")))
                        && (cases.is_empty() || syntax.case(child).is_some_and(|case| cases.contains(&case)))
                };
                let found = words.len();
                words.extend(syntax.children(top).filter(fits));
                next.extend_from_slice(&words[found..]);
            }
            words.extend(maker(syntax, top));
        }
        tops = next;
    }
    words
}

/// "the capital Kandara": a name right after a noun that the parser gave the same place.
fn beside(syntax: Syntax<'_>, word: usize) -> Option<usize> {
    let next =
        (word + 1..syntax.view.len()).take(NAME).find(|&next| syntax.head(next) == syntax.head(word))?;
    let same = syntax.deprel(next) == syntax.deprel(word) && syntax.case(next).is_none();
    let name = syntax.upos(word) == Upos::Noun && syntax.upos(next) == Upos::Propn;
    let adjacent = (word + 1..next).all(|between| syntax.head(between) == Some(next));
    (same && name && adjacent).then_some(next)
}

/// How many words before its head a name may have.
const NAME: usize = 4;

/// "a suit that Ghana brought", "crimes committed by soldiers": who made what the noun names; not "the town that Ghana
/// shelled".
fn maker(syntax: Syntax<'_>, noun: usize) -> Option<usize> {
    let makes = |&clause: &usize| {
        matches!(syntax.deprel(clause), Deprel::Acl | Deprel::AclRelcl)
            && [syntax.lemma(clause), &syntax.verb_name(clause)]
                .iter()
                .any(|verb| syntax.frames.is_making(verb))
    };
    let clause = syntax.children(noun).find(makes)?;
    let agent = syntax.phrase(clause, "by").filter(|_| syntax.is_past_participle(clause));
    let subject = || syntax.child(clause, Deprel::Nsubj).filter(|&subject| !syntax.is_relative(subject));
    agent.or_else(subject)
}
