//! What the words of a fitted rule mean at their place in the text.

use jiff::civil::Date as Day;

use super::{
    Anchor, DateType,
    context::{Context, Direction},
    fields::{Fields, Whole},
    matching::Match,
    period::{Period, Stamp, add_days, add_years, day},
    pieces::Piece,
};
use crate::data::calendar::{
    Base, Calendar, Means, Rule,
    class::{Class, MODIFIERS, PARTS, REFERENCES, UNITS, Unit},
};

/// The day of the week from which "this weekend" is the one ahead, even of what is over.
const MIDWEEK: i8 = 4;
const SATURDAY: i8 = 6;

/// What an expression came to.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) kind: DateType,
    pub(super) value: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) modifier: Option<&'static str>,
    pub(super) anchor: Anchor,
    pub(super) alternative: Option<String>,
    /// First and last day of a length of time, as far as they are known.
    pub(super) stretch: (Option<Day>, Option<Day>),
    /// Whether dates after it may be counted from it.
    pub(super) lasting: bool,
}

impl Outcome {
    fn of(kind: DateType) -> Outcome {
        Outcome {
            kind,
            value: None,
            period: None,
            modifier: None,
            anchor: Anchor::Absolute,
            alternative: None,
            stretch: (None, None),
            lasting: false,
        }
    }

    fn valued(kind: DateType, value: String) -> Outcome {
        Outcome { value: Some(value), ..Outcome::of(kind) }
    }

    /// A period, or an expression that could not be worked out for want of something to count from.
    fn period(whole: Option<Whole>) -> Outcome {
        let Some(Whole { period, anchor, alternative }) = whole else {
            return Outcome { anchor: Anchor::Missing, ..Outcome::of(DateType::Date) };
        };
        let kind = match period {
            Period::Part(..) | Period::Clock(..) => DateType::Time,
            _ => DateType::Date,
        };
        Outcome {
            value: Some(period.value()),
            period: Some(period),
            anchor,
            alternative: alternative.map(Period::value),
            lasting: true,
            ..Outcome::of(kind)
        }
    }
}

/// A fitted rule at its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) pieces: &'a [Piece],
    pub(super) found: &'a Match,
    pub(super) context: &'a Context,
    pub(super) direction: Direction,
    /// Whether it tells what is so every year.
    pub(super) yearly: bool,
    /// Whether one word joins it to the date before it: "from Monday to Friday".
    pub(super) joined: bool,
}

