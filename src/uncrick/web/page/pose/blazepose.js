/** From picture to picture: one person is chosen, looked at, followed, lost and found again; as vision.blazepose. */

import { findPeople } from "./detector.js";
import { emptyLandmarks, N_LANDMARKS } from "./landmark.js";
import { lookInto } from "./landmarks.js";
import * as one_euro from "./one_euro.js";
import { regionFromPoints } from "./region.js";

/** @typedef {import("./detector.js").Sighting} Sighting */
/** @typedef {import("./landmark.js").Landmarks} Landmarks */
/** @typedef {import("./landmarks.js").Look} Look */
/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./region.js").Region} Region */

/** How sure the landmark model must be that it looks at a person. Source: published graph. */
export const LEAST_FLAG = 0.5;
/** For the two points that make the next region. Source: published graph. */
export const REGION_SMOOTHING = Object.freeze({ min_cutoff_hz: 0.01, beta: 10, speed_cutoff_hz: 1 });
/** A body with fewer landmarks inside the picture is not looked at: a face and two shoulders are 13. */
export const LEAST_INSIDE = 8;
/** A landmark outside the picture, or inside it by less than this part of its longer side, has visibility 0. */
export const EDGE = -0.015;
/**
 * Who moves further than this part of their region from one picture to the next, or was not looked at for this long, is
 * searched anew.
 */
export const LONGEST_JUMP = 0.6;
export const LONGEST_GAP_S = 0.5;
/** For this long after somebody was lost only somebody in the same place is taken, so nobody behind takes over. */
export const OWN_S = 1.0;
/** So many of the people the detector saw are looked at in one picture until one of them is somebody. */
export const MOST_LOOKS = 3;
/** In which turns the detector is shown the picture, one a picture, until it sees somebody. */
export const TURNS_DEG = Object.freeze([0, 90, 270]);

/**
 * The two networks held ready.
 *
 * @typedef {object} Eyes
 * @property {Network} detector
 * @property {Network} landmarks
 */

/**
 * What is remembered of the person followed.
 *
 * @typedef {object} Track
 * @property {Region | null} region where to look next, null while nobody is followed
 * @property {one_euro.OneEuroState | null} smooth of the region's points
 * @property {number} seen_s when the person was seen last
 * @property {Region | null} seen and where
 * @property {number} i_turn which turn the next search uses
 */

/** @type {Readonly<Track>} */
const NOBODY = Object.freeze({ region: null, smooth: null, seen_s: -Infinity, seen: null, i_turn: 0 });

/**
 * Look at one picture: follow the person, or search for somebody; the landmarks are empty when there is nobody.
 *
 * @param {Eyes} eyes
 * @param {Track | null} track
 * @param {{t_s: number, picture: Picture}} shot
 * @returns {Promise<[Track, Landmarks]>}
 */
export async function step(eyes, track, shot) {
  track ??= NOBODY;
  let look = await followed(eyes, track, shot);
  if (look === null) {
    track = { ...track, smooth: null };
    look = await searched(eyes, track, shot);
  }
  if (look === null) {
    return [{ ...track, region: null, i_turn: track.i_turn + 1 }, emptyLandmarks(shot.t_s)];
  }
  return [kept(track, shot.t_s, look), landmarksOf(look, shot)];
}

/**
 * @param {Eyes} eyes
 * @param {Track} track
 * @param {{t_s: number, picture: Picture}} shot
 */
async function followed(eyes, track, { t_s, picture }) {
  const gap_s = t_s - track.seen_s;
  if (track.region === null || !(gap_s > 0 && gap_s <= LONGEST_GAP_S)) return null;
  const look = await lookInto(eyes.landmarks, picture, track.region);
  return believable(look, picture) && !jumped(track.region, regionFromPoints(look.anchor_px)) ? look : null;
}

/**
 * @param {Eyes} eyes
 * @param {Track} track
 * @param {{t_s: number, picture: Picture}} shot
 */
