//! Mentions of what is planned: a noun with a word or date that puts it ahead, or a verb that is to come.

use crate::{
    Span,
    code::Scene,
    data::planned::{PlannedRole, PlannedWord},
    parse::{Deprel, SentenceView, Tense, Upos},
    resolve::{
        actor::ActorId,
        date::{DateId, DateType},
        place::PlaceId,
    },
};

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
    /// Whether the words themselves put it in the future; else it only adds to an expectation known from elsewhere.
    pub(super) certain: bool,
    /// Who calls it off or moves it, as (head word, "cancels" or "postpones").
    pub(super) changed: Option<(Option<usize>, String)>,
}

/// Mentions in one sentence, at most: more is a table, not a sentence.
const MOST: usize = 32;

/// All mentions, in order.
pub(super) fn mentions(scene: &Scene<'_>) -> Vec<Planned> {
    let mut mentions = Vec::new();
    let mut lower = String::new();
    for view in scene.parsed.sentences() {
        let before = mentions.len();
        for word in 0..view.len() {
            if mentions.len() - before >= MOST {
                break;
            }
            lower.clear();
            lower.extend(view.word(word).chars().flat_map(char::to_lowercase));
            mentions.extend(noun(scene, &view, word, &lower).or_else(|| verb(scene, &view, word, &lower)));
        }
    }
    mentions
}

fn entry<'a>(
    scene: &'a Scene<'_>,
    view: &SentenceView<'_>,
    word: usize,
    form: &str,
    role: PlannedRole,
) -> Option<&'a PlannedWord> {
    scene.data.planned.find(form, role).find(|entry| {
        let next = || if word + 1 < view.len() { view.word(word + 1) } else { "" };
        entry.particle.as_deref().is_none_or(|particle| particle == next())
    })
}

fn has(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize, role: PlannedRole) -> bool {
    entry(scene, view, word, &view.word(word).to_lowercase(), role).is_some()
}

fn noun(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize, lower: &str) -> Option<Planned> {
    let tree = view.tree;
    if !matches!(tree.upos(word), Upos::Noun | Upos::Propn) || tree.deprel(word) == Deprel::Compound {
        return None;
    }
    let entry = entry(scene, view, word, lower, PlannedRole::Noun)?;
    let children = || tree.children(word);
    let future = children().any(|child| child < word && has(scene, view, child, PlannedRole::Future))
        || (1..=4).any(|back| word >= back && is_ahead(view, word - back));
    let changed = change(scene, view, word);
    let date = date_near(scene, view, word);
    let past = is_past(scene, view, word, date);
    let dated = date.is_some_and(|date| is_ahead_of_publication(scene, date)) && !past;
    let who = people(scene, view, word);
    let certain = !past && (future || dated || changed.is_some());
    if who.is_empty() && !certain {
        return None;
    }
    Some(Planned {
        sentence: view.index,
        span: view.span(word),
        what: entry.gives.to_string(),
        who,
        place: place_near(scene, view, word),
        date: if past { None } else { date },
        occasion: occasion(view, word),
        certain,
        changed,
    })
    .filter(|mention| mention.certain || !past)
}

/// "ahead of", "before", "anticipation for", "preparations for", "invited to".
fn is_ahead(view: &SentenceView<'_>, word: usize) -> bool {
    let lower = view.word(word).to_lowercase();
    matches!(lower.as_str(), "ahead" | "preparation" | "preparations" | "anticipation" | "anticipated")
}

/// Whether the noun is the object of something done, or has a date that is over.
fn is_past(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize, date: Option<DateId>) -> bool {
    let tree = view.tree;
    let over = date.is_some_and(|date| {
        let date = scene.dates.get(date);
        date.last.zip(scene.parsed.document.published).is_some_and(|(last, published)| last < published)
    });
    let former = tree.children(word).any(|child| {
        matches!(
            view.word(child).to_lowercase().as_str(),
            "last" | "recent" | "previous" | "past" | "first" | "earlier"
        ) && tree.deprel(child) == Deprel::Amod
    });
    over || former
}

fn is_ahead_of_publication(scene: &Scene<'_>, date: DateId) -> bool {
    let published = scene.parsed.document.published;
    scene.dates.get(date).first.zip(published).is_some_and(|(first, published)| first >= published)
}

