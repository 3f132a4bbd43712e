"""A history for paper: the Typst template that sets it, and the record that fills it."""

from typing import Final

from uncrick.report.history_charts import standalone
from uncrick.report.history_story import Section

PAPER: Final = """
#let it = json("history.json")
#set document(title: it.name + ": for the next visit", author: "Uncrick", date: none)
#set page(
  paper: it.paper, margin: (x: 15mm, top: 14mm, bottom: 16mm),
  footer: context [#set text(8.5pt); #it.name #h(1fr) page #counter(page).display("1 / 1", both: true)],
)
#set text(font: it.fonts, size: 10pt, lang: "en", hyphenate: false)
#set par(leading: 0.55em, spacing: 0.7em)
#show heading.where(level: 1): h => block(below: 0.5em, text(20pt, weight: "bold", h.body))
#show heading.where(level: 2): h => block(above: 1.3em, below: 0.6em, text(12.5pt, weight: "bold", h.body))
#show heading.where(level: 3): h => block(above: 0.8em, below: 0.4em, text(10.5pt, weight: "bold", h.body))

= #it.name
*#it.span*
#for line in it.about [#parbreak() #line]

#for s in it.sections [
  == #s.title
  #for line in s.says [#line#parbreak()]
  #let drawn(chart) = block(breakable: false, width: 100%)[
    #if chart.title != "" [#text(9.5pt, strong(chart.title))]
    #if chart.names.len() > 0 [#set text(9pt)
      #chart.names.enumerate().map(((i, name)) => [#box(it.signs.at(i)) #name]).join(h(1.2em))]
    #image(chart.file, width: 100%, alt: chart.alt)
  ]
  #grid(columns: if s.charts.len() > 1 { (1fr,) * 3 } else { 1 }, gutter: 4mm, ..s.charts.map(drawn))
  #if s.rows.len() > 0 [
    #set text(9pt)
    #table(
      columns: s.header.map(_ => auto), stroke: 0.4pt, inset: (x: 4pt, y: 3.5pt), align: left,
      table.header(..s.header.map(cell => strong(cell))),
      ..s.rows.flatten(),
    )
  ]
]
#block(above: 1.2em, stroke: (top: 0.5pt), inset: (top: 6pt), width: 100%)[#set text(9pt); #it.notice]
"""

SIGNS: Final = ("\N{BLACK CIRCLE}", "\N{WHITE SQUARE}", "\N{BLACK UP-POINTING TRIANGLE}")


def history_record(
    name: str, span: str, about: tuple[str, ...], sections: tuple[Section, ...], notice: str
) -> tuple[dict[str, object], dict[str, str]]:
    """Return what fills the template, and the drawings it shows by their file names.

    A table that a page opens on asking is left out on paper where its chart shows the same.
    """
    drawings: dict[str, str] = {}
    told = []
    for section in sections:
        charts = []
        for i, chart in enumerate(section.charts):
            file = f"{section.key}_{i}.svg"
            drawings[file] = standalone(chart.wide if len(section.charts) == 1 else chart.narrow)
            alt = f"{chart.title or section.title} over time. " + " ".join(section.says)
            charts.append({"title": chart.title, "names": list(chart.names), "file": file, "alt": alt})
        rows = [] if section.closed and charts else [list(row) for row in section.rows]
        told.append(
            {"title": section.title, "says": list(section.says), "charts": charts, "header": list(section.header),
             "rows": rows}
        )  # fmt: skip
    record: dict[str, object] = {
        "name": name, "span": span, "about": list(about), "sections": told, "notice": notice, "paper": "a4",
        "signs": list(SIGNS), "fonts": ["Libertinus Serif", "DejaVu Sans", "Noto Sans CJK JP", "Noto Sans"],
    }  # fmt: skip
    return record, drawings
