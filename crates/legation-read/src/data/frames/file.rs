//! The keys of a frame file, and their check.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{ClauseNeed, Effect, Frame, Needs, PREPOSITIONS, Slot};
use crate::data::{DataError, DataFile, codebook::Codebook, toml_file};

type Words = Vec<Spanned<String>>;

/// `frames/lists.toml`: nouns that frames share, used as `"@name"`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    lists: BTreeMap<String, Vec<String>>,
}

impl Lists {
    /// A list in alphabetical order, empty if there is none of this name.
    pub(super) fn sorted(&self, name: &str) -> Vec<String> {
        let mut words = self.lists.get(name).cloned().unwrap_or_default();
        words.sort();
        words
    }
}

/// `frames/forms.toml`: irregular forms and their dictionary forms.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Forms {
    pub(super) verbs: BTreeMap<String, String>,
    /// Verbs whose participle says how somebody stands, with the preposition that tells so: "is opposed to".
    #[serde(default)]
    pub(super) standing: BTreeMap<String, String>,
    /// Verbs whose subject makes, or is behind, their object: "bring", "set off".
    #[serde(default)]
    pub(super) making: Vec<String>,
}

/// A sentence and what must be read in it by this frame.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence, or a short passage.
    pub text: String,
    /// Codes of the actors: `CHN`, `EU`, or a name.
    #[serde(default)]
    pub who: Vec<String>,
    /// Codes of the recipients.
    #[serde(default)]
    pub whom: Vec<String>,
    /// Status, `happened` when not given.
    pub status: Option<String>,
    /// TIMEX3 value, read as on Wednesday 2 April 2025.
    pub date: Option<String>,
    /// Name of the place.
    pub place: Option<String>,
}

/// A sentence in which the frame must not report anything as done or to come.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterExample {
    /// The sentence.
    pub text: String,
    /// What it is instead.
    #[serde(default)]
    pub why: String,
}

/// A frame as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameFile {
    mode: Option<Spanned<String>>,
    #[serde(default)]
    contexts: Words,
    #[serde(default)]
    pub(super) verbs: Words,
    #[serde(default)]
    pub(super) nouns: Words,
    #[serde(default)]
    pub(super) adjectives: Words,
    #[serde(default)]
    actor: Words,
    #[serde(default)]
    recipient: Words,
    #[serde(default)]
    noun_actor: Words,
    #[serde(default)]
    noun_recipient: Words,
    #[serde(default)]
    reciprocal: bool,
    needs: Option<Spanned<String>>,
    #[serde(default)]
    objects: Words,
    #[serde(default)]
    not_objects: Words,
    #[serde(default)]
    near: Words,
    #[serde(default)]
    not_near: Words,
    clause: Option<Spanned<String>>,
    #[serde(default)]
    modal: Words,
    inner: Option<Spanned<String>>,
    #[serde(default)]
    clause_modality: bool,
    #[serde(default)]
    finite: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    occasion: bool,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counter_example: Vec<CounterExample>,
}

/// Turns what the file says into a frame, noting what is wrong.
struct Check<'a> {
    file: &'a DataFile,
    lists: &'a Lists,
    errors: &'a mut Vec<DataError>,
}

impl FrameFile {
    pub(super) fn into_frame(
        self,
        file: &DataFile,
        kind: &str,
        name: &str,
        lists: &Lists,
        codebook: &Codebook,
        errors: &mut Vec<DataError>,
    ) -> Frame {
        let mut check = Check { file, lists, errors };
        let kind = kind.to_uppercase();
        check.code(&self, &kind, codebook);
        let actor = check.slots(&self.actor, &[Slot::Subject]);
        let recipient = check.slots(&self.recipient, &[Slot::Object]);
        let by = || Slot::Preposition("by".into());
        let noun_actor =
            check.slots(&self.noun_actor, &[Slot::Possessor, by(), Slot::Subject, Slot::Attribute]);
        let noun_recipient = check.slots(&self.noun_recipient, &recipient);
        Frame {
            id: format!("{}/{name}", kind.to_lowercase()),
            kind,
            actor,
            recipient,
            noun_actor,
            noun_recipient,
            reciprocal: self.reciprocal,
            needs: check.needs(self.needs.as_ref()),
            objects: check.words(&self.objects),
            not_objects: check.words(&self.not_objects),
            near: check.words(&self.near),
            not_near: check.words(&self.not_near),
            clause: check.clause(self.clause.as_ref()),
            modal: check.words(&self.modal),
            inner: check.effect(self.inner.as_ref()),
            clause_modality: self.clause_modality,
            finite: self.finite,
            bare: self.bare,
            negated: self.negated,
            occasion: self.occasion,
            mode: self.mode.map(Spanned::into_inner),
            contexts: self.contexts.into_iter().map(Spanned::into_inner).collect(),
            examples: self.example,
            counter_examples: self.counter_example,
        }
    }
}

