//! Scores in, structures out: the best tree with one root, and the best sequence of names.

use super::tree::{Name, NameKind};
use super::weights::ModelError;

/// The heads (0 the root, `i` word `i - 1`) of the tree of the highest score that has exactly one root.
///
/// `scores(word, head)` is the score of an arc. Quick where the best head of every word gives a tree, else
/// Chu-Liu-Edmonds in at most cubic time: sentences are cut into windows before they come here.
pub(super) fn tree<'a>(count: usize, scores: impl Fn(usize) -> &'a [f32]) -> Vec<u32> {
    let best = best_heads(count, &scores);
    if count == 0 || is_tree(&best) { best } else { Arborescence::new(count, scores).solve() }
}

fn best_heads<'a>(count: usize, scores: impl Fn(usize) -> &'a [f32]) -> Vec<u32> {
    (0..count).map(|word| small(best(&scores(word)[..=count], Some(word + 1)))).collect()
}

/// Index of the highest score, the first on a tie, that is not `but`; 0 if there is none.
pub(super) fn best(scores: &[f32], but: Option<usize>) -> usize {
    let (left, right) = match but {
        Some(but) if but < scores.len() => (&scores[..but], &scores[but + 1..]),
        _ => (scores, &scores[..0]),
    };
    let highest = highest(left).max(highest(right));
    let found = left.iter().position(|&score| score >= highest);
    let after = || Some(left.len() + 1 + right.iter().position(|&score| score >= highest)?);
    found.or_else(after).unwrap_or(0)
}

/// The highest score, compared eight side by side.
fn highest(scores: &[f32]) -> f32 {
    let higher = |first: f32, second: f32| if second > first { second } else { first };
    let (chunks, rest) = scores.as_chunks::<8>();
    let mut lanes = [f32::NEG_INFINITY; 8];
    for chunk in chunks {
        for (lane, &score) in lanes.iter_mut().zip(chunk) {
            *lane = higher(*lane, score);
        }
    }
    lanes.iter().chain(rest).copied().fold(f32::NEG_INFINITY, higher)
}

/// Whether the heads form one tree with one root.
fn is_tree(heads: &[u32]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    // 0 not seen, otherwise the number of the walk that saw the word; a walk that meets itself is in a cycle.
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut word = start;
        while word != 0 && seen[word] == 0 {
            seen[word] = start;
            word = heads[word - 1] as usize;
        }
        if word != 0 && seen[word] == start {
            return false;
        }
    }
    true
}

/// Chu-Liu-Edmonds over a dense graph, with a list of contractions instead of recursion.
struct Arborescence {
    size: usize,
    /// Score of the arc from `head` to `dependent` at `head * size + dependent`.
    score: Vec<f64>,
    /// The words that arc stands for, as (head, dependent), where nodes have been contracted.
    arc: Vec<(u32, u32)>,
    active: Vec<bool>,
    /// The words each node stands for.
    members: Vec<Vec<u32>>,
    contractions: Vec<Contraction>,
}

/// A cycle that became its first node: its nodes' words and the arc that entered each within the cycle.
struct Contraction {
    nodes: Vec<(Vec<u32>, (u32, u32))>,
}

