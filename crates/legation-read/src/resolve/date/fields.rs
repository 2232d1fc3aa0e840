//! The parts of a calendar date that were written, and the whole they make with what is known from the context.

use jiff::civil::Date as Day;

use super::{
    Anchor,
    context::Direction,
    meaning::{Place, choose, name_at, nearest},
    period::{Period, Stamp, add_days, add_months, add_years, day},
    weekday::{shifted_weekday, weekday_near},
};
use crate::data::calendar::{
    Base, Means,
    class::{Class, PARTS, SEASONS, Unit},
};

/// Months back from which a month without a year is taken for one of the next year.
const TURN: i8 = 9;

/// Decades that are centuries when they end in two noughts: "the 1800s", but "the 1900s" are doubtful.
const CENTURIES: std::ops::RangeInclusive<i32> = 1000..=1800;

/// A date worked out, with what it was counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub(super) period: Period,
    pub(super) anchor: Anchor,
    pub(super) alternative: Option<Period>,
}

impl Whole {
    fn absolute(period: Period) -> Whole {
        Whole { period, anchor: Anchor::Absolute, alternative: None }
    }
}

/// The parts of a date as written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fields {
    pub(super) year: Option<i32>,
    month: Option<i8>,
    day: Option<i8>,
    pub(super) weekday: Option<i8>,
    season: Option<usize>,
    decade: Option<i32>,
    /// "The 1600s": the whole century.
    hundreds: Option<i32>,
    part: Option<&'static str>,
    clock: Option<(i8, i8)>,
    deictic: Option<i32>,
    /// A year by its distance: "of last year", "of that year".
    pub(super) year_shift: Option<(i32, Base)>,
    before_christ: bool,
    /// Month and day in the other order: 7/8/07 in British use.
    swapped: Option<(i8, i8)>,
}

/// "On March 3 and again on the 28th": the next such day after the one before it in the sentence.
fn after_day(place: &Place<'_>, number: i8) -> Option<Whole> {
    let last = place.context.last.filter(|last| last.sentence == place.context.sentence)?;
    let Period::Day(before) = last.period else { return None };
    let in_month = |by| {
        let (year, month) = add_months(last.stamp.year, last.stamp.month?, by);
        day(year, month, number)
    };
    let day = in_month(0).filter(|day| *day > before).or_else(|| in_month(1))?;
    Some(Whole { period: Period::Day(day), anchor: Anchor::Date(last.id), alternative: None })
}

/// A year of three figures: of the side of the era that the story is on.
fn early_year(place: &Place<'_>) -> Option<i32> {
    let year = place.first_of(&[Class::EarlyYear, Class::EraYear]);
    let year = year.filter(|_| place.value(Class::Era).is_none())?;
    let before_christ = place.rule().early && place.context.last.is_some_and(|last| last.stamp.year < 0);
    Some(if before_christ { -year } else { year })
}

fn small(number: i32) -> Option<i8> {
    i8::try_from(number).ok()
}

impl Fields {
    pub(super) fn of(place: &Place<'_>) -> Fields {
        let value = |class| place.value(class);
        let mut fields = Fields {
            year: place.first_of(&[Class::Year, Class::Modern]).or_else(|| early_year(place)),
            month: place.first_of(&[Class::Month, Class::May, Class::Mon]).and_then(small),
            day: value(Class::Day).or_else(|| value(Class::NthDay)).and_then(small),
            weekday: place.first_of(&[Class::Weekday, Class::Wkd]).and_then(small),
            season: place
                .first_of(&[Class::Season, Class::Spring])
                .and_then(|place| usize::try_from(place).ok()),
            part: value(Class::Part).map(|part| name_at(PARTS, part)),
            deictic: value(Class::Deictic),
            ..Fields::default()
        };
        if fields.day.is_none() && fields.month.is_some() {
            fields.day = value(Class::Ordinal).and_then(small).filter(|_| value(Class::Unit).is_none());
        }
        fields.read_year(place);
        fields.read_clock(place);
        fields.read_written(place);
        fields.borrow(place);
        fields
    }

