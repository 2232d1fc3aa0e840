//! `legation actors import`: a dictionary or query results into a folder of data files.

use std::fs;

use legation_read::data::{Data, DataFile};

use crate::{
    actors::{petrarch, wikidata},
    cli::{ImportArguments, ImportFormat},
    exit::{self, Failure},
};

/// Reads the file, checks that the shipped data take what comes of it, writes it, and says what became of each entry.
///
/// # Errors
/// If the file cannot be read or is of another kind, or the folder cannot be written.
pub(crate) fn run(arguments: &ImportArguments) -> Result<u8, Failure> {
    let path = arguments.file.display();
    let bytes =
        fs::read(&arguments.file).map_err(|error| Failure::new(exit::USAGE, format!("{path}: {error}")))?;
    let text = String::from_utf8_lossy(&bytes);
    let shipped: Vec<DataFile> = Data::shipped_files().collect();
    let data = Data::load(&shipped).map_err(|errors| super::super::data_failure(&errors, None))?;
    let (overlay, report) = match arguments.from {
        ImportFormat::Petrarch => petrarch::import(&text, &data, arguments.replace),
        ImportFormat::Wikidata => wikidata::import(&text, &data, arguments.replace)
            .map_err(|error| Failure::new(exit::USAGE, format!("{path}: {error}")))?,
    };
    if report.entries == 0 {
        return Err(Failure::new(exit::USAGE, format!("{path}: no entry in it"))
            .hint("is it of the kind that --from says?"));
    }
    let mut files = shipped;
    files.extend(overlay.files());
    Data::load(&files).map_err(|errors| super::super::data_failure(&errors, Some(&arguments.file)))?;
    if let Some(folder) = &arguments.output {
        overlay.write(folder)?;
    }
    super::super::print(&report.render(&overlay, arguments.all))
}
