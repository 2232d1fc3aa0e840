//! The lexicon of speech: verbs, nouns, adjectives, phrases and adverbs that say that something is said or thought.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    DataFile,
    registers::table::{Faults, Layout, Row},
};

const VERBS: Layout<6> = Layout {
    path: "lexicon/speech/verbs.tsv",
    columns: ["lemma", "past", "participle", "stance", "takes", "example"],
    key: 1,
};
const NOUNS: Layout<4> =
    Layout { path: "lexicon/speech/nouns.tsv", columns: ["noun", "stance", "takes", "example"], key: 1 };
const ADJECTIVES: Layout<4> = Layout {
    path: "lexicon/speech/adjectives.tsv",
    columns: ["adjective", "stance", "takes", "example"],
    key: 1,
};
const PHRASES: Layout<4> =
    Layout { path: "lexicon/speech/phrases.tsv", columns: ["phrase", "stance", "role", "example"], key: 1 };
const ADVERBS: Layout<3> =
    Layout { path: "lexicon/speech/adverbs.tsv", columns: ["adverb", "stance", "example"], key: 1 };
const EVALUATIONS: Layout<4> =
    Layout { path: "lexicon/speech/evaluations.tsv", columns: ["verb", "of", "towards", "example"], key: 2 };
const DOCUMENTS: Layout<2> =
    Layout { path: "lexicon/speech/documents.tsv", columns: ["noun", "example"], key: 1 };
const GIVERS: Layout<2> = Layout { path: "lexicon/speech/givers.tsv", columns: ["verb", "example"], key: 1 };
const JUDGEMENTS: Layout<3> =
    Layout { path: "lexicon/speech/judgements.tsv", columns: ["word", "stance", "example"], key: 1 };

/// What a speaker can do to what is said.
pub const STANCES: &[&str] = &[
    "apologises",
    "asks",
    "asserts",
    "believes",
    "confirms",
    "criticises",
    "declines",
    "demands",
    "denies",
    "doubts",
    "expects",
    "fears",
    "hopes",
    "intends",
    "opposes",
    "praises",
    "promises",
    "says",
    "supports",
    "threatens",
    "warns",
];

/// Stances that tell what somebody wants, thinks or feels, whether or not anything was said.
pub const ATTITUDES: &[&str] =
    &["believes", "doubts", "expects", "fears", "hopes", "intends", "opposes", "supports"];

/// What a speech verb takes as the thing said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// A finite clause, with or without "that" or "whether": "said that ...".
    pub clause: bool,
    /// A quotation: "..., she smiled".
    pub quote: bool,
    /// A person as object to whom it is said: "told reporters that ...".
    pub addressee: bool,
    /// An infinitive whose doer is the speaker: "vowed to ...".
    pub infinitive: bool,
    /// An object and an infinitive whose doer is the object: "urged Bamako to ...".
    pub order: bool,
    /// A noun phrase: "denied the report".
    pub object: bool,
    /// A noun phrase with what it is called: "called the vote a farce".
    pub complement: bool,
    /// A noun phrase, where a document speaks: "the poll shows a close race".
    pub document: bool,
    /// An infinitive under "would": "would like to ...".
    pub would: bool,
}

/// One speech verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechVerb {
    /// Dictionary form, without particles.
    pub lemma: Box<str>,
    /// Words that follow it at once: "for" of "call for".
    pub particles: Vec<Box<str>>,
    /// One of [`STANCES`].
    pub stance: Box<str>,
    /// What it takes.
    pub takes: Takes,
}

/// What a noun or an adjective of speech takes as the thing said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordTakes {
    /// A clause, with "that" after a noun: "the claim that ...", "sure that ...".
    pub clause: bool,
    /// An infinitive: "the refusal to sign", "ready to sign".
    pub infinitive: bool,
    /// Prepositions before a noun phrase: "criticism of the plan", "critical of the plan".
    pub prepositions: Vec<Box<str>>,
}

/// A noun, adjective, phrase or adverb of speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechWord {
    /// Its words, in lower case.
    pub words: Vec<Box<str>>,
    /// One of [`STANCES`].
    pub stance: Box<str>,
    /// What it is.
    pub role: SpeechRole,
    /// What it takes, where it is a noun or an adjective.
    pub takes: WordTakes,
}

/// What a noun, adjective, phrase or adverb of speech does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeechRole {
    /// A noun whose possessor speaks: "Moscow's warning that ...".
    Noun,
    /// An adjective whose subject thinks so: "sure that ...", "critical of ...".
    Adjective,
    /// A phrase before the one who speaks: "according to".
    Source,
    /// A phrase before the one from whom the speaker has it: "citing".
    Origin,
    /// A phrase before the one through whom we have it: "as quoted by".
    Relay,
    /// A phrase before whoever carries what a verb of speech says: "through", "in an interview with".
    Channel,
    /// An adverb that leaves the speaker unnamed: "reportedly".
    Adverb,
}

