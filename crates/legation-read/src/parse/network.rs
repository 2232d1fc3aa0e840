//! The network: embeddings of words, dilated convolutions over the sentence, and the scores of each task.

use pulp::Arch;
use rustc_hash::FxHashMap;

use super::features::{Extractor, GROUPS};
use super::kernel::{Linear, Norm, PANEL};
use super::weights::{ModelError, Weights};

/// Arc biases are learned for distances of -32 to 32; farther ones share the last.
const DISTANCES: usize = 32;
/// Word vectors kept at once in [`Scratch`]; beyond it the cache starts anew.
const CACHED_WORDS: usize = 1 << 14;

/// The embedding rows of one group of features.
#[derive(Clone, Debug)]
struct Table {
    rows: FxHashMap<u32, u32>,
    values: Vec<i8>,
    scales: Vec<f32>,
}

/// All layers, ready to be applied.
#[derive(Clone, Debug)]
pub(super) struct Network {
    arch: Arch,
    row_width: usize,
    width: usize,
    arc_width: usize,
    tables: Vec<Table>,
    join_norm: Norm,
    join: Linear,
    norms: Vec<Norm>,
    layers: Vec<Linear>,
    dilations: Vec<usize>,
    norm: Norm,
    tag: Linear,
    name: Linear,
    arc_dependent: Linear,
    arc_head: Linear,
    arc_product: Linear,
    arc_root: Vec<f32>,
    arc_distance: Vec<f32>,
    label_dependent: Linear,
    label_head: Linear,
    label_root: Vec<f32>,
    label: Linear,
}

/// Scores a row a word; rows are filled up to whole panels.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    values: Vec<f32>,
    columns: usize,
}

impl Scores {
    /// The scores of a word.
    pub(super) fn row(&self, word: usize) -> &[f32] {
        &self.values[word * self.columns..(word + 1) * self.columns]
    }

    fn fill(&mut self, arch: Arch, linear: &Linear, input: &[f32]) {
        self.columns = linear.columns();
        linear.apply(arch, input, &mut self.values);
    }
}

/// Buffers of a sentence, used again for the next; and word vectors seen before.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    extractor: Extractor,
    embedding: Vec<f32>,
    cache: FxHashMap<Box<str>, u32>,
    cached: Vec<f32>,
    state: Vec<f32>,
    normal: Vec<f32>,
    window: Vec<f32>,
    value: Vec<f32>,
    dependent: Vec<f32>,
    product: Vec<f32>,
    heads: Vec<f32>,
    head_layer: Linear,
    /// Scores of the joint tags.
    pub(super) tags: Scores,
    /// Scores of the name tags.
    pub(super) names: Scores,
    /// Scores of the heads of each word: column 0 is the root, column `i` word `i - 1`.
    pub(super) arcs: Scores,
    /// Scores of the relation of each word to its head.
    pub(super) labels: Scores,
}

impl Network {
    pub(super) fn load(weights: &Weights<'_>) -> Result<Network, ModelError> {
        let header = &weights.header;
        let (width, arc_width, label_width) = (header.width, header.arc_width, header.label_width);
        if [width, arc_width, label_width].iter().any(|&width| width == 0 || width % PANEL != 0) {
            return Err(ModelError::Header(format!("widths must be multiples of {PANEL}")));
        }
        let row_width = header.row_width;
        let joined = row_width * GROUPS.len();
        let linear = |name: &str, inputs, outputs| linear(weights, name, inputs, outputs);
        let layers = 0..header.dilations.len();
        Ok(Network {
            arch: Arch::new(),
            row_width,
            width,
            arc_width,
            tables: GROUPS.iter().map(|group| table(weights, group, row_width)).collect::<Result<_, _>>()?,
            join_norm: norm(weights, "join_norm", joined)?,
            join: linear("join", joined, width)?,
            norms: layers
                .clone()
                .map(|i| norm(weights, &format!("norms.{i}"), width))
                .collect::<Result<_, _>>()?,
            layers: layers
                .map(|i| linear(&format!("layers.{i}"), 3 * width, width))
                .collect::<Result<_, _>>()?,
            dilations: header.dilations.clone(),
            norm: norm(weights, "norm", width)?,
            tag: linear("tag", width, header.tags.len())?,
            name: linear("name", width, header.names.len())?,
            arc_dependent: linear("arc_dependent", width, arc_width)?,
            arc_head: linear("arc_head", width, arc_width)?,
            arc_product: linear("arc_product", arc_width, arc_width + 1)?,
            arc_root: weights.floats("arc_root", &[arc_width])?,
            arc_distance: weights.floats("arc_distance", &[2 * DISTANCES + 1])?,
            label_dependent: linear("label_dependent", width, label_width)?,
            label_head: linear("label_head", width, label_width)?,
            label_root: weights.floats("label_root", &[label_width])?,
            label: linear("label", label_width, header.deprels.len())?,
        })
    }

