-- What the records of each branch contain: since when, how many, and which times are known.
WITH kept_steps AS (
  SELECT branch_code, MIN(business_date) AS first, MAX(business_date) AS last, COUNT(*) AS steps,
         COUNT(DISTINCT business_date) AS step_days, COUNT(called_at) AS calls, COUNT(started_at) AS starts,
         COUNT(ended_at) AS ends
  FROM steps GROUP BY branch_code
),
kept_visits AS (
  SELECT branch_code, COUNT(*) AS visits,
         COUNT(*) FILTER (WHERE outcome = 'left' AND left_at IS NOT NULL) AS leavings,
         COUNT(*) FILTER (WHERE outcome = 'absent_when_called') AS absences
  FROM visits GROUP BY branch_code
),
kept_counts AS (
  SELECT branch_code, MIN(business_date) AS first, MAX(business_date) AS last, COUNT(*) AS counts,
         COUNT(DISTINCT business_date) AS count_days
  FROM arrival_counts GROUP BY branch_code
),
kept_sessions AS (
  SELECT branch_code, COUNT(*) AS sessions FROM window_sessions GROUP BY branch_code
),
branches AS (
  SELECT branch_code FROM kept_steps UNION SELECT branch_code FROM kept_counts
)
SELECT b.branch_code,
       CASE WHEN s.first IS NULL OR c.first < s.first THEN c.first ELSE s.first END AS first,
       CASE WHEN s.last IS NULL OR c.last > s.last THEN c.last ELSE s.last END AS last,
       CASE WHEN COALESCE(s.step_days, 0) > COALESCE(c.count_days, 0) THEN COALESCE(s.step_days, 0)
            ELSE COALESCE(c.count_days, 0) END AS days_known,
       COALESCE(v.visits, 0) AS visits, COALESCE(s.steps, 0) AS steps, COALESCE(s.calls, 0) AS calls,
       COALESCE(s.starts, 0) AS starts, COALESCE(s.ends, 0) AS ends, COALESCE(v.leavings, 0) AS leavings,
       COALESCE(v.absences, 0) AS absences, COALESCE(w.sessions, 0) AS sessions, COALESCE(c.counts, 0) AS counts
FROM branches b
LEFT JOIN kept_steps s ON s.branch_code = b.branch_code
LEFT JOIN kept_visits v ON v.branch_code = b.branch_code
LEFT JOIN kept_counts c ON c.branch_code = b.branch_code
LEFT JOIN kept_sessions w ON w.branch_code = b.branch_code
ORDER BY b.branch_code
