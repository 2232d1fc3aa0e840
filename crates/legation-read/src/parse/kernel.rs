//! Layers over rows: weights and inputs in 8 bits, sums in 32, everything else in `f32`.
//!
//! Every row has its own scale and is computed in one fixed order, so that a result depends neither on the processor
//! nor on which rows are computed together.

use super::simd::{DEPTH, LANES, Level, PANELS, Processor, Step, Work};

/// Outputs of a tile; the columns of a layer are filled up to a multiple of it.
pub(super) const TILE: usize = PANELS * LANES;
/// Most rows that are computed together: their sums, the weights and an input must fit the registers of AVX-512.
const BLOCK: usize = 6;
/// Added to a float, rounds it to an integer and leaves this, plus [`ZERO`], in its last byte.
const ROUND: f32 = 12_582_912.0 + ZERO as f32;
/// Rows that are multiplied together in [`Pairs`].
const PAIRED: usize = 4;
/// The byte that stands for 0.
const ZERO: u8 = 128;

/// Rows in 8 bits: the byte `b` of a row with scale `s` stands for `(b - ZERO) * s`. After the last row stands one of
/// zeros, for neighbours that are not there.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    width: usize,
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

impl Rows {
    /// Makes room for `count` rows and the one of zeros.
    fn resize(&mut self, count: usize, width: usize) {
        self.width = width.next_multiple_of(DEPTH);
        self.bytes.clear();
        self.bytes.resize((count + 1) * self.width, ZERO);
        self.scales.clear();
        self.scales.resize(count + 1, 0.0);
    }

    /// Number of rows, that of zeros left out; also the index of the latter.
    pub(super) fn len(&self) -> usize {
        self.scales.len().saturating_sub(1)
    }

    #[inline(always)]
    fn row(&self, row: usize) -> &[u8] {
        &self.bytes[row * self.width..(row + 1) * self.width]
    }

    #[inline(always)]
    fn set(&mut self, row: usize, values: &[f32]) {
        let most = values_most(values);
        if most > 0.0 && most < f32::MAX {
            let factor = 127.0 / most;
            self.scales[row] = most / 127.0;
            let bytes = &mut self.bytes[row * self.width..(row + 1) * self.width];
            for (byte, &value) in bytes.iter_mut().zip(values) {
                let bits = (value * factor + ROUND).to_bits();
                #[allow(clippy::cast_possible_truncation)] // the last byte is what is wanted
                let last = bits as u8;
                *byte = last;
            }
        }
    }

    /// Takes over the rows of `values`, of which each begins at a multiple of `stride` and is `width` long, with
    /// everything below 0 set to 0.
    pub(super) fn rectified(&mut self, processor: Processor, values: &[f32], stride: usize, width: usize) {
        self.resize(values.len().div_ceil(stride.max(1)), width);
        processor.run(Rectified { values, stride, width, out: self });
    }
}

/// The largest of the amounts.
#[inline(always)]
fn values_most(values: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            let value = value.abs();
            *lane = if value > *lane { value } else { *lane };
        }
    }
    for (lane, value) in lanes.iter_mut().zip(rest) {
        let value = value.abs();
        *lane = if value > *lane { value } else { *lane };
    }
    fold(lanes, |first, second| if second > first { second } else { first })
}

/// Rows to be rectified and brought to 8 bits.
struct Rectified<'a> {
    values: &'a [f32],
    stride: usize,
    width: usize,
    out: &'a mut Rows,
}

impl Work for Rectified<'_> {
    #[inline(always)]
    fn run<L: Level>(self, _level: L) {
        let mut row = vec![0.0; self.width];
        for (index, values) in self.values.chunks(self.stride).enumerate() {
            for (item, &value) in row.iter_mut().zip(values) {
                *item = if value > 0.0 { value } else { 0.0 };
            }
            self.out.set(index, &row);
        }
    }
}

