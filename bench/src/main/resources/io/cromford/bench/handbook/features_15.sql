-- The 15 features of the published study, in the dialect. Stamps are whole seconds: (t - w, t] is a closed
-- frame of w less one second. Of two payments of a customer in one second each sees the strictly earlier ones and
-- itself; the terminal's windows end 7 days before the payment, when the truth is known.
SELECT tx_id,
       CAST(amount AS DOUBLE) AS amount,
       CASE WHEN EXTRACT(ISODOW FROM ts) IN (6, 7) THEN 1 ELSE 0 END AS weekend,
       CASE WHEN EXTRACT(HOUR FROM ts) <= 6 THEN 1 ELSE 0 END AS night,
       COUNT(*) OVER customer_1d AS customer_count_1d,
       AVG(CAST(amount AS DOUBLE)) OVER customer_1d AS customer_mean_1d,
       COUNT(*) OVER customer_7d AS customer_count_7d,
       AVG(CAST(amount AS DOUBLE)) OVER customer_7d AS customer_mean_7d,
       COUNT(*) OVER customer_30d AS customer_count_30d,
       AVG(CAST(amount AS DOUBLE)) OVER customer_30d AS customer_mean_30d,
       COUNT(*) OVER terminal_1d AS terminal_count_1d,
       COALESCE(CAST(COUNT(*) FILTER (WHERE fraud) OVER terminal_1d AS DOUBLE) / NULLIF(COUNT(*) OVER terminal_1d, 0), 0) AS terminal_risk_1d,
       COUNT(*) OVER terminal_7d AS terminal_count_7d,
       COALESCE(CAST(COUNT(*) FILTER (WHERE fraud) OVER terminal_7d AS DOUBLE) / NULLIF(COUNT(*) OVER terminal_7d, 0), 0) AS terminal_risk_7d,
       COUNT(*) OVER terminal_30d AS terminal_count_30d,
       COALESCE(CAST(COUNT(*) FILTER (WHERE fraud) OVER terminal_30d AS DOUBLE) / NULLIF(COUNT(*) OVER terminal_30d, 0), 0) AS terminal_risk_30d
FROM payments
WINDOW customer_1d  AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '86399' SECOND PRECEDING AND CURRENT ROW EXCLUDE TIES),
       customer_7d  AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '604799' SECOND PRECEDING AND CURRENT ROW EXCLUDE TIES),
       customer_30d AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '2591999' SECOND PRECEDING AND CURRENT ROW EXCLUDE TIES),
       terminal_1d  AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '691199' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_7d  AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '1209599' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_30d AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '3196799' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING)
