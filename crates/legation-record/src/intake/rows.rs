//! Rows of a report and of a reading.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use legation_read::{
    CodePoints, Reading, Span,
    code::{
        event::{Claim, Event, Quantity, When},
        expectation::Expectation,
        relation::Relation,
        statement::Statement,
    },
    data::speech::Towards,
    resolve::{
        actor::{Actor, ActorId},
        place::{Place, PlaceId},
    },
};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde_json::{Value, json};

use super::{Incoming, Made, Run, packed};
use crate::{
    derive::{self, Touched},
    error::RecordError,
    hash,
    record::count,
};

/// Bytes behind a text that are kept as they are.
const TAIL: usize = 16;

/// Number of what readings are made with.
pub(super) fn made(transaction: &Transaction<'_>, made: &Made) -> Result<i64, RecordError> {
    let fields = params![made.legation, made.data, made.models];
    transaction.execute(
        "INSERT INTO made (legation, data, models) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        fields,
    )?;
    let query = "SELECT id FROM made WHERE legation = ? AND data = ? AND models = ?";
    Ok(transaction.query_row(query, fields, |row| row.get(0))?)
}

/// Takes the newest text of a key out of the live record; a newer one comes.
pub(super) fn retire_report(
    transaction: &Transaction<'_>,
    key: &str,
    touched: &mut Touched,
) -> Result<(), RecordError> {
    let query = "SELECT id FROM report WHERE key = ? AND is_latest";
    let report: i64 = transaction.query_row(query, [key], |row| row.get(0))?;
    derive::retire(transaction, report, true, touched)?;
    retire_reading(transaction, report)?;
    transaction.execute("UPDATE report SET is_latest = 0 WHERE id = ?", [report])?;
    Ok(())
}

/// Takes the live reading of a report out of the live record: another follows.
pub(crate) fn retire_reading(transaction: &Transaction<'_>, report: i64) -> Result<(), RecordError> {
    let query = "SELECT id FROM reading WHERE report = ? AND is_live";
    let Some(reading) = transaction.query_row(query, [report], |row| row.get::<_, i64>(0)).optional()? else {
        return Ok(());
    };
    transaction.execute(
        "INSERT INTO word (word, rowid, title, text) SELECT 'delete', id, title, text FROM searched WHERE id = ?",
        [report],
    )?;
    for table in ["claim", "statement", "expectation", "relation"] {
        transaction.execute(&format!("UPDATE {table} SET is_live = 0 WHERE reading = ?"), [reading])?;
    }
    transaction.execute("UPDATE reading SET is_live = 0 WHERE id = ?", [reading])?;
    Ok(())
}

/// Adds a report and returns its number.
pub(super) fn report(
    transaction: &Transaction<'_>,
    run: Run,
    incoming: &Incoming<'_>,
    reading: &Reading,
    at: Timestamp,
) -> Result<i64, RecordError> {
    let document = &reading.document;
    let version: i64 = transaction
        .prepare_cached("SELECT coalesce(max(version), 0) + 1 FROM report WHERE key = ?")?
        .query_row([incoming.key], |row| row.get(0))?;
    let tail = tail(incoming.bytes, &document.text);
    let bytes = if tail.is_some() { None } else { Some(packed(incoming.bytes)?) };
    transaction
        .prepare_cached(
            "INSERT INTO report (key, version, is_latest, document, source, title, outlet, byline, language, url,
                published, sha256, given, tail, bytes, kept, run, origin)
            VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) + 1 FROM report))",
        )?
        .execute(params![
            incoming.key,
            version,
            document.id,
            incoming.source,
            document.title,
            document.outlet,
            document.byline,
            document.language,
            document.url,
            day(document.published),
            document.sha256,
            json!(incoming.given).to_string(),
            tail,
            bytes,
            at.to_string(),
            run.id
        ])?;
    Ok(transaction.last_insert_rowid())
}

