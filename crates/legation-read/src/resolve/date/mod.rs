//! When: TIMEX3 expressions with their value, first and last day.

mod clear;
mod context;
mod fields;
mod habit;
mod matching;
mod meaning;
mod merge;
mod period;
mod pieces;
mod tense;
mod weekday;

use jiff::civil::Date as Day;

use crate::{
    Problem, Span,
    data::{
        Data,
        calendar::{Calendar, Means, class::Class},
    },
    mention::Mentions,
    parse::{Parsed, SentenceView},
    source::{BlockKind, day},
};
use context::Context;
use matching::Match;
use meaning::{Outcome, Place};
use pieces::Piece;

pub(crate) use pieces::words_of;

/// Number of a date in its document, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateId(pub u32);

/// Type of a TIMEX3 expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateType {
    /// A calendar date of any precision.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl DateType {
    /// The TIMEX3 name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            DateType::Date => "DATE",
            DateType::Time => "TIME",
            DateType::Duration => "DURATION",
            DateType::Set => "SET",
        }
    }
}

/// One time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// Its words: "early May".
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// TIMEX3 type.
    pub kind: DateType,
    /// TIMEX3 value: `2025-05`, `P3D`, `2025-W13`; `None` when it could not be worked out.
    pub value: Option<String>,
    /// First day, for dates and times that could be worked out, and for lengths that end or begin on a known day:
    /// "the past three years".
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
    /// How exactly it is known: century decade year half season quarter month week weekend day days, part of day,
    /// minute; `None` for what has no place in the calendar.
    pub precision: Option<&'static str>,
    /// TIMEX3 modifier: START MID END APPROX BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER LESS_THAN MORE_THAN.
    pub modifier: Option<&'static str>,
    /// What it was counted from: `published`, `absolute`, or `d3`-like reference kept by the writer of the JSON.
    pub anchor: Anchor,
    /// A second honest reading of the value.
    pub alternative: Option<String>,
}

/// What a date was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: the expression is complete in itself.
    Absolute,
    /// The day of publication.
    Published,
    /// Another date of the document.
    Date(DateId),
    /// It needed an anchor and had none.
    Missing,
}

/// The dates of a document, in order of the text.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// In the order of the text, not overlapping.
    pub list: Vec<Date>,
    /// Whole days in datelines and time lines, which belong to no sentence.
    pub furniture: Vec<Date>,
    /// What could not be worked out.
    pub problems: Vec<Problem>,
}

impl Dates {
    /// Numbers and dates of one sentence, in order.
    pub fn of_sentence(&self, sentence: usize) -> impl Iterator<Item = (DateId, &Date)> {
        let start = self.list.partition_point(|date| date.sentence < sentence);
        self.list[start..]
            .iter()
            .enumerate()
            .take_while(move |(_, date)| date.sentence == sentence)
            .map(move |(offset, date)| (DateId(u32::try_from(start + offset).unwrap_or(u32::MAX)), date))
    }

    /// The date of this number.
    ///
    /// # Panics
    /// If the number is of another document.
    #[must_use]
    pub fn get(&self, id: DateId) -> &Date {
        &self.list[id.0 as usize]
    }
}

/// Finds and works out the time expressions of a document.
///
/// Weekdays and dates without a year follow the tense of their sentence; in histories, where most written years lie
/// before publication, they follow the date before them. No date lies outside the years 1-9999.
#[must_use]
pub fn resolve(parsed: Parsed<'_>, mentions: &Mentions, data: &Data) -> Dates {
    let mut finder = Finder::new(parsed, mentions, &data.calendar);
    let mut found: Vec<Found> = parsed.sentences().filter_map(|view| finder.find(view)).collect();
    let published = publication(parsed, &found);
    if !tells_early_years(&found) {
        found.iter_mut().for_each(Found::without_early_years);
    }
    finder.guide = habit::is_guide(parsed, &found);
    finder.context = Context::new(published, is_narrative(published, mentions, &found));
    for sentence in &found {
        finder.work_out(sentence);
    }
    finder.dates.furniture = in_furniture(parsed);
    finder.dates
}

/// Days in the page furniture above and below a report, one a block.
fn in_furniture(parsed: Parsed<'_>) -> Vec<Date> {
    const MOST: usize = 8;
    let blocks = parsed.document.blocks.iter().filter(|block| block.kind == BlockKind::Furniture);
    let found = blocks.filter_map(|block| {
        let found = day::find(block.span.of(parsed.text()))?;
        let at = |offset: usize| block.span.start + u32::try_from(offset).unwrap_or(0);
        Some(Date {
            span: Span { start: at(found.range.start), end: at(found.range.end) },
            sentence: parsed.len(),
            kind: DateType::Date,
            value: Some(found.day.to_string()),
            first: Some(found.day),
            last: Some(found.day),
            precision: Some("day"),
            modifier: None,
            anchor: Anchor::Absolute,
            alternative: None,
        })
    });
    found.take(MOST).collect()
}