impl<'a> Place<'a> {
    pub(super) fn rule(&self) -> &'a Rule {
        &self.calendar.rules[self.found.rule]
    }

    /// Value of the n-th piece taken as this class.
    pub(super) fn nth(&self, class: Class, nth: usize) -> Option<i32> {
        let piece = &self.pieces[self.found.captures.nth(class, nth)?];
        let known = if piece.word == 0 { None } else { self.calendar.value(piece.word, class) };
        Some(known.unwrap_or(piece.number))
    }

    pub(super) fn value(&self, class: Class) -> Option<i32> {
        self.nth(class, 0)
    }

    /// Value of the first piece taken as any of these classes.
    pub(super) fn first_of(&self, classes: &[Class]) -> Option<i32> {
        let places = classes.iter().filter_map(|class| Some((self.found.captures.nth(*class, 0)?, *class)));
        places.min_by_key(|place| place.0).and_then(|(_, class)| self.value(class))
    }

    /// What the rule counts from; nothing that is over lies ahead of publication, "a year later" without a date before.
    fn counted_from(&self, by: i32) -> Option<(Stamp, Anchor)> {
        // "founded in 1911, it has cut jobs since the start of the year"
        let since = self.rule().base == Base::Near && self.bound() == Some("ON_OR_AFTER");
        let rule_base = if since { Base::Now } else { self.rule().base };
        let base = self.context.base(rule_base, self.unit_is_fine())?;
        let astray = self.rule().base == Base::Text
            && base.1 == Anchor::Published
            && by > 0
            && self.direction == Direction::Past;
        Some(base).filter(|_| !astray)
    }

    /// Whether it counts days or less, or weeks.
    fn unit_is_fine(&self) -> bool {
        self.unit(0).is_some_and(|unit| unit < Unit::Month)
    }

    pub(super) fn unit(&self, nth: usize) -> Option<Unit> {
        let place = self.nth(Class::Unit, nth).or_else(|| self.nth(Class::Units, nth))?;
        unit_at(place)
    }

    /// Works the expression out.
    pub(super) fn outcome(&self) -> Outcome {
        let mut outcome = match self.rule().means {
            Means::Calendar | Means::Time => self.calendar(),
            Means::Shifted => Outcome::period(Fields::of(self).shifted(self)),
            Means::Unit => Outcome::period(self.unit_shift()),
            Means::Alike => Outcome::period(self.alike()),
            Means::Deictic => Outcome::period(self.deictic()),
            Means::Nth => self.part_of_period(),
            Means::Offset => self.offset(),
            Means::Duration => self.length(),
            Means::Set => self.set(),
            Means::Reference => self.reference(),
            Means::Named => Outcome::period(self.named()),
            Means::Nothing => Outcome::of(DateType::Date),
        };
        outcome.modifier = self.modifier().or(outcome.modifier);
        // "the night before" glances back: the story goes on where it was
        let back = self.rule().means == Means::Unit && self.rule().by.is_some_and(|by| by < 0);
        outcome.lasting &= !(back && self.rule().base == Base::Text);
        if let Some(value) = &self.rule().value {
            outcome.value = Some(value.clone());
        }
        outcome
    }

    /// "May 3", or "in May" of every year.
    fn calendar(&self) -> Outcome {
        let fields = Fields::of(self);
        match fields.of_any_year().filter(|_| self.yearly) {
            Some(value) => Outcome::valued(DateType::Set, value),
            None => Outcome::period(fields.whole(self)),
        }
    }

    /// A length of time, with its days where it is counted from now: "the past three years".
    fn length(&self) -> Outcome {
        let outcome = self.duration(DateType::Duration);
        let shift = self
            .value(Class::Shift)
            .or(self.rule().by)
            .filter(|shift| *shift != 0 && !self.context.narrative);
        let Some(((stamp, anchor), shift)) = self.context.now().zip(shift) else { return outcome };
        let Some(today) = stamp.day else { return outcome };
        let far = || {
            let unit = self.first_of(&[Class::Unit, Class::Units]).and_then(unit_at)?;
            let (count, 0) = self.amount()? else { return None };
            let (unit, count) = match unit {
                Unit::Decade => (Unit::Year, count.saturating_mul(10)),
                _ => (unit, count),
            };
            Some(same_day(today, unit, count.saturating_mul(shift))?.days()?.0)
        };
        let stretch = if shift < 0 {
            (far().and_then(|day| add_days(day, 1)), Some(today))
        } else {
            (Some(today), far())
        };
        Outcome { stretch, anchor, ..outcome }
    }

    fn modifier(&self) -> Option<&'static str> {
        let word = self.value(Class::Edge).or_else(|| self.value(Class::About));
        let prefix = self.found.prefix.and_then(|prefix| self.calendar.prefixes[prefix].modifier);
        self.rule().modifier.or(prefix).or(word.and_then(modifier_at)).or_else(|| self.bound())
    }

    /// "by Friday", "since 2023", for what has a place in the calendar.
    fn bound(&self) -> Option<&'static str> {
        let dated =
            !matches!(self.rule().means, Means::Duration | Means::Set | Means::Reference | Means::Nothing);
        let before = &self.pieces[self.found.start.checked_sub(1).filter(|_| dated)?];
        modifier_at(self.calendar.value(before.word, Class::Bound).filter(|_| before.word != 0)?)
    }

    /// "Last week", "that year", "the following month".
    fn unit_shift(&self) -> Option<Whole> {
        let unit = self.unit(0)?;
        let by = self
            .rule()
            .by
            .or_else(|| self.value(Class::Shift))
            .or_else(|| self.value(Class::Step))
            .unwrap_or(0);
        let (stamp, anchor) = self.counted_from(by)?;
        // "freed at the weekend", "freed this weekend": the one that is over
        let over = unit == Unit::Weekend && by == 0 && self.direction == Direction::Past;
        let this = self.rule().base == Base::Now;
        let early = stamp
            .day
            .is_some_and(|day| day.weekday().to_monday_one_offset() < if this { MIDWEEK } else { SATURDAY });
        let from_now = || self.context.now().filter(|_| unit == Unit::Day && by == 0)?.0.step(unit, by);
        let period = stamp.step(unit, if over && early { -1 } else { by }).or_else(from_now)?;
        // "Last weekend" on a Sunday is not the one that is going on, and "this weekend" is.
        Some(Whole { period, anchor, alternative: None })
    }

    /// "The same month last year", "the year-earlier quarter"; "the same period" is one like the date before it.
    fn alike(&self) -> Option<Whole> {
        let years =
            self.rule().by.or_else(|| self.value(Class::Shift)).or_else(|| self.value(Class::Step))?;
        let (stamp, anchor) = self.context.base(Base::Text, false)?;
        let named = [self.unit(0), self.unit(1)].into_iter().flatten().find(|unit| *unit != Unit::Year);
        let last = self.context.last.filter(|last| last.sentence == self.context.sentence);
        let unit = named.or(last.and_then(|last| match last.period {
            Period::Month(..) => Some(Unit::Month),
            Period::Quarter(..) => Some(Unit::Quarter),
            _ => None,
        }));
        let (unit, count) = match unit {
            Some(Unit::Quarter) => (Unit::Quarter, 4),
            Some(Unit::Month) => (Unit::Month, 12),
            _ => (Unit::Year, 1),
        };
        Some(Whole { period: stamp.step(unit, years.saturating_mul(count))?, anchor, alternative: None })
    }

    /// "Yesterday", "tonight", "tomorrow morning".
    fn deictic(&self) -> Option<Whole> {
        let by = self.rule().by.or_else(|| self.value(Class::Deictic)).unwrap_or(0);
        let (stamp, anchor) = self.context.today()?;
        let day = add_days(stamp.day?, i64::from(by))?;
        let period = Fields::of(self).time_on(day).unwrap_or(Period::Day(day));
        Some(Whole { period, anchor, alternative: None })
    }

    /// "Two days ago", "a year later".
    fn offset(&self) -> Outcome {
        let sign = self.rule().by.unwrap_or(-1);
        let open = || {
            let value = if sign < 0 { REFERENCES[0] } else { REFERENCES[2] };
            Outcome::valued(DateType::Date, value.to_owned())
        };
        let Some(unit) = self.first_of(&[Class::Unit, Class::Units]).and_then(unit_at) else {
            return open();
        };
        let short = matches!(unit, Unit::Minute | Unit::Hour);
        let Some((stamp, anchor)) = self.counted_from(sign) else {
            // "three years on" without a date before it: the length at least is known
            return if self.amount().is_some() { self.duration(DateType::Duration) } else { open() };
        };
        let Some((count, tenths)) = self.amount() else {
            // "hours later" are as a rule of the same day
            let near = short && self.rule().base == Base::Text;
            let day = stamp.day.filter(|_| near && anchor != Anchor::Published);
            let same = |day| Whole { period: Period::Day(day), anchor, alternative: None };
            return day.map_or_else(open, |day| Outcome::period(Some(same(day))));
        };
        let (count, unit) = if tenths == 5 && unit == Unit::Year {
            (count.saturating_mul(12).saturating_add(6), Unit::Month)
        } else {
            (count, unit)
        };
        let by = count.saturating_mul(sign);
        let period = match (self.value(Class::Deictic), self.rule().base) {
            (Some(days), _) => stamp.day.and_then(|day| same_day(add_days(day, i64::from(days))?, unit, by)),
            (None, Base::Text) => self.same_part(unit, by).or_else(|| stamp.step(unit, by)),
            (None, _) => self.same_unit(stamp, unit, by).or_else(|| stamp.step(unit, by)),
        };
        if period.is_none() && short {
            return self.duration(DateType::Duration);
        }
        period.map_or_else(open, |period| Outcome::period(Some(Whole { period, anchor, alternative: None })))
    }

    /// "20 years ago this week": the week of that day.
    fn same_unit(&self, stamp: Stamp, unit: Unit, by: i32) -> Option<Period> {
        let second = usize::from(self.value(Class::Units).is_none());
        let part = self.nth(Class::Unit, second).and_then(unit_at)?;
        let shift = self.value(Class::Shift)?;
        let (first, _) = same_day(stamp.day?, unit, by)?.days()?;
        Stamp::of(first).step(part, shift)
    }

    /// "In the third quarter sales beat those of a year earlier": a year from a quarter is a quarter.
    fn same_part(&self, unit: Unit, by: i32) -> Option<Period> {
        let last = self.context.last.filter(|last| {
            unit == Unit::Year && last.sentence == self.context.sentence && !self.context.narrative
        })?;
        match last.period {
            Period::Quarter(year, quarter) => Some(Period::Quarter(add_years(year, by), quarter)),
            Period::Half(year, half) => Some(Period::Half(add_years(year, by), half)),
            _ => None,
        }
    }

    /// The number captured, with tenths; "a" is one; `None` when it is left open.
    fn amount(&self) -> Option<(i32, i32)> {
        if let (Means::Set, Some(count)) = (self.rule().means, self.rule().by) {
            return Some((count, 0));
        }
        if let Some(piece) = self.found.captures.nth(Class::Number, 0) {
            return Some((self.pieces[piece].number, self.pieces[piece].more));
        }
        let open = self.value(Class::Vague).is_some() || self.value(Class::Units).is_some();
        if open { None } else { Some((1, 0)) }
    }

    fn duration(&self, kind: DateType) -> Outcome {
        let Some(unit) = self.unit(0) else { return Outcome::of(kind) };
        let letter = UNITS.iter().find(|known| known.0 == unit).map_or("D", |known| known.2);
        let (time, letter) = letter.strip_prefix('T').map_or(("", letter), |letter| ("T", letter));
        let (letter, time, scale) = match unit {
            Unit::Night => ("D", "", 1),
            Unit::Fortnight => ("W", "", 2),
            _ => (letter, time, 1),
        };
        let amount = match self.amount() {
            None => "X".to_owned(),
            Some((count, 0)) => count.saturating_mul(scale).to_string(),
            Some((count, tenths)) => format!("{count}.{tenths}"),
        };
        Outcome::valued(kind, format!("P{time}{amount}{letter}"))
    }

    fn set(&self) -> Outcome {
        let weekday = self.value(Class::Weekday);
        let month = self.value(Class::Month).or_else(|| self.value(Class::May));
        let value = match (weekday, month, self.value(Class::Part), self.value(Class::Frequency)) {
            (Some(weekday), _, part, _) => {
                let part = part.map_or(String::new(), |part| format!("T{}", name_at(PARTS, part)));
                format!("XXXX-WXX-{weekday}{part}")
            }
            (_, Some(month), ..) => format!("XXXX-{month:02}"),
            (_, _, Some(part), _) => format!("XXXX-XX-XXT{}", name_at(PARTS, part)),
            (_, _, _, Some(unit)) => {
                let letter = UNITS.get(usize::try_from(unit).unwrap_or(0)).map_or("D", |unit| unit.2);
                letter
                    .strip_prefix('T')
                    .map_or_else(|| format!("P1{letter}"), |letter| format!("PT1{letter}"))
            }
            _ => return self.duration(DateType::Set),
        };
        Outcome::valued(DateType::Set, value)
    }

    fn reference(&self) -> Outcome {
        if let Some(weekday) = self.value(Class::Weekday) {
            return Outcome::valued(DateType::Date, format!("XXXX-WXX-{weekday}"));
        }
        let value = self.value(Class::Reference).map_or("PRESENT_REF", |place| name_at(REFERENCES, place));
        Outcome::valued(DateType::Date, value.to_owned())
    }

    /// "The third quarter of 2009", "the last week of March", "the 19th century", "the first ten months of 1915".
    fn part_of_period(&self) -> Outcome {
        let quarter = self.value(Class::Number).is_some();
        let unit =
            self.rule().unit.or(self.unit(0)).unwrap_or(if quarter { Unit::Quarter } else { Unit::Half });
        let nth = self.rule().by.or_else(|| self.first_of(&[Class::Ordinal, Class::Number])).unwrap_or(-1);
        let fields = Fields::of(self);
        let outer = match unit {
            Unit::Century => fields.century(nth),
            _ if fields.weekday.is_some() => fields.weekday_of_month(self, nth),
            Unit::Quarter | Unit::Half => fields.without_part().year_part(self, unit, nth),
            _ => fields.whole(self).and_then(|whole| nth_within(whole, unit, nth)),
        };
        Outcome::period(outer)
    }

    fn named(&self) -> Option<Whole> {
        let number = usize::try_from(self.value(Class::Named)?).ok()?;
        let day = self.calendar.days.get(number)?;
        let fields = Fields::of(self);
        let period = |(first, last): (Day, Day)| {
            if first == last { Period::Day(first) } else { Period::Interval(first, last) }
        };
        let in_year = |year: i32| {
            let days = i16::try_from(year).ok().map(|year| day.in_year(year).map(period));
            days.into_iter().flatten()
        };
        let of_year = |year: i32| in_year(year).last();
        if let Some(year) = fields.year {
            return Some(Whole { period: of_year(year)?, anchor: Anchor::Absolute, alternative: None });
        }
        if let Some((by, base)) = fields.year_shift {
            let (stamp, anchor) = self.context.base(base, false)?;
            return Some(Whole { period: of_year(add_years(stamp.year, by))?, anchor, alternative: None });
        }
        if let crate::data::calendar::When::Once(first, last) = day.when {
            return Some(Whole {
                period: period((first, last)),
                anchor: Anchor::Absolute,
                alternative: None,
            });
        }
        let lender = self.context.lender(self.direction).filter(|_| self.rule().by.is_none());
        if let Some((stamp, anchor)) = lender {
            return Some(Whole { period: of_year(stamp.year)?, anchor, alternative: None });
        }
        let (stamp, anchor) = self.context.base(self.rule().base, true)?;
        let today = stamp.day?;
        let around: Vec<Period> = (-1..=1).flat_map(|by| in_year(stamp.year + by)).collect();
        let shift = self.value(Class::Shift).or(self.rule().by).filter(|shift| *shift != 0);
        let period = choose(&around, today, shift, self.direction)?;
        Some(Whole { period, anchor, alternative: None })
    }
}

