-- What customers of a block of the day met: arrivals, how their lines ended, waits, and the promise.
-- An arrival breaks the promise when its time in line passed it, whatever became of it (unknown ends: not counted).
WITH placed AS (
  SELECT s.branch_code, s.business_date, s.service_code, p.wait_minutes AS promised,
         from_utc_timestamp(s.queued_at, COALESCE(n.zone, :zone)) AS joined_at,
         CASE WHEN v.outcome = 'left' AND s.called_at IS NULL THEN 'left'
              WHEN s.called_at IS NOT NULL AND s.started_at IS NULL
                   AND (s.outcome = 'gave_up' OR v.outcome = 'absent_when_called') THEN 'absent'
              WHEN s.called_at IS NOT NULL OR s.started_at IS NOT NULL THEN 'served'
              ELSE 'unknown' END AS line_end,
         CASE WHEN v.outcome = 'left' AND s.called_at IS NULL
              THEN CAST(unix_micros(v.left_at) - unix_micros(s.queued_at) AS DOUBLE) / 60000000
              ELSE CAST(unix_micros(COALESCE(s.called_at, s.started_at)) - unix_micros(s.queued_at) AS DOUBLE)
                   / 60000000 END AS wait
  FROM steps s
  JOIN visits v ON v.visit_id = s.visit_id
  LEFT JOIN nodes n ON n.node_code = s.branch_code
  LEFT JOIN promised p ON p.branch_code = s.branch_code AND p.service_code = s.service_code
                      AND p.business_date = s.business_date
  WHERE (:branch_code = '' OR s.branch_code = :branch_code)
    AND s.business_date >= :first AND s.business_date <= :last
),
blocks AS (
  SELECT branch_code, business_date, service_code, promised, line_end, wait,
         CAST(FLOOR((EXTRACT(HOUR FROM joined_at) * 60 + EXTRACT(MINUTE FROM joined_at)) / :block_minutes) AS BIGINT)
           * :block_minutes AS block_start
  FROM placed
),
doubled AS (
  SELECT branch_code, service_code, business_date, block_start, promised, line_end, wait FROM blocks
  UNION ALL
  SELECT branch_code, '' AS service_code, business_date, block_start, promised, line_end, wait FROM blocks
)
SELECT branch_code, service_code, business_date, block_start,
       COUNT(*) AS arrivals,
       COUNT(*) FILTER (WHERE line_end = 'served') AS called,
       COUNT(*) FILTER (WHERE line_end = 'left') AS left_line,
       COUNT(*) FILTER (WHERE line_end = 'absent') AS absent,
       COUNT(*) FILTER (WHERE line_end <> 'unknown' AND promised IS NOT NULL) AS judged,
       COUNT(*) FILTER (WHERE line_end <> 'unknown' AND promised IS NOT NULL AND wait <= promised) AS kept,
       PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY CASE WHEN line_end = 'served' THEN wait END) AS wait_p50,
       PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY CASE WHEN line_end = 'served' THEN wait END) AS wait_p90
FROM doubled
GROUP BY branch_code, service_code, business_date, block_start
ORDER BY branch_code, service_code, business_date, block_start
