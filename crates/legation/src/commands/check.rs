//! `legation check`: are the data files right?

use crate::{
    cli::CheckArguments,
    exit::{self, Failure},
    output,
};

/// Validates the shipped data, or the user's own laid over it; prints every fault.
///
/// # Errors
/// If the folder cannot be read.
pub(crate) fn run(arguments: &CheckArguments) -> Result<u8, Failure> {
    let folder = arguments.folder.as_deref();
    let whose = folder.map_or_else(|| "shipped data".to_owned(), |folder| folder.display().to_string());
    match super::load(folder)? {
        Ok(data) => super::print(&format!("{whose}: no faults\n{}", data.summary())),
        Err(errors) => {
            for error in &errors {
                output::complain(error);
            }
            output::complain(format!("{whose}: {} faults", errors.len()));
            Ok(exit::DATA)
        }
    }
}
