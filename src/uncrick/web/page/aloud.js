/** A question by ear: read aloud with its answers, answered by number keys, arrows and Enter, said back. */

/**
 * A question that is open. before : what is said first. text : the question. answers : in the order of their numbers.
 * numbers : they are numbers themselves, 0 to 10. others : what arrows come to after the answers. enter : what Enter
 * presses while nothing else has the focus. hint : which keys answer it.
 *
 * @typedef {{root: HTMLElement, before?: string[], text: string, answers: HTMLElement[], numbers?: boolean,
 *   others?: HTMLElement[], enter?: HTMLElement, hint?: string[]}} Question
 */

const AFTER_THE_NOTES_MS = 1500;

export class Aloud {
  #voice;
  #settings;
  #said;
  /** @type {Question | null} */
  #question = null;
  #typed = "";
  #timer = 0;

  /**
   * @param {import("./speak.js").Voice} voice
   * @param {import("./settings.js").Settings} settings
   * @param {Record<string, string>} said
   */
  constructor(voice, settings, said) {
    this.#voice = voice;
    this.#settings = settings;
    this.#said = said;
    document.addEventListener("keydown", (event) => this.#press(event));
    document.addEventListener("focusin", (event) => this.#arrived(event.target));
  }

  /**
   * Ask, in place of what was asked before.
   *
   * @param {Question} question
   * @param {{soon?: boolean}} [when] soon : after the two falling notes
   */
  ask(question, { soon = false } = {}) {
    this.#question = question;
    this.#typed = "";
    clearTimeout(this.#timer);
    if (soon) this.#timer = setTimeout(() => this.#read(question), AFTER_THE_NOTES_MS);
    else this.#read(question);
  }

  /** Nothing is asked any more, and nothing read. */
  done() {
    clearTimeout(this.#timer);
    this.#voice.readNoMore();
    this.#question = null;
  }

  get isOn() {
    return this.#settings.values.aloud;
  }

  /** Read questions from now on, beginning with this one, or no longer. */
  turn() {
    this.#settings.set("aloud", !this.isOn);
    if (this.isOn) this.#again();
    else this.#voice.silence();
  }

  #again() {
    clearTimeout(this.#timer);
    if (this.#question !== null) this.#read({ ...this.#question, before: [] });
  }

  /** @param {Question} question */
  #read({ before = [], text, answers, numbers, hint = [] }) {
    const numbered = numbers ? [] : answers.map((answer, i) => `${i + 1}: ${label(answer)}`);
    this.#say([...before, text, ...(numbers ? [this.#said.ask_number ?? ""] : numbered), ...hint]);
  }

  /** @param {string[]} pieces */
  #say(pieces) {
    if (this.isOn) this.#voice.read(pieces.filter(Boolean));
  }

  /** Whoever comes to an answer by key hears which it is. @param {EventTarget | null} target */
  #arrived(target) {
    if (this.#question === null || !(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
    if (!this.#question.root.contains(target) || !target.matches("button, input, textarea, a, summary")) return;
    clearTimeout(this.#timer);
    const isAnswer = this.#question.answers.includes(target);
    const group = isAnswer ? "" : (target.closest("fieldset")?.querySelector("legend")?.textContent ?? "");
    this.#say([group.trim(), label(target), (isAnswer && this.#typed && this.#said.ask_enter) || ""]);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const question = this.#question;
    if (question === null || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!question.root.checkVisibility()) return this.done();
    if (event.target instanceof HTMLElement && event.target.matches("textarea, select")) return;
    if (this.#takes(question, event)) event.preventDefault();
  }

  /**
   * @param {Question} question
   * @param {KeyboardEvent} event
   */
  #takes(question, event) {
    const { key, repeat } = event;
    const letters = this.#settings.values.shortcuts;
    if (/^[0-9]$/.test(key)) return letters && this.#choose(question, key);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (step) return this.#step(question, step);
    if (letters && key.toLowerCase() === "r") {
      this.#again();
      return true;
    }
    if (key !== "Enter") return false;
    const free = !(document.activeElement instanceof HTMLElement) || !document.activeElement.matches("button, a, summary, input");
    if (free && !repeat) question.enter?.click();
    return free || repeat;
  }

  /**
   * A number key: the answer of that number; of numbers, 1 and then 0 is 10.
   *
   * @param {Question} question
   * @param {string} digit
   */
  #choose({ answers, numbers }, digit) {
    const both = this.#typed + digit;
    this.#typed = numbers && Number(both) < answers.length ? String(Number(both)) : digit;
    const answer = answers[Number(this.#typed) - (numbers ? 0 : 1)];
    if (answer === undefined) {
      this.#typed = "";
      return false;
    }
    this.#go(answer);
    return true;
  }

  /**
   * @param {Question} question
   * @param {number} step
   */
  #step({ answers, others = [] }, step) {
    const all = [...answers, ...others].filter((e) => e.checkVisibility());
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = all.at(at < 0 ? Math.min(step, 0) : at + step) ?? all[0];
    this.#typed = "";
    if (next !== undefined) this.#go(next);
    return next !== undefined;
  }

  /** @param {HTMLElement} answer */
  #go(answer) {
    const there = document.activeElement === answer;
    answer.focus();
    if (there) this.#arrived(answer);
    if (answer instanceof HTMLInputElement && answer.type === "radio") answer.click();
  }
}

/** What an element is called, without the key that is drawn on it. @param {HTMLElement} element */
export function label(element) {
  const named = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0] : element;
  const words = [...(named?.childNodes ?? [])].filter((n) => !(n instanceof Element && n.matches(".key, textarea, input")));
  return words.map((n) => n.textContent ?? "").join(" ").replace(/\s+/g, " ").trim();
}