/// The one of several periods that a shift or the tense points to; the nearest when neither tells.
pub(super) fn choose(
    periods: &[Period],
    today: Day,
    shift: Option<i32>,
    direction: Direction,
) -> Option<Period> {
    let span = |period: &Period| period.days();
    let before = |strictly: bool| {
        periods.iter().rev().copied().find(|period| {
            span(period).is_some_and(|(first, last)| if strictly { last < today } else { first <= today })
        })
    };
    let after = |strictly: bool| {
        periods.iter().copied().find(|period| {
            span(period).is_some_and(|(first, last)| if strictly { first > today } else { last >= today })
        })
    };
    match (shift, direction) {
        (Some(shift), _) if shift < 0 => before(true),
        (Some(shift), _) if shift > 0 => after(true),
        (None, Direction::Past) => before(false),
        (None, Direction::Future) => {
            // "Sales had hoped to recover in March", said on 1 April: nobody calls a day eleven months off so.
            let near = nearest(periods, today)
                .filter(|period| days_away(period, today).is_some_and(|days| days < 45));
            let next = after(false);
            let far = next.is_none_or(|next| days_away(&next, today).is_some_and(|days| days > 270));
            if far { near.or(next) } else { next }
        }
        _ => nearest(periods, today),
    }
}

/// The period nearest to a day; of two equally near the earlier.
pub(super) fn nearest(periods: &[Period], today: Day) -> Option<Period> {
    let dated = periods.iter().copied().filter(|period| period.days().is_some());
    dated.min_by_key(|period| days_away(period, today).unwrap_or(i32::MAX))
}

