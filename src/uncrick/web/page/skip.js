/** Skip this one: why, in one tap or by ear. */

import { byId } from "./dom.js";

export class SkipSheet {
  #sheet = /** @type {HTMLDialogElement} */ (byId("skip-sheet"));
  #aloud;
  #said;

  /**
   * @param {import("./aloud.js").Aloud} aloud
   * @param {Record<string, string>} said
   * @param {{hurts: () => void, skip: (reason: string) => void}} tell
   */
  constructor(aloud, said, { hurts, skip }) {
    this.#aloud = aloud;
    this.#said = said;
    byId("skip-cancel").addEventListener("click", () => this.#sheet.close());
    this.#sheet.addEventListener("close", () => aloud.done());
    this.#sheet.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button[value]") : null;
      if (!(button instanceof HTMLButtonElement)) return;
      this.#sheet.close();
      if (button.value === "hurts") hurts();
      else skip(button.value);
    });
  }

  open() {
    this.#sheet.showModal();
    /** @type {HTMLElement[]} */
    const answers = [...this.#sheet.querySelectorAll("button")].map((e) => /** @type {HTMLElement} */ (e));
    const text = byId("skip-title").textContent ?? "";
    this.#aloud.ask({ root: this.#sheet, text, answers, hint: [this.#said.ask_keys ?? ""] });
  }
}
