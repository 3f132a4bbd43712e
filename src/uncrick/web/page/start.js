/** Before the session: which stretches, how long, how the back is now, and whether the camera may look. */

import { byId, chosen, make, write } from "./dom.js";

/**
 * @typedef {{exercise: string, n_reps: number, hold_s: number, n_sets?: number, duration_s?: number, only?: string,
 *   says?: string[], on: boolean}} Wish
 */

export class Start {
  #book;
  /** @type {Wish[]} */
  #wishes;
  /** A break at the desk is as the program has chosen it; there is nothing to set. */
  #isBreak;
  /** Tonight's sheet: less may be done of each, never more. */
  #isPlanned;

  /** By how much the program's own sum is longer than this page's. */
  #slower = 1;

  /** @param {any} book */
  constructor(book) {
    const { wishes: asked, kind, pain, minutes } = document.body.dataset;
    this.#book = book;
    this.#isBreak = kind === "break";
    this.#isPlanned = asked !== undefined;
    this.#wishes = asked ? JSON.parse(asked).map((/** @type {Wish} */ wish) => ({ ...wish, on: true })) : this.#four();
    write(byId("notice"), book.notice);
    byId("cards").replaceChildren(...this.#wishes.map((wish) => this.#card(wish)));
    const rated = document.querySelector(`input[name="pain_before"][value="${pain ?? ""}"]`);
    if (rated instanceof HTMLInputElement) rated.checked = true;
    const s = this.#wishes.reduce((total, wish) => total + this.#seconds(wish), 0);
    this.#slower = minutes && s > 0 ? (60 * Number(minutes)) / s : 1;
    this.#length();
  }

  /** The four stretches, for whom nothing is known of. @returns {Wish[]} */
  #four() {
    return this.#book.tonight.map((/** @type {string} */ exercise) => {
      const { reps, hold_s } = this.#book.exercises[exercise];
      return { exercise, n_reps: reps, hold_s, on: true };
    });
  }

  /** What to say when the session begins. */
  get said() {
    const wishes = this.#isBreak ? [] : this.#wishes.filter((w) => w.on);
    const pain = chosen("pain_before");
    return {
      pain: pain === null ? null : Number(pain),
      wishes: wishes.map(({ exercise, n_reps, hold_s }) => ({ exercise, n_reps, hold_s: hold_s || null })),
    };
  }

  get wantsCamera() {
    return chosen("watch") === "camera";
  }

  /** @param {Wish} wish */
  #card(wish) {
    const exercise = this.#book.exercises[wish.exercise];
    const card = make("li", "", { class: "card" });
    const picture = make("img", "", { alt: "", src: exercise.figure?.poster ?? "/static/icon.svg", width: "480", height: "360" });
    const dose = this.#dose(wish, exercise);
    for (const line of wish.says ?? []) dose.append(make("span", line, { class: "dose-says" }));
    card.append(picture, make("h2", exercise.name), ...(this.#isBreak ? [] : [this.#switch(wish, card)]), dose);
    return card;
  }

  /**
   * @param {Wish} wish
   * @param {any} exercise
   */
  #dose(wish, exercise) {
    const dose = make("div", "", { class: "dose" });
    const both = exercise.both_sides && !wish.only;
    if (this.#isBreak) {
      dose.append(make("span", wish.n_reps ? times(wish.n_reps, exercise.both_sides) : "by the clock"));
      return dose;
    }
    if (wish.duration_s) {
      dose.append(make("span", wish.duration_s >= 60 ? `${wish.duration_s / 60} min` : `${wish.duration_s} s`));
      return dose;
    }
    const planned = this.#isPlanned;
    dose.append(this.#stepper(wish, "n_reps", planned ? [1, wish.n_reps] : exercise.reps_range, (n) => times(n, both)));
    if (wish.hold_s > 0) {
      const most = planned ? wish.hold_s : exercise.hold_range_s[1];
      dose.append(this.#stepper(wish, "hold_s", [Math.min(exercise.hold_range_s[0], most), most], (n) => `${n} s hold`));
    }
    if (wish.only) dose.append(make("span", `${this.#book.sides[wish.only]} only`));
    if ((wish.n_sets ?? 1) > 1) dose.append(make("span", `all of it ${wish.n_sets} times`));
    return dose;
  }

  /**
   * @param {Wish} wish
   * @param {HTMLElement} card
   */
  #switch(wish, card) {
    const box = make("input", "", { type: "checkbox", "aria-label": `Do ${this.#book.exercises[wish.exercise].name} tonight` });
    box.checked = true;
    box.addEventListener("change", () => {
      wish.on = box.checked;
      card.dataset.out = box.checked ? "no" : "yes";
      this.#length();
    });
    const switcher = make("label", "", { class: "switch" });
    switcher.append(box);
    return switcher;
  }

  /**
   * @param {Wish} wish
   * @param {"n_reps" | "hold_s"} what
   * @param {[number, number]} range
   * @param {(n: number) => string} says
   */
  #stepper(wish, what, range, says) {
    const { name } = this.#book.exercises[wish.exercise];
    const box = make("span", "", { class: "stepper", role: "group", "aria-label": `${name}: ${what === "n_reps" ? "repetitions" : "hold"}` });
    const value = make("b", says(wish[what]), { "aria-live": "polite" });
    const least = what === "n_reps" ? 1 : range[0];
    /** @param {number} sign */
    const move = (sign) => {
      wish[what] = Math.min(range[1], Math.max(least, wish[what] + sign));
      write(value, says(wish[what]));
      this.#length();
    };
    const less = make("button", "−", { type: "button", "aria-label": `Less: ${name}` });
    const more = make("button", "+", { type: "button", "aria-label": `More: ${name}` });
    less.addEventListener("click", () => move(-1));
    more.addEventListener("click", () => move(1));
    box.append(less, value, more);
    return box;
  }

  /** About how long it takes, by the same sums as the program's: get ready and watch, in, hold, out, change, rest. */
  #length() {
    const on = this.#wishes.filter((w) => w.on);
    const s = on.reduce((total, wish) => total + this.#seconds(wish), 0);
    const minutes = Math.max(1, Math.round((s * this.#slower) / 60));
    const n = on.length;
    write(byId("start-length"), n === 0 ? "Choose at least one stretch." : `${words(n)}, about ${minutes} minute${minutes === 1 ? "" : "s"}.`);
    /** @type {HTMLButtonElement} */ (byId("begin")).disabled = n === 0;
  }

  /** @param {Wish} wish */
  #seconds({ exercise, n_reps, hold_s, n_sets, duration_s, only }) {
    const both = this.#book.exercises[exercise].both_sides && !only;
    const n = n_reps * (both ? 2 : 1);
    const moving = duration_s || (hold_s > 0 ? n * (hold_s + 6) + (n - 1) * (both ? 8 : 3) : n * 6);
    return (31 + moving) * (n_sets ?? 1);
  }
}

/** @param {number} n */
function words(n) {
  return n === 1 ? "One stretch" : `${["", "", "Two", "Three", "Four", "Five", "Six"][n] ?? n} stretches`;
}

/**
 * @param {number} n
 * @param {boolean} both
 */
function times(n, both) {
  return both ? `${n} each side` : n === 1 ? "1 time" : `${n} times`;
}
