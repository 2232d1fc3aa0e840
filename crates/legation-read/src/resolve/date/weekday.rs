//! Weekdays near a day.

use jiff::civil::Date as Day;

use super::{
    context::Direction,
    period::{add_days, week_of},
};

/// The weekday the tense points to: the day itself when it is one, else the nearest before or after.
pub(super) fn weekday_near(today: Day, weekday: i8, direction: Direction) -> Option<(Day, Option<Day>)> {
    let back = i64::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    let past = add_days(today, -back)?;
    let future = if back == 0 { today } else { add_days(past, 7)? };
    Some(match direction {
        Direction::Past => (past, None),
        Direction::Future => (future, None),
        Direction::Unknown => (past, Some(future).filter(|future| *future != past)),
    })
}

/// "Last Tuesday" is the nearest before, "next Tuesday" the nearest after or, honestly, the one of next week.
pub(super) fn shifted_weekday(
    today: Day,
    weekday: i8,
    shift: i32,
    direction: Direction,
) -> Option<(Day, Option<Day>)> {
    let offset = i64::from((weekday - today.weekday().to_monday_one_offset()).rem_euclid(7));
    let after = add_days(today, if offset == 0 { 7 } else { offset })?;
    if shift > 0 {
        let other = add_days(after, 7)?;
        return Some((after, Some(other).filter(|_| week_of(after) == week_of(today))));
    }
    if shift < 0 {
        return Some((add_days(after, if offset == 0 { -14 } else { -7 })?, None));
    }
    let (day, _) = weekday_near(today, weekday, direction)?;
    let in_week = add_days(today, i64::from(weekday - today.weekday().to_monday_one_offset()))?;
    Some((if direction == Direction::Past { day } else { in_week }, None))
}
