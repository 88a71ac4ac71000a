SELECT * FROM wanted
WHERE (:branch_code = '' OR branch_code = :branch_code) AND business_date >= :first AND business_date <= :last
