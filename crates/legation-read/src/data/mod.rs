//! The only module that knows the formats under `data/`; it validates all of them.

pub mod agents;
pub mod calendar;
pub mod codebook;
mod files;
pub(crate) mod fold;
pub mod frames;
pub(crate) mod furniture;
pub mod gazetteer;
pub(crate) mod name_nouns;
pub mod planned;
pub mod quantities;
pub mod reference;
pub mod registers;
pub mod relations;
pub(crate) mod segmentation;
pub mod speech;
mod toml_file;

use std::borrow::Cow;
use std::fmt;

use agents::Agents;
use furniture::Furniture;
use name_nouns::NameNouns;
use reference::Reference;
use registers::Registers;
use registers::table::Faults;
use segmentation::Segmentation;

/// The shipped files, path below `data/` and contents, sorted by path.
static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped_data.rs"));

/// One file under `data/`.
#[derive(Clone, Debug)]
pub struct DataFile {
    /// Path below the data folder, with `/`: `registers/states.tsv`.
    pub path: Cow<'static, str>,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// Something wrong in a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// Path below the data folder.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(formatter, " (hint: {})", self.hint) }
    }
}

impl std::error::Error for DataError {}

/// Registers, lexicon, codebook and frames, validated and indexed.
#[derive(Debug, Default)]
pub struct Data {
    /// SHA-256 over the paths and contents of all files, in hexadecimal.
    pub hash: String,
    /// Who and what there is.
    pub registers: Registers,
    /// Nouns that stand for somebody.
    pub agents: Agents,
    /// Pronouns and small words.
    pub reference: Reference,
    /// Words that say that something is said.
    pub speech: speech::Speech,
    /// Words for what is planned.
    pub planned: planned::Planned,
    /// Words about numbers.
    pub quantities: quantities::Quantities,
    /// Nouns for states of affairs.
    pub relations: relations::Relations,
    /// Types, modes and contexts.
    pub codebook: codebook::Codebook,
    /// Words that name events.
    pub frames: frames::Frames,
    furniture: Furniture,
    name_nouns: NameNouns,
    segmentation: Segmentation,
    /// Calendar words, named days and rules of time expressions.
    pub calendar: calendar::Calendar,
}

impl Data {
    /// The files that ship with the program.
    pub fn shipped_files() -> impl Iterator<Item = DataFile> {
        SHIPPED.iter().map(|&(path, text)| DataFile { path: Cow::Borrowed(path), text: Cow::Borrowed(text) })
    }

    /// Validates and indexes data files.
    ///
    /// # Errors
    /// Every fault found, in the order of files and lines.
    pub fn load(files: &[DataFile]) -> Result<Data, Vec<DataError>> {
        let files = &files::in_force(files);
        let mut errors = files::unread(files);
        let registers = Registers::load(files).unwrap_or_else(|faults| {
            errors.extend(faults);
            Registers::default()
        });
        let mut faults = Faults::default();
        let agents = Agents::load(files, &registers, &mut faults);
        let reference = Reference::load(files, &mut faults);
        let furniture = Furniture::load(files, &mut faults);
        let name_nouns = NameNouns::load(files, &mut faults);
        let segmentation = Segmentation::load(files, &mut faults);
        let speech = speech::Speech::load(files, &mut faults);
        let planned = planned::Planned::load(files, &mut faults);
        let relations = relations::Relations::load(files, &mut faults);
        let quantities = quantities::Quantities::load(files, &mut faults);
        errors.extend(faults.into_sorted());
        let codebook = codebook::Codebook::load(files, &mut errors);
        let frames = frames::Frames::load(files, &codebook, &mut errors);
        let calendar = calendar::Calendar::load(files, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Data {
            registers,
            speech,
            planned,
            quantities,
            relations,
            agents,
            reference,
            furniture,
            name_nouns,
            segmentation,
            codebook,
            frames,
            calendar,
            hash: files::hash(files),
        })
    }

    /// What belongs to a page rather than to its report.
    pub(crate) fn furniture(&self) -> &Furniture {
        &self.furniture
    }

    /// Nouns that end a name and tell what it names.
    pub(crate) fn name_nouns(&self) -> &NameNouns {
        &self.name_nouns
    }

    /// What cutting a text into sentences and words needs to know.
    pub(crate) fn segmentation(&self) -> &Segmentation {
        &self.segmentation
    }

    /// How much there is of everything, for people: one line a register.
    #[must_use]
    pub fn summary(&self) -> String {
        let registers = &self.registers;
        let counts = [
            ("states and territories", registers.states.len()),
            ("bodies", registers.bodies.len()),
            ("people", registers.people.len()),
            ("offices held", registers.offices.len()),
            ("groups, outlets and companies", registers.groups.len()),
            ("places", registers.places.len()),
            ("towns and parts of states", registers.gazetteer.len()),
            ("PLOVER types", self.codebook.types().count()),
            ("frames", self.frames.written().count()),
            ("rules of time expressions", self.calendar.rules.len()),
            ("words of speech, each with an example", self.speech.examples.len()),
        ];
        counts.iter().fold(String::new(), |text, (name, count)| format!("{text}{count:>7} {name}\n"))
    }

    /// Short English name of a state by ISO 3166-1 alpha-3.
    #[must_use]
    pub fn state_name(&self, country: &str) -> Option<&str> {
        self.registers.state(country).map(|id| &*self.registers[id].name)
    }
}
