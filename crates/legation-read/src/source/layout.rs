//! Which lines of a text are title, paragraphs, items and page furniture, and what datelines and time lines say.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Block, BlockKind, day};
use crate::{Span, data::furniture::Furniture};

/// Lines at the head in which title, byline and time are looked for.
const HEAD: usize = 14;

/// How far into a paragraph a dateline is looked for, in bytes.
const DATELINE: usize = 160;

/// One line or paragraph before it is known what it is.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    /// What the page's tags say.
    pub(super) hint: Option<BlockKind>,
}

/// What was found in the lines.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) blocks: Vec<Block>,
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    /// The agency of the dateline, as written.
    pub(super) agency: Option<String>,
    pub(super) time_line: Option<Date>,
    pub(super) dateline: Option<Date>,
}

/// The lines of a plain text; hard-wrapped lines are one paragraph again.
pub(super) fn plain_lines(text: &str, furniture: &Furniture) -> Vec<Line> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        lines.push(start..start + body.len());
        start += line.len();
    }
    let wrapped = is_wrapped(&lines);
    let mut paragraphs: Vec<Line> = Vec::new();
    let mut open = false;
    for range in lines {
        let line = &text[range.clone()];
        if line.is_empty() {
            open = false;
            continue;
        }
        let apart = !wrapped || bullet(line) > 0 || is_apart(line, furniture);
        match paragraphs.last_mut() {
            Some(last) if open && !apart => last.range.end = range.end,
            _ => paragraphs.push(Line { range: range.clone(), hint: None }),
        }
        open = wrapped && !is_apart(line, furniture) && range.len() >= 40;
    }
    paragraphs
}

fn is_apart(line: &str, furniture: &Furniture) -> bool {
    furniture.is_line(line) || byline(line, furniture).is_some() || time_line(line, furniture).is_some()
}

/// Whether lines are broken at a fixed width: most lines that another follows are about equally long.
fn is_wrapped(lines: &[Range<usize>]) -> bool {
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| pair[0].len())
        .collect();
    let longest = followed.iter().copied().max().unwrap_or(0);
    let full = followed.iter().filter(|length| **length * 4 >= longest * 3).count();
    followed.len() >= 3 && (45..=110).contains(&longest) && full * 3 >= followed.len() * 2
}

/// Says what each line is.
pub(super) fn lay_out(text: &str, lines: &[Line], furniture: &Furniture) -> Layout {
    let mut layout = Layout::default();
    let mut kinds: Vec<Option<BlockKind>> = lines.iter().map(|line| line.hint).collect();
    let body = lines
        .iter()
        .position(|line| {
            line.hint.is_none_or(|hint| hint == BlockKind::Paragraph) && is_body(&text[line.range.clone()])
        })
        .unwrap_or(lines.len());
    let head = body.min(HEAD);
    for index in 0..lines.len() {
        let line = &text[lines[index].range.clone()];
        let outer = index <= head || index + HEAD >= lines.len();
        if kinds[index] != Some(BlockKind::Title) && layout.is_furniture(line, index < head, outer, furniture)
        {
            kinds[index] = Some(BlockKind::Furniture);
        }
    }
    choose_title(text, lines, head, &mut kinds);
    cut_foot(text, lines, body, &mut kinds, furniture);
    layout.push_blocks(text, lines, body, &kinds);
    layout
}

/// Whether a line is running text rather than a headline or furniture.
fn is_body(line: &str) -> bool {
    let ends = line.ends_with(['.', '?', '!', '”', '"', '’', ')', '…']);
    line.len() >= 140
        || (ends && line.len() >= 60 && line.ends_with(['.', '”', '"']))
        || (ends && line.len() >= 100)
}

impl Layout {
    fn is_furniture(&mut self, line: &str, in_head: bool, outer: bool, furniture: &Furniture) -> bool {
        if furniture.is_line(line) || !line.chars().any(char::is_alphanumeric) {
            return true;
        }
        if !outer || line.len() > 160 {
            return false;
        }
        if let Some(day) = time_line(line, furniture) {
            if self.time_line.is_none() {
                self.time_line = Some(day);
            }
            return true;
        }
        if let Some(name) = byline(line, furniture) {
            if self.byline.is_none() {
                self.byline = Some(name.to_owned());
            }
            return true;
        }
        in_head && (is_section(line) || line.contains(" > ") || line.contains(" » "))
    }

    fn push_blocks(&mut self, text: &str, lines: &[Line], body: usize, kinds: &[Option<BlockKind>]) {
        let mut datelines = 0;
        for (index, line) in lines.iter().enumerate() {
            let words = &text[line.range.clone()];
            let mut kind = kinds[index].unwrap_or(BlockKind::Paragraph);
            let mut lead = 0;
            if kind == BlockKind::Title {
                let first = self.title.is_none();
                self.title.get_or_insert_with(|| words.replace('\n', " "));
                kind = if first { kind } else { BlockKind::Heading };
            }
            if matches!(kind, BlockKind::Paragraph | BlockKind::Item) {
                lead = bullet(words);
                if lead > 0 {
                    kind = BlockKind::Item;
                } else if datelines < 3 && index <= body + 3 {
                    datelines += 1;
                    lead = self.take_dateline(words);
                    if lead > 0 && words[lead..].split_whitespace().count() <= 4 {
                        (kind, lead) = (BlockKind::Furniture, 0);
                    }
                }
            }
            let span = Span::new(line.range.start, line.range.end);
            self.blocks.push(Block { span, kind, lead: u32::try_from(lead).unwrap_or(0) });
        }
    }

