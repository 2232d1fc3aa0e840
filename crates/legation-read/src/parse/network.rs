//! The network: embeddings of words, dilated convolutions over the sentence, and the scores of each task.
//!
//! Several sentences are computed together; no row depends on which.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::features::{Extractor, GROUPS, VECTOR};
use super::kernel::{Linear, Norm, Pairs, Rows, TILE, add_rows};
use super::naming::Naming;
use super::simd::{LANES, Processor};
use super::weights::{ModelError, Weights};

/// Arc biases are learned for distances of -32 to 32; farther ones share the last.
const DISTANCES: usize = 32;
/// Word vectors kept at once in [`Scratch`]; beyond it the cache starts anew.
const CACHED_WORDS: usize = 1 << 14;
/// Widest layer there may be, so that no sum of products overflows.
pub(super) const WIDEST: usize = 1 << 14;

/// The embedding rows of one group of features.
#[derive(Clone, Debug)]
pub(super) struct Table {
    width: usize,
    rows: FxHashMap<u32, u32>,
    values: Vec<i8>,
    scales: Vec<f32>,
}

/// One convolution over a word and the words `dilation` before and after it.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    norm: Norm,
    linear: Linear,
    dilation: usize,
}

/// Columns of the layer that all tasks share.
#[derive(Clone, Debug)]
struct Heads {
    linear: Linear,
    tag: Range<usize>,
    /// Of the tags of names, or of what the layers for names read.
    name: Range<usize>,
    arc_dependent: Range<usize>,
    arc_head: Range<usize>,
    label_dependent: Range<usize>,
    label_head: Range<usize>,
}

/// All layers, ready to be applied.
#[derive(Clone, Debug)]
pub(super) struct Network {
    processor: Processor,
    width: usize,
    tables: Vec<Table>,
    join_norm: Norm,
    join: Linear,
    layers: Vec<Layer>,
    norm: Norm,
    heads: Heads,
    naming: Option<Naming>,
    arc_product: Linear,
    arc_root: Vec<f32>,
    arc_distance: Vec<f32>,
    label_root: Vec<f32>,
    label: Linear,
    labels: usize,
}

/// Buffers of some sentences, used again for the next; and word vectors seen before.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    extractor: Extractor,
    /// Rows of each table that a word's features name.
    found: [Vec<u32>; GROUPS.len()],
    embedding: Vec<f32>,
    cache: FxHashMap<Box<str>, u32>,
    /// The vector of each word in the cache, and beside it that of the layers for names.
    cached: Vec<f32>,
    /// The number of each word in the cache.
    pub(super) words: Vec<u32>,
    /// Grows when the cache starts anew, and with it the numbers.
    pub(super) generation: u64,
    state: Vec<f32>,
    inputs: Inputs,
    heads: Vec<f32>,
    names: Vec<f32>,
    product: Vec<f32>,
    hidden: Vec<f32>,
    labels: Vec<f32>,
    /// Scores of the heads of each word of a sentence: column 0 is the root, column `i` word `i - 1`.
    pub(super) arcs: Pairs,
}