    fn read_year(&mut self, place: &Place<'_>) {
        let era = place.value(Class::Era);
        if era.is_some() && self.year.is_none() {
            self.year = place.value(Class::EraYear).or_else(|| place.value(Class::Number));
        }
        if era == Some(-1) {
            self.before_christ = true;
            self.year = self.year.map(|year| -year);
        }
        if self.year.is_none() {
            let short = place.value(Class::ShortYear).or_else(|| place.value(Class::QuotedYear));
            self.year = short.and_then(|year| self.long_year(place, year));
        }
        if let Some(decade) = place.value(Class::Decade) {
            self.decade = if CENTURIES.contains(&decade) && decade % 100 == 0 {
                self.hundreds = Some(decade / 100);
                None
            } else if decade >= 1000 {
                Some(decade / 10)
            } else {
                self.long_year(place, decade).map(|year| year / 10)
            };
        }
        let yearly = matches!(place.unit(0), Some(Unit::Year)) && self.year.is_none();
        let half = place.rule().unit.is_some();
        if yearly && (half || place.rule().means != Means::Nth)
            || place.nth(Class::Unit, 1).is_some() && self.year.is_none()
        {
            let shift = place.value(Class::Shift).map(|by| (by, Base::Now));
            self.year_shift = shift.or_else(|| place.value(Class::Step).map(|by| (by, Base::Text)));
            self.year_shift = self.year_shift.or(Some((0, Base::Near)).filter(|_| half));
        }
    }

    /// A year of two figures: of the century of the date before it, or the latest not past publication.
    fn long_year(&self, place: &Place<'_>, short: i32) -> Option<i32> {
        if place.rule().borrows {
            let last = place.context.before?;
            let year = last.year.div_euclid(100) * 100 + short;
            return (last.year > 0).then_some(if year < last.year { year + 100 } else { year });
        }
        let now = place.context.last.filter(|_| place.context.narrative).map(|last| last.stamp.year);
        let now = now.or(place.context.published.map(|day| i32::from(day.year()))).unwrap_or(1999);
        let year = now.div_euclid(100) * 100 + short;
        Some(if year > now { year - 100 } else { year })
    }

    fn read_clock(&mut self, place: &Place<'_>) {
        let minutes = |class| place.found.captures.nth(class, 0).map(|at| place.pieces[at].more).unwrap_or(0);
        let (hour, minute) = if let Some(hour) = place.value(Class::Clock) {
            (hour, minutes(Class::Clock))
        } else if let Some(four) =
            place.value(Class::Military).filter(|_| place.rule().name.starts_with("clock"))
        {
            self.year = None;
            (four / 100, four % 100)
        } else if let Some(hour) = place
            .value(Class::Number)
            .filter(|_| place.rule().means == Means::Time || place.value(Class::Meridiem).is_some())
        {
            (hour, 0)
        } else {
            return;
        };
        let hour = match place.value(Class::Meridiem) {
            Some(12) if hour < 12 => hour + 12,
            Some(0) if hour == 12 => 0,
            None if hour < 12 && matches!(self.part, Some("AF" | "EV" | "NI")) => hour + 12,
            _ => hour,
        };
        self.clock = small(hour).filter(|hour| *hour <= 24).zip(small(minute));
    }

    fn read_written(&mut self, place: &Place<'_>) {
        for class in [Class::Iso, Class::Slash] {
            let Some(at) = place.found.captures.nth(class, 0) else { continue };
            let piece = &place.pieces[at];
            let year =
                if piece.number < 100 { self.long_year(place, piece.number) } else { Some(piece.number) };
            let (first, second) = (small(piece.more / 100), small(piece.more % 100));
            self.year = year;
            (self.month, self.day) = (first, second);
            let valid = |month: Option<i8>| month.is_some_and(|month| (1..=12).contains(&month));
            if class == Class::Slash && valid(second) {
                if valid(first) {
                    self.swapped = second.zip(first);
                } else {
                    (self.month, self.day) = (second, first);
                }
            }
        }
    }

    /// Month and year of the date just before: "May 3-5".
    fn borrow(&mut self, place: &Place<'_>) {
        let Some(last) = place.context.before.filter(|_| place.rule().borrows) else { return };
        if self.month.is_none() && self.day.is_some() {
            self.month = last.month;
        }
        if self.year.is_none() {
            self.year = Some(last.year);
        }
    }

