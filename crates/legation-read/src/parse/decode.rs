//! Scores in, structures out: the best tree with one root, and the best sequence of names.

use std::ops::Range;

use super::tree::{Name, NameKind};

/// The heads (0 the root, `i` word `i - 1`) of the tree of the highest score that has exactly one root.
///
/// `scores(word, head)` is the score of an arc. Quick where the best head of every word gives a tree, else
/// Chu-Liu-Edmonds in at most cubic time: sentences are cut into windows before they come here.
pub(super) fn tree<'a>(count: usize, scores: impl Fn(usize) -> &'a [f32]) -> Vec<u32> {
    let best = best_heads(count, &scores);
    if is_tree(&best) { best } else { Arborescence::new(count, scores).solve() }
}

fn best_heads<'a>(count: usize, scores: impl Fn(usize) -> &'a [f32]) -> Vec<u32> {
    (0..count)
        .map(|word| {
            let row = &scores(word)[..=count];
            let mut best = 0;
            for (head, &score) in row.iter().enumerate() {
                if head != word + 1 && score > row[best] {
                    best = head;
                }
            }
            small(best)
        })
        .collect()
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
        loop {
            let parents = self.parents();
            match self.cycle(&parents) {
                Some(cycle) => self.contract(&cycle, &parents),
                None => return self.expand(&parents),
            }
        }
    }

    /// The best head of every active node but the root, whose own entry means nothing.
    fn parents(&self) -> Vec<usize> {
        let mut parents = vec![0; self.size];
        for node in (1..self.size).filter(|&node| self.active[node]) {
            let mut best = f64::NEG_INFINITY;
            for head in (0..self.size).filter(|&head| head != node && self.active[head]) {
                let score = self.score[head * self.size + node];
                if score > best {
                    (best, parents[node]) = (score, head);
                }
            }
        }
        parents
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

/// The names of the best sequence of tags in which every name begins before it goes on.
///
/// `bonus[before * tags.len() + tag]` is added where a tag stands after another; a sentence begins as after `tags[0]`.
pub(super) fn names<'a>(
    count: usize,
    tags: &[NameTag],
    bonus: &[f32],
    scores: impl Fn(usize) -> &'a [f32],
) -> Vec<Name> {
    let best = best_tags(count, tags, bonus, scores);
    let mut names: Vec<Name> = Vec::new();
    for (word, &tag) in best.iter().enumerate() {
        match (tag, names.last_mut()) {
            (NameTag::Begin(kind), _) => names.push(Name { words: one(word), kind }),
            (NameTag::Inside(_), Some(name)) => name.words.end = word + 1,
            _ => {}
        }
    }
    names
}

fn one(word: usize) -> Range<usize> {
    word..word + 1
}

/// Viterbi over the allowed sequences; on a tie the tag listed first.
fn best_tags<'a>(
    count: usize,
    tags: &[NameTag],
    bonus: &[f32],
    scores: impl Fn(usize) -> &'a [f32],
) -> Vec<NameTag> {
    let width = tags.len();
    let mut totals = vec![f32::NEG_INFINITY; width];
    totals[0] = 0.0;
    let mut next = totals.clone();
    let mut back = vec![0; count * width];
    for (word, back) in back.chunks_exact_mut(width).enumerate() {
        let row = scores(word);
        for (index, &tag) in tags.iter().enumerate() {
            let mut best = f32::NEG_INFINITY;
            for (before, &total) in totals.iter().enumerate() {
                let total = total + bonus[before * width + index];
                if total > best && tag.follows(tags[before]) {
                    (best, back[index]) = (total, before);
                }
            }
            next[index] = best + row[index];
        }
        std::mem::swap(&mut totals, &mut next);
    }
    let mut index = (0..width).fold(0, |best, index| if totals[index] > totals[best] { index } else { best });
    let mut best = Vec::with_capacity(count);
    for back in back.chunks_exact(width).rev() {
        best.push(tags[index]);
        index = back[index];
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
        let found = names(4, &tags, &[0.0; 25], |word| rows[word].as_slice());
        let expected = [Name { words: 0..2, kind: NameKind::Per }, Name { words: 3..4, kind: NameKind::Org }];
        assert_eq!(found, expected);
        assert_eq!(NameTag::parse("B-MISC"), None);
    }

    #[test]
    fn a_bonus_joins_what_the_words_alone_would_part() {
        let tags = ["O", "B-PER", "I-PER"].map(|label| NameTag::parse(label).unwrap());
        let rows: [[f32; 3]; 2] = [[0.0, 1.0, 0.0], [0.0, 1.2, 1.0]];
        let mut bonus = [0.0; 9];
        let found = |bonus: &[f32]| names(2, &tags, bonus, |word| rows[word].as_slice()).len();
        assert_eq!(found(&bonus), 2);
        bonus[5] = 0.5; // I-PER after B-PER
        assert_eq!(found(&bonus), 1);
    }
}
