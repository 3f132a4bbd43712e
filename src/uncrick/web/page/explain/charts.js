/** The four charts under the joint: gap, cavity, pressure and, where the sound is known, the sound. */

import { byId } from "../dom.js";
import { drawChart, markMoment, share, short } from "./chart.js";

/** @typedef {import("./stretches.js").Stretch} Stretch */

/** @type {[number, number]} */
const WINDOW = [-25, 75];
/** @type {[number, number]} */
const HEARD = [-20, 40];
const TICKS = [-25, 0, 25, 50, 75];

/** @param {Stretch} stretch */
export function loudest_ms(stretch) {
  return (stretch.outcome.crack_at_s ?? (stretch.t_10us.at(-1) ?? 0) * 0.5e-5) * 1e3;
}

/** @param {Stretch} stretch */
export function drawCharts(stretch) {
  const ms = stretch.t_10us.map((t) => t / 100 - loudest_ms(stretch));
  const gap = stretch.gap_um.map((g) => g / 1000), cavity = stretch.volume_001mm3.map((v) => v / 100);
  const kpa = stretch.rim_01kpa.map((p) => p / 10), lowest = Math.min(...kpa);
  const { outcome } = stretch;
  const time = { x: ms, x_ends: WINDOW, x_ticks: TICKS };
  const gapTop = roundUp(Math.max(...gap)), cavityTop = roundUp(Math.max(...cavity, 1));
  drawChart(byId("live-gap"), {
    ...time, key: "gap", title: "The gap", unit: "mm", y: gap, y_ends: [0, gapTop], y_ticks: [0, gapTop / 2, gapTop],
    says: `It opens by ${short(outcome.opened_mm)} mm.`,
  });
  drawChart(byId("live-cavity"), {
    ...time, key: "cavity", title: "The cavity", unit: "mm³", y: cavity, y_ends: [0, cavityTop],
    y_ticks: [0, cavityTop / 2, cavityTop],
    says: outcome.left === null ? "None forms." : `It grows to ${short(outcome.greatest_mm3)} mm³; ${share(outcome.left)} of that is left.`,
  });
  drawChart(byId("live-pressure"), {
    ...time, key: "pressure", title: "The pressure at the film’s rim", unit: "kPa", y: kpa, y_ends: [-20, 120],
    y_ticks: [0, 50, 100], says: `It falls from the air’s 101 kPa to ${short(lowest)} kPa.${lowest < 0 ? " A liquid can be pulled below zero for an instant." : ""}`,
  });
  drawSound(stretch);
}

/** @param {Stretch} stretch */
function drawSound(stretch) {
  const figure = byId("live-sound");
  const mpa = stretch.wave?.mpa ?? [];
  figure.hidden = mpa.length === 0;
  if (!stretch.wave || mpa.length === 0) return;
  const { from_ms, to_ms } = stretch.wave;
  const step = (to_ms - from_ms) / mpa.length;
  const top = roundUp(Math.max(...mpa.map(Math.abs)));
  drawChart(figure, {
    key: "sound", title: "The sound at a microphone", unit: "mPa", y: mpa, y_ends: [-top, top], y_ticks: [-top, 0, top],
    x: mpa.map((_, i) => from_ms + (i + 0.5) * step - loudest_ms(stretch)), x_ends: HEARD, x_ticks: [-20, 0, 20, 40],
    says: `${short(stretch.outcome.level_db ?? 0)} decibels 10 cm from the skin, loudest near ${short(stretch.outcome.peak_hz ?? 0)} Hz${stretch.outcome.sound_from === "collapse" ? ": upper ends, since the model leaves out what softens a collapse" : ""}.`,
  });
}

/** @param {Stretch} stretch @param {number} i */
export function markCharts(stretch, i) {
  const ms = (stretch.t_10us[i] ?? 0) / 100 - loudest_ms(stretch);
  for (const id of ["live-gap", "live-cavity", "live-pressure"]) markMoment(byId(id), ms, WINDOW);
  markMoment(byId("live-sound"), ms, HEARD);
}

/** The next of 1, 2, 5 times a power of ten. @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((n) => n * power >= value) ?? 10) * power;
}
