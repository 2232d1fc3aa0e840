//! States and territories: names, codes, capitals, and what stands for their governments.

use jiff::civil::Date;

use super::links::{Links, key_numbers, parse_coordinates, parse_count};
use super::table::{Faults, Layout, Row};
use super::{Owner, Period, RoleId, StateId};
use crate::data::DataFile;

pub(super) const STATES: Layout<18> = Layout {
    path: "registers/states/states.tsv",
    columns: [
        "key",
        "iso2",
        "cow",
        "gw",
        "wikidata",
        "kind",
        "under",
        "leader",
        "name",
        "official",
        "names",
        "abbreviations",
        "adjectives",
        "demonyms",
        "neighbours",
        "from",
        "to",
        "source",
    ],
    key: 1,
};
pub(super) const CAPITALS: Layout<10> = Layout {
    path: "registers/states/capitals.tsv",
    columns: [
        "state",
        "name",
        "names",
        "status",
        "from",
        "to",
        "latitude",
        "longitude",
        "geonames",
        "source",
    ],
    key: 2,
};
pub(super) const FORMER: Layout<8> = Layout {
    path: "registers/states/former.tsv",
    columns: ["state", "name", "names", "adjectives", "demonyms", "from", "to", "source"],
    key: 2,
};
pub(super) const METONYMS: Layout<8> = Layout {
    path: "registers/states/metonyms.tsv",
    columns: ["owner", "name", "names", "sector", "institution", "from", "to", "source"],
    key: 2,
};

/// Kinds of a state row.
const KINDS: [&str; 4] = ["state", "former", "territory", "disputed"];
/// What a capital row can be to its state.
const STATUSES: [&str; 5] = ["capital", "seat", "former", "former-name", "reported"];

/// What a row of the state register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// A state of today.
    State,
    /// A state that is no more: the Soviet Union.
    Former,
    /// A dependent territory: Greenland.
    Territory,
    /// An entity whose statehood is disputed: Palestine, Abkhazia.
    Disputed,
}

/// A state, territory or disputed entity.
#[derive(Clone, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-3 (or 3166-3 for former states); `X..` and `RVN` are this register's own, as ISO has none.
    pub key: Box<str>,
    /// ISO 3166-1 alpha-2; may be empty.
    pub iso2: Box<str>,
    /// Number in the Correlates of War state system.
    pub cow: Option<u16>,
    /// Number in Gleditsch and Ward's list.
    pub gleditsch_ward: Option<u16>,
    /// Wikidata item; may be empty.
    pub wikidata: Box<str>,
    /// What kind of row.
    pub kind: StateKind,
    /// The state it is administered by, or is internationally held to be part of.
    pub under: Option<StateId>,
    /// Role whose holder is called the state's leader.
    pub leader: Option<RoleId>,
    /// Role whose holder was called so before a day: a constitution moves power from president to prime minister.
    pub led_before: Option<(RoleId, Date)>,
    /// Short name.
    pub name: Box<str>,
    /// Official name; the short name where the two are the same.
    pub official: Box<str>,
    /// Further names.
    pub names: Vec<Box<str>>,
    /// Abbreviations: "US", "U.S.", "DPRK".
    pub abbreviations: Vec<Box<str>>,
    /// Adjectives, the usual one first.
    pub adjectives: Vec<Box<str>>,
    /// Demonyms, singular and plural.
    pub demonyms: Vec<(Box<str>, Box<str>)>,
    /// States with a common land border.
    pub neighbours: Vec<StateId>,
    /// When it existed; no start: before 1945 or not known to the day.
    pub period: Period,
}

/// A name that a state bore for a time: Zaire, Burma, West Germany.
#[derive(Clone, Debug)]
pub struct FormerName {
    /// Whose name.
    pub state: StateId,
    /// The name.
    pub name: Box<str>,
    /// Its variants.
    pub names: Vec<Box<str>>,
    /// Adjectives of that time.
    pub adjectives: Vec<Box<str>>,
    /// Demonyms of that time, singular and plural.
    pub demonyms: Vec<(Box<str>, Box<str>)>,
    /// When it was borne.
    pub period: Period,
}

