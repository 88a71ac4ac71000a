-- The visits of a branch's days.
SELECT * FROM visits
WHERE branch_code = {branch_code} AND business_date >= {first} AND business_date <= {last}
ORDER BY business_date, arrived_at, visit_id
