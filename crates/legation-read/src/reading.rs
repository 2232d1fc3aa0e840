//! What reading a document gives.

use crate::{
    Problem, Span,
    code::{
        event::Event, expectation::Expectation, relation::Relation, statement::Statement, topic::TopicMention,
    },
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
    /// What is talked about.
    pub topics: Vec<TopicMention>,
    /// What went wrong, in order of the stages.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// The topics named in a sentence, each once.
    #[must_use]
    pub fn topics_of_sentence(&self, sentence: usize) -> Vec<&str> {
        let sentence = self.segments.sentences.get(sentence).map(|sentence| sentence.span);
        self.topics_within(sentence.as_slice())
    }

    /// The topics named in what somebody says, each once.
    #[must_use]
    pub fn topics_of_statement(&self, statement: &Statement) -> Vec<&str> {
        self.topics_within(&statement.content)
    }

    fn topics_within(&self, pieces: &[Span]) -> Vec<&str> {
        let mut topics: Vec<&str> = Vec::new();
        for &piece in pieces {
            let first = self.topics.partition_point(|mention| mention.span.start < piece.start);
            let inside = self.topics[first..].iter().take_while(|mention| mention.span.start < piece.end);
            for mention in inside.filter(|mention| piece.contains(mention.span)) {
                if !topics.contains(&&*mention.topic) {
                    topics.push(&mention.topic);
                }
            }
        }
        topics
    }
}
