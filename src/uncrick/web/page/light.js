/** The light of the camera: a shape, a word and a colour, never a colour alone. */

import { byId, write } from "./dom.js";

/** @type {Record<string, string>} */
const SHAPES = { good: "●", further: "▲", ease: "■", unseen: "○" };

/**
 * @param {string} light
 * @param {Record<string, string>} words
 */
export function showLight(light, words) {
  const element = byId("light");
  element.hidden = light === "";
  element.dataset.light = light;
  write(byId("light-shape"), SHAPES[light] ?? "");
  write(byId("light-word"), words[light] ?? "");
}
