"""A history as one HTML page that needs nothing else, for the next visit: charts, tables, the notice."""

from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from uncrick.report.history_story import Section
from uncrick.report.page_style import STYLE

CHART_STYLE: Final = """
.history-chart { display: block; width: 100%; height: auto; }
.history-chart text {
  font: 15px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--muted);
}
.history-chart .grid { stroke: var(--line); fill: none; } .history-chart .bar { stroke-width: 2; opacity: .45; }
.history-chart .line { fill: none; stroke-width: 2.2; } .history-chart .mark { stroke-width: 1.6; }
.history-chart .s0 > * { stroke: var(--left); }
.history-chart .s0 .mark, .history-chart .s0 .told { fill: var(--left); }
.history-chart .s1 > * { stroke: var(--right); } .history-chart .s1 .line { stroke-dasharray: 7 4; }
.history-chart .s1 .mark { fill: var(--card); } .history-chart .s1 .told { fill: var(--right); }
.history-chart .s2 > * { stroke: var(--measure); } .history-chart .s2 .line { stroke-dasharray: 2 4; }
.history-chart .s2 .mark, .history-chart .s2 .told { fill: var(--measure); }
.history-chart .untold { fill: var(--card); stroke-width: 1; } .history-chart .line { fill: none; }
.keyline i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border: 2px solid; }
.keyline .k0 { border-color: var(--left); background: var(--left); border-radius: 50%; }
.keyline .k1 { border-color: var(--right); }
.keyline .k2 { border-color: var(--measure); background: var(--measure); clip-path: polygon(50% 0, 100% 100%, 0 100%); }
"""

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ name }}: for the next visit</title>
<style>{{ style }}</style>
</head>
<body>
<header>
<p class="brand">Uncrick &middot; for the next visit</p>
<h1>{{ name }}</h1>
<p class="headline">{{ span }}</p>
{% for line in about %}<p class="lead">{{ line }}</p>{% endfor %}
</header>
<main>
{% for s in sections %}
<section aria-labelledby="{{ s.key }}"><h2 id="{{ s.key }}">{{ s.title }}</h2>
{% for line in s.says %}<p>{{ line }}</p>{% endfor %}
{% for chart in s.charts %}
<div class="chart">{% if chart.title %}<h3>{{ chart.title }}</h3>{% endif %}
{% if chart.names %}<ul class="keyline">{% for name in chart.names %}
<li><i class="k{{ loop.index0 }}"></i>{{ name }}</li>{% endfor %}</ul>{% endif %}
<div class="wide">{{ chart.wide | svg }}</div><div class="narrow">{{ chart.narrow | svg }}</div></div>
{% endfor %}
{% if s.rows %}{% if s.closed %}<details><summary>{{ s.title }} as a table</summary>{% endif %}
<table><thead><tr>{% for cell in s.header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in s.rows %}<tr>{% for cell in row %}{% if loop.first %}<th scope="row">{{ cell }}</th>
{% else %}<td data-label="{{ s.header[loop.index0] }}">{{ cell }}</td>{% endif %}
{% endfor %}</tr>{% endfor %}</tbody></table>{% if s.closed %}</details>{% endif %}{% endif %}
</section>
{% endfor %}
</main>
<footer><p>{{ notice }}</p></footer>
</body>
</html>
"""


def history_html(name: str, span: str, about: tuple[str, ...], sections: tuple[Section, ...], notice: str) -> str:
    """Return the page. about : sentences on the plan. What people wrote is escaped; the drawings are our own."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["svg"] = Markup
    return environment.from_string(PAGE).render(
        name=name, span=span, about=about, sections=sections, notice=notice, style=Markup(STYLE + CHART_STYLE)
    )
