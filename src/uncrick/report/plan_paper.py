"""A plan for paper: the Typst template that sets it, and the record that fills it; two columns, black on white."""

from typing import Final

from uncrick.report.plan_sheet import PlanSheet, SheetItem

PAPER: Final = """
#let sheet = json("sheet.json")
#set document(title: sheet.title, author: "Uncrick", date: none)
#set page(
  paper: sheet.paper, margin: (x: 15mm, top: 14mm, bottom: 16mm),
  footer: context [#set text(8.5pt); #sheet.title #h(1fr) page #counter(page).display("1 / 1", both: true)],
)
#set text(font: sheet.fonts, size: 10.5pt, lang: "en", hyphenate: false)
#set par(leading: 0.58em, spacing: 0.75em)
#set list(indent: 0pt, body-indent: 0.5em, spacing: 0.5em)
#set enum(indent: 0pt, body-indent: 0.5em, spacing: 0.5em)
#set heading(numbering: none)
#show heading.where(level: 1): it => block(below: 0.5em, text(20pt, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 1.1em, below: 0.6em, text(13pt, weight: "bold", it.body))
#show heading.where(level: 3): it => block(above: 0.4em, below: 0.45em, text(12.5pt, weight: "bold", it.body))

#grid(
  columns: if sheet.qr == "" { (1fr,) } else { (1fr, 62mm) }, column-gutter: 6mm,
  [
    = #sheet.title
    #sheet.made #sheet.lasts

    #sheet.signed

    #if sheet.goals.len() > 0 [
      == What it is for
      #list(..sheet.goals)
    ]
    #if sheet.notes != "" [#sheet.notes]
  ],
  ..if sheet.qr == "" { () } else { (align(right)[
    #image("code.svg", width: 62mm, alt: "QR code holding the whole plan file")
    #set text(8.5pt); #set par(leading: 0.45em)
    The plan as a file: read it with a telephone, and paste the text into Plan, Load a plan.
  ],) },
)

#block(width: 100%, stroke: 1.6pt, inset: 9pt, radius: 3pt, breakable: false)[
  == #box(baseline: 12%, image("stop.svg", height: 1.05em, alt: "Stop sign")) When to stop
  #list(..sheet.stop)
]

#let box-row(item) = {
  let letters = ("M", "T", "W", "T", "F", "S", "S")
  let tick = box(width: 3.4mm, height: 3.4mm, stroke: 0.7pt)
  let day(asked) = if asked { stack(dir: ltr, spacing: 1mm, ..(tick,) * item.boxes) } else { text(9pt)[--] }
  set text(9pt)
  table(
    columns: (auto,) + (1fr,) * 7, stroke: 0.4pt, inset: (x: 2.5pt, y: 3pt), align: center + horizon,
    table.header([Week], ..letters.map(x => [#x])),
    ..range(1, sheet.weeks + 1).map(w => ([#w], ..item.days.map(day))).flatten(),
  )
}

#let card(n, item) = block(width: 100%, stroke: 0.7pt, inset: 7pt, radius: 3pt, breakable: false)[
  === #n. #item.name
  #if item.picture != "" { image(item.picture, width: 100%, height: 44mm, fit: "contain", alt: item.alt) }
  #strong(item.how_much). #item.when.
  #if item.props != "" [\\ With #item.props.]

  #item.start
  #enum(..item.steps)
  #for line in item.limits [#line ]
  #if item.note != "" [*Note:* #item.note]
  #if item.instead.len() > 0 [\\ In its place, if it is left out: #item.instead.join(", ").]

  *Easier:* #item.easier
  #box-row(item)
]

== What to do
#columns(2, gutter: 6mm)[
  #for (n, item) in sheet.items.enumerate(start: 1) { card(n, item); v(2mm, weak: true) }
]

#if sheet.opened.len() > 0 [
  == What your therapist has decided for you
  #list(..sheet.opened)
]
#block(above: 1.2em, stroke: (top: 0.5pt), inset: (top: 6pt), width: 100%)[#set text(9pt); #sheet.notice]
"""

STOP_SIGN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" '
    'fill="#000"/><path d="M6 10.2h12v3.6H6z" fill="#fff"/></svg>'
)

WEEKS: Final = 2
"""Weeks of boxes under each exercise. Our default."""


def paper_record(sheet: PlanSheet, pictures: dict[str, str], qr: str, paper: str) -> dict[str, object]:
    """Return what fills the template. pictures : file name of the picture by exercise; those without have none.

    paper : ``a4`` or ``us-letter``. qr : the drawing, empty for none.
    """
    return {
        "title": sheet.title,
        "made": sheet.made,
        "lasts": sheet.lasts,
        "signed": sheet.signed,
        "goals": list(sheet.goals),
        "notes": sheet.notes,
        "stop": list(sheet.stop),
        "opened": list(sheet.opened),
        "notice": sheet.notice,
        "qr": qr,
        "paper": paper,
        "weeks": WEEKS,
        "fonts": ["Libertinus Serif", "DejaVu Sans", "Noto Sans CJK JP", "Noto Sans Arabic", "Noto Sans"],
        "items": [_card(item, pictures.get(item.exercise, "")) for item in sheet.items],
    }


def _card(item: SheetItem, picture: str) -> dict[str, object]:
    return {
        "name": item.name,
        "picture": picture,
        "alt": f"{item.name}: the end position. {item.start}",
        "how_much": item.how_much,
        "when": item.when,
        "props": item.props,
        "start": item.start,
        "steps": list(item.steps),
        "limits": list(item.limits),
        "note": item.note,
        "instead": list(item.instead),
        "easier": item.easier,
        "days": list(item.days),
        "boxes": item.boxes,
    }
