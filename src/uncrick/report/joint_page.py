"""The page of one stretched joint as a Jinja2 template; everything put in is escaped by the environment."""

from typing import Final

JOINT_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>A stretched joint: {{ headline }}</title>
<style>{{ style }}
@media print { details:not([open]) { display: none; } .keyline { break-after: auto; } }</style>
</head>
<body>
<header>
<p class="brand">Uncrick · a joint on paper</p>
<h1>One stretch of one joint</h1>
<p class="headline">{{ headline }}</p>
<p class="lead">{{ lead }}</p>
<dl class="tiles">
{% for name, value in tiles %}<div><dt>{{ name }}</dt><dd>{{ value }}</dd></div>
{% endfor %}
</dl>
</header>
<main>
{% for chart in charts %}
<section aria-labelledby="{{ chart.key }}"><h2 id="{{ chart.key }}">{{ chart.title }}</h2>
<p>{{ chart.says }}</p>
<div class="chart">{{ chart.svg }}
{% if chart.names %}<ul class="keyline">{% for name, colour, dash in chart.names %}
<li><svg viewBox="0 0 34 14" aria-hidden="true"><path d="M1 7H33" stroke="var(--{{ colour }})" stroke-width="4"
 stroke-dasharray="{{ dash }}"/></svg>{{ name }}</li>{% endfor %}</ul>{% endif %}
<details><summary>The same as a table</summary>
<table><thead><tr>{% for cell in chart.header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in chart.rows %}<tr>{% for cell in row %}
<td data-label="{{ chart.header[loop.index0] }}">{{ cell }}</td>
{% endfor %}</tr>{% endfor %}</tbody></table></details>
</div></section>
{% endfor %}
<section aria-labelledby="settled"><h2 id="settled">Scientists have not settled this</h2>
{% for sentence in unsettled %}<p>{{ sentence }}</p>{% endfor %}</section>
<section aria-labelledby="not"><h2 id="not">What the pop does not do</h2>
<ul class="plain">{% for sentence in does_not %}<li>{{ sentence }}</li>{% endfor %}</ul></section>
<section aria-labelledby="bands"><h2 id="bands">The median joint against what was measured on people</h2>
<p>The median joint has every number at its default. Where a measurement was used to choose a default, agreeing with it
predicts nothing, and the last column says so.</p>
<table><thead><tr><th scope="col">What</th><th scope="col">Model</th><th scope="col">Measured</th>
<th scope="col">On</th><th scope="col">Source</th><th scope="col">Used to choose a default</th></tr></thead><tbody>
{% for band in bands %}<tr><th scope="row">{{ band.what }}</th><td data-label="Model">{{ band.got }}</td>
<td data-label="Measured">{{ band.wanted }}</td><td data-label="On">{{ band.joint }}</td>
<td data-label="Source">{{ band.source }}</td><td data-label="Used to choose a default">{{ band.chosen }}</td></tr>
{% endfor %}</tbody></table></section>
<section aria-labelledby="numbers"><h2 id="numbers">The numbers of this joint</h2>
<table><thead><tr><th scope="col">Number</th><th scope="col">Value</th><th scope="col">Allowed</th>
<th scope="col">What it is</th><th scope="col">Rests on</th></tr></thead><tbody>
{% for p in parameters %}<tr><th scope="row">{{ p.name }}</th><td data-label="Value">{{ p.value }}</td>
<td data-label="Allowed">{{ p.allowed }}</td><td data-label="What it is">{{ p.means }}</td>
<td data-label="Rests on">{{ p.rests_on }}</td></tr>{% endfor %}</tbody></table></section>
<section aria-labelledby="sources"><h2 id="sources">Sources</h2>
<ul class="plain">{% for key, text, certainty in sources %}<li><b>{{ key }}</b>: {{ text }} ({{ certainty }})</li>
{% endfor %}</ul></section>
</main>
<footer><p>A computed joint, not yours and not anybody's. It says nothing about what a sound in your back means. If a
stretch hurts, stop.</p></footer>
</body>
</html>
"""
