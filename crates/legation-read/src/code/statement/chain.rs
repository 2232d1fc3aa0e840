//! Through whom it comes: joins whoever passes words on to the words and their speaker.
//!
//! "According to a readout, Putin told Wang that X", "Xinhua said, citing an official, that X", "X, the envoy said, the
//! agency reported" and "he said through an aide" each make one statement with a chain of sources.

use super::{
    Draft, content,
    cue::{self, Cue, CueKind},
    line::Line,
    resolved, speaker,
};
use crate::{
    code::Scene,
    data::speech::{SpeechRole, SpeechWord},
    parse::{Deprel, Upos},
};

/// Joins the drafts of one sentence, those from `first` on.
pub(super) fn join(
    line: &Line<'_>,
    scene: &Scene<'_>,
    cues: &[Cue<'_>],
    drafts: &mut Vec<Draft>,
    first: usize,
) {
    join_phrases(line, cues, drafts, first);
    join_citing(line, scene, drafts, first);
    join_relays(line, cues, drafts, first);
    add_channels(line, scene, drafts, first);
}

/// Makes "according to a readout, Putin told Wang that X" one statement through the readout, and the official of
/// "Xinhua said, citing an official, that X" the speaker.
fn join_phrases(line: &Line<'_>, cues: &[Cue<'_>], drafts: &mut Vec<Draft>, first: usize) {
    for cue in cues {
        let CueKind::Word(word) = cue.kind else { continue };
        let span = line.span_of(cue.words.clone());
        let Some(at) = (first..drafts.len()).find(|&index| drafts[index].statement.cue == span) else {
            continue;
        };
        let main = (first..drafts.len()).find(|&index| index != at && is_main(line, &drafts[index]));
        let (Some(main), Some(source)) = (main, drafts[at].speaker_head) else { continue };
        match word.role {
            SpeechRole::Source | SpeechRole::Relay
                if covers(&drafts[at], &drafts[main]) && is_telling(line, cues, &drafts[main]) =>
            {
                drafts[main].via_heads.push(source);
            }
            SpeechRole::Origin => {
                let origin = speaker::after(line, cue.words.end);
                make_origin(line, &mut drafts[main], origin);
            }
            _ => continue,
        }
        drafts.remove(at);
    }
}

/// Whether the statement is what its sentence says: its cue is the root, or hangs on it as clauses beside it do.
fn is_main(line: &Line<'_>, draft: &Draft) -> bool {
    let tree = line.view.tree;
    let Some(mut word) = cue_head(line, draft) else { return false };
    while let Some(above) = tree.head(word) {
        if !matches!(tree.deprel(word), Deprel::Parataxis | Deprel::Ccomp | Deprel::Conj) {
            return false;
        }
        word = above;
    }
    true
}

/// Whether the statement is of words rather than of a deed: "told", not "agreed to meet".
fn is_telling(line: &Line<'_>, cues: &[Cue<'_>], draft: &Draft) -> bool {
    let cue = cues.iter().find(|cue| draft.statement.cue == line.span_of(cue.words.clone()));
    let verb = cue.and_then(|cue| content::verb_of(cue));
    verb.is_some_and(|verb| verb.takes.quote || verb.takes.addressee)
}

fn cue_head(line: &Line<'_>, draft: &Draft) -> Option<usize> {
    line.view.word_at(draft.statement.cue?.start)
}

/// Whether the cue of one statement stands in what the other says.
fn covers(outer: &Draft, inner: &Draft) -> bool {
    let cue = inner.statement.cue;
    outer.statement.content.iter().any(|piece| cue.is_some_and(|cue| piece.contains(cue)))
}

/// The speaker becomes whoever passes on what the origin said.
fn make_origin(line: &Line<'_>, main: &mut Draft, origin: Option<speaker::Speaker>) {
    let Some(origin) = origin else { return };
    main.via_heads.extend(main.speaker_head);
    main.speaker_head = Some(origin.head);
    main.statement.speaker_span = line.span_of(origin.words);
    main.statement.speaker_text =
        main.statement.speaker_span.map_or_else(String::new, |span| span.of(line.view.text).to_owned());
}

