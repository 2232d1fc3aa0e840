//! Trees, actors, places and dates in; statements, events, expectations and relations out.

mod amount;
pub mod event;
pub mod expectation;
pub mod relation;
pub mod statement;
pub mod topic;

use crate::{
    data::Data,
    mention::Mentions,
    parse::{Parsed, Parser},
    resolve::{actor::Actors, date::Dates, place::Places},
};

/// All that coding reads: the document as parsed and as resolved.
///
/// `actors` grows while coding: "visited Moscow" makes Russia an actor though the text names it only as a place.
#[derive(Debug)]
pub struct Scene<'a> {
    /// Words and trees.
    pub parsed: Parsed<'a>,
    /// Mentions and quotations.
    pub mentions: &'a Mentions,
    /// Whom words stand for.
    pub actors: Actors,
    /// Places.
    pub places: &'a Places,
    /// Dates.
    pub dates: &'a Dates,
    /// Registers, lexicon, frames.
    pub data: &'a Data,
    /// The parser, for the vectors of words.
    pub parser: &'a Parser,
}
