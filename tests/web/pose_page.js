/** The page that the tests of page/pose drive: it puts the modules where a test can call them. */

import { createPose } from "/static/pose/pose.js";

/** Look at pictures one after the other, as the session screen looks at its camera. */
async function watchPictures(options, urls, times_s) {
  const pose = await createPose({ base: "/static/", ...options });
  const frames = [];
  for (const [i, url] of urls.entries()) {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob(), { colorSpaceConversion: "none" });
    frames.push(plain(await pose.next(bitmap, times_s[i])));
    bitmap.close();
  }
  const { model, accelerator } = pose;
  pose.close();
  return { model, accelerator, frames };
}

/** Play a recording in a video element, as a camera would, and look until *n* moments showed somebody. */
async function watchVideo(options, url, n) {
  const video = document.querySelector("video");
  const pose = await createPose({ base: "/static/", ...options });
  const before = plain(await pose.next(video, 0)); // it shows nothing yet
  video.src = url;
  video.loop = true;
  await video.play();
  const frames = [];
  for (let k = 1; frames.filter((frame) => frame.present).length < n && k < 20 * n; k++) {
    await new Promise((shown) => video.requestVideoFrameCallback(shown)); // playing is not yet showing, on a busy machine
    frames.push(plain(await pose.next(video, k / 10)));
  }
  const unanswered = pose.next(video, 1e6);
  pose.close();
  return { before, frames, after: plain(await unanswered), size: [video.videoWidth, video.videoHeight] };
}

/** NaN does not survive the way to the test: it becomes null. */
function plain(landmarks) {
  const numbers = (values) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return {
    t_s: landmarks.t_s,
    present: landmarks.present,
    image_px: numbers(landmarks.image_px),
    world_m: numbers(landmarks.world_m),
    visibility: numbers(landmarks.visibility),
  };
}

window.watchPictures = watchPictures;
window.watchVideo = watchVideo;
