//! Quotations without a cue of their own, and speech after a colon.

use std::ops::Range;

use super::{Draft, Statement, StatementKind, content, line::Line};
use crate::{Span, code::Scene, mention::Quotation, parse::Upos, source::BlockKind};

/// Words that a quotation needs to be speech rather than a title or a term, where it ends without a full stop.
const SPEECH_WORDS: usize = 8;

/// Whether what is said stands between quotation marks wholly, partly or not at all.
pub(super) fn kind(text: &str, quotations: &[Quotation], pieces: &[Span]) -> StatementKind {
    let (mut inside, mut all) = (0, 0);
    for piece in pieces {
        all += letters(text, *piece);
        let first = quotations.partition_point(|quotation| quotation.span.end <= piece.start);
        for quotation in quotations[first..].iter().take_while(|quotation| quotation.span.start < piece.end) {
            let start = quotation.inside.start.max(piece.start);
            let end = quotation.inside.end.min(piece.end);
            inside += letters(text, Span { start, end: end.max(start) });
        }
    }
    match inside {
        0 if pieces.first().is_some_and(|piece| is_dashed(text, *piece)) => StatementKind::Direct,
        0 => StatementKind::Indirect,
        inside if inside >= all => StatementKind::Direct,
        _ => StatementKind::Mixed,
    }
}

/// Whether a dash at the head of a paragraph opens the piece, as in French or Russian dialogue.
fn is_dashed(text: &str, piece: Span) -> bool {
    let before = text.get(..piece.start as usize).unwrap_or("").trim_end_matches(' ');
    let dash = before.strip_suffix(['—', '–', '―']);
    dash.is_some_and(|before| {
        let before = before.trim_end_matches(' ');
        before.is_empty() || before.ends_with('\n')
    })
}

fn letters(text: &str, span: Span) -> usize {
    span.of(text).chars().filter(|character| character.is_alphanumeric()).count()
}

/// Gives each quotation that is speech and that no cue claimed to whoever spoke last, right before it.
pub(super) fn add_unclaimed(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let claimed = claimed(&scene.mentions.quotations, drafts);
    let mut added: Vec<Draft> = Vec::new();
    // drafts come in the order of their sentences
    let mut next = 0;
    let mut last: Option<Last> = None;
    for (number, quotation) in scene.mentions.quotations.iter().enumerate() {
        while drafts.get(next).is_some_and(|draft| begin(draft) < quotation.span.start) {
            last = Last::later(last, Last::of(&drafts[next], Some(next)));
            next += 1;
        }
        let Some(previous) = &last else { continue };
        if claimed[number] || !is_speech(scene, quotation) || !previous.is_right_before(scene, quotation) {
            continue;
        }
        let main = quoting(drafts, previous.draft);
        let draft = continued(scene, quotation, &drafts[main]);
        let Some(mut draft) = draft else { continue };
        draft.continues = Some(main);
        last = Some(Last { end: quotation.span.end, draft: main });
        added.push(draft);
    }
    drafts.extend(added);
}

/// "“X,” she said, stressing that Y. “Z”": the quotation goes on with the one before it, not with what stands between.
fn quoting(drafts: &[Draft], last: usize) -> usize {
    let draft = &drafts[last];
    let same = |other: &&Draft| {
        other.statement.sentence == draft.statement.sentence && other.speaker_head == draft.speaker_head
    };
    let first = drafts[..last].iter().rev().take_while(same).count();
    let quotes = |&index: &usize| drafts[index].statement.kind == StatementKind::Direct;
    (last - first..last).find(quotes).filter(|_| !quotes(&last)).unwrap_or(last)
}

/// Where the last speaker's words end.
struct Last {
    end: u32,
    draft: usize,
}

impl Last {
    fn of(draft: &Draft, index: Option<usize>) -> Option<Last> {
        draft.speaker_head?;
        let end = draft.statement.content.iter().chain(&draft.statement.cue).map(|span| span.end).max()?;
        Some(Last { end, draft: index? })
    }

    fn later(old: Option<Last>, new: Option<Last>) -> Option<Last> {
        match (old, new) {
            (Some(old), Some(new)) if new.end < old.end => Some(old),
            (old, new) => new.or(old),
        }
    }

    /// Whether no sentence of the outlet's own stands between the last words and the quotation.
    fn is_right_before(&self, scene: &Scene<'_>, quotation: &Quotation) -> bool {
        let parsed = scene.parsed;
        let here =
            parsed.segments.sentences.partition_point(|sentence| sentence.span.end <= quotation.span.start);
        let there = parsed.segments.sentences.partition_point(|sentence| sentence.span.end < self.end);
        here == there || here == there + 1
    }
}

fn begin(draft: &Draft) -> u32 {
    let spans = draft.statement.content.iter().chain(&draft.statement.cue);
    spans.map(|span| span.start).min().unwrap_or(u32::MAX)
}

/// For each quotation whether a statement has any of it.
fn claimed(quotations: &[Quotation], drafts: &[Draft]) -> Vec<bool> {
    let mut claimed = vec![false; quotations.len()];
    for piece in drafts.iter().flat_map(|draft| &draft.statement.content) {
        let first = quotations.partition_point(|quotation| quotation.span.end <= piece.start);
        for (number, quotation) in quotations.iter().enumerate().skip(first) {
            if quotation.span.start >= piece.end {
                break;
            }
            claimed[number] = true;
        }
    }
    claimed
}

