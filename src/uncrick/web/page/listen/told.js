/** What the summary says of pops: plain facts, no score. */

import { byId, make } from "../dom.js";

const POINTLESS =
  "Trying for another one at once is pointless. A knuckle stays quiet for about 20 minutes after it popped; that was measured on knuckles, and no such time is known for a back.";
const NO_MEANING = "A pop says nothing about whether a stretch was done well.";

/** @typedef {{event: string, exercise: string, pain: boolean}} Played */

/**
 * The sentences for a session's pops, none without any.
 *
 * @param {Played[]} played
 * @param {any} book
 * @returns {string[]}
 */
export function popSentences(played, book) {
  const pops = played.filter((e) => e.event === "pop_noted");
  if (pops.length === 0) return [];
  const names = [...new Set(pops.map((p) => book.exercises[p.exercise]?.name ?? p.exercise))].join(", ");
  const n_pain = pops.filter((p) => p.pain).length;
  const often = pops.length === 1 ? "once" : `${pops.length} times`;
  const pain = n_pain === 0 ? "without pain" : n_pain === pops.length ? "with pain" : `${n_pain} of them with pain`;
  return [`You said that a pop came from your back: ${often}, ${pain} (${names}).`, NO_MEANING, POINTLESS];
}

/**
 * @param {Played[]} played
 * @param {any} book
 */
export function showPops(played, book) {
  const box = byId("summary-pops");
  const sentences = popSentences(played, book);
  box.hidden = sentences.length === 0;
  const more = make("p");
  more.append(make("a", "Why a joint pops", { href: "/explain" }));
  box.replaceChildren(...sentences.map((s) => make("p", s)), ...(sentences.length ? [more] : []));
}