/// A linear layer over one or more rows side by side, with weights in 8 bits and a scale for each output.
#[derive(Clone, Debug, Default)]
pub(super) struct Linear {
    /// Rows side by side.
    taps: usize,
    /// Width of a row, filled up to whole steps.
    inputs: usize,
    columns: usize,
    /// `[tile][tap][step]`, then as [`Level::sums`] reads them.
    weights: Vec<Step>,
    /// For each tap and column what [`ZERO`] adds to a sum: `[tile][tap][column]`.
    offsets: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// A layer from row-major weights (outputs by taps by inputs) and a bias an output.
    pub(super) fn new(weights: &[f32], taps: usize, inputs: usize, bias: &[f32]) -> Linear {
        let outputs = bias.len();
        let columns = outputs.next_multiple_of(TILE);
        let filled = inputs.next_multiple_of(DEPTH);
        let mut linear = Linear {
            taps,
            inputs: filled,
            columns,
            weights: vec![Step([0; TILE * DEPTH]); columns / TILE * taps * filled / DEPTH],
            offsets: vec![0; columns * taps],
            scales: vec![0.0; columns],
            bias: vec![0.0; columns],
        };
        linear.bias[..outputs].copy_from_slice(bias);
        for (output, row) in weights.chunks_exact(taps * inputs).enumerate() {
            let most = values_most(row);
            let factor = if most > 0.0 { 127.0 / most } else { 0.0 };
            linear.scales[output] = most / 127.0;
            let (tile, column) = (output / TILE, output % TILE);
            for (tap, row) in row.chunks_exact(inputs).enumerate() {
                let start = (tile * taps + tap) * filled / DEPTH;
                let mut total = 0;
                for (input, &weight) in row.iter().enumerate() {
                    #[allow(clippy::cast_possible_truncation)] // at most 127
                    let weight = (weight * factor).round_ties_even() as i8;
                    linear.weights[start + input / DEPTH].0[column * DEPTH + input % DEPTH] = weight;
                    total += i32::from(weight);
                }
                linear.offsets[(tile * taps + tap) * TILE + column] = total * i32::from(ZERO);
            }
        }
        linear
    }

    /// Width of an output row: the outputs filled up to whole tiles.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Writes an output row for each entry of `sources`, which gives the input row of each tap, to `out`, which is made
    /// as long as needed.
    pub(super) fn apply(&self, processor: Processor, rows: &Rows, sources: &[&[u32]], out: &mut Vec<f32>) {
        let count = sources.first().map_or(0, |source| source.len());
        out.resize(count * self.columns, 0.0); // what stood there is written over
        processor.run(Product::<false> { linear: self, rows, sources, out });
    }

    /// As [`Linear::apply`], but what is above 0 is added to `out`, which is as long as needed.
    pub(super) fn add_rectified(
        &self,
        processor: Processor,
        rows: &Rows,
        sources: &[&[u32]],
        out: &mut [f32],
    ) {
        processor.run(Product::<true> { linear: self, rows, sources, out });
    }
}

/// A matrix product.
struct Product<'a, const RESIDUAL: bool> {
    linear: &'a Linear,
    rows: &'a Rows,
    sources: &'a [&'a [u32]],
    out: &'a mut [f32],
}

impl<const RESIDUAL: bool> Work for Product<'_, RESIDUAL> {
    #[inline(always)]
    fn run<L: Level>(mut self, level: L) {
        let count = self.sources.first().map_or(0, |source| source.len());
        // A block of few rows takes longer a row, so the rows are dealt out evenly.
        let rows = count.div_ceil(count.div_ceil(BLOCK).max(1)).max(1);
        // The weights of a tile fit the first cache, those of a layer do not.
        for tile in 0..self.linear.columns / TILE {
            for first in (0..count).step_by(rows) {
                match rows.min(count - first) {
                    1 => self.block::<L, 1>(level, tile, first),
                    2 => self.block::<L, 2>(level, tile, first),
                    3 => self.block::<L, 3>(level, tile, first),
                    4 => self.block::<L, 4>(level, tile, first),
                    5 => self.block::<L, 5>(level, tile, first),
                    _ => self.block::<L, BLOCK>(level, tile, first),
                }
            }
        }
    }
}

