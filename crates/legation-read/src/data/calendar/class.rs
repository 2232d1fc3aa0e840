//! The classes that calendar words and written shapes fall into, and the vocabularies of their values.

/// Makes the enum of classes with their names in patterns.
macro_rules! classes {
    ($($(#[$meta:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// What a word or a written shape can be in a time expression.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Class { $($(#[$meta])* $variant),+ }

        impl Class {
            /// The class with this name in patterns and in `words.tsv`.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Class> {
                match name { $($text => Some(Class::$variant),)+ _ => None }
            }
        }
    };
}

classes! {
    /// A month's full name that is hardly anything else.
    Month = "MONTH",
    /// A month's name that is a common verb too: May, March.
    May = "MAY",
    /// A month's abbreviation, a date only beside a day or year.
    Mon = "MON",
    /// A weekday's full name.
    Weekday = "WEEKDAY",
    /// A weekday's abbreviation, a date only beside a date.
    Wkd = "WKD",
    /// A season of the year.
    Season = "SEASON",
    /// A season's name that is a common verb too: spring, fall.
    Spring = "SPRING",
    /// A unit of time in the singular.
    Unit = "UNIT",
    /// A unit of time in the plural.
    Units = "UNITS",
    /// A part of the day.
    Part = "PART",
    /// A whole or decimal number, in words or figures.
    Number = "NUMBER",
    /// A number left open: several, a few.
    Vague = "VAGUE",
    /// An ordinal in words or figures.
    Ordinal = "ORDINAL",
    /// Last, this, next: how many units away.
    Shift = "SHIFT",
    /// Following, previous: how many units from the date before it in the text.
    Step = "STEP",
    /// Yesterday, today, tomorrow.
    Deictic = "DEICTIC",
    /// Early, mid, late.
    Edge = "EDGE",
    /// Nearly, about, more than.
    About = "ABOUT",
    /// A word that is past, present or future by itself.
    Reference = "REF",
    /// Daily, weekly.
    Frequency = "FREQUENCY",
    /// BC, AD.
    Era = "ERA",
    /// a.m., p.m.
    Meridiem = "MERIDIEM",
    /// UTC, GMT.
    Zone = "ZONE",
    /// Each, every.
    Each = "EACH",
    /// A preposition or conjunction that likes a date after it.
    Preposition = "PREP",
    /// What can be counted in thousands: a number before it is no year.
    Counted = "COUNTED",
    /// What is numbered: a number after it is no year.
    Label = "LABEL",
    /// A title before a name: what follows is a name.
    Title = "TITLE",
    /// By, until, since: on which side of a date things lie.
    Bound = "BOUND",
    /// A word that turns a clause towards the future.
    Future = "FUTURE",
    /// A word that turns a clause towards the past.
    Past = "PAST",
    /// A verb whose present tense, with a day, tells of what is to come: "travels on Monday".
    Schedule = "SCHEDULE",
    /// A verb that moves a day: what it is moved to lies ahead.
    PutOff = "PUTOFF",
    /// A dash.
    Dash = "DASH",
    /// A named day or season of the register.
    Named = "NAMED",
    /// A number from 1 to 31 in one or two figures, or 1st to 31st.
    Day = "DAY",
    /// 1st to 31st, in figures.
    NthDay = "NTHDAY",
    /// A number of four figures from 1000 to 2199.
    Year = "YEAR",
    /// Such a number from 1700 to 2100, a year even without a preposition.
    Modern = "MODERN",
    /// A number of one to three figures that an era makes a year.
    EraYear = "ERAYEAR",
    /// A number of three figures, a year only where early years are told: 476.
    EarlyYear = "EARLYYEAR",
    /// Two figures, as of a year after a dash: 1914-18.
    ShortYear = "SHORTYEAR",
    /// Two figures with an apostrophe: '82.
    QuotedYear = "QUOTEDYEAR",
    /// 1990s, 80s.
    Decade = "DECADE",
    /// 18:00.
    Clock = "CLOCK",
    /// 9.30, a clock before a.m. or p.m.
    DotClock = "DOTCLOCK",
    /// Four figures that may be a clock: 0800.
    Military = "MILITARY",
    /// 7/8/07.
    Slash = "SLASH",
    /// 2025-04-02.
    Iso = "ISO",
    /// A word with a capital that is not known here.
    Capital = "CAPITAL",
    /// A word without capital that is not known here.
    Lower = "LOWER",
    /// A word of some pattern that is in no other class: "the", "ago".
    Known = "KNOWN",
    /// A word like [`Class::Lower`] that looks like a plural.
    Plural = "PLURAL",
    /// The place before the first word.
    Start = "START",
    /// The place after the last word.
    End = "END",
}

impl Class {
    /// Its bit in a mask.
    #[must_use]
    pub const fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Night.
    Night,
    /// Weekend.
    Weekend,
    /// Week.
    Week,
    /// Fourteen days.
    Fortnight,
    /// Month.
    Month,
    /// Three months.
    Quarter,
    /// Season of the year.
    Season,
    /// Six months.
    Half,
    /// Year.
    Year,
    /// Fiscal year.
    FiscalYear,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// Units with their names in `words.tsv` and their TIMEX3 letters.
pub const UNITS: &[(Unit, &str, &str)] = &[
    (Unit::Second, "second", "TS"),
    (Unit::Minute, "minute", "TM"),
    (Unit::Hour, "hour", "TH"),
    (Unit::Day, "day", "D"),
    (Unit::Night, "night", "TNI"),
    (Unit::Weekend, "weekend", "WE"),
    (Unit::Week, "week", "W"),
    (Unit::Fortnight, "fortnight", "W"),
    (Unit::Month, "month", "M"),
    (Unit::Quarter, "quarter", "Q"),
    (Unit::Season, "season", "S"),
    (Unit::Half, "half", "H"),
    (Unit::Year, "year", "Y"),
    (Unit::FiscalYear, "fiscal-year", "Y"),
    (Unit::Decade, "decade", "DE"),
    (Unit::Century, "century", "CE"),
    (Unit::Millennium, "millennium", "ML"),
];

/// Seasons as TIMEX3 writes them; the value of a season word is its place here.
pub const SEASONS: &[&str] = &["SP", "SU", "FA", "WI"];

/// Parts of the day as TIMEX3 writes them.
pub const PARTS: &[&str] = &["MO", "MI", "AF", "EV", "NI", "DT"];

/// Past, present and future without a date.
pub const REFERENCES: &[&str] = &["PAST_REF", "PRESENT_REF", "FUTURE_REF"];

/// Modifiers of TIMEX3 that this reader uses.
pub const MODIFIERS: &[&str] = &[
    "START",
    "MID",
    "END",
    "APPROX",
    "BEFORE",
    "AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
];

/// What a value of this class may be: names, or nothing for numbers.
#[must_use]
pub fn vocabulary(class: Class) -> Option<Vec<&'static str>> {
    match class {
        Class::Season | Class::Spring => Some(SEASONS.to_vec()),
        Class::Part => Some(PARTS.to_vec()),
        Class::Reference => Some(REFERENCES.to_vec()),
        Class::Edge | Class::About | Class::Bound => Some(MODIFIERS.to_vec()),
        Class::Unit | Class::Units | Class::Frequency => Some(UNITS.iter().map(|unit| unit.1).collect()),
        _ => None,
    }
}