/// Days between a period and a day, 0 inside it.
fn days_away(period: &Period, today: Day) -> Option<i32> {
    let (first, last) = period.days()?;
    let gap = |from: Day, to: Day| from.until(to).map_or(i32::MAX, |span| span.get_days());
    Some(if today < first { gap(today, first) } else { gap(last, today).max(0) })
}

/// The n-th day or week of a period, the last for -1.
fn nth_within(whole: Whole, unit: Unit, nth: i32) -> Option<Whole> {
    let (first, last) = whole.period.days()?;
    let period = match (unit, nth) {
        (Unit::Day, -1) => Period::Day(last),
        (Unit::Day, nth) => Period::Day(add_days(first, i64::from(nth) - 1)?),
        (Unit::Week, -1) => super::period::week_of(add_days(last, -6)?),
        (Unit::Week, nth) => super::period::week_of(add_days(first, (i64::from(nth) - 1).saturating_mul(7))?),
        (Unit::Month, -1) => Stamp::of(last).step(Unit::Month, 0)?,
        (Unit::Month | Unit::Year | Unit::Decade, nth) => {
            Stamp::of(first).step(unit, nth.saturating_sub(1))?
        }
        (Unit::Weekend, nth) => {
            let back = if nth < 0 {
                add_days(last, -6)?
            } else {
                add_days(first, (i64::from(nth) - 1).saturating_mul(7))?
            };
            Stamp::of(back).step(Unit::Weekend, 0)?
        }
        _ => return None,
    };
    Some(Whole { period, ..whole })
}

