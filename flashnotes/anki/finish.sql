-- What is done once all rows are written: answers in order of time, each at a millisecond of its own
-- (its own, or the first free one after), then the indexes.

INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)
SELECT max(at - n) OVER (ORDER BY n) + n, cid, -1, ease, ivl, lastIvl, factor, time, type
FROM (SELECT *, row_number() OVER (ORDER BY at, rowid) AS n FROM answer)
ORDER BY n;

CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
