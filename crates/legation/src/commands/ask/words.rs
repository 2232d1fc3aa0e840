//! The words that a row rests on, marked in their sentence.

use anstyle::Style;
use legation_record::ask::{Mark, Party, Passage, PlaceRow};

/// Longest piece of a sentence in a table, in characters.
pub(super) const QUOTE: usize = 160;

/// What is marked by signs, which outlive a pipe; the rest is only underlined.
fn is_strong(mark: &Mark) -> bool {
    matches!(mark.what, "trigger" | "cue" | "position" | "found")
}

/// The sentence with «the words» marked.
pub(super) fn plain(passage: &Passage) -> String {
    signed(&passage.text, &passage.marks)
}

/// The words of a text marked «like this».
pub(super) fn signed(text: &str, marks: &[Mark]) -> String {
    render(text, marks, Style::new(), Style::new())
}

/// The sentence with «the words» marked and in bold, who takes part and what is said underlined.
pub(in crate::commands) fn styled(passage: &Passage) -> String {
    render(&passage.text, &passage.marks, Style::new().bold(), Style::new().underline())
}

fn render(text: &str, marks: &[Mark], strong: Style, weak: Style) -> String {
    let inside = |at: usize, wanted: bool| {
        marks.iter().any(|mark| is_strong(mark) == wanted && mark.start <= at && at < mark.end)
    };
    let (mut out, mut is_in, mut is_under) = (String::new(), false, false);
    for (at, letter) in text.chars().enumerate() {
        let (now, under) = (inside(at, true), inside(at, false));
        if is_in && !now {
            out.push_str(&format!("»{strong:#}"));
        }
        if is_under && (!under || now) {
            out.push_str(&format!("{weak:#}"));
            is_under = false;
        }
        if now && !is_in {
            out.push_str(&format!("{strong}«"));
        }
        if under && !now && !is_under {
            out.push_str(&weak.to_string());
            is_under = true;
        }
        is_in = now;
        out.push(if letter.is_whitespace() { ' ' } else { letter });
    }
    if is_in {
        out.push_str(&format!("»{strong:#}"));
    }
    if is_under {
        out.push_str(&format!("{weak:#}"));
    }
    out
}

/// A piece of the sentence around its first marked words, short enough for a table.
pub(super) fn short(passage: &Passage) -> String {
    let text = plain(passage);
    let letters: Vec<char> = text.chars().collect();
    let mark = letters.iter().position(|letter| *letter == '«').unwrap_or(0);
    let mut start = if letters.len() > QUOTE { mark.saturating_sub(QUOTE / 2) } else { 0 };
    if start > 0 {
        start += letters[start..].iter().position(|letter| *letter == ' ').map_or(0, |blank| blank + 1);
    }
    let rest: String = letters[start..].iter().collect();
    let lead = if start > 0 { "…" } else { "" };
    format!("{lead}{}", crate::people::words::shortened(&rest, QUOTE))
}

/// Names, one after another.
pub(super) fn names(parties: &[Party], between: &str) -> String {
    parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(between)
}

/// One cell of each party, in their order.
pub(super) fn each(parties: &[Party], cell: fn(&Party) -> Option<&String>) -> String {
    parties.iter().map(|party| cell(party).map_or("", String::as_str)).collect::<Vec<_>>().join("; ")
}

/// "A → B", or "A ⇄ B" where it is mutual.
pub(in crate::commands) fn sides(actors: &[Party], recipients: &[Party], is_reciprocal: bool) -> String {
    match (is_reciprocal, recipients.is_empty()) {
        (true, true) => names(actors, " ⇄ "),
        (false, true) => names(actors, ", "),
        (true, false) => format!("{} ⇄ {}", names(actors, ", "), names(recipients, ", ")),
        (false, false) => format!("{} → {}", names(actors, ", "), names(recipients, ", ")),
    }
}

/// "Geneva (CHE)".
pub(in crate::commands) fn place(place: Option<&PlaceRow>) -> String {
    place.map_or_else(String::new, |place| match &place.country {
        Some(country) if !place.name.eq_ignore_ascii_case(country) => format!("{} ({country})", place.name),
        _ => place.name.clone(),
    })
}

/// A TIMEX3 value as people write it: decades and centuries are numbers that count tens and hundreds of years.
pub(super) fn day(value: Option<&String>) -> String {
    let value = or_empty(value);
    match value.len() {
        2 | 3 if value.bytes().all(|digit| digit.is_ascii_digit()) => format!("{value:0<4}s"),
        _ => value,
    }
}

/// "1 report", "2 reports".
pub(super) fn counted(count: i64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Text that may be absent.
pub(super) fn or_empty(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use legation_record::ask::{Id, IdKind, Mark, Passage};

    use super::{plain, short};

    fn passage(text: &str, start: usize, end: usize) -> Passage {
        let marks = vec![Mark { start: 0, end: 3, what: "actor" }, Mark { start, end, what: "trigger" }];
        Passage { report: Id::new(IdKind::Report, 1), sentence: 1, text: text.to_owned(), marks }
    }

    #[test]
    fn words_are_marked_in_their_sentence() {
        assert_eq!(plain(&passage("Åsa met Per.", 4, 7)), "Åsa «met» Per.");
        assert_eq!(plain(&passage("Åsa met", 4, 7)), "Åsa «met»");
    }

    #[test]
    fn decades_are_told_from_years() {
        assert_eq!(super::day(Some(&"197".to_owned())), "1970s");
        assert_eq!(super::day(Some(&"19".to_owned())), "1900s");
        assert_eq!(super::day(Some(&"1970".to_owned())), "1970");
    }

    #[test]
    fn long_sentences_are_cut_around_the_words() {
        let text = format!("{}met {}", "word ".repeat(60), "word ".repeat(60));
        let short = short(&passage(&text, 300, 303));
        assert!(short.starts_with('…') && short.contains("«met»") && short.ends_with('…'), "{short}");
        assert!(short.chars().count() < 170);
    }
}
