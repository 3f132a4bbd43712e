/** Where people are: the detector network's anchors, and boxes that mean the same person made one; as vision.detector. */

import { after, fetchSquare, quarterTurn } from "./picture.js";
import { regionFromPoints } from "./region.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./picture.js").Matrix} Matrix */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./region.js").Region} Region */

/** Cell sizes of the network's grids in px, and how many boxes each cell answers with. Source: published graph. */
export const STRIDES = Object.freeze([[8, 2], [16, 2], [32, 6]]);
export const LEAST_SCORE = 0.5;
/** Boxes that overlap more than this are one person. Source: published graph. */
export const SAME_PERSON_IOU = 0.3;
/** Numbers of one box: six points (two corners, then four key points, of which the first two make the region). */
const BOX = 12;

/**
 * One person as the detector sees them: how sure it is, and the region to look into.
 *
 * @typedef {object} Sighting
 * @property {number} score
 * @property {Region} region
 */

/**
 * Who is in the picture, surest first.
 *
 * @param {Network} detector
 * @param {Picture} picture
 * @param {number} turn_deg 0, 90, 180, 270; the picture is shown to the network turned this far clockwise
 * @returns {Promise<Sighting[]>}
 */
export async function findPeople(detector, picture, turn_deg) {
  const to_picture = letterbox(picture, detector.size_px, turn_deg);
  fetchSquare(picture, to_picture, detector.input, -1);
  const [boxes, logits] = await detector.run();
  const people = merged(decoded(boxes, logits, detector.size_px));
  return people.map(({ score, points }) => ({ score, region: regionOf(points, to_picture) }));
}

/**
 * The matrix from the network's input to the picture: all of it, centred, black at two edges.
 *
 * @param {Picture} picture
 * @param {number} size_px
 * @param {number} turn_deg
 * @returns {Matrix}
 */
export function letterbox(picture, size_px, turn_deg) {
  const [w, h] = [picture.width_px, picture.height_px];
  const scale = Math.max(w, h) / size_px;
  const [turned_w, turned_h] = turn_deg % 180 === 0 ? [w, h] : [h, w];
  const middle = (scale * (size_px - 1)) / 2;
  return after(quarterTurn(turn_deg, w, h), [
    scale, 0, (turned_w - 1) / 2 - middle,
    0, scale, (turned_h - 1) / 2 - middle,
  ]);
}

/**
 * Scores and the six points, in input px, of all answers above LEAST_SCORE.
 *
 * @param {Float32Array} boxes (N x 12) centre, size and four points, relative to the anchors
 * @param {Float32Array} logits (N)
 * @param {number} size_px
 * @returns {{score: number, points: Float64Array}[]}
 */
export function decoded(boxes, logits, size_px) {
  const sure = [];
  const centres = anchors(size_px);
  for (let i = 0; i < logits.length; i++) {
    const score = 1 / (1 + Math.exp(-Math.min(Math.max(logits[i], -100), 100)));
    if (!(score >= LEAST_SCORE)) continue;
    const points = Float64Array.from(boxes.subarray(BOX * i, BOX * (i + 1)));
    const [half_w, half_h] = [points[2] / 2, points[3] / 2];
    for (let k = 0; k < BOX; k++) points[k] += centres[2 * i + (k % 2)] * size_px;
    points.set([points[0] - half_w, points[1] - half_h, points[0] + half_w, points[1] + half_h]);
    sure.push({ score, points });
  }
  return sure;
}

/** @type {Map<number, Float64Array>} */
const known_anchors = new Map();

/**
 * Centres (N x 2) of the boxes the network answers with, as parts of the input's side, row by row.
 *
 * @param {number} size_px
 */
export function anchors(size_px) {
  const known = known_anchors.get(size_px);
  if (known) return known;
  const centres = [];
  for (const [stride, n_boxes] of STRIDES) {
    const n = Math.floor(size_px / stride);
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        for (let k = 0; k < n_boxes; k++) centres.push((column + 0.5) / n, (row + 0.5) / n);
      }
    }
  }
  const made = Float64Array.from(centres);
  known_anchors.set(size_px, made);
  return made;
}

/**
 * Average the boxes that mean the same person, weighted by score; surest first.
 *
 * Source: bazarevsky2019 (blended non-maximum suppression).
 *
 * @param {{score: number, points: Float64Array}[]} boxes
 */
export function merged(boxes) {
  let left = [...boxes].sort((a, b) => b.score - a.score);
  const people = [];
  while (left.length > 0) {
    const best = left[0];
    const same = left.map((box) => box === best || overlap(best.points, box.points) > SAME_PERSON_IOU);
    const group = left.filter((_, i) => same[i]);
    const total = group.reduce((sum, box) => sum + box.score, 0);
    const points = best.points.map((_, k) => group.reduce((sum, box) => sum + box.score * box.points[k], 0) / total);
    people.push({ score: best.score, points });
    left = left.filter((_, i) => !same[i]);
  }
  return people;
}

/**
 * Shared area over joined area of two boxes.
 *
 * @param {Float64Array} a corners first: x0, y0, x1, y1
 * @param {Float64Array} b
 */
export function overlap(a, b) {
  const across = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const down = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  return (across * down) / Math.max(area(a) + area(b) - across * down, 1e-9);
}

/** @param {Float64Array} box */
function area(box) {
  return Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
}

/**
 * @param {Float64Array} points
 * @param {Matrix} to_picture
 */
function regionOf(points, [a, b, c, d, e, f]) {
  const anchor_px = [];
  for (const k of [4, 6]) {
    const [x, y] = [points[k] - 0.5, points[k + 1] - 0.5];
    anchor_px.push(a * x + b * y + c + 0.5, d * x + e * y + f + 0.5);
  }
  return regionFromPoints(anchor_px);
}
