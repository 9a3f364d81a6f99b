package io.cromford.intake;

import io.cromford.intake.OutcomeQueue.Pending;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Outcomes by the time they are due. What is put in behind all others costs no search, and files
/// are mostly in order; the rest goes through a heap.
final class Schedule {
  private final ArrayDeque<Pending> inOrder = new ArrayDeque<>();
  private final PriorityQueue<Pending> others = new PriorityQueue<>();

  int size() {
    return inOrder.size() + others.size();
  }

  void add(Pending pending) {
    Pending last = inOrder.peekLast();
    if (last == null || last.compareTo(pending) < 0) {
      inOrder.addLast(pending);
    } else {
      others.add(pending);
    }
  }

  @Nullable Pending peek() {
    Pending first = inOrder.peekFirst();
    Pending other = others.peek();
    if (first == null || other == null) {
      return first == null ? other : first;
    }
    return first.compareTo(other) < 0 ? first : other;
  }

  Pending remove() {
    Pending head = peek();
    return head == inOrder.peekFirst() ? inOrder.removeFirst() : others.remove();
  }
}
