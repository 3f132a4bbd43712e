/** How the present stretch is done, step by step, to read and to hear; the session stands meanwhile. */

import { byId, make, write } from "./dom.js";

export class HowSheet {
  #sheet = /** @type {HTMLDialogElement} */ (byId("how-sheet"));
  #aloud;
  #book;

  /**
   * @param {import("./aloud.js").Aloud} aloud
   * @param {any} book
   * @param {() => void} goOn
   */
  constructor(aloud, book, goOn) {
    this.#aloud = aloud;
    this.#book = book;
    byId("how-done").addEventListener("click", () => {
      this.#sheet.close();
      goOn();
    });
    this.#sheet.addEventListener("cancel", goOn);
    this.#sheet.addEventListener("close", () => aloud.done());
  }

  get isOpen() {
    return this.#sheet.open;
  }

  /** @param {string} exercise */
  open(exercise) {
    const { name, start, steps } = this.#book.exercises[exercise];
    write(byId("how-title"), name);
    write(byId("how-start"), start);
    byId("how-steps").replaceChildren(...steps.map((/** @type {string} */ step) => make("li", step)));
    this.#sheet.showModal();
    byId("how-done").focus();
    this.#aloud.ask({ root: this.#sheet, before: [name, start, ...steps], text: "", answers: [byId("how-done")], hint: [this.#book.said.ask_enter] });
  }
}
