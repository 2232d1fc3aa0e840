//! Speed of the stages and of whole readings over the shipped examples, on one core.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use divan::counter::BytesCount;
use legation_read::{Input, Reader, parse, segment, source};

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

#[divan::bench]
fn parse(bencher: divan::Bencher<'_, '_>) {
    let (reader, reports) = (Reader::shipped().unwrap(), reports());
    let documents: Vec<_> =
        reports.iter().map(|report| source::open(&Input::new("x", report), reader.data())).collect();
    let segments: Vec<_> =
        documents.iter().map(|document| segment::segment(document, reader.data())).collect();
    bencher.counter(bytes(&reports)).bench(|| {
        for (document, segments) in documents.iter().zip(&segments) {
            divan::black_box(parse::parse(document, segments, reader.parser()));
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