/// Whether a quotation stands as a sentence of its own: not a title, a term or a word in irony.
fn is_speech(scene: &Scene<'_>, quotation: &Quotation) -> bool {
    let text = scene.parsed.text();
    let inside = quotation.inside.of(text);
    let block = scene.parsed.document.blocks.partition_point(|block| block.span.end <= quotation.span.start);
    if scene.parsed.document.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Title) {
        return false;
    }
    let before = text.get(..quotation.span.start as usize).unwrap_or("").trim_end_matches(' ');
    let fresh = before.is_empty() || before.ends_with(['.', '!', '?', '\n', '”', '"', '’', ':', '…']);
    let stops = inside.ends_with(['.', '!', '?', '…']);
    let words = inside.split_whitespace().take(SPEECH_WORDS).count();
    fresh && inside.starts_with(|first: char| !first.is_lowercase()) && (stops || words >= SPEECH_WORDS)
}

fn continued(scene: &Scene<'_>, quotation: &Quotation, previous: &Draft) -> Option<Draft> {
    let sentence = scene.parsed.sentence_at(quotation.inside.start)?;
    let mut draft = previous.clone();
    let statement = &previous.statement;
    draft.statement = Statement {
        cue: None,
        content: vec![quotation.inside],
        kind: StatementKind::Direct,
        stance: "says".to_owned(),
        sentence,
        speaker_text: statement.speaker_text.clone(),
        ..statement.clone()
    };
    Some(draft)
}

/// "“X” — Wang Yi": the dash is the cue, and the name after it the speaker.
pub(super) fn dash_style(line: &Line<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for dash in 0..line.len() {
        if !matches!(line.view.word(dash), "—" | "―" | "–" | "--") || line.quotation(dash).is_some() {
            continue;
        }
        let Some(number) = line.quotation_before(line.view.span(dash).start) else { continue };
        let end = (dash + 1..line.len()).find(|&word| {
            line.is_punct(word) && line.view.word(word) != "." || line.quotation(word).is_some()
        });
        let end = end.unwrap_or(line.len());
        let name = line.trimmed(dash + 1..end);
        let named = !name.is_empty()
            && name.len() <= 6
            && name.clone().all(|word| line.view.word(word).starts_with(char::is_uppercase));
        if named {
            drafts.extend(draft(
                line,
                dash..dash + 1,
                name.end - 1,
                name,
                vec![line.quotations[number].inside],
            ));
        }
    }
    drafts
}

/// "Wang: We will not yield" at the head of a paragraph, and "We will not yield: Wang" in a headline.
pub(super) fn colon_style(line: &Line<'_>, scene: &Scene<'_>) -> Option<Draft> {
    const LONGEST: usize = 8;
    // a transcript may be quoted as a whole: “LOPEZ: We will not yield.
    let first = usize::from(line.is_punct(0));
    let colon = (1..line.len().min(LONGEST + 1)).find(|&word| line.view.word(word) == ":")?;
    let block = scene.parsed.document.blocks.get(line.view.sentence.block as usize)?;
    let lead = Span { start: block.span.start, end: line.view.sentence.span.start }.of(line.view.text);
    if lead.contains(char::is_alphanumeric) || colon + 1 >= line.len() || first >= colon {
        return None;
    }
    let tree = line.view.tree;
    let named = (first..colon).rev().find(|&word| !scene.actors.at(line.view.index, word).is_empty());
    let shouted = (first..colon).all(|word| {
        let text = line.view.word(word);
        line.is_punct(word) || text.chars().all(|character| !character.is_lowercase())
    });
    let nominal = (first..colon).all(|word| {
        matches!(
            tree.upos(word),
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Punct | Upos::Adp | Upos::Part
        ) && line.view.word(word) != ","
    });
    let question = matches!(line.lower(first), "question" | "q");
    let quoted = line.quotation(0).is_some();
    let known = named.is_some() || line.speech.is_document(tree.lemma(colon - 1));
    if question || !(shouted || (known && nominal && !quoted)) {
        return None;
    }
    let head = named.unwrap_or(colon - 1);
    let end = if block.kind == BlockKind::Title { line.view.sentence.span.end } else { block.span.end };
    if let Some(number) = line.quotation(colon + 1).filter(|_| !quoted) {
        return draft(line, colon..colon + 1, head, 0..colon, content::run_on(line, number));
    }
    let start = content::piece(line, colon + 1..line.len())?.start;
    draft(line, colon..colon + 1, head, first..colon, vec![Span { start, end: end.max(start) }])
}

/// A statement whose cue is a mark.
fn draft(
    line: &Line<'_>,
    cue: Range<usize>,
    head: usize,
    speaker: Range<usize>,
    content: Vec<Span>,
) -> Option<Draft> {
    let speaker_span = line.span_of(speaker)?;
    Some(Draft {
        statement: Statement {
            speaker: None,
            speaker_text: speaker_span.of(line.view.text).to_owned(),
            speaker_span: Some(speaker_span),
            cue: line.span_of(cue),
            kind: kind(line.view.text, line.quotations, &content),
            content,
            stance: "says".to_owned(),
            addressee: None,
            via: Vec::new(),
            date: None,
            about: Vec::new(),
            sentence: line.view.index,
            continues: None,
        },
        speaker_head: Some(head),
        addressee_head: None,
        via_heads: Vec::new(),
        continues: None,
    })
}
