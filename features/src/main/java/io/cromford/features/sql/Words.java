package io.cromford.features.sql;

import java.util.Set;

/// The words that name nothing unless they are quoted.
final class Words {
  /// Reserved in DuckDB or in this grammar.
  static final Set<String> RESERVED =
      Set.of(
          ("ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BETWEEN BOTH CASE CAST CHECK COLLATE"
                  + " COLUMN CONSTRAINT CREATE CROSS DEFAULT DEFERRABLE DESC DESCRIBE DISTINCT DO"
                  + " ELSE END EXCEPT EXISTS EXTRACT FALSE FETCH FOR FOREIGN FROM FULL GROUP HAVING"
                  + " IN INITIALLY INNER INTERSECT INTERVAL INTO IS JOIN LAMBDA LATERAL LEADING LEFT"
                  + " LIKE LIMIT NATURAL NOT NULL OFFSET ON ONLY OR ORDER OUTER OVER PIVOT"
                  + " PIVOT_LONGER PIVOT_WIDER PLACING PRIMARY QUALIFY REFERENCES RETURNING RIGHT"
                  + " SELECT SHOW SOME SUMMARIZE SYMMETRIC TABLE THEN TO TRAILING TRUE UNION UNIQUE"
                  + " UNPIVOT USING VARIADIC WHEN WHERE WINDOW WITH")
              .split(" "));

  private Words() {}

  static boolean isName(Token token) {
    return token.kind() == Token.Kind.QUOTED
        || (token.kind() == Token.Kind.WORD && !RESERVED.contains(token.word()));
  }
}
