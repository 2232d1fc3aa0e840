//! Inputs taken off the disk, looked up in the record, and put together into batches of a bounded size.

use std::collections::VecDeque;

use legation_read::{Input, Reader, source};
use legation_record::{BATCH, Given, Known, Record};
use rayon::ThreadPool;
use sha2::{Digest as _, Sha256};

use super::writing::{Finished, What};
use crate::{
    commands::reading,
    exit::Failure,
    inputs::{self, Source},
};

/// Bytes after which a batch is closed, and inputs are no longer taken off the disk at once: memory is bounded by it.
const BYTES: usize = 8 << 20;

/// Items that need no reading after which a batch is closed all the same, so that progress shows.
const ITEMS: usize = 1024;

/// An input with its key.
pub(super) struct Item<'a> {
    source: &'a Source,
    key: String,
    content: Content,
}

enum Content {
    /// Kept already, under this number.
    Known(i64),
    Bytes(Vec<u8>),
    Fault(String),
}

impl Item<'_> {
    fn size(&self) -> usize {
        if let Content::Bytes(bytes) = &self.content { bytes.len() } else { 0 }
    }

    /// Reads it, where it has to be read.
    pub(super) fn read(self, reader: &Reader, given: &Given) -> Finished {
        let Item { source, key, content } = self;
        let (bytes, what) = match content {
            Content::Known(id) => (Vec::new(), What::Known(id)),
            Content::Fault(message) => (Vec::new(), What::Fault(message)),
            Content::Bytes(bytes) => {
                let input = Input {
                    published: given.published,
                    outlet: given.outlet.as_deref(),
                    ..Input::new(&source.id, &bytes)
                };
                let read = reading::one(reader, &input);
                let what = read.map_or_else(What::Fault, |reading| What::Reading(Box::new(reading)));
                (bytes, what)
            }
        };
        let outlet = if let What::Reading(reading) = &what { reading.document.outlet.clone() } else { None };
        let folder = || source.folder().unwrap_or_else(|| inputs::STANDARD_INPUT.to_owned());
        let whose = outlet.or_else(|| given.outlet.clone()).unwrap_or_else(folder);
        Finished { key, name: source.name(), source: whose, bytes, what }
    }
}

/// Makes batches of sources, in their order.
pub(super) struct Batches<'a> {
    sources: &'a [Source],
    lookup: &'a Record,
    pool: &'a ThreadPool,
    loaded: VecDeque<Item<'a>>,
}

impl<'a> Batches<'a> {
    pub(super) fn new(sources: &'a [Source], lookup: &'a Record, pool: &'a ThreadPool) -> Batches<'a> {
        Batches { sources, lookup, pool, loaded: VecDeque::new() }
    }

    /// The next batch; none at the end. Where batches end depends on what must be read alone, so that a run that goes on
    /// after a stop makes the same ones.
    ///
    /// # Errors
    /// Those of the record.
    pub(super) fn next(&mut self) -> Result<Option<Vec<Item<'a>>>, Failure> {
        let mut batch = Vec::new();
        let (mut reports, mut bytes) = (0, 0);
        while reports < BATCH && bytes < BYTES && batch.len() < ITEMS {
            if self.loaded.is_empty() {
                self.load()?;
            }
            let Some(item) = self.loaded.pop_front() else { break };
            reports += usize::from(matches!(item.content, Content::Bytes(_)));
            bytes += item.size();
            batch.push(item);
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    /// Takes some more inputs off the disk.
    fn load(&mut self) -> Result<(), Failure> {
        let mut bytes = 0;
        let fits = |source: &&Source| {
            let before = bytes;
            bytes += usize::try_from(source.size()).unwrap_or(usize::MAX).min(source::MAX_BYTES);
            before < BYTES
        };
        let some = self.sources.iter().take(BATCH).take_while(fits).count();
        let (now, later) = self.sources.split_at(some);
        self.sources = later;
        let loaded = reading::all(self.pool, now.iter().collect(), |source| (source, load(source)));
        for (source, (key, loaded)) in loaded {
            let content = match loaded {
                Err(message) => Content::Fault(message),
                Ok((bytes, hash)) => match self.lookup.known(&key, &hash)? {
                    Known::Same(id) => Content::Known(id),
                    Known::New | Known::Changed => Content::Bytes(bytes),
                },
            };
            self.loaded.push_back(Item { source, key, content });
        }
        Ok(())
    }
}

/// The key of a source, and its bytes with their hash, or why there are none.
fn load(source: &Source) -> (String, Result<(Vec<u8>, String), String>) {
    let key = source.key();
    let bytes = source.bytes(source::MAX_BYTES).map_err(|error| error.to_string());
    let bytes = bytes.and_then(|bytes| {
        let is_small = bytes.len() <= source::MAX_BYTES;
        is_small
            .then_some(bytes)
            .ok_or_else(|| format!("larger than {} MiB, no report", source::MAX_BYTES >> 20))
    });
    let loaded = bytes.map(|bytes| {
        let hash = hexadecimal(&Sha256::digest(&bytes));
        (bytes, hash)
    });
    let key = key.unwrap_or_else(|| match &loaded {
        Ok((_, hash)) => format!("stdin:{hash}"),
        Err(_) => inputs::STANDARD_INPUT.to_owned(),
    });
    (key, loaded)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
