//! Mentions in; actors, places and dates as meant out, as of the document's date.

pub mod actor;
pub mod date;
pub mod place;
mod survey;
