//! Prints predictions for public benchmarks, one JSON line an input line; not shipped.

mod features;
mod geo;
mod gsr;
mod input;
mod ner;
mod plv;
mod polnear;
mod reports;
mod speed;
mod status;
mod timex;
mod ud;
mod visits;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use legation_read::{
    Reader,
    data::{Data, DataError},
    parse::Parser,
};
use speed::Clock;

/// Print predictions for a benchmark, in the form its scorer asks for.
#[derive(clap::Parser)]
#[command(version, after_help = "Example: legation-eval timex inputs.jsonl > predictions.jsonl")]
struct Arguments {
    /// Which benchmark.
    task: Task,
    /// Inputs, one JSON object a line (CoNLL-U for ud-gold, the set's own XML for geo and visits).
    input: PathBuf,
    /// Read with the data files of this folder instead of those compiled in.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Lay the data files of this folder over the others, as `legation read --data` does.
    #[arg(long)]
    overlay: Option<PathBuf>,
    /// Parse with the weights of this file instead of those compiled in.
    #[arg(long)]
    weights: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Task {
    /// PLOVER root between a marked source and target.
    Plv,
    /// What the event model sees between a marked source and target, for its training.
    EventFeatures,
    /// Events of single sentences, with actors and countries.
    Gsr,
    /// Attributions of articles.
    Polnear,
    /// Time expressions.
    Timex,
    /// Sentences, words, tags and trees from raw text.
    Ud,
    /// Words and sentence ends by the rules alone, on which train/segmenter.py trains.
    SentenceRules,
    /// Tags and trees on the words of a CoNLL-U file.
    UdGold,
    /// Names.
    Ner,
    /// Future, certainty and polarity of given events.
    Status,
    /// Whole readings.
    Reports,
    /// Words a second of segmentation, parsing and reading, over raw texts.
    Speed,
    /// Places of the GeoVirus file: what was missed, and how far off the rest is.
    Geo,
    /// Leaders in a folder of visits (XML): country and office, with reasons for what fails.
    Visits,
}

fn main() -> ExitCode {
    let arguments = <Arguments as clap::Parser>::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "legation-eval: {}: {error}", arguments.input.display());
            ExitCode::from(1)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let faults = |errors: Vec<DataError>| {
        io::Error::other(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    let started = Clock::start();
    let parser = match &arguments.weights {
        None => Parser::shipped(),
        Some(file) => Parser::from_bytes(&std::fs::read(file)?),
    };
    let parser = parser.map_err(io::Error::other)?;
    let load = started.elapsed();
    let mut files = match &arguments.data {
        None => Data::shipped_files().collect::<Vec<_>>(),
        Some(folder) => input::data_files(folder)?,
    };
    if let Some(folder) = &arguments.overlay {
        files.extend(input::data_files(folder)?);
    }
    let reader = Reader::new(Data::load(&files).map_err(faults)?, parser);
    let mut out = BufWriter::new(io::stdout().lock());
    let path = &arguments.input;
    match arguments.task {
        Task::Plv => input::each(path, &mut out, |line| Ok(plv::predict(&reader, line))),
        Task::EventFeatures => input::each(path, &mut out, |line| Ok(features::dump(&reader, line))),
        Task::Gsr => input::each(path, &mut out, |line| Ok(gsr::predict(&reader, line))),
        Task::Polnear => input::each(path, &mut out, |line| Ok(polnear::predict(&reader, line))),
        Task::Timex => input::each(path, &mut out, |line| Ok(timex::predict(&reader, line))),
        Task::Ud => input::each(path, &mut out, |line| Ok(ud::predict(&reader, line))),
        Task::SentenceRules => input::each(path, &mut out, |line| Ok(ud::rules(&reader, line))),
        Task::UdGold => ud::predict_on_gold(&reader, &std::fs::read_to_string(path)?, &mut out),
        Task::Ner => input::each(path, &mut out, |line| Ok(ner::predict(&reader, line))),
        Task::Status => input::each(path, &mut out, |line| Ok(status::predict(&reader, line))),
        Task::Speed => speed::measure(&reader, load, path, &mut out),
        Task::Geo => geo::measure(&reader, &std::fs::read_to_string(path)?, &mut out),
        Task::Visits => visits::measure(&reader, path, &mut out),
        Task::Reports => input::each(path, &mut out, |line| reports::predict(&reader, path, line)),
    }?;
    out.flush()
}
