/** After the session: how it felt, then what was done, seen and told kept apart. */

import { byId, chosen, make, write } from "./dom.js";

/** @type {Record<string, string>} */
const OUTCOMES = { done: "Done", skipped: "Skipped", stopped: "Stopped", pain: "Ended: it hurt", left: "Not begun" };
const HEADS = ["Stretch", "What happened", "Repetitions", "Holds", "Who counted"];
/** @type {Record<string, string>} */
const ENDINGS = {
  pain: "You stopped because it hurt. That was right. Rest now.",
  clinician: "Please talk to a doctor or physical therapist before you go on.",
  emergency: "Call your local emergency number now.",
};

/** @param {import("./socket.js").Line} line */
export function askAfter(line) {
  byId("after-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const pain = chosen("pain_after");
    const note = /** @type {HTMLTextAreaElement} */ (byId("note")).value;
    line.sayForSure("finish", { pain: pain === null ? null : Number(pain), felt_right: chosen("felt_right") ?? "", note });
  });
}

/**
 * @param {{played: any[], sets: any[]}} summary
 * @param {any} book
 */
export function showSummary({ played, sets }, book) {
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
  const body = make("tbody");
  for (const set of ended) {
    const name = book.exercises[set.exercise]?.name ?? set.exercise;
    const holds = played.filter((e) => e.event === "hold_done" && e.at === set.at && e.t_s <= set.t_s);
    const reason = book.reasons[set.reason] ?? set.reason;
    const what = (OUTCOMES[set.outcome] ?? set.outcome) + (set.reason && set.outcome !== "pain" ? `: ${reason}` : "");
    const seen = holds.filter((h) => h.seen).length;
    const who = set.n_reps === 0 ? "–" : set.seen ? "The camera" : seen > 0 ? `Camera ${seen}, the rest by you` : "You (by the clock)";
    const line = row("td", [name, what, `${set.n_reps} of ${set.n_asked}`, holdWords(holds), who]);
    line.dataset.exercise = set.exercise;
    body.append(line);
  }
  byId("summary-table").replaceChildren(make("caption", "What was done", { class: "unseen" }), head, body);
  const stops = sets.flatMap((s) => s.stops).length;
  write(byId("summary-note"), stops > 0 ? "A stop is a rule of this coach, not a sign of damage." : "Nothing was stored but these numbers, on this machine.");
}

/** @param {any[]} holds */
function holdWords(holds) {
  if (holds.length === 0) return "–";
  const seconds = holds.map((h) => `${Math.round(h.hold_s * 10) / 10}${h.side ? ` ${h.side}` : ""}`);
  return `${seconds.join(", ")} s`;
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
