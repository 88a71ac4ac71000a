-- People at windows by slot and kind of window: minutes of sessions within the slot over its length.
WITH placed AS (
  SELECT w.branch_code, w.business_date, k.kind AS window_kind,
         from_utc_timestamp(w.opened_at, COALESCE(n.zone, :zone)) AS opened,
         from_utc_timestamp(w.closed_at, COALESCE(n.zone, :zone)) AS closed
  FROM window_sessions w
  JOIN windows k ON k.branch_code = w.branch_code AND k.window_code = w.window_code
  LEFT JOIN nodes n ON n.node_code = w.branch_code
  WHERE (:branch_code = '' OR w.branch_code = :branch_code)
    AND w.business_date >= :first AND w.business_date <= :last AND w.closed_at IS NOT NULL
),
spans AS (
  SELECT branch_code, business_date, window_kind,
         EXTRACT(HOUR FROM opened) * 60 + EXTRACT(MINUTE FROM opened) AS opened_minute,
         EXTRACT(HOUR FROM closed) * 60 + EXTRACT(MINUTE FROM closed) AS closed_minute
  FROM placed
),
slots AS (
  SELECT branch_code, business_date, window_kind, opened_minute, closed_minute,
         explode(sequence(CAST(FLOOR(opened_minute / :slot_minutes) AS BIGINT),
                          CAST(FLOOR(closed_minute / :slot_minutes) AS BIGINT), 1)) AS slot
  FROM spans
)
SELECT branch_code, business_date, slot, window_kind,
       CAST(SUM(CAST(LEAST(closed_minute, (slot + 1) * :slot_minutes) AS BIGINT)
                - CAST(GREATEST(opened_minute, slot * :slot_minutes) AS BIGINT)) AS DOUBLE)
         / NULLIF(:slot_minutes, 0) AS people
FROM slots
WHERE LEAST(closed_minute, (slot + 1) * :slot_minutes) > GREATEST(opened_minute, slot * :slot_minutes)
GROUP BY branch_code, business_date, slot, window_kind
ORDER BY branch_code, business_date, slot, window_kind
