//! Sums of products of bytes with what the processor at hand can do, and the choice of it.
//!
//! The one module with `unsafe` code. All paths add the same integers, so they give the same bits; what is computed in
//! floats is one safe source, compiled anew for each path, and no compiler may reorder it.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi64x,
    _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32,
    _mm512_setzero_si512, _mm512_storeu_si512,
};

/// Outputs that are computed side by side in one register of the widest kind.
pub(super) const LANES: usize = 16;
/// Such registers side by side in a tile.
pub(super) const PANELS: usize = 4;
/// Inputs whose products are summed by one instruction.
pub(super) const DEPTH: usize = 4;

/// Weights for one step over the inputs: `[panel][lane][input]`.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Step(pub(super) [i8; PANELS * LANES * DEPTH]);

/// Sums of a row: `[panel][lane]`.
pub(super) type Sums = [[i32; LANES]; PANELS];

/// A way to compute; having one proves that the processor can.
pub(super) trait Level: Copy {
    /// For each input row the sums over its bytes times the weights of every output of a tile.
    ///
    /// Each row has [`DEPTH`] bytes for every step.
    fn sums<const ROWS: usize>(self, inputs: [&[u8]; ROWS], weights: &[Step]) -> [Sums; ROWS];
}

/// Something to be computed with the best level there is.
pub(super) trait Work {
    /// Computes it; must be `#[inline(always)]` with all that it calls, so that each level gets its own code.
    fn run<L: Level>(self, level: L);
}

/// What the processor can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Processor {
    /// Nothing in particular: what the compiler makes of plain code.
    Plain,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni(Vnni),
}

