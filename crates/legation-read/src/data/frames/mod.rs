//! Frames: which words name an event, where its actor and recipient stand, and what it is coded as.
//!
//! One file is one frame, `frames/<type>/<name>.toml`, with all the words that share its syntax and its code.
//! `frames/lists.toml` holds lists of nouns that frames share, `frames/operators.toml` the words that say of an event below
//! them whether it happened.

mod file;
mod operators;

use rustc_hash::FxHashMap;
use toml::Spanned;

use super::{DataError, DataFile, codebook::Codebook, toml_file};
pub use file::{CounterExample, Example};
use file::{Forms, FrameFile, Lists};
pub use operators::{Effect, Operators};

/// Where an argument stands, seen from the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Who does it, whatever the voice.
    Subject,
    /// To whom it is done, whatever the voice; "of" for a noun.
    Object,
    /// The indirect object.
    Indirect,
    /// "Iran's attack".
    Possessor,
    /// "Iranian attack", "Russia-US talks".
    Attribute,
    /// Whoever the object or complement clause is about: the recipient of the event named there.
    Complement,
    /// Who is to act in the complement clause: "demanded that Iran stop".
    ClauseSubject,
    /// Who acts in the condition that hangs on it: "unless Iran stops".
    Condition,
    /// Whom it is done for or against, as an infinitive or participle tells: "marched to demand", "calling for".
    Purpose,
    /// Who is to do what the object names: "demanded the withdrawal of Syrian troops".
    Doer,
    /// A phrase with this preposition.
    Preposition(Box<str>),
}

impl std::fmt::Display for Slot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Slot::Subject => "subject",
            Slot::Object => "object",
            Slot::Indirect => "indirect",
            Slot::Possessor => "possessor",
            Slot::Attribute => "attribute",
            Slot::Complement => "complement",
            Slot::ClauseSubject => "clause-subject",
            Slot::Condition => "condition",
            Slot::Purpose => "purpose",
            Slot::Doer => "doer",
            Slot::Preposition(preposition) => preposition,
        })
    }
}

/// What must be known of the arguments for an event to be coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Needs {
    /// One of the two.
    #[default]
    Either,
    /// The actor.
    Actor,
    /// The recipient.
    Recipient,
    /// Both.
    Both,
    /// Both, or, under a verb, an actor that acts in politics: a state, a body, an official, an armed group.
    Political,
}

/// Whether a clause must hang on the trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClauseNeed {
    /// It does not matter.
    #[default]
    Any,
    /// There must be one.
    Required,
    /// There must be one with "to".
    Infinitive,
    /// There must be none.
    None,
}

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// `consult/meet`.
    pub id: String,
    /// PLOVER type: `CONSULT`.
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Contexts that always hold.
    pub contexts: Vec<String>,
    /// Where the actor stands, best first.
    pub actor: Vec<Slot>,
    /// Where the recipient stands, best first.
    pub recipient: Vec<Slot>,
    /// Where the actor of a noun trigger stands.
    pub noun_actor: Vec<Slot>,
    /// Where the recipient of a noun trigger stands.
    pub noun_recipient: Vec<Slot>,
    /// Whether each does it with each other.
    pub reciprocal: bool,
    /// What must be known.
    pub needs: Needs,
    /// Lemmas of which the object must be one; empty for any.
    pub objects: Vec<String>,
    /// Lemmas of which the object must be none.
    pub not_objects: Vec<String>,
    /// Lemmas of which one must stand below the trigger; empty for none.
    pub near: Vec<String>,
    /// Lemmas of which none may stand below the trigger.
    pub not_near: Vec<String>,
    /// Whether a clause must hang on it.
    pub clause: ClauseNeed,
    /// Lemmas of which one must stand as auxiliary in that clause, or govern it ("has to"); empty for none.
    pub modal: Vec<String>,
    /// What becomes of an event named in its object or complement.
    pub inner: Effect,
    /// Whether a "could" or "would" in its complement makes the event itself conditional ("warned that ... could").
    pub clause_modality: bool,
    /// Whether it is what is refused, "will not accept", that makes the event.
    pub negated: bool,
    /// Whether whoever the clause above is about did what its noun names: "said after a visit".
    pub occasion: bool,
    /// Whether an infinitive of it is no event of its own: "met to discuss", "pledged to seek".
    pub finite: bool,
    /// Whether its verb has no object: "Kigali refused".
    pub bare: bool,
    /// Sentences with what must be read in them.
    pub examples: Vec<Example>,
    /// Sentences in which it must not fire.
    pub counter_examples: Vec<CounterExample>,
}

