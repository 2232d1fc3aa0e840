//! Matrix products and layer norms over rows of `f32`.
//!
//! Every output is one chain of fused multiply-adds in the order of the inputs, so that the results do not depend
//! on how wide the processor's registers are: the same weights give the same bits everywhere.

use pulp::Arch;

/// Columns that are computed together; the columns of a matrix are filled up to a multiple of it.
pub(super) const PANEL: usize = 16;
/// Rows that are computed together.
const BLOCK: usize = 6;

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
        let out = out.as_mut_slice();
        arch.dispatch(
            #[inline(always)]
            || self.product(input, out),
        );
    }

    #[inline(always)]
    fn product(&self, input: &[f32], out: &mut [f32]) {
        let (whole, rest) = input.split_at(input.len() - input.len() % (BLOCK * self.inputs));
        let (out_whole, out_rest) = out.split_at_mut(whole.len() / self.inputs * self.columns);
        let blocks = whole.chunks_exact(BLOCK * self.inputs);
        for (rows, out) in blocks.zip(out_whole.chunks_exact_mut(BLOCK * self.columns)) {
            self.block::<BLOCK>(rows, out);
        }
        let pairs = rest.chunks_exact(2 * self.inputs);
        let last = pairs.remainder();
        let (out_pairs, out_last) =
            out_rest.split_at_mut((rest.len() - last.len()) / self.inputs * self.columns);
        for (rows, out) in pairs.zip(out_pairs.chunks_exact_mut(2 * self.columns)) {
            self.block::<2>(rows, out);
        }
        if !last.is_empty() {
            self.block::<1>(last, out_last);
        }
    }

    #[inline(always)]
    fn block<const ROWS: usize>(&self, input: &[f32], out: &mut [f32]) {
        let inputs = self.inputs;
        let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &input[row * inputs..(row + 1) * inputs]);
        let panels = self.panels.chunks_exact(PANEL * inputs);
        for (panel, (weights, bias)) in panels.zip(self.bias.chunks_exact(PANEL)).enumerate() {
            let mut sums = [[0.0_f32; PANEL]; ROWS];
            for sum in &mut sums {
                sum.copy_from_slice(bias);
            }
            for (index, weights) in weights.chunks_exact(PANEL).enumerate() {
                for (sum, row) in sums.iter_mut().zip(rows) {
                    let value = row[index];
                    for (sum, &weight) in sum.iter_mut().zip(weights) {
                        *sum = value.mul_add(weight, *sum);
                    }
                }
            }
            for (row, sum) in sums.iter().enumerate() {
                let start = row * self.columns + panel * PANEL;
                out[start..start + PANEL].copy_from_slice(sum);
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
        arch.dispatch(
            #[inline(always)]
            || {
                let width = self.scale.len();
                for (row, out) in input.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
                    self.row(row, out);
                }
            },
        );
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
            *out = ((value - mean) * factor).mul_add(scale, shift);
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
    fn products_are_exact_for_every_number_of_rows() {
        let (inputs, outputs) = (21, 19);
        let number = |index: usize| (((index * 7919) % 1000) as f32 - 500.0) / 331.0;
        let weights: Vec<f32> = (0..inputs * outputs).map(number).collect();
        let bias: Vec<f32> = (0..outputs).map(number).collect();
        let linear = Linear::new(&weights, inputs, &bias);
        for rows in 0..15 {
            let input: Vec<f32> = (0..rows * inputs).map(|index| number(index + 3)).collect();
            let mut out = Vec::new();
            linear.apply(Arch::new(), &input, &mut out);
            let got: Vec<Vec<f32>> =
                out.chunks_exact(linear.columns()).map(|row| row[..outputs].to_vec()).collect();
            assert_eq!(got, naive(&weights, inputs, &bias, &input), "{rows} rows");
        }
    }

    #[test]
    fn a_norm_gives_mean_shift_and_spread_scale() {
        let norm = Norm { scale: vec![2.0; 20], shift: vec![1.0; 20] };
        let row: Vec<f32> = (0..20_u8).map(f32::from).collect();
        let mut out = vec![0.0; 20];
        norm.apply(Arch::new(), &row, &mut out);
        let mean = out.iter().sum::<f32>() / 20.0;
        let variance = out.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 20.0;
        assert!((mean - 1.0).abs() < 1e-5, "{mean}");
        assert!((variance - 4.0).abs() < 1e-3, "{variance}");
    }
}
