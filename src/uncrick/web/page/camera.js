/** The camera: on only while it is wanted, seen only by this page, off means off. */

import { byId, write } from "./dom.js";

export class Camera extends EventTarget {
  #box = byId("camera");
  #video = /** @type {HTMLVideoElement} */ (byId("camera-video"));
  #line;
  #settings;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {import("./pose/pose.js").Pose | null} */
  #pose = null;
  #wanted = false;
  #held = false;
  #run = 0;

  /**
   * @param {import("./socket.js").Line} line
   * @param {import("./settings.js").Settings} settings
   */
  constructor(line, settings) {
    super();
    this.#line = line;
    this.#settings = settings;
    const away = () => this.hold(document.visibilityState !== "visible" || !document.hasFocus());
    document.addEventListener("visibilitychange", away);
    addEventListener("blur", away);
    addEventListener("focus", away);
    addEventListener("pagehide", () => this.#stop());
  }

  get isOn() {
    return this.#stream !== null;
  }

  get isWanted() {
    return this.#wanted;
  }

  /**
   * The person turns the camera on or off. Resolves to a sentence when it cannot be had, else to nothing.
   *
   * @param {boolean} on
   * @returns {Promise<string>}
   */
  async want(on) {
    this.#wanted = on;
    if (on && !this.#held) return this.#start();
    if (!on) this.#stop();
    return "";
  }

  /**
   * Something keeps the camera off for a while: a pause, another window, a locked screen.
   *
   * @param {boolean} held
   */
  hold(held) {
    if (held === this.#held) return;
    this.#held = held;
    if (held) this.#stop();
    else if (this.#wanted) void this.#start();
  }

  async #start() {
    if (this.#stream !== null) return "";
    const run = ++this.#run;
    try {
      const stream = await within(
        navigator.mediaDevices.getUserMedia({ audio: false, video: { width: { ideal: 640 }, height: { ideal: 480 } } }),
        10000,
      );
      if (run !== this.#run) {
        for (const track of stream.getTracks()) track.stop();
        return "";
      }
      this.#stream = stream;
      stream.getVideoTracks()[0]?.addEventListener("ended", () => this.#unplugged());
      this.#video.srcObject = stream;
      await this.#video.play();
      const { createPose } = await import("./pose/pose.js");
      this.#pose ??= await createPose({ base: "/static/" });
    } catch (error) {
      this.#wanted = false;
      this.#stop();
      return refused(error);
    }
    if (run !== this.#run) return "";
    this.#box.hidden = false;
    write(byId("camera-word"), "Camera on");
    this.#line.say("camera", { on: true });
    this.dispatchEvent(new Event("turned"));
    void this.#look(run);
    return "";
  }

  /** The camera is gone while it was on: say so, and go on without it. */
  #unplugged() {
    this.#wanted = false;
    this.#stop();
    this.dispatchEvent(new CustomEvent("lost", { detail: "The camera is gone. The session goes on by clock and voice." }));
  }

  /** Look again and again, one picture after the other, for as long as this stream is on. @param {number} run */
  async #look(run) {
    let last = -1;
    while (run === this.#run && this.#stream !== null && this.#pose !== null) {
      await frameOf(this.#video);
      const t_s = performance.now() / 1000;
      if (run !== this.#run || this.#pose === null) return;
      const landmarks = await this.#pose.next(this.#video, t_s);
      if (run !== this.#run || landmarks.t_s <= last) continue;
      last = landmarks.t_s;
      this.#line.show(landmarks);
      const size = { width: this.#video.videoWidth, height: this.#video.videoHeight };
      this.dispatchEvent(new CustomEvent("landmarks", { detail: { landmarks, size } }));
    }
  }

  #stop() {
    this.#run += 1;
    const was = this.#stream !== null;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
    this.#box.hidden = true;
    if (was) this.#line.say("camera", { on: false });
    this.dispatchEvent(new Event("turned"));
  }

  /** The line broke and is back: say again that the camera is on. */
  tellAgain() {
    if (this.#stream !== null) this.#line.say("camera", { on: true });
  }

  /** Whether gestures count. */
  get gestures() {
    return this.#settings.values.gestures;
  }
}

/** @param {HTMLVideoElement} video */
function frameOf(video) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    video.requestVideoFrameCallback?.(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T>}
 */
function within(promise, ms) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), ms)),
  ]);
}

/** @param {unknown} error */
function refused(error) {
  const name = error instanceof DOMException ? error.name : "";
  /** @type {Record<string, string>} */
  const says = {
    NotAllowedError: "The camera is not allowed here. The session runs by clock and voice.",
    NotFoundError: "There is no camera on this device. The session runs by clock and voice.",
    NotReadableError: "Another program uses the camera. The session runs by clock and voice.",
    TimeoutError: "The camera does not answer. The session runs by clock and voice.",
  };
  const detail = error instanceof Error ? error.message : "";
  return says[name] ?? `The camera cannot be used: ${detail}. The session runs by clock and voice.`;
}
