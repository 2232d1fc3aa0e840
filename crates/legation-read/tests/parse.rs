//! The shipped parser: that it is the one on its card, that it reads as the training code does, and that it never fails.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::fs;
use std::path::PathBuf;

use legation_read::parse::{ModelError, Parser, Tree};
use legation_read::{Input, Reader};
use serde::Deserialize;
use sha2::{Digest, Sha256};

fn model_file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/en-1").join(name)
}

fn weights() -> Vec<u8> {
    fs::read(model_file("weights.bin")).unwrap()
}

fn parser() -> Parser {
    Parser::shipped().unwrap()
}

/// One root, and from every word a way up to it.
fn assert_one_tree(tree: &Tree) {
    let roots = (0..tree.len()).filter(|&word| tree.head(word).is_none()).count();
    assert_eq!(roots, usize::from(!tree.is_empty()));
    let reached = if tree.is_empty() { 0 } else { tree.subtree(tree.root()).len() };
    assert_eq!(reached, tree.len());
    assert!(tree.names.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start));
    assert!(tree.names.iter().all(|name| name.words.start < name.words.end && name.words.end <= tree.len()));
}

#[test]
fn the_card_names_the_weights() {
    let card: toml::Table = fs::read_to_string(model_file("card.toml")).unwrap().parse().unwrap();
    let sum: String = Sha256::digest(weights()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(card["sha256"].as_str(), Some(sum.as_str()));
    assert_eq!(parser().hash(), sum);
}

#[test]
fn damaged_and_foreign_weights_are_refused() {
    let weights = weights();
    let mut changed = weights.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(Parser::from_bytes(&changed).unwrap_err(), ModelError::Damaged);
    let cut = &weights[..weights.len() / 2];
    assert_eq!(Parser::from_bytes(cut).unwrap_err(), ModelError::Damaged);
    assert_eq!(Parser::from_bytes(b"").unwrap_err(), ModelError::Foreign);
    let message = Parser::from_bytes(b"PK\x03\x04").unwrap_err().to_string();
    assert!(message.contains("not a weights file"), "{message}");
}

/// The shipped weights with another header: each of its lines as `change` gives it.
fn with_header(change: impl Fn(&str) -> String) -> Vec<u8> {
    let weights = weights();
    let length = u32::from_le_bytes(weights[12..16].try_into().unwrap()) as usize;
    let (header, payload) = weights[48..].split_at(length);
    let lines: Vec<String> = std::str::from_utf8(header).unwrap().lines().map(change).collect();
    let header = lines.join("\n");
    let body = [header.as_bytes(), payload].concat();
    let length = u32::try_from(header.len()).unwrap().to_le_bytes();
    [&weights[..12], &length, &Sha256::digest(&body), &body].concat()
}

fn is_of_naming(line: &str) -> bool {
    line.starts_with("naming = ")
}

#[test]
fn layers_for_names_leave_trees_as_they_are() {
    let with = parser();
    let without = |line: &str| if is_of_naming(line) { String::new() } else { line.to_owned() };
    let without = Parser::from_bytes(&with_header(without)).unwrap();
    for text in [
        "Foreign Minister Amara Okoye met the Kenyan president in Lisbon .",
        "Talks between Ecuador and the World Bank , held in Oslo , failed on Monday .",
    ] {
        let words: Vec<&str> = text.split(' ').collect();
        let (mut tree, other) = (with.parse(&words), without.parse(&words));
        assert!(!tree.names.is_empty(), "{text}");
        tree.names.clone_from(&other.names);
        assert_eq!(tree, other, "{text}");
    }
}

#[test]
fn layers_for_names_of_another_width_are_refused() {
    for (width, other) in [
        ("usage_width = ", "usage_width = 1"),
        (", width = ", ", width = 1"),
        (", width = ", ", width = 64000"),
    ] {
        let wider =
            with_header(
                |line| {
                    if is_of_naming(line) { line.replacen(width, other, 1) } else { line.to_owned() }
                },
            );
        let error = Parser::from_bytes(&wider).unwrap_err();
        assert!(matches!(error, ModelError::Header(_) | ModelError::Tensor { .. }), "{other}: {error}");
    }
}

#[derive(Deserialize)]
struct Agreement {
    sentences: Vec<Expected>,
    names: Vec<ExpectedNames>,
}

#[derive(Deserialize)]
struct ExpectedNames {
    words: Vec<String>,
    best_names: Vec<String>,
}

#[derive(Deserialize)]
struct Expected {
    words: Vec<String>,
    upos: Vec<String>,
    lemmas: Vec<String>,
    best_heads: Vec<usize>,
    best_deprels: Vec<String>,
    best_names: Vec<String>,
}

/// Whether heads, 0 being the root, have one root and no cycle.
fn is_tree(heads: &[usize]) -> bool {
    let climbs = |mut word: usize| {
        for _ in 0..=heads.len() {
            word = if word == 0 { return true } else { heads[word - 1] };
        }
        false
    };
    heads.iter().filter(|&&head| head == 0).count() == 1 && (1..=heads.len()).all(climbs)
}

/// BIO tags of the names of a sentence.
fn name_tags(tree: &Tree) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); tree.len()];
    for name in &tree.names {
        for word in name.words.clone() {
            let prefix = if word == name.words.start { "B" } else { "I" };
            tags[word] = format!("{prefix}-{}", name.kind.as_str());
        }
    }
    tags
}

