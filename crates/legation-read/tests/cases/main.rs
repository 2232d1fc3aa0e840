//! Literate cases: Markdown files with a text and what must be read in it, one folder a stage.
//!
//! `cargo test -p legation-read --test cases STAGE` runs one stage. To add a stage: a folder of `.md` files, a file
//! `STAGE.rs` beside it with one test that calls [`support::check_folder`], and its `mod` line here.

#[allow(clippy::panic)] // a faulty case file is the test's own failure
mod support;

mod date;
mod event;
mod expectation;
mod parse;
mod quotation;
mod relation;
mod resolve;
mod segment;
mod source;
mod statement;
mod topic;
