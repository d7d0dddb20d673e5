package ai.powertools.cost;

/** How the page of a report looks: light and dark, on a phone, a screen and paper. */
final class PageStyle {
  /**
   * The colours of the bars have a contrast of 3 to 1 with the background in both schemes (WCAG
   * 2.2, 1.4.11), all letters one of 4.5 to 1 (1.4.3).
   */
  static final String CSS =
      """
      :root { color-scheme: light dark; --back: #fff; --card: #f5f6f8; --line: #d5d9de;
        --text: #1b1f24; --faint: #57606a; --over: #b3261e; --c0: #2563a8; --c1: #b45f06;
        --c2: #1e8449; --c3: #8e44ad; --c4: #6b7280; }
      @media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1e2329;
        --line: #39414a; --text: #e9edf1; --faint: #a7b0ba; --over: #ff8a80; --c0: #6ea8e6;
        --c1: #f0a35a; --c2: #63c38a; --c3: #c792e0; --c4: #98a2ad; } }
      @media print { :root { color-scheme: light; --back: #fff; --card: #fff; --line: #bbb;
        --text: #000; --faint: #444; --over: #b3261e; --c0: #2563a8; --c1: #b45f06; --c2: #1e8449;
        --c3: #8e44ad; --c4: #6b7280; print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
      * { box-sizing: border-box; }
      html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
      body { margin: 0 auto; padding: 1rem; max-width: 64rem; background: var(--back);
        color: var(--text); font: 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
      h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 .25rem; }
      header p, footer p, small { color: var(--faint); margin: 0; }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9rem), 1fr));
        gap: .6rem; margin: 1.2rem 0; }
      dl div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
        padding: .6rem .75rem; break-inside: avoid; }
      @media (min-width: 22rem) { dl div:first-child { grid-column: span 2; } }
      dt { color: var(--faint); font-size: .875rem; }
      dd { margin: 0; }
      dd b { font-size: 1.25rem; font-variant-numeric: tabular-nums; display: block; }
      figure, section { margin: 1.6rem 0; break-inside: avoid; }
      figcaption, caption, h2 { font-size: 1.1rem; font-weight: 600; text-align: left;
        margin: 0 0 .4rem; padding: 0; }
      .chart { display: flex; }
      .scale { flex: none; }
      .plot { flex: 1; min-width: 0; overflow: hidden; }
      svg text { font-size: 12px; fill: var(--faint); }
      svg line { stroke: var(--line); }
      .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; padding: 0;
        margin: .3rem 0 0; font-size: .875rem; }
      .c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); }
      .c3 { fill: var(--c3); } .c4 { fill: var(--c4); } .over { fill: var(--over); }
      .track { fill: var(--line); }
      .plot rect { stroke: var(--back); stroke-width: .5; }
      .bar { display: block; margin-top: .2rem; }
      .wide { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
      th, td { padding: .35rem .25rem .35rem .75rem; border-bottom: 1px solid var(--line);
        text-align: left; vertical-align: top; font-weight: 400; }
      thead th { color: var(--faint); font-size: .8125rem; vertical-align: bottom; }
      th:first-child { padding-left: 0; min-width: 6.5rem; }
      .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
      tr { break-inside: avoid; }
      .forecast { white-space: pre-line; margin: 0; }
      summary { cursor: pointer; font-weight: 600; }
      footer { border-top: 1px solid var(--line); padding-top: .75rem; font-size: .8125rem; }
      @media (max-width: 30rem) { .more { display: none; } table { font-size: .875rem; }
        th, td { padding: .35rem 0 .35rem .5rem; } th:first-child { min-width: 4.5rem; } }
      """;

  private PageStyle() {}
}
