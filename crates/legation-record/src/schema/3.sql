-- Version 3: what is looked up for finding copies and events lies together by time, so that a batch touches few pages of a
-- large record. A hash begins with its period of 32 days, in the upper 24 of 64 bits; claims are filed anew by the program,
-- their hashes beginning with the month.
CREATE TABLE band_by_time (
    hash INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (hash, day, report)
) WITHOUT ROWID;
INSERT INTO band_by_time (hash, day, report)
    SELECT DISTINCT ((day / 32) << 40) | ((hash >> 24) & 0xFFFFFFFFFF), day, report FROM band;
DROP TABLE band;
ALTER TABLE band_by_time RENAME TO band;
