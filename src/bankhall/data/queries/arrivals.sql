-- Arrivals by branch, service, date and slot of the branch's own clock: steps that joined the line, and counted rows.
-- A counted row longer than a slot is spread evenly over the slots that it spans.
WITH joined AS (
  SELECT s.branch_code, s.service_code, s.business_date,
         from_utc_timestamp(s.queued_at, COALESCE(n.zone, :zone)) AS joined_at
  FROM steps s
  LEFT JOIN nodes n ON n.node_code = s.branch_code
  WHERE (:branch_from = '' OR s.branch_code >= :branch_from)
    AND (:branch_until = '' OR s.branch_code <= :branch_until)
    AND s.business_date >= :first AND s.business_date <= :last
),
counted AS (
  SELECT branch_code, service_code, business_date, minutes, count AS people,
         CAST(SUBSTRING(slot_start, 1, 2) AS BIGINT) * 60 + CAST(SUBSTRING(slot_start, 4, 2) AS BIGINT) AS start_minute
  FROM arrival_counts
  WHERE (:branch_from = '' OR branch_code >= :branch_from)
    AND (:branch_until = '' OR branch_code <= :branch_until)
    AND business_date >= :first AND business_date <= :last
),
spread AS (
  SELECT branch_code, service_code, business_date, start_minute, people,
         CAST(FLOOR((minutes + :slot_minutes - 1) / :slot_minutes) AS BIGINT) AS parts,
         explode(sequence(0, CAST(FLOOR((minutes - 1) / :slot_minutes) AS BIGINT), 1)) AS part
  FROM counted
),
every_arrival AS (
  SELECT branch_code, service_code, business_date,
         CAST(FLOOR((EXTRACT(HOUR FROM joined_at) * 60 + EXTRACT(MINUTE FROM joined_at)) / :slot_minutes) AS BIGINT)
           AS slot,
         CAST(1 AS DOUBLE) AS people
  FROM joined
  UNION ALL
  SELECT branch_code, service_code, business_date,
         CAST(FLOOR(start_minute / :slot_minutes) AS BIGINT) + part AS slot,
         CAST(people AS DOUBLE) / NULLIF(parts, 0) AS people
  FROM spread
)
SELECT branch_code, service_code, business_date, slot, CAST(SUM(people) AS DOUBLE) AS arrivals
FROM every_arrival
GROUP BY branch_code, service_code, business_date, slot
ORDER BY branch_code, service_code, business_date, slot
