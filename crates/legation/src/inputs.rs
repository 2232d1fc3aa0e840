//! What is to be read: files, folders and standard input, in a fixed order.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// Endings of the files that a folder is searched for.
const ENDINGS: [&str; 5] = ["txt", "text", "html", "htm", "xhtml"];

/// What standard input is called in messages.
pub(crate) const STANDARD_INPUT: &str = "standard input";

/// One thing to read.
#[derive(Debug)]
pub(crate) struct Source {
    /// Name of the document: the file's stem; below a folder, its path there without the ending.
    pub(crate) id: String,
    /// Where it is; `None` for standard input.
    path: Option<PathBuf>,
    /// Why it cannot be looked at, where that is known already.
    fault: Option<String>,
}

impl Source {
    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| STANDARD_INPUT.to_owned(), |path| path.display().to_string())
    }

    /// What makes it the same report when it comes again: the path of its file, from the root, links followed.
    /// Standard input has none.
    pub(crate) fn key(&self) -> Option<String> {
        let path = self.path.as_ref()?;
        let real = path.canonicalize().or_else(|_| std::path::absolute(path));
        Some(real.unwrap_or_else(|_| path.clone()).display().to_string())
    }

    /// The folder it lies in.
    pub(crate) fn folder(&self) -> Option<String> {
        let folder = self.path.as_ref()?.parent()?.file_name()?;
        Some(folder.to_string_lossy().into_owned())
    }

    /// Whether it is this file, whose real path is given.
    pub(crate) fn is(&self, file: &Path) -> bool {
        let path =
            self.path.as_ref().filter(|path| path.file_name() == file.file_name() || path.is_symlink());
        path.and_then(|path| path.canonicalize().ok()).is_some_and(|path| path == file)
    }

    /// Its size in bytes as far as it is known, for planning.
    pub(crate) fn size(&self) -> u64 {
        let metadata = self.path.as_ref().and_then(|path| path.metadata().ok());
        metadata.map_or(0, |metadata| metadata.len())
    }

    /// Its bytes, one more than `limit` at most, so that the reader can tell that there are too many.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn bytes(&self, limit: usize) -> io::Result<Vec<u8>> {
        if let Some(fault) = &self.fault {
            return Err(io::Error::other(fault.clone()));
        }
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        match &self.path {
            Some(path) => File::open(path)?.take(most).read_to_end(&mut bytes)?,
            None => io::stdin().lock().take(most).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }
}

/// What was found, and what could not be looked at.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) sources: Vec<Source>,
    pub(crate) failures: Vec<String>,
}

/// Finds everything the given paths name, in their order; folders in sorted order.
pub(crate) fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path.as_os_str() == "-" {
            found.sources.push(Source { id: "stdin".to_owned(), path: None, fault: None });
        } else if path.is_dir() {
            walk(path, &mut found);
        } else if path.exists() {
            let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            found.sources.push(Source { id, path: Some(path.clone()), fault: None });
        } else {
            found.failures.push(format!(
                "{}: no such file or folder\n  hint: give a file, a folder, or - for standard input",
                path.display()
            ));
        }
    }
    found
}

fn walk(folder: &Path, found: &mut Found) {
    let before = found.sources.len() + found.failures.len();
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if !entry.path().is_dir() && is_report(entry.path()) => {
                let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path()).with_extension("");
                let id =
                    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
                found.sources.push(Source { id: id.join("/"), path: Some(entry.into_path()), fault: None });
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let fault = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                let id = path.display().to_string();
                found.sources.push(Source { id, path: Some(path), fault: Some(fault) });
            }
        }
    }
    if found.sources.len() + found.failures.len() == before {
        let endings = ENDINGS.map(|ending| format!(".{ending}")).join(" ");
        found.failures.push(format!(
            "{}: no readable report in this folder\n  hint: a folder is searched for {endings}",
            folder.display()
        ));
    }
}

fn is_report(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
