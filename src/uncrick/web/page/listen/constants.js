/** The numbers of the pop detector; held to uncrick.crack.pop and uncrick.crack.hearing by a test. */

export const HOP_S = 0.0005;
export const BEFORE = 1200;
export const AFTER = 90;
export const LONGEST_MS = 35;
export const HEARING = {
  apart_s: 0.004, floor_db: 15, rise_db: 6, past_s: 4, future_s: 2, own_s: 0.3, accept: 0.5,
};
export const WEIGHTS = [
  -1.494, 11.455, -0.041, -1.799, 0.932, 0.813, 3.364, 3.584, 0.187, -0.153, -5.916, -3.947, -1.906,
];
export const ONE_CRACK_S = 0.2;