impl Arborescence {
    fn new<'a>(count: usize, scores: impl Fn(usize) -> &'a [f32]) -> Arborescence {
        let size = count + 1;
        let mut graph = Arborescence {
            size,
            score: vec![f64::NEG_INFINITY; size * size],
            arc: (0..size).flat_map(|head| (0..size).map(move |word| (small(head), small(word)))).collect(),
            active: vec![true; size],
            members: (0..size).map(|node| vec![small(node)]).collect(),
            contractions: Vec::new(),
        };
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for word in 1..size {
            for (head, &score) in scores(word - 1)[..size].iter().enumerate() {
                if head != word {
                    let score = f64::from(score);
                    graph.score[head * size + word] = score;
                    (least, most) = (least.min(score), most.max(score));
                }
            }
        }
        // So dear that a second root never pays.
        #[allow(clippy::cast_precision_loss)]
        let price = (most - least + 1.0) * size as f64;
        for word in 1..size {
            graph.score[word] -= price;
        }
        graph
    }

    fn solve(mut self) -> Vec<u32> {
        let mut parents: Vec<usize> = (0..self.size).map(|node| self.parent(node)).collect();
        while let Some(cycle) = self.cycle(&parents) {
            self.contract(&cycle, &parents);
            let first = cycle[0];
            for parent in &mut parents {
                if cycle.contains(parent) {
                    *parent = first;
                }
            }
            parents[first] = self.parent(first);
        }
        self.expand(&parents)
    }

    /// The best head of an active node; that of the root means nothing.
    fn parent(&self, node: usize) -> usize {
        let (mut parent, mut best) = (0, f64::NEG_INFINITY);
        for head in (0..self.size).filter(|&head| head != node && self.active[head]) {
            let score = self.score[head * self.size + node];
            if score > best {
                (best, parent) = (score, head);
            }
        }
        parent
    }

    fn cycle(&self, parents: &[usize]) -> Option<Vec<usize>> {
        let mut seen = vec![0; self.size];
        for start in (1..self.size).filter(|&node| self.active[node]) {
            let mut node = start;
            while node != 0 && seen[node] == 0 {
                seen[node] = start;
                node = parents[node];
            }
            if node != 0 && seen[node] == start {
                let on = std::iter::successors(Some(parents[node]), |&next| Some(parents[next]));
                let mut cycle = vec![node];
                cycle.extend(on.take_while(|&next| next != node));
                return Some(cycle);
            }
        }
        None
    }

    /// Makes the nodes of a cycle one: its first.
    fn contract(&mut self, cycle: &[usize], parents: &[usize]) {
        let size = self.size;
        let within = |graph: &Arborescence, node: usize| graph.score[parents[node] * size + node];
        let total: f64 = cycle.iter().map(|&node| within(self, node)).sum();
        let first = cycle[0];
        let nodes = cycle
            .iter()
            .map(|&node| (self.members[node].clone(), self.arc[parents[node] * size + node]))
            .collect();
        self.contractions.push(Contraction { nodes });
        let mut inside = vec![false; size];
        cycle.iter().for_each(|&node| inside[node] = true);
        for other in (0..size).filter(|&other| self.active[other] && !inside[other]) {
            let mut out = (f64::NEG_INFINITY, (0, 0));
            let mut into = (f64::NEG_INFINITY, (0, 0));
            for &node in cycle {
                let leaving = self.score[node * size + other];
                if leaving > out.0 {
                    out = (leaving, self.arc[node * size + other]);
                }
                let entering = total + self.score[other * size + node] - within(self, node);
                if entering > into.0 {
                    into = (entering, self.arc[other * size + node]);
                }
            }
            (self.score[first * size + other], self.arc[first * size + other]) = out;
            (self.score[other * size + first], self.arc[other * size + first]) = into;
        }
        for &node in &cycle[1..] {
            self.active[node] = false;
            let words = std::mem::take(&mut self.members[node]);
            self.members[first].extend(words);
        }
    }

    /// The heads of all words: the arcs between what is left, then each cycle opened where an arc enters it.
    fn expand(mut self, parents: &[usize]) -> Vec<u32> {
        let mut heads = vec![u32::MAX; self.size];
        for node in (1..self.size).filter(|&node| self.active[node]) {
            let (head, word) = self.arc[parents[node] * self.size + node];
            heads[word as usize] = head;
        }
        while let Some(contraction) = self.contractions.pop() {
            for (words, (head, word)) in contraction.nodes {
                if words.iter().all(|&word| heads[word as usize] == u32::MAX) {
                    heads[word as usize] = head;
                }
            }
        }
        heads.remove(0);
        heads
    }
}

/// What a name tag says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameTag {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