async function searched(eyes, track, { t_s, picture }) {
  const turn_deg = TURNS_DEG[track.i_turn % TURNS_DEG.length];
  const own = t_s - track.seen_s <= OWN_S ? track.seen : null;
  const sightings = order(await findPeople(eyes.detector, picture, turn_deg), picture, own);
  for (const { region } of sightings.slice(0, MOST_LOOKS)) {
    let look = await lookInto(eyes.landmarks, picture, region);
    if (look.flag < LEAST_FLAG) look = await lookInto(eyes.landmarks, picture, regionFromPoints(look.anchor_px));
    if (believable(look, picture)) return look;
  }
  return null;
}

/**
 * @param {Track} track
 * @param {number} t_s
 * @param {Look} look
 * @returns {Track}
 */
function kept(track, t_s, look) {
  const seen = regionFromPoints(look.anchor_px);
  const smooth = one_euro.step(REGION_SMOOTHING, track.smooth, { t_s, value: look.anchor_px, unit: seen.side_px });
  return { ...track, region: regionFromPoints(smooth.value), smooth, seen_s: t_s, seen };
}

/**
 * @param {Look} look
 * @param {{t_s: number, picture: Picture}} shot
 * @returns {Landmarks}
 */
function landmarksOf(look, { t_s, picture }) {
  return {
    t_s,
    image_px: Float32Array.from(look.image_px),
    world_m: Float32Array.from(look.world_m),
    visibility: Float32Array.from(look.visibility, (seen, i) => (isWithin(look.image_px, i, picture, EDGE) ? seen : 0)),
    present: true,
  };
}

/**
 * Whether the landmark model is sure of a person, and enough of the body is in the picture.
 *
 * @param {Look} look
 * @param {Picture} picture
 */
export function believable(look, picture) {
  if (!(look.flag >= LEAST_FLAG) || !look.image_px.every(Number.isFinite)) return false;
  let n_inside = 0;
  for (let i = 0; i < N_LANDMARKS; i++) n_inside += Number(isWithin(look.image_px, i, picture, 0));
  return n_inside >= LEAST_INSIDE;
}

/**
 * Whether point *i* lies in the picture made larger on every side by *edge* of its longer side; below 0 is smaller.
 *
 * @param {Float64Array} image_px (N x 3)
 * @param {number} i
 * @param {Picture} picture
 * @param {number} edge
 */
function isWithin(image_px, i, { width_px, height_px }, edge) {
  const slack_px = edge * Math.max(width_px, height_px);
  const [x, y] = [image_px[3 * i], image_px[3 * i + 1]];
  return x >= -slack_px && y >= -slack_px && x < width_px + slack_px && y < height_px + slack_px;
}

/**
 * Whether the region went further or changed its size more than a person can from one picture to the next.
 *
 * @param {Region} before
 * @param {Region} now
 */
export function jumped(before, now) {
  const growth = now.side_px / before.side_px;
  return distance_px(before, now) > LONGEST_JUMP * before.side_px || !(growth > 0.5 && growth < 2);
}

/**
 * The sightings worth a look, best first: nearest to where the person followed was a moment ago (only who is there
 * counts), or, when there is no such person, largest and most central.
 *
 * @param {Sighting[]} sightings
 * @param {Picture} picture
 * @param {Region | null} own
 */
export function order(sightings, picture, own) {
  if (own !== null) {
    const near = sightings.filter(({ region }) => !jumped(own, region));
    return near.sort((a, b) => distance_px(a.region, own) - distance_px(b.region, own));
  }
  const prominence = (/** @type {Sighting} */ { region }) => {
    const x = region.x_px / picture.width_px - 0.5;
    const y = region.y_px / picture.height_px - 0.5;
    return region.side_px * (1 - Math.min(1, Math.hypot(x, y)));
  };
  return [...sightings].sort((a, b) => prominence(b) - prominence(a));
}

/**
 * @param {Region} a
 * @param {Region} b
 */
function distance_px(a, b) {
  return Math.hypot(a.x_px - b.x_px, a.y_px - b.y_px);
}
