/** What hands say without a key: one raised above the head is pause, forearms crossed before the chest are stop. */

import { point, shoulderShow, trunk } from "./body.js";
import { INDEX } from "./landmark.js";

/** @typedef {import("./landmark.js").Landmarks} Landmarks */
/** @typedef {import("./body.js").Point} Point */
/** @typedef {"pause" | "stop"} Gesture */

/** A gesture counts when it lasts so long. */
export const HOLD_S = 1.0;
/** A gesture not seen for this long has ended; shorter gaps are a camera that blinked. */
export const GAP_S = 0.25;
/** Lengths below are parts of the trunk's length. A raised wrist is so much above the nose: above the head's top. */
export const RAISED = 0.3;
/** The other wrist is at least so far down along the trunk from the shoulders: a stretch that lifts both is no pause. */
export const RESTING = 0.15;
/** Wrists and elbows less in sight than this say nothing. */
export const LEAST_VISIBILITY = 0.5;
/** Crossed forearms are read only from the front, where the shoulders show at least this much. */
export const LEAST_FRONT = 0.35;
/** Forearms cross in a point that lies between these parts of each forearm, elbow 0, wrist 1. */
export const CROSSING = Object.freeze([0.1, 1.1]);
/**
 * How far each wrist is beyond the middle of the body, and each elbow on its own side of it. With the elbows together, as
 * in the butterfly, wrists are taken for each other and seem to cross: elbows were within 0.16 there.
 */
export const BEYOND = 0.05;
export const ELBOW_OUT = 0.2;

/**
 * The gesture that this moment shows, held or not.
 *
 * @param {Landmarks} landmarks
 * @returns {Gesture | null}
 */
export function gestureIn(landmarks) {
  if (!landmarks.present) return null;
  if (isCrossed(landmarks)) return "stop";
  const raised = (/** @type {string} */ side, /** @type {string} */ other) =>
    isRaised(landmarks, side) && isResting(landmarks, other);
  return raised("left", "right") || raised("right", "left") ? "pause" : null;
}

/**
 * @param {Landmarks} landmarks
 * @param {string} side
 */
function isRaised(landmarks, side) {
  const wrist = point(landmarks, `wrist_${side}`);
  const high_px = point(landmarks, "nose").y - wrist.y;
  const above_elbow = point(landmarks, `elbow_${side}`).y - wrist.y;
  return isSeen(landmarks, `wrist_${side}`) && above_elbow > 0 && high_px >= RAISED * trunk(landmarks).length_px;
}

/**
 * @param {Landmarks} landmarks
 * @param {string} side
 */
function isResting(landmarks, side) {
  const { down } = inTrunk(landmarks, point(landmarks, `wrist_${side}`));
  return down >= RESTING && point(landmarks, `wrist_${side}`).y > point(landmarks, "nose").y;
}

/** @param {Landmarks} landmarks */
function isCrossed(landmarks) {
  const names = ["elbow_left", "wrist_left", "elbow_right", "wrist_right"];
  if (!names.every((name) => isSeen(landmarks, name)) || !(shoulderShow(landmarks) >= LEAST_FRONT)) return false;
  const [a, b, c, d] = names.map((name) => inTrunk(landmarks, point(landmarks, name)));
  if (!(b.left <= -BEYOND && d.left >= BEYOND && a.left >= ELBOW_OUT && c.left <= -ELBOW_OUT)) return false;
  if (!(b.down >= 0 && d.down >= 0)) return false;
  const crossing = crossingOf(a, b, c, d);
  return crossing.every((part) => part >= CROSSING[0] && part <= CROSSING[1]) && inChest(a, b, crossing[0]);
}

/**
 * Where a point lies on the trunk: down from the shoulders to the hips 0 to 1, and to the person's left of its middle.
 *
 * @param {Landmarks} landmarks
 * @param {Point} at
 */
function inTrunk(landmarks, at) {
  const { top, end, length_px } = trunk(landmarks);
  const axis = { x: (end.x - top.x) / length_px, y: (end.y - top.y) / length_px };
  const [x, y] = [(at.x - top.x) / length_px, (at.y - top.y) / length_px];
  return { down: x * axis.x + y * axis.y, left: x * axis.y - y * axis.x };
}

/** @typedef {{down: number, left: number}} TrunkPoint */

/**
 * Which parts along a-b and along c-d the lines meet at; NaN or infinite when they do not.
 *
 * @param {TrunkPoint} a
 * @param {TrunkPoint} b
 * @param {TrunkPoint} c
 * @param {TrunkPoint} d
 */
function crossingOf(a, b, c, d) {
  const u = { down: b.down - a.down, left: b.left - a.left };
  const v = { down: d.down - c.down, left: d.left - c.left };
  const w = { down: c.down - a.down, left: c.left - a.left };
  const turn = u.left * v.down - u.down * v.left;
  return [(w.left * v.down - w.down * v.left) / turn, (w.left * u.down - w.down * u.left) / turn];
}

/**
 * Whether the point at this part of a-b lies before the chest.
 *
 * @param {TrunkPoint} a
 * @param {TrunkPoint} b
 * @param {number} part
 */
function inChest(a, b, part) {
  const down = a.down + part * (b.down - a.down);
  const left = a.left + part * (b.left - a.left);
  return down >= -0.15 && down <= 0.75 && Math.abs(left) <= 0.35;
}

/**
 * @param {Landmarks} landmarks
 * @param {string} name
 */
function isSeen({ visibility }, name) {
  return visibility[INDEX[name]] >= LEAST_VISIBILITY;
}

/**
 * What is remembered: the gesture that goes on, since when, when it was seen last, whether it was answered.
 *
 * @typedef {object} GestureState
 * @property {Gesture} gesture
 * @property {number} since_s
 * @property {number} seen_s
 * @property {boolean} told
 */

/**
 * Take in one moment; answers with a gesture once, when it has lasted HOLD_S. It has to end before it can be made again.
 *
 * @param {GestureState | null} state
 * @param {Landmarks} landmarks
 * @returns {[GestureState | null, Gesture | null]}
 */
export function step(state, landmarks) {
  const { t_s } = landmarks;
  const gesture = gestureIn(landmarks);
  if (state !== null && gesture === null && t_s - state.seen_s <= GAP_S) return [state, null];
  if (gesture === null) return [null, null];
  const goes_on = state !== null && state.gesture === gesture && t_s - state.seen_s <= GAP_S;
  const now = goes_on ? { ...state, seen_s: t_s } : { gesture, since_s: t_s, seen_s: t_s, told: false };
  if (now.told || t_s - now.since_s < HOLD_S) return [now, null];
  return [{ ...now, told: true }, gesture];
}
