//! Rows for a folder of data files, gathered and written in the order that the registers want.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use legation_read::data::DataFile;

use crate::exit::{self, Failure};

/// A table of the registers that rows are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Agents,
    Bodies,
    Groups,
    Metonyms,
    Offices,
    People,
    Roles,
    States,
}

impl Table {
    /// Path below the folder, first line, and how many cells are the key.
    fn layout(self) -> (&'static str, &'static str, usize) {
        match self {
            Table::Agents => ("lexicon/agents.tsv", "noun number sector kind borrows gender", 1),
            Table::Bodies => (
                "registers/bodies/bodies.tsv",
                "key kind parent sector wikidata name names abbreviations seat from to source",
                1,
            ),
            Table::Groups => (
                "registers/groups/groups.tsv",
                "key kind sector wikidata name names abbreviations members from to source",
                1,
            ),
            Table::Metonyms => {
                ("registers/states/metonyms.tsv", "owner name names sector institution from to source", 2)
            }
            Table::Offices => ("registers/people/offices.tsv", "person role of from to title at source", 4),
            Table::People => {
                ("registers/people/people.tsv", "key name names family gender wikidata source", 1)
            }
            Table::Roles => ("registers/people/roles.tsv", "key name sector source", 1),
            Table::States => (
                "registers/states/states.tsv",
                "key iso2 cow gw wikidata kind under leader name official names abbreviations adjectives demonyms \
                 neighbours from to source",
                1,
            ),
        }
    }

    /// What its rows are, for people.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Table::Agents => "nouns",
            Table::Bodies => "bodies",
            Table::Groups => "groups",
            Table::Metonyms => "institutions",
            Table::Offices => "offices held",
            Table::People => "people",
            Table::Roles => "roles",
            Table::States => "states",
        }
    }
}

/// Rows by table and key.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    rows: BTreeMap<Table, BTreeMap<Vec<String>, Vec<String>>>,
}

impl Overlay {
    /// Adds a row; `false` if there is one with its key already, which stays.
    pub(crate) fn add(&mut self, table: Table, cells: &[&str]) -> bool {
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        let key = cells[..table.layout().2].to_vec();
        let rows = self.rows.entry(table).or_default();
        if rows.contains_key(&key) {
            return false;
        }
        rows.insert(key, cells);
        true
    }

    /// Adds a name to a list cell of a row that is there.
    pub(crate) fn extend(&mut self, table: Table, key: &str, column: usize, name: &str) {
        let row = self.rows.get_mut(&table).and_then(|rows| rows.get_mut(&vec![key.to_owned()]));
        let Some(cell) = row.and_then(|row| row.get_mut(column)) else { return };
        let name = plain(name);
        if !cell.split("; ").any(|known| known == name) {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(&name);
        }
    }

    /// Whether there is a row with this key.
    pub(crate) fn has(&self, table: Table, key: &str) -> bool {
        self.rows.get(&table).is_some_and(|rows| rows.contains_key(&vec![key.to_owned()]))
    }

    /// How many rows each table has.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (Table, usize)> {
        self.rows.iter().map(|(table, rows)| (*table, rows.len()))
    }

    /// The tables as data files.
    pub(crate) fn files(&self) -> Vec<DataFile> {
        let file = |(table, rows): (&Table, &BTreeMap<_, Vec<String>>)| {
            let (path, columns, _) = table.layout();
            let mut text = columns.replace(' ', "\t") + "\n";
            for row in rows.values() {
                text.push_str(&row.join("\t"));
                text.push('\n');
            }
            DataFile { path: path.into(), text: text.into() }
        };
        self.rows.iter().map(file).collect()
    }

    /// Writes the tables below a folder, which must not have them yet.
    ///
    /// # Errors
    /// If a file is there already or cannot be written.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        for file in self.files() {
            let path = folder.join(&*file.path);
            if path.exists() {
                let message = format!("{} is there already", path.display());
                return Err(Failure::new(exit::OUTPUT, message)
                    .hint("give a new folder, and lay tables together by hand"));
            }
            let parent = path.parent().unwrap_or(folder);
            let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, file.text.as_bytes()));
            written.map_err(|error| Failure::writing(&path.display().to_string(), &error))?;
        }
        Ok(())
    }
}

/// A cell without the marks that part cells, rows and entries.
fn plain(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ").trim().to_owned()
}

/// "Hamid Karzai" as the last part of a key: `hamid-karzai`; empty if nothing of it can stand there.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && letter != '\'' {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Overlay, Table, slug};

    #[test]
    fn rows_are_sorted_and_the_first_of_a_key_stays() {
        let mut overlay = Overlay::default();
        assert!(overlay.add(Table::Roles, &["b", "B", "GOV", "own"]));
        assert!(overlay.add(Table::Roles, &["a", "A\tA", "GOV", "own"]));
        assert!(!overlay.add(Table::Roles, &["b", "C", "GOV", "own"]));
        let files = overlay.files();
        assert_eq!(files[0].text, "key\tname\tsector\tsource\na\tA A\tGOV\town\nb\tB\tGOV\town\n");
    }

    #[test]
    fn names_are_added_once() {
        let mut overlay = Overlay::default();
        overlay.add(Table::People, &["A/b", "B", "", "B", "", "", "own"]);
        for name in ["Bee", "Bea", "Bee"] {
            overlay.extend(Table::People, "A/b", 2, name);
        }
        assert!(overlay.files()[0].text.contains("\tBee; Bea\t"));
    }

    #[test]
    fn keys_are_plain() {
        assert_eq!(slug("Jean-Marc d'Or 2"), "jean-marc-dor-2");
        assert_eq!(slug("Élan"), "lan");
        assert_eq!(slug("…"), "");
    }
}