impl Check<'_> {
    fn fault<T>(&mut self, at: &Spanned<T>, message: String, hint: &str) {
        self.errors.push(toml_file::fault(self.file, at, message, hint.to_owned()));
    }

    fn whole(&mut self, message: String, hint: &str) {
        self.errors.push(DataError {
            file: self.file.path.to_string(),
            line: 0,
            message,
            hint: hint.to_owned(),
        });
    }

    /// Type, mode and contexts must be in the codebook, and there must be words and examples.
    fn code(&mut self, source: &FrameFile, kind: &str, codebook: &Codebook) {
        let Some(entry) = codebook.get(kind) else {
            self.whole(
                format!("{kind} is no type of the codebook"),
                "put the frame in the folder of its type",
            );
            return;
        };
        if let Some(mode) = &source.mode
            && entry.mode(mode.get_ref()).is_none()
        {
            let hint = format!("modes of {kind}: {}", entry.mode_names());
            self.fault(mode, format!("{kind} has no mode “{}”", mode.get_ref()), &hint);
        }
        for context in &source.contexts {
            if !codebook.has_context(context.get_ref()) {
                self.fault(
                    context,
                    format!("no context “{}”", context.get_ref()),
                    "see codebook/contexts.toml",
                );
            }
        }
        if source.verbs.is_empty() && source.nouns.is_empty() && source.adjectives.is_empty() {
            self.whole("no trigger".to_owned(), "give verbs, nouns or adjectives");
        }
        if source.example.is_empty() {
            self.whole("no example".to_owned(), "add [[example]] with text, who, whom");
        }
    }

    fn slots(&mut self, words: &Words, default: &[Slot]) -> Vec<Slot> {
        if words.is_empty() {
            return default.to_vec();
        }
        let mut slots = Vec::new();
        for word in words {
            match slot(word.get_ref()) {
                Some(slot) => slots.push(slot),
                None if word.get_ref() == "none" => {}
                None => {
                    self.fault(word, format!("no place in the tree called “{}”", word.get_ref()), SLOT_HINT);
                }
            }
        }
        slots
    }

    /// Words with `@list` replaced by the list's words.
    fn words(&mut self, words: &Words) -> Vec<String> {
        let mut all = Vec::new();
        for word in words {
            match word.get_ref().strip_prefix('@') {
                None => all.push(word.get_ref().clone()),
                Some(list) => match self.lists.lists.get(list) {
                    Some(list) => all.extend(list.iter().cloned()),
                    None => self.fault(word, format!("no list “{list}”"), "see frames/lists.toml"),
                },
            }
        }
        all.sort();
        all.dedup();
        all
    }

    fn needs(&mut self, word: Option<&Spanned<String>>) -> Needs {
        let Some(word) = word else { return Needs::default() };
        match word.get_ref().as_str() {
            "either" => Needs::Either,
            "actor" => Needs::Actor,
            "recipient" => Needs::Recipient,
            "both" => Needs::Both,
            "political" => Needs::Political,
            other => {
                self.fault(
                    word,
                    format!("needs cannot be “{other}”"),
                    "either, actor, recipient, both or political",
                );
                Needs::default()
            }
        }
    }

    fn clause(&mut self, word: Option<&Spanned<String>>) -> ClauseNeed {
        let Some(word) = word else { return ClauseNeed::default() };
        match word.get_ref().as_str() {
            "any" => ClauseNeed::Any,
            "required" => ClauseNeed::Required,
            "infinitive" => ClauseNeed::Infinitive,
            "none" => ClauseNeed::None,
            other => {
                self.fault(word, format!("clause cannot be “{other}”"), "any, required, infinitive or none");
                ClauseNeed::default()
            }
        }
    }

    fn effect(&mut self, word: Option<&Spanned<String>>) -> Effect {
        let Some(word) = word else { return Effect::Keep };
        Effect::from_name(word.get_ref()).unwrap_or_else(|| {
            self.fault(word, format!("inner cannot be “{}”", word.get_ref()), Effect::NAMES);
            Effect::Keep
        })
    }
}

const SLOT_HINT: &str = "subject, object, indirect, possessor, attribute, complement, clause-subject, condition, none, or a preposition";

fn slot(word: &str) -> Option<Slot> {
    Some(match word {
        "subject" => Slot::Subject,
        "object" => Slot::Object,
        "indirect" => Slot::Indirect,
        "possessor" => Slot::Possessor,
        "attribute" => Slot::Attribute,
        "complement" => Slot::Complement,
        "clause-subject" => Slot::ClauseSubject,
        "condition" => Slot::Condition,
        "purpose" => Slot::Purpose,
        "doer" => Slot::Doer,
        preposition if PREPOSITIONS.contains(&preposition) => Slot::Preposition(preposition.into()),
        _ => return None,
    })
}