impl<const RESIDUAL: bool> Product<'_, RESIDUAL> {
    #[inline(always)]
    fn block<L: Level, const ROWS: usize>(&mut self, level: L, tile: usize, first: usize) {
        let linear = self.linear;
        let steps = linear.inputs / DEPTH;
        let mut totals = [[[0.0_f32; LANES]; PANELS]; ROWS];
        for (tap, source) in self.sources.iter().enumerate() {
            let number = tile * linear.taps + tap;
            let sources: [usize; ROWS] = std::array::from_fn(|row| source[first + row] as usize);
            let inputs = sources.map(|source| self.rows.row(source));
            let sums = level.sums(inputs, &linear.weights[number * steps..(number + 1) * steps]);
            let (offsets, _) = linear.offsets[number * TILE..(number + 1) * TILE].as_chunks::<LANES>();
            for ((totals, sums), source) in totals.iter_mut().zip(&sums).zip(sources) {
                let scale = self.rows.scales[source];
                for ((totals, sums), offsets) in totals.iter_mut().zip(sums).zip(offsets) {
                    for ((total, sum), offset) in totals.iter_mut().zip(sums).zip(offsets) {
                        #[allow(clippy::cast_precision_loss)] // the rounding is the same everywhere
                        let sum = (sum - offset) as f32;
                        *total += sum * scale;
                    }
                }
            }
        }
        self.finish(tile, first, &totals);
    }

    #[inline(always)]
    fn finish(&mut self, tile: usize, first: usize, totals: &[[[f32; LANES]; PANELS]]) {
        let linear = self.linear;
        let (scales, _) = linear.scales[tile * TILE..(tile + 1) * TILE].as_chunks::<LANES>();
        let (bias, _) = linear.bias[tile * TILE..(tile + 1) * TILE].as_chunks::<LANES>();
        for (row, totals) in totals.iter().enumerate() {
            let start = (first + row) * linear.columns + tile * TILE;
            let (out, _) = self.out[start..start + TILE].as_chunks_mut::<LANES>();
            for (((out, totals), scales), bias) in out.iter_mut().zip(totals).zip(scales).zip(bias) {
                for (((out, total), scale), bias) in out.iter_mut().zip(totals).zip(scales).zip(bias) {
                    let value = total * scale + bias;
                    if RESIDUAL {
                        *out += if value > 0.0 { value } else { 0.0 };
                    } else {
                        *out = value;
                    }
                }
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
    /// Writes the normalised rows of `input` to `out` in 8 bits.
    pub(super) fn apply(&self, processor: Processor, input: &[f32], out: &mut Rows) {
        out.resize(input.len() / self.scale.len(), self.scale.len());
        processor.run(Normalisation { norm: self, input, out });
    }

    #[inline(always)]
    fn row(&self, row: &[f32], out: &mut [f32]) {
        #[allow(clippy::cast_precision_loss)] // a few hundred at most
        let width = row.len() as f32;
        let mean = total(row, |value| value) / width;
        let variance = total(row, |value| (value - mean) * (value - mean)) / width;
        let factor = 1.0 / (variance + 1e-5).sqrt();
        let weights = self.scale.iter().zip(&self.shift);
        for ((out, &value), (&scale, &shift)) in out.iter_mut().zip(row).zip(weights) {
            *out = (value - mean) * factor * scale + shift;
        }
    }
}

/// A layer norm over rows.
struct Normalisation<'a> {
    norm: &'a Norm,
    input: &'a [f32],
    out: &'a mut Rows,
}

impl Work for Normalisation<'_> {
    #[inline(always)]
    fn run<L: Level>(self, _level: L) {
        let width = self.norm.scale.len();
        let mut normal = vec![0.0; width];
        for (index, row) in self.input.chunks_exact(width).enumerate() {
            self.norm.row(row, &mut normal);
            self.out.set(index, &normal);
        }
    }
}

/// Sum in lanes and then over the lanes, always in this order.
#[inline(always)]
fn total(row: &[f32], value: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &item) in lanes.iter_mut().zip(chunk) {
            *lane += value(item);
        }
    }
    for (lane, &item) in lanes.iter_mut().zip(rest) {
        *lane += value(item);
    }
    fold(lanes, |first, second| first + second)
}

/// Folds the second half of the lanes onto the first until one is left.
#[inline(always)]
fn fold(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = join(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}

/// Products of every row of one matrix with every row of another, in `f32`: the scores of arcs.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    /// The second matrix: `[panel][input][lane]`.
    panels: Vec<f32>,
    values: Vec<f32>,
    columns: usize,
}

impl Pairs {
    /// Scores of row `row` with all rows of the second matrix, filled up to whole lanes.
    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// Multiplies the rows of `first` with those of `second`.
    pub(super) fn fill<'a>(
        &mut self,
        processor: Processor,
        width: usize,
        first: impl ExactSizeIterator<Item = &'a [f32]>,
        second: impl ExactSizeIterator<Item = &'a [f32]>,
    ) {
        self.columns = second.len().next_multiple_of(LANES);
        self.panels.clear();
        self.panels.resize(self.columns * width, 0.0);
        for (index, row) in second.enumerate() {
            let start = index / LANES * LANES * width + index % LANES;
            for (place, &value) in self.panels[start..].iter_mut().step_by(LANES).zip(row) {
                *place = value;
            }
        }
        self.values.clear();
        self.values.resize(first.len() * self.columns, 0.0);
        processor.run(Pairing { width, first, out: self });
    }
}