    /// A month or a season without year, as that of any year: `XXXX-05`.
    pub(super) fn of_any_year(&self) -> Option<String> {
        let dated = self.year.is_some() || self.year_shift.is_some() || self.weekday.is_some();
        let timed = self.clock.is_some() || self.part.is_some() || self.deictic.is_some();
        if dated || timed {
            return None;
        }
        match (self.season, self.month.filter(|month| (1..=12).contains(month)), self.day) {
            (Some(season), None, None) => Some(format!("XXXX-{}", SEASONS.get(season)?)),
            (None, Some(month), None) => Some(format!("XXXX-{month:02}")),
            _ => None,
        }
    }

    pub(super) fn without_part(self) -> Fields {
        Fields { part: None, ..self }
    }

    /// A part of this day or a time on it, if one was written.
    pub(super) fn time_on(&self, day: Day) -> Option<Period> {
        let clock = self.clock.map(|(hour, minute)| Period::Clock(day, hour, minute));
        clock.or(self.part.map(|part| Period::Part(day, part)))
    }

    /// The date these parts make.
    pub(super) fn whole(&self, place: &Place<'_>) -> Option<Whole> {
        if let Some(hundreds) = self.hundreds {
            return Some(Whole::absolute(Period::Century(hundreds + 1)));
        }
        if let Some(decade) = self.decade {
            return Some(Whole::absolute(Period::Decade(decade)));
        }
        if let Some(year) = self.year {
            let alternative =
                self.swapped.and_then(|(month, second)| day(year, month, second)).map(Period::Day);
            let period = self.in_year(year)?;
            let alternative = alternative.filter(|other| *other != period);
            return Some(Whole { period, anchor: Anchor::Absolute, alternative });
        }
        if let Some((by, base)) = self.year_shift {
            let (stamp, anchor) = place.context.base(base, false)?;
            return Some(Whole {
                period: self.in_year(add_years(stamp.year, by))?,
                anchor,
                alternative: None,
            });
        }
        if let Some(by) = self.deictic {
            let (stamp, anchor) = place.context.today()?;
            let day = add_days(stamp.day?, i64::from(by))?;
            return Some(Whole {
                period: self.time_on(day).unwrap_or(Period::Day(day)),
                anchor,
                alternative: None,
            });
        }
        if self.month.is_none() && self.season.is_none() {
            return self.in_known_month(place);
        }
        self.with_guessed_year(place)
    }

    /// The period these parts make in a year.
    fn in_year(&self, year: i32) -> Option<Period> {
        let Some(month) = self.month else {
            return Some(self.season.map_or(Period::Year(year), |season| Period::Season(year, season)));
        };
        if !(1..=12).contains(&month) {
            return None;
        }
        let Some(number) = self.day else { return Some(Period::Month(year, month)) };
        if year < 0 {
            return (1..=31).contains(&number).then_some(Period::EarlyDay(year, month, number));
        }
        let day = day(year, month, number)?;
        Some(self.time_on(day).unwrap_or(Period::Day(day)))
    }

