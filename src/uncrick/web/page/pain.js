/** It hurts: three questions, one at a time, then what was decided and why. */

import { byId, make, write } from "./dom.js";

/** @typedef {{id: string, text: string, ask: {id: string, text: string, why: string}[]}} Stop */

export class PainSheet {
  #sheet = /** @type {HTMLDialogElement} */ (byId("pain-sheet"));
  #line;
  /** @type {Stop[]} */
  #stops = [];
  #answers = { where: "", level: /** @type {number | null} */ (null), stop: "stop_pain", yes: /** @type {string[]} */ ([]) };
  /** @type {{id: string, text: string, why: string}[]} */
  #follow = [];
  #path = ["where"];
  #decided = false;

  /** @param {import("./socket.js").Line} line */
  constructor(line) {
    this.#line = line;
    this.#sheet.addEventListener("cancel", (event) => event.preventDefault());
    byId("pain-where").addEventListener("click", (event) => this.#take(event, (value) => {
      this.#answers.where = value;
      this.#to("level");
    }));
    byId("pain-level").addEventListener("click", (event) => this.#take(event, (value) => {
      this.#answers.level = Number(value);
      this.#to("kind");
    }));
    byId("pain-kind").addEventListener("click", (event) => this.#take(event, (value) => {
      this.#answers.stop = value;
      this.#answers.yes = [];
      this.#follow = [...(this.#stops.find((s) => s.id === value)?.ask ?? [])];
      this.#ask();
    }));
    byId("pain-follow").addEventListener("click", (event) => this.#take(event, (value) => {
      const asked = this.#follow.shift();
      if (asked && value !== "no") this.#answers.yes.push(asked.id);
      this.#ask();
    }));
    byId("pain-back").addEventListener("click", () => this.#back());
    byId("pain-mistaken").addEventListener("click", () => line.say("pain_mistaken"));
    byId("pain-done").addEventListener("click", () => this.close());
  }

  /** @param {Stop[]} stops */
  know(stops) {
    this.#stops = stops;
    byId("pain-kind").replaceChildren(...stops.map((s) => make("button", s.text, { type: "button", value: s.id })));
  }

  get isOpen() {
    return this.#sheet.open;
  }

  /** Open at the first question; already open, stay where it is. */
  open() {
    if (this.#sheet.open) return;
    this.#answers = { where: "", level: null, stop: "stop_pain", yes: [] };
    this.#decided = false;
    this.#path = [];
    for (const other of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (other).close();
    this.#sheet.showModal();
    this.#to("where");
  }

  close() {
    if (this.#sheet.open) this.#sheet.close();
  }

  /** The session says that pain is over: close, unless the decision is still to be read. */
  closeUnlessDecided() {
    if (!this.#decided) this.close();
  }

  /** @param {{says: string, why: string, sources: string[]}} decision */
  decide({ says, why, sources }) {
    this.#decided = true;
    write(byId("pain-says"), says);
    write(byId("pain-why"), why);
    byId("pain-sources").replaceChildren(...sources.map((s) => make("li", s)));
    this.#to("decision");
  }

  /**
   * @param {Event} event
   * @param {(value: string) => void} take
   */
  #take(event, take) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button) take(button.value);
  }

  #ask() {
    const question = this.#follow[0];
    if (question === undefined) {
      this.#line.sayForSure("pain_answers", this.#answers);
      return;
    }
    write(byId("pain-follow-text"), question.text);
    write(byId("pain-follow-why"), `Why we ask: ${question.why}`);
    this.#to("follow");
  }

  #back() {
    this.#path.pop();
    const before = this.#path.pop() ?? "where";
    this.#to(before === "follow" ? "kind" : before);
  }

  /** @param {string} step */
  #to(step) {
    if (this.#path.at(-1) !== step) this.#path.push(step);
    for (const part of this.#sheet.querySelectorAll(".pain-step")) {
      const on = part instanceof HTMLElement && part.dataset.step === step;
      /** @type {HTMLElement} */ (part).hidden = !on;
      if (on) /** @type {HTMLElement | null} */ (part.querySelector("h3"))?.focus();
    }
    byId("pain-back").hidden = step === "where" || step === "decision";
    byId("pain-mistaken").hidden = step === "decision";
  }
}
