use super::{BlockKind, Document, Input, MAX_BYTES, open};
use crate::data::Data;

fn data() -> Data {
    let files: Vec<_> = Data::shipped_files().collect();
    Data::load(&files).expect("sound shipped data")
}

/// Checks what holds of every document: blocks in order, not empty, on character boundaries, their leads inside.
fn check_blocks(document: &Document) {
    let mut position = 0;
    for block in &document.blocks {
        let range = block.span.range();
        let words = document.text.get(range.clone()).expect("a block on character boundaries");
        assert!(range.start >= position && !words.trim().is_empty(), "{block:?}");
        assert_eq!(words, words.trim(), "{block:?}");
        assert!(words.get(block.lead as usize..).is_some_and(|rest| !rest.is_empty()), "{block:?}");
        assert!(document.text[position..range.start].trim().is_empty(), "text in no block before {block:?}");
        position = range.end;
    }
    assert!(document.text[position..].trim().is_empty(), "text in no block at the end");
}

fn read(bytes: &[u8], data: &Data) -> Document {
    let document = open(&Input::new("x", bytes), data);
    check_blocks(&document);
    document
}

fn codes(document: &Document) -> Vec<&str> {
    document.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn ugly_pages_are_read_in_linear_time() {
    let data = data();
    let end = "<p>The talks went on.</p>";
    for (name, page) in [
        ("nested", format!("<html>{}{end}", "<div>".repeat(10_000))),
        ("deeper", format!("<html>{}{end}", "<div><b><font size=1><p>".repeat(100_000))),
        ("unclosed", format!("<html>{end}{}", "<p><a href=x>".repeat(100_000))),
        ("stray ends", format!("<html>{}{}{end}", "<div>".repeat(100_000), "</span></nav>".repeat(100_000))),
        ("attributes", format!("<html><div {}>{end}", "a=b c d='e' ".repeat(2_000))),
        ("half a tag", format!("<html>{end}<p {}", "x".repeat(1_000_000))),
        ("comment", format!("<html>{end}<!-- {}", "- ".repeat(500_000))),
        ("script", format!("<html>{end}<script>{}", "</scrip ".repeat(100_000))),
        ("entities", format!("<html>{end}<p>{}</p>", "&amp;&notit;&#x41;".repeat(100_000))),
        (
            "json",
            format!("<html><script type=application/ld+json>{}</script>{end}", "\"author\":{".repeat(50_000)),
        ),
    ] {
        let document = read(page.as_bytes(), &data);
        assert!(document.text.contains("The talks went on."), "{name}");
    }
}

#[test]
fn long_lines_stay_one_paragraph() {
    let data = data();
    let text = "The talks went on and on. ".repeat(200_000);
    let document = read(text.as_bytes(), &data);
    assert_eq!((document.blocks.len(), document.text.len()), (1, text.len() - 1));
    let lines = "The talks\n".repeat(100_000);
    assert_eq!(read(lines.as_bytes(), &data).blocks.len(), 100_000);
}

#[test]
fn too_much_is_refused_by_name() {
    let data = data();
    let document = read(&vec![b'a'; MAX_BYTES + 1], &data);
    assert_eq!((codes(&document), document.text.as_str()), (vec!["source/too-large"], ""));
    assert_eq!(document.sha256.len(), 64);
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let document = read(b"abc", &data());
    assert_eq!(document.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn any_bytes_give_sound_blocks() {
    const PARTS: &[&[u8]] = &[
        b"<html>",
        b"<p>",
        b"</p>",
        b"<li>",
        b"<br>",
        b"<nav>",
        b"</nav>",
        b"<article>",
        b"<h1>",
        b"\n",
        b"\n\n",
        b"\r\n",
        b"- ",
        "• ".as_bytes(),
        b"MOSCOW, May 3 - ",
        b"By Ana Lund",
        b"05:00 PM, Apr 02, 2025",
        b"Comments",
        b"\xFF",
        b"\xC3",
        b"\0",
        b"The talks went on for hours, and nobody knew why they did, said the minister of the day.",
        b" ",
        "“".as_bytes(),
        b"(c) 2024",
        b"&nbsp;",
        b"<title>",
        b"</title>",
        b"<script>",
        b"<time datetime=2020-13-45>",
        b"9999-99-99",
        b"\xEF\xBB\xBF",
        "é\u{301}".as_bytes(),
        b"''",
        b"*",
        b"<meta name=date content=2020-02-02>",
    ];
    let data = data();
    let mut state = 88_172_645_463_325_252_u64;
    for _ in 0..3_000 {
        let mut bytes = Vec::new();
        for _ in 0..(state % 12) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes.extend_from_slice(PARTS[usize::try_from(state % PARTS.len() as u64).unwrap_or(0)]);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state ^= state >> 11;
        read(&bytes, &data);
    }
}

#[test]
fn furniture_has_no_lead_and_titles_come_once() {
    let data = data();
    let text = "Talks go on\n- In World\n\nMOSCOW, May 3 - The ministers talked for hours on Friday, and will do so again.\n";
    let document = read(text.as_bytes(), &data);
    let titles = document.blocks.iter().filter(|block| block.kind == BlockKind::Title).count();
    assert_eq!(titles, 1);
    assert!(document.blocks.iter().all(|block| block.kind != BlockKind::Furniture || block.lead == 0));
}
