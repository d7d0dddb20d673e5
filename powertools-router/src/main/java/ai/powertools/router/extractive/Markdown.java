package ai.powertools.router.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a document as a person would: paragraphs, headings, list items and rows of tables, without
 * their marks. Fenced code is left out, since a line of code is no sentence; so are front matter,
 * comments and definitions of links. Indented text is text: in a plain file it is seldom code. A
 * plain text is read as paragraphs parted by blank lines.
 */
final class Markdown {
  private static final Pattern HEADING = Pattern.compile("#{1,6}(?:\\s+(.*))?");
  private static final Pattern CLOSING_MARKS = Pattern.compile("\\s#+$");
  private static final Pattern BULLET = Pattern.compile("[-*+•]\\s+(\\S.*)");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,3})[.)]\\s+(\\S.*)");
  private static final Pattern TASK = Pattern.compile("\\[[ xX]]\\s+(.*)");
  private static final Pattern UNDERLINE = Pattern.compile("={2,}|-{2,}");
  private static final Pattern DEFINITION = Pattern.compile("\\[[^\\]]{1,200}]:\\s*\\S.*");
  private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

  /** A title of more lines than this is a paragraph above a rule. */
  private static final int LONGEST_TITLE = 200;

  private final Lines lines;
  private final List<Block> blocks = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private Block.Kind kind = Block.Kind.PROSE;
  private String heading = "";

  /** The number of the line that was read as a row last. */
  private int lastRow = -1;

  private Markdown(String text) {
    this.lines = new Lines(text);
  }

  static List<Block> blocks(String text) {
    Markdown markdown = new Markdown(text);
    markdown.lines.skipFrontMatter();
    while (markdown.lines.hasNext()) {
      markdown.read(markdown.lines.next());
    }
    markdown.close();
    return markdown.blocks;
  }

  private void read(String raw) {
    String line = Lines.unquoted(raw);
    if (line.isEmpty()) {
      close();
    } else if (lines.skipFence(line)) {
      close();
    } else if (isUnderline(line)) {
      kind = Block.Kind.HEADING;
      close();
    } else if (isRule(line) || DEFINITION.matcher(line).matches()) {
      close();
    } else if (!readHeading(line) && !readItem(line) && !readRow(line)) {
      append(line);
      if (raw.endsWith("  ") || raw.endsWith("\\")) {
        close(); // a line that its author broke
      }
    }
  }

  private boolean isUnderline(String line) {
    return kind == Block.Kind.PROSE
        && open.length() > 0
        && open.length() <= LONGEST_TITLE
        && UNDERLINE.matcher(line).matches();
  }

  private boolean readHeading(String line) {
    Matcher found = HEADING.matcher(line);
    if (!found.matches()) {
      return false;
    }
    close();
    String title = found.group(1) == null ? "" : found.group(1);
    add(Block.Kind.HEADING, CLOSING_MARKS.matcher(title).replaceFirst(""));
    return true;
  }

  private boolean readItem(String line) {
    Matcher bullet = BULLET.matcher(line);
    Matcher number = NUMBER.matcher(line);
    String item;
    if (bullet.matches()) {
      item = bullet.group(1);
    } else if (number.matches() && mayInterrupt(number.group(1))) {
      item = number.group(2);
    } else {
      return false;
    }
    close();
    Matcher task = TASK.matcher(item);
    append(task.matches() ? task.group(1) : item);
    kind = Block.Kind.ITEM;
    return true;
  }

  /** A line of a paragraph may begin with a number by accident, but seldom with 1. */
  private boolean mayInterrupt(String number) {
    return open.length() == 0 || kind == Block.Kind.ITEM || number.equals("1");
  }

  private boolean readRow(String line) {
    boolean goesOn = lastRow == lines.number() - 1;
    boolean begins = line.startsWith("|") || isDelimiters(Lines.unquoted(lines.peek()));
    if (line.indexOf('|') < 0 || !(begins || goesOn)) {
      return false;
    }
    close();
    lastRow = lines.number();
    if (!isDelimiters(line)) {
      List<String> cells = new ArrayList<>();
      for (String cell : CELL_BORDER.split(line, -1)) {
        if (!cell.isBlank()) {
          cells.add(cell.strip());
        }
      }
      add(Block.Kind.ROW, String.join(" | ", cells));
    }
    return true;
  }

  private static boolean isDelimiters(String line) {
    return line.indexOf('|') >= 0 && line.indexOf('-') >= 0 && isMadeOf("|:-", line);
  }

  private static boolean isRule(String line) {
    char mark = line.charAt(0);
    return (mark == '-' || mark == '*' || mark == '_')
        && isMadeOf(String.valueOf(mark), line)
        && line.chars().filter(c -> c == mark).count() >= 3;
  }

  /** Not by a pattern: those take their time, or the whole stack, on a line of a megabyte. */
  private static boolean isMadeOf(String marks, String line) {
    return line.chars().allMatch(c -> marks.indexOf(c) >= 0 || Character.isWhitespace(c));
  }

  private void append(String line) {
    if (open.length() > 0) {
      open.append(' ');
    }
    open.append(line);
  }

  private void close() {
    if (open.length() > 0) {
      add(kind, open.toString());
      open.setLength(0);
    }
    kind = Block.Kind.PROSE;
  }

  private void add(Block.Kind what, String text) {
    String plain = oneLine(Inline.plain(text));
    if (plain.isEmpty()) {
      return;
    }
    if (what == Block.Kind.HEADING) {
      heading = plain;
    }
    blocks.add(new Block(what, plain, what == Block.Kind.HEADING ? "" : heading));
  }

  /** Every run of white space as one space. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        line.append(c);
      } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.toString().strip();
  }
}