struct Pairing<'a, I> {
    width: usize,
    first: I,
    out: &'a mut Pairs,
}

impl<'b, I: ExactSizeIterator<Item = &'b [f32]>> Work for Pairing<'_, I> {
    #[inline(always)]
    fn run<L: Level>(self, _level: L) {
        let Pairs { panels, values, columns } = self.out;
        let mut rows = self.first;
        for out in values.chunks_mut((*columns * PAIRED).max(1)) {
            // Where fewer rows are left the last places compute for nothing.
            let rows: [&[f32]; PAIRED] = std::array::from_fn(|_| rows.next().unwrap_or_default())
                .map(|row| row.get(..self.width).unwrap_or(&panels[..self.width]));
            for (panel, weights) in panels.chunks_exact(LANES * self.width).enumerate() {
                let sums = multiply(rows, weights.as_chunks::<LANES>().0);
                for (out, sums) in out.chunks_exact_mut(*columns).zip(&sums) {
                    out[panel * LANES..(panel + 1) * LANES].copy_from_slice(sums);
                }
            }
        }
    }
}

/// Sums over the inputs of each row's value times the weights. The rows are written out, so that their sums stay in
/// registers.
#[inline(always)]
fn multiply(rows: [&[f32]; PAIRED], weights: &[[f32; LANES]]) -> [[f32; LANES]; PAIRED] {
    #[inline(always)]
    fn add(sums: [f32; LANES], value: f32, weights: &[f32; LANES]) -> [f32; LANES] {
        let mut out = [0.0; LANES];
        for lane in 0..LANES {
            out[lane] = sums[lane] + value * weights[lane];
        }
        out
    }
    let [first, second, third, fourth] = rows.map(|row| &row[..weights.len()]);
    let [mut one, mut two, mut three, mut four] = [[0.0_f32; LANES]; PAIRED];
    for (index, weights) in weights.iter().enumerate() {
        one = add(one, first[index], weights);
        two = add(two, second[index], weights);
        three = add(three, third[index], weights);
        four = add(four, fourth[index], weights);
    }
    [one, two, three, four]
}

/// Adds up embedding rows in 8 bits: `(row, scale)`s of one width.
pub(super) fn add_rows<'a>(
    processor: Processor,
    rows: impl Iterator<Item = (&'a [i8], f32)>,
    sums: &mut [f32],
) {
    processor.run(Addition { rows, sums });
}

struct Addition<'a, I> {
    rows: I,
    sums: &'a mut [f32],
}

