package ai.powertools.router.quality;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Kinds of words that say something about how hard a question is; each is a feature. The lists were
 * written by hand: what makes arithmetic long (rates, comparisons, shares of shares), what makes a
 * question subtle (negations, degrees, conditions), and function words, whose mix tells the kind of
 * text. Words of a subject, such as "court" or "patient", were left out: with them the trees learn
 * subjects by heart, and do worse at others.
 */
enum WordKind {
  EACH("each every per apiece rate"),
  PERCENT("percent percentage percents"),
  TIMES("times twice double doubled triple tripled thrice"),
  FRACTION(
      "half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths eighth"
          + " tenth tenths fraction ratio"),
  COMPARE("more less fewer greater older younger faster slower longer shorter taller heavier many"),
  THAN("than"),
  REMAIN("left remain remains remaining remainder remained rest"),
  TOTAL("total altogether combined together sum all"),
  MONEY(
      "cost costs price prices paid pay pays spend spends spent buy buys bought sell sells sold"
          + " earn earns earned profit discount tax salary money dollar dollars cents worth"),
  TIME("hour hours minute minutes second seconds"),
  CALENDAR(
      "day days week weeks month months year years daily weekly monday tuesday wednesday thursday"
          + " friday saturday sunday"),
  AVERAGE("average mean median probability chance likelihood"),
  SEQUENCE("then after before first next finally until last later"),
  BACKWARD("originally initially start started begin began beginning previous previously usual"),
  CONTRAST("but however except only without instead although though"),
  NUMBER_WORD(
      "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty"
          + " fifty hundred thousand million dozen"),
  IF("if"),
  CONDITION("when while because since so unless suppose assume assuming given let"),
  WHO_CLAUSE("who which that whom whose where"),
  NOT("not no never none nor neither cannot"),
  EXCEPT("except least false incorrect wrong untrue"),
  WHAT("what"),
  WHICH("which"),
  WHY("why"),
  HOW("how"),
  WHO("who"),
  WHEN("when"),
  FOLLOWING("following"),
  DEGREE("best most likely primarily mainly usually often always generally"),
  TASK("calculate find determine compute solve evaluate estimate prove derive show"),
  STATEMENT("statement statements"),
  ROUND("round rounded nearest whole integer minimum maximum exactly"),
  AGE("age ages old"),
  THE("the"),
  OF("of"),
  AND("and"),
  OR("or"),
  TO("to"),
  IN("in"),
  A("a an"),
  BE("is are was were be been being"),
  HAVE("has have had having"),
  MODAL("would should could can may might will must"),
  I("i my me we our us"),
  YOU("you your"),
  THIRD_PERSON("he she they him her his their them it its"),
  PREPOSITION("for by with on from at into about between among as");

  private static final Map<String, Set<WordKind>> KINDS = kinds();

  private final String words;

  WordKind(String words) {
    this.words = words;
  }

  /** The kinds of a word in lower case; mostly none. */
  static Set<WordKind> of(String word) {
    return KINDS.getOrDefault(word, Set.of());
  }

  private static Map<String, Set<WordKind>> kinds() {
    Map<String, Set<WordKind>> kinds = new HashMap<>();
    for (WordKind kind : values()) {
      for (String word : kind.words.split(" ", -1)) {
        kinds.computeIfAbsent(word, key -> EnumSet.noneOf(WordKind.class)).add(kind);
      }
    }
    return kinds;
  }
}
