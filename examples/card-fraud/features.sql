-- What a payment is judged by: 26 features, one query. The same text runs over history and over each
-- payment as it comes.
--
-- Three ways of fraud leave three traces:
--   a card was copied      → the amount is out of line with what its owner usually pays;
--   a terminal was hacked  → payments on it turned out to be frauds lately;
--   a large amount         → the amount itself.
--
-- "Usual" below is the customer's mean payment: payments known to be genuine, those of the last 7 days
-- whose truth is not known yet (none counted for more than 100, so that a fraud cannot pass itself off
-- as usual), and one imaginary payment of 50 for customers who are new. "Genuine" is the same without the
-- last 7 days.
--
-- `fraud` is what is known when the payment arrives. It takes 7 days to become known, so every frame that
-- reads it ends 7 days before the payment. Stamps are whole seconds: the payments of the last 7 days
-- are those from 604,799 seconds before to 1 second before.
SELECT tx_id,

       -- The payment beside the customer's habits.
       CAST(amount AS DOUBLE) AS amount,
       CAST(amount AS DOUBLE)
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0)
            + COALESCE(CAST(SUM(LEAST(amount, 100.00)) OVER customer_7d AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + COUNT(*) OVER customer_7d + 1))
         AS amount_to_usual,
       CAST(amount AS DOUBLE)
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + 1))
         AS amount_to_genuine,
       CAST(amount AS DOUBLE)
         / ((COALESCE(CAST(SUM(amount) OVER customer_30d AS DOUBLE), 0) + 50) / (COUNT(*) OVER customer_30d + 1))
         AS amount_to_mean_30d,

       -- The customer's last days beside the same: a copied card is used more than once.
       CAST(MAX(amount) OVER customer_7d AS DOUBLE)
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0)
            + COALESCE(CAST(SUM(LEAST(amount, 100.00)) OVER customer_7d AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + COUNT(*) OVER customer_7d + 1))
         AS customer_max_7d,
       STDDEV(CAST(amount AS DOUBLE)) OVER customer_14d
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0)
            + COALESCE(CAST(SUM(LEAST(amount, 100.00)) OVER customer_7d AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + COUNT(*) OVER customer_7d + 1))
         AS customer_sd_14d,
       AVG(CAST(amount AS DOUBLE)) OVER customer_1d
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0)
            + COALESCE(CAST(SUM(LEAST(amount, 100.00)) OVER customer_7d AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + COUNT(*) OVER customer_7d + 1))
         AS customer_mean_1d,
       AVG(CAST(amount AS DOUBLE)) OVER customer_7d
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0)
            + COALESCE(CAST(SUM(LEAST(amount, 100.00)) OVER customer_7d AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + COUNT(*) OVER customer_7d + 1))
         AS customer_mean_7d,
       COUNT(*) OVER customer_1d AS customer_count_1d,
       COUNT(*) OVER customer_7d AS customer_count_7d,

       -- What became of the customer's payments a week before: a card known to be copied still is.
       COUNT(*) FILTER (WHERE fraud) OVER customer_7_14d AS customer_frauds,
       COALESCE(CAST(SUM(amount) FILTER (WHERE fraud) OVER customer_7_14d AS DOUBLE), 0)
         / ((COALESCE(CAST(SUM(amount) FILTER (WHERE NOT fraud) OVER customer_known AS DOUBLE), 0) + 50)
           / (COUNT(*) FILTER (WHERE NOT fraud) OVER customer_known + 1))
         - COUNT(*) FILTER (WHERE fraud) OVER customer_7_14d
         AS customer_fraud_excess,
       COUNT(*) FILTER (WHERE NOT fraud) OVER customer_7_14d AS customer_genuine,

       -- How long ago the terminal's last known fraud was, and its last genuine payment: which came last?
       COALESCE(EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MAX(ts) FILTER (WHERE fraud) OVER terminal_63d), 5443200)
         - COALESCE(EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MAX(ts) FILTER (WHERE NOT fraud) OVER terminal_63d), 5443200)
         AS since_fraud_less_since_genuine,
       COALESCE(EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MAX(ts) FILTER (WHERE fraud) OVER terminal_63d), 5443200)
         AS terminal_since_fraud,
       COALESCE(EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MAX(ts) FILTER (WHERE NOT fraud) OVER terminal_63d), 5443200)
         AS terminal_since_genuine,
       COALESCE(EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MIN(ts) FILTER (WHERE fraud) OVER terminal_35d), 0)
         AS terminal_since_first_fraud,

       -- The share of frauds among the terminal's payments; 0 where there were none.
       COALESCE(CAST(COUNT(*) FILTER (WHERE fraud) OVER terminal_10d AS DOUBLE)
                / NULLIF(COUNT(*) OVER terminal_10d, 0), 0) AS terminal_risk_10d,
       COALESCE(CAST(COUNT(*) FILTER (WHERE fraud) OVER terminal_14d AS DOUBLE)
                / NULLIF(COUNT(*) OVER terminal_14d, 0), 0) AS terminal_risk_14d,
       COALESCE(CAST(COUNT(*) FILTER (WHERE fraud) OVER terminal_28d AS DOUBLE)
                / NULLIF(COUNT(*) OVER terminal_28d, 0), 0) AS terminal_risk_28d,
       COUNT(*) FILTER (WHERE fraud) OVER terminal_28d AS terminal_frauds_28d,
       COUNT(*) FILTER (WHERE NOT fraud) OVER terminal_28d AS terminal_genuine_28d,

       -- Small frauds point at the terminal, large ones at the card.
       COUNT(*) FILTER (WHERE fraud AND amount <= 100.00) OVER terminal_14d AS terminal_small_frauds_14d,
       COUNT(*) FILTER (WHERE fraud AND amount <= 100.00) OVER terminal_28d AS terminal_small_frauds_28d,
       AVG(CAST(amount AS DOUBLE)) FILTER (WHERE fraud) OVER terminal_28d AS terminal_fraud_mean_28d,
       COUNT(*) FILTER (WHERE fraud) OVER terminal_28_35d AS terminal_old_frauds

FROM payments

-- customer_Nd: the customer's payments of the last N days, this one left out.
-- terminal_Nd: the terminal's payments from N days to 7 days before.
WINDOW customer_1d     AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '86399' SECOND PRECEDING AND INTERVAL '1' SECOND PRECEDING),
       customer_7d     AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '604799' SECOND PRECEDING AND INTERVAL '1' SECOND PRECEDING),
       customer_14d    AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '1209599' SECOND PRECEDING AND INTERVAL '1' SECOND PRECEDING),
       customer_30d    AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '2591999' SECOND PRECEDING AND INTERVAL '1' SECOND PRECEDING),
       customer_7_14d  AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '1209599' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       customer_known  AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '8380799' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_10d    AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '863999' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_14d    AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '1209599' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_28d    AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '2419199' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_35d    AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '3023999' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_63d    AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '5443199' SECOND PRECEDING AND INTERVAL '604800' SECOND PRECEDING),
       terminal_28_35d AS (PARTITION BY terminal_id ORDER BY ts RANGE BETWEEN INTERVAL '3023999' SECOND PRECEDING AND INTERVAL '2419200' SECOND PRECEDING)
