-- The rows of a collection, made of the attached database `ready`. Statements end at a line of their own.
-- :first_id is the number of the first note and card, :first_day and :created say which day due days count from
-- (created: milliseconds at which that day begins), :today and :now (seconds) are those of the export. The steps
-- and what FSRS goes by are the person's settings.

INSERT INTO notes
SELECT
    :first_id + id,
    guid,
    note_type,
    modified,
    -1,
    tags,
    fields,
    -- Most fronts are words already.
    CASE WHEN front GLOB '*[<&]*' THEN words(front) ELSE front END,
    checksum(front),
    0,
    ''
FROM (SELECT *, substr(fields, 1, instr(fields, char(31)) - 1) AS front FROM ready.note)
ORDER BY id
;
INSERT INTO cards
WITH log AS (
    SELECT side, count(*) AS answers, max(ms) FILTER (WHERE kind <> 'cram') AS answered_at
    FROM ready.answer GROUP BY side
), placed AS (
    SELECT *,
        CASE
            WHEN phase = 'new' OR coalesce(due_day, due_at) IS NULL THEN 0
            WHEN due_at IS NULL AND NOT (drilling AND failed_on IS :today) THEN 2
            WHEN phase = 'learning' THEN 1
            ELSE 3
        END AS type,
        (due_at - :created) / 86400000 AS step_day
    FROM ready.side
)
SELECT
    :first_id + side.id,
    :first_id + side.note,
    deck.id,
    side.ord,
    note.modified,
    -1,
    type,
    CASE
        WHEN suspended THEN -1
        WHEN buried_until > :today THEN -2
        WHEN type IN (0, 2) THEN type
        WHEN due_at IS NOT NULL AND step_day > :today - :first_day THEN 3
        ELSE 1
    END,
    CASE
        WHEN type = 0 THEN side.id + 1
        WHEN type = 2 THEN due_day - :first_day
        WHEN due_at IS NULL THEN :now
        WHEN step_day > :today - :first_day THEN step_day
        ELSE due_at / 1000
    END,
    CASE WHEN type = 0 OR type = 1 AND NOT interval THEN 0 ELSE min(max(interval, 1), 36500) END,
    -- Zero would pass, and ruin Anki's own SM-2: a card without an ease gets the ease of a new one.
    CASE
        WHEN type = 0 OR type = 1 AND NOT interval THEN 0
        ELSE min(max(coalesce(ease * 10, 2500), 1300), 65535)
    END,
    CASE type WHEN 0 THEN 0 ELSE coalesce(answers, repetitions + lapses) END,
    CASE type WHEN 0 THEN 0 ELSE lapses END,
    1001 * CASE type
        WHEN 1 THEN max(:learning_steps - step, 1)
        WHEN 3 THEN max(:relearning_steps - step, 1)
        ELSE 0
    END,
    0,
    0,
    flag,
    CASE
        WHEN type = 0 THEN '{}'
        ELSE '{' || rtrim(
            CASE
                WHEN stability IS NULL THEN ''
                ELSE printf(
                    '"s":%.4f,"d":%.3f,"dr":%.2f,"decay":%.4f,', stability, difficulty, :desired_retention, :decay
                )
            END
            || coalesce('"lrt":' || (coalesce(answered_at, last_at) / 1000), ''),
            ','
        ) || '}'
    END
FROM placed AS side
JOIN ready.note ON note.id = side.note
JOIN temp.deck ON deck.name = side.deck
LEFT JOIN log ON log.side = side.id
ORDER BY side.id
;
