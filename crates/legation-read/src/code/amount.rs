//! Amounts with their unit: "$200 billion" is `200000000000 USD`, "two million barrels a day" is `2000000 barrels/day`,
//! "nearly half" is `0.5`.

use std::{borrow::Cow, ops::Range};

use crate::{
    data::relations::{Relations, UnitClass},
    parse::{SentenceView, Upos},
};

/// An amount where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::code) struct Amount {
    /// A number and its unit; of a share the number alone.
    pub(in crate::code) value: String,
    /// What it measures; `Number` where nothing is said.
    pub(in crate::code) class: UnitClass,
    /// Its words.
    pub(in crate::code) words: Range<usize>,
}

/// The amounts of a sentence, in order.
pub(in crate::code) fn all(view: &SentenceView<'_>, lexicon: &Relations) -> Vec<Amount> {
    let reader = Reader { view, lexicon };
    let mut amounts = Vec::new();
    let mut word = 0;
    while word < view.len() {
        match reader.at(word) {
            Some(amount) => {
                word = amount.words.end.max(word + 1);
                amounts.push(amount);
            }
            None => word += 1,
        }
    }
    amounts
}

/// How many words may stand between a number and what it counts: "900 well-armed American soldiers".
const BETWEEN: usize = 4;

struct Reader<'a> {
    view: &'a SentenceView<'a>,
    lexicon: &'a Relations,
}

/// A decimal number: digits, and how many of them stand behind the point.
struct Number {
    digits: u64,
    places: u32,
    end: usize,
}