/// What a layer reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs {
    pub(super) rows: Rows,
    /// The row of each word, of the word before and of the word after it.
    pub(super) identity: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Network {
    pub(super) fn load(weights: &Weights<'_>) -> Result<Network, ModelError> {
        let header = &weights.header;
        let (width, arc_width, label_width) = (header.width, header.arc_width, header.label_width);
        let joined = header.row_width.saturating_mul(GROUPS.len());
        check_widths(&[width, arc_width, label_width, joined])?;
        let table = |group: &&str| Table::load(weights, group, header.row_width);
        Ok(Network {
            processor: Processor::detect(),
            width,
            tables: GROUPS.iter().map(table).collect::<Result<_, _>>()?,
            join_norm: norm(weights, "join_norm", joined)?,
            join: Matrix::read(weights, "join", joined, width)?.linear(1),
            layers: Layer::load_all(weights, "", width, &header.dilations)?,
            norm: norm(weights, "norm", width)?,
            heads: Heads::load(weights)?,
            naming: header.naming.as_ref().map(|naming| Naming::load(weights, naming, joined)).transpose()?,
            arc_product: Matrix::read(weights, "arc_product", arc_width, arc_width + 1)?.linear(1),
            arc_root: weights.floats("arc_root", &[arc_width])?,
            arc_distance: weights.floats("arc_distance", &[2 * DISTANCES + 1])?,
            label_root: weights.floats("label_root", &[label_width])?,
            label: Matrix::read(weights, "label", label_width, header.deprels.len())?.linear(1),
            labels: header.deprels.len(),
        })
    }

    /// The row of the vector table that has this hash.
    pub(super) fn vector_row(&self, hash: u32) -> Option<u32> {
        self.tables.get(VECTOR)?.row(hash)
    }

    /// A row of the vector table, and what its numbers are to be multiplied with.
    pub(super) fn vector(&self, row: u32) -> Option<(&[i8], f32)> {
        let table = self.tables.get(VECTOR)?;
        let row = row as usize;
        let values = table.values.get(row * table.width..(row + 1) * table.width)?;
        Some((values, *table.scales.get(row)?))
    }

    /// Fills the scores of tags of some words; `sentences` are ranges of them that follow one another.
    pub(super) fn score(&self, words: &[&str], sentences: &[Range<usize>], scratch: &mut Scratch) {
        self.embed(words, scratch);
        let Scratch { state, inputs, heads, .. } = scratch;
        inputs.identity.clear();
        inputs.identity.extend(0..index(words.len()));
        for layer in &self.layers {
            layer.apply(self.processor, sentences, inputs, state);
        }
        self.norm.apply(self.processor, state, &mut inputs.rows);
        self.heads.linear.apply(self.processor, &inputs.rows, &[&inputs.identity], heads);
        self.multiply_arcs(scratch);
    }

    /// Scores of the joint tags of a word.
    pub(super) fn tags<'a>(&self, scratch: &'a Scratch, word: usize) -> &'a [f32] {
        self.heads.row(&scratch.heads, word, &self.heads.tag)
    }

    /// Scores of the name tags of a word.
    pub(super) fn names<'a>(&self, scratch: &'a Scratch, word: usize) -> &'a [f32] {
        match &self.naming {
            Some(naming) => naming.row(&scratch.names, word),
            None => self.heads.row(&scratch.heads, word, &self.heads.name),
        }
    }

    /// Fills the scores of names, after [`Network::score`] of the same words.
    pub(super) fn score_names(&self, sentences: &[Range<usize>], scratch: &mut Scratch) {
        let Some(naming) = &self.naming else { return };
        let Scratch { state, inputs, heads, cached, words, names, .. } = scratch;
        state.clear();
        for (word, &row) in words.iter().enumerate() {
            let own = &cached[row as usize * self.cached_width() + self.width..][..naming.width()];
            let read = self.heads.row(heads, word, &self.heads.name);
            state.extend(own.iter().zip(read).map(|(own, read)| own + read));
        }
        naming.score(self.processor, sentences, inputs, state, names);
    }

    /// Numbers of a word in the cache.
    fn cached_width(&self) -> usize {
        self.width + self.naming.as_ref().map_or(0, Naming::width)
    }

    /// Scores of the relation of a word to its head, after [`Network::score_labels`].
    pub(super) fn labels<'a>(&self, scratch: &'a Scratch, word: usize) -> &'a [f32] {
        &scratch.labels[word * self.label.columns()..][..self.labels]
    }

    /// Fills `state` with the word vectors and `words` with their numbers.
    fn embed(&self, words: &[&str], scratch: &mut Scratch) {
        scratch.state.clear();
        scratch.words.clear();
        if scratch.cache.len() + words.len() > CACHED_WORDS {
            scratch.generation += 1;
            scratch.cache.clear();
            scratch.cached.clear();
        }
        for &word in words {
            let row = match scratch.cache.get(word) {
                Some(&row) => row,
                None => self.embed_word(word, scratch),
            };
            scratch.words.push(row);
            let vector = &scratch.cached[row as usize * self.cached_width()..][..self.width];
            scratch.state.extend_from_slice(vector);
        }
    }

    /// Adds a word's vector to the cache and returns its row there.
    fn embed_word(&self, word: &str, scratch: &mut Scratch) -> u32 {
        let row = index(scratch.cached.len() / self.cached_width());
        let Scratch { extractor, found, embedding, cache, cached, inputs, hidden, .. } = scratch;
        found.iter_mut().for_each(Vec::clear);
        let mut form = 0;
        extractor.extract(word, |group, hash| {
            found[group].extend(self.tables[group].rows.get(&hash));
            form = if group == VECTOR { hash } else { form };
        });
        embedding.clear();
        for (table, found) in self.tables.iter().zip(found) {
            table.add(self.processor, found, embedding);
        }
        self.join_norm.apply(self.processor, embedding, &mut inputs.rows);
        self.join.apply(self.processor, &inputs.rows, &[&[0]], hidden);
        cached.extend_from_slice(&hidden[..self.width]);
        if let Some(naming) = &self.naming {
            naming.embed(self.processor, form, embedding, &mut inputs.rows, hidden);
            cached.extend_from_slice(&hidden[..naming.width()]);
        }
        cache.insert(word.into(), row);
        row
    }

    /// Fills `product` with what the heads' vectors are to be multiplied with.
    fn multiply_arcs(&self, scratch: &mut Scratch) {
        let Scratch { heads, inputs: Inputs { rows, identity, .. }, product, .. } = scratch;
        let Range { start, end } = self.heads.arc_dependent;
        let columns = self.heads.linear.columns();
        rows.rectified(self.processor, heads.get(start..).unwrap_or_default(), columns, end - start);
        self.arc_product.apply(self.processor, rows, &[identity], product);
        for row in heads.chunks_exact_mut(columns) {
            row[self.heads.arc_head.clone()].iter_mut().for_each(|value| *value = value.max(0.0));
        }
    }

    /// Fills the scores of the arcs of a sentence, after [`Network::score`].
    pub(super) fn score_arcs(&self, sentence: &Range<usize>, scratch: &mut Scratch) {
        let Scratch { heads, product, arcs, .. } = scratch;
        let width = self.arc_root.len();
        let columns = self.arc_product.columns();
        let product = &product[sentence.start * columns..sentence.end * columns];
        let dependents = product.chunks_exact(columns).map(|row| &row[..width]);
        let above = sentence.clone().map(|word| self.heads.row(heads, word, &self.heads.arc_head));
        let rows: Vec<&[f32]> = std::iter::once(self.arc_root.as_slice()).chain(above).collect();
        arcs.fill(self.processor, width, dependents, rows.into_iter());
        let count = sentence.len();
        for (word, product) in product.chunks_exact(columns).enumerate() {
            let row = arcs.row_mut(word);
            // The product's last column is the bias of the root.
            row[0] += product[width];
            for (head, score) in row[1..=count].iter_mut().enumerate() {
                let distance = (head + DISTANCES).saturating_sub(word).min(2 * DISTANCES);
                *score += self.arc_distance[distance];
            }
        }
    }

    /// Fills the scores of the relations of all words to `above`, the word that is the head of each (none: the root),
    /// after [`Network::score`].
    pub(super) fn score_labels(&self, above: &[Option<usize>], scratch: &mut Scratch) {
        let Scratch { heads, inputs: Inputs { rows, identity, .. }, hidden, labels, .. } = scratch;
        let width = self.label_root.len();
        hidden.clear();
        for (word, above) in above.iter().enumerate() {
            let dependent = self.heads.row(heads, word, &self.heads.label_dependent);
            let head = match above {
                Some(above) => self.heads.row(heads, *above, &self.heads.label_head),
                None => &self.label_root,
            };
            hidden.extend(dependent.iter().zip(head).map(|(dependent, head)| dependent + head));
        }
        rows.rectified(self.processor, hidden, width, width);
        self.label.apply(self.processor, rows, &[identity], labels);
    }
}

