/** The watch in a thread of its own, so that the page stays smooth: pictures come in, landmarks go out. */

import { openWatch } from "./watch.js";

/**
 * @typedef {{open: import("./watch.js").WatchSettings}} Open
 * @typedef {{look: number, bitmap: ImageBitmap, t_s: number}} Look look: the number of the question
 *
 * @typedef {{model: import("./watch.js").Model, accelerator: import("./network.js").Accelerator}} Means
 * @typedef {{opened: Means}} Opened
 * @typedef {{failed: string}} Failed one sentence
 * @typedef {{seen: number, landmarks: import("./landmark.js").Landmarks, means: Means}} Seen
 */

/** @type {import("./watch.js").Watch | null} */
let watch = null;
/** Looks are taken one after the other, also when the page does not wait. */
let last = Promise.resolve();

self.addEventListener("message", async (/** @type {MessageEvent<Open | Look>} */ { data }) => {
  if ("open" in data) {
    try {
      watch = await openWatch(data.open);
      self.postMessage({ opened: means(watch) });
    } catch (error) {
      self.postMessage({ failed: error instanceof Error ? error.message : String(error) });
    }
  } else if (watch !== null) {
    const open = watch;
    last = last.then(() => answer(open, data));
  }
});

/**
 * @param {import("./watch.js").Watch} open
 * @param {Look} question
 */
async function answer(open, { look, bitmap, t_s }) {
  const landmarks = await open.look(bitmap, t_s);
  const transfer = [landmarks.image_px.buffer, landmarks.world_m.buffer, landmarks.visibility.buffer];
  self.postMessage({ seen: look, landmarks, means: means(open) }, { transfer });
}

/**
 * @param {import("./watch.js").Watch} open
 * @returns {Means}
 */
function means({ model, accelerator }) {
  return { model, accelerator };
}