/// The words that make a frame fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Index of the frame.
    pub frame: u32,
    /// Particle or preposition right after the verb: "call off", "fire on".
    pub particle: Option<Box<str>>,
    /// Object: "impose sanction".
    pub object: Option<Box<str>>,
    /// Preposition of a further phrase, and its noun if it must be a certain one: "take to street", "pay visit to".
    pub phrase: Option<(Box<str>, Option<Box<str>>)>,
}

/// The name under which the event model stands as a rule.
pub const LEARNED: &str = "model/events-1";

impl Frame {
    /// A frame that no word makes fire.
    fn learned(kind: &str) -> Frame {
        Frame {
            id: LEARNED.to_owned(),
            kind: kind.to_owned(),
            mode: None,
            contexts: Vec::new(),
            actor: vec![Slot::Subject],
            recipient: vec![Slot::Object],
            noun_actor: Vec::new(),
            noun_recipient: Vec::new(),
            reciprocal: false,
            needs: Needs::Both,
            objects: Vec::new(),
            not_objects: Vec::new(),
            near: Vec::new(),
            not_near: Vec::new(),
            clause: ClauseNeed::Any,
            modal: Vec::new(),
            inner: Effect::Keep,
            clause_modality: false,
            negated: false,
            occasion: false,
            finite: false,
            bare: false,
            examples: Vec::new(),
            counter_examples: Vec::new(),
        }
    }

    /// Where actor and recipient stand, of a noun or of any other trigger.
    #[must_use]
    pub fn places(&self, nominal: bool) -> (&[Slot], &[Slot]) {
        if nominal { (&self.noun_actor, &self.noun_recipient) } else { (&self.actor, &self.recipient) }
    }
}

impl Trigger {
    /// The trigger as its file has it; `lemma` is the word it is indexed by.
    #[must_use]
    pub fn written(&self, lemma: &str, nominal: bool) -> String {
        let mut words: Vec<&str> = vec![lemma];
        words.extend(self.particle.as_deref());
        match self.object.as_deref() {
            Some(modifier) if nominal => words.insert(0, modifier),
            object => words.extend(object),
        }
        if let Some((preposition, noun)) = &self.phrase {
            words.push(preposition);
            words.extend(noun.as_deref());
        }
        words.join(" ")
    }

    /// How many words it asks for.
    #[must_use]
    pub fn weight(&self) -> usize {
        1 + usize::from(self.particle.is_some())
            + usize::from(self.object.is_some())
            + self.phrase.as_ref().map_or(0, |(_, noun)| 1 + usize::from(noun.is_some()))
    }
}

/// All frames, indexed by the lemma of the trigger's first word.
#[derive(Debug, Default)]
pub struct Frames {
    /// In the order of their ids; those of the event model last.
    pub frames: Vec<Frame>,
    /// Words that change the status of what stands below them.
    pub operators: Operators,
    /// Nouns whose bearers do nothing that is coded, as goalkeepers and typhoons.
    pub everyday_actors: Vec<String>,
    /// Nouns that give a scene of everyday life away, as a semi-final.
    pub everyday_scenes: Vec<String>,
    verbs: FxHashMap<String, Vec<Trigger>>,
    nouns: FxHashMap<String, Vec<Trigger>>,
    adjectives: FxHashMap<String, Vec<Trigger>>,
    /// Inflected forms of verbs -> their dictionary form.
    forms: FxHashMap<String, String>,
    /// Verbs whose participle says how somebody stands -> the preposition that tells so.
    standing: FxHashMap<String, String>,
    /// Verbs whose subject makes, or is behind, their object; sorted.
    making: Vec<String>,
}

/// Words that follow a verb as a particle when nothing else follows, else open a phrase.
const PARTICLES: &[&str] = &[
    "up", "out", "off", "down", "back", "over", "away", "through", "along", "apart", "aside", "ahead",
    "forward", "together", "around", "home", "free",
];

/// Prepositions that may open a phrase or name a slot.
const PREPOSITIONS: &[&str] = &[
    "with",
    "to",
    "against",
    "on",
    "upon",
    "in",
    "into",
    "at",
    "for",
    "from",
    "of",
    "between",
    "among",
    "by",
    "over",
    "about",
    "toward",
    "towards",
    "around",
    "behind",
    "under",
    "off",
    "onto",
    "within",
    "across",
    "alongside",
    "as",
    "near",
    "before",
    "after",
    "along",
    "out",
    "through",
    "inside",
    "throughout",
    "outside",
    "until",
];

