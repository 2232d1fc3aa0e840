//! Who said it, to whom, through whom.
//!
//! Each sentence is searched for cues (`cue`), each cue for its speaker (`speaker`) and for what is said (`content`);
//! then quotations that no cue claimed are given to whoever was speaking (`quoted`).

mod about;
mod chain;
mod content;
mod cue;
mod extent;
mod judged;
mod line;
mod object;
mod passive;
mod postposed;
mod quoted;
mod resolved;
mod speaker;
mod worded;

use crate::{
    Span,
    code::Scene,
    data::speech::{ATTITUDES, Speech, SpeechRole, SpeechVerb},
    parse::SentenceView,
    resolve::{actor::ActorId, date::DateId},
    source::BlockKind,
};
use content::Found;
use cue::{Cue, CueKind};
use line::Line;
use speaker::Speaker;

pub use about::About;

/// Number of a statement in its document, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// How something said is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// All of it between quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

impl StatementKind {
    /// The word that the JSON uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            StatementKind::Direct => "direct",
            StatementKind::Indirect => "indirect",
            StatementKind::Mixed => "mixed",
        }
    }
}

/// Something said, with its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who said it, as resolved.
    pub speaker: Option<ActorId>,
    /// The speaker as written where the statement stands; empty when nobody is named.
    pub speaker_text: String,
    /// Where the speaker is named.
    pub speaker_span: Option<Span>,
    /// The word that says that it is said: "said", "according to".
    pub cue: Option<Span>,
    /// What is said, in one or more pieces, in order.
    pub content: Vec<Span>,
    /// Direct, indirect or mixed.
    pub kind: StatementKind,
    /// What the speaker does to it, from the lexicon of speech verbs: says, denies, confirms, warns ...
    pub stance: String,
    /// To whom.
    pub addressee: Option<ActorId>,
    /// Through whom we have it, nearest to the speaker first.
    pub via: Vec<ActorId>,
    /// When it was said.
    pub date: Option<DateId>,
    /// Who is named in what is said, and what is said of them; the speaker aside.
    pub about: Vec<About>,
    /// Index of the sentence that holds the cue, or the first piece of the content.
    pub sentence: usize,
    /// The statement which this one goes on with, where it has no cue of its own.
    pub continues: Option<StatementId>,
}

impl Statement {
    /// Whether it tells what somebody wants, thinks or feels rather than that something was said.
    #[must_use]
    pub fn is_attitude(&self) -> bool {
        self.kind != StatementKind::Direct && ATTITUDES.contains(&self.stance.as_str())
    }

    /// Whether what happens in its content is held to be so, or not so, by its speaker: what somebody wants or backs is
    /// no claim of theirs.
    #[must_use]
    pub fn is_claim(&self) -> bool {
        !matches!(self.stance.as_str(), "intends" | "opposes" | "supports")
    }
}

/// Cues in one sentence, at most: more is a list, not a sentence.
const MOST_CUES: usize = 32;

/// A statement in the making.
#[derive(Clone, Debug)]
struct Draft {
    statement: Statement,
    /// The word that heads the speaker, in `statement.sentence`.
    speaker_head: Option<usize>,
    /// The word that heads the addressee.
    addressee_head: Option<usize>,
    /// Whoever passed it on, each as (sentence, head word).
    via_heads: Vec<usize>,
    /// The draft, by index, which this one goes on with.
    continues: Option<usize>,
}

/// Finds the statements of a document, in order of the text.
#[must_use]
pub fn find(scene: &mut Scene<'_>) -> Vec<Statement> {
    let mut drafts = Vec::new();
    let quotations = &scene.mentions.quotations;
    let mut first = 0;
    for view in scene.parsed.sentences() {
        let start = view.sentence.span.start;
        while quotations.get(first).is_some_and(|quotation| quotation.span.end <= start) {
            first += 1;
        }
        let mut line = Line::new(view, quotations, first, &scene.data.speech);
        line.next_block = next_block(scene, &view);
        in_sentence(line, scene, &mut drafts);
    }
    quoted::add_unclaimed(scene, &mut drafts);
    let mut statements = resolved::statements(scene, &drafts);
    for statement in &mut statements {
        statement.about = about::of(scene, statement);
    }
    statements
}

/// The statements for which a sentence has a cue.
fn in_sentence(mut line: Line<'_>, scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let first = drafts.len();
    let mut cues = cue::cues(&line, &scene.data.speech);
    cues.truncate(MOST_CUES);
    line.cues = cues.iter().map(|cue| cue.head).collect();
    let line = &line;
    let mut last: Option<Speaker> = None;
    for cue in &cues {
        let found = from_cue(line, cue, last.as_ref(), &scene.data.speech);
        if let Some((draft, speaker)) = found {
            if content::verb_of(cue).is_some() {
                last = speaker.or(last);
            }
            drafts.push(draft);
        }
    }
    let own_cue = drafts[first..].iter().filter_map(|draft| draft.statement.cue).map(|cue| cue.start).min();
    let before_cue =
        |draft: &Draft| draft.statement.cue.is_some_and(|colon| own_cue.is_none_or(|cue| colon.start < cue));
    drafts.extend(quoted::colon_style(line, scene).filter(before_cue));
    drafts.extend(quoted::dash_style(line));
    chain::join(line, scene, &cues, drafts, first);
}

