/** What travels between page and program; held to uncrick.web.wire by a test. */

export const VERSION = 1;
export const N_LANDMARKS = 33;
export const FLOATS_PER_LANDMARK = 7;
export const FRAME_BYTES = 8 + N_LANDMARKS * FLOATS_PER_LANDMARK * 4;
export const EMPTY_BYTES = 8;
export const SAID = [
  "hello", "begin", "camera", "pause", "resume", "back", "skip", "easier", "extend", "next", "pace", "pain",
  "pain_mistaken", "pain_answers", "pop", "finish", "put_away",
];
export const TOLD = ["book", "screen", "say", "sound", "event", "decision", "refusal", "summary", "error"];
export const CLOSE = {
  malformed: 4400, token: 4401, origin: 4403, session: 4404, order: 4408, taken_over: 4409, large: 4413, nan: 4422,
  many: 4429, busy: 4503,
};

/**
 * The message of one frame: the time, then seven floats a landmark, little-endian; nobody there is the time alone.
 *
 * @param {import("./pose/landmark.js").Landmarks} landmarks
 * @returns {ArrayBuffer}
 */
export function encodeFrame({ t_s, image_px, world_m, visibility, present }) {
  const buffer = new ArrayBuffer(present ? FRAME_BYTES : EMPTY_BYTES);
  const view = new DataView(buffer);
  view.setFloat64(0, t_s, true);
  if (!present) return buffer;
  for (let i = 0; i < N_LANDMARKS; i++) {
    const at = 8 + i * FLOATS_PER_LANDMARK * 4;
    for (let axis = 0; axis < 3; axis++) {
      view.setFloat32(at + axis * 4, finite(image_px[3 * i + axis]), true);
      view.setFloat32(at + 12 + axis * 4, finite(world_m[3 * i + axis]), true);
    }
    const seen = Number.isFinite(image_px[3 * i]) && Number.isFinite(world_m[3 * i]);
    view.setFloat32(at + 24, seen ? finite(visibility[i]) : 0, true);
  }
  return buffer;
}

/** @param {number | undefined} value */
function finite(value) {
  return value !== undefined && Number.isFinite(value) ? value : 0;
}
