BEGIN TRANSACTION;
CREATE TABLE action (
	phase VARCHAR DEFAULT 'new' NOT NULL, 
	due_day INTEGER, 
	due_at INTEGER, 
	interval INTEGER DEFAULT '0' NOT NULL, 
	repetitions INTEGER DEFAULT '0' NOT NULL, 
	lapses INTEGER DEFAULT '0' NOT NULL, 
	step INTEGER DEFAULT '0' NOT NULL, 
	ease INTEGER, 
	stability FLOAT, 
	difficulty FLOAT, 
	failed_on INTEGER, 
	drilling INTEGER DEFAULT '0' NOT NULL, 
	last_at INTEGER, 
	suspended INTEGER DEFAULT '0' NOT NULL, 
	buried_until INTEGER, 
	flag INTEGER DEFAULT '0' NOT NULL, 
	id INTEGER NOT NULL, 
	card_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	acted_at VARCHAR NOT NULL, 
	zone_offset INTEGER NOT NULL, 
	day VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(card_id) REFERENCES card (id)
);
INSERT INTO "action" VALUES('new',NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,0,NULL,0,NULL,3,57926850969651866,'c2','flag',3,'2026-01-07T12:00:00.000Z',0,'2026-01-07','8c7ee4de-32c4-4e74-8696-7c4849c3b121');
INSERT INTO "action" VALUES('new',NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,0,NULL,0,NULL,0,57927417200659098,'deck	D','exam',739700,'2026-01-07T16:48:00.000Z',0,'2026-01-07','8c7ee4de-32c4-4e74-8696-7c4849c3b121');
CREATE TABLE card (
	phase VARCHAR DEFAULT 'new' NOT NULL, 
	due_day INTEGER, 
	due_at INTEGER, 
	interval INTEGER DEFAULT '0' NOT NULL, 
	repetitions INTEGER DEFAULT '0' NOT NULL, 
	lapses INTEGER DEFAULT '0' NOT NULL, 
	step INTEGER DEFAULT '0' NOT NULL, 
	ease INTEGER, 
	stability FLOAT, 
	difficulty FLOAT, 
	failed_on INTEGER, 
	drilling INTEGER DEFAULT '0' NOT NULL, 
	last_at INTEGER, 
	suspended INTEGER DEFAULT '0' NOT NULL, 
	buried_until INTEGER, 
	flag INTEGER DEFAULT '0' NOT NULL, 
	id VARCHAR NOT NULL, 
	path VARCHAR DEFAULT '' NOT NULL, 
	active INTEGER DEFAULT '0' NOT NULL, 
	deck VARCHAR DEFAULT '' NOT NULL, 
	place INTEGER DEFAULT '0' NOT NULL, 
	sibling VARCHAR DEFAULT '' NOT NULL, 
	kind VARCHAR DEFAULT 'basic' NOT NULL, 
	front VARCHAR DEFAULT '' NOT NULL, 
	back VARCHAR DEFAULT '' NOT NULL, 
	aliases VARCHAR DEFAULT '[]' NOT NULL, 
	tags VARCHAR DEFAULT '[]' NOT NULL, 
	source_path VARCHAR, 
	source_line INTEGER, 
	extracted VARCHAR, 
	retired INTEGER DEFAULT '0' NOT NULL, 
	anki_guid VARCHAR, 
	anki_ord INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "card" VALUES('learning',739622,NULL,1,0,1,0,250,NULL,NULL,739621,0,1767614400000,0,NULL,0,'c0','D.yaml',1,'D',0,'','basic','第 0 问','a','[]','[]',NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "card" VALUES('review',739629,NULL,6,2,0,0,250,NULL,NULL,NULL,0,1767787200000,0,NULL,0,'c1','D.yaml',1,'D',1,'','basic','第 1 问','a','[]','[]',NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "card" VALUES('new',NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,0,NULL,0,NULL,3,'c2','D.yaml',1,'D',2,'','basic','第 2 问','a','[]','[]',NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "card" VALUES('new',NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,0,NULL,0,NULL,0,'deck	D','',0,'',0,'','basic','','','[]','[]',NULL,NULL,NULL,0,NULL,NULL);
CREATE TABLE deckfile (
	path VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	sha VARCHAR NOT NULL, 
	deck VARCHAR NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "deckfile" VALUES('D.yaml',1,1,'1','D');
CREATE TABLE exported (
	card_id VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	modified INTEGER NOT NULL, 
	PRIMARY KEY (card_id)
);
CREATE TABLE home (
	id INTEGER NOT NULL, 
	uuid VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	created_at VARCHAR NOT NULL, 
	scheduler VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "home" VALUES(1,'8c7ee4de-32c4-4e74-8696-7c4849c3b121',19098,'2026-01-05T12:00:00.000Z','Sm2(repeat_below=3, longest_interval=36500, late_credit=0, fuzz=False, steps=Steps(learning=(), relearning=(), day_starts_at=4))');
CREATE TABLE review (
	phase VARCHAR DEFAULT 'new' NOT NULL, 
	due_day INTEGER, 
	due_at INTEGER, 
	interval INTEGER DEFAULT '0' NOT NULL, 
	repetitions INTEGER DEFAULT '0' NOT NULL, 
	lapses INTEGER DEFAULT '0' NOT NULL, 
	step INTEGER DEFAULT '0' NOT NULL, 
	ease INTEGER, 
	stability FLOAT, 
	difficulty FLOAT, 
	failed_on INTEGER, 
	drilling INTEGER DEFAULT '0' NOT NULL, 
	last_at INTEGER, 
	suspended INTEGER DEFAULT '0' NOT NULL, 
	buried_until INTEGER, 
	flag INTEGER DEFAULT '0' NOT NULL, 
	id INTEGER NOT NULL, 
	card_id VARCHAR NOT NULL, 
	rating INTEGER NOT NULL, 
	grade INTEGER NOT NULL, 
	reviewed_at VARCHAR NOT NULL, 
	zone_offset INTEGER NOT NULL, 
	day VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	duration_ms INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(card_id) REFERENCES card (id)
);
INSERT INTO "review" VALUES('learning',739622,NULL,1,0,1,0,250,NULL,NULL,739621,1,1767614400000,0,NULL,0,57921188659219098,'c0',1,2,'2026-01-05T12:00:00.000Z',0,'2026-01-05','learn',4000,'8c7ee4de-32c4-4e74-8696-7c4849c3b121');
INSERT INTO "review" VALUES('learning',739622,NULL,1,0,1,0,250,NULL,NULL,739621,0,1767614400000,0,NULL,0,57921216970771098,'c0',3,4,'2026-01-05T12:14:24.000Z',0,'2026-01-05','drill',3000,'8c7ee4de-32c4-4e74-8696-7c4849c3b121');
INSERT INTO "review" VALUES('review',739623,NULL,1,1,0,0,250,NULL,NULL,NULL,0,1767700800000,0,NULL,0,57924019814419098,'c1',3,4,'2026-01-06T12:00:00.000Z',0,'2026-01-06','learn',2500,'8c7ee4de-32c4-4e74-8696-7c4849c3b121');
INSERT INTO "review" VALUES('review',739629,NULL,6,2,0,0,250,NULL,NULL,NULL,0,1767787200000,0,NULL,0,57926850969619098,'c1',3,4,'2026-01-07T12:00:00.000Z',0,'2026-01-07','review',2500,'8c7ee4de-32c4-4e74-8696-7c4849c3b121');
CREATE TABLE undone (
	id INTEGER NOT NULL, 
	card_id VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	undone_at VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "undone" VALUES(57924019814419103,'c1','review','{"id": 57924019814419103, "card_id": "c1", "rating": 3, "grade": 4, "reviewed_at": "2026-01-06T12:00:00.005Z", "zone_offset": 0, "day": "2026-01-06", "kind": "review", "duration_ms": 2500, "source": "anki:1", "phase": "review", "due_day": 739628, "due_at": null, "interval": 6, "repetitions": 2, "lapses": 0, "step": 0, "ease": 250, "stability": null, "difficulty": null, "failed_on": null, "drilling": 0, "last_at": 1767700800005, "suspended": 0, "buried_until": null, "flag": 0}','2026-01-06T12:00:00.005Z','anki:1');
INSERT INTO "undone" VALUES(57926850969684634,'c2','action','{"id": 57926850969684634, "card_id": "c2", "kind": "suspend", "value": 0, "acted_at": "2026-01-07T12:00:00.000Z", "zone_offset": 0, "day": "2026-01-07", "source": "8c7ee4de-32c4-4e74-8696-7c4849c3b121", "phase": "new", "due_day": null, "due_at": null, "interval": 0, "repetitions": 0, "lapses": 0, "step": 0, "ease": null, "stability": null, "difficulty": null, "failed_on": null, "drilling": 0, "last_at": null, "suspended": 1, "buried_until": null, "flag": 3}','2026-01-07T14:24:00.000Z','8c7ee4de-32c4-4e74-8696-7c4849c3b121');
CREATE INDEX card_due ON card (due_day, id) WHERE active = 1 AND suspended = 0;
CREATE INDEX card_step ON card (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX card_new ON card (deck, place) WHERE active = 1 AND suspended = 0 AND phase = 'new';
CREATE INDEX card_drilling ON card (failed_on) WHERE drilling = 1;
CREATE INDEX card_path ON card (path);
CREATE INDEX card_sibling ON card (sibling) WHERE sibling <> '';
CREATE INDEX card_counts ON card (deck, phase, due_day, due_at, drilling, failed_on, buried_until) WHERE active = 1 AND suspended = 0;
CREATE INDEX review_day ON review (day);
CREATE INDEX review_card ON review (card_id, id);
CREATE INDEX action_card ON action (card_id, id);
CREATE VIEW wrong_state AS
WITH event AS (
    SELECT id, card_id, phase, due_day, due_at, interval, repetitions, lapses, step, ease, stability, difficulty, failed_on, drilling, last_at, suspended, buried_until, flag FROM review UNION ALL SELECT id, card_id, phase, due_day, due_at, interval, repetitions, lapses, step, ease, stability, difficulty, failed_on, drilling, last_at, suspended, buried_until, flag FROM action
)
SELECT card.id FROM card
LEFT JOIN (SELECT card_id, max(id), phase, due_day, due_at, interval, repetitions, lapses, step, ease, stability, difficulty, failed_on, drilling, last_at, suspended, buried_until, flag FROM event GROUP BY card_id) AS last
    ON last.card_id = card.id
WHERE CASE WHEN last.card_id IS NULL
    THEN (card.phase, card.due_day, card.due_at, card.interval, card.repetitions, card.lapses, card.step, card.ease, card.stability, card.difficulty, card.failed_on, card.drilling, card.last_at, card.suspended, card.buried_until, card.flag) IS NOT ('new', NULL, NULL, 0, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, 0)
    ELSE (card.phase, card.due_day, card.due_at, card.interval, card.repetitions, card.lapses, card.step, card.ease, card.stability, card.difficulty, card.failed_on, card.drilling, card.last_at, card.suspended, card.buried_until, card.flag) IS NOT (last.phase, last.due_day, last.due_at, last.interval, last.repetitions, last.lapses, last.step, last.ease, last.stability, last.difficulty, last.failed_on, last.drilling, last.last_at, last.suspended, last.buried_until, last.flag)
END;
CREATE INDEX review_from_anki ON review (card_id) WHERE source >= 'anki:' AND source < 'anki;';
PRAGMA user_version = 2;
COMMIT;
