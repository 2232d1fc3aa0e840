//! Intergovernmental bodies, their organs and their members.

use super::links::{Links, key_numbers};
use super::table::{Faults, Layout};
use super::{BodyId, Owner, Period};
use crate::data::DataFile;

pub(super) const BODIES: Layout<12> = Layout {
    path: "registers/bodies/bodies.tsv",
    columns: [
        "key",
        "kind",
        "parent",
        "sector",
        "wikidata",
        "name",
        "names",
        "abbreviations",
        "seat",
        "from",
        "to",
        "source",
    ],
    key: 1,
};
pub(super) const MEMBERS: Layout<6> = Layout {
    path: "registers/bodies/members.tsv",
    columns: ["body", "status", "from", "to", "members", "source"],
    key: 4,
};

/// Kinds of body.
const KINDS: [&str; 6] = ["organisation", "organ", "agency", "court", "group", "mission"];
/// What a member can be.
const STATUSES: [&str; 4] = ["member", "observer", "partner", "suspended"];

/// An intergovernmental body or one of its organs.
#[derive(Clone, Debug)]
pub struct Body {
    /// Short code: `EU`, `NATO`, `UN-SC`.
    pub key: Box<str>,
    /// `organisation`, `organ`, `agency`, `court`, `group` or `mission`.
    pub kind: Box<str>,
    /// The body it is an organ or agency of.
    pub parent: Option<BodyId>,
    /// PLOVER sector.
    pub sector: Box<str>,
    /// Wikidata item; may be empty.
    pub wikidata: Box<str>,
    /// Usual name.
    pub name: Box<str>,
    /// Variants.
    pub names: Vec<Box<str>>,
    /// Abbreviations.
    pub abbreviations: Vec<Box<str>>,
    /// City of its seat; may be empty.
    pub seat: Box<str>,
    /// When it exists.
    pub period: Period,
}

/// That a state or body belongs to a body.
#[derive(Clone, Copy, Debug)]
pub struct Membership {
    /// To which body.
    pub body: BodyId,
    /// Who.
    pub member: Owner,
    /// Whether a full member, not an observer, partner or suspended one.
    pub full: bool,
    /// When.
    pub period: Period,
}

/// Reads the bodies.
pub(super) fn read_bodies(files: &[DataFile], links: &mut Links, faults: &mut Faults) -> Vec<Body> {
    let rows = BODIES.read(files, faults);
    links.bodies = key_numbers(&rows);
    let mut bodies = Vec::new();
    for row in &rows {
        let [key, kind, parent, sector, wikidata, name, names, abbreviations, seat, from, to, source] =
            row.cells;
        links.check_sources(&BODIES, row, source, faults);
        links.check_sector(&BODIES, row, sector, faults);
        if !KINDS.contains(&kind) {
            BODIES.fault(
                row,
                faults,
                format!("unknown kind \"{kind}\""),
                format!("one of: {}", KINDS.join(" ")),
            );
        }
        if name.is_empty() {
            BODIES.fault(row, faults, "empty \"name\"", "every body has a name");
        }
        let parent = if parent.is_empty() { None } else { links.body(&BODIES, row, parent, faults) };
        bodies.push(Body {
            key: key.into(),
            kind: kind.into(),
            parent,
            sector: sector.into(),
            wikidata: wikidata.into(),
            name: name.into(),
            names: BODIES.list(row, names, faults),
            abbreviations: BODIES.list(row, abbreviations, faults),
            seat: seat.into(),
            period: links.period(&BODIES, row, from, to, faults),
        });
    }
    bodies
}

/// Reads who belongs to what.
pub(super) fn read_members(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<Membership> {
    let mut memberships = Vec::new();
    for row in &MEMBERS.read(files, faults) {
        let [body, status, from, to, members, source] = row.cells;
        links.check_sources(&MEMBERS, row, source, faults);
        if !STATUSES.contains(&status) {
            let hint = format!("one of: {}", STATUSES.join(" "));
            MEMBERS.fault(row, faults, format!("unknown status \"{status}\""), hint);
        }
        let period = links.period(&MEMBERS, row, from, to, faults);
        let Some(body) = links.body(&MEMBERS, row, body, faults) else { continue };
        for key in members.split_whitespace() {
            let Some(member) = links.owner(&MEMBERS, row, key, faults) else { continue };
            memberships.push(Membership { body, member, full: status == "member", period });
        }
    }
    memberships
}
