//! What a correction is about, in words that outlive numbers.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::error::{Kind, RecordError};

/// A claim: its founder's number, and what finds it again where numbers are others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    /// Number of the claim that it goes on from.
    pub(crate) founder: i64,
    /// Key of the report.
    pub(crate) report: String,
    /// Hash of the report's bytes.
    pub(crate) sha256: String,
    /// Type of the founder.
    pub(crate) r#type: String,
    /// The trigger's words.
    pub(crate) words: String,
    /// Where the trigger begins, in code points.
    pub(crate) start: i64,
}

impl Named {
    /// Names a claim.
    pub(crate) fn of(connection: &Connection, claim: i64) -> Result<Named, RecordError> {
        let mut query = connection.prepare_cached(
            "SELECT founder.id, report.key, report.sha256, founder.type, founder.words, founder.start
            FROM claim JOIN claim AS founder ON founder.id = claim.founder
                JOIN report ON report.id = founder.report
            WHERE claim.id = ?",
        )?;
        Ok(query.query_row([claim], |row| {
            Ok(Named {
                founder: row.get(0)?,
                report: row.get(1)?,
                sha256: row.get(2)?,
                r#type: row.get(3)?,
                words: row.get(4)?,
                start: row.get(5)?,
            })
        })?)
    }

    /// What tells it from all other claims, in any record that has its report; without numbers of rows.
    pub(crate) fn label(&self) -> String {
        let Named { report, sha256, r#type, words, start, .. } = self;
        format!("{report}\t{sha256}\t{type}\t{words}\t{start}")
    }
}

/// Somebody put in place of those who were read: the key of an actor of the record, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyKey {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
}

/// New values; what is `None` stays as it was read. The values are those of the codebook: the record knows none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// PLOVER type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// Mode; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Quad class, 1 to 4, of the new type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quad: Option<u8>,
    /// CAMEO codes of the new type and mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<Vec<String>>,
    /// Intensity of the new type and mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intensity: Option<f64>,
    /// Status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// TIMEX3 value of when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PartyKey>,
    /// Who does it, in place of all that were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actors: Option<Vec<PartyKey>>,
    /// To whom, in place of all that were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<PartyKey>>,
}

impl Edit {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Edit::default()
    }

    /// Lays a later edit over this one.
    pub(crate) fn lay(&mut self, later: Edit) {
        if later.r#type.is_some() {
            self.mode = None;
        }
        fn over<T>(earlier: &mut Option<T>, later: Option<T>) {
            if later.is_some() {
                *earlier = later;
            }
        }
        over(&mut self.r#type, later.r#type);
        over(&mut self.mode, later.mode);
        over(&mut self.quad, later.quad);
        over(&mut self.cameo, later.cameo);
        over(&mut self.intensity, later.intensity);
        over(&mut self.status, later.status);
        over(&mut self.value, later.value);
        over(&mut self.first, later.first);
        over(&mut self.last, later.last);
        over(&mut self.place, later.place);
        over(&mut self.actors, later.actors);
        over(&mut self.recipients, later.recipients);
    }

    /// The new values in words, "status denied, date 2025-04-02".
    #[must_use]
    pub fn told(&self) -> String {
        let names = |parties: &Vec<PartyKey>| {
            parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let fields = [
            ("type", self.r#type.clone()),
            ("mode", self.mode.clone().map(|mode| if mode.is_empty() { "none".to_owned() } else { mode })),
            ("status", self.status.clone()),
            ("date", self.value.clone()),
            ("place", self.place.as_ref().map(|place| place.name.clone())),
            ("actor", self.actors.as_ref().map(names)),
            ("recipient", self.recipients.as_ref().map(names)),
        ];
        let told: Vec<String> =
            fields.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect();
        told.join(", ")
    }
}

/// What a correction is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Body {
    /// Claims of the event; of those merged, of the one with the lowest number; of one split, those that stay.
    pub(crate) claims: Vec<Named>,
    /// Claims of the other events that are merged, or that leave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) moved: Vec<Named>,
    /// New values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edit: Option<Edit>,
}

impl Body {
    pub(crate) fn of(claims: Vec<Named>) -> Body {
        Body { claims, ..Body::default() }
    }

    pub(crate) fn read(text: &str) -> Result<Body, RecordError> {
        serde_json::from_str(text)
            .map_err(|error| RecordError::new(Kind::Damaged, format!("a correction cannot be read: {error}")))
    }

    /// All claims that it names.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Named> {
        self.claims.iter().chain(&self.moved)
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;

    #[test]
    fn later_values_go_over_earlier_ones_and_a_mode_goes_with_its_type() {
        let some = |text: &str| Some(text.to_owned());
        let mut edit =
            Edit { r#type: some("AID"), mode: some("food"), status: some("denied"), ..Edit::default() };
        edit.lay(Edit { r#type: some("AGREE"), ..Edit::default() });
        assert_eq!(edit.told(), "type AGREE, status denied");
        edit.lay(Edit { status: some("happened"), ..Edit::default() });
        assert_eq!(edit.told(), "type AGREE, status happened");
        assert!(!edit.is_empty() && Edit::default().is_empty());
    }
}
