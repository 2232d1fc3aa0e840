//! What nouns and adjectives of speech govern: "the claim that ...", "critical of ...", "ready to ...".

use std::ops::Range;

use super::{
    content::{self, Found},
    cue::{self, Cue},
    extent,
    line::Line,
};
use crate::parse::Deprel;

/// What a noun or an adjective of speech governs: the clause, the infinitive or the noun phrase right after it.
pub(super) fn content(line: &Line<'_>, cue: &Cue<'_>) -> Found {
    let tree = line.view.tree;
    let next = cue.words.end;
    if let Some(start) = cue::predicate(line, cue.head) {
        let end = tree.head(cue.head).map_or(line.len(), |clause| tree.extent(clause).end);
        return found(line, cue, start..end);
    }
    let range = match line.lower_at(next) {
        "that" if is_relative(line, next) => return Found::default(),
        "that" => {
            let clause = child_after(line, cue, next, is_clause);
            next + 1..clause.map_or_else(|| line.len(), |clause| tree.extent(clause).end)
        }
        "to" if child_after(line, cue, next, is_infinitive).is_some() => {
            let verb = child_after(line, cue, next, is_infinitive);
            next..verb.map_or_else(|| line.len(), |verb| tree.extent(verb).end)
        }
        _ => {
            let bare = child_after(line, cue, next.saturating_sub(1), |deprel| deprel == Deprel::Ccomp);
            let marked = tree.head(next).filter(|&head| head > next && tree.deprel(next) != Deprel::Advmod);
            match (bare, marked) {
                (_, Some(head)) if matches!(tree.deprel(next), Deprel::Case | Deprel::Mark) => {
                    next + 1..tree.extent(head).end
                }
                (Some(clause), _) => tree.extent(clause).start.max(next)..tree.extent(clause).end,
                _ => return Found::default(),
            }
        }
    };
    found(line, cue, range)
}

fn found(line: &Line<'_>, cue: &Cue<'_>, range: Range<usize>) -> Found {
    let end = extent::cut(line, cue, range.start, range.end);
    Found { pieces: content::piece(line, range.start..end).into_iter().collect(), addressee: None }
}

/// "the claim that was made": the "that" stands for the noun.
fn is_relative(line: &Line<'_>, that: usize) -> bool {
    matches!(line.view.tree.deprel(that), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj)
}

fn is_clause(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl | Deprel::Advcl)
}

fn is_infinitive(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Acl | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp)
}

fn child_after(
    line: &Line<'_>,
    cue: &Cue<'_>,
    word: usize,
    wanted: impl Fn(Deprel) -> bool,
) -> Option<usize> {
    let tree = line.view.tree;
    tree.children(cue.head).find(|&child| child > word && wanted(tree.deprel(child)))
}
