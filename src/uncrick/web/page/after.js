/** After the session: how it felt, then what was done, seen and told kept apart. */

import { byId, chosen, make, write } from "./dom.js";

/** @type {Record<string, string>} */
const OUTCOMES = { done: "Done", skipped: "Skipped", stopped: "Stopped", pain: "Ended: it hurt", left: "Not begun" };
const NONE = "–";
const HEADS = ["Stretch", "What happened", "Repetitions", "Holds", "Who counted"];
/** @type {Record<string, string>} */
const ENDINGS = {
  pain: "You stopped because it hurt. That was right. Rest now.",
  clinician: "Please talk to a doctor or physical therapist before you go on.",
  emergency: "Call your local emergency number now.",
};

export class After {
  #aloud;
  #book;
  /** @type {"after" | "ended" | ""} */
  #stage = "";
  /** What was done, a sentence a stretch, for who only listens. @type {string[]} */
  #told = [];

  /**
   * @param {import("./socket.js").Line} line
   * @param {import("./aloud.js").Aloud} aloud
   * @param {any} book
   */
  constructor(line, aloud, book) {
    this.#aloud = aloud;
    this.#book = book;
    byId("after-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const pain = chosen("pain_after");
      const note = /** @type {HTMLTextAreaElement} */ (byId("note")).value;
      line.sayForSure("finish", { pain: pain === null ? null : Number(pain), felt_right: chosen("felt_right") ?? "", note });
    });
    byId("pain-sheet").addEventListener("close", () => this.#stage && this.arrive(this.#stage));
  }

  /** The session is over, or its summary is here. @param {"after" | "ended"} stage */
  arrive(stage) {
    this.#stage = stage;
    const title = byId(stage === "after" ? "after-title" : "summary-title");
    title.tabIndex = -1;
    if (document.querySelector("dialog[open]") !== null) return;
    title.focus();
    this.#ask();
  }

  /** Ask how it was, or tell what was done, aloud. */
  #ask() {
    const { said } = this.#book;
    const root = byId(this.#stage === "after" ? "after" : "summary");
    if (this.#stage === "after") {
      const [scale, felt] = [...root.querySelectorAll("fieldset")];
      const text = scale?.querySelector("legend")?.textContent?.trim() ?? "";
      /** @param {Element | undefined} of */
      const choices = (of) => [...(of?.querySelectorAll("input") ?? [])].map((e) => /** @type {HTMLElement} */ (e));
      const before = [byId("after-title").textContent ?? "", byId("after-lead").textContent ?? ""];
      const others = [...choices(felt), byId("finish")];
      this.#aloud.ask({ root, before, text, answers: choices(scale), numbers: true, others, enter: byId("finish"), hint: [said.ask_after ?? ""] });
    } else if (this.#stage === "ended") {
      const before = [byId("summary-title").textContent ?? "", byId("summary-lead").textContent ?? ""];
      this.#aloud.ask({ root, before, text: this.#told.join(" "), answers: [], enter: byId("again"), hint: [said.ask_back ?? ""] });
    }
  }

  /** @param {{played: any[], sets: any[]}} summary */
  show({ played, sets }) {
    const book = this.#book;
    const ended = played.filter((e) => e.event === "set_ended");
    const ending = played.find((e) => e.event === "session_ended")?.ending ?? "done";
    write(byId("after-title"), ending === "done" ? "Done for tonight" : "That was it for tonight");
    const n_done = ended.filter((e) => e.outcome === "done").length;
    const { number } = document.body.dataset;
    const lead = ending === "emergency" && number ? `Call ${number} now.` : ENDINGS[ending] ?? `${n_done} of ${ended.length} stretches done.`;
    write(byId("after-lead"), lead);
    write(byId("summary-lead"), lead);
    const head = make("thead");
    head.append(row("th", HEADS));
    const rows = ended.map((set) => cellsOf(set, played, book));
    const body = make("tbody");
    body.append(...rows.map((cells) => row("td", cells)));
    [...body.children].forEach((line, i) => line.setAttribute("data-exercise", ended[i].exercise));
    this.#told = rows.map(([name, what, repetitions, holds, who]) => `${name}: ${what}. ${repetitions}.${holds === NONE ? "" : ` Holds: ${holds}.`}${who === NONE ? "" : ` Counted by: ${who}.`}`);
    byId("summary-table").replaceChildren(make("caption", "What was done", { class: "unseen" }), head, body);
    const stops = sets.flatMap((s) => s.stops).length;
    write(byId("summary-note"), stops > 0 ? "A stop is a rule of this coach, not a sign of damage." : "Nothing was stored but these numbers, on this machine.");
  }
}

/**
 * One stretch as a row of the table.
 *
 * @param {any} set
 * @param {any[]} played
 * @param {any} book
 */
function cellsOf(set, played, book) {
  const name = book.exercises[set.exercise]?.name ?? set.exercise;
  const holds = played.filter((e) => e.event === "hold_done" && e.at === set.at && e.t_s <= set.t_s);
  const reason = book.reasons[set.reason] ?? set.reason;
  const what = (OUTCOMES[set.outcome] ?? set.outcome) + (set.reason && set.outcome !== "pain" ? `: ${reason}` : "");
  const seen = holds.filter((h) => h.seen).length;
  const who = set.n_reps === 0 ? NONE : set.seen ? "The camera" : seen > 0 ? `Camera ${seen}, the rest by you` : "You (by the clock)";
  return [name, what, `${set.n_reps} of ${set.n_asked}`, holdWords(holds), who];
}

/** @param {any[]} holds */
function holdWords(holds) {
  if (holds.length === 0) return NONE;
  return holds.map((h) => `${h.side ? `${h.side} ` : ""}${Math.round(h.hold_s * 10) / 10} s`).join(", ");
}

/**
 * @param {"th" | "td"} tag
 * @param {string[]} cells
 */
function row(tag, cells) {
  const line = make("tr");
  line.append(...cells.map((text, i) => make(tag === "td" && i === 0 ? "th" : tag, text, cellAttributes(tag, i))));
  return line;
}

/**
 * @param {string} tag
 * @param {number} i
 * @returns {Record<string, string>}
 */
function cellAttributes(tag, i) {
  if (tag === "th") return { scope: "col" };
  return i === 0 ? { scope: "row" } : { "data-label": HEADS[i] ?? "" };
}
