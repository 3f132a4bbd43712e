/** Which body point is where: reading the landmark network's answers; as uncrick.vision.landmarks. */

import { N_LANDMARKS } from "./landmark.js";
import { fetchSquare } from "./picture.js";
import { cropToPicture, pointsToPicture, turnPoints } from "./region.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./region.js").Region} Region */

/** 33 landmarks, two points that make the next region, four hand points that no one reads. */
export const N_POINTS = 39;
export const HIP = 33;
/** Points, flag, heat and world points; 2, the picture of body and background, is not read and not computed. */
export const WANTED = Object.freeze([0, 1, 3, 4]);
/** Side of the heatmap window in which a point is refined, and the heat it takes. Source: published graph. */
export const WINDOW = 7;
export const LEAST_HEAT = 0.5;

/**
 * What the landmark model saw in one region.
 *
 * @typedef {object} Look
 * @property {number} flag 0..1, whether a person is there
 * @property {Float64Array} image_px (33 x 3) px of the picture
 * @property {Float64Array} world_m (33 x 3) m from the hips
 * @property {Float64Array} visibility (33) 0..1, in the picture and not hidden
 * @property {number[]} anchor_px hip x, y and rim x, y of the next region
 */

/**
 * Run the landmark model on one region of the picture.
 *
 * @param {Network} network
 * @param {Picture} picture
 * @param {Region} region
 * @returns {Promise<Look>}
 */
export async function lookInto(network, picture, region) {
  fetchSquare(picture, cropToPicture(region, network.size_px), network.input, 0);
  return readLook(await network.run(), network.size_px, region);
}

/**
 * Refine the points by the heat and turn them from the crop into the picture.
 *
 * @param {Float32Array[]} answers points (39 x 5), flag (1), heat (n x n x 39), world points (39 x 3)
 * @param {number} size_px of the crop
 * @param {Region} region
 * @returns {Look}
 */
export function readLook([points, flag, heat, world], size_px, region) {
  const found = new Float64Array(3 * N_POINTS);
  for (let i = 0; i < N_POINTS; i++) {
    const [x, y] = refined(points[5 * i], points[5 * i + 1], i, heat, size_px);
    found.set([x, y, points[5 * i + 2]], 3 * i);
  }
  pointsToPicture(region, found, size_px);
  const world_m = Float64Array.from(world.subarray(0, 3 * N_LANDMARKS));
  turnPoints(world_m, region.angle_deg);
  const visibility = new Float64Array(N_LANDMARKS);
  for (let i = 0; i < N_LANDMARKS; i++) visibility[i] = logistic(points[5 * i + 3]) * logistic(points[5 * i + 4]);
  const hip = 3 * HIP;
  return {
    flag: flag[0],
    image_px: found.slice(0, 3 * N_LANDMARKS),
    world_m,
    visibility,
    anchor_px: [found[hip], found[hip + 1], found[hip + 3], found[hip + 4]],
  };
}

/**
 * The point moved to the middle of the heat in a window around it, in px of the crop.
 *
 * Outside of its map, or in a window that is nowhere hot, it stays where it was.
 * Source: published graph (refine landmarks from heatmap), which weighs cells by their left upper corner.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} i which point
 * @param {Float32Array} heat (n x n x 39) logits
 * @param {number} size_px
 * @returns {[number, number]}
 */
export function refined(x, y, i, heat, size_px) {
  const n = Math.sqrt(heat.length / N_POINTS);
  const column = Math.floor((x * n) / size_px);
  const row = Math.floor((y * n) / size_px);
  if (!(column >= 0 && column < n && row >= 0 && row < n)) return [x, y];
  const half = WINDOW >> 1;
  let [total, across, down, hottest] = [0, 0, 0, 0];
  for (let r = Math.max(row - half, 0); r <= Math.min(row + half, n - 1); r++) {
    for (let c = Math.max(column - half, 0); c <= Math.min(column + half, n - 1); c++) {
      const weight = logistic(heat[(r * n + c) * N_POINTS + i]);
      total += weight;
      across += weight * c;
      down += weight * r;
      hottest = Math.max(hottest, weight);
    }
  }
  if (hottest < LEAST_HEAT) return [x, y];
  return [(across / total) * (size_px / n), (down / total) * (size_px / n)];
}

/** @param {number} logit */
function logistic(logit) {
  return 1 / (1 + Math.exp(-logit));
}
