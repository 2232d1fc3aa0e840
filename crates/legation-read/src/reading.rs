//! What reading a document gives.

use crate::{
    Problem,
    code::{event::Event, expectation::Expectation, relation::Relation, statement::Statement},
    parse::Tree,
    resolve::{actor::Actor, date::Date, place::Place},
    segment::Segments,
    source::Document,
};

/// All that was read in one document; `legation.reading/1` is its JSON.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The document with its text.
    pub document: Document,
    /// Its words and sentences.
    pub segments: Segments,
    /// One tree a sentence.
    pub trees: Vec<Tree>,
    /// Who is in it.
    pub actors: Vec<Actor>,
    /// Which places.
    pub places: Vec<Place>,
    /// Which dates, in the order of the text; behind them those of datelines and time lines.
    pub dates: Vec<Date>,
    /// What happened.
    pub events: Vec<Event>,
    /// What was said.
    pub statements: Vec<Statement>,
    /// What is to happen.
    pub expectations: Vec<Expectation>,
    /// What is the case.
    pub relations: Vec<Relation>,
    /// What went wrong, in order of the stages.
    pub problems: Vec<Problem>,
}