/// What somebody says of whoever is named in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// Well spoken of.
    Praise,
    /// Ill spoken of.
    Criticism,
    /// Told of harm to come from the speaker.
    Threat,
    /// None of these.
    None,
}

impl Towards {
    /// The word that the JSON uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Towards::Praise => "praise",
            Towards::Criticism => "criticism",
            Towards::Threat => "threat",
            Towards::None => "none",
        }
    }
}

/// What a verb says of its subject or of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Of its subject; otherwise of its object.
    pub of_subject: bool,
    /// What it says.
    pub towards: Towards,
}

/// An example of an evaluation, with whoever is evaluated in square brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationExample {
    /// Its line in `lexicon/speech/evaluations.tsv`.
    pub line: usize,
    /// What is said of whoever is in brackets.
    pub towards: Towards,
    /// The example.
    pub text: Box<str>,
}

/// An example of the lexicon, with the speaker in square brackets, the cue in braces and the content in angle brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechExample {
    /// Its file below the data folder.
    pub file: &'static str,
    /// Its line.
    pub line: usize,
    /// The stance of its row.
    pub stance: Box<str>,
    /// The example.
    pub text: Box<str>,
}

/// The lexicon of speech, by word forms in lower case.
#[derive(Debug, Default)]
pub struct Speech {
    verbs: Vec<SpeechVerb>,
    words: Vec<SpeechWord>,
    verb_forms: FxHashMap<Box<str>, Vec<u32>>,
    word_forms: FxHashMap<Box<str>, Vec<u32>>,
    judgements: FxHashMap<Box<str>, Box<str>>,
    documents: FxHashSet<Box<str>>,
    givers: FxHashSet<Box<str>>,
    evaluations: FxHashMap<Box<str>, Vec<Evaluation>>,
    /// The examples of evaluations, in the order of the file.
    pub evaluation_examples: Vec<EvaluationExample>,
    /// All examples, in the order of files and lines.
    pub examples: Vec<SpeechExample>,
}

impl Speech {
    /// The verbs of which this is a form, those of most words first.
    pub fn verbs(&self, form: &str) -> impl Iterator<Item = &SpeechVerb> {
        self.verb_forms.get(form).into_iter().flatten().filter_map(|&index| self.verbs.get(index as usize))
    }

    /// The nouns, phrases and adverbs that begin with this form, those of most words first.
    pub fn words(&self, form: &str) -> impl Iterator<Item = &SpeechWord> {
        self.word_forms.get(form).into_iter().flatten().filter_map(|&index| self.words.get(index as usize))
    }

    /// What calling somebody this, a word in lower case, does: criticises or praises.
    #[must_use]
    pub fn judgement(&self, word: &str) -> Option<&str> {
        self.judgements.get(word).map(|stance| &**stance)
    }

    /// Whether a noun, by its dictionary form, is of something that speaks by what stands in it: "poll", "report".
    #[must_use]
    pub fn is_document(&self, lemma: &str) -> bool {
        self.documents.contains(lemma)
    }

    /// Whether the subject of a verb, by its dictionary form, speaks where a noun of speech is its object: "issue".
    #[must_use]
    pub fn is_giver(&self, lemma: &str) -> bool {
        self.givers.contains(lemma)
    }