    /// Length of the dateline at the head of a paragraph; notes its day and agency.
    fn take_dateline(&mut self, paragraph: &str) -> usize {
        let Some(found) = dateline(paragraph) else { return 0 };
        let lead = &paragraph[..found.length];
        if self.dateline.is_none() {
            self.dateline = day::find(lead).map(|found| found.day);
        }
        if self.agency.is_none() {
            self.agency = found.agency.map(str::to_owned);
        }
        found.length
    }
}

/// A dateline: "MOSCOW, April 2 (Agency) - ".
#[derive(Debug, PartialEq, Eq)]
struct Dateline<'a> {
    length: usize,
    agency: Option<&'a str>,
}

fn dateline(paragraph: &str) -> Option<Dateline<'_>> {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let capitals = r"\p{Lu}[\p{Lu}.'’]+(?:[\x20-]\p{Lu}[\p{Lu}.'’]*)*";
        let month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?";
        let date = format!(
            r"\(?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s)?(?:{month}\s\d{{1,2}}|\d{{1,2}}\s{month})(?:,?\s\(?\d{{4}}\)?)?\)?"
        );
        let agency = r"\((?P<agency>[^()]{2,40})\)";
        let dash = r"\s*(?:--?-?|–|—)\s+";
        Regex::new(&format!(
            r"^(?:(?P<bare>{capitals}(?:/{capitals})*)(?P<region>,\s\p{{Lu}}[\w.’']*(?:\s\p{{Lu}}[\w.]*){{0,2}})?(?P<date>,?\s{date})?(?:\s?/?\s?{agency})?{dash}|\p{{Lu}}[\w.’'-]*(?:\s\p{{Lu}}[\w.’'-]*){{0,3}},?\s{date}(?:\s?\([^()]{{2,40}}\))?{dash}|\((?P<only>\p{{Lu}}[\w\s.&]{{1,30}})\){dash})"
        ))
        .ok()
    });
    let mut end = paragraph.len().min(DATELINE);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let found = PATTERN.as_ref()?.captures(&paragraph[..end])?;
    let length = found.get(0)?.end();
    let next = paragraph[length..].chars().next()?;
    let agency = found.name("agency").or(found.name("only")).map(|name| name.as_str());
    let plain = found.name("bare").is_some() && found.name("date").is_none() && agency.is_none();
    let opens = next.is_uppercase() || matches!(next, '“' | '"' | '‘');
    if plain && !opens {
        return None;
    }
    Some(Dateline {
        length,
        agency: agency.filter(|name| !name.contains(|character: char| character.is_numeric())),
    })
}

/// Length of the bullet at the head of a line.
fn bullet(line: &str) -> usize {
    let Some(sign) = line.chars().next() else { return 0 };
    if !matches!(sign, '-' | '–' | '—' | '•' | '*' | '·' | '▪' | '●' | '■' | '►' | '‣' | '◦' | '>')
    {
        return 0;
    }
    let rest = &line[sign.len_utf8()..];
    let blanks = rest.len() - rest.trim_start().len();
    if blanks == 0 || rest.trim_start().is_empty() { 0 } else { sign.len_utf8() + blanks }
}

/// "- In Reports": a short line after a dash.
fn is_section(line: &str) -> bool {
    let lead = bullet(line);
    let words = &line[lead..];
    lead > 0 && words.split_whitespace().count() <= 4 && !words.ends_with(['.', '?', '!'])
}

/// The day of a line that holds nothing but a time and words such as "Updated".
fn time_line(line: &str, furniture: &Furniture) -> Option<Date> {
    if line.len() > 160 {
        return None;
    }
    let found = day::find(line)?;
    let rest = [&line[..found.range.start], &line[found.range.end..]];
    let strange = rest
        .iter()
        .flat_map(|part| {
            part.split(|character: char| {
                !character.is_alphanumeric() && !matches!(character, ':' | '.' | '+')
            })
        })
        .map(|word| word.trim_matches(['.', ':', '+']))
        .filter(|word| !word.is_empty() && !is_time_word(word, furniture));
    let mut words = 0;
    let mut lower = 0;
    for word in strange {
        words += 1;
        lower += usize::from(word.starts_with(char::is_lowercase));
    }
    let apart = line.contains(['|', '•', '·']);
    let place = words <= 3
        && lower == 0
        && line[..found.range.start].trim_end().ends_with(',')
        && !line.ends_with('.');
    (words == 0 || place || (apart && words <= 4)).then_some(found.day)
}