impl NameTag {
    /// Reads `O`, `B-PER`, `I-PER` and the like.
    pub(super) fn parse(label: &str) -> Option<NameTag> {
        match label.split_once('-') {
            None => (label == "O").then_some(NameTag::Outside),
            Some(("B", kind)) => NameKind::from_label(kind).map(NameTag::Begin),
            Some(("I", kind)) => NameKind::from_label(kind).map(NameTag::Inside),
            Some(_) => None,
        }
    }

    /// Whether this tag may stand after `before`.
    fn follows(self, before: NameTag) -> bool {
        match self {
            NameTag::Inside(kind) => {
                matches!(before, NameTag::Begin(other) | NameTag::Inside(other) if other == kind)
            }
            _ => true,
        }
    }
}

/// Most name tags there may be: one for outside, two for each kind, filled up to a whole register.
const TAGS: usize = 16;

/// Which name tag may stand after which, and how well.
#[derive(Clone, Debug)]
pub(super) struct Transitions {
    tags: Vec<NameTag>,
    /// For each tag before, what is added to the score of each; minus infinity where it must not follow.
    bonus: Vec<[f32; TAGS]>,
}

impl Transitions {
    /// `bonus[before * tags.len() + tag]` is added where a tag stands after another; a sentence begins as after `tags[0]`.
    pub(super) fn new(tags: &[NameTag], bonus: &[f32]) -> Result<Transitions, ModelError> {
        if tags.len() > TAGS {
            return Err(ModelError::Header(format!("more than {TAGS} name tags")));
        }
        let row = |(&before, given): (&NameTag, &[f32])| {
            let mut row = [f32::NEG_INFINITY; TAGS];
            for ((place, &tag), &bonus) in row.iter_mut().zip(tags).zip(given) {
                if tag.follows(before) {
                    *place = bonus;
                }
            }
            row
        };
        let bonus = tags.iter().zip(bonus.chunks_exact(tags.len())).map(row).collect();
        Ok(Transitions { tags: tags.to_vec(), bonus })
    }
}

/// The names of the best sequence of tags in which every name begins before it goes on.
pub(super) fn names<'a>(
    count: usize,
    transitions: &Transitions,
    scores: impl Fn(usize) -> &'a [f32],
) -> Vec<Name> {
    let best = best_tags(count, transitions, scores);
    let mut names: Vec<Name> = Vec::new();
    for (word, &tag) in best.iter().enumerate() {
        match (tag, names.last_mut()) {
            (NameTag::Begin(kind), _) => names.push(Name { words: word..word + 1, kind }),
            (NameTag::Inside(_), Some(name)) => name.words.end = word + 1,
            _ => {}
        }
    }
    names
}