/// The block after a sentence that ends its own block.
fn next_block(scene: &Scene<'_>, view: &SentenceView<'_>) -> Option<Span> {
    let blocks = &scene.parsed.document.blocks;
    let block = view.sentence.block as usize;
    let last = blocks.get(block)?.span.end <= view.sentence.span.end + 1;
    let next = blocks.get(block + 1).filter(|next| next.kind == BlockKind::Paragraph)?;
    last.then_some(next.span)
}

/// The statement of a cue, and its speaker; `last` is whoever spoke before in the same sentence.
fn from_cue(
    line: &Line<'_>,
    cue: &Cue<'_>,
    last: Option<&Speaker>,
    speech: &Speech,
) -> Option<(Draft, Option<Speaker>)> {
    let mut relay = None;
    let (speaker, found) = match cue.kind {
        CueKind::Verb(_) if speaker::is_relaying(line, cue.head) => return None,
        CueKind::Verb(verb) if speaker::as_saying(line, cue.head).is_some() => {
            let (speaker, passed_on) = speaker::as_saying(line, cue.head)?;
            let start = passed_on.as_ref().map_or(speaker.words.start, |relay| relay.words.start);
            let words = start.min(speaker.words.start)..speaker.words.end;
            let whole = Speaker { head: speaker.head, words };
            relay = passed_on;
            (Some(speaker), content::of_verb(line, cue, verb, Some(&whole)))
        }
        CueKind::Verb(verb) => of_verb(line, cue, verb, last)?,
        CueKind::Word(word) => match word.role {
            SpeechRole::Noun => {
                let speaker = speaker::of_noun(line, cue.head, &word.takes);
                // "growing concerns that ...", "calls for a truce": said by somebody, even where nobody is named.
                let clause = cue::predicate(line, cue.head).unwrap_or(cue.words.end);
                let told = line.lower_at(clause) == "that" || cue::is_of_words(word);
                if speaker.is_none() && !told || cue::is_none_said(line, cue, word) {
                    return None;
                }
                (speaker, worded::content(line, cue))
            }
            SpeechRole::Adjective => {
                (Some(speaker::of_verb(line, cue.head, last)?), worded::content(line, cue))
            }
            SpeechRole::Adverb => (None, content::of_adverb(line, cue)),
            SpeechRole::Channel => return None,
            SpeechRole::Source | SpeechRole::Origin | SpeechRole::Relay => {
                let source = speaker::after(line, cue.words.end)?;
                let found = content::of_phrase(line, &(cue.words.start..source.words.end));
                (Some(source), found)
            }
        },
    };
    if found.pieces.is_empty() {
        return None;
    }
    let stance = match content::verb_of(cue) {
        Some(_) if cue::is_negated(line, cue.head) => negated_stance(cue.stance()),
        _ if cue.stance() == "says" => judged::stance(line, cue, &found.pieces, speech).unwrap_or("says"),
        _ => cue.stance(),
    };
    let speaker_span = speaker.as_ref().and_then(|speaker| line.span_of(speaker.words.clone()));
    let draft = Draft {
        statement: Statement {
            speaker: None,
            speaker_text: speaker_span.map_or_else(String::new, |span| span.of(line.view.text).to_owned()),
            speaker_span,
            cue: line.span_of(cue.words.clone()),
            kind: quoted::kind(line.view.text, line.quotations, &found.pieces),
            content: found.pieces,
            stance: stance.to_owned(),
            addressee: None,
            via: Vec::new(),
            date: None,
            about: Vec::new(),
            sentence: line.view.index,
            continues: None,
        },
        speaker_head: speaker.as_ref().map(|speaker| speaker.head),
        addressee_head: found.addressee,
        via_heads: relay.into_iter().map(|relay| relay.head).collect(),
        continues: None,
    };
    Some((draft, speaker))
}

fn of_verb(
    line: &Line<'_>,
    cue: &Cue<'_>,
    verb: &SpeechVerb,
    last: Option<&Speaker>,
) -> Option<(Option<Speaker>, Found)> {
    if line.is_passive(cue.head) {
        let mut found = content::of_verb(line, cue, verb, None);
        let told = verb.takes.addressee || verb.takes.order;
        let subject = speaker::of_verb(line, cue.head, None);
        let speaker = speaker::of_passive(line, cue.head);
        let takes = verb.takes;
        let charge = takes.object && matches!(&*verb.stance, "criticises" | "praises");
        if speaker.is_none() && !(takes.clause || takes.order || takes.complement || charge) {
            return None;
        }
        if told {
            found.addressee = subject.map(|subject| subject.head);
        }
        return Some((speaker, found));
    }
    // "Asked about the raid, the envoy laughed": it is the envoy who is asked
    if verb.takes.addressee && speaker::is_asked(line, cue.head) {
        return None;
    }
    // A bare "to say" or "asked" without anybody is nobody's statement.
    let speaker = speaker::of_verb(line, cue.head, last)?;
    let found = content::of_verb(line, cue, verb, Some(&speaker));
    let speaker = Some(speaker);
    Some((speaker, found))
}

/// What becomes of a stance under "not": who does not confirm declines to, who does not believe doubts.
fn negated_stance(stance: &str) -> &str {
    match stance {
        "says" | "confirms" | "asserts" => "declines",
        "believes" | "expects" | "hopes" => "doubts",
        "denies" | "doubts" => "says",
        other => other,
    }
}