/// The expressions of one sentence, not yet worked out.
struct Found<'a> {
    calendar: &'a Calendar,
    view: SentenceView<'a>,
    pieces: Vec<Piece>,
    matches: Vec<Match>,
}

impl Found<'_> {
    /// Whether an expression tells of every year: always of a season that is so or so, of months in a guide only.
    fn is_yearly(&self, one: &Match, guide: bool) -> bool {
        let season = one.captures.nth(Class::Season, 0).or_else(|| one.captures.nth(Class::Spring, 0));
        if season.is_none() && !guide {
            return false;
        }
        let at = season.unwrap_or(one.start);
        self.view.word_at(self.pieces[at].start).is_some_and(|word| {
            (season.is_some() && habit::is_subject(self.view, word))
                || (guide && habit::is_general(self.view, &self.pieces, word))
        })
    }

    /// Reads anew what was taken for a year of three figures.
    fn without_early_years(&mut self) {
        let calendar = self.calendar;
        if !self.matches.iter().any(|one| calendar.rules[one.rule].early) {
            return;
        }
        let matches = std::mem::take(&mut self.matches);
        self.matches = matches
            .into_iter()
            .filter_map(|one| {
                let early = calendar.rules[one.rule].early;
                if early {
                    matching::longest(&self.pieces, one.start, None, calendar, false)
                } else {
                    Some(one)
                }
            })
            .collect();
    }

    fn span(&self, one: &Match) -> Span {
        Span { start: self.pieces[one.start].start, end: self.pieces[one.end - 1].end }
    }
}

/// When the last quotation was said, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Told {
    said: (period::Stamp, DateId),
    block: u32,
    sentence: usize,
}

const NO_ANCHOR: &str = "date/no-anchor";

/// Carries what is shared over the sentences of a document.
struct Finder<'a> {
    calendar: &'a Calendar,
    mentions: &'a Mentions,
    parsed: Parsed<'a>,
    joints: merge::Joints,
    /// Pieces of the sentence at hand, kept to spare allocations.
    pieces: Vec<Piece>,
    context: Context,
    told: Option<Told>,
    /// Number of the word "on".
    on: u32,
    /// Whether the text tells how things are every year.
    guide: bool,
    dates: Dates,
}