/// Lets a report say of itself what its newest reading found, which is yet to be added: title, outlet, day.
pub(super) fn redescribe(
    transaction: &Transaction<'_>,
    report: i64,
    reading: &Reading,
) -> Result<(), RecordError> {
    let document = &reading.document;
    transaction
        .prepare_cached(
            "UPDATE report SET title = ?, outlet = ?, byline = ?, language = ?, url = ?, published = ? WHERE id = ?",
        )?
        .execute(params![
            document.title,
            document.outlet,
            document.byline,
            document.language,
            document.url,
            day(document.published),
            report
        ])?;
    Ok(())
}

/// Adds a reading of a report, the live one from now on, and returns its number.
pub(crate) fn reading(
    transaction: &Transaction<'_>,
    run: Run,
    report: i64,
    reading: &Reading,
) -> Result<i64, RecordError> {
    let points = CodePoints::new(&reading.document.text);
    let body = body(transaction, report, &reading.document.text)?;
    let sentences: Vec<_> =
        reading.segments.sentences.iter().map(|sentence| pair(&points, sentence.span)).collect();
    transaction
        .prepare_cached(
            "INSERT INTO reading (report, made, run, body, sentences, is_live) VALUES (?, ?, ?, ?, ?, 1)",
        )?
        .execute(params![report, run.made, run.id, body, json!(sentences).to_string()])?;
    let number = transaction.last_insert_rowid();
    let mut rows = Rows {
        transaction,
        reading,
        points,
        report,
        number,
        actors: Vec::with_capacity(reading.actors.len()),
        places: Vec::with_capacity(reading.places.len()),
    };
    rows.write()?;
    transaction
        .prepare_cached(
            "INSERT INTO word (rowid, title, text) SELECT id, title, text FROM searched WHERE id = ?",
        )?
        .execute([report])?;
    Ok(number)
}

/// What bytes have behind a text; `None` where they do not begin with it, or go on for long.
fn tail<'a>(bytes: &'a [u8], text: &str) -> Option<&'a str> {
    let tail = bytes.strip_prefix(text.as_bytes())?;
    std::str::from_utf8(tail).ok().filter(|tail| tail.len() <= TAIL)
}

/// The text of a report, shared with its earlier readings while it is the same.
fn body(transaction: &Transaction<'_>, report: i64, text: &str) -> Result<i64, RecordError> {
    let mut query = transaction.prepare_cached("SELECT id FROM body WHERE report = ? AND text = ?")?;
    if let Some(body) = query.query_row(params![report, text], |row| row.get(0)).optional()? {
        return Ok(body);
    }
    transaction
        .prepare_cached("INSERT INTO body (report, sha256, text) VALUES (?, ?, ?)")?
        .execute(params![report, hash::sha256(text.as_bytes()), text])?;
    Ok(transaction.last_insert_rowid())
}

/// What is needed to write the rows of one reading.
struct Rows<'a> {
    transaction: &'a Transaction<'a>,
    reading: &'a Reading,
    points: CodePoints,
    report: i64,
    number: i64,
    /// Numbers in the record of the reading's actors, in their order.
    actors: Vec<i64>,
    /// The same of its places.
    places: Vec<i64>,
}