    /// A weekday, a day of the month or a time of day: the month is that of the context.
    fn in_known_month(&self, place: &Place<'_>) -> Option<Whole> {
        if let (Some(weekday), None) = (self.weekday, self.day) {
            let (stamp, anchor) = place.context.now()?;
            let (mut day, mut other) = weekday_near(stamp.day?, weekday, place.direction)?;
            if let Some(from) = place.context.last.filter(|_| place.joined).and_then(|last| last.stamp.day)
                && day < from
            {
                // "from Monday to Friday": the first Friday after that Monday
                (day, other) = (weekday_near(from, weekday, Direction::Future)?.0, None);
            }
            let period = self.time_on(day).unwrap_or(Period::Day(day));
            return Some(Whole { period, anchor, alternative: other.map(Period::Day) });
        }
        if let Some(whole) = self.day.and_then(|number| after_day(place, number)) {
            return Some(whole);
        }
        if let Some(number) = self.day {
            let lender = place.context.lender(place.direction).filter(|lender| lender.0.month.is_some());
            let (stamp, anchor) = lender.or_else(|| place.context.now())?;
            let around = [-1, 0, 1].map(|by| add_months(stamp.year, stamp.month.unwrap_or(1), by));
            let days: Vec<Period> = around
                .iter()
                .filter_map(|(year, month)| day(*year, *month, number))
                .map(Period::Day)
                .collect();
            let period = match (lender, stamp.day) {
                (None, Some(today)) => choose(&days, today, None, place.direction)?,
                _ => Period::Day(day(stamp.year, stamp.month?, number)?),
            };
            let Period::Day(day) = period else { return None };
            return Some(Whole { period: self.time_on(day).unwrap_or(period), anchor, alternative: None });
        }
        let same_sentence = place.context.last.filter(|last| {
            last.stamp.day.is_some() && (place.context.narrative || last.sentence == place.context.sentence)
        });
        let from_last = same_sentence.and_then(|last| Some((last.stamp.day?, Anchor::Date(last.id))));
        let from_now = || place.context.now().and_then(|(stamp, anchor)| Some((stamp.day?, anchor)));
        let (day, anchor) = from_last.or_else(from_now)?;
        Some(Whole { period: self.time_on(day)?, anchor, alternative: None })
    }

    /// Month, day or season without a year.
    fn with_guessed_year(&self, place: &Place<'_>) -> Option<Whole> {
        if let Some((stamp, anchor)) = place.context.lender(place.direction) {
            return Some(Whole { period: self.in_year(self.year_after(stamp))?, anchor, alternative: None });
        }
        let (stamp, anchor) = place.context.now()?;
        let today = stamp.day?;
        let mut around: Vec<Period> =
            (-1..=1).filter_map(|by| self.in_year(add_years(stamp.year, by))).collect();
        if self.day == Some(29) && around.is_empty() {
            around = (-4..=4).filter_map(|by| self.in_year(add_years(stamp.year, by))).collect();
        }
        let fits_weekday = |period: &Period| {
            self.weekday.is_none_or(|weekday| {
                period.stamp().day.is_some_and(|day| day.weekday().to_monday_one_offset() == weekday)
            })
        };
        let on_weekday: Vec<Period> = around.iter().copied().filter(fits_weekday).collect();
        let period = match &on_weekday[..] {
            [only] => *only,
            _ => choose(&around, today, None, place.direction)?,
        };
        Some(Whole { period, anchor, alternative: None })
    }

    /// The year of a date that follows another: from the last months of a year a story goes on into the next.
    fn year_after(&self, stamp: Stamp) -> i32 {
        let on = matches!((stamp.month, self.month), (Some(from), Some(to)) if from - to >= TURN);
        let year = if on { add_years(stamp.year, 1) } else { stamp.year };
        let nearby = [0, 1, -1, 2, -2, 3, -3].into_iter().map(|by| add_years(year, by));
        nearby.into_iter().find(|year| self.in_year(*year).is_some()).unwrap_or(year)
    }

