//! Amounts of money with their unit: "$200 billion" is `200000000000 USD`.

use crate::{Span, parse::SentenceView};

/// An amount where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) value: String,
    pub(super) span: Span,
}

const SIGNS: &[(&str, &str)] = &[("$", "USD"), ("US$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY")];
const NAMES: &[(&str, &str)] = &[
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds", "GBP"),
    ("yuan", "CNY"),
    ("roubles", "RUB"),
    ("rubles", "RUB"),
    ("yen", "JPY"),
    ("rupees", "INR"),
];
const SCALES: &[(&str, u32)] =
    &[("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12), ("bn", 9), ("m", 6)];

/// The amount that begins at a word.
pub(super) fn at(view: &SentenceView<'_>, word: usize) -> Option<Amount> {
    let mut next = word;
    let mut unit = None;
    let lookup = |list: &'static [(&'static str, &'static str)], word: &str| {
        list.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
    };
    let written = view_word(view, next)?;
    let mut number = written;
    if let Some(sign) = lookup(SIGNS, written) {
        unit = Some(sign);
        next += 1;
        number = view_word(view, next)?;
    } else if let Some((sign, found)) = SIGNS.iter().find(|(sign, _)| written.starts_with(*sign)) {
        unit = Some(*found);
        number = &written[sign.len()..];
    }
    let mut digits = 0;
    let mut end = next + 1;
    if let Some((_, power)) =
        view_word(view, end).and_then(|word| SCALES.iter().find(|(name, _)| *name == word))
    {
        digits = *power;
        end += 1;
    }
    if unit.is_none() {
        unit = lookup(NAMES, view_word(view, end)?);
        end += 1;
    }
    let value = format!("{} {}", scaled(number, digits)?, unit?);
    Some(Amount { value, span: view.span_of(word..end.min(view.len())) })
}

fn view_word<'a>(view: &SentenceView<'a>, word: usize) -> Option<&'a str> {
    (word < view.len()).then(|| view.word(word))
}

/// A decimal number times a power of ten, without rounding: `scaled("2.5", 9)` is `2500000000`.
fn scaled(number: &str, power: u32) -> Option<String> {
    let number = number.replace(',', "");
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    let all_digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 15
        || !all_digits(whole)
        || !all_digits(part)
        || part.len() > power as usize
    {
        return None;
    }
    let zeros = "0".repeat(power as usize - part.len());
    let value = format!("{whole}{part}{zeros}");
    let value = value.trim_start_matches('0');
    Some(if value.is_empty() { "0".to_owned() } else { value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn numbers_are_scaled_without_rounding() {
        assert_eq!(scaled("200", 9).as_deref(), Some("200000000000"));
        assert_eq!(scaled("2.5", 6).as_deref(), Some("2500000"));
        assert_eq!(scaled("1,250", 0).as_deref(), Some("1250"));
        assert_eq!(scaled("2.55", 1), None);
        assert_eq!(scaled("many", 3), None);
    }
}
