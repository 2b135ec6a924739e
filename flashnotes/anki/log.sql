-- The review log, in order of time. :ids says where an answer's number comes from.

INSERT OR IGNORE INTO revlog
SELECT
    ms,
    :first_id + side,
    -1,
    rating,
    CASE WHEN drilling THEN -600 ELSE interval END,
    CASE kind WHEN 'drill' THEN -600 ELSE lag(interval, 1, 0) OVER (PARTITION BY side ORDER BY place) END,
    CASE
        WHEN kind IN ('learn', 'cram') THEN 0
        WHEN difficulty IS NOT NULL THEN CAST(round(100 + (difficulty - 1) / 9 * 1000) AS integer)
        ELSE min(max(coalesce(ease * 10, 2500), 1300), 65535)
    END,
    min(max(duration_ms, 0), 60000),
    CASE kind WHEN 'learn' THEN 0 WHEN 'review' THEN 1 WHEN 'cram' THEN 3 ELSE 2 END
FROM {answer}
ORDER BY ms