impl Reader<'_> {
    fn lower(&self, word: usize) -> Option<Cow<'_, str>> {
        let form = (word < self.view.len()).then(|| self.view.word(word))?;
        let has_capital = form.bytes().any(|byte| byte.is_ascii_uppercase());
        Some(if has_capital { form.to_lowercase().into() } else { form.into() })
    }

    fn unit(&self, word: usize, class: UnitClass) -> Option<&str> {
        self.lexicon.unit(&self.lower(word)?, class)
    }

    fn at(&self, start: usize) -> Option<Amount> {
        let form = self.view.word(start);
        let first = form.bytes().next()?;
        let likely = first.is_ascii_digit()
            || !first.is_ascii_alphabetic()
            || form.contains('$')
            || self.unit(start, UnitClass::Number).is_some()
            || self.unit(start, UnitClass::Share).is_some()
            || matches!(form, "a" | "an" | "A" | "An" | "one");
        if !likely {
            return None;
        }
        let (sign, glued) = self.sign(start);
        let number_at = if sign.is_some() && glued == 0 { start + 1 } else { start };
        let number = self.number(number_at, glued)?;
        if let Some(sign) = sign {
            return self.amount(start, &number, sign, UnitClass::Money, number.end);
        }
        self.share(start, &number).or_else(|| self.measured(start, &number))
    }

    /// "$" or "US$" as a word of its own, or how many bytes of the number's word it takes.
    fn sign(&self, word: usize) -> (Option<&str>, usize) {
        if let Some(sign) = self.unit(word, UnitClass::Sign) {
            return (Some(sign), 0);
        }
        let form = self.view.word(word);
        let end = form.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
        let sign = form.get(..end).filter(|sign| !sign.is_empty());
        let sign = sign.and_then(|sign| self.lexicon.unit(&sign.to_lowercase(), UnitClass::Sign));
        (sign, if sign.is_some() { end } else { 0 })
    }

    /// Digits or a number word, with its powers of ten.
    fn number(&self, word: usize, skipped: usize) -> Option<Number> {
        let form = self.lower(word)?;
        let form = form.get(skipped..)?;
        let (digits, places) = if form.starts_with(|first: char| first.is_ascii_digit()) {
            let letters =
                form.trim_start_matches(|digit: char| digit.is_ascii_digit() || matches!(digit, '.' | ','));
            let (digits, places) = decimal(form.strip_suffix(letters).unwrap_or(form))?;
            return self.scaled(digits, places, letters, word + 1);
        } else if let Some(number) = self.unit(word, UnitClass::Number) {
            (number.parse().ok()?, 0)
        } else if self.unit(word, UnitClass::Share).is_some() {
            // "half", "nearly a third"
            return Some(Number { digits: 1, places: 0, end: word });
        } else if matches!(form, "a" | "an" | "one") {
            let next = word + 1;
            let counts = self.unit(next, UnitClass::Share).is_some()
                || self.unit(next, UnitClass::Scale).is_some()
                || self.unit(next, UnitClass::Number).is_some_and(|number| number.len() > 1);
            if !counts {
                return None;
            }
            (1, 0)
        } else {
            return None;
        };
        self.scaled(digits, places, "", word + 1)
    }

    /// "2.5 million", "2.5bn", "a hundred thousand".
    fn scaled(&self, digits: u64, places: u32, letters: &str, end: usize) -> Option<Number> {
        let mut number = Number { digits, places, end };
        if !letters.is_empty() {
            let power = self.lexicon.unit(letters, UnitClass::Scale)?.parse().ok()?;
            number = number.times(power)?;
        }
        if places == 0 && letters.is_empty() {
            number = self.summed(number);
        }
        for _ in 0..2 {
            let hyphen = self.lower(number.end).is_some_and(|form| form == "-");
            let at = number.end + usize::from(hyphen);
            let Some(power) = self.unit(at, UnitClass::Scale).and_then(|power| power.parse().ok()) else {
                break;
            };
            let end = at + 1;
            number = self.with_rest(Number { end, ..number.times(power)? });
        }
        Some(number)
    }

    /// What two number words make: "thirty-two", "two dozen".
    fn summed(&self, number: Number) -> Number {
        let hyphen = self.lower(number.end).is_some_and(|form| form == "-");
        let at = number.end + usize::from(hyphen);
        let next = self.unit(at, UnitClass::Number).and_then(|next| next.parse::<u64>().ok());
        let Some(next) = next.filter(|_| number.places == 0) else { return number };
        let dozens = self.lower(at).is_some_and(|form| form == "dozen");
        let digits = match number.digits {
            digits @ 1..20 if dozens && at == number.end => digits * next,
            digits @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90) if next < 10 && at > number.end => digits + next,
            _ => return number,
        };
        Number { digits, places: 0, end: at + 1 }
    }

    /// "two hundred and fifty", where the number is one of hundreds written in words.
    fn with_rest(&self, number: Number) -> Number {
        let and = self.lower(number.end).is_some_and(|form| form == "and");
        let at = number.end + usize::from(and);
        let rest = self.unit(at, UnitClass::Number).and_then(|rest| rest.parse().ok());
        let hundreds = number.places == 0 && number.digits < 1000 && number.digits.is_multiple_of(100);
        let Some(digits) = rest.filter(|_| hundreds) else { return number };
        let rest = self.summed(Number { digits, places: 0, end: at + 1 });
        Number { digits: number.digits + rest.digits, ..rest }
    }

    /// "40 per cent", "two-thirds", "a third", "half".
    fn share(&self, start: usize, number: &Number) -> Option<Amount> {
        let mut at = number.end;
        if self.lower(at).is_some_and(|form| form == "-") {
            at += 1;
        }
        let (part, end) = match self.unit(at, UnitClass::Share) {
            Some(part) => (part, at + 1),
            None if self.lower(at)? == "per" && self.lower(at + 1).is_some_and(|form| form == "cent") => {
                (self.lexicon.unit("percent", UnitClass::Share)?, at + 2)
            }
            None => return None,
        };
        // "half a million", "half the gas": the first is no share
        let (digits, places) = decimal(part)?;
        let digits = number.digits.checked_mul(digits)?;
        let value = written(Number { digits, places: number.places + places, end }.rounded());
        Some(Amount { value, class: UnitClass::Share, words: start..end })
    }

    /// "9 billion euros", "10,000 barrels", "900 American troops"; else the bare number.
    fn measured(&self, start: usize, number: &Number) -> Option<Amount> {
        const CLASSES: [UnitClass; 4] =
            [UnitClass::Money, UnitClass::Quantity, UnitClass::People, UnitClass::Things];
        for at in number.end..number.end + BETWEEN {
            let hyphen = self.lower(at).is_some_and(|form| form == "-");
            let found = CLASSES.iter().find_map(|&class| Some((self.unit_phrase(at, class)?, class)));
            if let Some(((unit, end), class)) = found {
                return self.amount(start, number, unit, class, end);
            }
            let tag = (at < self.view.len()).then(|| self.view.tree.upos(at))?;
            let between =
                matches!(tag, Upos::Adj | Upos::Propn | Upos::Noun) || hyphen || self.view.word(at) == "of";
            if !between {
                break;
            }
        }
        let value = written(number.rounded());
        Some(Amount { value, class: UnitClass::Number, words: start..number.end })
    }

    /// A unit of one word or two: "barrels", "cubic metres".
    fn unit_phrase(&self, word: usize, class: UnitClass) -> Option<(&str, usize)> {
        if let Some(next) = self.lower(word + 1) {
            let two = format!("{} {next}", self.lower(word)?);
            if let Some(unit) = self.lexicon.unit(&two, class) {
                return Some((unit, word + 2));
            }
        }
        self.unit(word, class).map(|unit| (unit, word + 1))
    }

    fn amount(
        &self,
        start: usize,
        number: &Number,
        unit: &str,
        class: UnitClass,
        end: usize,
    ) -> Option<Amount> {
        let mut value = format!("{} {unit}", written(number.rounded()));
        let mut end = end;
        if let Some((per, after)) = self.per(end) {
            value.push('/');
            value.push_str(per);
            end = after;
        }
        Some(Amount { value, class, words: start..end.min(self.view.len()) })
    }

    /// "a day", "per year", "daily"; also behind what is measured: "barrels of oil a day".
    fn per(&self, end: usize) -> Option<(&str, usize)> {
        let of = self.lower(end).is_some_and(|form| form == "of");
        let last = if of { end + 5 } else { end };
        (end..=last).find_map(|word| {
            let opens = matches!(self.lower(word)?.as_ref(), "a" | "per" | "each" | "every" | "an" | "/");
            let at = if opens { word + 1 } else { word };
            let unit = self.unit(at, UnitClass::Per)?;
            // "in a year" and "a year ago" are dates
            let adverb = self.lower(at)?.ends_with("ly");
            let dated =
                self.lower(at + 1).is_some_and(|form| matches!(form.as_ref(), "ago" | "earlier" | "later"));
            ((opens || adverb) && !dated).then_some((unit, at + 1))
        })
    }
}