    /// Fills the scores of tags, names and arcs of a sentence, which is not empty.
    pub(super) fn score(&self, words: &[&str], scratch: &mut Scratch) {
        self.encode(words, scratch);
        let Scratch { normal, tags, names, .. } = scratch;
        tags.fill(self.arch, &self.tag, normal);
        names.fill(self.arch, &self.name, normal);
        self.score_arcs(scratch);
    }

    /// Fills `normal` with the last layer's normalised states.
    fn encode(&self, words: &[&str], scratch: &mut Scratch) {
        self.embed(words, scratch);
        let Scratch { state, normal, window, value, .. } = scratch;
        normal.clear();
        normal.resize(state.len(), 0.0);
        for ((norm, layer), &dilation) in self.norms.iter().zip(&self.layers).zip(&self.dilations) {
            norm.apply(self.arch, state, normal);
            self.fill_window(normal, dilation, window);
            layer.apply(self.arch, window, value);
            for (state, &value) in state.iter_mut().zip(value.iter()) {
                *state += value.max(0.0);
            }
        }
        self.norm.apply(self.arch, state, normal);
    }

    /// For each word the rows of the word `dilation` before it, of itself, and of the one as far after it.
    fn fill_window(&self, rows: &[f32], dilation: usize, window: &mut Vec<f32>) {
        let width = self.width;
        let count = rows.len() / width;
        window.clear();
        window.resize(3 * rows.len(), 0.0);
        for (word, out) in window.chunks_exact_mut(3 * width).enumerate() {
            let row = |word: usize| &rows[word * width..(word + 1) * width];
            if let Some(before) = word.checked_sub(dilation) {
                out[..width].copy_from_slice(row(before));
            }
            out[width..2 * width].copy_from_slice(row(word));
            if word + dilation < count {
                out[2 * width..].copy_from_slice(row(word + dilation));
            }
        }
    }

    /// Fills `state` with the word vectors.
    fn embed(&self, words: &[&str], scratch: &mut Scratch) {
        scratch.state.clear();
        if scratch.cache.len() >= CACHED_WORDS {
            scratch.cache.clear();
            scratch.cached.clear();
        }
        for &word in words {
            let row = match scratch.cache.get(word) {
                Some(&row) => row as usize,
                None => self.embed_word(word, scratch),
            };
            let vector = &scratch.cached[row * self.width..(row + 1) * self.width];
            scratch.state.extend_from_slice(vector);
        }
    }

