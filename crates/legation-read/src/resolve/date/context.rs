//! What dates are counted from: publication, the date before, the moment of speaking.

use jiff::civil::Date as Day;

use super::{Anchor, DateId, period::Period, period::Stamp};
use crate::data::calendar::Base;

/// Years ahead of the story within which a lone year is taken to carry it on.
const ASIDE: u32 = 8;

/// Where the text points in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// The last date that was worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    pub(super) period: Period,
    pub(super) stamp: Stamp,
    pub(super) id: DateId,
    pub(super) sentence: usize,
    pub(super) block: u32,
    /// Whether its year was written out or counted from a written one.
    pub(super) year_written: bool,
}

/// All that a date may be counted from at one place of the text.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) published: Option<Day>,
    /// A history, not news: dates without year continue the date before them.
    pub(super) narrative: bool,
    pub(super) last: Option<Last>,
    /// The last whole day that was worked out.
    last_day: Option<Last>,
    /// The date just before this place, glances aside included: "1871-72" borrows from it.
    pub(super) before: Option<Stamp>,
    /// In a history, a lone year far from the story, kept apart until a second one confirms it.
    aside: Option<i32>,
    /// When the words of a quotation were said, inside it.
    pub(super) said: Option<(Stamp, DateId)>,
    /// Inside a quotation.
    pub(super) quoted: bool,
    pub(super) sentence: usize,
    pub(super) block: u32,
}

impl Context {
    pub(super) fn new(published: Option<Day>, narrative: bool) -> Context {
        let published = published.filter(|day| (1..=9999).contains(&day.year()));
        Context {
            published,
            narrative,
            last: None,
            last_day: None,
            before: None,
            aside: None,
            said: None,
            quoted: false,
            sentence: 0,
            block: 0,
        }
    }

    /// The present of the text at this place.
    pub(super) fn now(&self) -> Option<(Stamp, Anchor)> {
        if let Some((stamp, id)) = self.said {
            return Some((stamp, Anchor::Date(id)));
        }
        let published = self.published.map(|day| (Stamp::of(day), Anchor::Published));
        if self.narrative { self.last_stamp().or(published) } else { published }
    }

    /// The day of publication or of speaking, histories included: "today".
    ///
    /// Nobody quoted in a history spoke on the day of its publication.
    pub(super) fn today(&self) -> Option<(Stamp, Anchor)> {
        if self.narrative && self.quoted {
            return self.now().filter(|now| now.1 != Anchor::Published);
        }
        let said = self.said.map(|(stamp, id)| (stamp, Anchor::Date(id)));
        said.or(self.published.map(|day| (Stamp::of(day), Anchor::Published)))
    }

    fn last_stamp(&self) -> Option<(Stamp, Anchor)> {
        self.last.map(|last| (last.stamp, Anchor::Date(last.id)))
    }

    /// What a rule counts from; `fine` for what is counted in days or weeks, which in news no bare year is the base of.
    pub(super) fn base(&self, base: Base, fine: bool) -> Option<(Stamp, Anchor)> {
        match base {
            Base::Now => self.now(),
            Base::Near => self.lender(Direction::Unknown).or_else(|| self.now()),
            Base::Text if fine && !self.narrative => self.last_day().or_else(|| self.now()),
            Base::Text => self.last_stamp().or_else(|| self.now()),
        }
    }

    fn last_day(&self) -> Option<(Stamp, Anchor)> {
        let last = self.last.filter(|last| last.stamp.day.is_some()).or(self.last_day)?;
        Some((last.stamp, Anchor::Date(last.id)))
    }

    /// The date that lends its year to a date without one: in a history the one before, in news one with a written
    /// year in the same sentence.
    pub(super) fn lender(&self, direction: Direction) -> Option<(Stamp, Anchor)> {
        let last = self.last?;
        let this_year = self.published.map(|day| i32::from(day.year()));
        let elsewhere = last.year_written && Some(last.stamp.year) != this_year;
        let near = last.sentence == self.sentence
            || (last.block == self.block
                && last.sentence + 1 == self.sentence
                && direction == Direction::Past);
        if self.narrative || (elsewhere && near) || self.published.is_none() {
            self.last_stamp()
        } else {
            None
        }
    }

    /// Remembers a date for those that follow.
    pub(super) fn remember(&mut self, period: Period, id: DateId, anchor: Anchor) {
        if self.narrative && anchor == Anchor::Published {
            return;
        }
        if self.is_aside(period) {
            return;
        }
        let year_written = match anchor {
            Anchor::Absolute => true,
            Anchor::Date(_) => self.last.is_some_and(|last| last.year_written),
            _ => false,
        };
        let stamp = period.stamp();
        let last = Last { period, stamp, id, sentence: self.sentence, block: self.block, year_written };
        if stamp.day.is_some() {
            self.last_day = Some(last);
        }
        self.last = Some(last);
    }

    /// Whether a period is a year mentioned in passing: histories glance back and forth, but go on where they were.
    fn is_aside(&mut self, period: Period) -> bool {
        let (Period::Year(year), Some(last), true) = (period, self.last, self.narrative) else {
            self.aside = None;
            return false;
        };
        let far = |one: i32, other: i32| one.abs_diff(other) > ASIDE;
        if !far(year, last.stamp.year) && year >= last.stamp.year {
            self.aside = None;
            return false;
        }
        let confirmed = self.aside.is_some_and(|aside| !far(year, aside));
        self.aside = if confirmed { None } else { Some(year) };
        !confirmed
    }
}
