//! What affairs of the time are about: the war in Ukraine, Iran's nuclear programme, trade.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::links::Links;
use super::table::{Faults, Layout};
use super::{Held, Period};
use crate::data::DataFile;

pub(super) const TOPICS: Layout<6> = Layout {
    path: "registers/topics.tsv",
    columns: ["key", "name", "words", "from", "to", "source"],
    key: 1,
};

/// An issue that is talked about.
#[derive(Clone, Debug)]
pub struct Topic {
    /// `ukraine-war`.
    pub key: Box<str>,
    /// Usual name.
    pub name: Box<str>,
    /// By which words it is named, in lower case; of those that belong together all must stand in a sentence.
    pub words: Vec<Vec<Box<str>>>,
    /// When it was talked about.
    pub period: Period,
}

/// The topics and their words.
#[derive(Debug, Default)]
pub struct Topics {
    /// Sorted by key.
    pub list: Vec<Topic>,
    /// First word of a name -> the topic, and which of its names.
    by_word: FxHashMap<Box<str>, Vec<(u32, u32)>>,
}

impl Topics {
    /// The names that begin with a word in lower case, and their topics, of those talked about on a day.
    pub fn beginning<'a>(
        &'a self,
        word: &str,
        day: Option<Date>,
    ) -> impl Iterator<Item = (&'a Topic, &'a [Box<str>])> {
        let found = self.by_word.get(word).into_iter().flatten();
        found.filter_map(move |&(topic, name)| {
            let topic = self.list.get(topic as usize)?;
            let open = day.is_none_or(|day| topic.period.on(day) > Held::No);
            Some((topic, topic.words.get(name as usize)?.as_slice())).filter(|_| open)
        })
    }
}

/// Reads the topics.
pub(super) fn read_topics(files: &[DataFile], links: &Links, faults: &mut Faults) -> Topics {
    let mut topics = Topics::default();
    for row in &TOPICS.read(files, faults) {
        let [key, name, words, from, to, source] = row.cells;
        links.check_sources(&TOPICS, row, source, faults);
        let words: Vec<Vec<Box<str>>> = TOPICS
            .list(row, words, faults)
            .iter()
            .map(|name| name.split(" + ").map(|part| part.trim().to_lowercase().into()).collect())
            .collect();
        if words.is_empty() || name.is_empty() {
            TOPICS.fault(
                row,
                faults,
                "no name or no words",
                "what it is called, and by which words it is named",
            );
        }
        let number = u32::try_from(topics.list.len()).unwrap_or(u32::MAX);
        for (index, parts) in (0_u32..).zip(&words) {
            let first = parts.first().map_or("", |part| part);
            let first = first.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or(first);
            topics.by_word.entry(first.into()).or_default().push((number, index));
        }
        let period = links.period(&TOPICS, row, from, to, faults);
        topics.list.push(Topic { key: key.into(), name: name.into(), words, period });
    }
    topics
}