/// A capital or another seat of government; its name can stand for the government.
#[derive(Clone, Debug)]
pub struct Capital {
    /// Whose.
    pub state: StateId,
    /// Usual name.
    pub name: Box<str>,
    /// Other spellings.
    pub names: Vec<Box<str>>,
    /// Whether it is the capital itself, not a second or former seat.
    pub is_capital: bool,
    /// When it was.
    pub period: Period,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f32, f32)>,
    /// GeoNames number.
    pub geonames: Option<u32>,
}

/// A name that stands for a government or one of its parts: "the Kremlin", "Foggy Bottom", "the Knesset".
#[derive(Clone, Debug)]
pub struct Metonym {
    /// The state or body.
    pub owner: Owner,
    /// Usual name, without article.
    pub name: Box<str>,
    /// Variants.
    pub names: Vec<Box<str>>,
    /// PLOVER sector.
    pub sector: Box<str>,
    /// What it stands for: `presidency`, `foreign-ministry`, `parliament`, `armed-forces` ...
    pub institution: Box<str>,
    /// When.
    pub period: Period,
}

/// Reads the state table; `under` and `neighbours` are linked in a second pass, as they name other rows.
pub(super) fn read_states(files: &[DataFile], links: &mut Links, faults: &mut Faults) -> Vec<State> {
    let rows = STATES.read(files, faults);
    links.states = key_numbers(&rows);
    rows.iter().map(|row| read_state(row, links, faults)).collect()
}

fn read_state(row: &Row<'_, 18>, links: &Links, faults: &mut Faults) -> State {
    let [
        key,
        iso2,
        cow,
        gw,
        wikidata,
        kind,
        under,
        leader,
        name,
        official,
        names,
        abbreviations,
        adjectives,
        demonyms,
        neighbours,
        from,
        to,
        source,
    ] = row.cells;
    check_names(row, [key, iso2, wikidata, name], faults);
    links.check_sources(&STATES, row, source, faults);
    let mut number = |cell: &str| {
        let number = cell.parse().ok();
        if number.is_none() && !cell.is_empty() {
            STATES.fault(
                row,
                faults,
                format!("\"{cell}\" is not a number"),
                "leave it empty where there is none",
            );
        }
        number
    };
    let (cow, gleditsch_ward) = (number(cow), number(gw));
    let (leader, led_before) = read_leader(row, leader, links, faults);
    State {
        key: key.into(),
        iso2: iso2.into(),
        cow,
        gleditsch_ward,
        wikidata: wikidata.into(),
        kind: read_kind(row, kind, faults),
        under: links.optional_state(&STATES, row, under, faults),
        leader,
        led_before,
        name: name.into(),
        official: if official.is_empty() { name.into() } else { official.into() },
        names: STATES.list(row, names, faults),
        abbreviations: STATES.list(row, abbreviations, faults),
        adjectives: STATES.list(row, adjectives, faults),
        demonyms: read_demonyms(&STATES, row, demonyms, faults),
        neighbours: STATES
            .list(row, neighbours, faults)
            .iter()
            .filter_map(|key| links.optional_state(&STATES, row, key, faults))
            .collect(),
        period: links.period(&STATES, row, from, to, faults),
    }
}

/// "head-of-government", or "head-of-state; head-of-government 2013-11-17": the second from that day on.
fn read_leader(
    row: &Row<'_, 18>,
    cell: &str,
    links: &Links,
    faults: &mut Faults,
) -> (Option<RoleId>, Option<(RoleId, Date)>) {
    let Some((before, now)) = cell.split_once("; ") else {
        return (links.optional_role(&STATES, row, cell, faults), None);
    };
    let (now, day) = now.split_once(' ').unwrap_or((now, ""));
    let before = links.optional_role(&STATES, row, before, faults);
    let day: Option<Date> = day.parse().ok();
    if day.is_none() {
        STATES.fault(row, faults, format!("no day in the leader \"{cell}\""), "write: role; role 2013-11-17");
    }
    (links.optional_role(&STATES, row, now, faults), before.zip(day))
}

/// Complains of codes and names of a state that cannot be right.
fn check_names(row: &Row<'_, 18>, [key, iso2, wikidata, name]: [&str; 4], faults: &mut Faults) {
    let letters =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if !letters(key, 3) {
        STATES.fault(
            row,
            faults,
            format!("key \"{key}\" is not three capital letters"),
            "use ISO 3166-1 alpha-3",
        );
    }
    if !iso2.is_empty() && !letters(iso2, 2) {
        STATES.fault(
            row,
            faults,
            format!("iso2 \"{iso2}\" is not two capital letters"),
            "use ISO 3166-1 alpha-2",
        );
    }
    if !wikidata.is_empty() && parse_count(wikidata.strip_prefix('Q').unwrap_or("-")).is_none() {
        STATES.fault(row, faults, format!("\"{wikidata}\" is no Wikidata item"), "items look like Q183");
    }
    if name.is_empty() {
        STATES.fault(row, faults, "empty \"name\"", "every state has a short name");
    }
}

