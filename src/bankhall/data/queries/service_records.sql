-- One row a step, for fitting: how long in line, how the line ended, how long at the window.
-- A line ends at the call, at the seen leaving, or at the call that found nobody.
WITH placed AS (
  SELECT s.visit_id, s.step_no, s.branch_code, s.business_date, s.service_code, s.staff_no,
         s.queued_at, s.called_at, s.started_at, s.ended_at,
         from_utc_timestamp(s.queued_at, COALESCE(n.zone, :zone)) AS joined_at,
         CASE
           WHEN v.outcome = 'left' AND s.called_at IS NULL THEN 'left'
           WHEN s.outcome = 'gave_up' AND s.called_at IS NOT NULL AND s.started_at IS NULL THEN 'absent'
           WHEN v.outcome = 'absent_when_called' AND s.called_at IS NOT NULL AND s.started_at IS NULL THEN 'absent'
           WHEN s.called_at IS NOT NULL OR s.started_at IS NOT NULL THEN 'served'
           ELSE 'unknown'
         END AS line_end,
         CASE WHEN v.outcome = 'left' AND s.called_at IS NULL THEN v.left_at
              ELSE COALESCE(s.called_at, s.started_at) END AS line_ended_at
  FROM steps s
  JOIN visits v ON v.visit_id = s.visit_id
  LEFT JOIN nodes n ON n.node_code = s.branch_code
  WHERE (:branch_code = '' OR s.branch_code = :branch_code)
    AND s.business_date >= :first AND s.business_date <= :last
)
SELECT branch_code, business_date, service_code, staff_no,
       CAST(EXTRACT(HOUR FROM joined_at) * 60 + EXTRACT(MINUTE FROM joined_at) AS BIGINT) AS queued_minute,
       CAST(unix_micros(line_ended_at) - unix_micros(queued_at) AS DOUBLE) / 60000000 AS wait_minutes,
       CAST(unix_micros(ended_at) - unix_micros(started_at) AS DOUBLE) / 60000000 AS service_minutes,
       line_end
FROM placed
ORDER BY branch_code, business_date, queued_at, visit_id, step_no
