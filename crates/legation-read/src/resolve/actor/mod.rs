//! Who is meant: states, bodies, persons in their offices, groups.
//!
//! Mentions are taken in the order of the text. A name is looked up ([`name`]), a noun phrase is described by what
//! stands in it and then looked for among those already on stage ([`nominal`]), a pronoun goes to the nearest actor
//! that agrees ([`pronoun`]). The stage itself is [`cast`].

mod alike;
mod cast;
mod describe;
mod metonymy;
mod name;
mod nominal;
mod pronoun;
mod question;
mod several;

use std::collections::BTreeMap;

use crate::{Span, data::Data, mention::Mentions, parse::Parsed, resolve::place::Places};

/// Number of an actor in its document, from 0; `a1` in JSON is number 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// What kind of thing an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// One human being.
    Person,
    /// A state or territory as such: "China", "Moscow" where it speaks.
    State,
    /// A government or one of its parts: "the Kremlin", "the foreign ministry".
    Government,
    /// An intergovernmental or other organisation.
    Organisation,
    /// An armed group, party or movement.
    Group,
    /// A newspaper, agency or broadcaster.
    Outlet,
    /// People without a name: "protesters", "two officials", "civilians".
    People,
    /// Not known.
    Unknown,
}

impl ActorKind {
    /// The word that the JSON uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::State => "state",
            ActorKind::Government => "government",
            ActorKind::Organisation => "organisation",
            ActorKind::Group => "group",
            ActorKind::Outlet => "outlet",
            ActorKind::People => "people",
            ActorKind::Unknown => "unknown",
        }
    }
}

/// Somebody who acts, speaks or is acted upon in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name as the register has it, else as the fullest mention has it.
    pub name: String,
    /// What kind.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3; `None` for an intergovernmental body or when not known.
    pub country: Option<String>,
    /// The country, or the body's short name.
    pub code: Option<String>,
    /// PLOVER sector: GOV MIL JUD LEG PTY OPP REB CVL MED BUS ...
    pub sector: Option<String>,
    /// Office as held on the document's date, or as the text gives it.
    pub role: Option<String>,
    /// Key in the register; `None` when resolved from the text alone.
    pub register: Option<String>,
    /// Where the document mentions it, in order.
    pub mentions: Vec<Span>,
}

/// The actors of a document and the words that stand for them.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// In the order of first mention.
    pub list: Vec<Actor>,
    /// (sentence, head word) of a phrase -> whom it stands for; "the two leaders" stands for two.
    at: BTreeMap<(usize, usize), Vec<ActorId>>,
}

impl Actors {
    /// Whom the phrase headed by this word stands for; empty if nobody known. Coordinates are separate phrases.
    #[must_use]
    pub fn at(&self, sentence: usize, word: usize) -> &[ActorId] {
        self.at.get(&(sentence, word)).map_or(&[], Vec::as_slice)
    }

    /// The actor of this number.
    ///
    /// # Panics
    /// If the number is of another document.
    #[must_use]
    pub fn get(&self, id: ActorId) -> &Actor {
        &self.list[id.0 as usize]
    }

    /// Adds an actor and returns its number.
    pub fn push(&mut self, actor: Actor) -> ActorId {
        let id = ActorId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(actor);
        id
    }

    /// Says that the phrase headed by `word` stands for these actors.
    pub fn set(&mut self, sentence: usize, word: usize, actors: Vec<ActorId>) {
        self.at.insert((sentence, word), actors);
    }

    /// All phrases and whom they stand for, by sentence and word.
    pub fn phrases(&self) -> impl Iterator<Item = (usize, usize, &[ActorId])> {
        self.at.iter().map(|(&(sentence, word), actors)| (sentence, word, actors.as_slice()))
    }

    /// The phrases of one sentence, by head word, and whom each stands for.
    pub fn in_sentence(&self, sentence: usize) -> impl Iterator<Item = (usize, &[ActorId])> {
        let all = self.at.range((sentence, 0)..(sentence + 1, 0));
        all.map(|(&(_, word), actors)| (word, actors.as_slice()))
    }

    /// The state with this ISO 3166-1 alpha-3 code as an actor, added if the text has not named it as one:
    /// "visited Moscow" has Russia as its recipient.
    pub fn state(&mut self, country: &str, data: &Data) -> ActorId {
        let known = self
            .list
            .iter()
            .position(|actor| actor.kind == ActorKind::State && actor.country.as_deref() == Some(country));
        if let Some(index) = known {
            return ActorId(u32::try_from(index).unwrap_or(u32::MAX));
        }
        let name = data.state_name(country).unwrap_or(country).to_owned();
        self.push(Actor {
            name,
            kind: ActorKind::State,
            country: Some(country.to_owned()),
            code: Some(country.to_owned()),
            sector: None,
            role: None,
            register: Some(country.to_owned()),
            mentions: Vec::new(),
        })
    }
}

/// Finds out who is meant by each mention.
#[must_use]
pub fn resolve(parsed: Parsed<'_>, mentions: &Mentions, places: &Places, data: &Data) -> Actors {
    let mut cast = cast::Cast::new(parsed, mentions, places, data);
    let list = &mentions.mentions;
    let mut start = 0;
    while start < list.len() {
        let sentence = list[start].sentence;
        let end = start + list[start..].partition_point(|mention| mention.sentence == sentence);
        cast.take_sentence(&list[start..end]);
        start = end;
    }
    cast.finish()
}
