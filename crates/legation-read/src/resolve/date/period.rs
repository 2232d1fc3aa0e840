//! Stretches of the calendar, their TIMEX3 values and their first and last days.

use jiff::{
    ToSpan,
    civil::{Date as Day, ISOWeekDate, Weekday},
};

use crate::data::calendar::class::{SEASONS, Unit};

/// A stretch of the calendar; years before Christ are negative (490 BC is -490).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Century(i32),
    Decade(i32),
    Year(i32),
    FiscalYear(i32),
    Half(i32, i8),
    Season(i32, usize),
    Quarter(i32, i8),
    Month(i32, i8),
    Week(i16, i8),
    Weekend(i16, i8),
    Day(Day),
    /// A day of a year before Christ.
    EarlyDay(i32, i8, i8),
    Part(Day, &'static str),
    Clock(Day, i8, i8),
    /// From the first to the last day.
    Interval(Day, Day),
    /// A day or month not known within the period known.
    Within(i32, Option<i8>, Unit),
}

/// The day of this year, month and day if the calendar has it and it lies in the years 1-9999.
pub(super) fn day(year: i32, month: i8, day: i8) -> Option<Day> {
    let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
    Day::new(year, month, day).ok()
}

/// So many days later, within the years 1-9999.
pub(super) fn add_days(day: Day, days: i64) -> Option<Day> {
    let sum = day.checked_add(days.days()).ok()?;
    (1..=9999).contains(&sum.year()).then_some(sum)
}

fn year_text(year: i32) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

/// A year plus so many; there is no year 0.
pub(super) fn add_years(year: i32, years: i32) -> i32 {
    let sum = year.saturating_add(years);
    match (year < 0, sum >= 0, year > 0, sum <= 0) {
        (true, true, _, _) => sum + 1,
        (_, _, true, true) => sum - 1,
        _ => sum,
    }
}

/// Month of a year and the year, so many months from another.
pub(super) fn add_months(year: i32, month: i8, months: i32) -> (i32, i8) {
    let index = year.saturating_mul(12).saturating_add(i32::from(month) - 1).saturating_add(months);
    (index.div_euclid(12), i8::try_from(index.rem_euclid(12)).unwrap_or(0) + 1)
}

/// The week a day lies in.
pub(super) fn week_of(day: Day) -> Period {
    let week = day.iso_week_date();
    Period::Week(week.year(), week.week())
}

impl Period {
    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Period::Century(century) if century < 0 => format!("BC{:02}", -century - 1),
            Period::Century(century) => format!("{:02}", century - 1),
            Period::Decade(decade) if decade < 0 => format!("BC{:03}", -decade),
            Period::Decade(decade) => format!("{decade:03}"),
            Period::Year(year) => year_text(year),
            Period::FiscalYear(year) => format!("FY{year:04}"),
            Period::Half(year, half) => format!("{}-H{half}", year_text(year)),
            Period::Season(year, season) => format!("{}-{}", year_text(year), SEASONS[season]),
            Period::Quarter(year, quarter) => format!("{}-Q{quarter}", year_text(year)),
            Period::Month(year, month) => format!("{}-{month:02}", year_text(year)),
            Period::Week(year, week) => format!("{year:04}-W{week:02}"),
            Period::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Period::Day(day) => day.to_string(),
            Period::EarlyDay(year, month, day) => format!("{}-{month:02}-{day:02}", year_text(year)),
            Period::Part(day, part) => format!("{day}T{part}"),
            Period::Clock(day, hour, minute) => format!("{day}T{hour:02}:{minute:02}"),
            Period::Interval(first, last) => format!("{first}/{last}"),
            Period::Within(year, None, Unit::Day) => format!("{}-XX-XX", year_text(year)),
            Period::Within(year, None, Unit::Week) => format!("{}-WXX", year_text(year)),
            Period::Within(year, None, _) => format!("{}-XX", year_text(year)),
            Period::Within(year, Some(month), _) => format!("{}-{month:02}-XX", year_text(year)),
        }
    }

    /// How exactly it is known, by the name of a unit.
    pub(super) fn precision(self) -> &'static str {
        match self {
            Period::Century(_) => "century",
            Period::Decade(_) => "decade",
            Period::Year(_) | Period::FiscalYear(_) | Period::Within(_, None, _) => "year",
            Period::Half(..) => "half",
            Period::Season(..) => "season",
            Period::Quarter(..) => "quarter",
            Period::Month(..) | Period::Within(_, Some(_), _) => "month",
            Period::Week(..) => "week",
            Period::Weekend(..) => "weekend",
            Period::Day(_) | Period::EarlyDay(..) => "day",
            Period::Part(..) => "part of day",
            Period::Clock(..) => "minute",
            Period::Interval(..) => "days",
        }
    }

    /// First and last day, where both lie in the years 1-9999.
    pub(super) fn days(self) -> Option<(Day, Day)> {
        match self {
            Period::Century(century) if century < 0 => None,
            Period::Century(century) => years((century - 1) * 100, century * 100 - 1),
            Period::Decade(decade) => years(decade * 10, decade * 10 + 9),
            Period::Year(year) | Period::FiscalYear(year) => years(year, year),
            Period::Half(year, half) => months(year, half * 6 - 5, 6),
            Period::Season(year, season) => months(year, [3, 6, 9, 12][season], 3),
            Period::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Period::Month(year, month) => months(year, month, 1),
            Period::Week(year, week) => week_days(year, week, Weekday::Monday),
            Period::Weekend(year, week) => week_days(year, week, Weekday::Saturday),
            Period::Day(day) | Period::Part(day, _) | Period::Clock(day, _, _) => Some((day, day)),
            Period::EarlyDay(..) => None,
            Period::Interval(first, last) => Some((first, last)),
            Period::Within(year, None, _) => years(year, year),
            Period::Within(year, Some(month), _) => months(year, month, 1),
        }
    }

    /// Year, and month and day as far as they are known.
    pub(super) fn stamp(self) -> Stamp {
        let of = |day: Day| Stamp { year: i32::from(day.year()), month: Some(day.month()), day: Some(day) };
        match self {
            Period::Century(century) => Stamp { year: (century - 1) * 100, month: None, day: None },
            Period::Decade(decade) => Stamp { year: decade * 10, month: None, day: None },
            Period::Year(year) | Period::FiscalYear(year) => Stamp { year, month: None, day: None },
            Period::Half(year, half) => Stamp { year, month: Some(half * 6 - 5), day: None },
            Period::Season(year, season) => Stamp { year, month: Some([3, 6, 9, 12][season]), day: None },
            Period::Quarter(year, quarter) => Stamp { year, month: Some(quarter * 3 - 2), day: None },
            Period::Month(year, month) => Stamp { year, month: Some(month), day: None },
            Period::EarlyDay(year, month, _) => Stamp { year, month: Some(month), day: None },
            Period::Within(year, month, _) => Stamp { year, month, day: None },
            Period::Day(day) | Period::Part(day, _) | Period::Clock(day, _, _) => of(day),
            Period::Interval(first, _) => of(first),
            Period::Week(..) | Period::Weekend(..) => {
                self.days().map_or(Stamp { year: 1, month: None, day: None }, |(first, _)| of(first))
            }
        }
    }
}

