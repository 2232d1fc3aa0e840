//! What people said of an event, laid over what the claims say.

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::claim::{Claim, Party};
use crate::{correct::Edit, error::RecordError};

/// All that people said of an event, later words over earlier ones.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    verdict: Option<&'static str>,
    edit: Edit,
}

impl Overlay {
    /// Of an event with these claims: whatever was said of one of them was said of the event.
    pub(super) fn of(transaction: &Transaction<'_>, claims: &[&Claim]) -> Result<Overlay, RecordError> {
        let mut query =
            transaction.prepare_cached("SELECT correction, kind, body FROM verdict WHERE founder = ?")?;
        let mut said: Vec<(i64, String, String)> = Vec::new();
        for claim in claims {
            for row in query.query_map([claim.founder], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
                said.push(row?);
            }
        }
        said.sort();
        said.dedup_by_key(|(correction, ..)| *correction);
        let mut overlay = Overlay::default();
        let (mut is_rejected, mut is_edited) = (false, false);
        let is_judged = !said.is_empty();
        for (_, kind, body) in said {
            match kind.as_str() {
                "edit" => {
                    is_edited = true;
                    overlay.edit.lay(serde_json::from_str(&body).unwrap_or_default());
                }
                kind => is_rejected = kind == "reject",
            }
        }
        overlay.verdict = match (is_rejected, is_edited) {
            (true, _) => Some("rejected"),
            (false, true) => Some("edited"),
            (false, false) => is_judged.then_some("accepted"),
        };
        Ok(overlay)
    }

    /// Who takes part, by people where they said so.
    pub(super) fn sides(
        &self,
        transaction: &Transaction<'_>,
        mut sides: [Vec<Party>; 2],
    ) -> Result<[Vec<Party>; 2], RecordError> {
        let mut query = transaction
            .prepare_cached("SELECT id, coalesce(code, country), name FROM actor WHERE key = ?")?;
        for (side, parties) in sides.iter_mut().zip([&self.edit.actors, &self.edit.recipients]) {
            let Some(parties) = parties else { continue };
            side.clear();
            for party in parties {
                let found = query.query_row([&party.key], |row| {
                    Ok(Party { actor: row.get(0)?, code: row.get(1)?, name: row.get(2)? })
                });
                side.extend(found.optional()?);
            }
        }
        Ok(sides)
    }

    /// The first day, by people where they said so.
    pub(super) fn first(&self) -> Option<Date> {
        self.edit.first.as_ref().and_then(|day| day.parse().ok())
    }

    /// Writes the verdict and the new values into an event that is written by its claims.
    pub(super) fn write(&self, transaction: &Transaction<'_>, event: i64) -> Result<(), RecordError> {
        let Some(verdict) = self.verdict else { return Ok(()) };
        let edit = &self.edit;
        let cameo = edit.cameo.as_ref().map(serde_json::to_string).transpose().unwrap_or_default();
        transaction
            .prepare_cached(
                "UPDATE event SET verdict = ?2, type = coalesce(?3, type),
                    mode = CASE WHEN ?4 IS NOT NULL THEN nullif(?4, '') WHEN ?3 IS NOT NULL THEN NULL ELSE mode END,
                    quad = coalesce(?5, quad), cameo = coalesce(?6, cameo), intensity = coalesce(?7, intensity),
                    status = coalesce(?8, status), value = coalesce(?9, value), first = coalesce(?10, first),
                    last = coalesce(?11, last), place = coalesce((SELECT id FROM place WHERE key = ?12), place)
                WHERE id = ?1",
            )?
            .execute(params![
                event,
                verdict,
                edit.r#type,
                edit.mode,
                edit.quad,
                cameo,
                edit.intensity,
                edit.status,
                edit.value,
                edit.first,
                edit.last,
                edit.place.as_ref().map(|place| &place.key)
            ])?;
        Ok(())
    }
}