    /// "Last September", "next Tuesday", "the following Monday".
    pub(super) fn shifted(&self, place: &Place<'_>) -> Option<Whole> {
        let step = place.value(Class::Step);
        let shift = place.value(Class::Shift).or(step).or(place.rule().by).unwrap_or(0);
        let base = if step.is_some() { Base::Text } else { place.rule().base };
        let of_day = self.month.is_none() && self.season.is_none() && self.day.is_none();
        let (stamp, anchor) = place.context.base(base, of_day)?;
        // "the following Monday" with no date before it: not one to come, for what is over
        if step.is_some_and(|step| step > 0)
            && anchor == Anchor::Published
            && place.direction == Direction::Past
        {
            return None;
        }
        if let (Some(weekday), Some(Unit::Week)) = (self.weekday, place.unit(0)) {
            let days = shift.saturating_mul(7).saturating_add(i32::from(weekday));
            let today = stamp.day?;
            let day = add_days(today, i64::from(days - i32::from(today.weekday().to_monday_one_offset())))?;
            let period = self.time_on(day).unwrap_or(Period::Day(day));
            return Some(Whole { period, anchor, alternative: None });
        }
        if let Some(weekday) = self.weekday {
            let today = stamp.day?;
            let (day, other) = shifted_weekday(today, weekday, shift, place.direction)?;
            let period = self.time_on(day).unwrap_or(Period::Day(day));
            return Some(Whole { period, anchor, alternative: other.map(Period::Day) });
        }
        if let (Some(number), None, None) = (self.day, self.month, self.season) {
            let (year, month) = add_months(stamp.year, stamp.month?, shift);
            return Some(Whole { period: Period::Day(day(year, month, number)?), anchor, alternative: None });
        }
        if self.month.is_none() && self.season.is_none() {
            let day = add_days(stamp.day?, i64::from(shift))?;
            return Some(Whole { period: self.time_on(day)?, anchor, alternative: None });
        }
        let around: Vec<Period> = (-1..=1).filter_map(|by| self.in_year(add_years(stamp.year, by))).collect();
        let today = stamp.day.or_else(|| day(stamp.year, stamp.month.unwrap_or(1), 1))?;
        // "we did it this summer", said in January
        let over = |period: Period| {
            place.direction == Direction::Past && period.days().is_some_and(|(first, _)| first > today)
        };
        let period = if shift == 0 {
            if base == Base::Text {
                self.in_year(stamp.year)
            } else if self.in_year(stamp.year).is_some_and(over) {
                choose(&around, today, None, place.direction)
            } else {
                self.in_year(stamp.year).or_else(|| nearest(&around, today))
            }
        } else {
            choose(&around, today, Some(shift), place.direction)
        }?;
        Some(Whole { period, anchor, alternative: None })
    }

    /// "The first Monday of September", the last for -1.
    pub(super) fn weekday_of_month(&self, place: &Place<'_>, nth: i32) -> Option<Whole> {
        let month = Fields { weekday: None, day: None, ..*self }.whole(place)?;
        let (first, last) = month.period.days()?;
        let weekday = self.weekday?;
        let day = if nth < 0 {
            weekday_near(last, weekday, Direction::Past)?.0
        } else {
            let weeks = i64::from(nth.saturating_sub(1)).saturating_mul(7);
            add_days(weekday_near(first, weekday, Direction::Future)?.0, weeks)?
        };
        (first <= day && day <= last).then_some(Whole { period: Period::Day(day), ..month })
    }

    /// A century by its number; with its era.
    pub(super) fn century(&self, nth: i32) -> Option<Whole> {
        (1..=99).contains(&nth).then(|| {
            Whole::absolute(if self.before_christ { Period::Century(-nth) } else { Period::Century(nth) })
        })
    }

    /// A quarter or half of the year captured, or of the year the tense points to.
    pub(super) fn year_part(&self, place: &Place<'_>, unit: Unit, nth: i32) -> Option<Whole> {
        let of = |year: i32| {
            let nth = small(nth)?;
            match unit {
                Unit::Quarter => Some(Period::Quarter(year, if nth == -1 { 4 } else { nth }))
                    .filter(|_| (-1..=4).contains(&nth)),
                _ => Some(Period::Half(year, if nth == 1 { 1 } else { 2 })),
            }
        };
        if let Some(decade) = self.decade {
            return Some(Whole::absolute(Period::Decade(decade)));
        }
        if let (Some(year), Some(month)) = (self.year, self.month) {
            return Some(Whole::absolute(Period::Month(year, month)));
        }
        if let Some(year) = self.year {
            return Some(Whole::absolute(of(year)?));
        }
        if let Some((by, base)) = self.year_shift {
            let (stamp, anchor) = place.context.base(base, false)?;
            return Some(Whole { period: of(add_years(stamp.year, by))?, anchor, alternative: None });
        }
        if self.month.is_some() || self.season.is_some() {
            return self.whole(place);
        }
        let (stamp, anchor) = place.context.lender(place.direction).or_else(|| place.context.now())?;
        let around: Vec<Period> = (-1..=1).filter_map(|by| of(stamp.year + by)).collect();
        let period = match (stamp.day, anchor) {
            (Some(today), Anchor::Published) => choose(&around, today, None, place.direction)?,
            _ => of(stamp.year)?,
        };
        Some(Whole { period, anchor, alternative: None })
    }
}
