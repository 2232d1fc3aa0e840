//! Precision, recall and F1, by pairs and by B-cubed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use legation_record::Record;

use super::story::{Mention, Story};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
}

impl Score {
    pub(crate) fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "P {:.3} R {:.3} F1 {:.3}", self.precision, self.recall, self.f1())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    if whole == 0 { 1.0 } else { number(part) / number(whole) }
}

fn pairs(groups: &BTreeMap<String, Vec<String>>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in groups.values() {
        for (index, one) in group.iter().enumerate() {
            for other in &group[index + 1..] {
                pairs.insert((one.min(other).clone(), one.max(other).clone()));
            }
        }
    }
    pairs
}

/// Pairs of reports that are one text.
pub(crate) fn copies(stories: &[Story], record: &Record) -> Score {
    let mut gold: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for story in stories {
        for report in &story.reports {
            let origin = report.copy_of.clone().unwrap_or_else(|| report.letter.clone());
            gold.entry(format!("{}/{origin}", story.name)).or_default().push(report.key.clone());
            let origin = record.origin_of(&report.key).unwrap().unwrap();
            found.entry(origin.to_string()).or_default().push(report.key.clone());
        }
    }
    let (gold, found) = (pairs(&gold), pairs(&found));
    let right = gold.intersection(&found).count();
    if std::env::var_os("LEGATION_ERRORS").is_some() {
        println!("missed copies: {:?}", gold.difference(&found).collect::<Vec<_>>());
        println!("false copies: {:?}", found.difference(&gold).collect::<Vec<_>>());
    }
    Score { precision: ratio(right, found.len()), recall: ratio(right, gold.len()) }
}

/// Event of a mention in the record; one that was not read stands alone.
fn cluster(mention: &Mention, index: usize) -> String {
    mention.event.map_or_else(|| format!("alone {index}"), |event| event.to_string())
}

/// For each mention, how much of its event in the record is of its event in the gold, and the other way round; averaged.
pub(crate) fn bcubed(mentions: &[Mention]) -> Score {
    let mut gold: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        gold.entry(&mention.gold).or_default().push(index);
        found.entry(cluster(mention, index)).or_default().push(index);
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (index, mention) in mentions.iter().enumerate() {
        let (gold, found) = (&gold[mention.gold.as_str()], &found[&cluster(mention, index)]);
        let both = found.iter().filter(|other| gold.contains(other)).count();
        precision += ratio(both, found.len());
        recall += ratio(both, gold.len());
    }
    let count = f64::from(u32::try_from(mentions.len().max(1)).unwrap());
    Score { precision: precision / count, recall: recall / count }
}

/// Events of the gold that the record split, and events of the record that mix several.
pub(crate) fn print_errors(record: &Record, mentions: &[Mention]) {
    let mut gold: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    let mut found: BTreeMap<i64, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        gold.entry(&mention.gold).or_default().push(mention);
        if let Some(event) = mention.event {
            found.entry(event).or_default().push(mention);
        }
    }
    for mention in mentions.iter().filter(|mention| mention.event.is_none()) {
        println!("not read: {} | {} | {}", mention.report, mention.gold, mention.quotation);
    }
    for (label, mentions) in gold {
        let events: BTreeSet<i64> = mentions.iter().filter_map(|mention| mention.event).collect();
        if events.len() > 1 {
            println!("split: {label}");
            let first = mentions.iter().find_map(|mention| mention.claim).unwrap();
            for mention in mentions.iter().filter(|mention| mention.claim.is_some()) {
                let why = match record.likeness(first, mention.claim.unwrap()).unwrap() {
                    Ok(likeness) => format!("{likeness:.2?}"),
                    Err(conflict) => format!("{conflict:?}"),
                };
                let Mention { event, claim, report, quotation, .. } = mention;
                println!("    E{} C{} {report} {quotation}: {why}", event.unwrap(), claim.unwrap());
            }
        }
    }
    for (event, mentions) in found {
        let labels: BTreeSet<&str> = mentions.iter().map(|mention| mention.gold.as_str()).collect();
        if labels.len() > 1 {
            println!("mixed: E{event}");
            for mention in mentions {
                println!("    {} | {} {}", mention.gold, mention.report, mention.quotation);
            }
        }
    }
}