fn verb(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize, lower: &str) -> Option<Planned> {
    let tree = view.tree;
    if tree.upos(word) != Upos::Verb {
        return None;
    }
    let entry = entry(scene, view, word, lower, PlannedRole::Verb)?;
    let mut negated = false;
    let mut future = false;
    for child in tree.children(word).filter(|&child| child < word) {
        match view.word(child).to_lowercase().as_str() {
            "will" | "’ll" | "'ll" | "would" | "shall" | "wo" => future = true,
            "not" | "n't" | "n’t" | "never" => negated = true,
            "if" | "could" | "might" | "unless" | "have" | "had" | "has" => return None,
            _ => {}
        }
    }
    let planner = planner(scene, view, word);
    if !(future || planner.is_some()) || negated {
        return None;
    }
    let subject = planner.unwrap_or(word);
    let mut who = subjects(scene, view, subject);
    if who.is_empty() {
        who = subjects(scene, view, word);
    }
    if let Some(before) = planner.and_then(|planner| planner.checked_sub(1)).filter(|_| who.is_empty()) {
        who = actors(scene, view, before);
    }
    for object in tree.children_by(word, Deprel::Obj).chain(with(view, word)) {
        if scene.places.at(view.index, object).is_none() || &*entry.gives == "meeting" {
            who.extend(actors(scene, view, object));
        }
    }
    who.sort_unstable();
    who.dedup();
    Some(Planned {
        sentence: view.index,
        span: view.span(word),
        what: entry.gives.to_string(),
        who,
        place: place_near(scene, view, word),
        date: date_near(scene, view, word),
        occasion: occasion(view, word),
        certain: &*entry.gives != "attendance",
        changed: None,
    })
    .filter(|mention| mention.place.is_some() || mention.date.is_some() || !mention.who.is_empty())
}

/// The word that has a verb as its plan: "plans" of "plans to visit", "due" of "is due to meet".
fn planner(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Option<usize> {
    let tree = view.tree;
    let infinitive = tree.children(word).any(|child| child < word && view.word(child) == "to");
    if !infinitive {
        return None;
    }
    let above = tree.head(word).filter(|&above| above < word && word - above <= 6);
    match above {
        Some(above) if has(scene, view, above, PlannedRole::Plan) => Some(above),
        // "is to visit"
        _ => {
            let to = tree.children(word).find(|&child| child < word && view.word(child) == "to")?;
            let before = to.checked_sub(1)?;
            let be = matches!(view.word(before), "is" | "are" | "was" | "were");
            // the tree may hang the infinitive elsewhere than on the plan right before it
            let plan = has(scene, view, before, PlannedRole::Plan).then_some(before);
            plan.or_else(|| be.then_some(word))
        }
    }
}

/// Whom the subject of a verb stands for; of a passive "invited" or "expected" its subject too.
fn subjects(scene: &Scene<'_>, view: &SentenceView<'_>, verb: usize) -> Vec<ActorId> {
    let tree = view.tree;
    let mut verb = verb;
    for _ in 0..4 {
        let subject = tree
            .children(verb)
            .find(|&child| matches!(tree.deprel(child), Deprel::Nsubj | Deprel::NsubjPass));
        if let Some(subject) = subject {
            return tree.conjuncts(subject).into_iter().flat_map(|word| actors(scene, view, word)).collect();
        }
        match tree.head(verb) {
            Some(above) if matches!(tree.deprel(verb), Deprel::Conj | Deprel::Xcomp) => verb = above,
            _ => break,
        }
    }
    Vec::new()
}

fn actors(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Vec<ActorId> {
    scene.actors.at(view.index, word).to_vec()
}

fn with<'a>(view: &SentenceView<'a>, word: usize) -> impl Iterator<Item = usize> + 'a {
    let tree = view.tree;
    let view = *view;
    tree.children(word).filter(move |&child| {
        let case = tree.child(child, Deprel::Case);
        child > word && case.is_some_and(|case| view.word(case) == "with")
    })
}

/// Who a noun says will come or meet: "Xi's visit", "a visit by Xi", "talks between A and B", "his meeting with C".
fn people(scene: &Scene<'_>, view: &SentenceView<'_>, noun: usize) -> Vec<ActorId> {
    let tree = view.tree;
    let mut who = Vec::new();
    for child in tree.children(noun) {
        let case = tree.child(child, Deprel::Case).map(|case| view.word(case).to_lowercase());
        let owns = tree.deprel(child) == Deprel::NmodPoss;
        let named = matches!(case.as_deref(), Some("by" | "between" | "with" | "of"))
            && matches!(tree.deprel(child), Deprel::Nmod | Deprel::Obl);
        if owns || named {
            who.extend(tree.conjuncts(child).into_iter().flat_map(|word| actors(scene, view, word)));
        }
    }
    who.sort_unstable();
    who.dedup();
    who
}

