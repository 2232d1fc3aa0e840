//! Speed of the stages over raw texts, on one thread.

use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use legation_read::{
    Reader, mention,
    parse::{self, Parsed},
    resolve, segment,
    source::{self, Document},
};
use serde_json::Value;

use crate::input;

/// Each figure is the best of this many runs: what else the machine does only ever adds time.
const RUNS: usize = 5;

/// Prints words a second of segmentation, of both it and parsing, of the dates alone, and of whole readings, and the time
/// `load` that loading the weights took.
///
/// # Errors
/// Those of reading and writing.
pub(crate) fn measure(reader: &Reader, load: Duration, path: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut documents = Vec::new();
    input::each(path, &mut io::sink(), |line| {
        documents.push(source::verbatim(input::text(line, "id"), input::text(line, "text"), None));
        Ok(Value::Null)
    })?;
    let segmented: Vec<_> =
        documents.iter().map(|document| segment::segment(document, reader.data())).collect();
    let words: usize = segmented.iter().map(|segments| segments.tokens.len()).sum();
    let sentences: usize = segmented.iter().map(|segments| segments.sentences.len()).sum();
    let segmenting = best(&documents, |document| {
        black_box(segment::segment(document, reader.data()));
    });
    let parsing = best(&documents, |document| {
        let segments = segment::segment(document, reader.data());
        black_box(parse::parse(document, &segments, reader.parser()));
    });
    let dating = dates(reader, &documents);
    let reading = best(&documents, |document| {
        black_box(reader.read_document(document.clone()));
    });
    writeln!(out, "{words} words, {sentences} sentences; weights loaded in {:.1} ms", millis(load))?;
    for (stage, time) in
        [("segment", segmenting), ("segment and parse", parsing), ("dates", dating), ("read", reading)]
    {
        #[allow(clippy::cast_precision_loss)] // counts of words, far below 2^52
        let (words, sentences) = (words as f64 / time.as_secs_f64(), sentences as f64 / time.as_secs_f64());
        writeln!(out, "{stage}: {words:.0} words/s, {sentences:.0} sentences/s, {:.1} ms", millis(time))?;
    }
    Ok(())
}

/// The stage of dates alone, over documents parsed before.
fn dates(reader: &Reader, documents: &[Document]) -> Duration {
    let parsed: Vec<_> = documents
        .iter()
        .map(|document| {
            let segments = segment::segment(document, reader.data());
            let trees = parse::parse(document, &segments, reader.parser());
            let mentions =
                mention::find(Parsed { document, segments: &segments, trees: &trees }, reader.data());
            (document, segments, trees, mentions)
        })
        .collect();
    best(&parsed, |(document, segments, trees, mentions)| {
        black_box(resolve::date::resolve(Parsed { document, segments, trees }, mentions, reader.data()));
    })
}

fn best<T>(documents: &[T], run: impl Fn(&T)) -> Duration {
    let once = || {
        let started = Clock::start();
        documents.iter().for_each(&run);
        started.elapsed()
    };
    (0..RUNS).map(|_| once()).min().unwrap_or_default()
}

/// Time this thread has been computing where the system tells it, so that other programs do not count; else time passed.
pub(crate) struct Clock {
    computing: Option<Duration>,
    passing: Instant,
}

impl Clock {
    pub(crate) fn start() -> Clock {
        Clock { computing: computing(), passing: Instant::now() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        let computed = self.computing.zip(computing()).and_then(|(start, end)| end.checked_sub(start));
        computed.unwrap_or_else(|| self.passing.elapsed())
    }
}

/// Time this thread has been computing, as Linux tells it.
fn computing() -> Option<Duration> {
    let figures = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(figures.split_whitespace().next()?.parse().ok()?))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
