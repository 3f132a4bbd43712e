/** Gestures: made, they are told once; in 37 recorded stretches none is seen. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { gestureIn, HOLD_S, step } from "../../src/uncrick/web/page/pose/gesture.js";
import { emptyLandmarks } from "../../src/uncrick/web/page/pose/landmark.js";
import { at, clipNamed, clips, mapped, mirrored, moved } from "./recorded.js";

const sitting = clipNamed("twist_male_front").frames[0];
const arms_up = clipNamed("wall_angel").frames.reduce((a, b) => (at(a, "wrist_left")[1] < at(b, "wrist_left")[1] ? a : b));

/** The left arm as the camera saw it raised, the right hand in the lap. */
const one_hand_up = moved(arms_up, {
  elbow_right: [at(arms_up, "shoulder_right")[0] - 12, (at(arms_up, "shoulder_right")[1] + at(arms_up, "hip_right")[1]) / 2],
  wrist_right: at(arms_up, "hip_right"),
});

/** Elbows at the sides, each hand on the opposite side of the chest. */
function crossedForearms(frame) {
  const [left, right] = ["left", "right"].map((side) => at(frame, `shoulder_${side}`));
  const down_px = at(frame, "hip_left")[1] - left[1];
  return moved(frame, {
    elbow_left: [left[0] + 8, left[1] + 0.55 * down_px],
    elbow_right: [right[0] - 8, right[1] + 0.55 * down_px],
    wrist_left: [right[0] + 15, right[1] + 0.2 * down_px],
    wrist_right: [left[0] - 15, left[1] + 0.2 * down_px],
  });
}
const crossed = crossedForearms(sitting);

/** Show the frames ten times a second and collect what is told and when. */
function told(frames) {
  let state = null;
  const gestures = [];
  frames.forEach((frame, i) => {
    let gesture;
    [state, gesture] = step(state, { ...frame, t_s: i / 10 });
    if (gesture !== null) gestures.push([gesture, i / 10]);
  });
  return gestures;
}
const times = (n, frame) => Array.from({ length: n }, () => frame);

test("One hand above the head for a second is a pause, told once however long it stays up.", () => {
  assert.deepEqual(told(times(40, one_hand_up)), [["pause", HOLD_S]]);
});

test("Forearms crossed before the chest for a second are a stop, told once.", () => {
  assert.deepEqual(told(times(40, crossed)), [["stop", HOLD_S]]);
});

test("Either hand will do, and a mirror changes nothing.", () => {
  assert.equal(gestureIn(mirrored(one_hand_up, 640)), "pause");
  assert.equal(gestureIn(mirrored(crossed, 640)), "stop");
});

test("Somebody far away, or elsewhere in the picture, is understood as well.", () => {
  const far = (x, y) => [300 + 0.4 * x, 40 + 0.4 * y];

  assert.equal(gestureIn(mapped(one_hand_up, far)), "pause");
  assert.equal(gestureIn(mapped(crossed, far)), "stop");
});

test("Forearms crossed while lying across the picture are a stop.", () => {
  assert.equal(gestureIn(mapped(crossed, (x, y) => [y, 640 - x])), "stop");
});

test("Both hands up, a hand up for less than a second, and hands in the lap say nothing.", () => {
  assert.equal(gestureIn(arms_up), null);
  assert.equal(gestureIn(sitting), null);
  assert.deepEqual(told([...times(9, one_hand_up), ...times(9, sitting), ...times(9, one_hand_up)]), []);
});

test("A camera that blinks for a fifth of a second does not start the second anew.", () => {
  const frames = [...times(5, crossed), emptyLandmarks(0), ...times(5, crossed)];

  assert.deepEqual(told(frames), [["stop", 1]]);
});

test("A gesture made again after it has ended is told again.", () => {
  const frames = [...times(12, crossed), ...times(5, sitting), ...times(12, crossed)];

  assert.deepEqual(told(frames), [["stop", 1], ["stop", 2.7]]);
});

test("Hands that the camera cannot see say nothing.", () => {
  const hidden = (frame) => ({ ...frame, visibility: frame.visibility.map(() => 0.2) });

  assert.equal(gestureIn(hidden(one_hand_up)), null);
  assert.equal(gestureIn(hidden(crossed)), null);
  assert.equal(gestureIn(emptyLandmarks(0)), null);
});

for (const { name, frames, width_px } of clips) {
  test(`In the recording of ${name} nobody makes a gesture, neither as it is nor in a mirror.`, () => {
    for (const shown of [frames, frames.map((frame) => mirrored(frame, width_px))]) {
      let state = null;
      for (const frame of shown) {
        let gesture;
        [state, gesture] = step(state, frame);
        assert.equal(gesture, null, `at ${frame.t_s} s`);
      }
    }
  });
}
