-- What an event is judged by: one query, the same over history and over each event as it comes.
-- Add a line, then `cromford check .`: what the dialect does not take is refused with a reason.
--
-- A frame that ends at the current row says EXCLUDE TIES: what is strictly earlier, and the row itself.
-- A frame that reads the outcome (`fraud`) has to end where it is known: 7 days before.
SELECT tx_id,
       CAST(amount AS DOUBLE)                            AS amount,
       EXTRACT(HOUR FROM ts)                             AS hour,
       COUNT(*) OVER customer_1d                         AS customer_count_1d,
       AVG(CAST(amount AS DOUBLE)) OVER customer_30d     AS customer_mean_30d,
       COUNT(*) OVER terminal_30d                        AS terminal_count_30d,
       COUNT(*) FILTER (WHERE fraud) OVER terminal_30d   AS terminal_frauds_30d
FROM payments
WINDOW customer_1d  AS (PARTITION BY customer_id ORDER BY ts
                        RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES),
       customer_30d AS (PARTITION BY customer_id ORDER BY ts
                        RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES),
       terminal_30d AS (PARTITION BY terminal_id ORDER BY ts
                        RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND INTERVAL '7' DAY PRECEDING)
