/** It hurts: three questions, one at a time, by eye and by ear, then what was decided and why. */

import { label } from "./aloud.js";
import { byId, isTouched, make, write } from "./dom.js";

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
  #heard = "";
  #aloud;
  #said;

  /**
   * @param {import("./socket.js").Line} line
   * @param {import("./aloud.js").Aloud} aloud
   * @param {Record<string, string>} said
   */
  constructor(line, aloud, said) {
    this.#line = line;
    this.#aloud = aloud;
    this.#said = said;
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
      this.#askOn();
    }));
    byId("pain-follow").addEventListener("click", (event) => this.#take(event, (value) => {
      const asked = this.#follow.shift();
      if (asked && value !== "no") this.#answers.yes.push(asked.id);
      this.#askOn();
    }));
    byId("pain-back").addEventListener("click", () => this.#back());
    byId("pain-mistaken").addEventListener("click", () => line.say("pain_mistaken"));
    byId("pain-done").addEventListener("click", () => this.close());
    byId("pain-aloud").addEventListener("click", () => {
      aloud.turn();
      this.#nameAloud();
    });
    this.#sheet.addEventListener("close", () => this.#sheet.open || aloud.done());
  }

  /** @param {Stop[]} stops */
  know(stops) {
    this.#stops = stops;
    byId("pain-kind").replaceChildren(...stops.map((s, i) => {
      const button = make("button", "", { type: "button", value: s.id });
      button.append(make("span", String(i + 1), { class: "key", "aria-hidden": "true" }), make("span", s.text));
      return button;
    }));
  }

  /** Whether the questions wait for answers: until they have them nothing else is said. */
  get isAsking() {
    return this.#sheet.open && !this.#decided;
  }

  /** Open at the first question; already open, stay where it is. */
  open() {
    if (this.#sheet.open) return;
    this.#answers = { where: "", level: null, stop: "stop_pain", yes: [] };
    this.#decide(false);
    this.#heard = "";
    this.#path = [];
    for (const other of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (other).close();
    this.#sheet.showModal();
    this.#to("where");
  }

  close() {
    if (this.#sheet.open) this.#sheet.close();
  }

  /**
   * The session has gone on: what was decided may still be read in a rest and after the end, never beside a movement.
   *
   * @param {string} before
   * @param {string} stage
   */
  goneOn(before, stage) {
    const stays = this.#decided ? ["rest", "after", "ended"].includes(stage) : before !== "pain";
    if (!stays) this.close();
  }

  /** @param {boolean} decided */
  #decide(decided) {
    this.#decided = decided;
    this.#sheet.dataset.decided = decided ? "yes" : "no";
  }

  /** @param {{says: string, why: string, sources: string[]}} decision */
  decide({ says, why, sources }) {
    this.#decide(true);
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
    if (!button) return;
    this.#heard = `${this.#said.ask_heard ?? ""} ${label(button)}`;
    take(button.value);
  }

  #askOn() {
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
    this.#heard = "";
    this.#to(before === "follow" ? "kind" : before);
  }

  /** @param {string} step */
  #to(step) {
    if (this.#path.at(-1) !== step) this.#path.push(step);
    for (const part of this.#sheet.querySelectorAll(".pain-step")) {
      const on = part instanceof HTMLElement && part.dataset.step === step;
      /** @type {HTMLElement} */ (part).hidden = !on;
      if (on) this.#ask(step, /** @type {HTMLElement} */ (part));
    }
  }

  /**
   * Ask what stands in *part*: for the eye, for a screen reader, and aloud.
   *
   * @param {string} step
   * @param {HTMLElement} part
   */
  #ask(step, part) {
    const first = step === "where" && this.#heard === "";
    const decided = step === "decision";
    byId("pain-back").hidden = step === "where" || decided;
    for (const id of ["pain-mistaken", "pain-keys"]) byId(id).hidden = decided;
    write(byId("pain-heard"), this.#heard);
    this.#nameAloud();
    const head = /** @type {HTMLElement} */ (part.querySelector("h3"));
    const done = byId("pain-done");
    this.#aloud.done();
    (decided ? done : head).focus();
    const intro = first ? [this.#said.pain_ask ?? "", this.#said[isTouched() ? "ask_touch" : "ask_keys"] ?? ""] : [this.#heard];
    const text = head.textContent ?? "";
    /** @type {HTMLElement[]} */
    const answers = [...part.querySelectorAll(".buttons button")].map((e) => /** @type {HTMLElement} */ (e));
    /** @type {HTMLElement[]} */
    const others = [...this.#sheet.querySelectorAll(".pain-foot button")].map((e) => /** @type {HTMLElement} */ (e));
    this.#aloud.ask({
      root: this.#sheet, before: decided ? [...intro, text] : intro, text: decided ? (byId("pain-why").textContent ?? "") : text,
      answers, others, numbers: step === "level", hint: [(!isTouched() && (decided ? this.#said.ask_enter : first && this.#said.pain_slip)) || ""],
    }, { soon: first });
  }

  #nameAloud() {
    write(byId("pain-aloud"), this.#aloud.isOn ? "Do not read aloud" : "Read aloud");
  }
}
