//! Reads the Markdown of the literate cases and compares what a stage gives with what the case says.
//!
//! A file holds cases under `##` headings. The first fenced block of a case is its input, every further one an
//! expectation:
//!
//! ````markdown
//! ## A rank before a name ends no sentence
//!
//! ```text published=2025-04-02
//! Gen. Okoro met Mr. Lind. They spoke at length.
//! ```
//!
//! ```sentences
//! Gen. Okoro met Mr. Lind.
//! They spoke at length.
//! ```
//! ````
//!
//! Words after the input's language are options: `published=DATE`, `url=URL`, `outlet=NAME`, or `escapes`, which turns
//! `\r \n \t \\ \xFF \u{AD}` into the bytes meant. After an expectation's name, `some` asks only that each of its
//! lines is among those read, `none` that none of them is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, str};

use legation_read::source::Document;
use legation_read::{Input, Reader, source};

/// The reader over the shipped data and weights, made once for all cases.
pub(crate) fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| match Reader::shipped() {
        Ok(reader) => reader,
        Err(errors) => {
            let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("the shipped data has faults:\n{}", list.join("\n"));
        }
    })
}

/// One input with all that is expected of it.
#[derive(Debug)]
pub(crate) struct Case {
    /// The heading.
    pub(crate) title: String,
    /// The bytes to be read.
    pub(crate) bytes: Vec<u8>,
    /// Options of the input block; a bare word has an empty value.
    pub(crate) options: BTreeMap<String, String>,
    expectations: Vec<Expectation>,
}

#[derive(Debug)]
struct Expectation {
    name: String,
    mode: String,
    line: usize,
    body: String,
}

impl Case {
    /// The case as the reader's input.
    pub(crate) fn input(&self) -> Input<'_> {
        let option = |name: &str| self.options.get(name).map(String::as_str);
        let published = option("published").map(|date| date.parse().expect("published=YYYY-MM-DD"));
        let id = option("id").unwrap_or("case");
        Input { published, url: option("url"), outlet: option("outlet"), ..Input::new(id, &self.bytes) }
    }

    /// The case as an opened document.
    pub(crate) fn document(&self) -> Document {
        source::open(&self.input(), reader().data())
    }
}

/// Runs all cases under `tests/cases/STAGE`: `check` renders what the stage reads for an expectation's name, one thing
/// a line, or `None` if it knows no such name.
///
/// # Panics
/// With file, line, what was expected and what was read, for every case that fails; also where there is no case at all.
pub(crate) fn check_folder(stage: &str, check: impl Fn(&Case, &str) -> Option<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(stage);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let (mut failures, mut count) = (String::new(), 0);
    for file in &files {
        let text = fs::read_to_string(file).expect("a readable case file");
        let name = format!("tests/cases/{stage}/{}", file.file_name().unwrap_or_default().to_string_lossy());
        for case in cases(&text, &name) {
            count += case.expectations.len();
            for expectation in &case.expectations {
                if let Err(message) = compare(&case, expectation, &check) {
                    let _ = writeln!(failures, "{name}:{}: {}\n{message}", expectation.line, case.title);
                }
            }
        }
    }
    assert!(count > 0, "no cases under {}", folder.display());
    assert!(failures.is_empty(), "\n{failures}");
}

fn compare(
    case: &Case,
    expectation: &Expectation,
    check: &impl Fn(&Case, &str) -> Option<String>,
) -> Result<(), String> {
    let name = &expectation.name;
    let read = check(case, name).ok_or_else(|| format!("  this stage reads nothing called `{name}`\n"))?;
    let read: Vec<&str> = read.trim_end().lines().map(str::trim_end).collect();
    let wanted: Vec<&str> = expectation.body.trim_end().lines().map(str::trim_end).collect();
    let good = match expectation.mode.as_str() {
        "" => read == wanted,
        "some" => wanted.iter().all(|line| read.contains(line)),
        "none" => !wanted.iter().any(|line| read.contains(line)),
        mode => return Err(format!("  unknown mode `{mode}`: use `some` or `none`\n")),
    };
    if good {
        return Ok(());
    }
    let mut message = String::new();
    let mode = &expectation.mode;
    for line in &wanted {
        let mark = if read.contains(line) { ' ' } else { '-' };
        let _ = writeln!(message, "  {name} {mode} wanted {mark} {line}");
    }
    for line in &read {
        let mark = if wanted.contains(line) { ' ' } else { '+' };
        let _ = writeln!(message, "  {name} {mode} read   {mark} {line}");
    }
    Err(message)
}