impl Heads {
    /// Puts the layers that read the last states side by side; each begins at whole lanes.
    fn load(weights: &Weights<'_>) -> Result<Heads, ModelError> {
        let header = &weights.header;
        let mut joined = Matrix { inputs: header.width, weights: Vec::new(), bias: Vec::new() };
        let (name, names) = match &header.naming {
            Some(naming) => ("naming.read", naming.width),
            None => ("name", header.names.len()),
        };
        let mut add = |name: &str, outputs: usize| -> Result<Range<usize>, ModelError> {
            let matrix = Matrix::read(weights, name, header.width, outputs)?;
            let start = joined.bias.len().next_multiple_of(LANES);
            joined.bias.resize(start, 0.0);
            joined.weights.resize(start * header.width, 0.0);
            joined.bias.extend(matrix.bias);
            joined.weights.extend(matrix.weights);
            Ok(start..start + outputs)
        };
        Ok(Heads {
            tag: add("tag", header.tags.len())?,
            name: add(name, names)?,
            arc_dependent: add("arc_dependent", header.arc_width)?,
            arc_head: add("arc_head", header.arc_width)?,
            label_dependent: add("label_dependent", header.label_width)?,
            label_head: add("label_head", header.label_width)?,
            linear: joined.linear(1),
        })
    }

    #[inline]
    fn row<'a>(&self, values: &'a [f32], word: usize, columns: &Range<usize>) -> &'a [f32] {
        let start = word * self.linear.columns();
        &values[start + columns.start..start + columns.end]
    }
}

