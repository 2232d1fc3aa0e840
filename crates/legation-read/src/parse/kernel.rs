//! Matrix products and layer norms over rows of `f32`.
//!
//! Every output is one chain of fused multiply-adds in the order of the inputs, so that the results do not depend
//! on how wide the processor's registers are: the same weights give the same bits everywhere.

use pulp::{Arch, Simd, WithSimd};

/// Columns that are computed together; the columns of a matrix are filled up to a multiple of it.
pub(super) const PANEL: usize = 16;
/// Most rows that are computed together: their sums, a weight and an input must fit the registers of AVX2.
const BLOCK: usize = 12;

/// A linear layer whose weights are stored panel by panel: for each panel, for each input, `PANEL` weights.
#[derive(Clone, Debug, Default)]
pub(super) struct Linear {
    inputs: usize,
    columns: usize,
    panels: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// A layer from row-major weights (outputs by inputs) and a bias a row (or none).
    pub(super) fn new(weights: &[f32], inputs: usize, bias: &[f32]) -> Linear {
        let mut linear = Linear::default();
        linear.pack(weights, inputs);
        linear.bias[..bias.len()].copy_from_slice(bias);
        linear
    }

    /// Replaces the weights, with no bias; the memory is used again.
    pub(super) fn pack(&mut self, weights: &[f32], inputs: usize) {
        let outputs = weights.len() / inputs;
        self.inputs = inputs;
        self.columns = outputs.next_multiple_of(PANEL);
        self.panels.clear();
        self.panels.resize(self.columns * inputs, 0.0);
        self.bias.clear();
        self.bias.resize(self.columns, 0.0);
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let start = output / PANEL * PANEL * inputs + output % PANEL;
            for (panel, &weight) in self.panels[start..].iter_mut().step_by(PANEL).zip(row) {
                *panel = weight;
            }
        }
    }

    /// Width of an output row: the outputs filled up to whole panels with zeros.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Writes the outputs of all input rows to `out`, which is made as long as needed.
    pub(super) fn apply(&self, arch: Arch, input: &[f32], out: &mut Vec<f32>) {
        let rows = input.len() / self.inputs;
        out.clear();
        out.resize(rows * self.columns, 0.0);
        arch.dispatch(Product { linear: self, input, out });
    }
}

/// A matrix product, to be done with the widest registers there are.
struct Product<'a> {
    linear: &'a Linear,
    input: &'a [f32],
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Product { linear, input, out } = self;
        let count = input.len() / linear.inputs;
        // A block of few rows takes as long as one of eight, so the rows are dealt out evenly.
        let rows = count.div_ceil(count.div_ceil(BLOCK).max(1)).max(1);
        let blocks = input.chunks(rows * linear.inputs);
        for (input, out) in blocks.zip(out.chunks_mut(rows * linear.columns)) {
            match input.len() / linear.inputs {
                1 => block::<S, 1>(simd, linear, input, out),
                2 => block::<S, 2>(simd, linear, input, out),
                3 => block::<S, 3>(simd, linear, input, out),
                4 => block::<S, 4>(simd, linear, input, out),
                5 => block::<S, 5>(simd, linear, input, out),
                6 => block::<S, 6>(simd, linear, input, out),
                7 => block::<S, 7>(simd, linear, input, out),
                8 => block::<S, 8>(simd, linear, input, out),
                9 => block::<S, 9>(simd, linear, input, out),
                10 => block::<S, 10>(simd, linear, input, out),
                11 => block::<S, 11>(simd, linear, input, out),
                _ => block::<S, BLOCK>(simd, linear, input, out),
            }
        }
    }
}

#[inline(always)]
fn block<S: Simd, const ROWS: usize>(simd: S, linear: &Linear, input: &[f32], out: &mut [f32]) {
    let inputs = linear.inputs;
    let lanes = S::F32_LANES;
    let panels = linear.panels.chunks_exact(PANEL * inputs);
    for (panel, (weights, bias)) in panels.zip(linear.bias.chunks_exact(PANEL)).enumerate() {
        let (weights, _) = S::as_simd_f32s(weights);
        for (part, bias) in S::as_simd_f32s(bias).0.iter().enumerate() {
            let mut sums = [*bias; ROWS];
            let weights = weights.iter().skip(part).step_by(PANEL / lanes);
            for (index, &weight) in weights.enumerate() {
                let mut row = index;
                for sum in &mut sums {
                    *sum = simd.mul_add_f32s(simd.splat_f32s(input[row]), weight, *sum);
                    row += inputs;
                }
            }
            let start = panel * PANEL + part * lanes;
            for (row, sum) in sums.iter().enumerate() {
                let start = row * linear.columns + start;
                S::as_mut_simd_f32s(&mut out[start..start + lanes]).0[0] = *sum;
            }
        }
    }
}

