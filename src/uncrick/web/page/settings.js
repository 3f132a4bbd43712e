/** The person's own settings of this page, kept in this browser. */

const KEY = "uncrick.settings";

export const DEFAULTS = {
  voice: 90, sound: 70, mute: false, pace: 1, by_itself: true, shortcuts: true, gestures: true, theme: "auto",
  still: false, aloud: true,
};

export class Settings extends EventTarget {
  values = { ...DEFAULTS };

  constructor() {
    super();
    try {
      Object.assign(this.values, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    } catch {
      this.values = { ...DEFAULTS };
    }
  }

  /**
   * @template {keyof typeof DEFAULTS} K
   * @param {K} name
   * @param {(typeof DEFAULTS)[K]} value
   */
  set(name, value) {
    this.values[name] = value;
    localStorage.setItem(KEY, JSON.stringify(this.values));
    this.dispatchEvent(new CustomEvent("changed", { detail: name }));
  }
}