impl Rows<'_> {
    fn write(&mut self) -> Result<(), RecordError> {
        let reading = self.reading;
        for (number, actor) in reading.actors.iter().enumerate() {
            self.actor(number, actor)?;
        }
        for (number, place) in reading.places.iter().enumerate() {
            self.place(number, place)?;
        }
        self.dates()?;
        for (number, statement) in reading.statements.iter().enumerate() {
            self.statement(number, statement)?;
        }
        for (number, event) in reading.events.iter().enumerate() {
            self.claim(number, event)?;
        }
        for (number, expectation) in reading.expectations.iter().enumerate() {
            self.expectation(number, expectation)?;
        }
        for (number, relation) in reading.relations.iter().enumerate() {
            self.relation(number, relation)?;
        }
        self.problems()
    }

    fn actor(&mut self, number: usize, actor: &Actor) -> Result<(), RecordError> {
        let id = actor_id(self.transaction, actor)?;
        self.actors.push(id);
        self.transaction
            .prepare_cached(
                "INSERT INTO reading_actor (reading, number, actor, sector, role, mentions) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![self.number, count(number), id, actor.sector, actor.role, self.spans(&actor.mentions)])?;
        Ok(())
    }

    fn place(&mut self, number: usize, place: &Place) -> Result<(), RecordError> {
        let id = place_id(self.transaction, place)?;
        self.places.push(id);
        self.transaction
            .prepare_cached(
                "INSERT INTO reading_place (reading, number, place, mentions) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![self.number, count(number), id, self.spans(&place.mentions)])?;
        Ok(())
    }

    fn dates(&self) -> Result<(), RecordError> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO reading_date (reading, number, start, \"end\", type, value, first, last)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (number, date) in self.reading.dates.iter().enumerate() {
            let (start, end) = pair(&self.points, date.span);
            let (first, last) = (day(date.first), day(date.last));
            let number = count(number);
            insert.execute(params![
                self.number,
                number,
                start,
                end,
                date.kind.as_str(),
                date.value,
                first,
                last
            ])?;
        }
        Ok(())
    }

    fn statement(&self, number: usize, statement: &Statement) -> Result<(), RecordError> {
        let cue = statement.cue.map(|cue| pair(&self.points, cue));
        let said = statement.date.and_then(|date| self.reading.dates.get(date.0 as usize));
        self.transaction
            .prepare_cached(
                "INSERT INTO statement (reading, report, number, is_live, speaker, speaker_text, cue_start, cue_end,
                    content, kind, stance, act, addressee, via, day, sentence, topics)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.number,
                self.report,
                count(number),
                self.known_actor(statement.speaker),
                statement.speaker_text,
                cue.map(|cue| cue.0),
                cue.map(|cue| cue.1),
                self.spans(&statement.content),
                statement.kind.as_str(),
                statement.stance,
                if statement.is_attitude() { "attitude" } else { "speech" },
                self.known_actor(statement.addressee),
                numbers(&statement.via),
                said.and_then(|date| day(date.first)),
                count(statement.sentence),
                json!(self.reading.topics_of_statement(statement)).to_string()
            ])?;
        let id = self.transaction.last_insert_rowid();
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO statement_about (statement, actor, towards) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )?;
        for about in &statement.about {
            let actor = self.known_actor(Some(about.actor));
            insert.execute(params![id, actor, about.towards.map(Towards::as_str)])?;
        }
        Ok(())
    }

    fn claim(&self, number: usize, event: &Event) -> Result<(), RecordError> {
        let (start, end) = pair(&self.points, event.trigger);
        let when = event.date.as_ref();
        self.transaction
            .prepare_cached(
                "INSERT INTO claim (reading, report, number, is_live, type, mode, contexts, quad, cameo, intensity,
                    is_reciprocal, value, first, last, date_from, place, status, sentence, start, \"end\", words,
                    rule, confidence, same_as, quantities, wording, founder)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    (SELECT coalesce(max(id), 0) + 1 FROM claim))",
            )?
            .execute(params![
                self.number,
                self.report,
                count(number),
                event.kind,
                event.mode,
                json!(event.contexts).to_string(),
                quad(&event.quad),
                json!(event.cameo).to_string(),
                event.intensity,
                event.reciprocal,
                when.and_then(|when| when.value.as_deref()),
                when.and_then(|when| day(when.first)),
                when.and_then(|when| day(when.last)),
                when.and_then(|when| when.from).map(|date| date.0),
                self.known_place(event.place),
                event.status.as_str(),
                count(event.sentence),
                start,
                end,
                event.trigger.of(&self.reading.document.text),
                event.rule,
                event.confidence,
                event.same_as.map(|other| other.0),
                quantities(&event.quantities),
                self.wording(event.sentence)
            ])?;
        let id = self.transaction.last_insert_rowid();
        for (side, actors) in [&event.actors, &event.recipients].into_iter().enumerate() {
            self.parties(id, side, actors)?;
        }
        self.voices(id, &event.claims)
    }

    fn parties(&self, claim: i64, side: usize, actors: &[ActorId]) -> Result<(), RecordError> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO claim_party (claim, side, position, number, actor) VALUES (?, ?, ?, ?, ?)",
        )?;
        for (position, &actor) in actors.iter().enumerate() {
            let known = self.known_actor(Some(actor));
            insert.execute(params![claim, count(side), count(position), actor.0, known])?;
        }
        Ok(())
    }

    fn voices(&self, claim: i64, claims: &[Claim]) -> Result<(), RecordError> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO voice (claim, position, by, via, stance, statement) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for (position, voice) in claims.iter().enumerate() {
            let by = voice.by.map(|actor| actor.0);
            let statement = voice.statement.map(|statement| statement.0);
            insert.execute(params![
                claim,
                count(position),
                by,
                numbers(&voice.via),
                voice.stance,
                statement
            ])?;
        }
        Ok(())
    }

    fn expectation(&self, number: usize, expectation: &Expectation) -> Result<(), RecordError> {
        let when: Option<&When> = expectation.when.as_ref();
        let events: Vec<u32> = expectation.events.iter().map(|event| event.0).collect();
        self.transaction
            .prepare_cached(
                "INSERT INTO expectation (reading, report, number, is_live, what, place, value, first, last,
                    occasion, status, sentence, events, founder)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) + 1 FROM expectation))",
            )?
            .execute(params![
                self.number,
                self.report,
                count(number),
                expectation.what,
                self.known_place(expectation.place),
                when.and_then(|when| when.value.as_deref()),
                when.and_then(|when| day(when.first)),
                when.and_then(|when| day(when.last)),
                expectation.occasion,
                expectation.status,
                count(expectation.sentence),
                json!(events).to_string()
            ])?;
        let id = self.transaction.last_insert_rowid();
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO expectation_party (expectation, position, actor) VALUES (?, ?, ?)",
        )?;
        for (position, &actor) in expectation.who.iter().enumerate() {
            insert.execute(params![id, count(position), self.known_actor(Some(actor))])?;
        }
        self.positions(id, expectation)
    }

    fn positions(&self, expectation: i64, of: &Expectation) -> Result<(), RecordError> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO position (expectation, number, party, party_text, position, sentence, start, \"end\")
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (number, item) in of.positions.iter().enumerate() {
            let (start, end) = pair(&self.points, item.span);
            let party = self.known_actor(item.party);
            let (number, sentence) = (count(number), count(item.sentence));
            insert.execute(params![
                expectation,
                number,
                party,
                item.party_text,
                item.position,
                sentence,
                start,
                end
            ])?;
        }
        Ok(())
    }

    fn relation(&self, number: usize, relation: &Relation) -> Result<(), RecordError> {
        let (start, end) = pair(&self.points, relation.span);
        let parties: Vec<_> =
            relation.parties.iter().filter_map(|&actor| self.known_actor(Some(actor))).collect();
        self.transaction
            .prepare_cached(
                "INSERT INTO relation (reading, report, number, is_live, kind, \"from\", \"to\", parties, what, value,
                    since, until, rank, sentence, start, \"end\")
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.number,
                self.report,
                count(number),
                relation.kind,
                self.known_actor(relation.from),
                self.known_actor(relation.to),
                json!(parties).to_string(),
                relation.what,
                relation.value,
                relation.since,
                relation.until,
                relation.rank,
                count(relation.sentence),
                start,
                end
            ])?;
        Ok(())
    }

    fn problems(&self) -> Result<(), RecordError> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO problem (reading, code, message, start, \"end\") VALUES (?, ?, ?, ?, ?)",
        )?;
        for problem in &self.reading.problems {
            let span = problem.span.map(|span| pair(&self.points, span));
            let (start, end) = (span.map(|span| span.0), span.map(|span| span.1));
            insert.execute(params![self.number, problem.code, problem.message, start, end])?;
        }
        Ok(())
    }

    /// Hashes of the longer words of a sentence, sorted, each once.
    fn wording(&self, sentence: usize) -> Vec<u8> {
        let span = self.reading.segments.sentences.get(sentence).map(|sentence| sentence.span);
        let text = span.map_or("", |span| span.of(&self.reading.document.text));
        let long = hash::words(text).filter(|word| word.chars().count() > 3);
        let hashes: BTreeSet<[u8; 4]> = long
            .map(|word| {
                let hash = hash::of(word.as_bytes()).to_be_bytes();
                [hash[0], hash[1], hash[2], hash[3]]
            })
            .collect();
        // Sorted as numbers, kept with the least byte first.
        hashes.into_iter().flat_map(|hash| u32::from_be_bytes(hash).to_le_bytes()).collect()
    }

    fn known_actor(&self, actor: Option<ActorId>) -> Option<i64> {
        actor.and_then(|actor| self.actors.get(actor.0 as usize).copied())
    }

    fn known_place(&self, place: Option<PlaceId>) -> Option<i64> {
        place.and_then(|place| self.places.get(place.0 as usize).copied())
    }

    fn spans(&self, spans: &[Span]) -> String {
        json!(spans.iter().map(|&span| pair(&self.points, span)).collect::<Vec<_>>()).to_string()
    }
}

