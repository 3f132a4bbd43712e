/** Where the person should go so that the camera sees what the exercise needs. Nothing but numbers in, one advice out. */

import { distance_px, point, shoulderShow, trunk } from "./body.js";

/** @typedef {import("./landmark.js").Landmarks} Landmarks */

/**
 * What the person is told, as a key of the page's words. Left and right are the person's own when facing the camera, and
 * so are those of the mirrored picture on the screen.
 *
 * @typedef {"cannot_see" | "step_back" | "step_closer" | "move_left" | "move_right" | "face_camera" | "turn_sideways"
 *   | "good"} Advice
 */

/**
 * What an exercise needs to be seen.
 *
 * @typedef {object} Wants
 * @property {"front" | "side"} view where the camera stands
 * @property {readonly string[]} [parts] landmarks that have to be in the picture; PARTS unless told
 */

/** The whole body without hands and feet. From the side only those count that are nearer to the camera. */
export const PARTS = Object.freeze(
  ["shoulder", "elbow", "wrist", "hip", "knee", "ankle"].flatMap((part) => [`${part}_left`, `${part}_right`]).concat("nose"),
);
/** Part of the picture's longer side that stays free at its edges: at the edge itself landmarks are not to be trusted. */
export const MARGIN = 0.015;
/** A body whose bones, nose to ankle, make less than this of the picture's shorter side is too far away. */
export const LEAST_LENGTH = 0.35;
/** Parts of the trunk's length that the shoulders show: at least this from the front, at most that from the side. */
export const LEAST_FRONT = 0.45;
export const MOST_SIDE = 0.4;
/** An advice stands at least so long before another takes its place. */
export const STEADY_S = 0.7;

/**
 * What to tell the person in this moment.
 *
 * @param {Landmarks} landmarks
 * @param {{width_px: number, height_px: number}} picture
 * @param {Wants} wants
 * @returns {Advice}
 */
export function adviceFor(landmarks, picture, wants) {
  if (!landmarks.present) return "cannot_see";
  const outside = outsideAdvice(landmarks, picture, wants.parts ?? PARTS);
  if (outside !== null) return outside;
  if (length_px(landmarks) < LEAST_LENGTH * Math.min(picture.width_px, picture.height_px)) return "step_closer";
  const show = shoulderShow(landmarks);
  if (wants.view === "front" && !(show >= LEAST_FRONT)) return "face_camera";
  if (wants.view === "side" && !(Math.abs(show) <= MOST_SIDE)) return "turn_sideways";
  return "good";
}

/**
 * What brings wanted parts into the picture: a move to the side where that is enough, else a step back.
 *
 * @param {Landmarks} landmarks
 * @param {{width_px: number, height_px: number}} picture
 * @param {readonly string[]} parts
 * @returns {Advice | null}
 */
function outsideAdvice(landmarks, { width_px, height_px }, parts) {
  const margin_px = MARGIN * Math.max(width_px, height_px);
  const points = parts.map((name) => point(landmarks, name));
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  if (Math.min(...ys) < margin_px || Math.max(...ys) > height_px - margin_px) return "step_back";
  if (right - left > width_px - 2 * margin_px) return "step_back";
  if (left < margin_px) return "move_left";
  if (right > width_px - margin_px) return "move_right";
  return null;
}

/**
 * How long the body is along its bones, of the side that shows more: no shorter when the knees are hugged.
 *
 * @param {Landmarks} landmarks
 */
function length_px(landmarks) {
  const { top, length_px: trunk_px } = trunk(landmarks);
  const legs_px = ["left", "right"].map((side) => {
    const [hip, knee, ankle] = ["hip", "knee", "ankle"].map((part) => point(landmarks, `${part}_${side}`));
    return distance_px(hip, knee) + distance_px(knee, ankle);
  });
  return distance_px(point(landmarks, "nose"), top) + trunk_px + Math.max(...legs_px);
}

/**
 * What is remembered: the advice that stands, and one that wants its place since when.
 *
 * @typedef {object} PlacementState
 * @property {Advice} advice
 * @property {Advice} next
 * @property {number} since_s
 */

/**
 * Take in one moment; the state's advice changes only when another one lasts.
 *
 * @param {PlacementState | null} state
 * @param {number} t_s
 * @param {Advice} advice of this moment
 * @returns {PlacementState}
 */
export function step(state, t_s, advice) {
  if (state === null) return { advice, next: advice, since_s: t_s };
  const since_s = advice === state.next ? state.since_s : t_s;
  const lasts = t_s - since_s >= STEADY_S;
  return { advice: lasts ? advice : state.advice, next: advice, since_s };
}