/// The same day so many weeks, months or years away: "forty years ago today".
fn same_day(from: Day, unit: Unit, count: i32) -> Option<Period> {
    let stamp = Stamp::of(from);
    let day_of = |period: Period| {
        let (first, _) = period.days()?;
        day(i32::from(first.year()), first.month(), from.day())
    };
    let day = match unit {
        Unit::Day => add_days(from, i64::from(count))?,
        Unit::Week => add_days(from, i64::from(count).saturating_mul(7))?,
        Unit::Fortnight => add_days(from, i64::from(count).saturating_mul(14))?,
        Unit::Month => day_of(stamp.step(Unit::Month, count)?)?,
        Unit::Year => day_of(stamp.step(Unit::Month, count.saturating_mul(12))?)?,
        _ => return stamp.step(unit, count),
    };
    Some(Period::Day(day))
}

fn unit_at(place: i32) -> Option<Unit> {
    UNITS.get(usize::try_from(place).ok()?).map(|unit| unit.0)
}

fn modifier_at(place: i32) -> Option<&'static str> {
    MODIFIERS.get(usize::try_from(place).ok()?).copied()
}

pub(super) fn name_at(names: &'static [&'static str], place: i32) -> &'static str {
    usize::try_from(place).ok().and_then(|place| names.get(place)).copied().unwrap_or("")
}
