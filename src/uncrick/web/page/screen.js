/** Drawing the session as the program says it stands. */

import { byId, make, write } from "./dom.js";
import { showLight } from "./light.js";

/** @typedef {{t_s: number, stage: string, at: number, n_sets: number, exercise: string, side: string,
 *   left_s: number | null, whole_s: number | null, running: boolean, paused: boolean, rep: number, n_reps: number, last: boolean,
 *   light: string, camera: string, waits: boolean, easier: boolean, minutes_left: number, next: string,
 *   outcomes: string[], line: string}} Screen */

const BEFORE = new Set(["loading", "waiting"]);
const OVER = new Set(["after", "ended"]);

/**
 * @param {Screen} screen
 * @param {any} book
 * @param {import("./ring.js").Ring} ring
 * @param {import("./figure.js").Figure} figure
 */
export function draw(screen, book, ring, figure) {
  const { stage, paused } = screen;
  document.body.dataset.stage = stage;
  document.body.dataset.paused = paused ? "yes" : "no";
  byId("start").hidden = !BEFORE.has(stage);
  byId("stage").hidden = BEFORE.has(stage) || OVER.has(stage);
  byId("after").hidden = stage !== "after";
  byId("summary").hidden = stage !== "ended";
  byId("controls").hidden = BEFORE.has(stage) || OVER.has(stage);
  const exercise = book.exercises[screen.exercise];
  write(byId("exercise"), `${stage === "rest" ? "Next: " : ""}${exercise?.name ?? ""}`);
  write(byId("phase"), paused ? "Paused" : (book.stages[stage] ?? stage));
  write(byId("side"), screen.side ? sideWords(stage, book.sides[screen.side]) : "");
  write(byId("count"), counted(screen, exercise, book));
  write(byId("minutes"), BEFORE.has(stage) || OVER.has(stage) ? "" : minutes(screen.minutes_left));
  write(byId("pause-word"), paused ? "Go on" : "Pause");
  byId("next-step").hidden = screen.left_s !== null || paused || stage === "pain";
  /** @type {HTMLButtonElement} */ (byId("easier")).disabled = screen.easier;
  ring.show(screen);
  figure.show(exercise?.figure, screen, screen.easier ? `Easier: ${exercise?.easier ?? ""}` : "");
  showLight(paused ? "" : screen.light, book.lights);
  drawNext(screen, book);
  drawBar(screen, book);
}

/**
 * @param {string} stage
 * @param {string} side
 */
function sideWords(stage, side) {
  return stage === "other_side" ? `to the ${side}` : side;
}

/** @param {number} n */
function minutes(n) {
  return n === 1 ? "1 minute left" : `${n} minutes left`;
}

/**
 * @param {Screen} screen
 * @param {any} exercise
 * @param {any} book
 */
function counted({ stage, rep, n_reps, at, n_sets, side, easier }, exercise, book) {
  if (stage === "stopped" || stage === "pain") return "";
  if (stage === "rest" || stage === "get_ready" || stage === "show") return `Stretch ${at + 1} of ${n_sets}`;
  const what = exercise?.hold_s > 0 ? "Hold" : "Repetition";
  return `${what} ${rep} of ${n_reps}${side ? `, ${book.sides[side]} side` : ""}${easier ? ", easier" : ""}`;
}

/**
 * The card of the stretch that comes next, shown in the last repetition.
 *
 * @param {Screen} screen
 * @param {any} book
 */
function drawNext({ stage, last, next }, book) {
  const coming = last && ["hold", "release", "moving"].includes(stage) ? book.exercises[next] : undefined;
  byId("next").hidden = coming === undefined;
  if (coming === undefined) return;
  write(byId("next-name"), coming.name);
  const still = /** @type {HTMLImageElement} */ (byId("next-still"));
  if (coming.figure && !still.src.endsWith(coming.figure.poster)) still.src = coming.figure.poster;
}

/**
 * @param {Screen} screen
 * @param {any} book
 */
function drawBar(screen, book) {
  const bar = byId("bar");
  while (bar.children.length < screen.n_sets) {
    const part = make("span");
    part.append(make("i"));
    bar.append(part);
  }
  while (bar.children.length > screen.n_sets) bar.lastChild?.remove();
  bar.hidden = BEFORE.has(screen.stage);
  screen.outcomes.forEach((outcome, i) => {
    const part = /** @type {HTMLElement} */ (bar.children[i]);
    part.dataset.outcome = outcome;
    const within = i === screen.at && outcome === "" ? withinSet(screen, book) : 0;
    if (outcome === "") /** @type {HTMLElement} */ (part.firstElementChild).style.inlineSize = `${100 * within}%`;
    else /** @type {HTMLElement} */ (part.firstElementChild).style.inlineSize = "";
  });
  const done = screen.outcomes.filter((o) => o === "done").length;
  bar.setAttribute("aria-label", `${done} of ${screen.n_sets} stretches done`);
}

/**
 * @param {Screen} screen
 * @param {any} book
 */
function withinSet({ stage, rep, n_reps, exercise, side }, book) {
  if (stage === "rest" || stage === "get_ready" || stage === "show") return 0;
  const sides = book.exercises[exercise]?.both_sides ? 2 : 1;
  const done = (rep - 1) * sides + (side === "right" ? 1 : 0) + (stage === "release" ? 1 : 0);
  return Math.min(1, done / Math.max(1, n_reps * sides));
}