impl<'a> Finder<'a> {
    fn new(parsed: Parsed<'a>, mentions: &'a Mentions, calendar: &'a Calendar) -> Finder<'a> {
        Finder {
            calendar,
            mentions,
            parsed,
            joints: merge::Joints::new(calendar),
            pieces: Vec::new(),
            context: Context::new(None, false),
            told: None,
            on: calendar.word("on"),
            guide: false,
            dates: Dates::default(),
        }
    }

    /// Finds the expressions of a sentence; `None` when it has none.
    fn find(&mut self, view: SentenceView<'a>) -> Option<Found<'a>> {
        let block = self.parsed.document.blocks.get(view.sentence.block as usize);
        if block.is_some_and(|block| block.kind == BlockKind::Furniture) {
            return None;
        }
        let span = view.sentence.span;
        pieces::scan(span.of(view.text), span.start, self.calendar, &mut self.pieces);
        merge::merge(&mut self.pieces, self.calendar, &self.joints);
        clear::clear(view, &mut self.pieces);
        let mut matches: Vec<Match> = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let found = if self.can_begin(at) {
                matching::longest(&self.pieces, at, matches.last(), self.calendar, true)
            } else {
                None
            };
            at = found.as_ref().map_or(at + 1, |found| found.end.max(at + 1));
            matches.extend(found.filter(|found| self.calendar.rules[found.rule].means != Means::Nothing));
        }
        if matches.is_empty() {
            None
        } else {
            Some(Found { calendar: self.calendar, view, pieces: self.pieces.clone(), matches })
        }
    }

    /// Whether an expression may begin at a piece; articles and prepositions only before something known.
    fn can_begin(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        if !pieces::is_plain(piece) && !piece.is(Class::Preposition) {
            return true;
        }
        let known = |next: &Piece| next.word != 0 || !pieces::is_plain(next);
        piece.word != 0
            && (self.calendar.stands_alone(piece.word) || self.pieces.get(at + 1).is_some_and(known))
    }

    /// Works out the expressions of a sentence.
    fn work_out(&mut self, found: &Found<'a>) {
        self.context.sentence = found.view.index;
        self.context.block = found.view.sentence.block;
        let said = self.said(found);
        for (number, one) in found.matches.iter().enumerate() {
            let quoted = self.quotation_of(found, one).is_some();
            self.context.said = if quoted { said } else { None };
            self.context.quoted = quoted;
            let outcome = self.outcome(found, number);
            let id = self.next_id(0);
            self.context.before = outcome.period.map(period::Period::stamp);
            if let Some(period) = outcome.period.filter(|_| outcome.lasting) {
                self.context.remember(period, id, outcome.anchor);
            }
            if !quoted {
                self.check_published(found, one, &outcome);
            }
            self.push(found.view.index, found.span(one), outcome);
        }
    }

    /// Tells, once, of what is over on a day after publication: one of the two is wrong.
    fn check_published(&mut self, found: &Found<'a>, one: &Match, outcome: &Outcome) {
        /// Days that time zones and late editions explain.
        const TOLERANCE: i32 = 2;
        const CODE: &str = "date/after-publication";
        let (Some(period::Period::Day(day)), Some(published)) = (outcome.period, self.context.published)
        else {
            return;
        };
        let later = outcome.anchor == Anchor::Absolute && (day - published).get_days() > TOLERANCE;
        if !later || self.dates.problems.iter().any(|problem| problem.code == CODE) {
            return;
        }
        let on = one.start.checked_sub(1).is_some_and(|before| found.pieces[before].word == self.on);
        let over = tense::direction(found.view, self.mentions, &found.pieces, one.start, one.end);
        if on && over == context::Direction::Past {
            let message = format!("published on {published}, but {day} is told as over");
            self.dates.problems.push(Problem::at(found.span(one), CODE, message));
        }
    }

    /// What the n-th expression of a sentence means, after those before it.
    fn outcome(&self, found: &Found<'a>, number: usize) -> Outcome {
        let one = &found.matches[number];
        let direction = tense::direction(found.view, self.mentions, &found.pieces, one.start, one.end);
        let place = Place {
            calendar: self.calendar,
            pieces: &found.pieces,
            found: one,
            context: &self.context,
            direction,
            yearly: found.is_yearly(one, self.guide),
            joined: number.checked_sub(1).is_some_and(|before| {
                let joint = found.matches[before].end;
                joint + 1 == one.start && found.pieces[joint].mask != 0
            }),
        };
        place.outcome()
    }

    /// Number of the date that will be added so many places on.
    fn next_id(&self, ahead: usize) -> DateId {
        DateId(u32::try_from(self.dates.list.len() + ahead).unwrap_or(u32::MAX))
    }

    fn quotation_of(&self, found: &Found<'a>, one: &Match) -> Option<usize> {
        tense::quotation_of(self.mentions, found.span(one))
    }

    /// The day on which the words quoted in this sentence were said: a whole day, not to come, that the sentence names
    /// outside its quotations, or that of the quotation just before.
    fn said(&mut self, found: &Found<'a>) -> Option<(period::Stamp, DateId)> {
        let quotations = &self.mentions.quotations;
        let sentence = found.view.sentence;
        let first = quotations.partition_point(|quotation| quotation.span.end <= sentence.span.start);
        if quotations.get(first).is_none_or(|quotation| quotation.span.start >= sentence.span.end) {
            return None;
        }
        self.context.said = None;
        self.context.quoted = false;
        let outside = |one: &Match| self.quotation_of(found, one).is_none();
        let told =
            (0..found.matches.len()).filter(|number| outside(&found.matches[*number])).find_map(|number| {
                let (first, last) = self.outcome(found, number).period?.days()?;
                let come = self.context.published.is_none_or(|published| first <= published);
                (first == last && come).then(|| (period::Stamp::of(first), self.next_id(number)))
            });
        let goes_on = self.told.filter(|told| {
            told.block == sentence.block
                && found.view.index <= told.sentence + 2
                && !found.matches.iter().any(outside)
        });
        let said = told.or(goes_on.map(|told| told.said));
        self.told = said.map(|said| Told { said, block: sentence.block, sentence: found.view.index });
        said
    }

    fn push(&mut self, sentence: usize, span: Span, outcome: Outcome) {
        let days = outcome.period.and_then(period::Period::days);
        let (first, last) = days.map_or(outcome.stretch, |(first, last)| (Some(first), Some(last)));
        if outcome.anchor == Anchor::Missing
            && self.context.published.is_none()
            && self.dates.problems.iter().all(|problem| problem.code != NO_ANCHOR)
        {
            let message = "no publication date: relative dates stay unresolved";
            self.dates.problems.push(Problem::whole(NO_ANCHOR, message));
        }
        self.dates.list.push(Date {
            span,
            sentence,
            kind: outcome.kind,
            value: outcome.value,
            first,
            last,
            precision: outcome.period.map(period::Period::precision),
            modifier: outcome.modifier,
            anchor: outcome.anchor,
            alternative: outcome.alternative,
        });
    }
}

/// Whether a document tells of years of three figures, and not only in passing.
fn tells_early_years(found: &[Found<'_>]) -> bool {
    const MODERN_FOR_ONE: usize = 6;
    let all = || found.iter().flat_map(|sentence| sentence.matches.iter().map(move |one| (sentence, one)));
    let early = all().filter(|(sentence, one)| is_early(sentence, one)).count();
    let modern = || all().filter(|(_, one)| one.captures.nth(Class::Modern, 0).is_some()).count();
    early > 0 && early * MODERN_FOR_ONE >= modern()
}

/// Whether an expression is surely a year of three figures: "30 September 420", "c. 314", "508 BC".
fn is_early(sentence: &Found<'_>, one: &Match) -> bool {
    let year = one.captures.nth(Class::EarlyYear, 0).or_else(|| one.captures.nth(Class::EraYear, 0));
    let sure = !sentence.calendar.rules[one.rule].early
        || one.prefix.is_some_and(|prefix| sentence.calendar.prefixes[prefix].modifier == Some("APPROX"));
    sure && year.is_some_and(|at| sentence.pieces[at].number < 1000)
}

/// Years back from which nobody is left to make news.
const LIFETIME: i32 = 80;

/// Whether a document is a history: most of its written years lie before publication, or all of them a lifetime back,
/// and it names hardly a weekday or a day by its distance, but in quotations.
fn is_narrative(published: Option<Day>, mentions: &Mentions, found: &[Found<'_>]) -> bool {
    let Some(published) = published else { return false };
    let (mut all, mut past, mut gone, mut near, mut ahead) = (0, 0, 0, 0, 0);
    let this_year = i32::from(published.year());
    for sentence in found {
        for one in &sentence.matches {
            let year = one.captures.nth(Class::Year, 0).or_else(|| one.captures.nth(Class::Modern, 0));
            let year = year.map(|at| sentence.pieces[at].number);
            let early = one.captures.nth(Class::Era, 0).is_some();
            if year.is_some() || early {
                all += 1;
                past += u32::from(early || year.is_some_and(|year| year < this_year));
                ahead += u32::from(one.captures.nth(Class::Day, 0).is_some() && year > Some(this_year));
                gone += u32::from(early || year.is_some_and(|year| year < this_year - LIFETIME));
            }
            let by_distance =
                [Class::Weekday, Class::Deictic].iter().any(|class| one.captures.nth(*class, 0).is_some());
            near += u32::from(by_distance && tense::quotation_of(mentions, sentence.span(one)).is_none());
        }
    }
    let history = all >= 6 && past * 3 >= all * 2 && near * 5 < all;
    // Nobody plans so many days so far ahead: the day of publication is none, or another text's.
    let misdated = ahead >= 4 && ahead * 5 >= all && near == 0;
    history || misdated || (all >= 3 && gone == all && near == 0)
}

/// The day of publication, or a day that stands alone at the head of a text whose day is unknown.
fn publication(parsed: Parsed<'_>, found: &[Found<'_>]) -> Option<Day> {
    let known = parsed.document.published;
    known.or_else(|| {
        let alone = |sentence: &&Found<'_>| {
            sentence.matches.len() == 1 && sentence.matches[0].end == sentence.pieces.len()
        };
        let head = found.iter().take_while(|sentence| sentence.view.index < 3).find(alone)?;
        let one = head.matches.first().filter(|one| one.start == 0)?;
        let number = |class| one.captures.nth(class, 0).map(|at| head.pieces[at].number);
        let year = number(Class::Year).or_else(|| number(Class::Modern))?;
        let month = [Class::Month, Class::May, Class::Mon].into_iter().find_map(|class| {
            let piece = &head.pieces[one.captures.nth(class, 0)?];
            Some((piece.word, class))
        })?;
        let calendar = head.calendar;
        let month = i8::try_from(calendar.value(month.0, month.1)?).ok()?;
        period::day(year, month, i8::try_from(number(Class::Day)?).ok()?)
    })
}
