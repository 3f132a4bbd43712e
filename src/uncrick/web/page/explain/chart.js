/** One chart of a stretch over time: a figure with its sentence, its drawing and the same numbers as a table. */

import { make } from "../dom.js";

const FIELD = { left: 46, right: 348, top: 22, bottom: 160 };
const SVG = "http://www.w3.org/2000/svg";
const N_ROWS = 12;

/** @typedef {{key: string, title: string, says: string, unit: string, x: number[], y: number[],
 *   x_ends: [number, number], y_ends: [number, number], x_ticks: number[], y_ticks: number[]}} Drawn */

/**
 * @param {HTMLElement} figure
 * @param {Drawn} drawn
 */
export function drawChart(figure, drawn) {
  const open = figure.querySelector("details")?.open ?? false;
  const { key, title, says } = drawn;
  const caption = make("figcaption");
  caption.append(make("strong", title), ` ${says}`);
  const svg = draw("svg", { viewBox: "0 0 360 200", role: "img", "aria-labelledby": `chart-${key}-t chart-${key}-d` });
  svg.append(text("title", title, `chart-${key}-t`), text("desc", says, `chart-${key}-d`), ...axes(drawn), curve(drawn));
  svg.append(draw("path", { class: "now", d: "" }));
  const table = make("details");
  table.open = open;
  table.append(make("summary", "The same as a table"), rows(drawn));
  figure.replaceChildren(caption, svg, table);
}

/**
 * Mark a moment on a drawn chart.
 *
 * @param {HTMLElement} figure
 * @param {number} ms
 * @param {[number, number]} ends
 */
export function markMoment(figure, ms, ends) {
  const inside = ms >= ends[0] && ms <= ends[1];
  figure.querySelector(".now")?.setAttribute("d", inside ? `M${place(ms, ends, FIELD.left, FIELD.right)} ${FIELD.top}V${FIELD.bottom}` : "");
}

/**
 * @param {number} value
 * @param {[number, number]} ends
 * @param {number} first
 * @param {number} last
 */
function place(value, [low, high], first, last) {
  return (first + ((value - low) / (high - low || 1)) * (last - first)).toFixed(1);
}

/** @param {Drawn} drawn */
function curve({ key, x, y, x_ends, y_ends }) {
  let d = "";
  x.forEach((ms, i) => {
    if (ms < x_ends[0] || ms > x_ends[1]) return;
    const value = Math.min(Math.max(y[i] ?? 0, y_ends[0]), y_ends[1]);
    d += `${d ? "L" : "M"}${place(ms, x_ends, FIELD.left, FIELD.right)} ${place(value, y_ends, FIELD.bottom, FIELD.top)}`;
  });
  return draw("path", { class: `line line-${key}`, d });
}

/** @param {Drawn} drawn */
function axes({ unit, x_ends, y_ends, x_ticks, y_ticks }) {
  const parts = [];
  for (const v of y_ticks) {
    const at = place(v, y_ends, FIELD.bottom, FIELD.top);
    parts.push(draw("path", { class: "grid", d: `M${FIELD.left} ${at}H${FIELD.right}` }));
    parts.push(text("text", short(v), "", { class: "tick", x: "40", y: String(Number(at) + 4), "text-anchor": "end" }));
  }
  for (const v of x_ticks) {
    const at = place(v, x_ends, FIELD.left, FIELD.right);
    parts.push(draw("path", { class: "grid", d: `M${at} ${FIELD.bottom}v5` }));
    parts.push(text("text", short(v), "", { class: "tick", x: at, y: "179", "text-anchor": "middle" }));
  }
  parts.push(text("text", "milliseconds from the loudest moment", "", { class: "axis", x: "348", y: "196", "text-anchor": "end" }));
  parts.push(text("text", unit, "", { class: "axis", x: "40", y: "10", "text-anchor": "end" }));
  return parts;
}

/** @param {Drawn} drawn */
function rows({ title, unit, x, y, x_ends }) {
  const inside = x.map((_, i) => i).filter((i) => (x[i] ?? 0) >= x_ends[0] && (x[i] ?? 0) <= x_ends[1]);
  const step = Math.max(1, Math.floor(inside.length / N_ROWS));
  const box = make("div", "", { class: "table-box", tabindex: "0", role: "region", "aria-label": title });
  const table = make("table");
  const head = make("tr");
  head.append(make("th", "ms", { scope: "col" }), make("th", unit, { scope: "col" }));
  const top = make("thead"), body = make("tbody");
  top.append(head);
  for (const i of inside.filter((_, n) => n % step === 0)) {
    const row = make("tr");
    row.append(make("th", `${short(x[i] ?? 0)} ms`, { scope: "row" }), make("td", short(y[i] ?? 0), { "data-label": unit }));
    body.append(row);
  }
  table.append(make("caption", title, { class: "unseen" }), top, body);
  box.append(table);
  return box;
}

/** A share in words, since a tiny one is only about right. @param {number} left */
export function share(left) {
  return left < 0.01 ? "less than 1 %" : `${Math.round(left * 100)} %`;
}

/** @param {number} value */
export function short(value) {
  return Number(value.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 3 });
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/**
 * @param {string} tag
 * @param {string} says
 * @param {string} id
 * @param {Record<string, string>} [attributes]
 */
function text(tag, says, id, attributes = {}) {
  const element = draw(tag, id ? { ...attributes, id } : attributes);
  element.textContent = says;
  return element;
}
