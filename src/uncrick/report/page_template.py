"""The report page as Jinja2 templates; everything that comes from facts is escaped by the environment."""

from typing import Final

MACROS: Final = """
{% macro num(number) -%}
<span class="number" data-basis="{{ number.basis }}">{{ number | value -}}
{% set error = number | error %}{% if error and number.value == number.value %} ± {{ error }}{% endif -%}
{{ number | way }}</span>
{%- endmacro %}
{% macro time(number) -%}
<span class="number" data-basis="{{ number.basis }}">{{ number | clock }}</span>
{%- endmacro %}
{% macro note(key) -%}
<sup><a href="#basis-{{ key }}" aria-label="note {{ notes[key] }}: what this rests on">{{ notes[key] }}</a></sup>
{%- endmacro %}
{% macro icon(name) -%}
<svg viewBox="0 0 34 14" aria-hidden="true">{{ icons[name] }}</svg>
{%- endmacro %}
"""

PAGE: Final = """<!doctype html>
{% from "macros" import num, time, note, icon with context %}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ facts.name }}: {{ facts.headline }}</title>
<style>{{ style }}</style>
</head>
<body>
<header>
<p class="brand">Uncrick · report of one set</p>
<h1>{{ facts.name }}</h1>
<p class="meta">{{ facts.origin | origin }}{{ note("frames") }}</p>
{% if facts.origin.partial %}
<div class="banner" role="note"><h2>This report is partial</h2>
<p>{{ facts.origin.partial | sentence }} What was seen in {{ facts.origin.duration | clock }} is below.</p></div>
{% endif %}
<p class="headline">{{ facts.headline }}</p>
{% if facts.lead %}<p class="lead">{{ facts.lead }}</p>{% endif %}
{% if tiles %}
<dl class="tiles">
{% for name, number in tiles %}<div><dt>{{ name }}</dt><dd>{{ num(number) }}{{ note(number.basis) }}</dd></div>
{% endfor %}
</dl>
{% endif %}
</header>
<main>
{% for part in parts %}{% include part %}{% endfor %}
</main>
<footer><p>{{ facts.notice }}</p></footer>
</body>
</html>
"""

STOPS: Final = """
<section aria-labelledby="stops"><h2 id="stops">{{ "Stop" if facts.stops | length == 1 else "Stops" }}</h2>
{% for stop in facts.stops %}
<div class="banner stop">
<h3><span class="sign" aria-hidden="true">■</span> Stopped at {{ time(stop.at) }}{{ note("times") }}</h3>
<p>What was said: {{ stop.says }}</p>
<p class="why">The rule: {{ stop.why }}</p>
<p>{{ advice }}</p></div>
{% endfor %}
</section>
"""

HINTS: Final = """
<section aria-labelledby="hints"><h2 id="hints">For the next try</h2>
<ul class="plain">{% for hint in facts.hints %}<li>{{ hint }}</li>{% endfor %}</ul></section>
"""

TRIED: Final = """
<section aria-labelledby="tried"><h2 id="tried">What was looked for</h2>
<ul class="plain">{% for name in facts.tried %}<li>{{ name }}</li>{% endfor %}</ul></section>
"""

FIGURES: Final = """
<section aria-labelledby="moments">
<h2 id="moments">{{ "The deepest moment of each hold" if facts.holds else "Both ends of the movement" }}</h2>
<ul class="keyline"><li><span class="dot left"></span>L, your left</li>
<li><span class="dot right"></span>R, your right</li>
<li>{{ icon("measured") }}what is measured</li><li>{{ icon("rest") }}your own neutral</li></ul>
<div class="cards">
{% for key in facts.keys %}
<figure>{{ key | figure }}
<figcaption><h3>{{ key.title }}</h3>
{% set hold = held[loop.index0] %}
{% if hold %}<p>Held {{ num(hold.length) }}{{ note(hold.length.basis) }}, {{ hold.says }}</p>{% endif %}
<p class="small">Picture at {{ key.t_s | clock }}; {{ key.measure.says }}{{ note(key.number.basis) }}</p>
</figcaption></figure>
{% endfor %}
</div></section>
"""

