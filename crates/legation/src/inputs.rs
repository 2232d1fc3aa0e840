//! What is to be read: files, folders and standard input, in a fixed order.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// Endings of the files that a folder is searched for.
const ENDINGS: [&str; 5] = ["txt", "text", "html", "htm", "xhtml"];

/// One thing to read.
#[derive(Debug)]
pub(crate) struct Source {
    /// Name of the document: the file's stem; below a folder, its path there without the ending.
    pub(crate) id: String,
    /// Where it is; `None` for standard input.
    path: Option<PathBuf>,
}

impl Source {
    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
    }

    /// What makes it the same report when it comes again: the path of its file, from the root, links followed.
    /// Standard input has none.
    pub(crate) fn key(&self) -> Option<String> {
        let path = self.path.as_ref()?;
        Some(path.canonicalize().unwrap_or_else(|_| path.clone()).display().to_string())
    }

    /// The folder it lies in.
    pub(crate) fn folder(&self) -> Option<String> {
        let folder = self.path.as_ref()?.parent()?.file_name()?;
        Some(folder.to_string_lossy().into_owned())
    }

    /// Its bytes, one more than `limit` at most, so that the reader can tell that there are too many.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn bytes(&self, limit: usize) -> io::Result<Vec<u8>> {
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
            found.sources.push(Source { id: "stdin".to_owned(), path: None });
        } else if path.is_dir() {
            walk(path, &mut found);
        } else if path.exists() {
            let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            found.sources.push(Source { id, path: Some(path.clone()) });
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
                found.sources.push(Source { id: id.join("/"), path: Some(entry.into_path()) });
            }
            Ok(_) => {}
            Err(error) => found.failures.push(error.to_string()),
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
