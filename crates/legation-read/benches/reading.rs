//! Speed of the stages and of whole readings over the shipped examples, on one core.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use divan::counter::{BytesCount, ItemsCount};
use legation_read::{Input, Reader, mention, parse, resolve::date, segment, source};

fn main() {
    divan::main();
}

/// Every example report, by path.
fn reports() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("report.txt")).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn bytes(reports: &[Vec<u8>]) -> BytesCount {
    BytesCount::new(reports.iter().map(Vec::len).sum::<usize>())
}

#[divan::bench]
fn open(bencher: divan::Bencher<'_, '_>) {
    let (reader, reports) = (Reader::shipped().unwrap(), reports());
    bencher.counter(bytes(&reports)).bench(|| {
        for report in &reports {
            divan::black_box(source::open(&Input::new("x", report), reader.data()));
        }
    });
}

#[divan::bench]
fn segment(bencher: divan::Bencher<'_, '_>) {
    let (reader, reports) = (Reader::shipped().unwrap(), reports());
    let documents: Vec<_> =
        reports.iter().map(|report| source::open(&Input::new("x", report), reader.data())).collect();
    bencher.counter(bytes(&reports)).bench(|| {
        for document in &documents {
            divan::black_box(segment::segment(document, reader.data()));
        }
    });
}

/// The words of each report and the sentences that they make.
type Sentences<'a> = (Vec<&'a str>, Vec<std::ops::Range<usize>>);

/// Runs `parse` over the words of all reports, segmented before.
fn over_sentences(bencher: divan::Bencher<'_, '_>, parse: impl Fn(&parse::Parser, &Sentences<'_>) + Sync) {
    let (reader, reports) = (Reader::shipped().unwrap(), reports());
    let documents: Vec<_> =
        reports.iter().map(|report| source::open(&Input::new("x", report), reader.data())).collect();
    let segments: Vec<_> =
        documents.iter().map(|document| segment::segment(document, reader.data())).collect();
    let sentences: Vec<Sentences<'_>> = documents
        .iter()
        .zip(&segments)
        .map(|(document, segments)| {
            let words = segments.tokens.iter().map(|token| token.span.of(&document.text)).collect();
            let tokens =
                |sentence: &segment::Sentence| sentence.tokens.start as usize..sentence.tokens.end as usize;
            (words, segments.sentences.iter().map(tokens).collect())
        })
        .collect();
    let words: usize = sentences.iter().map(|(words, _)| words.len()).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| {
        sentences.iter().for_each(|sentences| parse(reader.parser(), sentences));
    });
}

#[divan::bench]
fn tags(bencher: divan::Bencher<'_, '_>) {
    over_sentences(bencher, |parser, (words, sentences)| {
        divan::black_box(parser.tag_all(words, sentences));
    });
}

#[divan::bench]
fn trees_and_names(bencher: divan::Bencher<'_, '_>) {
    over_sentences(bencher, |parser, (words, sentences)| {
        divan::black_box(parser.parse_all(words, sentences));
    });
}

#[divan::bench]
fn dates(bencher: divan::Bencher<'_, '_>) {
    let (reader, reports) = (Reader::shipped().unwrap(), reports());
    let readings: Vec<_> = reports.iter().map(|report| reader.read(&Input::new("x", report))).collect();
    let words: usize = readings.iter().map(|reading| reading.segments.tokens.len()).sum();
    let parsed: Vec<_> = readings
        .iter()
        .map(|reading| parse::Parsed {
            document: &reading.document,
            segments: &reading.segments,
            trees: &reading.trees,
        })
        .collect();
    let mentions: Vec<_> = parsed.iter().map(|parsed| mention::find(*parsed, reader.data())).collect();
    bencher.counter(ItemsCount::new(words)).bench(|| {
        for (parsed, mentions) in parsed.iter().zip(&mentions) {
            divan::black_box(date::resolve(*parsed, mentions, reader.data()));
        }
    });
}

#[divan::bench]
fn whole(bencher: divan::Bencher<'_, '_>) {
    let (reader, reports) = (Reader::shipped().unwrap(), reports());
    bencher.counter(bytes(&reports)).bench(|| {
        for report in &reports {
            divan::black_box(reader.read(&Input::new("x", report)));
        }
    });
}

#[divan::bench]
fn load() -> Reader {
    Reader::shipped().unwrap()
}