GLIMPSES: Final = """
<section aria-labelledby="glimpses"><h2 id="glimpses">What the camera saw</h2>
<ul class="keyline"><li><span class="dot left"></span>L, your left</li>
<li><span class="dot right"></span>R, your right</li></ul>
<div class="cards">
{% for seen in facts.glimpses %}
<figure>{{ seen | body }}<figcaption><p>At {{ time(seen.at) }}{{ note("times") }}</p></figcaption></figure>
{% endfor %}
</div></section>
"""

CHARTS: Final = """
<section aria-labelledby="over-time"><h2 id="over-time">The movement over time</h2>
<ul class="keyline"><li>{{ icon("line") }}the measure, with its error</li>
{% if facts.holds %}<li>{{ icon("hold") }}a hold</li>{% endif %}
{% if facts.repetitions and facts.repetitions.value %}<li>{{ icon("repetition") }}a repetition counted</li>{% endif %}
{% if facts.cues %}<li>{{ icon("cue") }}a cue, numbered as below</li>{% endif %}
{% if facts.stops %}<li>{{ icon("stop") }}a stop; nothing is counted after it</li>{% endif %}</ul>
{% for chart in facts.charts %}
<div class="chart" id="chart-{{ chart.basis }}">
<h3>{{ chart.title }}{{ note(chart.basis) }}</h3>
<p class="small">{{ chart.says | sentence }}
{% if chart.ways %} Above 0 is {{ chart.ways[0] }}, below is {{ chart.ways[1] }}.{% endif %}
{% if chart.shaded %} Shaded while {{ chart.shaded | join(" or ") }}.{% endif %}
{% if chart.limits %} A dotted line is where a cue begins.{% endif %}</p>
<div class="wide">{{ chart | chart("wide") }}</div><div class="narrow">{{ chart | chart("narrow") }}</div>
<details open><summary>{{ chart.title }} as a table</summary>
<table role="table"><caption>Every phase, with the least and greatest of the measure in it</caption>
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">Phase</th>
<th role="columnheader" scope="col">From{{ note("times") }}</th>
<th role="columnheader" scope="col">To{{ note("times") }}</th>
<th role="columnheader" scope="col">Least{{ note(chart.basis) }}</th>
<th role="columnheader" scope="col">Greatest{{ note(chart.basis) }}</th>
<th role="columnheader" scope="col">Meanwhile</th></tr></thead>
<tbody role="rowgroup">{% for span in chart.spans %}
<tr role="row"><th role="rowheader" scope="row">{{ span.says }}</th>
<td role="cell" data-label="From"><span class="number" data-basis="times">{{ span.start_s | clock }}</span></td>
<td role="cell" data-label="To"><span class="number" data-basis="times">{{ span.end_s | clock }}</span></td>
<td role="cell" data-label="Least">{{ num(span.low) }}</td>
<td role="cell" data-label="Greatest">{{ num(span.high) }}</td>
<td role="cell" data-label="Meanwhile">{{ chart | meanwhile(span) }}</td></tr>{% endfor %}
</tbody></table></details></div>
{% endfor %}
</section>
"""

HOLDS: Final = """
<section aria-labelledby="holds"><h2 id="holds">Holds</h2>
<table role="table" aria-labelledby="holds"><thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">Hold</th>
<th role="columnheader" scope="col">From{{ note("times") }}</th>
<th role="columnheader" scope="col">To{{ note("times") }}</th>
<th role="columnheader" scope="col">Length{{ note("holds") }}</th>
<th role="columnheader" scope="col">{{ deepest }}, deepest{{ note(facts.holds[0].peak.basis) }}</th>
<th role="columnheader" scope="col">Counted</th></tr></thead>
<tbody role="rowgroup">{% for hold in facts.holds %}
<tr role="row"><th role="rowheader" scope="row">{{ hold.n }}, {{ hold.phase }}</th>
<td role="cell" data-label="From">{{ time(hold.start) }}</td>
<td role="cell" data-label="To">{{ time(hold.end) }}</td>
<td role="cell" data-label="Length">{{ num(hold.length) }}</td>
<td role="cell" data-label="{{ deepest }}">{{ num(hold.peak) }}</td>
<td role="cell" data-label="Counted">{{ hold.says }}</td></tr>{% endfor %}
</tbody></table></section>
"""