impl Frames {
    /// Reads all files below `frames/`.
    pub(super) fn load(files: &[DataFile], codebook: &Codebook, errors: &mut Vec<DataError>) -> Frames {
        let mut frames = Frames::default();
        let mut lists = Lists::default();
        for file in files {
            match file.path.as_ref() {
                "frames/lists.toml" => keep(toml_file::parse(file), &mut lists, errors),
                "frames/forms.toml" => {
                    let mut irregular = Forms::default();
                    keep(toml_file::parse(file), &mut irregular, errors);
                    frames.forms.extend(irregular.verbs);
                    frames.standing.extend(irregular.standing);
                    frames.making.extend(irregular.making);
                    frames.making.sort();
                }
                "frames/operators.toml" => frames.operators = Operators::load(file, errors),
                _ => {}
            }
        }
        for file in files {
            let parts: Vec<&str> = file.path.split('/').collect();
            if let ["frames", kind, name] = parts[..] {
                let name = name.trim_end_matches(".toml");
                match toml_file::parse::<FrameFile>(file) {
                    Ok(source) => frames.add(file, kind, name, source, &lists, codebook, errors),
                    Err(error) => errors.push(error),
                }
            }
        }
        frames.everyday_actors = lists.sorted("everyday-actors");
        frames.everyday_scenes = lists.sorted("everyday-scenes");
        frames.inflect();
        frames.frames.extend(codebook.types().map(|kind| Frame::learned(&kind.kind)));
        frames
    }

    /// The frames that have a file.
    pub fn written(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter().filter(|frame| frame.id != LEARNED)
    }

    /// The frame without triggers of what the event model alone names, by type.
    #[must_use]
    pub fn learned(&self, kind: &str) -> Option<u32> {
        let place = self.frames.iter().rposition(|frame| frame.id == LEARNED && frame.kind == kind)?;
        u32::try_from(place).ok()
    }

    /// Indexes the regular forms of all verbs that name or govern events.
    #[allow(clippy::iter_over_hash_type)] // sorted before use
    fn inflect(&mut self) {
        let mut verbs: Vec<String> = self.verbs.keys().cloned().chain(self.operators.all_verbs()).collect();
        verbs.sort();
        verbs.dedup();
        for verb in verbs {
            self.forms.entry(verb.clone()).or_insert_with(|| verb.clone());
            for form in regular_forms(&verb) {
                self.forms.entry(form).or_insert_with(|| verb.clone());
            }
        }
    }

    /// The preposition with which a verb's participle is no passive: "is opposed to".
    #[must_use]
    pub fn standing(&self, verb: &str) -> Option<&str> {
        self.standing.get(verb).map(String::as_str)
    }

    /// Whether a verb's subject makes, or is behind, its object: "bring a suit", "set off a bomb".
    #[must_use]
    pub fn is_making(&self, verb: &str) -> bool {
        self.making.binary_search_by(|known| known.as_str().cmp(verb)).is_ok()
    }

    /// The dictionary form of a verb's form, if it is one that names or governs events.
    #[must_use]
    pub fn verb_of_form(&self, form: &str) -> Option<&str> {
        self.forms.get(form).map(String::as_str)
    }

    #[allow(clippy::too_many_arguments)] // one call, from the loop over files
    fn add(
        &mut self,
        file: &DataFile,
        kind: &str,
        name: &str,
        source: FrameFile,
        lists: &Lists,
        codebook: &Codebook,
        errors: &mut Vec<DataError>,
    ) {
        let index = u32::try_from(self.frames.len()).unwrap_or(u32::MAX);
        for (words, table, nominal) in [
            (&source.verbs, &mut self.verbs, false),
            (&source.nouns, &mut self.nouns, true),
            (&source.adjectives, &mut self.adjectives, false),
        ] {
            for word in words {
                match trigger(word, index, nominal) {
                    Ok((lemma, trigger)) => table.entry(lemma).or_default().push(trigger),
                    Err(message) => errors.push(toml_file::fault(
                        file,
                        word,
                        message,
                        "write VERB [PARTICLE] [OBJECT] [PREPOSITION [NOUN]], a doubtful particle as +in"
                            .to_owned(),
                    )),
                }
            }
        }
        self.frames.push(source.into_frame(file, kind, name, lists, codebook, errors));
    }

