/**
 * Finding in the library while typing: every word must be in an exercise's name, part of the body or kind. Enter adds the
 * first that fits and empties the field for the next; Enter in the empty field goes on to what was added.
 */

import { byId } from "../dom.js";

/** @param {() => void} goOn what to do when there is nothing more to find */
export function keepFinding(goOn) {
  const cards = [...byId("choices").children].filter((card) => card instanceof HTMLElement);
  /** @param {string} id */
  const chosen = (id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (document.getElementById(id)).value;
  const show = () => {
    const words = chosen("find").toLowerCase().split(/\s+/).filter(Boolean);
    const [region, place, props] = [chosen("find-region"), chosen("find-place"), chosen("find-props")];
    let n = 0;
    for (const card of cards) {
      const { words: about = "", regions = "", place: where = "", props: needs = "" } = card.dataset;
      const fits =
        words.every((word) => about.toLowerCase().includes(word)) &&
        (!region || regions.split("|").includes(region)) &&
        (!place || where === place) &&
        (!props || (props === "none" ? needs === "" : needs.split("|").includes(props)));
      card.hidden = !fits;
      n += fits ? 1 : 0;
    }
    byId("found").textContent = n === 0 ? "None fits." : `${n} exercise${n === 1 ? "" : "s"}`;
  };
  for (const id of ["find", "find-region", "find-place", "find-props"]) byId(id).addEventListener("input", show);
  byId("find").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (chosen("find").trim() === "") return goOn();
    const first = cards.find((card) => !card.hidden);
    if (!first) return;
    first.querySelector("button")?.click();
    /** @type {HTMLInputElement} */ (byId("find")).value = "";
    show();
  });
}