RANGES: Final = """
<section aria-labelledby="ranges"><h2 id="ranges">Range of motion</h2>
<p>The least and the greatest that was read of each measure, in this recording, from this camera.
These numbers are for comparing with your own of another day, not with anyone else's.</p>
<table role="table" aria-labelledby="ranges"><thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">Measure</th>
<th role="columnheader" scope="col">Least</th>
<th role="columnheader" scope="col">Greatest</th></tr></thead>
<tbody role="rowgroup">{% for range in facts.ranges %}
<tr role="row"><th role="rowheader" scope="row">{{ range.title }}{{ note(range.low.basis) }}<br>
<span class="small">{{ range.says }}</span></th>
<td role="cell" data-label="Least">{{ num(range.low) }}</td>
<td role="cell" data-label="Greatest">{{ num(range.high) }}</td></tr>{% endfor %}
</tbody></table></section>
"""

CUES: Final = """
<section aria-labelledby="cues"><h2 id="cues">Cues</h2>
{% if facts.cues %}<ol class="said">{% for cue in facts.cues %}
<li><p class="small"><span aria-hidden="true">▲</span> {{ cue.n }} · {{ time(cue.at) }}{{ note("times") }} ·
{{ cue.severity }}</p><p><strong>{{ cue.says }}</strong></p><p class="why">The rule: {{ cue.why }}</p></li>
{% endfor %}</ol>
{% else %}<p>No cue was raised. A cue is raised only when something lasts, is larger than the error of its measure, and
nothing more urgent is being said.</p>{% endif %}
</section>
"""

UNSEEN: Final = """
<section aria-labelledby="unseen">
<h2 id="unseen">What the camera did not see, and what it cannot judge</h2>
<p>{% if facts.seen_part %}The measure that decides could be read in {{ num(facts.seen_part) }}{{ note("part") }} of
the frames. {% endif %}A body was found in {{ num(facts.origin.bodies) }} of {{ num(facts.origin.frames) }}
frames{{ note("frames") }}.</p>
<ul class="plain">{% for thing in facts.unseen %}
<li>{{ thing.what }}, from {{ time(thing.at) }}{{ note("times") }}: {{ thing.why }}</li>{% endfor %}
{% for thing in facts.unjudged %}<li>No camera judges this: {{ thing }}.</li>{% endfor %}</ul></section>
"""

BASES: Final = """
<section aria-labelledby="rests-on"><h2 id="rests-on">What each number rests on</h2>
<p>The small figures above lead here. One camera sees the body from one side, and no landmark lies on the spine: every
angle is an estimate.</p>
<dl class="bases">{% for basis in facts.bases %}
<div id="basis-{{ basis.key }}"><dt>{{ basis.n }}. {{ basis.title }}</dt><dd>{{ basis.how }}</dd>
<dd>May be off by: {{ basis.error }}</dd><dd class="small">{{ basis.rests_on }}</dd></div>{% endfor %}
</dl></section>
"""

ICONS: Final = {
    "measured": '<path d="M2 7H32" stroke="var(--measure)" stroke-width="4"/>',
    "rest": '<path d="M2 7H32" stroke="var(--muted)" stroke-width="2" stroke-dasharray="3 5"/>',
    "line": '<path d="M2 7H32" stroke="var(--measure)" stroke-width="12" opacity=".25"/>'
    '<path d="M2 7H32" stroke="var(--measure)" stroke-width="3"/>',
    "hold": '<path d="M3 12V4H31V12" fill="none" stroke="var(--ink)" stroke-width="2"/>',
    "repetition": '<circle cx="17" cy="7" r="6" fill="none" stroke="var(--muted)" stroke-width="2"/>',
    "cue": '<path d="M17 1L24 13H10Z" fill="var(--ink)"/>',
    "stop": '<path d="M11 1H23V13H11Z" fill="var(--stop)"/>',
}
"""What the signs of the legends look like, in a picture 34 wide and 14 high."""

TEMPLATES: Final = {
    "macros": MACROS, "page": PAGE, "stops": STOPS, "hints": HINTS, "tried": TRIED, "figures": FIGURES,
    "glimpses": GLIMPSES,
    "charts": CHARTS, "holds": HOLDS, "ranges": RANGES, "cues": CUES, "unseen": UNSEEN, "bases": BASES,
}  # fmt: skip
"""Every template by the name others include it by."""
