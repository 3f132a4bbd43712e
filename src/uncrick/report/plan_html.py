"""A plan as one HTML page with pictures, to read, to print and to give away; it needs no network and no script."""

from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from uncrick.report.plan_paper import STOP_SIGN, WEEKS
from uncrick.report.plan_sheet import PlanSheet

STYLE: Final = """
:root {
  color-scheme: light dark; --page: #fff; --ink: #14191f; --soft: #444c57; --line: #8b8f96;
  --face: "Atkinson Hyperlegible", Verdana, "DejaVu Sans", system-ui, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #11151b; --ink: #eef1f5; --soft: #b9c2cd; --line: #7d8896; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 1.25rem; background: var(--page); color: var(--ink);
  font: 1rem/1.45 var(--face); overflow-wrap: break-word;
}
.head { display: grid; grid-template-columns: 1fr auto; gap: 0 1.5rem; }
.qr { margin: 0; width: 15rem; }
.qr svg { width: 100%; height: auto; display: block; }
.qr figcaption { color: var(--soft); font-size: .9rem; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.2rem); line-height: 1.15; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 1.25rem 0 .5rem; }
h3 { font-size: 1.15rem; margin: 0 0 .5rem; }
p { margin: .4rem 0; }
.stop { border: 3px solid var(--ink); border-radius: .5rem; padding: .25rem 1rem .5rem; margin: 1rem 0; }
.stop h2 { margin: .5rem 0; display: flex; gap: .5rem; align-items: center; }
.stop svg { width: 1.4em; height: 1.4em; background: #fff; border-radius: 20%; }
.stop li { margin: .25rem 0; }
.cards { columns: 2; column-gap: 1.25rem; }
.card {
  break-inside: avoid; border: 1px solid var(--line); border-radius: .5rem;
  padding: .8rem; margin: 0 0 1.25rem;
}
.card img { width: 100%; height: auto; border-radius: .25rem; }
.card ol { padding-left: 1.3rem; margin: .5rem 0; }
.much { font-weight: 700; }
table { border-collapse: collapse; width: 100%; margin-top: .6rem; }
th, td { border: 1px solid var(--line); text-align: center; padding: .2rem; font-weight: 400; }
caption { text-align: left; color: var(--soft); padding: .2rem 0; }
.tick { display: inline-block; width: .95em; height: .95em; border: 2px solid var(--ink); margin: 0 .1em; }
footer { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: .75rem; color: var(--soft); }
@media (max-width: 42rem) { .cards { columns: 1; } .head { grid-template-columns: 1fr; } }
@media print {
  :root { --page: #fff; --ink: #000; --soft: #222; --line: #666; }
  @page { margin: 14mm 15mm; }
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  .cards { columns: 2; } .head { grid-template-columns: 1fr auto; }
  .stop { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .not-on-paper { display: none; }
}
"""

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ sheet.title }} &ndash; a plan to print</title>
{% if style_at %}<link rel="stylesheet" href="{{ style_at }}">{% else %}<style>{{ style }}</style>{% endif %}
</head>
<body>
<main>
<div class="head">
<header><h1>{{ sheet.title }}</h1>
<p>{{ sheet.made }} {{ sheet.lasts }}</p>
<p>{{ sheet.signed }}</p>
{% if sheet.goals %}<h2>What it is for</h2>
<ul>{% for goal in sheet.goals %}<li>{{ goal }}</li>{% endfor %}</ul>{% endif %}
{% if sheet.notes %}<p>{{ sheet.notes }}</p>{% endif %}</header>
{% if qr %}<figure class="qr" role="img" aria-label="QR code holding the whole plan file">{{ qr }}
<figcaption>The plan as a file: read it with a telephone, and paste the text into Plan, Load a plan.</figcaption>
</figure>
{% endif %}
</div>
<section class="stop" aria-labelledby="stop"><h2 id="stop">{{ sign }} When to stop</h2>
<ul>{% for line in sheet.stop %}<li>{{ line }}</li>{% endfor %}</ul></section>
<h2>What to do</h2>
<div class="cards">
{% for item in sheet.items %}<section class="card" aria-labelledby="item-{{ loop.index }}">
<h3 id="item-{{ loop.index }}">{{ loop.index }}. {{ item.name }}</h3>
{% if pictures[item.exercise] is defined %}
<img src="{{ pictures[item.exercise] }}" width="480" height="360" alt="{{ item.name }}: the end position.">{% endif %}
<p class="much">{{ item.how_much }}. {{ item.when }}.</p>
{% if item.props %}<p>With {{ item.props }}.</p>{% endif %}
<p>{{ item.start }}</p>
<ol>{% for step in item.steps %}<li>{{ step }}</li>{% endfor %}</ol>
{% for line in item.limits %}<p>{{ line }}</p>{% endfor %}
{% if item.note %}<p><b>Note:</b> {{ item.note }}</p>{% endif %}
{% if item.instead %}<p>In its place, if it is left out: {{ item.instead | join(", ") }}.</p>{% endif %}
<p><b>Easier:</b> {{ item.easier }}</p>
<table><caption>To tick</caption><thead><tr><th scope="col">Week</th>
{% for day in days %}<th scope="col"><abbr title="{{ day }}">{{ day[0] }}</abbr></th>{% endfor %}</tr></thead><tbody>
{% for week in weeks %}<tr><th scope="row">{{ week }}</th>
{% for asked in item.days %}<td>{% if asked %}{% for _ in range(item.boxes) %}<i class="tick"></i>{% endfor %}
{% else %}&ndash;{% endif %}</td>{% endfor %}</tr>{% endfor %}</tbody></table>
</section>
{% endfor %}
</div>
{% if sheet.opened %}<h2>What your therapist has decided for you</h2>
<ul>{% for line in sheet.opened %}<li>{{ line }}</li>{% endfor %}</ul>{% endif %}
</main>
<footer><p>{{ sheet.notice }}</p></footer>
</body>
</html>
"""

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def plan_html(sheet: PlanSheet, pictures: dict[str, str], qr: str, style_at: str = "") -> str:
    """Return the page. pictures : where the picture of an exercise is, by id. qr : the drawing, empty for none.

    style_at : address of the style sheet, empty to write it into the page. What people wrote is escaped.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    namespace = ' xmlns="http://www.w3.org/2000/svg"'
    return environment.from_string(PAGE).render(
        sheet=sheet,
        pictures=pictures,
        qr=Markup(qr.replace(namespace, "").replace("<svg", '<svg aria-hidden="true"', 1)),
        sign=Markup(STOP_SIGN.replace(namespace, "").replace("<svg", '<svg aria-hidden="true"', 1)),
        style=Markup(STYLE),
        style_at=style_at,
        weeks=range(1, WEEKS + 1),
        days=DAYS,
    )
