//! From corrections to what merging looks at: ties between claims, and verdicts on them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::body::{Body, Named};
use crate::error::RecordError;

/// A pair of claims, by founder, the lower number first.
type Pair = (i64, i64);

/// Makes `tie` and `verdict` anew from all corrections that hold, in their order.
pub(crate) fn rebuild(transaction: &Transaction<'_>) -> Result<(), RecordError> {
    transaction.execute_batch("DELETE FROM tie; DELETE FROM verdict;")?;
    let holding = active(transaction)?;
    let mut ties: BTreeMap<Pair, (bool, i64)> = BTreeMap::new();
    let mut query = transaction.prepare("SELECT id, kind, body FROM correction ORDER BY id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (correction, kind, text): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if kind == "undo" || !holding.contains(&correction) {
            continue;
        }
        let body = Body::read(&text)?;
        let (claims, moved) = (founders(transaction, &body.claims)?, founders(transaction, &body.moved)?);
        match kind.as_str() {
            "merge" => together(&mut ties, claims.into_iter().chain(moved).collect(), correction),
            "split" => {
                for &claim in &claims {
                    for &other in &moved {
                        ties.insert(pair(claim, other), (false, correction));
                    }
                }
                together(&mut ties, moved.into_iter().collect(), correction);
            }
            _ => {
                let edit = body.edit.map_or_else(|| Ok(String::new()), |edit| serde_json::to_string(&edit));
                let edit = edit.map_err(|error| RecordError::refused(error.to_string()))?;
                for founder in claims {
                    transaction
                        .prepare_cached(
                            "INSERT OR REPLACE INTO verdict (founder, correction, kind, body) VALUES (?, ?, ?, ?)",
                        )?
                        .execute(params![founder, correction, kind, edit])?;
                }
            }
        }
    }
    let mut insert =
        transaction.prepare_cached("INSERT INTO tie (a, b, is_together, correction) VALUES (?, ?, ?, ?)")?;
    for ((a, b), (is_together, correction)) in ties {
        insert.execute(params![a, b, is_together, correction])?;
    }
    Ok(())
}

/// Ties claims to the first and to the next of them, so that they hold together when one of them goes; what cut them
/// apart before holds no longer.
fn together(ties: &mut BTreeMap<Pair, (bool, i64)>, claims: BTreeSet<i64>, correction: i64) {
    ties.retain(|(a, b), (is_together, _)| *is_together || !(claims.contains(a) && claims.contains(b)));
    let claims: Vec<i64> = claims.into_iter().collect();
    for (index, &claim) in claims.iter().enumerate().skip(1) {
        ties.insert(pair(claims[0], claim), (true, correction));
        ties.insert(pair(claims[index - 1], claim), (true, correction));
    }
}

fn pair(one: i64, other: i64) -> Pair {
    (one.min(other), one.max(other))
}

/// Numbers of the corrections that hold: not undone by one that holds.
pub(crate) fn active(connection: &Connection) -> Result<BTreeSet<i64>, RecordError> {
    let mut query = connection.prepare("SELECT id, undoes FROM correction ORDER BY id DESC")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
    let (mut holding, mut undone) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        let (correction, undoes) = row?;
        if !undone.contains(&correction) {
            holding.insert(correction);
            undone.extend(undoes);
        }
    }
    Ok(holding)
}

fn founders(connection: &Connection, claims: &[Named]) -> Result<Vec<i64>, RecordError> {
    let mut found = Vec::with_capacity(claims.len());
    for claim in claims {
        found.extend(founder(connection, claim)?);
    }
    Ok(found)
}

/// The founder that a claim's name means: of its number if that still is this claim, else found by report and words.
pub(crate) fn founder(connection: &Connection, named: &Named) -> Result<Option<i64>, RecordError> {
    let mut query = connection.prepare_cached(
        "SELECT claim.founder FROM claim JOIN report ON report.id = claim.report
        WHERE report.key = ?1 AND claim.type = ?2 AND claim.words = ?3
        ORDER BY claim.id <> ?4, report.sha256 <> ?5, abs(claim.start - ?6), claim.id LIMIT 1",
    )?;
    let Named { founder, report, sha256, r#type, words, start } = named;
    let fields = params![report, r#type, words, founder, sha256, start];
    Ok(query.query_row(fields, |row| row.get(0)).optional()?)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::together;

    #[test]
    fn what_is_put_together_is_no_longer_cut_and_hangs_together_without_any_one() {
        let mut ties = BTreeMap::from([((2, 3), (false, 1)), ((3, 9), (false, 1))]);
        together(&mut ties, BTreeSet::from([1, 2, 3]), 2);
        assert_eq!(
            ties,
            BTreeMap::from([
                ((1, 2), (true, 2)),
                ((1, 3), (true, 2)),
                ((2, 3), (true, 2)),
                ((3, 9), (false, 1))
            ])
        );
    }
}
