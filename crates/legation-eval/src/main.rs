//! Prints predictions for public benchmarks.
fn main() {}
