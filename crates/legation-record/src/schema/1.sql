-- The record, version 1. Days are ISO 8601 text; spans count Unicode code points of `body.text`, end exclusive;
-- lists are JSON. What a reading says is never changed; tables marked "derived" can be made anew from the rest.

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What readings were made with.
CREATE TABLE made (
    id INTEGER PRIMARY KEY,
    legation TEXT NOT NULL,
    data TEXT NOT NULL,
    models TEXT NOT NULL,
    UNIQUE (legation, data, models)
);

-- One call of `keep` or `reread`.
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    made INTEGER NOT NULL REFERENCES made
);

-- One text of a report. A report that changed has several, under one key.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    is_latest INTEGER NOT NULL,
    document TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    language TEXT,
    url TEXT,
    published TEXT,
    sha256 TEXT NOT NULL,
    -- What was said from outside when it was read, as JSON: {"published", "outlet", "url"}.
    given TEXT NOT NULL,
    kept TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run,
    -- Derived: the report that this one is a copy of, itself if none.
    origin INTEGER NOT NULL,
    -- What the bytes as read have behind the text of the first reading, where they begin with it: a last line break, mostly.
    tail TEXT,
    -- The bytes as read, deflated; NULL where `tail` tells them. Last, as all before it is asked for more often.
    bytes BLOB,
    UNIQUE (key, version)
);
CREATE INDEX report_by_day ON report (published, is_latest, origin);
CREATE INDEX report_by_source ON report (source, published);
CREATE INDEX report_by_origin ON report (origin);
CREATE INDEX report_by_hash ON report (sha256);

-- What became of every input: the coverage ledger. Inputs that were kept before and had not changed are not listed again,
-- nor a fault that is still the same.
CREATE TABLE intake (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    day TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'changed', 'empty', 'failed')),
    report INTEGER REFERENCES report,
    message TEXT
);
CREATE INDEX intake_by_source ON intake (source, day);
CREATE INDEX intake_failed ON intake (key) WHERE outcome = 'failed';

-- Normalised texts; readings of one report share them while they are equal. The hash is of the text.
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX body_by_report ON body (report);

CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report,
    made INTEGER NOT NULL REFERENCES made,
    run INTEGER NOT NULL REFERENCES run,
    body INTEGER NOT NULL REFERENCES body,
    -- [[start, end], ...]
    sentences TEXT NOT NULL,
    -- Whether it is the newest reading of the newest text of its report; kept beside claims and statements too.
    is_live INTEGER NOT NULL
);
CREATE INDEX reading_by_report ON reading (report);

CREATE TABLE problem (
    reading INTEGER NOT NULL REFERENCES reading,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER
);
CREATE INDEX problem_by_reading ON problem (reading);

-- Who is known, over all reports: by key in the register, else by kind, name and country.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    code TEXT,
    register TEXT
);
CREATE INDEX actor_by_name ON actor (name COLLATE NOCASE);
CREATE INDEX actor_by_country ON actor (country);
CREATE INDEX actor_by_code ON actor (code);

CREATE TABLE reading_actor (
    reading INTEGER NOT NULL,
    number INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    sector TEXT,
    role TEXT,
    mentions TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) WITHOUT ROWID;
CREATE INDEX reading_actor_by_actor ON reading_actor (actor);

CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    country TEXT,
    latitude REAL,
    longitude REAL,
    geonames INTEGER
);

CREATE TABLE reading_place (
    reading INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL REFERENCES place,
    mentions TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) WITHOUT ROWID;

CREATE TABLE reading_date (
    reading INTEGER NOT NULL,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    first TEXT,
    last TEXT,
    PRIMARY KEY (reading, number)
) WITHOUT ROWID;

