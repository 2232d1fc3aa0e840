//! Dates as registers know them, to the day, month or year, and the periods between two of them.

use std::fmt;

use jiff::civil::Date;

/// A date known to the day, the month or the year: `2013-03-14`, `2013-03`, `2013`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// First day it can mean.
    pub first: Date,
    /// Last day it can mean.
    pub last: Date,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for anything else and for days that no calendar has.
    ///
    /// ```
    /// use legation_read::data::registers::PartialDate;
    /// let month = PartialDate::parse("2024-02").unwrap();
    /// assert_eq!(month.last.to_string(), "2024-02-29");
    /// assert!(PartialDate::parse("2023-02-29").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<PartialDate> {
        let number = |from: usize, to: usize| -> Option<u16> {
            let digits = text.get(from..to)?;
            if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
        };
        let bytes = text.as_bytes();
        let hyphen = |at: usize| bytes.get(at) == Some(&b'-');
        let year = i16::try_from(number(0, 4)?).ok()?;
        let month = |at: usize| number(at, at + 2).and_then(|month| i8::try_from(month).ok());
        match text.len() {
            4 => {
                Some(PartialDate { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? })
            }
            7 if hyphen(4) => {
                let first = Date::new(year, month(5)?, 1).ok()?;
                Some(PartialDate { first, last: first.last_of_month() })
            }
            10 if hyphen(4) && hyphen(7) => {
                let day = Date::new(year, month(5)?, month(8)?).ok()?;
                Some(PartialDate { first: day, last: day })
            }
            _ => None,
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.first.to_string();
        let shown = if self.first == self.last {
            &text[..]
        } else if self.first.last_of_month() == self.last {
            &text[..7]
        } else {
            &text[..4]
        };
        formatter.write_str(shown)
    }
}

/// How sure it is that a day lies within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// The day lies outside.
    No,
    /// The bounds are not known well enough to tell.
    Possibly,
    /// The day lies within.
    Yes,
}

/// When something held: both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day; `None`: not known, or always.
    pub from: Option<PartialDate>,
    /// Last day; `None`: still so, as far as the register goes, unless `ended`.
    pub to: Option<PartialDate>,
    /// It is over, although the last day is not known (`?` in the table).
    pub ended: bool,
}

impl Period {
    /// Reads two cells; the error says which cell is wrong and why.
    pub(crate) fn parse(from: &str, to: &str) -> Result<Period, String> {
        let date = |cell: &str| match cell {
            "" => Ok(None),
            _ => PartialDate::parse(cell)
                .map(Some)
                .ok_or_else(|| format!("\"{cell}\" is not a date of the form 2013, 2013-03 or 2013-03-14")),
        };
        let ended = to == "?";
        let period = Period { from: date(from)?, to: if ended { None } else { date(to)? }, ended };
        match (period.from, period.to) {
            (Some(from), Some(to)) if from.first > to.last => {
                Err(format!("it ends ({to}) before it begins ({from})"))
            }
            _ => Ok(period),
        }
    }

    /// Whether the day lies within the period.
    ///
    /// Without any bound the answer is `Yes`. A start not known makes every day up to a known end `Possibly`, and an
    /// end known only as past (`ended`) every day after the start.
    #[must_use]
    pub fn on(&self, day: Date) -> Held {
        let begun = match self.from {
            None if self.to.is_some() => Held::Possibly,
            None => Held::Yes,
            Some(from) if day < from.first => Held::No,
            Some(from) if day < from.last => Held::Possibly,
            Some(_) => Held::Yes,
        };
        let lasting = match self.to {
            None if self.ended => Held::Possibly,
            None => Held::Yes,
            Some(to) if day > to.last => Held::No,
            Some(to) if day > to.first => Held::Possibly,
            Some(_) => Held::Yes,
        };
        begun.min(lasting)
    }

    /// Whether any day can lie within both periods.
    #[must_use]
    pub fn overlaps(&self, other: &Period) -> bool {
        let before = |left: &Period, right: &Period| match (left.to, right.from) {
            (Some(to), Some(from)) => to.last < from.first,
            _ => false,
        };
        !before(self, other) && !before(other, self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn precision_is_kept() {
        for text in ["1945", "2013-03", "2013-03-14", "2024-02"] {
            assert_eq!(PartialDate::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "13", "2013-3", "2013-13", "2013-02-30", "2013/03/14", "20130314", "２０１３", "2013-03-1"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_at_the_edges() {
        let period = Period::parse("2013-03", "2023").unwrap_or_default();
        assert_eq!(period.on(date(2013, 2, 28)), Held::No);
        assert_eq!(period.on(date(2013, 3, 10)), Held::Possibly);
        assert_eq!(period.on(date(2013, 3, 31)), Held::Yes);
        assert_eq!(period.on(date(2023, 1, 1)), Held::Yes);
        assert_eq!(period.on(date(2023, 6, 1)), Held::Possibly);
        assert_eq!(period.on(date(2024, 1, 1)), Held::No);
    }

    #[test]
    fn open_and_ended_periods() {
        let open = Period::parse("2013-03-14", "").unwrap_or_default();
        assert_eq!(open.on(date(2040, 1, 1)), Held::Yes);
        let ended = Period::parse("2013-03-14", "?").unwrap_or_default();
        assert_eq!(ended.on(date(2014, 1, 1)), Held::Possibly);
        let until = Period::parse("", "2000").unwrap_or_default();
        assert_eq!(until.on(date(1999, 1, 1)), Held::Possibly);
        assert_eq!(until.on(date(2001, 1, 1)), Held::No);
        assert_eq!(Period::default().on(date(1950, 1, 1)), Held::Yes);
        assert!(Period::parse("2014", "2013").is_err());
        assert!(Period::parse("?", "2013").is_err());
    }

    #[test]
    fn overlaps_counts_shared_days() {
        let reign = |from, to| Period::parse(from, to).unwrap_or_default();
        assert!(reign("2000", "2008-05-07").overlaps(&reign("2008-05-07", "2012")));
        assert!(!reign("2000", "2008-05-06").overlaps(&reign("2008-05-07", "2012")));
        assert!(reign("", "").overlaps(&reign("1990", "1991")));
    }
}