/// Cuts a Markdown file into its cases.
fn cases(text: &str, file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut title = String::new();
    let mut fresh = false;
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            title = heading.trim().to_owned();
            fresh = true;
        } else if let Some(info) = line.strip_prefix("```") {
            let body = fenced(&mut lines, file, index + 1);
            let mut words = info.split_whitespace();
            let name = words.next().unwrap_or_default();
            if fresh {
                cases.push(new_case(&title, name, words, &body, file, index + 1));
                fresh = false;
            } else if let Some(case) = cases.last_mut() {
                let (name, mode) = (name.to_owned(), words.next().unwrap_or_default().to_owned());
                case.expectations.push(Expectation { name, mode, line: index + 1, body });
            } else {
                panic!("{file}:{}: a block before the first `##` heading", index + 1);
            }
        }
    }
    for case in &cases {
        assert!(!case.expectations.is_empty(), "{file}: `{}` expects nothing", case.title);
    }
    cases
}

fn fenced<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>, file: &str, start: usize) -> String {
    let mut body = String::new();
    for (_, line) in lines {
        if line == "```" {
            return body;
        }
        body.push_str(line);
        body.push('\n');
    }
    panic!("{file}:{start}: the block is never closed");
}

fn new_case<'a>(
    title: &str,
    language: &str,
    options: impl Iterator<Item = &'a str>,
    body: &str,
    file: &str,
    line: usize,
) -> Case {
    assert!(
        matches!(language, "text" | "html"),
        "{file}:{line}: a case begins with a `text` or `html` block"
    );
    let options: BTreeMap<String, String> = options
        .map(|option| option.split_once('=').unwrap_or((option, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for name in options.keys() {
        assert!(
            matches!(name.as_str(), "published" | "url" | "outlet" | "id" | "escapes"),
            "{file}:{line}: unknown option `{name}`"
        );
    }
    let bytes = if options.contains_key("escapes") { unescaped(body) } else { body.as_bytes().to_vec() };
    Case { title: title.to_owned(), bytes, options, expectations: Vec::new() }
}

/// Turns escapes into the bytes meant; line ends of the Markdown file itself are dropped.
fn unescaped(body: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = body.chars().filter(|character| *character != '\n').peekable();
    while let Some(character) = rest.next() {
        if character != '\\' {
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        match rest.next() {
            Some('n') => bytes.push(b'\n'),
            Some('r') => bytes.push(b'\r'),
            Some('t') => bytes.push(b'\t'),
            Some('\\') => bytes.push(b'\\'),
            Some('x') => {
                let digits: String = rest.by_ref().take(2).collect();
                bytes.push(u8::from_str_radix(&digits, 16).expect("two hexadecimal digits after \\x"));
            }
            Some('u') => {
                let digits: String = rest.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                let code = u32::from_str_radix(&digits, 16).expect("\\u{HEX}");
                let character = char::from_u32(code).expect("a code point");
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            other => panic!("unknown escape \\{}", other.unwrap_or(' ')),
        }
    }
    bytes
}

#[test]
fn a_failing_case_names_its_line() {
    let text = "# x\n\n## One\n```text\nA b.\n```\n\n```words\nA b .\n```\n```words none\nA b\n```\n";
    let cases = cases(text, "x.md");
    assert_eq!((cases.len(), cases[0].bytes.as_slice()), (1, "A b.\n".as_bytes()));
    let check = |_: &Case, name: &str| (name == "words").then(|| "A b".to_owned());
    assert_eq!((cases[0].expectations[0].line, cases[0].expectations[1].line), (8, 11));
    assert!(compare(&cases[0], &cases[0].expectations[0], &check).is_err());
    assert!(compare(&cases[0], &cases[0].expectations[1], &check).is_err());
    assert!(compare(&cases[0], &cases[0].expectations[1], &|_, _| None).is_err());
}

#[test]
fn escapes_stand_for_bytes() {
    assert_eq!(unescaped("a\\r\\n\\xFF\\u{AD}\\\\\n"), b"a\r\n\xFF\xC2\xAD\\");
}