/// For each word the words `dilation` before and after it in its sentence, `none` where there are none.
fn neighbours(
    sentences: &[Range<usize>],
    dilation: usize,
    none: usize,
    before: &mut Vec<u32>,
    after: &mut Vec<u32>,
) {
    before.clear();
    after.clear();
    for sentence in sentences {
        for word in sentence.clone() {
            let first = word.checked_sub(dilation).filter(|&first| first >= sentence.start);
            let last = word.checked_add(dilation).filter(|&last| last < sentence.end);
            before.push(index(first.unwrap_or(none)));
            after.push(index(last.unwrap_or(none)));
        }
    }
}

/// Some hundred words are computed together.
fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Refuses layers so wide that they have no outputs or that a sum could overflow.
pub(super) fn check_widths(widths: &[usize]) -> Result<(), ModelError> {
    if widths.iter().all(|width| (1..=WIDEST).contains(width)) {
        Ok(())
    } else {
        Err(ModelError::Header(format!("widths must be from 1 to {WIDEST}")))
    }
}

impl Table {
    pub(super) fn load(weights: &Weights<'_>, group: &str, width: usize) -> Result<Table, ModelError> {
        let keys = format!("{group}.keys");
        let count = weights.rows(&keys)?;
        Ok(Table {
            width,
            rows: weights.words(&keys, &[count])?.into_iter().zip(0..).collect(),
            values: weights.signed(&format!("{group}.rows"), &[count, width])?,
            scales: weights.floats(&format!("{group}.scale"), &[count])?,
        })
    }

    /// The row that has this hash.
    pub(super) fn row(&self, hash: u32) -> Option<u32> {
        self.rows.get(&hash).copied()
    }

    /// Appends to `embedding` the sum of some rows divided by the root of their number.
    pub(super) fn add(&self, processor: Processor, found: &[u32], embedding: &mut Vec<f32>) {
        let start = embedding.len();
        embedding.resize(start + self.width, 0.0);
        let rows = found.iter().map(|&row| {
            let row = row as usize;
            (&self.values[row * self.width..(row + 1) * self.width], self.scales[row])
        });
        add_rows(processor, rows, &mut embedding[start..]);
        #[allow(clippy::cast_precision_loss)] // at most a hundred
        let root = (found.len().max(1) as f32).sqrt();
        embedding[start..].iter_mut().for_each(|sum| *sum /= root);
    }
}

impl Layer {
    /// The layers whose tensors begin with `prefix`; their outputs stand where their inputs do, so that they fill whole tiles.
    pub(super) fn load_all(
        weights: &Weights<'_>,
        prefix: &str,
        width: usize,
        dilations: &[usize],
    ) -> Result<Vec<Layer>, ModelError> {
        let load = |(index, &dilation): (usize, &usize)| -> Result<Layer, ModelError> {
            Ok(Layer {
                norm: norm(weights, &format!("{prefix}norms.{index}"), width)?,
                linear: Matrix::read(weights, &format!("{prefix}layers.{index}"), 3 * width, width)?
                    .linear(3),
                dilation,
            })
        };
        if !width.is_multiple_of(TILE) {
            return Err(ModelError::Header(format!("the width of layers must be a multiple of {TILE}")));
        }
        dilations.iter().enumerate().map(load).collect()
    }

    /// Adds to the states of the words of some sentences what the layer makes of them.
    pub(super) fn apply(
        &self,
        processor: Processor,
        sentences: &[Range<usize>],
        inputs: &mut Inputs,
        state: &mut [f32],
    ) {
        let Inputs { rows, identity, before, after } = inputs;
        self.norm.apply(processor, state, rows);
        neighbours(sentences, self.dilation, rows.len(), before, after);
        self.linear.add_rectified(processor, rows, &[before, identity, after], state);
    }
}

pub(super) fn norm(weights: &Weights<'_>, name: &str, width: usize) -> Result<Norm, ModelError> {
    Ok(Norm {
        scale: weights.floats(&format!("{name}.weight"), &[width])?,
        shift: weights.floats(&format!("{name}.bias"), &[width])?,
    })
}

/// A layer as it is stored: row-major weights, a bias an output.
pub(super) struct Matrix {
    inputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    pub(super) fn read(
        weights: &Weights<'_>,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Matrix, ModelError> {
        // The one layer without a bias.
        let bias = match name {
            "label_head" => vec![0.0; outputs],
            _ => weights.floats(&format!("{name}.bias"), &[outputs])?,
        };
        Ok(Matrix { inputs, weights: weights.floats(&format!("{name}.weight"), &[outputs, inputs])?, bias })
    }

    /// The layer over `taps` rows side by side, ready to be applied.
    pub(super) fn linear(&self, taps: usize) -> Linear {
        Linear::new(&self.weights, taps, self.inputs / taps, &self.bias)
    }
}
