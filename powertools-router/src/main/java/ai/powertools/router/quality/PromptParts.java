package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt taken apart: what is asked, and the options to choose from, where lines begin with "A.
 * ", "B) " and so on.
 *
 * @param stem what is asked
 * @param options the text of each option; none where there is nothing to choose from
 */
record PromptParts(String stem, List<String> options) {
  private static final String CUE = "Answer:";

  /** The options are those of the last list that begins with A and has at least two. */
  static PromptParts of(String prompt) {
    String text = prompt.strip();
    if (text.endsWith(CUE)) {
      text = text.substring(0, text.length() - CUE.length()).strip();
    }
    List<Integer> starts = new ArrayList<>();
    for (int line = 0; line >= 0; line = nextLine(text, line)) {
      if (isOption(text, line, 'A')) {
        starts.clear();
        starts.add(line);
      } else if (!starts.isEmpty() && isOption(text, line, (char) ('A' + starts.size()))) {
        starts.add(line);
      }
    }
    return starts.size() < 2 ? new PromptParts(text, List.of()) : parts(text, starts);
  }

  private static PromptParts parts(String text, List<Integer> starts) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      options.add(text.substring(starts.get(i) + 2, end).strip());
    }
    return new PromptParts(text.substring(0, starts.get(0)).strip(), options);
  }

  private static int nextLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? -1 : end + 1;
  }

  private static boolean isOption(String text, int at, char letter) {
    return at + 2 < text.length()
        && text.charAt(at) == letter
        && (text.charAt(at + 1) == '.' || text.charAt(at + 1) == ')')
        && text.charAt(at + 2) == ' ';
  }
}
