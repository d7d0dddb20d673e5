package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each day cost, as stacked bars: the dearest models, and the others together.
 *
 * <p>The drawing has no size of its own: what goes across is in percent and what goes up in pixels,
 * so that its letters are as large on a phone as on a screen.
 */
final class DailyChart {
  /** How many models have a colour of their own, beside the one of all others. */
  private static final int MODELS = 4;

  private static final double TOP = 12;
  private static final double HEIGHT = 180;
  private static final double BASE = TOP + HEIGHT;
  private static final double BAR = 0.78;
  private static final double PERCENT = 100;
  private static final int DAYS_A_LABEL = 7;

  private final List<TrendPoint> days;
  private final List<Series> series;
  private final Axis axis;
  private final int width;

  DailyChart(MonthlyReport report) {
    days = report.daily();
    series = series(report);
    width = report.month().lengthOfMonth();
    axis = new Axis(largest());
  }

  void drawOn(Markup page) {
    page.raw("<figure><figcaption>By day and model</figcaption><div class=\"chart\">");
    page.raw("<svg class=\"scale\" width=\"64\" height=\"216\" aria-hidden=\"true\">");
    for (BigDecimal tick : axis.ticks()) {
      page.raw(tag("<text x=\"58\" y=\"%.1f\" text-anchor=\"end\">", y(tick) + 4))
          .text(Money.label(tick, 0))
          .raw("</text>");
    }
    page.raw("</svg><svg class=\"plot\" height=\"216\" role=\"img\" aria-labelledby=\"daily\">");
    page.element("title id=\"daily\"", summary());
    for (BigDecimal tick : axis.ticks()) {
      page.raw(tag("<line x1=\"0\" x2=\"100%%\" y1=\"%1$.1f\" y2=\"%1$.1f\"/>", y(tick)));
    }
    for (int day = 0; day < days.size(); day++) {
      bar(page, day);
    }
    for (int day = 0; day < width; day += DAYS_A_LABEL) {
      page.raw(
          tag(
              "<text x=\"%.2f%%\" y=\"%.0f\" text-anchor=\"middle\">%d</text>",
              PERCENT * (day + 0.5) / width, BASE + 18, day + 1));
    }
    page.raw("</svg></div><ul class=\"legend\">");
    for (int i = 0; i < series.size(); i++) {
      page.raw("<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">")
          .raw(tag("<rect class=\"c%d\" width=\"12\" height=\"12\"/></svg> <bdi>", i))
          .text(series.get(i).name())
          .raw("</bdi></li>");
    }
    page.raw("</ul></figure>");
  }

  private void bar(Markup page, int day) {
    LocalDate date = days.get(day).start();
    page.raw("<g>")
        .element("title", MonthName.of(date) + ": " + new Money(days.get(day).totals().cost()));
    double below = 0;
    for (int i = 0; i < series.size(); i++) {
      double cost = Math.max(0, series.get(i).costs().get(day).approximately());
      if (cost > 0) {
        double bottom = BASE - HEIGHT * axis.along(below);
        below += cost;
        double top = BASE - HEIGHT * axis.along(below);
        page.raw(
            tag(
                "<rect class=\"c%d\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.2f\" height=\"%.2f\"/>",
                i,
                PERCENT * (day + (1 - BAR) / 2) / width,
                PERCENT * BAR / width,
                top,
                bottom - top));
      }
    }
    page.raw("</g>");
  }

  private String summary() {
    TrendPoint dearest = days.get(0);
    for (TrendPoint day : days) {
      dearest = day.totals().cost().compareTo(dearest.totals().cost()) > 0 ? day : dearest;
    }
    return "What each day cost. The dearest was %s with %s."
        .formatted(MonthName.of(dearest.start()), new Money(dearest.totals().cost()));
  }

  private double y(BigDecimal tick) {
    return BASE - HEIGHT * axis.along(tick.doubleValue());
  }

  private BigDecimal largest() {
    BigDecimal largest = BigDecimal.ZERO;
    for (int day = 0; day < days.size(); day++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (Series one : series) {
        sum = sum.add(one.costs().get(day).toBigDecimal().max(BigDecimal.ZERO));
      }
      largest = largest.max(sum);
    }
    return largest;
  }

  private static List<Series> series(MonthlyReport report) {
    ReportSection models = new ReportSection(Attributes.MODEL, report.byModel());
    List<Series> series = new ArrayList<>();
    List<Usd> rest = report.daily().stream().map(day -> day.totals().cost()).toList();
    for (Breakdown model : models.top(MODELS)) {
      List<TrendPoint> points = report.dailyByModel().getOrDefault(model.value(), List.of());
      Series one =
          new Series(
              ReportSection.name(model), points.stream().map(at -> at.totals().cost()).toList());
      series.add(one);
      rest = one.takenFrom(rest);
    }
    List<Usd> left = rest;
    models.others(MODELS).ifPresent(others -> series.add(new Series(others.value(), left)));
    return series;
  }

  private static String tag(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private record Series(String name, List<Usd> costs) {
    List<Usd> takenFrom(List<Usd> all) {
      List<Usd> left = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        left.add(all.get(i).minus(costs.get(i)));
      }
      return left;
    }
  }
}
