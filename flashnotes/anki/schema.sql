-- The tables of Anki's legacy collection, schema 11: names, order and types are what its importer reads.
-- A collection is one row of col; a note has fields, its cards have schedules, revlog has one row an answer.

CREATE TABLE col (
    id integer PRIMARY KEY,
    crt integer NOT NULL,       -- creation: seconds, the start of the day that due days count from
    mod integer NOT NULL,       -- milliseconds
    scm integer NOT NULL,       -- schema changed: milliseconds
    ver integer NOT NULL,
    dty integer NOT NULL,
    usn integer NOT NULL,
    ls integer NOT NULL,
    conf text NOT NULL,         -- this and the next four are JSON
    models text NOT NULL,
    decks text NOT NULL,
    dconf text NOT NULL,
    tags text NOT NULL
);

CREATE TABLE notes (
    id integer PRIMARY KEY,     -- milliseconds
    guid text NOT NULL,         -- the identity
    mid integer NOT NULL,       -- note type
    mod integer NOT NULL,       -- content changed: seconds
    usn integer NOT NULL,
    tags text NOT NULL,         -- between spaces
    flds text NOT NULL,         -- between U+001F
    sfld integer NOT NULL,      -- sort field: text, or a number so that numbers sort as such
    csum integer NOT NULL,
    flags integer NOT NULL,
    data text NOT NULL
);

CREATE TABLE cards (
    id integer PRIMARY KEY,
    nid integer NOT NULL,
    did integer NOT NULL,
    ord integer NOT NULL,       -- template, or cloze number less one
    mod integer NOT NULL,
    usn integer NOT NULL,
    type integer NOT NULL,      -- 0 new, 1 learning, 2 review, 3 relearning
    queue integer NOT NULL,     -- as type; 3 learning on another day, -1 suspended, -2 buried
    due integer NOT NULL,       -- position (new), seconds (learning), days since crt (review)
    ivl integer NOT NULL,       -- days
    factor integer NOT NULL,    -- permille
    reps integer NOT NULL,
    lapses integer NOT NULL,
    left integer NOT NULL,
    odue integer NOT NULL,
    odid integer NOT NULL,
    flags integer NOT NULL,
    data text NOT NULL
);

CREATE TABLE revlog (
    id integer PRIMARY KEY,     -- milliseconds of the answer
    cid integer NOT NULL,
    usn integer NOT NULL,
    ease integer NOT NULL,      -- the button, 1 to 4
    ivl integer NOT NULL,       -- days, or seconds below zero
    lastIvl integer NOT NULL,
    factor integer NOT NULL,
    time integer NOT NULL,      -- milliseconds spent
    type integer NOT NULL       -- 0 learn, 1 review, 2 relearn, 3 cram
);

CREATE TABLE graves (
    usn integer NOT NULL,
    oid integer NOT NULL,
    type integer NOT NULL
);

CREATE TEMP TABLE deck (name text PRIMARY KEY, id integer NOT NULL) WITHOUT ROWID;