fn is_time_word(word: &str, furniture: &Furniture) -> bool {
    word.starts_with(|character: char| character.is_ascii_digit()) && word.len() <= 8
        || (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
        || furniture.is_time_word(word)
}

/// The writer's name in "By Ana Lund" or "- Courier Staff".
fn byline<'a>(line: &'a str, furniture: &Furniture) -> Option<&'a str> {
    if line.len() > 100 || line.ends_with(['.', '?', '!']) && !line.ends_with("Jr.") {
        return None;
    }
    let words = line[bullet(line)..].trim();
    let last = words.rsplit(' ').next().unwrap_or_default();
    let name = ["By ", "BY ", "Written by ", "Reporting by ", "Edited by ", "Text by "]
        .iter()
        .find_map(|start| words.strip_prefix(start));
    let Some(name) = name else {
        let staffed = furniture.is_staff_word(last)
            && words.split(' ').count() <= 4
            && words.starts_with(char::is_uppercase);
        return (bullet(line) > 0 && staffed).then_some(words);
    };
    let named = name.split([' ', ',']).filter(|word| !word.is_empty()).all(|word| {
        word.starts_with(|character: char| character.is_uppercase() || !character.is_alphanumeric())
            || matches!(
                word,
                "and"
                    | "de"
                    | "der"
                    | "van"
                    | "von"
                    | "al"
                    | "bin"
                    | "ibn"
                    | "la"
                    | "in"
                    | "of"
                    | "for"
                    | "del"
                    | "da"
                    | "di"
            )
    });
    let staffed = name.split(' ').any(|word| furniture.is_staff_word(word));
    (named || staffed).then_some(name.trim_end_matches([',', ':']))
}

/// Takes the first headline among the lines of the head.
fn choose_title(text: &str, lines: &[Line], head: usize, kinds: &mut [Option<BlockKind>]) {
    if kinds.contains(&Some(BlockKind::Title)) || lines.len() < 2 {
        return;
    }
    let word_count = |index: usize| text[lines[index].range.clone()].split_whitespace().count();
    let candidates: Vec<usize> = (0..head.min(lines.len()))
        .filter(|index| kinds[*index].is_none() && is_headline(&text[lines[*index].range.clone()]))
        .collect();
    let Some(&first) = candidates.first() else { return };
    let better = candidates.iter().copied().find(|index| *index > first && word_count(*index) >= 5);
    let label = word_count(first) <= 4 && is_name_like(&text[lines[first].range.clone()]);
    match better.filter(|_| label) {
        Some(better) => {
            kinds[first] = Some(BlockKind::Furniture);
            kinds[better] = Some(BlockKind::Title);
        }
        None => kinds[first] = Some(BlockKind::Title),
    }
}

fn is_headline(line: &str) -> bool {
    let abbreviated = line.ends_with("U.S.") || line.ends_with("U.N.");
    line.len() <= 220
        && line.split_whitespace().count() >= 2
        && (!line.ends_with(['.', ':', ';', ',']) || abbreviated)
        && bullet(line) == 0
        && dateline(line).is_none()
}

/// "The Harbour Gazette": every word but the small ones is capitalised, and not all are capitals.
fn is_name_like(line: &str) -> bool {
    line.chars().any(char::is_lowercase)
        && line.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "for" | "&")
        })
}

/// Everything after "Related stories", "Comments" and the like is furniture if no running text follows.
fn cut_foot(text: &str, lines: &[Line], body: usize, kinds: &mut [Option<BlockKind>], furniture: &Furniture) {
    let last_body = lines.iter().rposition(|line| is_body(&text[line.range.clone()])).unwrap_or(0).max(body);
    let start =
        (last_body + 1..lines.len()).find(|index| furniture.is_line(&text[lines[*index].range.clone()]));
    for kind in kinds.iter_mut().skip(start.unwrap_or(lines.len())) {
        *kind = Some(BlockKind::Furniture);
    }
}

#[cfg(test)]
mod tests {
    use super::dateline;

    #[test]
    fn datelines_are_told_from_sentences() {
        for (lead, agency) in [
            ("MOSCOW, April 2 (Wire) - ", Some("Wire")),
            ("KYIV/MOSCOW — ", None),
            ("WASHINGTON (March 12, 1996) - ", None),
            ("Geneva, 3 May 2019 – ", None),
            ("ZURICH, Oct. 11, 2009 (Wire) -- ", Some("Wire")),
            ("HAIKOU, China, April 12, 2001 - ", None),
            ("(Wire) - ", Some("Wire")),
        ] {
            let text = format!("{lead}The talks");
            let found = dateline(&text).map(|found| (found.length, found.agency));
            assert_eq!(found, Some((lead.len(), agency)), "{lead}");
        }
        for text in [
            "NATO – founded in 1949 – met",
            "The talks - long and hard - ended",
            "EU leaders met",
            "U.S.-led talks - They",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