/// Number of an actor over all reports; added if it is new.
fn actor_id(connection: &Connection, actor: &Actor) -> Result<i64, RecordError> {
    let country = actor.country.as_deref().unwrap_or("");
    let key = match &actor.register {
        Some(register) => format!("register:{register}"),
        None => format!("{}:{}:{country}", actor.kind.as_str(), actor.name.to_lowercase()),
    };
    let mut query = connection.prepare_cached("SELECT id FROM actor WHERE key = ?")?;
    if let Some(id) = query.query_row([&key], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO actor (key, name, kind, country, code, register) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![key, actor.name, actor.kind.as_str(), actor.country, actor.code, actor.register])?;
    Ok(connection.last_insert_rowid())
}

/// Number of a place over all reports; added if it is new.
fn place_id(connection: &Connection, place: &Place) -> Result<i64, RecordError> {
    let country = place.country.as_deref().unwrap_or("");
    let key = match place.geonames {
        Some(geonames) => format!("geonames:{geonames}"),
        None => format!("{}:{country}", place.name.to_lowercase()),
    };
    let mut query = connection.prepare_cached("SELECT id FROM place WHERE key = ?")?;
    if let Some(id) = query.query_row([&key], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO place (key, name, country, latitude, longitude, geonames) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![key, place.name, place.country, place.latitude, place.longitude, place.geonames])?;
    Ok(connection.last_insert_rowid())
}

fn quantities(quantities: &[Quantity]) -> String {
    let quantity = |item: &Quantity| json!({"value": item.value, "least": item.least, "most": item.most, "what": item.what, "of": item.of});
    Value::from_iter(quantities.iter().map(quantity)).to_string()
}

fn numbers(actors: &[ActorId]) -> String {
    Value::from_iter(actors.iter().map(|actor| actor.0)).to_string()
}

fn pair(points: &CodePoints, span: Span) -> (u32, u32) {
    (points.at(span.start), points.at(span.end))
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// The number of a quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
fn quad(name: &str) -> u8 {
    match name {
        "verbal-cooperation" => 1,
        "material-cooperation" => 2,
        "verbal-conflict" => 3,
        _ => 4,
    }
}
