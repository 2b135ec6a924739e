-- What a package is made of, before it is one: notes whose fields are HTML already, and what was learnt of each side.
-- The numbers of notes and sides begin at 0 and leave none out; the columns of a state are those of ScheduleState.

CREATE TABLE note (
    id integer PRIMARY KEY,
    guid text NOT NULL UNIQUE,  -- two notes of one guid would stay two notes in Anki for ever
    note_type integer NOT NULL,
    fields text NOT NULL,       -- HTML, between U+001F
    tags text NOT NULL,         -- between spaces
    modified integer NOT NULL   -- second since 1970
);

CREATE TABLE side (
    id integer PRIMARY KEY,
    note integer NOT NULL,
    ord integer NOT NULL,       -- template, or number of the deletion less one
    deck text NOT NULL,         -- nested with ::
    phase text NOT NULL DEFAULT 'new',
    due_day integer,            -- date.toordinal()
    due_at integer,             -- milliseconds since 1970
    interval integer,           -- days
    repetitions integer,
    lapses integer,
    step integer,               -- place in the learning steps, from 0
    ease integer,               -- whole hundredths
    stability real,
    difficulty real,
    failed_on integer,
    drilling integer,
    last_at integer,            -- milliseconds since 1970
    suspended integer,
    buried_until integer,
    flag integer DEFAULT 0
);

CREATE TABLE answer (
    side integer NOT NULL,
    place integer NOT NULL,     -- among the answers to the side, in their order
    ms integer NOT NULL,        -- since 1970
    rating integer NOT NULL,
    kind text NOT NULL,         -- a ReviewKind
    duration_ms integer NOT NULL,
    interval integer NOT NULL,  -- days planned after it
    drilling integer NOT NULL,  -- asked again on the same day
    ease integer,
    difficulty real,
    PRIMARY KEY (side, place)
) WITHOUT ROWID;
