"""The style sheet of the report page: light and dark, phone, laptop and paper, from one set of colours."""

from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #f7f5f1; --card: #ffffff; --ink: #1b222c; --muted: #545e6b; --line: #dcd7cd;
  --left: #0a62a3; --right: #b04a00; --held: #4f5d73; --measure: #96246b; --stop: #b3121d; --body: #7d8796;
  --stop-soft: #fdeeee; --note-soft: #fff6e0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151b; --card: #1a2028; --ink: #e9edf2; --muted: #a8b3c0; --line: #343d49;
    --left: #6ab8f7; --right: #f5a05c; --held: #9fb0c8; --measure: #ef9acb; --stop: #ff8f8a; --body: #8491a3;
    --stop-soft: #37191b; --note-soft: #332a14;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
main, header, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.25rem; }
.brand { color: var(--muted); margin: 0 0 .25rem; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.6vw, 2.6rem); line-height: 1.15; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
h3 { font-size: 1.0625rem; margin: 0; }
.meta { color: var(--muted); margin: .5rem 0 0; }
.headline {
  font-size: clamp(1.3rem, 1.05rem + 1.2vw, 1.7rem); line-height: 1.3;
  margin: 1.5rem 0 0; font-weight: 600;
}
.lead { margin: .35rem 0 0; max-width: 44rem; }
section { margin: 2.75rem 0 0; }
section > p { max-width: 44rem; margin: 0 0 1rem; }
.why, .small { color: var(--muted); font-size: 1rem; }
.banner {
  border: 1px solid var(--line); border-left: .4rem solid var(--held); background: var(--note-soft);
  border-radius: .5rem; padding: .8rem 1rem; margin: 1.25rem 0 0;
}
.banner.stop { border-left-color: var(--stop); background: var(--stop-soft); margin: 0 0 1rem; }
.banner p { margin: .25rem 0 0; }
.banner .sign { color: var(--stop); }
.tiles {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem;
  margin: 1.5rem 0 0; padding: 0;
}
.tiles > div { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .8rem 1rem; }
.tiles dt { color: var(--muted); font-size: 1rem; }
.tiles dd { margin: 0; font-size: 1.5rem; font-weight: 650; line-height: 1.3; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; }
.cards figure {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  margin: 0; padding: 1rem;
}
figcaption { border-top: 1px solid var(--line); margin-top: .75rem; padding-top: .6rem; }
figcaption p { margin: 0; }
.dot {
  display: inline-block; width: .8em; height: .8em;
  border-radius: 50%; background: var(--body); margin-right: .35em;
}
.dot.left { background: var(--left); } .dot.right { background: var(--right); border-radius: .15em; }
.keyline {
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; color: var(--muted);
  font-size: 1rem; margin: 0 0 1rem; padding: 0; list-style: none;
}
.keyline svg { width: 2.2em; height: 1em; vertical-align: -.12em; margin-right: .35em; }
.figure { display: block; width: 100%; max-width: 21rem; margin: 0 auto; height: auto; }
.figure text { font: 18.5px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink); }
.figure .value { font-size: 32px; font-weight: 680; fill: var(--measure); }
.figure .name { font-size: 18.5px; fill: var(--muted); }
.figure path, .figure circle { stroke-linecap: round; stroke-linejoin: round; fill: none; }
.figure .limb path { stroke-width: 9; }
.figure .limb .halo { stroke: var(--card); stroke-width: 14; }
.figure .limb circle { fill: var(--card); stroke: none; }
.figure .left path { stroke: var(--left); } .figure .right path { stroke: var(--right); }
.figure .faint path:not(.halo) { opacity: .4; }
.figure .trunk { fill: var(--line); stroke: var(--body); stroke-width: 10; }
.figure .neck { stroke: var(--body); stroke-width: 9; }
.figure .head { fill: var(--line); stroke: var(--body); stroke-width: 5; }
.figure .nose { fill: var(--ink); }
.figure .rest path, .figure .rest circle {
  stroke: var(--muted); stroke-width: 1.6;
  stroke-dasharray: 2 5; opacity: .8;
}
.figure .pointer .now { stroke: var(--measure); stroke-width: 5; }
.figure .pointer .was { stroke: var(--measure); stroke-width: 2.5; stroke-dasharray: 3 6; }
.figure .pointer .arc { stroke: var(--measure); stroke-width: 3; }
.figure .above .disc { fill: var(--card); stroke: var(--line); stroke-width: 1.5; }
.figure .above .band { fill: var(--measure); opacity: .25; }
.figure .above .head { stroke-width: 3; }
.figure .above text { text-anchor: end; fill: var(--muted); }
.figure .badge circle { stroke: none; }
.figure .badge text { text-anchor: middle; font-weight: 700; fill: var(--card); }
.figure .badge.left circle { fill: var(--left); } .figure .badge.right circle { fill: var(--right); }

