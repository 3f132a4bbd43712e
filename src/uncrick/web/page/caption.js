/** Every sentence that is spoken, as text, at the same moment. */

import { byId, write } from "./dom.js";

const LONG = 34;
const VERY_LONG = 70;

/** @param {{text: string, rank: string}} sentence */
export function caption({ text, rank }) {
  const element = byId("caption");
  write(element, text);
  element.dataset.rank = rank;
  element.dataset.length = text.length > VERY_LONG ? "very-long" : text.length > LONG ? "long" : "short";
}