-- An event as one report tells it.
CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading,
    report INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    is_live INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    quad INTEGER NOT NULL,
    cameo TEXT NOT NULL,
    intensity REAL NOT NULL,
    is_reciprocal INTEGER NOT NULL,
    value TEXT,
    first TEXT,
    last TEXT,
    date_from INTEGER,
    place INTEGER REFERENCES place,
    status TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    -- The trigger's words.
    words TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    -- Number of the earlier claim of this reading that is the same event.
    same_as INTEGER,
    quantities TEXT NOT NULL,
    -- Hashes (32 bits, sorted, little-endian) of the longer words of its sentence, to compare wordings by.
    wording BLOB NOT NULL,
    -- The claim that it goes on from, in an earlier reading or version of the report; itself if none.
    founder INTEGER NOT NULL,
    -- Derived: the event behind it.
    event INTEGER
);
CREATE INDEX claim_by_reading ON claim (reading);
CREATE INDEX claim_by_event ON claim (event) WHERE is_live;
CREATE INDEX claim_by_report ON claim (report);
CREATE INDEX claim_by_founder ON claim (founder);

-- actor (side 0) and recipient (side 1) of a claim, in order; `number` is that of reading_actor.
CREATE TABLE claim_party (
    claim INTEGER NOT NULL,
    side INTEGER NOT NULL,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (claim, side, position)
) WITHOUT ROWID;

-- Who says so; none for the outlet's own voice. `by` and `via` are numbers of reading_actor.
CREATE TABLE voice (
    claim INTEGER NOT NULL,
    position INTEGER NOT NULL,
    by INTEGER,
    via TEXT NOT NULL,
    stance TEXT NOT NULL,
    statement INTEGER,
    PRIMARY KEY (claim, position)
) WITHOUT ROWID;

CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading,
    report INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    is_live INTEGER NOT NULL,
    speaker INTEGER REFERENCES actor,
    speaker_text TEXT NOT NULL,
    cue_start INTEGER,
    cue_end INTEGER,
    content TEXT NOT NULL,
    kind TEXT NOT NULL,
    stance TEXT NOT NULL,
    act TEXT NOT NULL,
    addressee INTEGER REFERENCES actor,
    via TEXT NOT NULL,
    day TEXT,
    sentence INTEGER NOT NULL,
    topics TEXT NOT NULL
);
CREATE INDEX statement_by_reading ON statement (reading);
CREATE INDEX statement_by_speaker ON statement (speaker) WHERE is_live;

CREATE TABLE statement_about (
    statement INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    towards TEXT,
    PRIMARY KEY (statement, actor)
) WITHOUT ROWID;
CREATE INDEX statement_about_by_actor ON statement_about (actor);

-- What one report says is to come.
CREATE TABLE expectation (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading,
    report INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    is_live INTEGER NOT NULL,
    what TEXT NOT NULL,
    place INTEGER REFERENCES place,
    value TEXT,
    first TEXT,
    last TEXT,
    occasion TEXT,
    status TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    events TEXT NOT NULL,
    -- The expectation that it goes on from, as of claims.
    founder INTEGER NOT NULL,
    -- Derived: the planned thing behind it.
    plan INTEGER
);
CREATE INDEX expectation_by_reading ON expectation (reading);
CREATE INDEX expectation_by_plan ON expectation (plan) WHERE is_live;

CREATE TABLE expectation_party (
    expectation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (expectation, position)
) WITHOUT ROWID;

-- What a party says of what is to come.
CREATE TABLE position (
    expectation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    party INTEGER REFERENCES actor,
    party_text TEXT NOT NULL,
    position TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (expectation, number)
) WITHOUT ROWID;

CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading,
    report INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    is_live INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "from" INTEGER REFERENCES actor,
    "to" INTEGER REFERENCES actor,
    parties TEXT NOT NULL,
    what TEXT,
    value TEXT,
    since TEXT,
    until TEXT,
    rank INTEGER,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX relation_by_reading ON relation (reading);

-- Derived: what texts look like and when they were published (Julian day; 0 if unknown), for finding copies.
CREATE TABLE band (
    hash INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (hash, day, report)
) WITHOUT ROWID;
-- Derived: pairs found to be one text with small changes.
CREATE TABLE copy (
    report INTEGER NOT NULL,
    of INTEGER NOT NULL,
    jaccard REAL NOT NULL,
    containment REAL NOT NULL,
    PRIMARY KEY (report, of)
) WITHOUT ROWID;