    /// Adds a word's vector to the cache and returns its row there.
    fn embed_word(&self, word: &str, scratch: &mut Scratch) -> usize {
        let Scratch { extractor, embedding, cache, cached, normal, value, .. } = scratch;
        let width = self.row_width;
        embedding.clear();
        embedding.resize(width * self.tables.len(), 0.0);
        let mut counts = [0_u16; GROUPS.len()];
        extractor.extract(word, |group, hash| {
            let table = &self.tables[group];
            if let Some(&row) = table.rows.get(&hash) {
                let row = row as usize;
                let values = &table.values[row * width..(row + 1) * width];
                let sums = &mut embedding[group * width..(group + 1) * width];
                for (sum, &value) in sums.iter_mut().zip(values) {
                    *sum += f32::from(value) * table.scales[row];
                }
                counts[group] += 1;
            }
        });
        for (sums, count) in embedding.chunks_exact_mut(width).zip(counts) {
            let root = f32::from(count.max(1)).sqrt();
            sums.iter_mut().for_each(|sum| *sum /= root);
        }
        normal.clear();
        normal.resize(embedding.len(), 0.0);
        self.join_norm.apply(self.arch, embedding, normal);
        self.join.apply(self.arch, normal, value);
        let row = cached.len() / self.width;
        cached.extend_from_slice(value);
        cache.insert(word.into(), u32::try_from(row).unwrap_or(0));
        row
    }

    fn score_arcs(&self, scratch: &mut Scratch) {
        let Scratch { normal, value, dependent, product, heads, head_layer, arcs, .. } = scratch;
        self.arc_dependent.apply(self.arch, normal, dependent);
        rectify(dependent);
        self.arc_product.apply(self.arch, dependent, product);
        self.arc_head.apply(self.arch, normal, value);
        rectify(value);
        heads.clear();
        heads.extend_from_slice(&self.arc_root);
        heads.extend_from_slice(value);
        head_layer.pack(heads, self.arc_width);
        // The product's last column is the bias of the root.
        let columns = self.arc_product.columns();
        dependent.clear();
        for row in product.chunks_exact(columns) {
            dependent.extend_from_slice(&row[..self.arc_width]);
        }
        arcs.fill(self.arch, head_layer, dependent);
        let count = product.len() / columns;
        for (word, row) in arcs.values.chunks_exact_mut(arcs.columns).enumerate() {
            row[0] += product[word * columns + self.arc_width];
            for (head, score) in row[1..=count].iter_mut().enumerate() {
                let distance = (head + DISTANCES).saturating_sub(word).min(2 * DISTANCES);
                *score += self.arc_distance[distance];
            }
        }
    }

    /// Fills the scores of the relations of words to `heads` (0 the root), after [`Network::score`].
    pub(super) fn score_labels(&self, heads: &[u32], scratch: &mut Scratch) {
        let Scratch { normal, value, dependent, labels, .. } = scratch;
        self.label_dependent.apply(self.arch, normal, dependent);
        self.label_head.apply(self.arch, normal, value);
        let width = self.label_dependent.columns();
        for (row, &head) in dependent.chunks_exact_mut(width).zip(heads) {
            let above = match (head as usize).checked_sub(1) {
                Some(head) => &value[head * width..(head + 1) * width],
                None => &self.label_root,
            };
            for (item, &above) in row.iter_mut().zip(above) {
                *item = (*item + above).max(0.0);
            }
        }
        labels.fill(self.arch, &self.label, dependent);
    }
}

fn rectify(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

fn table(weights: &Weights<'_>, group: &str, row_width: usize) -> Result<Table, ModelError> {
    let keys = format!("{group}.keys");
    let count = weights.rows(&keys)?;
    Ok(Table {
        rows: weights.words(&keys, &[count])?.into_iter().zip(0..).collect(),
        values: weights.signed(&format!("{group}.rows"), &[count, row_width])?,
        scales: weights.floats(&format!("{group}.scale"), &[count])?,
    })
}

fn norm(weights: &Weights<'_>, name: &str, width: usize) -> Result<Norm, ModelError> {
    Ok(Norm {
        scale: weights.floats(&format!("{name}.weight"), &[width])?,
        shift: weights.floats(&format!("{name}.bias"), &[width])?,
    })
}

fn linear(weights: &Weights<'_>, name: &str, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
    let matrix = weights.floats(&format!("{name}.weight"), &[outputs, inputs])?;
    // The one layer without a bias.
    let bias = match name {
        "label_head" => vec![0.0; outputs],
        _ => weights.floats(&format!("{name}.bias"), &[outputs])?,
    };
    Ok(Linear::new(&matrix, inputs, &bias))
}