impl Number {
    fn times(&self, power: u32) -> Option<Number> {
        let taken = power.min(self.places);
        let digits = self.digits.checked_mul(10_u64.checked_pow(power - taken)?)?;
        Some(Number { digits, places: self.places - taken, end: self.end })
    }

    /// Digits and places without zeros behind the point, four places at most.
    fn rounded(&self) -> (u64, u32) {
        let (mut digits, mut places) = (self.digits, self.places);
        while places > 4 || (places > 0 && digits % 10 == 0) {
            digits /= 10;
            places -= 1;
        }
        (digits, places)
    }
}

/// "1,250.5" -> 12505 with one place.
fn decimal(text: &str) -> Option<(u64, u32)> {
    let text = text.trim_end_matches(['.', ',']).replace(',', "");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let places = u32::try_from(part.len()).ok().filter(|places| *places <= 8)?;
    let digits = format!("{whole}{part}");
    let plain = digits.len() <= 16 && digits.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten().map(|digits| (digits, places))
}

fn written((digits, places): (u64, u32)) -> String {
    if places == 0 {
        return digits.to_string();
    }
    let scale = 10_u64.pow(places);
    format!("{}.{:0width$}", digits / scale, digits % scale, width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::{Number, decimal, written};

    fn scaled(text: &str, power: u32) -> Option<String> {
        let (digits, places) = decimal(text)?;
        Some(written(Number { digits, places, end: 0 }.times(power)?.rounded()))
    }

    #[test]
    fn numbers_are_scaled_without_rounding() {
        assert_eq!(scaled("200", 9).as_deref(), Some("200000000000"));
        assert_eq!(scaled("2.5", 6).as_deref(), Some("2500000"));
        assert_eq!(scaled("1,250", 0).as_deref(), Some("1250"));
        assert_eq!(scaled("2.55", 1).as_deref(), Some("25.5"));
        assert_eq!(scaled("99999999999", 12), None);
        assert_eq!(scaled("many", 3), None);
    }
}
