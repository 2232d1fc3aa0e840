//! References from one table to another: every one must lead somewhere.

use rustc_hash::{FxHashMap, FxHashSet};

use super::table::{Faults, Layout, Row, split_list};
use super::{BodyId, Owner, Period, PersonId, RoleId, StateId};
use crate::data::DataFile;

pub(super) const SOURCES: Layout<4> =
    Layout { path: "registers/sources.tsv", columns: ["key", "name", "licence", "url"], key: 1 };
pub(super) const SECTORS: Layout<3> =
    Layout { path: "registers/sectors.tsv", columns: ["key", "name", "source"], key: 1 };

/// Key -> row number.
pub(super) type KeyNumbers = FxHashMap<Box<str>, u32>;

/// The keys of all tables that others refer to.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) sources: FxHashSet<Box<str>>,
    pub(super) sectors: FxHashSet<Box<str>>,
    pub(super) states: KeyNumbers,
    pub(super) bodies: KeyNumbers,
    pub(super) roles: KeyNumbers,
    pub(super) people: KeyNumbers,
}

/// Numbers the rows of a table by their first cell.
pub(super) fn key_numbers<const N: usize>(rows: &[Row<'_, N>]) -> KeyNumbers {
    rows.iter().map(|row| row.cells[0].into()).zip(0..).collect()
}

impl Links {
    /// Reads the sources and sectors, to which every other table refers.
    pub(super) fn read(files: &[DataFile], faults: &mut Faults) -> Links {
        let mut links = Links::default();
        for row in &SOURCES.read(files, faults) {
            if row.cells[1].is_empty() || row.cells[2].is_empty() {
                SOURCES.fault(row, faults, "empty \"name\" or \"licence\"", "say where facts come from");
            }
            links.sources.insert(row.cells[0].into());
        }
        let sectors = SECTORS.read(files, faults);
        links.sectors = sectors.iter().map(|row| row.cells[0].into()).collect();
        for row in &sectors {
            links.check_sources(&SECTORS, row, row.cells[2], faults);
        }
        links
    }

    /// The source cell names at least one known source.
    pub(super) fn check_sources<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        cell: &str,
        faults: &mut Faults,
    ) {
        if cell.is_empty() {
            layout.fault(row, faults, "no source", "name one or more keys of registers/sources.tsv");
        }
        for source in split_list(cell).map(str::trim) {
            if !self.sources.contains(source) {
                let hint = "sources are listed in registers/sources.tsv";
                layout.fault(row, faults, format!("unknown source \"{source}\""), hint);
            }
        }
    }

    /// The sector is one of PLOVER's.
    pub(super) fn check_sector<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        sector: &str,
        faults: &mut Faults,
    ) {
        if !self.sectors.contains(sector) {
            let hint = "sectors are listed in registers/sectors.tsv";
            layout.fault(row, faults, format!("unknown sector \"{sector}\""), hint);
        }
    }

    /// The key is `COUNTRY/name-in-lower-case`; returns the country.
    pub(super) fn check_key<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<StateId> {
        let plain = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        match key.split_once('/') {
            Some((country, name)) if plain(name) => self.state(layout, row, country, faults),
            _ => {
                let hint = "keys look like CHN/wang-yi";
                layout.fault(row, faults, format!("\"{key}\" is not country, slash, name"), hint);
                None
            }
        }
    }

    /// Both date cells as a period; the whole of time where they are wrong.
    pub(super) fn period<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        from: &str,
        to: &str,
        faults: &mut Faults,
    ) -> Period {
        Period::parse(from, to).unwrap_or_else(|message| {
            layout.fault(row, faults, message, "leave a date empty rather than guess it");
            Period::default()
        })
    }

    /// The state of this key.
    pub(super) fn state<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<StateId> {
        find(&self.states, layout, row, ("state", key), faults).map(StateId)
    }

    /// The state of this key, or `None` where the cell is empty.
    pub(super) fn optional_state<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<StateId> {
        if key.is_empty() { None } else { self.state(layout, row, key, faults) }
    }

    /// The body of this key.
    pub(super) fn body<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<BodyId> {
        find(&self.bodies, layout, row, ("body", key), faults).map(BodyId)
    }

    /// The person of this key.
    pub(super) fn person<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<PersonId> {
        find(&self.people, layout, row, ("person", key), faults).map(PersonId)
    }

    /// The role of this key.
    pub(super) fn role<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<RoleId> {
        find(&self.roles, layout, row, ("role", key), faults).map(RoleId)
    }

    /// The role of this key, or `None` where the cell is empty.
    pub(super) fn optional_role<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<RoleId> {
        if key.is_empty() { None } else { self.role(layout, row, key, faults) }
    }

    /// The state or body of this key.
    pub(super) fn owner<const N: usize>(
        &self,
        layout: &Layout<N>,
        row: &Row<'_, N>,
        key: &str,
        faults: &mut Faults,
    ) -> Option<Owner> {
        if let Some(number) = self.states.get(key) {
            return Some(Owner::State(StateId(*number)));
        }
        find(&self.bodies, layout, row, ("state or body", key), faults)
            .map(|number| Owner::Body(BodyId(number)))
    }
}

/// Finds a key among the numbered ones, or notes that it leads nowhere.
fn find<const N: usize>(
    numbers: &KeyNumbers,
    layout: &Layout<N>,
    row: &Row<'_, N>,
    (kind, key): (&str, &str),
    faults: &mut Faults,
) -> Option<u32> {
    let number = numbers.get(key).copied();
    if number.is_none() {
        let hint = format!("add the {kind} to its own table, or correct the key");
        layout.fault(row, faults, format!("no {kind} has the key \"{key}\""), hint);
    }
    number
}

/// A whole count; `None` for anything else.
pub(super) fn parse_count(cell: &str) -> Option<u32> {
    cell.parse().ok()
}

/// Latitude and longitude in degrees; both or neither.
pub(super) fn parse_coordinates<const N: usize>(
    layout: &Layout<N>,
    row: &Row<'_, N>,
    latitude: &str,
    longitude: &str,
    faults: &mut Faults,
) -> Option<(f32, f32)> {
    if latitude.is_empty() && longitude.is_empty() {
        return None;
    }
    match (latitude.parse::<f32>(), longitude.parse::<f32>()) {
        (Ok(north), Ok(east)) if north.abs() <= 90.0 && east.abs() <= 180.0 => Some((north, east)),
        _ => {
            let message = format!("\"{latitude}\", \"{longitude}\" are no coordinates");
            layout.fault(
                row,
                faults,
                message,
                "degrees north (-90 to 90) and east (-180 to 180), both or neither",
            );
            None
        }
    }
}