    /// What a verb, by its dictionary form, says of its subject and of its object.
    #[must_use]
    pub fn evaluations(&self, lemma: &str) -> &[Evaluation] {
        self.evaluations.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Reads the lexicon.
    pub(super) fn load(files: &[DataFile], faults: &mut Faults) -> Speech {
        let mut speech = Speech::default();
        speech.read_verbs(files, faults);
        speech.read_words(files, faults);
        speech.read_evaluations(files, faults);
        speech.sort();
        speech
    }

    fn read_verbs(&mut self, files: &[DataFile], faults: &mut Faults) {
        for row in &VERBS.read(files, faults) {
            let [lemma, past, participle, stance, takes, example] = row.cells;
            self.note_example(&VERBS, row, stance, example, faults);
            let takes = read_takes(row, takes, faults);
            let mut words = lemma.split(' ').map(Box::<str>::from);
            let lemma = words.next().unwrap_or_default();
            let forms = verb_forms(&lemma, past, participle);
            let verb = SpeechVerb { lemma, particles: words.collect(), stance: stance.into(), takes };
            index(&mut self.verb_forms, forms, self.verbs.len());
            self.verbs.push(verb);
        }
    }

    fn read_words(&mut self, files: &[DataFile], faults: &mut Faults) {
        for row in &NOUNS.read(files, faults) {
            let [noun, stance, takes, example] = row.cells;
            self.note_example(&NOUNS, row, stance, example, faults);
            self.push_word(noun, stance, SpeechRole::Noun, vec![noun.into(), add_s(noun).into()], takes);
        }
        for row in &ADJECTIVES.read(files, faults) {
            let [adjective, stance, takes, example] = row.cells;
            self.note_example(&ADJECTIVES, row, stance, example, faults);
            self.push_word(adjective, stance, SpeechRole::Adjective, vec![adjective.into()], takes);
        }
        for row in &PHRASES.read(files, faults) {
            let [phrase, stance, role, example] = row.cells;
            self.note_example(&PHRASES, row, stance, example, faults);
            let role = match role {
                "source" => SpeechRole::Source,
                "origin" => SpeechRole::Origin,
                "relay" => SpeechRole::Relay,
                "channel" => SpeechRole::Channel,
                _ => {
                    let message = format!("unknown role \"{role}\"");
                    PHRASES.fault(row, faults, message, "one of: source origin relay channel");
                    continue;
                }
            };
            let first = phrase.split(' ').next().unwrap_or_default();
            self.push_word(phrase, stance, role, vec![first.into()], "");
        }
        for row in &ADVERBS.read(files, faults) {
            let [adverb, stance, example] = row.cells;
            self.note_example(&ADVERBS, row, stance, example, faults);
            self.push_word(adverb, stance, SpeechRole::Adverb, vec![adverb.into()], "");
        }
        for row in &DOCUMENTS.read(files, faults) {
            let [noun, example] = row.cells;
            self.note_example(&DOCUMENTS, row, "says", example, faults);
            self.documents.insert(noun.into());
        }
        for row in &GIVERS.read(files, faults) {
            let [verb, example] = row.cells;
            self.note_example(&GIVERS, row, "says", example, faults);
            self.givers.insert(verb.into());
        }
        for row in &JUDGEMENTS.read(files, faults) {
            let [word, stance, example] = row.cells;
            self.note_example(&JUDGEMENTS, row, stance, example, faults);
            self.judgements.insert(word.into(), stance.into());
        }
    }

    fn read_evaluations(&mut self, files: &[DataFile], faults: &mut Faults) {
        for row in &EVALUATIONS.read(files, faults) {
            let [verb, of, towards, example] = row.cells;
            let known = [Towards::Praise, Towards::Criticism, Towards::Threat];
            let towards = known.into_iter().find(|known| known.as_str() == towards);
            let (Some(towards), "subject" | "object") = (towards, of) else {
                let hint = "of: subject or object; towards: praise, criticism or threat";
                EVALUATIONS.fault(row, faults, "an evaluation of another kind".to_owned(), hint);
                continue;
            };
            let evaluation = Evaluation { of_subject: of == "subject", towards };
            self.evaluations.entry(verb.into()).or_default().push(evaluation);
            if !example.is_empty() {
                let example = EvaluationExample { line: row.line, towards, text: example.into() };
                self.evaluation_examples.push(example);
            }
        }
    }

    fn push_word(&mut self, phrase: &str, stance: &str, role: SpeechRole, forms: Vec<Box<str>>, takes: &str) {
        index(&mut self.word_forms, forms, self.words.len());
        let words = phrase.split(' ').map(Box::from).collect();
        self.words.push(SpeechWord { words, stance: stance.into(), role, takes: word_takes(takes) });
    }

    /// Keeps a row's example and checks that its stance is one.
    fn note_example<const N: usize>(
        &mut self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        stance: &str,
        example: &str,
        faults: &mut Faults,
    ) {
        if !STANCES.contains(&stance) {
            let hint = format!("one of: {}", STANCES.join(" "));
            layout.fault(row, faults, format!("unknown stance \"{stance}\""), hint);
        }
        if example.is_empty() {
            return;
        }
        let marked = ["{", "}", "<", ">"].iter().all(|mark| example.contains(mark));
        if !marked {
            let hint = "speaker in [ ], cue in { }, content in < >";
            layout.fault(row, faults, "an example with its cue and content marked is wanted", hint);
        }
        let (stance, text) = (stance.into(), example.into());
        self.examples.push(SpeechExample { file: layout.path, line: row.line, stance, text });
    }

    /// Longer entries before shorter ones, so that "call for" wins over "call".
    fn sort(&mut self) {
        let (verbs, words) = (&self.verbs, &self.words);
        #[allow(clippy::iter_over_hash_type)] // each list is sorted on its own
        for list in self.verb_forms.values_mut() {
            list.sort_by_key(|&index| (usize::MAX - verbs[index as usize].particles.len(), index));
        }
        #[allow(clippy::iter_over_hash_type)] // each list is sorted on its own
        for list in self.word_forms.values_mut() {
            list.sort_by_key(|&index| (usize::MAX - words[index as usize].words.len(), index));
        }
    }
}

fn index(forms: &mut FxHashMap<Box<str>, Vec<u32>>, words: Vec<Box<str>>, number: usize) {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    for word in words {
        let list = forms.entry(word).or_default();
        if list.last() != Some(&number) {
            list.push(number);
        }
    }
}

fn read_takes(row: &Row<'_, 6>, cell: &str, faults: &mut Faults) -> Takes {
    let mut takes = Takes::default();
    for word in cell.split(' ') {
        let place = match word {
            "clause" => &mut takes.clause,
            "quote" => &mut takes.quote,
            "addressee" => &mut takes.addressee,
            "infinitive" => &mut takes.infinitive,
            "order" => &mut takes.order,
            "object" => &mut takes.object,
            "complement" => &mut takes.complement,
            "document" => &mut takes.document,
            "would" => &mut takes.would,
            _ => {
                let hint = "one or more of: clause quote addressee infinitive order object complement document would";
                VERBS.fault(row, faults, format!("unknown argument \"{word}\""), hint);
                continue;
            }
        };
        *place = true;
    }
    takes
}

/// "clause", "infinitive" and prepositions, parted by blanks.
fn word_takes(cell: &str) -> WordTakes {
    let mut takes = WordTakes::default();
    for word in cell.split(' ').filter(|word| !word.is_empty()) {
        match word {
            "clause" => takes.clause = true,
            "infinitive" => takes.infinitive = true,
            preposition => takes.prepositions.push(preposition.into()),
        }
    }
    takes
}

/// All forms of a verb; `past` and `participle` are empty where they are regular or the same as the past.
pub(super) fn verb_forms(lemma: &str, past: &str, participle: &str) -> Vec<Box<str>> {
    let (regular_past, regular_gerund) = regular(lemma);
    let doubled = past.strip_suffix("ed").filter(|stem| stem.len() > lemma.len() && stem.starts_with(lemma));
    let gerund = doubled.map_or(regular_gerund.clone(), |stem| format!("{stem}ing"));
    let past = if past.is_empty() { regular_past.clone() } else { past.to_owned() };
    let mut forms = vec![lemma.to_owned(), add_s(lemma), past, gerund];
    if !participle.is_empty() {
        forms.push(participle.to_owned());
    }
    if doubled.is_some_and(|stem| stem.ends_with("ll")) {
        forms.push(regular_past);
        forms.push(regular_gerund);
    }
    forms.sort_unstable();
    forms.dedup();
    forms.into_iter().map(String::into_boxed_str).collect()
}

/// Regular past and -ing form.
fn regular(lemma: &str) -> (String, String) {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return (format!("{lemma}d"), format!("{stem}ying"));
    }
    if let Some(stem) = lemma.strip_suffix('e') {
        let gerund = if stem.ends_with('e') { format!("{lemma}ing") } else { format!("{stem}ing") };
        return (format!("{lemma}d"), gerund);
    }
    match consonant_y(lemma) {
        Some(stem) => (format!("{stem}ied"), format!("{lemma}ing")),
        None => (format!("{lemma}ed"), format!("{lemma}ing")),
    }
}

/// The third person of a verb, the plural of a noun.
pub(super) fn add_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending));
    format!("{word}{}", if hissing { "es" } else { "s" })
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::{add_s, verb_forms};

    #[test]
    fn verbs_are_inflected() {
        let forms = |lemma, past, participle| verb_forms(lemma, past, participle).join(" ");
        assert_eq!(
            forms("deny", "", ""),
            "denied deny denying denies".replace("deny denying denies", "denies deny denying")
        );
        assert_eq!(forms("write", "wrote", "written"), "write writes writing written wrote");
        assert_eq!(forms("admit", "admitted", ""), "admit admits admitted admitting");
        assert_eq!(
            forms("signal", "signalled", ""),
            "signal signaled signaling signalled signalling signals"
        );
        assert_eq!(forms("agree", "", ""), "agree agreed agreeing agrees");
        assert_eq!((add_s("testimony"), add_s("stress")), ("testimonies".to_owned(), "stresses".to_owned()));
    }
}
