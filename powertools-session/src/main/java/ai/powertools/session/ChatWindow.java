package ai.powertools.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Which entries of a log are the messages of a conversation, in their order.
 *
 * @param ranges of their numbers
 */
record ChatWindow(List<Range> ranges) {
  static final ChatWindow EMPTY = new ChatWindow(List.of());

  /** Copies them. */
  ChatWindow {
    ranges = List.copyOf(ranges);
  }

  /** From one number to another, both included. */
  record Range(long from, long to) {}

  static ChatWindow of(List<Long> numbers) {
    List<Range> ranges = new ArrayList<>();
    for (long number : numbers) {
      Range last = ranges.isEmpty() ? new Range(0, -1) : ranges.get(ranges.size() - 1);
      if (!ranges.isEmpty() && number == last.to() + 1) {
        ranges.set(ranges.size() - 1, new Range(last.from(), number));
      } else {
        ranges.add(new Range(number, number));
      }
    }
    return new ChatWindow(ranges);
  }

  List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    for (Range range : ranges) {
      for (long number = range.from(); number <= range.to(); number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** The lowest number; there must be one. */
  long lowest() {
    return ranges.stream().mapToLong(Range::from).min().orElseThrow();
  }

  /** The number behind the widest gap between two that follow each other in size. */
  long behindLargestGap() {
    List<Long> sorted = numbers().stream().sorted().toList();
    long widest = 0;
    long behind = lowest();
    for (int i = 1; i < sorted.size(); i++) {
      long gap = sorted.get(i) - sorted.get(i - 1);
      if (gap > widest) {
        widest = gap;
        behind = sorted.get(i);
      }
    }
    return behind;
  }
}