fn read_kind(row: &Row<'_, 18>, kind: &str, faults: &mut Faults) -> StateKind {
    match KINDS.iter().position(|known| *known == kind) {
        Some(0) => StateKind::State,
        Some(1) => StateKind::Former,
        Some(2) => StateKind::Territory,
        Some(_) => StateKind::Disputed,
        None => {
            STATES.fault(
                row,
                faults,
                format!("unknown kind \"{kind}\""),
                format!("one of: {}", KINDS.join(" ")),
            );
            StateKind::State
        }
    }
}

/// Demonyms are written `singular/plural`.
fn read_demonyms<const N: usize>(
    layout: &Layout<N>,
    row: &Row<'_, N>,
    cell: &str,
    faults: &mut Faults,
) -> Vec<(Box<str>, Box<str>)> {
    let mut pairs = Vec::new();
    for entry in layout.list(row, cell, faults) {
        match entry.split_once('/') {
            Some((singular, plural)) if !singular.is_empty() && !plural.is_empty() => {
                pairs.push((singular.into(), plural.into()));
            }
            _ => layout.fault(
                row,
                faults,
                format!("demonym \"{entry}\" has no plural"),
                "write it as singular/plural: Iraqi/Iraqis",
            ),
        }
    }
    pairs
}

/// Reads the capitals.
pub(super) fn read_capitals(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<Capital> {
    let mut capitals = Vec::new();
    for row in &CAPITALS.read(files, faults) {
        let [state, name, names, status, from, to, latitude, longitude, geonames, source] = row.cells;
        links.check_sources(&CAPITALS, row, source, faults);
        if !STATUSES.contains(&status) {
            let hint = format!("one of: {}", STATUSES.join(" "));
            CAPITALS.fault(row, faults, format!("unknown status \"{status}\""), hint);
        }
        let period = links.period(&CAPITALS, row, from, to, faults);
        let coordinates = parse_coordinates(&CAPITALS, row, latitude, longitude, faults);
        let names = CAPITALS.list(row, names, faults);
        let Some(state) = links.state(&CAPITALS, row, state, faults) else { continue };
        capitals.push(Capital {
            state,
            name: name.into(),
            names,
            is_capital: status == "capital",
            period,
            coordinates,
            geonames: parse_count(geonames),
        });
    }
    capitals
}

/// Reads the former names.
pub(super) fn read_former(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<FormerName> {
    let mut former = Vec::new();
    for row in &FORMER.read(files, faults) {
        let [state, name, names, adjectives, demonyms, from, to, source] = row.cells;
        links.check_sources(&FORMER, row, source, faults);
        let period = links.period(&FORMER, row, from, to, faults);
        let names = FORMER.list(row, names, faults);
        let adjectives = FORMER.list(row, adjectives, faults);
        let demonyms = read_demonyms(&FORMER, row, demonyms, faults);
        let Some(state) = links.state(&FORMER, row, state, faults) else { continue };
        former.push(FormerName { state, name: name.into(), names, adjectives, demonyms, period });
    }
    former
}

/// Reads the metonyms.
pub(super) fn read_metonyms(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<Metonym> {
    let mut metonyms = Vec::new();
    for row in &METONYMS.read(files, faults) {
        let [owner, name, names, sector, institution, from, to, source] = row.cells;
        links.check_sources(&METONYMS, row, source, faults);
        links.check_sector(&METONYMS, row, sector, faults);
        if institution.is_empty() {
            METONYMS.fault(
                row,
                faults,
                "empty \"institution\"",
                "say what it stands for: presidency, parliament ...",
            );
        }
        let period = links.period(&METONYMS, row, from, to, faults);
        let names = METONYMS.list(row, names, faults);
        let Some(owner) = links.owner(&METONYMS, row, owner, faults) else { continue };
        metonyms.push(Metonym {
            owner,
            name: name.into(),
            names,
            sector: sector.into(),
            institution: institution.into(),
            period,
        });
    }
    metonyms
}
