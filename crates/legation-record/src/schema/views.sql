-- The documented views (docs/record.md).
DROP VIEW IF EXISTS v_reports;
CREATE VIEW v_reports AS
    SELECT report.id AS report, key, version, source, outlet, title, byline, published, language, url, sha256, origin,
        (SELECT count(*) FROM report AS other WHERE other.origin = report.origin AND other.is_latest) AS copies,
        made.legation, made.data, made.models, kept
    FROM report JOIN reading ON reading.report = report.id AND reading.is_live JOIN made ON made.id = reading.made;

-- One row a claim of the newest readings.
DROP VIEW IF EXISTS v_claims;
CREATE VIEW v_claims AS
    SELECT claim.id AS claim, claim.event, claim.report, report.origin, report.source, report.published,
        claim.type, claim.mode, claim.contexts, claim.quad,
        CASE claim.quad WHEN 1 THEN 'verbal-cooperation' WHEN 2 THEN 'material-cooperation'
            WHEN 3 THEN 'verbal-conflict' ELSE 'material-conflict' END AS quad_name,
        claim.cameo, claim.intensity, claim.is_reciprocal, claim.first AS day, claim.last, claim.value,
        (SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM claim_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.claim = claim.id AND party.side = 0 ORDER BY party.position)) AS actors,
        (SELECT group_concat(code, '; ') FROM (SELECT coalesce(actor.code, '') AS code FROM claim_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.claim = claim.id AND party.side = 0 ORDER BY party.position)) AS actor_codes,
        (SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM claim_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.claim = claim.id AND party.side = 1 ORDER BY party.position)) AS recipients,
        (SELECT group_concat(code, '; ') FROM (SELECT coalesce(actor.code, '') AS code FROM claim_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.claim = claim.id AND party.side = 1 ORDER BY party.position)) AS recipient_codes,
        claim.status, place.name AS place, place.country AS place_country,
        (SELECT group_concat(name, '; ') FROM (SELECT coalesce(actor.name, '') AS name FROM voice
            LEFT JOIN reading_actor AS named ON named.reading = claim.reading AND named.number = voice."by"
            LEFT JOIN actor ON actor.id = named.actor
            WHERE voice.claim = claim.id ORDER BY voice.position)) AS according_to,
        (SELECT group_concat(stance, '; ') FROM (SELECT stance FROM voice
            WHERE voice.claim = claim.id ORDER BY voice.position)) AS stances,
        claim.quantities, claim.words, claim.sentence + 1 AS sentence, claim.start, claim."end", claim.rule, claim.confidence
    FROM claim JOIN report ON report.id = claim.report LEFT JOIN place ON place.id = claim.place
    WHERE claim.is_live;

-- One row an event.
DROP VIEW IF EXISTS v_events;
CREATE VIEW v_events AS
    SELECT event.id AS event, event.first AS day, event.last, event.value, event.type, event.mode, event.contexts,
        event.quad,
        CASE event.quad WHEN 1 THEN 'verbal-cooperation' WHEN 2 THEN 'material-cooperation'
            WHEN 3 THEN 'verbal-conflict' ELSE 'material-conflict' END AS quad_name,
        event.cameo, event.intensity, event.is_reciprocal,
        (SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM event_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.event = event.id AND party.side = 0 ORDER BY party.position)) AS actors,
        (SELECT group_concat(code, '; ') FROM (SELECT coalesce(actor.code, '') AS code FROM event_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.event = event.id AND party.side = 0 ORDER BY party.position)) AS actor_codes,
        (SELECT group_concat(sector, '; ') FROM (SELECT coalesce((SELECT named.sector FROM claim_party AS told
                JOIN claim ON claim.id = told.claim JOIN reading_actor AS named
                    ON named.reading = claim.reading AND named.number = told.number
                WHERE told.claim = event.best AND told.actor = party.actor LIMIT 1), '') AS sector
            FROM event_party AS party
            WHERE party.event = event.id AND party.side = 0 ORDER BY party.position)) AS actor_sectors,
        (SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM event_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.event = event.id AND party.side = 1 ORDER BY party.position)) AS recipients,
        (SELECT group_concat(code, '; ') FROM (SELECT coalesce(actor.code, '') AS code FROM event_party AS party
            JOIN actor ON actor.id = party.actor
            WHERE party.event = event.id AND party.side = 1 ORDER BY party.position)) AS recipient_codes,
        (SELECT group_concat(sector, '; ') FROM (SELECT coalesce((SELECT named.sector FROM claim_party AS told
                JOIN claim ON claim.id = told.claim JOIN reading_actor AS named
                    ON named.reading = claim.reading AND named.number = told.number
                WHERE told.claim = event.best AND told.actor = party.actor LIMIT 1), '') AS sector
            FROM event_party AS party
            WHERE party.event = event.id AND party.side = 1 ORDER BY party.position)) AS recipient_sectors,
        event.status, event.confidence, event.origins, event.reports, event.claims, event.contradictions,
        place.name AS place, place.country AS place_country, place.latitude, place.longitude, event.verdict
    FROM event LEFT JOIN place ON place.id = event.place;

