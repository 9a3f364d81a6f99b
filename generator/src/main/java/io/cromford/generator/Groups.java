package io.cromford.generator;

/// The members of each group, in ascending order: group g holds all i with `groupOf[i] == g`.
final class Groups {
  private final int[] starts;
  private final int[] members;

  Groups(int[] groupOf, int groups) {
    starts = new int[groups + 1];
    for (int group : groupOf) {
      starts[group + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      starts[g + 1] += starts[g];
    }
    int[] next = starts.clone();
    members = new int[groupOf.length];
    for (int i = 0; i < groupOf.length; i++) {
      members[next[groupOf[i]]++] = i;
    }
  }

  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  int member(int group, int position) {
    return members[starts[group] + position];
  }
}
