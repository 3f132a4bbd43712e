/** The joint in section at one moment of a stretch; everything scaled from the numbers, nothing decided. */

/** @typedef {import("./stretches.js").Stretch} Stretch */

const MIDDLE = { x: 320, y: 190 };
const FACET_MM = 7;
const PX_PER_MM = 192 / FACET_MM;
const GAP_PX = { least: 10, per_mm: 62, most: 130 };

/** @typedef {{gap_px: number, bubble: {rx: number, ry: number}, thick: number, dent: number, pull: number,
 *   loud: number}} Shape */

/**
 * How the joint looks at moment *i*: all in the drawing's units.
 *
 * @param {Stretch} stretch
 * @param {number} i
 * @returns {Shape}
 */
export function shapeAt(stretch, i) {
  const gap_mm = (stretch.gap_um[i] ?? 10) / 1000;
  const volume_mm3 = (stretch.volume_001mm3[i] ?? 0) / 100;
  const t_s = (stretch.t_10us[i] ?? 0) * 1e-5;
  const gap_px = Math.min(GAP_PX.least + GAP_PX.per_mm * gap_mm, GAP_PX.most);
  const drawn_mm3 = Math.max(0, Math.PI * FACET_MM ** 2 * (gap_mm - 0.01) - volume_mm3);
  const { crack_at_s, level_db } = stretch.outcome;
  const since_ms = crack_at_s === null ? Infinity : Math.abs(t_s - crack_at_s) * 1e3;
  return {
    gap_px,
    bubble: bubble(volume_mm3, gap_mm, gap_px),
    thick: 13 - 5 * (Math.log10(stretch.joint.capsule_mm3_kpa) + 1),
    dent: 84 + Math.min(80, drawn_mm3 * 0.6),
    pull: smooth(t_s / stretch.joint.ramp_s),
    loud: since_ms < 3 && level_db !== null ? Math.max(0, Math.min(1, (level_db - 30) / 60)) * (1 - since_ms / 3) : 0,
  };
}

/**
 * A sphere while it is smaller than the gap, a pancake after.
 *
 * @param {number} volume_mm3
 * @param {number} gap_mm
 * @param {number} gap_px
 */
function bubble(volume_mm3, gap_mm, gap_px) {
  const sphere_mm = Math.cbrt((3 * volume_mm3) / (4 * Math.PI));
  const most = 0.44 * gap_px;
  if (sphere_mm < gap_mm / 2) {
    const r = Math.min(most, Math.max(2.5, sphere_mm * PX_PER_MM * 2));
    return { rx: r, ry: r };
  }
  const across_mm = Math.sqrt(volume_mm3 / (Math.PI * gap_mm) + gap_mm ** 2 / 12);
  return { rx: Math.max(most, Math.min(188, across_mm * PX_PER_MM)), ry: most };
}

/** @param {number} x */
function smooth(x) {
  const in1 = Math.min(Math.max(x, 0), 1);
  return in1 * in1 * (3 - 2 * in1);
}

/**
 * @param {SVGElement} svg
 * @param {Shape} shape
 */
export function drawJoint(svg, shape) {
  const { gap_px, bubble: { rx, ry }, thick, dent, pull, loud } = shape;
  const half = gap_px / 2;
  const { x, y } = MIDDLE;
  set(svg, "upper", { transform: `translate(0 ${-half})` });
  set(svg, "lower", { transform: `translate(0 ${half})` });
  const right = 640 - dent;
  const sides = { left: side(140, dent, half), right: side(500, right, half) };
  const back = `H500C${right} ${y + half} ${right} ${y - half} 500 ${160 - half}z`;
  set(svg, "fluid", { d: `${sides.left}${back}` });
  set(svg, "left", { d: sides.left, "stroke-width": thick });
  set(svg, "right", { d: sides.right, "stroke-width": thick });
  set(svg, "bubble", { x: x - rx, y: y - ry, width: 2 * rx, height: 2 * ry, rx: Math.min(rx, ry) });
  set(svg, "pull", { transform: `translate(0 ${-half + 12 - 12 * pull})`, opacity: 0.2 + 0.8 * pull });
  set(svg, "sound", { opacity: loud });
}

/**
 * One side of the capsule, from bone to bone.
 *
 * @param {number} edge
 * @param {number} at
 * @param {number} half
 */
function side(edge, at, half) {
  return `M${edge} ${160 - half}C${at} ${MIDDLE.y - half} ${at} ${MIDDLE.y + half} ${edge} ${220 + half}`;
}

/**
 * @param {SVGElement} svg
 * @param {string} part
 * @param {Record<string, string | number>} attributes
 */
function set(svg, part, attributes) {
  const element = svg.querySelector(`[data-part="${part}"]`);
  for (const [name, value] of Object.entries(attributes)) {
    element?.setAttribute(name, typeof value === "number" ? value.toFixed(2) : value);
  }
}
