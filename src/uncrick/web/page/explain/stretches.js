/** The stretches: precomputed ones by their three numbers, and the sliders' places on the axes. */

/** @typedef {{force_n: number, ramp_s: number, capsule_mm3_kpa: number}} Asked */
/** @typedef {{verdict: string, sound_from: string, peak_hz: number | null, level_db: number | null,
 *   opened_mm: number, greatest_mm3: number, left: number | null, crack_at_s: number | null}} Outcome */
/** @typedef {{joint: Asked, outcome: Outcome, says: string, t_10us: number[], gap_um: number[],
 *   volume_001mm3: number[], rim_01kpa: number[], co2_pct: number[], n2_pct: number[],
 *   wave?: {from_ms: number, to_ms: number, mpa: number[]}, sound?: {rate_hz: number, int16: string}}} Stretch */
/** @typedef {keyof Asked} Dial */

export const N_STEPS = 40;

/** Where each slider begins and ends: to the right is harder, faster, stiffer.
 * @type {Record<Dial, {low: number, high: number, says: (value: number) => string}>} */
export const DIALS = {
  force_n: { low: 16, high: 100, says: (v) => `${two(v)} newtons on this joint` },
  ramp_s: { low: 0.8, high: 0.025, says: (v) => `full force in ${two(v)} s` },
  capsule_mm3_kpa: { low: 10, high: 0.1, says: (v) => `gives ${two(v)} mm³ per kPa` },
};
export const NAMES = /** @type {Dial[]} */ (Object.keys(DIALS));

/** Two digits that count. @param {number} value */
function two(value) {
  return Number(value.toPrecision(2));
}

/**
 * The value at one of a slider's steps, even in its logarithm.
 *
 * @param {Dial} dial
 * @param {number} step 0 to N_STEPS
 */
export function valueAt(dial, step) {
  const { low, high } = DIALS[dial];
  return low * (high / low) ** (step / N_STEPS);
}

/**
 * The stretch of the grid that is nearest, measured in steps of the sliders.
 *
 * @param {Stretch[]} grid
 * @param {Asked} asked
 * @returns {Stretch | undefined}
 */
export function nearest(grid, asked) {
  let best, least = Infinity;
  for (const stretch of grid) {
    const away = NAMES.reduce((sum, name) => sum + steps(name, stretch.joint[name], asked[name]) ** 2, 0);
    if (away < least) [best, least] = [stretch, away];
  }
  return best;
}

/**
 * @param {Dial} dial
 * @param {number} a
 * @param {number} b
 */
function steps(dial, a, b) {
  const { low, high } = DIALS[dial];
  return (N_STEPS * Math.log(a / b)) / Math.log(high / low);
}