/// The training code gives the best head of each word on its own; where these are a tree, it must be ours.
#[test]
fn rust_reads_as_the_training_code_does() {
    let text = fs::read_to_string(model_file("agreement.toml")).unwrap();
    let agreement: Agreement = toml::from_str(&text).unwrap();
    let parser = parser();
    let mut compared = 0;
    for expected in &agreement.sentences {
        let words: Vec<&str> = expected.words.iter().map(String::as_str).collect();
        let tree = parser.parse(&words);
        let all = 0..words.len();
        let upos: Vec<&str> = all.clone().map(|word| tree.upos(word).as_str()).collect();
        assert_eq!(upos, expected.upos, "{words:?}");
        let lemmas: Vec<&str> = all.clone().map(|word| tree.lemma(word)).collect();
        assert_eq!(lemmas, expected.lemmas, "{words:?}");
        assert_eq!(name_tags(&tree), expected.best_names, "{words:?}");
        let heads: Vec<usize> = all.clone().map(|word| tree.head(word).map_or(0, |head| head + 1)).collect();
        if is_tree(&expected.best_heads) {
            assert_eq!(heads, expected.best_heads, "{words:?}");
            let deprels: Vec<&str> = all.map(|word| tree.deprel(word).as_str()).collect();
            assert_eq!(deprels, expected.best_deprels, "{words:?}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "too few sentences whose best heads are a tree: {compared}");
    for expected in &agreement.names {
        let words: Vec<&str> = expected.words.iter().map(String::as_str).collect();
        assert_eq!(name_tags(&parser.parse(&words)), expected.best_names, "{words:?}");
    }
}

#[test]
fn any_words_give_one_tree() {
    let parser = parser();
    let long = "x".repeat(100_000);
    let cases: Vec<Vec<&str>> = vec![
        vec![],
        vec![""],
        vec!["."],
        vec![""; 50],
        vec!["\u{301}", "\u{202e}", "\0", "👩‍👩‍👧", "İ", "ﬁ"],
        vec![&long],
        vec!["the"; 200],
        "said that he said that she said that they said".split(' ').collect(),
        vec![","; 1000],
    ];
    for words in cases {
        let tree = parser.parse(&words);
        assert_eq!(tree.len(), words.len());
        assert_one_tree(&tree);
    }
}

#[test]
fn a_long_list_of_words_gives_one_tree() {
    let words: Vec<&str> =
        "The minister said , after talks in Oslo , that no deal was near ;".split(' ').collect();
    let words: Vec<&str> = words.iter().copied().cycle().take(100_000).collect();
    let tree = parser().parse(&words);
    assert_one_tree(&tree);
}

#[test]
fn jumbled_news_gives_one_tree() {
    let parser = parser();
    let vocabulary: Vec<&str> =
        "Paris told Chad that while it would , Mali has not sent ten trucks , which Niger had given \
        Lagos two more of ; who said so ? \" Lome will \" the two envoys have met in is was by"
            .split_whitespace()
            .collect();
    let mut seed = 7_usize;
    for length in (1..60).cycle().take(1_500) {
        let word = |_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            vocabulary[(seed >> 33) % vocabulary.len()]
        };
        let words: Vec<&str> = (0..length).map(word).collect();
        assert_one_tree(&parser.parse(&words));
    }
}

#[test]
fn tags_alone_are_those_of_the_trees() {
    let words: Vec<&str> = "Wang met Lavrov . They had not met since May .".split(' ').collect();
    let sentences = [0..4, 4..11];
    let trees = parser().parse_all(&words, &sentences);
    let of_trees =
        trees.iter().flat_map(|tree| (0..tree.len()).map(|word| (tree.upos(word), tree.feats(word))));
    assert_eq!(parser().tag_all(&words, &sentences), of_trees.collect::<Vec<_>>());
}

#[test]
fn what_was_read_before_changes_nothing() {
    let parser = parser();
    let words = ["Talks", "with", "Ecuador", "resumed", "."];
    let before = parser.parse(&words);
    for word in ["Ecuador", "resumed", "talks"] {
        let _ = parser.parse(&[word, "x", word]);
    }
    assert_eq!(parser.parse(&words), before);
}

#[test]
fn names_are_mended_by_their_last_noun_and_the_registers() {
    let reader = Reader::shipped().unwrap();
    let names = |text: &str| -> Vec<String> {
        let reading = reader.read(&Input::new("names", text.as_bytes()));
        let mut names = Vec::new();
        for (sentence, tree) in reading.segments.sentences.iter().zip(&reading.trees) {
            let tokens = reading.segments.of(sentence);
            names.extend(tree.names.iter().map(|name| {
                let span = tokens[name.words.start].span.cover(tokens[name.words.end - 1].span);
                format!("{} {}", name.kind.as_str(), span.of(&reading.document.text))
            }));
        }
        names
    };
    let text = "The minister told the Jerusalem Post that she had studied at the University of Khartoum.";
    assert_eq!(names(text), ["ORG Jerusalem Post", "ORG University of Khartoum"]);
    let text = "Settlers in the West Bank met a team of the Panjshir University on Friday.";
    assert_eq!(names(text), ["LOC West Bank", "ORG Panjshir University"]);
    let text = "They met Delta party officials in Hebron. The interim Reform Council issued a statement.";
    assert_eq!(names(text), ["ORG Delta", "LOC Hebron", "ORG Reform Council"]);
    assert_eq!(names("She wrote to Anna Berg anna.berg@example.org."), ["PER Anna Berg"]);
    let text = "The Delta Water Authority (DWA) met farmers. They say that DWA broke its word.";
    assert_eq!(names(text), ["ORG Delta Water Authority", "ORG DWA", "ORG DWA"]);
}