/// Viterbi over the allowed sequences; on a tie the tag listed first.
fn best_tags<'a>(
    count: usize,
    transitions: &Transitions,
    scores: impl Fn(usize) -> &'a [f32],
) -> Vec<NameTag> {
    let Transitions { tags, bonus } = transitions;
    let mut totals = [f32::NEG_INFINITY; TAGS];
    totals[0] = 0.0;
    let mut back = vec![[0_u32; TAGS]; count];
    for (word, back) in back.iter_mut().enumerate() {
        let mut best = [f32::NEG_INFINITY; TAGS];
        for (before, (bonus, &total)) in bonus.iter().zip(&totals).enumerate() {
            let before = small(before);
            for ((best, back), bonus) in best.iter_mut().zip(back.iter_mut()).zip(bonus) {
                let total = total + bonus;
                *back = if total > *best { before } else { *back };
                *best = if total > *best { total } else { *best };
            }
        }
        totals = best;
        for (total, score) in totals.iter_mut().zip(scores(word)) {
            *total += score;
        }
    }
    let mut index =
        (0..tags.len()).fold(0, |best, index| if totals[index] > totals[best] { index } else { best });
    let mut best = Vec::with_capacity(count);
    for back in back.iter().rev() {
        best.push(tags[index]);
        index = back[index] as usize;
    }
    best.reverse();
    best
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores from a fixed mixing function.
    fn random_scores(count: usize, seed: u32) -> Vec<Vec<f32>> {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            f32::from(u16::try_from(state >> 16).unwrap()) / 6553.6
        };
        (0..count).map(|_| (0..=count).map(|_| next()).collect()).collect()
    }

    fn total(heads: &[u32], scores: &[Vec<f32>]) -> f32 {
        heads.iter().zip(scores).map(|(&head, row)| row[head as usize]).sum()
    }

    /// The best tree by trying all assignments of heads.
    fn exhaustive(count: usize, scores: &[Vec<f32>]) -> f32 {
        let mut heads = vec![0_u32; count];
        let mut best = f32::NEG_INFINITY;
        loop {
            if is_tree(&heads) {
                best = best.max(total(&heads, scores));
            }
            let Some(index) = heads.iter().position(|&head| (head as usize) < count) else { return best };
            heads[index] += 1;
            heads[..index].fill(0);
        }
    }

    #[test]
    fn trees_are_the_best_of_all_with_one_root() {
        for seed in 1..200 {
            let count = 1 + (seed as usize) % 5;
            let scores = random_scores(count, seed);
            let heads = tree(count, |word| scores[word].as_slice());
            assert!(is_tree(&heads), "{heads:?}");
            let (got, best) = (total(&heads, &scores), exhaustive(count, &scores));
            assert!((got - best).abs() < 1e-4, "seed {seed}: {got} but {best} can be had");
        }
    }

    #[test]
    fn large_graphs_give_trees_too() {
        for seed in 1..10 {
            let scores = random_scores(150, seed);
            assert!(is_tree(&tree(150, |word| scores[word].as_slice())));
        }
        let equal = vec![vec![0.0; 101]; 100];
        assert!(is_tree(&tree(100, |word| equal[word].as_slice())));
    }

    #[test]
    fn cycles_and_second_roots_are_seen() {
        assert!(is_tree(&[2, 0, 2]));
        assert!(!is_tree(&[2, 1, 0]));
        assert!(!is_tree(&[0, 0]));
        assert!(!is_tree(&[1]));
    }

    #[test]
    fn a_name_begins_before_it_goes_on() {
        let tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"].map(|label| NameTag::parse(label).unwrap());
        let rows: [[f32; 5]; 4] = [
            [0.0, 1.0, 3.0, 0.0, 0.0],
            [0.0, 0.0, 2.0, 0.0, 1.0],
            [3.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 2.0, 2.5],
        ];
        let transitions = Transitions::new(&tags, &[0.0; 25]).unwrap();
        let found = names(4, &transitions, |word| rows[word].as_slice());
        let expected = [Name { words: 0..2, kind: NameKind::Per }, Name { words: 3..4, kind: NameKind::Org }];
        assert_eq!(found, expected);
        assert_eq!(NameTag::parse("B-MISC"), None);
    }

    #[test]
    fn a_bonus_joins_what_the_words_alone_would_part() {
        let tags = ["O", "B-PER", "I-PER"].map(|label| NameTag::parse(label).unwrap());
        let rows: [[f32; 3]; 2] = [[0.0, 1.0, 0.0], [0.0, 1.2, 1.0]];
        let mut bonus = [0.0; 9];
        let found = |bonus: &[f32]| {
            names(2, &Transitions::new(&tags, bonus).unwrap(), |word| rows[word].as_slice()).len()
        };
        assert_eq!(found(&bonus), 2);
        bonus[5] = 0.5; // I-PER after B-PER
        assert_eq!(found(&bonus), 1);
    }

    #[test]
    fn the_best_label_may_be_forbidden() {
        assert_eq!(best(&[1.0, 3.0, 3.0], None), 1);
        assert_eq!(best(&[1.0, 3.0, 3.0], Some(1)), 2);
        assert_eq!(best(&[], None), 0);
    }
}