impl Processor {
    /// All that this processor can do, the best last.
    pub(super) fn all() -> Vec<Processor> {
        let mut all = vec![Processor::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Processor::Avx2(Avx2(())));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Processor::Vnni(Vnni(())));
            }
        }
        all
    }

    /// The best that this processor can do.
    pub(super) fn detect() -> Processor {
        Processor::all().pop().unwrap_or(Processor::Plain)
    }

    /// Computes `work`.
    pub(super) fn run(self, work: impl Work) {
        match self {
            Processor::Plain => work.run(Plain),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: an `Avx2` is made only where AVX2 was detected.
            Processor::Avx2(level) => unsafe { run_avx2(work, level) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: a `Vnni` is made only where all the features of `run_vnni` were detected.
            Processor::Vnni(level) => unsafe { run_vnni(work, level) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2(work: impl Work, level: Avx2) {
    work.run(level);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn run_vnni(work: impl Work, level: Vnni) {
    work.run(level);
}

/// Plain code: the twin that the others are tested against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain;

impl Level for Plain {
    #[inline(always)]
    fn sums<const ROWS: usize>(self, inputs: [&[u8]; ROWS], weights: &[Step]) -> [Sums; ROWS] {
        let mut sums = [[[0; LANES]; PANELS]; ROWS];
        for (input, sums) in inputs.iter().zip(&mut sums) {
            for (bytes, step) in input.chunks_exact(DEPTH).zip(weights) {
                for (panel, weights) in sums.iter_mut().zip(step.0.chunks_exact(LANES * DEPTH)) {
                    for (sum, weights) in panel.iter_mut().zip(weights.chunks_exact(DEPTH)) {
                        let products = bytes.iter().zip(weights);
                        *sum +=
                            products.map(|(&byte, &weight)| i32::from(byte) * i32::from(weight)).sum::<i32>();
                    }
                }
            }
        }
        sums
    }
}

/// Proof that the processor has AVX2.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Avx2(());

#[cfg(target_arch = "x86_64")]
impl Level for Avx2 {
    #[inline(always)]
    fn sums<const ROWS: usize>(self, inputs: [&[u8]; ROWS], weights: &[Step]) -> [Sums; ROWS] {
        check(&inputs, weights);
        // SAFETY: the processor has AVX2, as `self` proves, and `check` has seen to the lengths.
        unsafe { sums_avx2(inputs, weights) }
    }
}

/// Steps whose inputs are widened at once.
#[cfg(target_arch = "x86_64")]
const WIDENED: usize = 64;

/// Inputs of some steps in 16 bits, four to a step.
#[cfg(target_arch = "x86_64")]
#[repr(C, align(32))]
struct Wide([i16; WIDENED * DEPTH]);

/// Bytes are widened to 16 bits first: products of unsigned and signed bytes would not fit when added in pairs.
///
/// # Safety
/// Every input has [`DEPTH`] bytes for every step of the weights.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn sums_avx2<const ROWS: usize>(inputs: [&[u8]; ROWS], weights: &[Step]) -> [Sums; ROWS] {
    const QUARTER: usize = LANES / 4;
    let mut sums = [[[0; LANES]; PANELS]; ROWS];
    let mut wide = [const { Wide([0; WIDENED * DEPTH]) }; ROWS];
    for (part, weights) in weights.chunks(WIDENED).enumerate() {
        for (wide, input) in wide.iter_mut().zip(inputs) {
            let input = &input[part * WIDENED * DEPTH..][..weights.len() * DEPTH];
            for (wide, &byte) in wide.0.iter_mut().zip(input) {
                *wide = i16::from(byte);
            }
        }
        // Eight outputs at once: two registers a row, of four outputs each, that hold sums of even and odd pairs.
        for eight in 0..PANELS * LANES / 8 {
            let mut pairs = [[_mm256_setzero_si256(); 2]; ROWS];
            for (number, step) in weights.iter().enumerate() {
                // SAFETY: `eight` counts parts of 32 bytes of the step.
                let (low, high) = unsafe {
                    let from = step.0.as_ptr().add(eight * 8 * DEPTH);
                    (_mm_loadu_si128(from.cast()), _mm_loadu_si128(from.add(QUARTER * DEPTH).cast()))
                };
                let (low, high) = (_mm256_cvtepi8_epi16(low), _mm256_cvtepi8_epi16(high));
                for (wide, pairs) in wide.iter().zip(&mut pairs) {
                    // SAFETY: there are at most `WIDENED` steps, with `DEPTH` numbers each.
                    let four = unsafe { wide.0.as_ptr().add(number * DEPTH).cast::<i64>().read_unaligned() };
                    let four = _mm256_set1_epi64x(four);
                    pairs[0] = _mm256_add_epi32(pairs[0], _mm256_madd_epi16(four, low));
                    pairs[1] = _mm256_add_epi32(pairs[1], _mm256_madd_epi16(four, high));
                }
            }
            for (pairs, sums) in pairs.iter().zip(&mut sums) {
                for (half, &pair) in pairs.iter().enumerate() {
                    let mut found = [0; 8];
                    // SAFETY: `found` has the 32 bytes of the register.
                    unsafe { _mm256_storeu_si256(found.as_mut_ptr().cast(), pair) };
                    let first = (eight % 2) * 8 + half * QUARTER;
                    for (sum, pair) in sums[eight / 2][first..].iter_mut().zip(found.chunks_exact(2)) {
                        *sum += pair[0] + pair[1];
                    }
                }
            }
        }
    }
    sums
}

/// Proof that the processor has AVX-512 F, BW, DQ, VL and VNNI.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vnni(());

#[cfg(target_arch = "x86_64")]
impl Level for Vnni {
    #[inline(always)]
    fn sums<const ROWS: usize>(self, inputs: [&[u8]; ROWS], weights: &[Step]) -> [Sums; ROWS] {
        check(&inputs, weights);
        // SAFETY: the processor has these features, as `self` proves, and `check` has seen to the lengths.
        unsafe { sums_vnni(inputs, weights) }
    }
}

/// # Safety
/// Every input has [`DEPTH`] bytes for every step of the weights.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
unsafe fn sums_vnni<const ROWS: usize>(inputs: [&[u8]; ROWS], weights: &[Step]) -> [Sums; ROWS] {
    let mut registers = [[_mm512_setzero_si512(); PANELS]; ROWS];
    for (number, step) in weights.iter().enumerate() {
        let mut panels = [_mm512_setzero_si512(); PANELS];
        for (index, panel) in panels.iter_mut().enumerate() {
            // SAFETY: a step has 64 bytes for each panel.
            *panel = unsafe { _mm512_loadu_si512(step.0.as_ptr().add(index * LANES * DEPTH).cast()) };
        }
        for (input, registers) in inputs.iter().zip(&mut registers) {
            // SAFETY: every input has `DEPTH` bytes for this step.
            let four = unsafe { input.as_ptr().add(number * DEPTH).cast::<i32>().read_unaligned() };
            let four = _mm512_set1_epi32(four);
            for (register, &weights) in registers.iter_mut().zip(&panels) {
                *register = _mm512_dpbusd_epi32(*register, four, weights);
            }
        }
    }
    let mut sums = [[[0; LANES]; PANELS]; ROWS];
    for (registers, sums) in registers.iter().zip(&mut sums) {
        for (&register, sums) in registers.iter().zip(sums) {
            // SAFETY: `sums` has the 64 bytes of the register.
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), register) };
        }
    }
    sums
}

/// Refuses rows and weights that do not fit each other.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn check<const ROWS: usize>(inputs: &[&[u8]; ROWS], weights: &[Step]) {
    let length = weights.len() * DEPTH;
    assert!(inputs.iter().all(|input| input.len() == length), "a row as long as its weights ask for");
}
