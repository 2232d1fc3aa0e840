//! The PLOVER root of what a marked source does to a marked target.

use legation_read::{Reader, Reading, Span, code::event::Event};
use serde_json::{Value, json};

use crate::input;

/// Names the root of the event that best joins the two marked actors.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let text = &reading.document.text;
    let (source, target) = (input::span(text, &line["source"]), input::span(text, &line["target"]));
    let best = reading.events.iter().max_by_key(|event| {
        let joins = u32::from(names(&reading, event, source)) + u32::from(names(&reading, event, target));
        (joins, u32::MAX - event.trigger.start)
    });
    json!({"id": line["id"], "root": best.map(|event| &event.kind)})
}

fn names(reading: &Reading, event: &Event, marked: Option<Span>) -> bool {
    let Some(marked) = marked else { return false };
    let mentions =
        event.actors.iter().chain(&event.recipients).filter_map(|id| reading.actors.get(id.0 as usize));
    mentions.flat_map(|actor| &actor.mentions).any(|mention| mention.overlaps(marked))
}
