package ai.powertools.router.extractive;

/** Texts to work on, written for these tests. */
final class Texts {
  /** A handbook in Markdown, with everything that has to be read or left out. */
  static final String HANDBOOK =
      """
      ---
      title: Handbook
      ---
      # The Tide Mill of Ferring

      The tide mill of Ferring has ground flour with the sea since 1742. Twice a day the flood fills
      a pond behind the dam, and twice a day the miller lets it out through the wheel. The mill
      grinds for about four hours on each tide, whatever the weather.

      ![The wheel](images/wheel.jpg) The wheel is made of oak. See [the plans](plans/wheel.pdf) for
      its measures, or ask **Dr. Amelia Hart**, who drew them in 1998.

      ## Opening hours

      | season | days           | hours         |
      |--------|----------------|---------------|
      | summer | every day      | 9.30 to 17.00 |
      | winter | Saturdays only | 10.00 to 15.00 |

      Groups of more than ten visitors must book two weeks ahead. A guided tour takes 45 minutes and
      costs £3.50 a head; children under six go free.

      ## Refunds

      You get your money back until 48 hours before the visit, e.g. by letter or telephone. After
      that we can only offer another day. If a storm closes the mill, every ticket is refunded in
      full.

      ```java
      throw new IllegalStateException("This line of code is not a sentence.");
      ```

      ## How to grind

      1. Close the sluice at high water and wait until the pond stands still.
      2. Open the wheel gate slowly, never more than a hand's width at first.
      3. Feed the stones with dry grain only.

      - [x] Grease the bearings of the wheel every Monday.
      - [ ] Check the dam for leaks after every spring tide.

      > "The sea works for nothing," the old miller used to say. "But it keeps its own hours."

      <!-- A comment that nobody should read. -->
      The mill belongs to the parish. It is kept by volunteers and by the flour that it sells.

      [plans]: plans/wheel.pdf
      """;

  /** A plain text: a report with a thread, and two sentences that have nothing to do with it. */
  static final String REPORT =
      """
      The ferry company lost its night service to the islands this spring. The night service to the
      islands had carried freight and nurses for thirty years. Without the night service, fresh milk
      reaches the islands only at noon. My cousin collects stamps.

      The council asked the ferry company to restore the night service before winter. The ferry
      company answered that the night service needs a second crew, which it cannot pay. The council
      offered to pay half of the cost of a second crew for one year.

      Islanders fear that a year is too short to plan for. A nurse who needs the night service said
      that she would rather move to the mainland. Blue is a colour. The council and the ferry company
      will meet again in May to decide on the second crew.
      """;

  static final String CHINESE =
      "潮汐磨坊建于一七四二年。每天涨潮两次，水流入坝后的池塘。磨坊主打开水闸，水轮就转动起来！" + "夏天每天开放吗？夏天每天九点半开放。冬天只在星期六开放。门票可以在参观前两天退款。";

  static final String GERMAN =
      """
      Die Gezeitenmühle mahlt seit 1742 mit der Kraft der Flut. Zweimal am Tag füllt das Meer den
      Teich hinter dem Damm. Der Müller öffnet dann langsam das Tor zum Rad. Im Winter ist die Mühle
      nur samstags geöffnet. Der Eintritt kostet für Erwachsene 3,50 Euro. Kinder bis sechs Jahre
      zahlen keinen Eintritt.
      """;

  private Texts() {}
}