/// A point in the calendar as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) year: i32,
    pub(super) month: Option<i8>,
    pub(super) day: Option<Day>,
}

impl Stamp {
    /// A whole day.
    pub(super) fn of(day: Day) -> Stamp {
        Period::Day(day).stamp()
    }

    /// The period of this unit, so many of them away.
    pub(super) fn step(self, unit: Unit, count: i32) -> Option<Period> {
        let days = |days: i32| self.day.and_then(|day| add_days(day, i64::from(days)));
        let month = || self.month.map(|month| add_months(self.year, month, count));
        let year = add_years(self.year, count);
        let coarse = |unit| if count == 0 { None } else { Some(Period::Within(self.year, self.month, unit)) };
        Some(match unit {
            Unit::Hour if count.abs() >= 24 => Period::Day(days(count / 24)?),
            Unit::Second | Unit::Minute | Unit::Hour => Period::Part(self.day?, "XX"),
            Unit::Day => days(count).map(Period::Day).or_else(|| coarse(Unit::Day))?,
            Unit::Night => Period::Part(days(count)?, "NI"),
            Unit::Week => days(count.saturating_mul(7)).map(week_of).or_else(|| coarse(Unit::Week))?,
            Unit::Fortnight => week_of(days(count.saturating_mul(14))?),
            Unit::Weekend => match week_of(days(count.saturating_mul(7))?) {
                Period::Week(year, week) => Period::Weekend(year, week),
                other => other,
            },
            Unit::Month => {
                let Some((year, month)) = month() else { return coarse(Unit::Month) };
                Period::Month(year, month)
            }
            Unit::Quarter => {
                let (year, month) = add_months(self.year, self.month?, count.saturating_mul(3));
                Period::Quarter(year, (month + 2) / 3)
            }
            Unit::Half => {
                let (year, month) = add_months(self.year, self.month?, count.saturating_mul(6));
                Period::Half(year, (month + 5) / 6)
            }
            Unit::Season => {
                let (year, month) = add_months(self.year, self.month?, count.saturating_mul(3));
                Period::Season(year, usize::from(u8::try_from((month + 9) % 12 / 3).unwrap_or(0)))
            }
            Unit::Year => Period::Year(year),
            Unit::FiscalYear => Period::FiscalYear(year),
            Unit::Decade => Period::Decade(self.year.div_euclid(10).saturating_add(count)),
            Unit::Century => Period::Century(self.year.div_euclid(100).saturating_add(count + 1)),
            Unit::Millennium => return None,
        })
    }
}

fn years(first: i32, last: i32) -> Option<(Day, Day)> {
    Some((day(first.max(1), 1, 1).filter(|_| last > 0)?, day(last, 12, 31)?))
}

fn months(year: i32, month: i8, count: i32) -> Option<(Day, Day)> {
    let first = day(year, month, 1)?;
    let (year, month) = add_months(year, month, count - 1);
    Some((first, day(year, month, 1)?.last_of_month()))
}

fn week_days(year: i16, week: i8, from: Weekday) -> Option<(Day, Day)> {
    let of = |weekday| ISOWeekDate::new(year, week, weekday).ok().map(ISOWeekDate::date);
    let (first, last) = (of(from)?, of(Weekday::Sunday)?);
    (first.year() >= 1 && last.year() <= 9999).then_some((first, last))
}
