/** A low-pass filter that lets go when things move; as uncrick.vision.one_euro. Source: casiez2012. */

/**
 * Cut-off frequency = min_cutoff_hz + beta x speed; speed itself is smoothed at speed_cutoff_hz.
 *
 * @typedef {object} OneEuro
 * @property {number} min_cutoff_hz
 * @property {number} beta
 * @property {number} speed_cutoff_hz
 */

/**
 * What is remembered: the last time, values and speeds.
 *
 * @typedef {object} OneEuroState
 * @property {number} t_s
 * @property {number[]} value
 * @property {number[]} speed
 */

/**
 * The next state, whose value is the smoothed input. The first input, and one not later than the last, passes as it is.
 *
 * @param {OneEuro} settings
 * @param {OneEuroState | null} state
 * @param {{t_s: number, value: number[], unit: number}} x unit: the length that counts as 1 for the speed
 * @returns {OneEuroState}
 */
export function step(settings, state, x) {
  if (state === null || x.t_s <= state.t_s) return { t_s: x.t_s, value: x.value, speed: x.value.map(() => 0) };
  const dt_s = x.t_s - state.t_s;
  const speed_part = weight(settings.speed_cutoff_hz, dt_s);
  const speed = x.value.map((now, i) => {
    const speed_now = (now - state.value[i]) / (x.unit * dt_s);
    return state.speed[i] + speed_part * (speed_now - state.speed[i]);
  });
  const value = x.value.map((now, i) => {
    const cutoff_hz = settings.min_cutoff_hz + settings.beta * Math.abs(speed[i]);
    return state.value[i] + weight(cutoff_hz, dt_s) * (now - state.value[i]);
  });
  return { t_s: x.t_s, value, speed };
}

/**
 * How much of a new value a first-order low-pass of this cut-off takes after *dt_s*.
 *
 * @param {number} cutoff_hz
 * @param {number} dt_s
 */
export function weight(cutoff_hz, dt_s) {
  const r = 2 * Math.PI * dt_s * cutoff_hz;
  return r / (r + 1);
}
