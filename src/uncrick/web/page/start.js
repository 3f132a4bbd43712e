/** Before the session: which stretches, how long, how the back is now, and whether the camera may look. */

import { byId, chosen, make, write } from "./dom.js";

/** @typedef {{exercise: string, n_reps: number, hold_s: number, on: boolean}} Wish */

export class Start {
  #book;
  /** @type {Wish[]} */
  #wishes;
  /** A break at the desk is as the program has chosen it; there is nothing to set. */
  #isBreak = false;

  /** @param {any} book */
  constructor(book) {
    this.#book = book;
    const asked = document.body.dataset.wishes;
    this.#isBreak = asked !== undefined;
    this.#wishes = asked ? JSON.parse(asked).map((/** @type {Wish} */ wish) => ({ ...wish, on: true })) : book.tonight.map((/** @type {string} */ exercise) => {
      const { reps, hold_s } = book.exercises[exercise];
      return { exercise, n_reps: reps, hold_s, on: true };
    });
    write(byId("notice"), book.notice);
    byId("cards").replaceChildren(...this.#wishes.map((wish) => this.#card(wish)));
    this.#length();
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
    const dose = make("div", "", { class: "dose" });
    if (this.#isBreak) {
      dose.append(make("span", wish.n_reps ? times(wish.n_reps, exercise.both_sides) : "by the clock"));
      card.append(picture, make("h2", exercise.name), dose);
      return card;
    }
    dose.append(this.#stepper(wish, "n_reps", exercise.reps_range, 1, (n) => times(n, exercise.both_sides), exercise.name));
    if (exercise.hold_s > 0) {
      dose.append(this.#stepper(wish, "hold_s", exercise.hold_range_s, 1, (n) => `${n} s hold`, exercise.name));
    }
    const box = make("input", "", { type: "checkbox", "aria-label": `Do ${exercise.name} tonight` });
    box.checked = true;
    box.addEventListener("change", () => {
      wish.on = box.checked;
      card.dataset.out = box.checked ? "no" : "yes";
      this.#length();
    });
    const switcher = make("label", "", { class: "switch" });
    switcher.append(box);
    card.append(picture, make("h2", exercise.name), switcher, dose);
    return card;
  }

  /**
   * @param {Wish} wish
   * @param {"n_reps" | "hold_s"} what
   * @param {[number, number]} range
   * @param {number} by
   * @param {(n: number) => string} says
   * @param {string} name
   */
  #stepper(wish, what, range, by, says, name) {
    const box = make("span", "", { class: "stepper", role: "group", "aria-label": `${name}: ${what === "n_reps" ? "repetitions" : "hold"}` });
    const value = make("b", says(wish[what]), { "aria-live": "polite" });
    const least = what === "n_reps" ? 1 : range[0];
    /** @param {number} sign */
    const move = (sign) => {
      wish[what] = Math.min(range[1], Math.max(least, wish[what] + sign * by));
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
    let total = 0;
    for (const { exercise, n_reps, hold_s, on } of this.#wishes) {
      if (!on) continue;
      const { both_sides } = this.#book.exercises[exercise];
      const n = n_reps * (both_sides ? 2 : 1);
      total += 31 + (hold_s > 0 ? n * (hold_s + 6) + (n - 1) * (both_sides ? 8 : 3) : n * 6);
    }
    const minutes = Math.max(1, Math.round(total / 60));
    const n = this.#wishes.filter((w) => w.on).length;
    write(byId("start-length"), n === 0 ? "Choose at least one stretch." : `${words(n)}, about ${minutes} minute${minutes === 1 ? "" : "s"}.`);
    /** @type {HTMLButtonElement} */ (byId("begin")).disabled = n === 0;
  }
}

/** @param {number} n */
function words(n) {
  return n === 1 ? "One stretch" : `${["", "", "Two", "Three", "Four"][n] ?? n} stretches`;
}

/**
 * @param {number} n
 * @param {boolean} both
 */
function times(n, both) {
  return both ? `${n} each side` : `${n} times`;
}