    /// The frames that a verb of this lemma may fire.
    #[must_use]
    pub fn of_verb(&self, lemma: &str) -> &[Trigger] {
        look_up(&self.verbs, lemma)
    }

    /// The frames that a noun of this lemma may fire.
    #[must_use]
    pub fn of_noun(&self, lemma: &str) -> &[Trigger] {
        look_up(&self.nouns, lemma)
    }

    /// The frames that an adjective of this lemma may fire.
    #[must_use]
    pub fn of_adjective(&self, lemma: &str) -> &[Trigger] {
        look_up(&self.adjectives, lemma)
    }

    /// The frame of this index.
    #[must_use]
    pub fn get(&self, index: u32) -> &Frame {
        &self.frames[index as usize]
    }

    /// Number of trigger words and phrases.
    #[must_use]
    pub fn triggers(&self) -> usize {
        [&self.verbs, &self.nouns, &self.adjectives].iter().map(|table| table_len(table)).sum()
    }
}

#[allow(clippy::iter_over_hash_type)] // a sum knows no order
fn table_len(table: &FxHashMap<String, Vec<Trigger>>) -> usize {
    table.values().map(Vec::len).sum()
}

/// "-s", "-ed" and "-ing" forms, with final "e", "y" and doubled consonants as spelling has them.
fn regular_forms(verb: &str) -> Vec<String> {
    let mut forms: Vec<String> = ["s", "es", "ed", "ing"].iter().map(|end| format!("{verb}{end}")).collect();
    if let Some(stem) = verb.strip_suffix('e') {
        forms.extend(["ed", "ing"].iter().map(|end| format!("{stem}{end}")));
    }
    if let Some(stem) = verb.strip_suffix('y') {
        forms.extend(["ies", "ied"].iter().map(|end| format!("{stem}{end}")));
    }
    if let Some(last) = verb.chars().last().filter(|last| "bdgklmnprtv".contains(*last)) {
        forms.extend(["ed", "ing"].iter().map(|end| format!("{verb}{last}{end}")));
    }
    forms
}

/// Looks a lemma up in its own spelling, then in the American one.
fn look_up<'a>(table: &'a FxHashMap<String, Vec<Trigger>>, lemma: &str) -> &'a [Trigger] {
    if let Some(triggers) = table.get(lemma) {
        return triggers;
    }
    american(lemma).and_then(|lemma| table.get(&lemma)).map_or(&[], Vec::as_slice)
}

/// "criticise" -> "criticize", "analyse" -> "analyze".
fn american(lemma: &str) -> Option<String> {
    let stem = lemma.strip_suffix("ise").map(|stem| (stem, "ize"));
    let (stem, end) = stem.or_else(|| lemma.strip_suffix("yse").map(|stem| (stem, "yze")))?;
    Some(format!("{stem}{end}"))
}

/// Takes a trigger line apart; the first word, or of a noun its last before a preposition, is the lemma it is indexed by.
fn trigger(line: &Spanned<String>, frame: u32, nominal: bool) -> Result<(String, Trigger), String> {
    let words: Vec<&str> = line.get_ref().split_whitespace().collect();
    let mut trigger = Trigger { frame, particle: None, object: None, phrase: None };
    let Some((&first, rest)) = words.split_first() else { return Err("an empty trigger".to_owned()) };
    let mut rest = rest.iter().copied().peekable();
    let mut lemma = first;
    if nominal {
        if let Some(noun) = rest.next_if(|word| !PREPOSITIONS.contains(word)) {
            trigger.object = Some(lemma.into());
            lemma = noun;
        }
    } else {
        let particle = |word: &&str| PARTICLES.contains(word) || word.starts_with('+');
        trigger.particle = rest.next_if(particle).map(|word| word.trim_start_matches('+').into());
        trigger.object = rest.next_if(|word| !PREPOSITIONS.contains(word)).map(Into::into);
    }
    if let Some(word) = rest.next() {
        if !PREPOSITIONS.contains(&word) {
            return Err(format!("“{word}” is no preposition that triggers may use"));
        }
        trigger.phrase = Some((word.into(), rest.next().map(Into::into)));
    }
    if let Some(word) = rest.next() {
        return Err(format!("“{word}” is one word too many"));
    }
    Ok((lemma.to_owned(), trigger))
}

fn keep<T>(result: Result<T, DataError>, place: &mut T, errors: &mut Vec<DataError>) {
    match result {
        Ok(value) => *place = value,
        Err(error) => errors.push(error),
    }
}

#[cfg(test)]
mod tests;
