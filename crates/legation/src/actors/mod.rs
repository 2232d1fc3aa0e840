//! Other people's knowledge of actors, made into data files of our own: dictionaries, query results.
//!
//! [`petrarch`] and [`wikidata`] read them, [`overlay`] gathers rows and writes them, [`report`] says what became of each.

pub(crate) mod overlay;
pub(crate) mod petrarch;
pub(crate) mod report;
pub(crate) mod wikidata;
