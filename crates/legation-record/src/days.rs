//! Days as numbers, which are compared faster than dates.

use jiff::civil::Date;

/// Days from one day to another.
pub(crate) fn between(first: Date, last: Date) -> i64 {
    (last - first).get_days().into()
}

/// Days since 1 January 1970.
pub(crate) fn number(day: Date) -> i64 {
    between(Date::constant(1970, 1, 1), day)
}
