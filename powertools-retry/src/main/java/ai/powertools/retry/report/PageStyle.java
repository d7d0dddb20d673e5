package ai.powertools.retry.report;

/** How the page of a report looks: light and dark, on a phone and a screen. */
final class PageStyle {
  /**
   * Letters have a contrast of at least 4.5 to 1 with what is behind them, bars one of 3 to 1 (WCAG
   * 2.2, 1.4.3 and 1.4.11), in both schemes.
   */
  static final String CSS =
      """
      :root { color-scheme: light dark; --page: #ffffff; --ink: #1c2024; --quiet: #59616b;
        --rule: #d3d7dc; --bar: #b4401f; --rising: #b3261e; --falling: #1b7340; }
      @media (prefers-color-scheme: dark) {
        :root { --page: #15181c; --ink: #e8ecf0; --quiet: #a5aeb8; --rule: #3a424b; --bar: #f0936b;
          --rising: #ff8a80; --falling: #6fcf97; }
      }
      body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--page);
        color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
      h1 { font-size: 1.5rem; margin: 0; }
      p, .quiet { color: var(--quiet); }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      caption { text-align: left; font-weight: 600; padding: .5rem 0; }
      th, td { border-bottom: 1px solid var(--rule); padding: .5rem; text-align: left;
        vertical-align: top; }
      tbody th { font-weight: 400; min-width: 16rem; }
      .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      time { white-space: nowrap; }
      code { display: block; font: .875rem/1.4 ui-monospace, monospace; }
      svg { display: block; fill: var(--bar); border-bottom: 1px solid var(--quiet); }
      .rising { color: var(--rising); font-weight: 600; }
      .falling { color: var(--falling); }
      summary { cursor: pointer; }
      """;

  private PageStyle() {}
}