impl<'b, I: Iterator<Item = (&'b [i8], f32)>> Work for Addition<'_, I> {
    #[inline(always)]
    fn run<L: Level>(self, _level: L) {
        for (row, scale) in self.rows {
            for (sum, &value) in self.sums.iter_mut().zip(row) {
                *sum += f32::from(value) * scale;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance, between -1.5 and 1.5.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        let number = |index: usize| (((index + seed) * 7919 % 1000) as f32 - 500.0) / 331.0;
        (0..count).map(number).collect()
    }

    fn norm(width: usize) -> Norm {
        Norm { scale: numbers(width, 5), shift: numbers(width, 11) }
    }

    #[test]
    fn all_processors_give_the_same_bits() {
        let (inputs, outputs) = (21, 70);
        let linear = Linear::new(&numbers(2 * inputs * outputs, 0), 2, inputs, &numbers(outputs, 1));
        let processors = Processor::all();
        assert_eq!(processors.first(), Some(&Processor::Plain));
        for count in 0..20_u32 {
            let values = numbers(count as usize * inputs, 3);
            let before: Vec<u32> = (0..count).map(|row| row.checked_sub(1).unwrap_or(count)).collect();
            let itself: Vec<u32> = (0..count).collect();
            let found = processors.iter().map(|&processor| {
                let mut rows = Rows::default();
                norm(inputs).apply(processor, &values, &mut rows);
                let (mut out, mut residual) = (Vec::new(), vec![0.5; count as usize * linear.columns()]);
                linear.apply(processor, &rows, &[&before, &itself], &mut out);
                linear.add_rectified(processor, &rows, &[&before, &itself], &mut residual);
                let mut rectified = Rows::default();
                rectified.rectified(processor, &out, linear.columns(), outputs);
                let mut pairs = Pairs::default();
                pairs.fill(processor, inputs, values.chunks_exact(inputs), values.chunks_exact(inputs));
                (rows.bytes, rows.scales, out, residual, rectified.bytes, pairs.values)
            });
            let found: Vec<_> = found.collect();
            assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{count} rows, {processors:?}");
        }
    }

    #[test]
    fn rows_do_not_depend_on_those_computed_with_them() {
        let linear = Linear::new(&numbers(24 * 10, 0), 1, 24, &numbers(10, 1));
        let values = numbers(24 * 9, 7);
        let apply = |values: &[f32]| {
            let mut rows = Rows::default();
            norm(24).apply(Processor::detect(), values, &mut rows);
            let identity: Vec<u32> = (0..).take(rows.len()).collect();
            let mut out = Vec::new();
            linear.apply(Processor::detect(), &rows, &[&identity], &mut out);
            out
        };
        let together = apply(&values);
        for (row, alone) in values.chunks_exact(24).zip(together.chunks_exact(linear.columns())) {
            assert_eq!(apply(row), alone);
        }
    }

    #[test]
    fn products_in_8_bits_are_near_those_in_full() {
        let (inputs, outputs, count) = (48, 66, 7);
        let (weights, bias) = (numbers(inputs * outputs, 0), numbers(outputs, 1));
        let values: Vec<f32> = numbers(count * inputs, 3).iter().map(|value| value.max(0.0)).collect();
        let mut rows = Rows::default();
        rows.rectified(Processor::detect(), &values, inputs, inputs);
        let mut out = Vec::new();
        let identity: Vec<u32> = (0..7).collect();
        Linear::new(&weights, 1, inputs, &bias).apply(Processor::detect(), &rows, &[&identity], &mut out);
        let columns = outputs.next_multiple_of(TILE);
        for (value, out) in values.chunks_exact(inputs).zip(out.chunks_exact(columns)) {
            for ((weights, bias), found) in weights.chunks_exact(inputs).zip(&bias).zip(out) {
                let exact =
                    weights.iter().zip(value).map(|(weight, value)| weight * value).sum::<f32>() + bias;
                assert!((exact - found).abs() < 0.1, "{exact} {found}");
            }
            assert!(out[outputs..].iter().all(|&filled| filled == 0.0));
        }
    }

    #[test]
    fn extreme_numbers_fit_the_sums() {
        let width = 1 << 14;
        for sign in [1.0, -1.0] {
            let linear = Linear::new(&vec![sign; width], 1, width, &[0.0]);
            let mut rows = Rows::default();
            rows.rectified(Processor::detect(), &vec![1.0; width], width, width);
            for processor in Processor::all() {
                let mut out = Vec::new();
                linear.apply(processor, &rows, &[&[0]], &mut out);
                assert!((out[0] - sign * 16384.0).abs() < 1.0, "{}", out[0]);
            }
        }
    }

    #[test]
    fn rows_that_are_no_numbers_count_as_zero() {
        for value in [f32::NAN, f32::INFINITY, 0.0] {
            let mut rows = Rows::default();
            rows.rectified(Processor::detect(), &[value; 8], 8, 8);
            assert_eq!((rows.row(0), rows.scales[0]), (&[ZERO; 8][..], 0.0));
        }
    }

    #[test]
    fn pairs_are_products_of_rows() {
        let width = 20;
        let (first, second) = (numbers(7 * width, 2), numbers(18 * width, 9));
        let mut pairs = Pairs::default();
        pairs.fill(Processor::detect(), width, first.chunks_exact(width), second.chunks_exact(width));
        for (index, row) in first.chunks_exact(width).enumerate() {
            for (other, found) in second.chunks_exact(width).zip(pairs.row(index)) {
                let exact = row.iter().zip(other).fold(0.0, |sum, (value, weight)| sum + value * weight);
                assert_eq!(exact, *found);
            }
        }
    }

    #[test]
    fn a_norm_gives_mean_shift_and_spread_scale() {
        let norm = Norm { scale: vec![2.0; 20], shift: vec![1.0; 20] };
        let row: Vec<f32> = (0..20_u8).map(f32::from).collect();
        let mut out = vec![0.0; 20];
        norm.row(&row, &mut out);
        let mean = out.iter().sum::<f32>() / 20.0;
        let variance = out.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 20.0;
        assert!((mean - 1.0).abs() < 1e-5, "{mean}");
        assert!((variance - 4.0).abs() < 1e-3, "{variance}");
    }
}
