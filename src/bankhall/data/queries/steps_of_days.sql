SELECT s.*, v.branch_code, v.business_date
FROM bare_steps s
JOIN visits v ON v.visit_id = s.visit_id
