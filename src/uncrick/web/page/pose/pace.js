/** Whether the landmark model keeps up with a body that moves, or a smaller one has to take over. */

/** Pictures that take longer than this are fewer than 10 a second: too slow, unless told otherwise. */
export const SLOWEST_MS = 100;
/** The first pictures are slow: the browser is still compiling. */
const N_WARM_UP = 3;
/** So many pictures are weighed; the median of them counts, so that a hiccup does not. */
const N_WEIGHED = 9;

/**
 * How many pictures were looked at, and how long the latest ones took.
 *
 * @typedef {object} PaceState
 * @property {number} n_seen
 * @property {readonly number[]} took_ms
 */

/**
 * Take in how long one picture took.
 *
 * @param {PaceState | null} state
 * @param {number} took_ms
 * @returns {PaceState}
 */
export function step(state, took_ms) {
  const n_seen = (state?.n_seen ?? 0) + 1;
  const before = state?.took_ms ?? [];
  return { n_seen, took_ms: n_seen <= N_WARM_UP ? before : [...before, took_ms].slice(-N_WEIGHED) };
}

/**
 * Whether pictures take too long; false until enough of them were weighed.
 *
 * @param {PaceState} state
 * @param {number} slowest_ms
 */
export function isTooSlow(state, slowest_ms) {
  if (state.took_ms.length < N_WEIGHED) return false;
  const sorted = [...state.took_ms].sort((a, b) => a - b);
  return sorted[N_WEIGHED >> 1] > slowest_ms;
}