-- One row a statement of the newest readings.
DROP VIEW IF EXISTS v_statements;
CREATE VIEW v_statements AS
    SELECT statement.id AS statement, statement.report, report.origin, report.source, report.published, statement.day,
        speaker.name AS speaker, speaker.code AS speaker_code, statement.speaker_text, statement.stance,
        statement.kind, statement.act, addressee.name AS addressee, addressee.code AS addressee_code,
        (SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM statement_about AS about
            JOIN actor ON actor.id = about.actor
            WHERE about.statement = statement.id ORDER BY about.actor)) AS about,
        (SELECT group_concat(code, '; ') FROM (SELECT coalesce(actor.code, '') AS code FROM statement_about AS about
            JOIN actor ON actor.id = about.actor
            WHERE about.statement = statement.id ORDER BY about.actor)) AS about_codes,
        (SELECT group_concat(towards, '; ') FROM (SELECT coalesce(about.towards, 'mixed') AS towards
            FROM statement_about AS about
            WHERE about.statement = statement.id ORDER BY about.actor)) AS towards,
        statement.topics,
        (SELECT group_concat(words, ' … ') FROM (
            SELECT substr(body.text, json_extract(span.value, '$[0]') + 1,
                json_extract(span.value, '$[1]') - json_extract(span.value, '$[0]')) AS words
            FROM reading JOIN body ON body.id = reading.body, json_each(statement.content) AS span
            WHERE reading.id = statement.reading ORDER BY span.key)) AS content,
        statement.sentence + 1 AS sentence
    FROM statement JOIN report ON report.id = statement.report
        LEFT JOIN actor AS speaker ON speaker.id = statement.speaker
        LEFT JOIN actor AS addressee ON addressee.id = statement.addressee
    WHERE statement.is_live;

-- One row a planned thing.
DROP VIEW IF EXISTS v_plans;
CREATE VIEW v_plans AS
    SELECT plan.id AS plan, plan.what, plan.first AS day, plan.last, plan.value,
        (SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM plan_party AS party
            JOIN actor ON actor.id = party.actor WHERE party.plan = plan.id ORDER BY party.position)) AS who,
        (SELECT group_concat(code, '; ') FROM (SELECT coalesce(actor.code, '') AS code FROM plan_party AS party
            JOIN actor ON actor.id = party.actor WHERE party.plan = plan.id ORDER BY party.position)) AS codes,
        place.name AS place, place.country AS place_country, plan.occasion, plan.status, plan.origins, plan.reports,
        plan.event
    FROM plan LEFT JOIN place ON place.id = plan.place;

-- One row a directed pair and month with events that happened or go on, known to the month, not rejected.
DROP VIEW IF EXISTS v_dyad_month;
CREATE VIEW v_dyad_month AS
    SELECT pair.source, pair.target, one.cow AS source_cow, one.gw AS source_gw, other.cow AS target_cow,
        other.gw AS target_gw, pair.month, pair.verbal_cooperation, pair.material_cooperation,
        pair.verbal_conflict, pair.material_conflict, pair.n, pair.goldstein_sum, pair.goldstein_mean,
        coalesce(articles.articles, 0) AS articles_read, coalesce(articles.origins, 0) AS origins_read
    FROM (
        SELECT source, target, substr(day, 1, 7) AS month, sum(quad = 1) AS verbal_cooperation,
            sum(quad = 2) AS material_cooperation, sum(quad = 3) AS verbal_conflict,
            sum(quad = 4) AS material_conflict, count(*) AS n, sum(intensity) AS goldstein_sum,
            avg(intensity) AS goldstein_mean
        FROM event_dyad JOIN event ON event.id = event_dyad.event
        WHERE event.status IN ('happened', 'ongoing') AND event.verdict IS NOT 'rejected'
            AND julianday(event.last) - julianday(event.first) <= 30
        GROUP BY source, target, substr(day, 1, 7)
    ) AS pair
        LEFT JOIN (
            SELECT substr(published, 1, 7) AS month, count(*) AS articles, count(DISTINCT origin) AS origins
            FROM report WHERE is_latest AND published IS NOT NULL GROUP BY substr(published, 1, 7)
        ) AS articles ON articles.month = pair.month
        LEFT JOIN state AS one ON one.iso = pair.source
        LEFT JOIN state AS other ON other.iso = pair.target;

-- One row a source and day from its first report to its last, and one without a day for what has none.
DROP VIEW IF EXISTS v_coverage;
CREATE VIEW v_coverage AS
    WITH RECURSIVE
        told AS (
            SELECT source, published AS day, 1 AS reports, origin <> id AS copies,
                EXISTS (SELECT 1 FROM reading WHERE reading.report = report.id AND is_live AND sentences = '[]') AS empty,
                0 AS failed
            FROM report WHERE is_latest
            UNION ALL
            SELECT source, day, 0, 0, 0, 1 FROM intake
            WHERE outcome = 'failed' AND id IN (SELECT max(id) FROM intake GROUP BY key)
        ),
        summed AS (
            SELECT source, day, sum(reports) AS reports, sum(copies) AS copies, sum(empty) AS empty,
                sum(failed) AS failed
            FROM told GROUP BY source, day
        ),
        calendar (source, day, last) AS (
            SELECT source, min(day), max(day) FROM summed WHERE day IS NOT NULL GROUP BY source
            UNION ALL
            SELECT source, date(day, '+1 day'), last FROM calendar WHERE day < last
        )
    SELECT source, day, coalesce(reports, 0) AS reports, coalesce(copies, 0) AS copies, coalesce(empty, 0) AS empty,
        coalesce(failed, 0) AS failed,
        CASE WHEN reports > empty THEN 'read' WHEN reports > 0 THEN 'empty' WHEN failed > 0 THEN 'failed'
            ELSE 'silent' END AS state
    FROM calendar LEFT JOIN summed USING (source, day)
    UNION ALL
    SELECT source, NULL, reports, copies, empty, failed,
        CASE WHEN reports > empty THEN 'read' WHEN reports > 0 THEN 'empty' ELSE 'failed' END
    FROM summed WHERE day IS NULL;
