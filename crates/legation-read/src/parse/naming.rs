//! Layers for names alone: they read what the network computes of words and sentences, and leave it as it is.

use std::ops::Range;

use super::kernel::{Linear, Norm, Rows};
use super::network::{Inputs, Layer, Matrix, Table, check_widths, norm};
use super::simd::Processor;
use super::weights::{ModelError, NamingHeader, Weights};

/// The layers, ready to be applied.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    width: usize,
    usage: Table,
    join_norm: Norm,
    join: Linear,
    layers: Vec<Layer>,
    norm: Norm,
    name: Linear,
    names: usize,
}

impl Naming {
    /// Layers on embeddings of `embedded` numbers a word.
    pub(super) fn load(
        weights: &Weights<'_>,
        header: &NamingHeader,
        embedded: usize,
    ) -> Result<Naming, ModelError> {
        let NamingHeader { usage_width, width, dilations } = header;
        let (width, joined) = (*width, embedded.saturating_add(*usage_width));
        check_widths(&[*usage_width, width, joined])?;
        let names = weights.header.names.len();
        Ok(Naming {
            width,
            usage: Table::load(weights, "usage", *usage_width)?,
            join_norm: norm(weights, "naming.join_norm", joined)?,
            join: Matrix::read(weights, "naming.join", joined, width)?.linear(1),
            layers: Layer::load_all(weights, "naming.", width, dilations)?,
            norm: norm(weights, "naming.norm", width)?,
            name: Matrix::read(weights, "naming.name", width, names)?.linear(1),
            names,
        })
    }

    /// Numbers of a word's vector.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Writes to `out` the vector of the word of this hash, whose features are embedded; how it is used is added to
    /// them.
    pub(super) fn embed(
        &self,
        processor: Processor,
        hash: u32,
        embedding: &mut Vec<f32>,
        rows: &mut Rows,
        out: &mut Vec<f32>,
    ) {
        self.usage.add(processor, self.usage.row(hash).as_slice(), embedding);
        self.join_norm.apply(processor, embedding, rows);
        self.join.apply(processor, rows, &[&[0]], out);
    }

    /// Fills the scores of names from the first states of the words.
    pub(super) fn score(
        &self,
        processor: Processor,
        sentences: &[Range<usize>],
        inputs: &mut Inputs,
        state: &mut [f32],
        scores: &mut Vec<f32>,
    ) {
        for layer in &self.layers {
            layer.apply(processor, sentences, inputs, state);
        }
        self.norm.apply(processor, state, &mut inputs.rows);
        self.name.apply(processor, &inputs.rows, &[&inputs.identity], scores);
    }

    /// The scores of a word.
    pub(super) fn row<'a>(&self, scores: &'a [f32], word: usize) -> &'a [f32] {
        &scores[word * self.name.columns()..][..self.names]
    }
}
