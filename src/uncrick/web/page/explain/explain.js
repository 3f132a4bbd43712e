/** The explain page's figure to try: sliders in, a stretch out, first the nearest computed one, then this very one. */

import { byId, write } from "../dom.js";
import { Settings } from "../settings.js";
import { keepTheme } from "../theme.js";
import { short } from "./chart.js";
import { drawCharts, loudest_ms, markCharts } from "./charts.js";
import { Ear } from "./hear.js";
import { drawJoint, shapeAt } from "./joint.js";
import { Live } from "./live.js";
import { Player } from "./play.js";
import { DIALS, NAMES, nearest, valueAt } from "./stretches.js";

/** @typedef {import("./stretches.js").Stretch} Stretch */
/** @typedef {import("./stretches.js").Asked} Asked */

keepTheme(new Settings());
/** @type {{grid: Stretch[]}} */
const { grid } = await (await fetch("/explain/stretches.json")).json();
const svg = /** @type {SVGElement} */ (/** @type {unknown} */ (byId("joint")));
const ear = new Ear();
const player = new Player(showMoment);
const live = new Live(answered);
/** @type {Stretch | null} */
let stretch = null;

/** @param {string} name */
function dial(name) {
  return /** @type {HTMLInputElement} */ (byId(name));
}

/** @returns {Asked} */
function asked() {
  const [force_n, ramp_s, capsule_mm3_kpa] = NAMES.map((name) => valueAt(name, Number(dial(name).value)));
  return { force_n: force_n ?? 40, ramp_s: ramp_s ?? 0.1, capsule_mm3_kpa: capsule_mm3_kpa ?? 1 };
}

/** A slider moved: the nearest stretch that was computed before, at once; then ask for this very one. */
function moved() {
  const wanted = asked();
  for (const name of NAMES) {
    const says = DIALS[name].says(wanted[name]);
    write(byId(`${name}-says`), says);
    dial(name).setAttribute("aria-valuetext", says);
  }
  const near = nearest(grid, wanted);
  if (near) {
    const { force_n, ramp_s, capsule_mm3_kpa } = near.joint;
    show(near, `Shown: the nearest of ${grid.length} stretches computed beforehand (${force_n} N, ${ramp_s} s, ${capsule_mm3_kpa} mm³ per kPa). This very one is being computed.`);
  }
  live.ask(wanted);
}

/** @param {{stretch: Stretch} | {says: string}} answer */
function answered(answer) {
  if ("stretch" in answer) show(answer.stretch, "Computed just now for exactly these numbers. Mass, stiffness, damping and force are guesses.");
  else write(byId("how-known"), `Shown: the nearest stretch computed beforehand; this very one could not be computed: ${answer.says}.`);
}

/**
 * @param {Stretch} now
 * @param {string} known
 */
function show(now, known) {
  const first = stretch === null;
  stretch = now;
  write(byId("verdict"), now.says);
  write(byId("how-known"), known);
  for (const id of ["hear", "hear-slowly"]) {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = !now.sound || now.outcome.verdict === "no cavity";
  }
  drawCharts(now);
  if (first) player.to(momentOf(now));
  else showMoment(player.at);
  document.body.dataset.known = now.sound ? "live" : "before";
}

/** The moment a little after the loudest one. @param {Stretch} now */
function momentOf(now) {
  const after = now.t_10us.findIndex((t) => t / 100 > loudest_ms(now) + 2);
  return after < 0 ? 39 : after;
}

/** @param {number} i */
function showMoment(i) {
  if (stretch === null) return;
  drawJoint(svg, shapeAt(stretch, i));
  markCharts(stretch, i);
  const ms = (stretch.t_10us[i] ?? 0) / 100, from = ms - loudest_ms(stretch);
  const says = `${short(ms)} ms after the pull began${stretch.outcome.crack_at_s === null ? "" : `, ${short(Math.abs(from))} ms ${from < 0 ? "before" : "after"} the loudest moment`}`;
  const gap = `${short((stretch.gap_um[i] ?? 0) / 1000)} mm`, cavity = `${short((stretch.volume_001mm3[i] ?? 0) / 100)} mm³`;
  const kpa = `${short((stretch.rim_01kpa[i] ?? 0) / 10)} kPa`;
  write(byId("moment-says"), says);
  write(byId("now-gap"), gap);
  write(byId("now-cavity"), cavity);
  write(byId("now-pressure"), kpa);
  showGas(stretch.co2_pct[i] ?? 0, stretch.n2_pct[i] ?? 0);
  const text = `${says}: gap ${gap}, pressure ${kpa}, cavity ${cavity}.`;
  dial("moment").setAttribute("aria-valuetext", text);
  const desc = svg.querySelector("desc");
  if (desc) desc.textContent = text;
}

/**
 * @param {number} co2
 * @param {number} n2
 */
function showGas(co2, n2) {
  const parts = /** @type {const} */ ([["gas-co2", 0, co2], ["gas-n2", co2, n2], ["gas-o2", co2 + n2, 100 - co2 - n2]]);
  for (const [id, x, width] of parts) {
    const part = document.getElementById(id);
    part?.setAttribute("x", String(x));
    part?.setAttribute("width", String(Math.max(0, width)));
  }
  write(byId("now-gas"), `CO₂ ${co2} %, nitrogen ${n2} %, oxygen ${Math.max(0, 100 - co2 - n2)} %`);
}

for (const name of NAMES) dial(name).addEventListener("input", moved);
for (const button of document.querySelectorAll("button[data-dial]")) {
  button.addEventListener("click", () => {
    const { dial: name = "", by = "0" } = /** @type {HTMLElement} */ (button).dataset;
    dial(name).value = String(Number(dial(name).value) + Number(by));
    moved();
  });
}
byId("hear").addEventListener("click", () => stretch?.sound && void ear.play(stretch.sound, false));
byId("hear-slowly").addEventListener("click", () => stretch?.sound && void ear.play(stretch.sound, true));
for (const id of ["dials", "moment-box", "live-charts"]) byId(id).hidden = false;
moved();
document.body.dataset.ready = "yes";
