//! Named days: fixed, counted from Easter, the n-th weekday of a month, or listed by year.

use jiff::{ToSpan, civil::Date, civil::Weekday};
use serde::Deserialize;
use toml::Spanned;

/// A file of named days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DayFile {
    #[serde(default)]
    pub(super) day: Vec<Spanned<RawDay>>,
}

/// A named day as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawDay {
    names: Vec<String>,
    date: Option<String>,
    until: Option<String>,
    easter: Option<i32>,
    orthodox_easter: Option<i32>,
    lasting: Option<u16>,
    nth: Option<String>,
    once: Option<String>,
    on: Option<String>,
}

/// A day or season with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// How it is written; the first is its proper name.
    pub names: Vec<String>,
    /// When it is.
    pub when: When,
}

/// When a named day falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// The same month and day every year, to this month and day.
    Fixed((i8, i8), (i8, i8)),
    /// So many days after Easter Sunday of the western churches, for so many days.
    Easter(i32, u16),
    /// The same of the eastern churches.
    OrthodoxEaster(i32, u16),
    /// The n-th weekday of a month (-1 for the last).
    Nth(i8, Weekday, i8),
    /// First and last days, in their order.
    On(Vec<(Date, Date)>),
    /// Once in history.
    Once(Date, Date),
}

impl NamedDay {
    pub(super) fn from_raw(raw: RawDay) -> Result<NamedDay, String> {
        if raw.names.is_empty() {
            return Err("a named day has at least one name".to_owned());
        }
        let lasting = raw.lasting.unwrap_or(1).max(1);
        let moving = raw.orthodox_easter.map(|days| When::OrthodoxEaster(days, lasting));
        let moving = raw.easter.map(|days| When::Easter(days, lasting)).into_iter().chain(moving).next();
        let when = match (raw.date, moving, raw.nth, raw.once, raw.on) {
            (Some(date), None, None, None, None) => {
                let first = month_day(&date)?;
                let last = raw.until.as_deref().map_or(Ok(first), month_day)?;
                When::Fixed(first, last)
            }
            (None, Some(moving), None, None, None) => moving,
            (None, None, Some(text), None, None) => nth(&text)?,
            (None, None, None, Some(text), None) => {
                let (first, last) = interval(&text)?;
                When::Once(first, last)
            }
            (None, None, None, None, Some(dates)) => When::On(in_order(&dates)?),
            _ => return Err("give exactly one of date, easter, orthodox-easter, nth, once, on".to_owned()),
        };
        Ok(NamedDay { names: raw.names, when })
    }

    /// First and last days of those that begin in a year, in their order; none when the register does not know it.
    pub fn in_year(&self, year: i16) -> impl Iterator<Item = (Date, Date)> {
        let listed: &[(Date, Date)] = match &self.when {
            When::On(dates) => {
                let first = dates.partition_point(|dates| dates.0.year() < year);
                let count = dates[first..].partition_point(|dates| dates.0.year() == year);
                &dates[first..first + count]
            }
            _ => &[],
        };
        self.counted(year).into_iter().chain(listed.iter().copied())
    }

    /// First and last day in a year of a day that follows a rule.
    fn counted(&self, year: i16) -> Option<(Date, Date)> {
        let after = |easter: Option<Date>, days: i32, lasting: u16| {
            let first = easter?.checked_add(i64::from(days).days()).ok()?;
            Some((first, first.checked_add((i64::from(lasting) - 1).days()).ok()?))
        };
        match &self.when {
            When::Fixed(first, last) => {
                let first = Date::new(year, first.0, first.1).ok()?;
                let last = Date::new(year, last.0, last.1).ok()?;
                let last = if last < first { last.checked_add(1.year()).ok()? } else { last };
                Some((first, last))
            }
            When::Easter(days, lasting) => after(easter(year), *days, *lasting),
            When::OrthodoxEaster(days, lasting) => after(orthodox_easter(year), *days, *lasting),
            When::Nth(nth, weekday, month) => {
                let day = Date::new(year, *month, 1).ok()?.nth_weekday_of_month(*nth, *weekday).ok()?;
                Some((day, day))
            }
            When::Once(first, last) => Some((*first, *last)),
            When::On(_) => None,
        }
    }
}

fn month_day(text: &str) -> Result<(i8, i8), String> {
    let fault = || format!("{text} is no month and day, like 05-09");
    let (month, day) = text.split_once('-').ok_or_else(fault)?;
    let (month, day) = (month.parse().map_err(|_| fault())?, day.parse().map_err(|_| fault())?);
    Date::new(2000, month, day).map_err(|_| fault())?;
    Ok((month, day))
}

fn interval(text: &str) -> Result<(Date, Date), String> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let day = |text: &str| text.parse::<Date>().map_err(|_| format!("{text} is no date, like 2024-03-11"));
    Ok((day(first)?, day(last)?))
}

fn in_order(dates: &str) -> Result<Vec<(Date, Date)>, String> {
    let dates = dates.split_whitespace().map(interval).collect::<Result<Vec<_>, _>>()?;
    if dates.is_sorted_by(|one, next| one.1 < next.0) {
        Ok(dates)
    } else {
        Err("the dates are not in their order".to_owned())
    }
}

fn nth(text: &str) -> Result<When, String> {
    let fault = || format!("{text:?} is not like \"4 thursday 11\"");
    let parts: Vec<&str> = text.split(' ').collect();
    let [nth, weekday, month] = parts[..] else { return Err(fault()) };
    let weekday = match weekday {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return Err(fault()),
    };
    let (nth, month) = (nth.parse().map_err(|_| fault())?, month.parse().map_err(|_| fault())?);
    let fits = Date::new(2000, month, 1).is_ok_and(|first| first.nth_weekday_of_month(nth, weekday).is_ok());
    if fits { Ok(When::Nth(nth, weekday, month)) } else { Err(fault()) }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 20 April 1876); from 1583 on.
fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let (leap, skipped) = (century / 4, century % 4);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap - correction + 15) % 30;
    let (quads, odd) = (rest / 4, rest % 4);
    let weekday = (32 + 2 * skipped + 2 * quads - epact - odd) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let month = (epact + weekday - 7 * late + 114) / 31;
    let day = (epact + weekday - 7 * late + 114) % 31 + 1;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Easter Sunday of the Julian calendar in Gregorian reckoning, by Meeus (Astronomical Algorithms, chapter 8); 1900-2099,
/// where the two calendars lie 13 days apart.
fn orthodox_easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    if !(1900..2100).contains(&number) {
        return None;
    }
    let epact = (19 * (number % 19) + 15) % 30;
    let weekday = (2 * (number % 4) + 4 * (number % 7) - epact + 34) % 7;
    let days = epact + weekday + 114;
    let (month, day) = (i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?);
    Date::new(year, month, day).ok()?.checked_add(13.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::{easter, orthodox_easter};

    #[test]
    fn orthodox_easter_falls_where_the_church_says() {
        for (year, day) in
            [(1983, "1983-05-08"), (2013, "2013-05-05"), (2022, "2022-04-24"), (2024, "2024-05-05")]
        {
            assert_eq!(orthodox_easter(year).map(|date| date.to_string()).as_deref(), Some(day));
        }
        assert_eq!(orthodox_easter(2100), None);
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        for (year, day) in
            [(1818, "1818-03-22"), (1943, "1943-04-25"), (2000, "2000-04-23"), (2025, "2025-04-20")]
        {
            assert_eq!(easter(year).map(|date| date.to_string()).as_deref(), Some(day));
        }
        assert_eq!(easter(1200), None);
    }
}
