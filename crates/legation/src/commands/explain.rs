//! `legation explain`: why each event was read, and which were nearly read.

use std::fmt::Write as _;

use legation_read::{
    Input, Reader, Reading,
    code::event::{self, Event, Explained, Fired, Place},
    parse::{Parsed, SentenceView},
    resolve::actor::ActorId,
    source,
};

use crate::{
    cli::ExplainArguments,
    exit::{self, Failure},
    inputs, output,
};

/// Explains the events of one report.
///
/// # Errors
/// If the report cannot be read, has no such sentence, the data are wrong, or the output cannot be written.
pub(crate) fn run(arguments: &ExplainArguments) -> Result<u8, Failure> {
    let found = inputs::find(std::slice::from_ref(&arguments.file));
    for failure in &found.failures {
        output::complain(failure);
    }
    let Some(source) = found.sources.first() else { return Ok(exit::USAGE) };
    let bytes = source
        .bytes(source::MAX_BYTES)
        .map_err(|error| Failure::new(exit::USAGE, format!("{}: {error}", source.name())))?;
    let (reader, _) = super::reader(arguments.data.as_deref())?;
    let input = Input { published: arguments.published, ..Input::new(&source.id, &bytes) };
    let reading = reader.read(&input);
    let number = arguments.sentence.map(usize::from);
    if let Some(number) = number.filter(|&number| number > reading.trees.len()) {
        let message = format!("no sentence {number}: {} has {}", source.name(), reading.trees.len());
        return Err(Failure::new(exit::USAGE, message).hint("sentences are counted from 1"));
    }
    super::print(&text(&reader, &reading, number))
}

/// The explanation of one sentence, or of all with a word that some frame knows.
fn text(reader: &Reader, reading: &Reading, number: Option<usize>) -> String {
    let parsed = Parsed { document: &reading.document, segments: &reading.segments, trees: &reading.trees };
    let mut pieces = Vec::new();
    for sentence in 0..parsed.len() {
        if number.is_some_and(|number| number != sentence + 1) {
            continue;
        }
        let explained = event::explain(parsed, reader.data(), sentence);
        if number.is_some() || !explained.is_empty() {
            let teller = Teller { reading, view: parsed.sentence(sentence) };
            pieces.push(teller.sentence(&explained));
        }
    }
    if pieces.is_empty() {
        "no word of the report is known to any frame\n".to_owned()
    } else {
        pieces.join("\n")
    }
}

/// Tells of one sentence.
struct Teller<'a> {
    reading: &'a Reading,
    view: SentenceView<'a>,
}

impl Teller<'_> {
    fn sentence(&self, explained: &[Explained]) -> String {
        let written = self.view.sentence.span.of(self.view.text);
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut out = format!("Sentence {}: {written}\n\n", self.view.index + 1);
        self.tree(&mut out);
        let events = || self.reading.events.iter().enumerate();
        for (index, event) in events().filter(|(_, event)| event.sentence == self.view.index) {
            self.event(&mut out, index, event, explained);
        }
        for told in explained {
            self.rest(&mut out, told);
        }
        out
    }

    fn tree(&self, out: &mut String) {
        let tree = self.view.tree;
        let widest = (0..self.view.len()).map(|word| self.view.word(word).chars().count()).max();
        let width = widest.unwrap_or(0);
        for word in 0..self.view.len() {
            let head = tree.head(word).map_or("-", |head| self.view.word(head));
            let (form, lemma) = (self.view.word(word), tree.lemma(word));
            let (tag, relation) = (tree.upos(word).as_str(), tree.deprel(word).as_str());
            let _ =
                writeln!(out, "  {:>3} {form:width$} {lemma:width$} {tag:6}{relation:13}{head}", word + 1);
        }
    }

    fn event(&self, out: &mut String, index: usize, event: &Event, explained: &[Explained]) {
        let trigger = event.trigger.of(self.view.text);
        let (kind, status) = (&event.kind, event.status.as_str());
        let _ = writeln!(
            out,
            "\ne{} {kind} “{trigger}”, {status}, confidence {:.2}",
            index + 1,
            event.confidence
        );
        if let Some(same) = event.same_as {
            let _ = writeln!(out, "  same as     e{}", same.0 + 1);
        }
        let _ = writeln!(out, "  rule        {}", event.rule);
        let told = explained.iter().find(|told| self.view.span(told.word) == event.trigger);
        let fired = told.and_then(|told| told.fired.iter().find(|fired| fired.rule == event.rule));
        self.side(out, "actors", &event.actors, fired.map(|fired| fired.actors.as_slice()));
        self.side(out, "recipients", &event.recipients, fired.map(|fired| fired.recipients.as_slice()));
        for quantity in &event.quantities {
            let _ = writeln!(out, "  quantity    “{}”: {}", quantity.span.of(self.view.text), quantity.what);
        }
    }

    /// Who stands on one side of an event, and where they were looked for.
    fn side(&self, out: &mut String, name: &str, actors: &[ActorId], places: Option<&[Place]>) {
        let names: Vec<&str> = actors
            .iter()
            .filter_map(|actor| self.reading.actors.get(actor.0 as usize))
            .map(|actor| actor.name.as_str())
            .collect();
        let names = if names.is_empty() { "nobody known".to_owned() } else { names.join(", ") };
        let _ = writeln!(out, "  {name:11} {names}; {}", self.looked_for(places.unwrap_or_default()));
    }

    fn looked_for(&self, places: &[Place]) -> String {
        let told: Vec<String> = places
            .iter()
            .map(|place| {
                let words: Vec<&str> = place.words.iter().map(|&word| self.view.word(word)).collect();
                let words = if words.is_empty() {
                    "nothing".to_owned()
                } else {
                    format!("“{}”", words.join(" "))
                };
                format!("{}: {words}", place.name)
            })
            .collect();
        if told.is_empty() { "looked for in no place".to_owned() } else { told.join(", ") }
    }

    /// Frames of a word that made no event, and those that nearly fired.
    fn rest(&self, out: &mut String, told: &Explained) {
        let form = self.view.word(told.word);
        let event = self.reading.events.iter().find(|event| event.trigger == self.view.span(told.word));
        for fired in told.fired.iter().filter(|fired| event.is_none_or(|event| event.rule != fired.rule)) {
            let why = self.objection(fired, event);
            let _ = writeln!(out, "\n“{form}” fired {}, no event: {why}", fired.rule);
            let _ = writeln!(out, "  actors      {}", self.looked_for(&fired.actors));
            let _ = writeln!(out, "  recipients  {}", self.looked_for(&fired.recipients));
        }
        if !told.nearly.is_empty() {
            let _ = writeln!(out, "\n“{form}” nearly fired");
        }
        for near in &told.nearly {
            let _ = writeln!(out, "  {} “{}”: missing {}", near.rule, near.trigger, near.missing.join(", "));
        }
    }

    fn objection(&self, fired: &Fired, event: Option<&Event>) -> String {
        if !fired.objections.is_empty() {
            return fired.objections.join("; ");
        }
        event.map_or_else(
            || "nobody known in the places it needs, or told just before".to_owned(),
            |event| format!("{} came first", event.rule),
        )
    }
}
