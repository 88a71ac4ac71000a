-- The steps of a branch's days.
SELECT s.visit_id, s.step_no, s.service_code, s.queued_at, s.called_at, s.started_at, s.ended_at, s.window_code,
       s.staff_no, s.outcome, s.hold_minutes
FROM steps s
JOIN visits v ON v.visit_id = s.visit_id
WHERE v.branch_code = {branch_code} AND v.business_date >= {first} AND v.business_date <= {last}
ORDER BY v.business_date, s.queued_at, s.visit_id, s.step_no
