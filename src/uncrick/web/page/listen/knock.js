/** One sharp sound: its shape, and how probable a pop it is. The same sums as uncrick.crack.pop. */

import { AFTER, HEARING, HOP_S, LONGEST_MS, WEIGHTS } from "./constants.js";
import { N_POWERS } from "./powers.js";

const REACH = Math.round(HEARING.apart_s / HOP_S);
const RISE = 10 ** (HEARING.rise_db / 10);

/** @typedef {{t_s: number, above_db: number, near_ms: number, faded_db: number, before_db: number, spiky: number,
 *   low_db: number, high_db: number}} Knock */

/** Rows of powers, (H, 5) in one array. */
export class Rows {
  /** @param {Float64Array} values */
  constructor(values) {
    this.values = values;
  }

  /**
   * @param {number} row
   * @param {number} [column]
   */
  at(row, column = 0) {
    return this.values[row * N_POWERS + column] ?? NaN;
  }

  /**
   * The mean of a column over rows from (included) to (left out).
   *
   * @param {number} from
   * @param {number} to
   * @param {number} [column]
   */
  mean(from, to, column = 0) {
    let sum = 0;
    for (let row = from; row < to; row++) sum += this.at(row, column);
    return sum / (to - from);
  }
}

/**
 * Whether a knock peaks at row *k*: the greatest for 4 ms on either side, standing out of the 2-8 ms before.
 *
 * @param {Rows} rows
 * @param {number} k
 */
export function isPeak(rows, k) {
  const power = rows.at(k);
  if (!(power > 1e-11) || !(power > rows.mean(k - 16, k - 4) * RISE)) return false;
  for (let row = k - REACH; row <= k + REACH; row++) if (rows.at(row) > power) return false;
  return true;
}

/**
 * @param {Rows} rows
 * @param {number} k
 * @param {number} t_s
 * @returns {Knock}
 */
export function shapeOf(rows, k, t_s) {
  const peak = rows.at(k);
  let n_near = 0;
  for (let row = k - 20; row < k + 80; row++) if (rows.at(row) > 0.1 * peak) n_near += 1;
  const mean_square = rows.mean(k - 10, k + 11);
  const core = rows.mean(k - 2, k + 5);
  return {
    t_s,
    above_db: db(peak, median(rows, k - 1000, k - 20)),
    near_ms: n_near * HOP_S * 1e3,
    faded_db: db(peak, rows.mean(k + 24, k + 60)),
    before_db: db(peak, rows.mean(k - 20, k - 4)),
    spiky: rows.mean(k - 10, k + 11, 4) / Math.max(mean_square ** 2, 1e-30),
    low_db: db(rows.mean(k - 2, k + 5, 1), core),
    high_db: db(rows.mean(k - 2, k + 5, 3), core),
  };
}

/**
 * @param {Knock} knock
 * @param {number} n_others
 */
export function popProbability(knock, n_others) {
  if (knock.near_ms > LONGEST_MS) return 0;
  const above = Math.min(knock.above_db, 60) / 20;
  const near = Math.log2(Math.max(knock.near_ms, 0.5));
  const high = Math.max(knock.high_db, -40) / 10;
  const features = [
    1, above, near, Math.min(knock.faded_db, 50) / 20, Math.min(knock.before_db, 50) / 20,
    Math.log(Math.max(knock.spiky, 1)), Math.max(knock.low_db, -40) / 10, high, high ** 2, near ** 2,
    Math.log1p(n_others), Math.min(n_others, 6) / 6, above ** 2,
  ];
  const total = features.reduce((sum, x, i) => sum + x * (WEIGHTS[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-Math.max(Math.min(total, 50), -50)));
}

/** Rows that must follow a peak before its shape is known. */
export const N_FOLLOWING = AFTER;

/**
 * @param {number} power
 * @param {number} over
 */
function db(power, over) {
  return 10 * Math.log10(Math.max(power, 1e-20) / Math.max(over, 1e-20));
}

/**
 * @param {Rows} rows
 * @param {number} from
 * @param {number} to
 */
function median(rows, from, to) {
  const sorted = Float64Array.from({ length: to - from }, (_, i) => rows.at(from + i)).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[half - 1] ?? NaN)) / 2;
}