/// "Reuters reported that X, citing an official": whoever is cited speaks, if it is somebody.
fn join_citing(line: &Line<'_>, scene: &Scene<'_>, drafts: &mut Vec<Draft>, first: usize) {
    let tree = line.view.tree;
    for citing in 0..line.len() {
        if !line.is_gerund(citing) || !has_role(scene, line, citing, SpeechRole::Origin) {
            continue;
        }
        let by_cue = |drafts: &[Draft], cue: usize| {
            (first..drafts.len()).find(|&index| cue_head(line, &drafts[index]) == Some(cue))
        };
        let main = tree.ancestors(citing).take(3).find_map(|above| by_cue(drafts, above));
        let origin = speaker::after(line, citing + 1);
        let somebody =
            origin.as_ref().is_some_and(|origin| resolved::who(scene, &line.view, origin.head).is_some());
        let Some(main) = main.filter(|_| somebody && line.quotation(citing).is_none()) else { continue };
        make_origin(line, &mut drafts[main], origin);
        if let Some(own) = by_cue(drafts, citing) {
            drafts.remove(own);
        }
    }
}

fn has_role(scene: &Scene<'_>, line: &Line<'_>, word: usize, role: SpeechRole) -> bool {
    scene.data.speech.words(line.lower(word)).any(|entry| entry.role == role)
}

/// "X, the envoy said, the agency reported": the last of two speakers passes on what the first says.
fn join_relays(line: &Line<'_>, cues: &[Cue<'_>], drafts: &mut Vec<Draft>, first: usize) {
    let mut outer = first;
    while outer < drafts.len() {
        let named = |head: usize| line.view.tree.upos(head) != Upos::Pron;
        let relays = drafts[outer].statement.stance == "says"
            && drafts[outer].speaker_head.is_some_and(named)
            && cue_head(line, &drafts[outer]).is_some_and(|cue| super::postposed::comma(line, cue).is_some());
        let inner = (first..drafts.len()).find(|&inner| {
            let before = |draft: &Draft| draft.statement.cue.map_or(0, |cue| cue.start);
            relays
                && inner != outer
                && before(&drafts[inner]) < before(&drafts[outer])
                && covers(&drafts[outer], &drafts[inner])
                && is_telling(line, cues, &drafts[inner])
                && drafts[inner].speaker_head.is_some()
                && heads_clause(line, &drafts[inner], &drafts[outer])
        });
        let (Some(inner), Some(source)) = (inner, drafts[outer].speaker_head) else {
            outer += 1;
            continue;
        };
        drafts[inner].via_heads.push(source);
        drafts.remove(outer);
    }
}

/// Whether the inner cue is the verb of what the outer says.
fn heads_clause(line: &Line<'_>, inner: &Draft, outer: &Draft) -> bool {
    let tree = line.view.tree;
    let (Some(inner), Some(outer)) = (cue_head(line, inner), cue_head(line, outer)) else { return false };
    let beside = |deprel| matches!(deprel, Deprel::Ccomp | Deprel::Parataxis | Deprel::Conj);
    tree.head(inner) == Some(outer) && beside(tree.deprel(inner))
        || tree.head(outer) == Some(inner) && beside(tree.deprel(outer))
}

/// "said through an aide", "said in remarks carried by KCNA": whoever follows the phrase passes the words on.
fn add_channels(line: &Line<'_>, scene: &Scene<'_>, drafts: &mut [Draft], first: usize) {
    let tree = line.view.tree;
    if first == drafts.len() {
        return;
    }
    for word in 0..line.len() {
        let channel = scene.data.speech.words(line.lower(word)).find(|entry| is_channel(line, word, entry));
        let Some(end) = channel.map(|channel| word + channel.words.len()) else { continue };
        if line.quotation(word).is_some() {
            continue;
        }
        let Some(carrier) = speaker::after(line, end) else { continue };
        let cue = tree.ancestors(word).find(|above| line.cues.contains(above));
        let draft = drafts[first..].iter_mut().find(|draft| cue.is_some() && cue_head(line, draft) == cue);
        let Some(draft) = draft else { continue };
        let span = line.view.span(word);
        let said = draft.statement.content.iter().any(|piece| piece.overlaps(span));
        let spoken = draft.statement.speaker_span.is_some_and(|speaker| speaker.overlaps(span));
        if !said && !spoken && !draft.via_heads.contains(&carrier.head) {
            draft.via_heads.push(carrier.head);
        }
    }
}

fn is_channel(line: &Line<'_>, word: usize, entry: &SpeechWord) -> bool {
    entry.role == SpeechRole::Channel && cue::follows(line, word + 1, &entry.words[1..])
}
