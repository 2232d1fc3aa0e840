//! Which data files are read, which lies over which, and the hash that names them all.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::gazetteer::Gazetteer;
use super::{DataError, DataFile};

/// Every place that something is read from: whole folders end in `/`.
const READ: [&str; 18] = [
    "codebook/",
    "frames/",
    "gazetteer/places.tsv",
    "lexicon/abbreviations.tsv",
    "lexicon/agents.tsv",
    "lexicon/calendar/",
    "lexicon/expectations.tsv",
    "lexicon/furniture.tsv",
    "lexicon/name-nouns.tsv",
    "lexicon/pronouns.tsv",
    "lexicon/quantities.tsv",
    "lexicon/relations/",
    "lexicon/single-offices.tsv",
    "lexicon/speech/",
    "lexicon/titles.tsv",
    "lexicon/word-uses.tsv",
    "lexicon/words.tsv",
    "registers/",
];

/// The files in force: a later TOML file replaces an earlier one of the same path; tables are laid over each other row
/// by row by those who read them.
pub(super) fn in_force(files: &[DataFile]) -> Vec<DataFile> {
    let last: BTreeMap<&str, usize> =
        files.iter().enumerate().map(|(index, file)| (file.path.as_ref(), index)).collect();
    let keeps =
        |index: usize, file: &DataFile| !file.path.ends_with(".toml") || last[file.path.as_ref()] == index;
    files
        .iter()
        .enumerate()
        .filter(|&(index, file)| keeps(index, file))
        .map(|(_, file)| file.clone())
        .collect()
}

/// SHA-256 over paths and contents in their order, in hexadecimal.
pub(super) fn hash(files: &[DataFile]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        for part in [file.path.as_bytes(), file.text.as_bytes()] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.update(Gazetteer::shipped_bytes());
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Complains of files that nobody reads: a misspelt name must not pass in silence.
pub(super) fn unread(files: &[DataFile]) -> Vec<DataError> {
    let is_read = |path: &str| {
        READ.iter().any(|place| path == *place || place.ends_with('/') && path.starts_with(place))
    };
    let complain = |file: &DataFile| DataError {
        file: file.path.to_string(),
        line: 0,
        message: "nothing is read from this file".to_owned(),
        hint: format!("files are read at {}", READ.join(" ")),
    };
    files.iter().filter(|file| !is_read(&file.path)).map(complain).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Data, DataFile};
    use super::{hash, in_force, unread};

    fn file(path: &'static str, text: &'static str) -> DataFile {
        DataFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_later_toml_file_replaces_and_a_later_table_is_laid_over() {
        let files =
            [file("frames/a/b.toml", "1"), file("registers/x.tsv", "1"), file("frames/a/b.toml", "2")];
        let texts: Vec<_> = in_force(&files).into_iter().map(|file| file.text).collect();
        assert_eq!(texts, ["1", "2"]);
        let layered = [file("registers/x.tsv", "1"), file("registers/x.tsv", "2")];
        assert_eq!(in_force(&layered).len(), 2);
    }

    #[test]
    fn the_hash_sees_names_contents_and_borders() {
        let one = hash(&[file("a", "bc")]);
        assert_eq!(one.len(), 64);
        assert_ne!(one, hash(&[file("ab", "c")]));
        assert_ne!(one, hash(&[file("a", "bd")]));
        assert_eq!(one, hash(&[file("a", "bc")]));
    }

    #[test]
    fn a_misspelt_file_is_told() {
        let errors = unread(&[file("lexicon/titels.tsv", ""), file("lexicon/titles.tsv", "")]);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].to_string().starts_with("lexicon/titels.tsv:0: nothing is read"), "{}", errors[0]);
    }

    #[test]
    fn everything_shipped_is_read_and_faultless() {
        let files: Vec<_> = Data::shipped_files().collect();
        let data = Data::load(&files).unwrap();
        assert_eq!(data.hash.len(), 64);
        assert!(data.summary().lines().count() > 5);
    }
}
