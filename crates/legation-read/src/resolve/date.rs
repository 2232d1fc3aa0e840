//! When: TIMEX3 expressions with their value, first and last day.

use jiff::civil::Date as Day;

use crate::{Problem, Span, data::Data, mention::Mentions, parse::Parsed};

/// Number of a date in its document, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateId(pub u32);

/// Type of a TIMEX3 expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateType {
    /// A calendar date of any precision.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl DateType {
    /// The TIMEX3 name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            DateType::Date => "DATE",
            DateType::Time => "TIME",
            DateType::Duration => "DURATION",
            DateType::Set => "SET",
        }
    }
}

/// One time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// Its words: "early May".
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// TIMEX3 type.
    pub kind: DateType,
    /// TIMEX3 value: `2025-05`, `P3D`, `2025-W13`; `None` when it could not be worked out.
    pub value: Option<String>,
    /// First day, for dates and times that could be worked out.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
    /// TIMEX3 modifier: START MID END APPROX BEFORE AFTER.
    pub modifier: Option<&'static str>,
    /// What it was counted from: `published`, `absolute`, or `d3`-like reference kept by the writer of the JSON.
    pub anchor: Anchor,
    /// A second honest reading of the value.
    pub alternative: Option<String>,
}

/// What a date was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: the expression is complete in itself.
    Absolute,
    /// The day of publication.
    Published,
    /// Another date of the document.
    Date(DateId),
    /// It needed an anchor and had none.
    Missing,
}

/// The dates of a document, in order of the text.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// In the order of the text, not overlapping.
    pub list: Vec<Date>,
    /// What could not be worked out.
    pub problems: Vec<Problem>,
}

impl Dates {
    /// Numbers and dates of one sentence, in order.
    pub fn of_sentence(&self, sentence: usize) -> impl Iterator<Item = (DateId, &Date)> {
        let start = self.list.partition_point(|date| date.sentence < sentence);
        self.list[start..]
            .iter()
            .enumerate()
            .take_while(move |(_, date)| date.sentence == sentence)
            .map(move |(offset, date)| (DateId(u32::try_from(start + offset).unwrap_or(u32::MAX)), date))
    }

    /// The date of this number.
    ///
    /// # Panics
    /// If the number is of another document.
    #[must_use]
    pub fn get(&self, id: DateId) -> &Date {
        &self.list[id.0 as usize]
    }
}

/// Finds and works out the time expressions of a document.
#[must_use]
pub fn resolve(_parsed: Parsed<'_>, _mentions: &Mentions, _data: &Data) -> Dates {
    Dates::default()
}
