/** The small parts of page/pose, each on numbers made by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isReal } from "../../src/uncrick/web/page/pose/accelerator.js";
import { merged, overlap } from "../../src/uncrick/web/page/pose/detector.js";
import { refined } from "../../src/uncrick/web/page/pose/landmarks.js";
import * as one_euro from "../../src/uncrick/web/page/pose/one_euro.js";
import * as pace from "../../src/uncrick/web/page/pose/pace.js";
import { fetchSquare } from "../../src/uncrick/web/page/pose/picture.js";
import { cropToPicture, pointsToPicture, regionFromPoints } from "../../src/uncrick/web/page/pose/region.js";

test("A program that plays a graphics card is not asked to run the network.", () => {
  assert.equal(isReal({ info: { vendor: "google", architecture: "swiftshader" } }), false);
  assert.equal(isReal({ info: { description: "llvmpipe (LLVM 15.0.6, 256 bits)" } }), false);
  assert.equal(isReal({ isFallbackAdapter: true, info: { vendor: "intel" } }), false);
  assert.equal(isReal({ info: { vendor: "intel", architecture: "gen-12lp" } }), true);
  assert.equal(isReal({}), true);
});

const paced = (times_ms) => times_ms.reduce((state, took_ms) => pace.step(state, took_ms), null);

test("Nine slow pictures after the warm-up are too slow; eight are not yet.", () => {
  assert.equal(pace.isTooSlow(paced(Array(11).fill(150)), pace.SLOWEST_MS), false);
  assert.equal(pace.isTooSlow(paced(Array(12).fill(150)), pace.SLOWEST_MS), true);
});

test("A slow start and a hiccup are not a slow machine.", () => {
  assert.equal(pace.isTooSlow(paced([900, 400, 300, ...Array(9).fill(40)]), pace.SLOWEST_MS), false);
  assert.equal(pace.isTooSlow(paced([...Array(12).fill(40), 800, 800, 800]), pace.SLOWEST_MS), false);
});

test("The same box twice overlaps wholly, boxes beside each other not at all.", () => {
  const box = Float64Array.of(0, 0, 2, 2);

  assert.equal(overlap(box, box), 1);
  assert.equal(overlap(box, Float64Array.of(3, 0, 5, 2)), 0);
  assert.equal(overlap(box, Float64Array.of(1, 0, 3, 2)), 1 / 3);
});

test("Boxes that mean the same person become one, weighted by score; another person stays apart.", () => {
  const points = (x) => Float64Array.of(x, 0, x + 10, 10, x, 5, x, 5, x, 5, x, 5);

  const people = merged([
    { score: 0.6, points: points(2) },
    { score: 0.9, points: points(0) },
    { score: 0.7, points: points(50) },
  ]);

  assert.deepEqual(people.map((person) => person.score), [0.9, 0.7]);
  assert.ok(Math.abs(people[0].points[0] - (0.6 * 2) / 1.5) < 1e-12);
});

test("A point goes to the middle of the heat around it; where nothing is hot it stays.", () => {
  const cold = new Float32Array(64 * 64 * 39).fill(-20);
  const hot = cold.slice();
  hot[(10 * 64 + 21) * 39 + 5] = 20;

  assert.deepEqual(refined(80, 44, 5, hot, 256).map((each) => each.toFixed(3)), ["84.000", "40.000"]);
  assert.deepEqual(refined(80, 44, 6, hot, 256), [80, 44]);
  assert.deepEqual(refined(80, 44, 5, cold, 256), [80, 44]);
  assert.deepEqual(refined(-3, 44, 5, hot, 256), [-3, 44]);
});

test("A resting value passes the filter as it is, a jump is followed, time going back starts anew.", () => {
  const settings = { min_cutoff_hz: 0.01, beta: 10, speed_cutoff_hz: 1 };
  const at = (t_s, value) => ({ t_s, value: [value], unit: 100 });
  const rest = one_euro.step(settings, one_euro.step(settings, null, at(0, 7)), at(0.1, 7));
  const jump = one_euro.step(settings, rest, at(0.2, 107));

  assert.deepEqual(rest.value, [7]);
  assert.ok(jump.value[0] > 60 && jump.value[0] < 107);
  assert.deepEqual(one_euro.step(settings, jump, at(0.1, 3)).value, [3]);
});

test("Points go from the crop to the picture on the way that the pixels came.", () => {
  const region = regionFromPoints([100, 80, 130, 40]);
  const [a, b, c, d, e, f] = cropToPicture(region, 256);
  const points = Float64Array.of(40.5, 200.5, 0);

  pointsToPicture(region, points, 256);

  assert.equal(region.side_px, 125);
  assert.ok(Math.abs(points[0] - (a * 40 + b * 200 + c + 0.5)) < 1e-9);
  assert.ok(Math.abs(points[1] - (d * 40 + e * 200 + f + 0.5)) < 1e-9);
});

test("A square fetched one to one is the picture, black where there is none.", () => {
  const rgba = Uint8ClampedArray.from({ length: 16 }, (_, i) => 10 * i);
  const out = new Float32Array(27);

  fetchSquare({ width_px: 2, height_px: 2, rgba }, [1, 0, 0, 0, 1, 0], out, 0);

  const bytes = Array.from(out, (value) => Math.round(255 * value));
  assert.deepEqual(bytes.slice(0, 9), [0, 10, 20, 40, 50, 60, 0, 0, 0]);
  assert.deepEqual(bytes.slice(9, 18), [80, 90, 100, 120, 130, 140, 0, 0, 0]);
  assert.deepEqual(bytes.slice(18), Array(9).fill(0));
});