/// A verb above the noun that calls the thing off or moves it, with its subject.
fn change(scene: &Scene<'_>, view: &SentenceView<'_>, noun: usize) -> Option<(Option<usize>, String)> {
    let tree = view.tree;
    let above = tree.head(noun)?;
    let position = if has(scene, view, above, PlannedRole::Cancel) {
        "cancels"
    } else if has(scene, view, above, PlannedRole::Postpone) {
        "postpones"
    } else {
        return None;
    };
    let subject = match tree.deprel(noun) {
        Deprel::Obj => tree.child(above, Deprel::Nsubj),
        Deprel::NsubjPass => tree.child(above, Deprel::OblAgent),
        _ => return None,
    };
    Some((subject, position.to_owned()))
}

/// The place of a visit or meeting: "to Moscow", "in Oslo", "visit Beijing", "his Moscow visit".
fn place_near(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Option<PlaceId> {
    let tree = view.tree;
    let here = |child: usize| scene.places.at(view.index, child);
    let near = tree.children(word).find_map(|child| {
        let case = tree.child(child, Deprel::Case).map(|case| view.word(case).to_lowercase());
        let to = matches!(case.as_deref(), Some("to" | "in" | "at"));
        let direct = matches!(tree.deprel(child), Deprel::Compound | Deprel::Obj);
        if to || direct { here(child) } else { None }
    });
    near.or_else(|| {
        // "a visit ... to Moscow" where the tree hangs the place elsewhere
        (word + 1..view.len().min(word + 5)).find_map(|next| {
            let case = tree.child(next, Deprel::Case).map(|case| view.word(case));
            matches!(case, Some("to" | "in")).then(|| here(next)).flatten()
        })
    })
}

/// The date of the thing: the nearest one after the word in its clause, else in its phrase.
fn date_near(scene: &Scene<'_>, view: &SentenceView<'_>, word: usize) -> Option<DateId> {
    let tree = view.tree;
    let at = view.span(word);
    let dates = scene
        .dates
        .of_sentence(view.index)
        .filter(|(_, date)| matches!(date.kind, DateType::Date | DateType::Time) && date.first.is_some())
        .take(MOST);
    let mut best: Option<(u32, DateId)> = None;
    for (id, date) in dates {
        let Some(first) = view.word_at(date.span.start) else { continue };
        let under = tree.is_under(first, word);
        let gap = if date.span.start >= at.end {
            date.span.start - at.end
        } else {
            at.start.saturating_sub(date.span.end)
        };
        let between = first.min(word)..first.max(word);
        let verb_between = between.clone().skip(1).any(|word| {
            tree.upos(word) == Upos::Verb && tree.feats(word).tense == Some(Tense::Past)
                || view.word(word) == ","
        });
        if (under && gap < 120 || (!verb_between && gap < 60)) && best.is_none_or(|(other, _)| gap < other) {
            best = Some((gap, id));
        }
    }
    best.map(|(_, id)| id)
}

/// "for Victory Day celebrations", "coinciding with the summit", "to mark 80 years".
fn occasion(view: &SentenceView<'_>, word: usize) -> Option<Span> {
    const CELEBRATIONS: &[&str] = &[
        "anniversary",
        "celebration",
        "celebrations",
        "ceremony",
        "commemoration",
        "commemorations",
        "funeral",
        "parade",
        "inauguration",
        "qualifier",
        "festival",
        "olympics",
        "games",
        "coronation",
        "jubilee",
    ];
    let tree = view.tree;
    let end = view.len().min(word + 24);
    let start = (word + 1..end).find(|&next| {
        let lower = view.word(next).to_lowercase();
        let coincides = next > word + 1
            && view.word(next) == "with"
            && view.word(next - 1).to_lowercase().starts_with("coincid");
        let marks = lower == "mark" || lower == "marking" || lower == "commemorate";
        let purpose = matches!(lower.as_str(), "for" | "to") && {
            let head = tree
                .head(next)
                .filter(|&head| head > next && head < next + 8 && tree.deprel(next) == Deprel::Case);
            head.is_some_and(|head| CELEBRATIONS.contains(&view.word(head).to_lowercase().as_str()))
        };
        coincides || marks || purpose
    })?;
    let first = start + 1;
    let stop = (first..end).find(|&next| matches!(view.word(next), "," | "." | ";" | "”")).unwrap_or(end);
    let verb = (first..stop).find(|&next| tree.upos(next) == Upos::Verb).unwrap_or(stop);
    (first < verb).then(|| view.span_of(first..verb))
}
