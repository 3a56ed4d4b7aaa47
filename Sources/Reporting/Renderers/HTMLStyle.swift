/// The look of a page: a journal article in black on white, tables with three lines.
enum HTMLStyle {
    static let sheet = """
        :root { color-scheme: light; }
        html { background: #fff; color: #1a1a1a; }
        body { max-width: 74rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; font: 1rem/1.55 "Times New Roman", Times, \
        "Liberation Serif", "Noto Serif", "DejaVu Serif", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 0.6em; }
        h1 { font-size: 1.75rem; margin: 0 0 0.4em; }
        h2 { font-size: 1.3rem; border-bottom: 1px solid #d0d0d0; padding-bottom: 0.2em; }
        h3 { font-size: 1.1rem; }
        h4, h5, h6 { font-size: 1rem; font-style: italic; }
        p { margin: 0.6em 0; }
        p, ul, ol, pre, aside, caption, figcaption { max-width: 46rem; box-sizing: border-box; }
        a { color: #004c7d; }
        code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: 0.85em; }
        pre { border: 1px solid #d0d0d0; padding: 0.7em 1em; overflow-x: auto; line-height: 1.4; }
        .subtitle { font-size: 1.1rem; margin-top: 0; }
        .colophon { color: #595959; font-size: 0.85rem; margin: 0.1em 0; }
        nav { margin: 1.5rem 0 2.5rem; }
        nav h2 { font-size: 1rem; border: 0; margin: 0 0 0.3em; }
        nav ol { list-style: none; padding-left: 1.2em; margin: 0; }
        nav > ol { padding-left: 0; }
        .table { margin: 2em 0; overflow-x: auto; }
        table { border-collapse: collapse; min-width: 28rem; max-width: 100%; font-variant-numeric: tabular-nums lining-nums; \
        border-bottom: 1.5px solid #1a1a1a; line-height: 1.35; }
        caption, figcaption { text-align: left; margin-bottom: 0.6em; }
        .number { display: block; font-weight: bold; }
        .title { display: block; font-style: italic; }
        .title em { font-style: normal; }
        thead { border-top: 1.5px solid #1a1a1a; border-bottom: 1px solid #1a1a1a; }
        th, td { padding: 0.25em 0.7em; text-align: left; vertical-align: top; font-weight: normal; }
        .dense { font-size: 0.85rem; }
        .dense caption { font-size: 1rem; }
        .dense th, .dense td { padding: 0.2em 0.4em; }
        thead th { vertical-align: bottom; }
        th.c, td.c { text-align: center; }
        td.c { white-space: nowrap; }
        .spanners th { text-align: center; padding-bottom: 0; }
        .spanners th span { display: block; border-bottom: 1px solid #1a1a1a; padding-bottom: 0.2em; }
        tr.heading th { padding-top: 0.6em; font-style: italic; text-align: center; }
        tr.total th, tr.total td { border-top: 1px solid #1a1a1a; }
        .n { display: inline-block; text-align: right; white-space: nowrap; }
        .s { display: inline-block; text-align: left; white-space: nowrap; }
        sup, sub { line-height: 0; font-size: 0.7em; }
        small { font-size: 0.85em; vertical-align: 0.08em; }
        .large { font-size: 1.3em; line-height: 0; }
        .notes { font-size: 0.9rem; margin-top: 0.6em; max-width: 46rem; }
        .notes p { margin: 0.15em 0; }
        figure { margin: 2.5em 0; }
        .drawing { overflow-x: auto; }
        .drawing svg { max-width: 100%; height: auto; display: block; }
        .wide svg { max-width: none; }
        aside { border: 1px solid #8c8c8c; border-left-width: 5px; padding: 0.1em 1em; margin: 1.2em 0; }
        aside.warning { border-color: #a34700; }
        @media print {
          @page { margin: 2cm; }
          body { max-width: none; padding: 0; font-size: 10.5pt; }
          table { min-width: 60%; }
          nav { display: none; }
          a { color: inherit; text-decoration: none; }
          h2, h3, h4, caption, figcaption { break-after: avoid; }
          figure, tr, aside { break-inside: avoid; }
          thead { display: table-header-group; }
          .table, .drawing { overflow: visible; }
          .drawing svg { max-width: 100%; max-height: 22cm; }
        }

        """
}