/// Normalises a row to mean 0 and variance 1, then scales and shifts it.
#[derive(Clone, Debug)]
pub(super) struct Norm {
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

impl Norm {
    /// Writes the normalised rows of `input` to `out`, which is as long.
    pub(super) fn apply(&self, arch: Arch, input: &[f32], out: &mut [f32]) {
        arch.dispatch(Normalisation { norm: self, input, out });
    }

    #[inline(always)]
    fn row(&self, row: &[f32], out: &mut [f32]) {
        #[allow(clippy::cast_precision_loss)] // a few hundred at most
        let width = row.len() as f32;
        let mean = sum(row, |value| value) / width;
        let variance = sum(row, |value| (value - mean) * (value - mean)) / width;
        let factor = 1.0 / (variance + 1e-5).sqrt();
        let weights = self.scale.iter().zip(&self.shift);
        for ((out, &value), (&scale, &shift)) in out.iter_mut().zip(row).zip(weights) {
            *out = (value - mean) * factor * scale + shift;
        }
    }
}

/// A layer norm over rows, to be done with what the processor has.
struct Normalisation<'a> {
    norm: &'a Norm,
    input: &'a [f32],
    out: &'a mut [f32],
}

impl WithSimd for Normalisation<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let width = self.norm.scale.len();
        for (row, out) in self.input.chunks_exact(width).zip(self.out.chunks_exact_mut(width)) {
            self.norm.row(row, out);
        }
    }
}

/// Sum in `PANEL` lanes and then over the lanes, always in this order.
#[inline(always)]
fn sum(row: &[f32], value: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; PANEL];
    let chunks = row.chunks_exact(PANEL);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, &item) in lanes.iter_mut().zip(chunk) {
            *lane += value(item);
        }
    }
    for (lane, &item) in lanes.iter_mut().zip(rest) {
        *lane += value(item);
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(weights: &[f32], inputs: usize, bias: &[f32], input: &[f32]) -> Vec<Vec<f32>> {
        let row = |input: &[f32]| {
            let outputs = weights.chunks_exact(inputs).zip(bias);
            let sum = |(weights, &bias): (&[f32], &f32)| {
                weights.iter().zip(input).fold(bias, |sum, (weight, value)| value.mul_add(*weight, sum))
            };
            outputs.map(sum).collect()
        };
        input.chunks_exact(inputs).map(row).collect()
    }

    #[test]
    fn products_have_the_same_bits_with_and_without_wide_registers() {
        let (inputs, outputs) = (21, 19);
        let number = |index: usize| (((index * 7919) % 1000) as f32 - 500.0) / 331.0;
        let weights: Vec<f32> = (0..inputs * outputs).map(number).collect();
        let bias: Vec<f32> = (0..outputs).map(number).collect();
        let linear = Linear::new(&weights, inputs, &bias);
        for rows in 0..40 {
            let input: Vec<f32> = (0..rows * inputs).map(|index| number(index + 3)).collect();
            for arch in [Arch::new(), Arch::Scalar] {
                let mut out = Vec::new();
                linear.apply(arch, &input, &mut out);
                let got: Vec<Vec<f32>> =
                    out.chunks_exact(linear.columns()).map(|row| row[..outputs].to_vec()).collect();
                assert_eq!(got, naive(&weights, inputs, &bias, &input), "{rows} rows, {arch:?}");
            }
        }
    }

    #[test]
    fn a_norm_gives_mean_shift_and_spread_scale() {
        let norm = Norm { scale: vec![2.0; 20], shift: vec![1.0; 20] };
        let row: Vec<f32> = (0..20_u8).map(f32::from).collect();
        let mut out = vec![0.0; 20];
        norm.apply(Arch::new(), &row, &mut out);
        let mut narrow = vec![0.0; 20];
        norm.apply(Arch::Scalar, &row, &mut narrow);
        assert_eq!(out, narrow);
        let mean = out.iter().sum::<f32>() / 20.0;
        let variance = out.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 20.0;
        assert!((mean - 1.0).abs() < 1e-5, "{mean}");
        assert!((variance - 4.0).abs() < 1e-3, "{variance}");
    }
}