.chart {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem; margin: 0 0 1rem;
}
.chart svg { display: block; max-width: 100%; height: auto; }
.chart .narrow { display: none; }
@media (max-width: 47rem) {
  .chart .wide { display: none; } .chart .narrow { display: block; }
  .chart .narrow svg { width: 100%; max-width: 26rem; margin: 0 auto; }
  .chart { padding: .75rem; } .chart .narrow { margin: 0 -.35rem; }
}
.chart > p { margin: 0 0 .5rem; }
details { margin: .75rem 0 0; } summary { cursor: pointer; padding: .35rem 0; font-weight: 600; }

table {
  border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
}
caption { text-align: left; color: var(--muted); padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .8rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--muted); font-weight: 600; }
tbody th { font-weight: 600; }
.number { white-space: nowrap; }
.small, .why { font-weight: 400; }
sup { line-height: 0; font-size: 1rem; font-weight: 400; vertical-align: .35em; }
sup a { color: var(--muted); text-decoration: none; padding: 0 .15em; }
sup a:hover, sup a:focus { text-decoration: underline; }
ol.said { list-style: none; margin: 0; padding: 0; }
ol.said > li {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: .8rem 1rem; margin: 0 0 .6rem;
}
ol.said p { margin: 0; }
.plain { padding-left: 1.2rem; margin: 0; max-width: 44rem; } .plain li { margin: .3rem 0; }
dl.bases { margin: 0; }
dl.bases > div { border-top: 1px solid var(--line); padding: .8rem 0; scroll-margin-top: 1rem; }
dl.bases > div:target { background: var(--note-soft); }
dl.bases dt { font-weight: 600; } dl.bases dd { margin: .15rem 0 0; max-width: 48rem; }
footer { margin-top: 3rem; padding-bottom: 3rem; }
footer p { border-top: 1px solid var(--line); padding-top: 1rem; max-width: none; }
a { color: inherit; }

@media (max-width: 38rem) {
  table, caption, thead, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: .6rem .9rem; border-top: 1px solid var(--line); } tbody tr:first-child { border-top: 0; }
  th, td { border: 0; padding: .1rem 0; } caption { padding: .6rem .9rem 0; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--muted); }
  .number { white-space: normal; }
}
@media print {
  :root {
    --page: #fff; --card: #fff; --ink: #000; --muted: #3a424c; --line: #c9c9c9;
    --left: #0a62a3; --right: #b04a00; --held: #4f5d73; --measure: #96246b; --stop: #b3121d; --body: #7d8796;
    --stop-soft: #fff; --note-soft: #fff;
  }
  @page { margin: 16mm 15mm; }
  html { font-size: 10.5pt; } main, header, footer { max-width: none; padding: 0; } header { padding-top: 0; }
  .chart .wide { display: block; } .chart .narrow { display: none; }
  .cards { grid-template-columns: repeat(3, 1fr); } .tiles { grid-template-columns: repeat(4, auto); }
  figure, .chart, .wide, tr, li, dl.bases > div, .banner, .tiles > div, section > p { break-inside: avoid; }
  h2, h3, caption, summary, .keyline, .chart > p, section > p { break-after: avoid; }
  .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 1.75rem; }
}
"""
