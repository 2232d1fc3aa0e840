-- The documented views (docs/record.md).
DROP VIEW IF EXISTS v_reports;
CREATE VIEW v_reports AS
    SELECT report.id AS report, key, version, source, outlet, title, byline, published, language, url, sha256, origin,
        (SELECT count(*) FROM report AS other WHERE other.origin = report.origin AND other.is_latest) AS copies,
        made.legation, made.data, made.models, kept
    FROM report JOIN reading ON reading.report = report.id AND reading.is_live JOIN made ON made.id = reading.made;
