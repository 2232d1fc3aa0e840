//! Bytes of a report in, a [`Reading`] out: who did or said what to whom, when, where, and according to whom.
//!
//! Reading is a pure function of the bytes, the data and the weights: no file, clock, socket or database is touched.

pub mod source;

pub mod segment;

pub mod parse;

pub mod mention;

pub mod resolve;

pub mod code;

pub mod data;

mod points;
mod problem;
mod reading;
mod span;

pub use points::CodePoints;
pub use problem::Problem;
pub use reading::Reading;
pub use source::Input;
pub use span::Span;

use code::Scene;
use data::{Data, DataError};
use parse::{Parsed, Parser};
use source::Document;

/// Reads documents; made once, shared by all threads.
#[derive(Debug)]
pub struct Reader {
    data: Data,
    parser: Parser,
}

impl Reader {
    /// A reader over these data and this parser.
    #[must_use]
    pub fn new(data: Data, parser: Parser) -> Reader {
        Reader { data, parser }
    }

    /// A reader over the data and weights that ship with the program.
    ///
    /// # Errors
    /// The faults of the shipped data, which a test keeps at none.
    pub fn shipped() -> Result<Reader, Vec<DataError>> {
        let files: Vec<_> = Data::shipped_files().collect();
        let parser = Parser::shipped().map_err(|error| vec![DataError::from(error)])?;
        Ok(Reader::new(Data::load(&files)?, parser))
    }

    /// The data it reads with.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The parser it reads with.
    #[must_use]
    pub fn parser(&self) -> &Parser {
        &self.parser
    }

    /// SHA-256 over the hashes of the model files it reads with, in hexadecimal: the weights, the table of sentence
    /// ends and the model of events.
    #[must_use]
    pub fn model_hash(&self) -> String {
        let hashes =
            format!("{} {} {}", self.parser.hash(), segment::table_hash(), code::event::model_hash());
        source::sha256(hashes.as_bytes())
    }

    /// Reads one document; never fails: what could not be read is among the reading's problems.
    #[must_use]
    pub fn read(&self, input: &Input<'_>) -> Reading {
        self.read_document(source::open(input, &self.data))
    }

    /// Reads a document that is open already, for callers who bring their own text ([`source::verbatim`]).
    #[must_use]
    pub fn read_document(&self, document: Document) -> Reading {
        let data = &self.data;
        let segments = segment::segment(&document, data);
        let mut trees = parse::parse(&document, &segments, &self.parser);
        let names =
            mention::mended_names(Parsed { document: &document, segments: &segments, trees: &trees }, data);
        trees.iter_mut().zip(names).for_each(|(tree, names)| tree.names = names);
        let parsed = Parsed { document: &document, segments: &segments, trees: &trees };
        let mentions = mention::find(parsed, data);
        let dates = resolve::date::resolve(parsed, &mentions, data);
        let places = resolve::place::resolve(parsed, &mentions, data);
        let actors = resolve::actor::resolve(parsed, &mentions, &places, data);
        let parser = &self.parser;
        let mut scene =
            Scene { parsed, mentions: &mentions, actors, places: &places, dates: &dates, data, parser };
        let statements = code::statement::find(&mut scene);
        let events = code::event::find(&mut scene, &statements);
        let expectations = code::expectation::find(&mut scene, &events, &statements);
        let relations = code::relation::find(&mut scene, &statements);
        let topics = code::topic::find(parsed, &data.registers.topics);
        let actors = scene.actors.list;
        let mut problems = document.problems.clone();
        problems.extend(dates.problems);
        Reading {
            actors,
            places: places.list,
            dates: dates.list.into_iter().chain(dates.furniture).collect(),
            events,
            statements,
            expectations,
            relations,
            topics,
            problems,
            segments,
            trees,
            document,
        }
    }
}
