/** Placement: people who stand right are left alone, others are told the one thing that helps. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyLandmarks } from "../../src/uncrick/web/page/pose/landmark.js";
import { adviceFor, PARTS, step, STEADY_S } from "../../src/uncrick/web/page/pose/placement.js";
import { clipNamed, clips, mapped, mirrored } from "./recorded.js";

const UPPER = PARTS.filter((name) => !/knee|ankle/.test(name));
/** Recorded so close that knees or feet are cut off. */
const UPPER_ONLY = ["butterfly_stretch", "chin_tuck", "scapular_squeeze", "upper_trapezius_stretch"];
/** Seen at a slant on purpose: neither front nor side. */
const SLANTED = ["thread_the_needle"];

const clip = clipNamed("twist_male_front");
const [sitting] = clip.frames;
const picture = { width_px: clip.width_px, height_px: clip.height_px };
const front = { view: "front" };
const placed = (x_px, y_px, scale) =>
  mapped(sitting, (x, y) => [320 + x_px + scale * (x - 320), 240 + y_px + scale * (y - 240)]);

for (const { name, view, frames, width_px, height_px } of clips.filter((each) => !SLANTED.includes(each.name))) {
  test(`The first moments of ${name} are good from the ${view}, as they are and in a mirror.`, () => {
    const wants = { view, parts: UPPER_ONLY.includes(name) ? UPPER : PARTS };

    for (const frame of frames.slice(0, 5)) {
      assert.equal(adviceFor(frame, { width_px, height_px }, wants), "good");
      if (view === "side") assert.equal(adviceFor(mirrored(frame, width_px), { width_px, height_px }, wants), "good");
    }
  });
}

test("Who is seen from the wrong side is told to turn.", () => {
  const side = clipNamed("rounded_male_side").frames[0];

  assert.equal(adviceFor(sitting, picture, { view: "side" }), "turn_sideways");
  assert.equal(adviceFor(side, picture, front), "face_camera");
});

test("Who turns the back to the camera is told to face it.", () => {
  assert.equal(adviceFor(mapped(sitting, (x, y) => [640 - x, y]), picture, front), "face_camera");
});

test("Who is too close for all to be seen is told to step back, and it helps.", () => {
  assert.equal(adviceFor(placed(0, 0, 1.6), picture, front), "step_back");
  assert.equal(adviceFor(placed(0, 0, 1), picture, front), "good");
});

test("Who is far away is told to step closer.", () => {
  assert.equal(adviceFor(placed(0, 0, 0.3), picture, front), "step_closer");
});

test("Who is cut off at the picture's left is told to go to the own left, which is the picture's right.", () => {
  assert.equal(adviceFor(placed(-280, 0, 1), picture, front), "move_left");
  assert.equal(adviceFor(placed(280, 0, 1), picture, front), "move_right");
});

test("Parts that the exercise does not need may be cut off.", () => {
  const low = placed(0, 120, 1);

  assert.equal(adviceFor(low, picture, front), "step_back");
  assert.equal(adviceFor(low, picture, { ...front, parts: UPPER }), "good");
});

test("Where nobody is seen, that is what is said.", () => {
  assert.equal(adviceFor(emptyLandmarks(0), picture, front), "cannot_see");
});

test("An advice changes only when another one has lasted, so the page does not flicker.", () => {
  let state = null;
  const shown = [];
  const advices = ["good", "step_back", "good", "step_back", "step_back", "step_back", "step_back", "step_back", "step_back"];
  advices.forEach((advice, i) => {
    state = step(state, i * 0.2, advice);
    shown.push(state.advice);
  });

  assert.ok(STEADY_S > 0.6 && STEADY_S < 0.8);
  assert.deepEqual(shown, ["good", "good", "good", "good", "good", "good", "good", "step_back", "step_back"]);
});