-- Derived: where claims and expectations are looked for that may be the same: by type, parties and month.
CREATE TABLE block (hash INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (hash, claim)) WITHOUT ROWID;
CREATE TABLE plan_block (
    hash INTEGER NOT NULL, expectation INTEGER NOT NULL, PRIMARY KEY (hash, expectation)
) WITHOUT ROWID;
-- Derived from corrections: claims (by founder) that people put together or apart, and what they said of them.
CREATE TABLE tie (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    is_together INTEGER NOT NULL,
    correction INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE TABLE verdict (
    founder INTEGER NOT NULL,
    correction INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (founder, correction)
) WITHOUT ROWID;

-- Derived: events behind the claims. Its id is that of the earliest founder among its claims.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    quad INTEGER NOT NULL,
    cameo TEXT NOT NULL,
    intensity REAL NOT NULL,
    is_reciprocal INTEGER NOT NULL,
    value TEXT,
    first TEXT,
    last TEXT,
    place INTEGER REFERENCES place,
    status TEXT NOT NULL,
    confidence REAL NOT NULL,
    claims INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    -- The claim that tells it best.
    best INTEGER NOT NULL,
    -- accepted, rejected, edited, or NULL.
    verdict TEXT
);
CREATE INDEX event_by_day ON event (first, verdict);
CREATE INDEX event_by_type ON event (type, first);
CREATE TABLE event_party (
    event INTEGER NOT NULL,
    side INTEGER NOT NULL,
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (event, side, position)
) WITHOUT ROWID;
CREATE INDEX event_party_by_actor ON event_party (actor);
-- Directed pairs of countries or bodies (actor.code), both ways where the event is reciprocal.
CREATE TABLE event_dyad (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    day TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (source, target, day, event)
) WITHOUT ROWID;
CREATE INDEX event_dyad_by_event ON event_dyad (event);
-- Earlier numbers of events that were merged into others.
CREATE TABLE event_alias (old INTEGER PRIMARY KEY, event INTEGER NOT NULL);
CREATE TABLE contradiction (
    event INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('status', 'date', 'number', 'place')),
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (event, kind, a, b)
) WITHOUT ROWID;

-- Derived: the meeting ledger. Its id is that of the earliest founder among its expectations.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    place INTEGER REFERENCES place,
    value TEXT,
    first TEXT,
    last TEXT,
    occasion TEXT,
    status TEXT NOT NULL,
    reports INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    -- The event that tells that it was held.
    event INTEGER
);
CREATE INDEX plan_by_day ON plan (first);
CREATE INDEX plan_by_event ON plan (event) WHERE event IS NOT NULL;
CREATE TABLE plan_party (
    plan INTEGER NOT NULL,
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (plan, position)
) WITHOUT ROWID;
CREATE INDEX plan_party_by_actor ON plan_party (actor);

-- What people decided: layers over readings, never changed; undone by a later line.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'edit', 'merge', 'split', 'undo')),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- What it is about, in words that outlive numbers: reports by hash, triggers by place and words, and the new values.
    body TEXT NOT NULL,
    -- The correction that this one undoes.
    undoes INTEGER REFERENCES correction
);

-- Frozen versions.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL
);

-- States, for the views: ISO 3166-1 alpha-3, Correlates of War, Gleditsch and Ward.
CREATE TABLE state (iso TEXT PRIMARY KEY, name TEXT NOT NULL, cow INTEGER, gw INTEGER) WITHOUT ROWID;

CREATE VIEW searched AS
    SELECT report.id AS id, coalesce(report.title, '') AS title, body.text AS text
    FROM report JOIN reading ON reading.report = report.id AND reading.is_live JOIN body ON body.id = reading.body;
CREATE VIRTUAL TABLE word USING fts5 (
    title, text, content = 'searched', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
