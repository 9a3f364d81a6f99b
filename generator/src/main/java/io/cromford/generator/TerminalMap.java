package io.cromford.generator;

import java.util.Arrays;

/// Terminals on a plane, found by a grid whose cells are as wide as the search radius: a search
/// looks at nine cells.
final class TerminalMap {
  private final double radius;
  private final int cellsPerSide;
  private final double cellSide;
  private final double[] x;
  private final double[] y;
  private final Groups byCell;

  private TerminalMap(double side, double radius, double[] x, double[] y) {
    this.radius = radius;
    this.cellsPerSide = Math.max(1, (int) Math.min(1_000, side / radius));
    this.cellSide = side / cellsPerSide;
    this.x = x;
    this.y = y;
    int[] cells = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      cells[i] = cell(x[i], y[i]);
    }
    this.byCell = new Groups(cells, cellsPerSide * cellsPerSide);
  }

  static TerminalMap random(CardPayments.Population population, Draws draws) {
    double[] x = new double[population.terminals()];
    double[] y = new double[population.terminals()];
    for (int i = 0; i < x.length; i++) {
      x[i] = draws.uniform(0, population.side());
      y[i] = draws.uniform(0, population.side());
    }
    return new TerminalMap(population.side(), population.radius(), x, y);
  }

  /// The terminals nearer than the radius, in ascending order.
  int[] near(double atX, double atY) {
    int[] found = new int[16];
    int count = 0;
    int column = (int) (atX / cellSide);
    int line = (int) (atY / cellSide);
    for (int l = Math.max(0, line - 1); l <= Math.min(cellsPerSide - 1, line + 1); l++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(cellsPerSide - 1, column + 1); c++) {
        int cell = l * cellsPerSide + c;
        for (int i = 0; i < byCell.size(cell); i++) {
          int terminal = byCell.member(cell, i);
          if (isNear(terminal, atX, atY)) {
            found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
            found[count++] = terminal;
          }
        }
      }
    }
    int[] near = Arrays.copyOf(found, count);
    Arrays.sort(near);
    return near;
  }

  private int cell(double atX, double atY) {
    int line = (int) (atY / cellSide);
    int column = (int) (atX / cellSide);
    return line * cellsPerSide + column;
  }

  private boolean isNear(int terminal, double atX, double atY) {
    double dx = x[terminal] - atX;
    double dy = y[terminal] - atY;
    return dx * dx + dy * dy < radius * radius;
  }
}
