/** The recorded landmarks that the tests in this folder share, as the page would get them; laid out by test_pose_pure.py. */

import { readFileSync } from "node:fs";

import { emptyLandmarks, INDEX } from "../../src/uncrick/web/page/pose/landmark.js";

const recorded = JSON.parse(readFileSync(process.env.UNCRICK_LANDMARKS, "utf8"));

/** @returns {{name: string, view: "front" | "side", width_px: number, height_px: number, frames: object[]}[]} */
export const clips = recorded.clips.map((clip) => ({
  ...clip,
  frames: clip.frames.map(({ t_s, xy_px, visibility }) => {
    const frame = { ...emptyLandmarks(t_s), present: true };
    recorded.names.forEach((name, i) => {
      frame.image_px.set([xy_px[i][0], xy_px[i][1], 0], 3 * INDEX[name]);
      frame.visibility[INDEX[name]] = visibility[i];
    });
    return frame;
  }),
}));

export const clipNamed = (name) => clips.find((clip) => clip.name === name);

/** The frame with some points elsewhere: {wrist_left: [x, y]}. */
export function moved(frame, places) {
  const image_px = frame.image_px.slice();
  for (const [name, [x, y]] of Object.entries(places)) image_px.set([x, y], 3 * INDEX[name]);
  return { ...frame, image_px };
}

/** Where a named point of the frame is. */
export const at = (frame, name) => [...frame.image_px.subarray(3 * INDEX[name], 3 * INDEX[name] + 2)];

/** The frame with every point put through a function of x and y. */
export function mapped(frame, place) {
  const image_px = frame.image_px.map((value, i) => {
    const [x, y] = frame.image_px.subarray(i - (i % 3), i - (i % 3) + 2);
    return i % 3 === 2 ? value : place(x, y)[i % 3];
  });
  return { ...frame, image_px };
}

/** The frame shown in a mirror: left and right change places. */
export function mirrored(frame, width_px) {
  const turned = mapped(frame, (x, y) => [width_px - x, y]);
  const places = {};
  for (const name of recorded.names) {
    const twin = name.endsWith("_left") ? name.replace("_left", "_right") : name.replace("_right", "_left");
    places[name] = at(turned, twin);
  }
  return moved(turned, places);
}
