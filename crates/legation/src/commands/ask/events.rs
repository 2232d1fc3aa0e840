//! `legation events`: events with the reports behind them.

use legation_read::data::Data;

use super::{filter, names, open, printing::list, who};
use crate::{
    ask_cli::EventsArguments,
    exit::{self, Failure},
};

/// Lists the events asked for.
///
/// # Errors
/// If there is no record, a name is not known, or the output cannot be written.
pub(super) fn run(arguments: &EventsArguments) -> Result<u8, Failure> {
    let types = types(&arguments.types)?;
    if arguments.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
        return Err(Failure::new(exit::USAGE, "--confidence is a number from 0 to 1"));
    }
    let record = open(&arguments.record)?;
    let mut filter = filter(&record, arguments.days, arguments.source.as_ref())?;
    filter.types = types;
    filter.statuses = names(&arguments.status);
    filter.actor = who(&record, arguments.actor.as_ref())?;
    filter.recipient = who(&record, arguments.recipient.as_ref())?;
    filter.origins = arguments.origins.map(i64::from);
    filter.confidence = arguments.confidence;
    filter.rejected = arguments.rejected;
    filter.newest = arguments.newest;
    let events = record.events(&filter)?;
    list(&arguments.printing, "events", events.len(), |number| record.event(events[number]))
}

/// The types of the codebook, as it writes them; one file of the codebook is one type.
fn types(wanted: &[String]) -> Result<Vec<String>, Failure> {
    let known: Vec<String> = Data::shipped_files()
        .filter_map(|file| {
            let name = file.path.strip_prefix("codebook/")?.strip_suffix(".toml")?;
            (name != "contexts").then(|| name.to_uppercase())
        })
        .collect();
    let mut types = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        let upper = wanted.trim().to_uppercase();
        if !known.contains(&upper) {
            let message = format!("{wanted}: no type of event; the types are {}", known.join(", "));
            return Err(Failure::new(exit::USAGE, message).hint("docs/codebook.md tells what each means"));
        }
        types.push(upper);
    }
    Ok(types)
}
