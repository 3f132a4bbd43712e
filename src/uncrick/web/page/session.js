/** The session screen: joins line, voice, figure, camera and controls. It draws and speaks; it decides nothing. */

import { After } from "./after.js";
import { Aloud } from "./aloud.js";
import { Camera } from "./camera.js";
import { caption } from "./caption.js";
import { byId, isTouched, write } from "./dom.js";
import { Earcons } from "./earcon.js";
import { Figure } from "./figure.js";
import { HowSheet } from "./how.js";
import { listenToKeys } from "./keys.js";
import { prepareListening } from "./listen/listening.js";
import { showPops } from "./listen/told.js";
import { Overlay } from "./overlay.js";
import { PainSheet } from "./pain.js";
import { preparePanel } from "./panel.js";
import { Ring } from "./ring.js";
import { draw } from "./screen.js";
import { Settings } from "./settings.js";
import { SkipSheet } from "./skip.js";
import { Line } from "./socket.js";
import { Voice } from "./speak.js";
import { Start } from "./start.js";
import { keepTheme } from "./theme.js";
import { prepareTutorial } from "./tutorial.js";
import { keepAwake } from "./wake.js";
import { Watcher } from "./watcher.js";

const settings = new Settings();
keepTheme(settings);
const book = await (await fetch("/book.json")).json();
const line = new Line(document.body.dataset.session ?? "");
const voice = new Voice(settings);
const earcons = new Earcons(settings);
const ring = new Ring();
const figure = new Figure(settings);
const camera = new Camera(line, settings);
const overlay = new Overlay(/** @type {HTMLCanvasElement} */ (byId("camera-lines")));
const aloud = new Aloud(voice, settings, book.said);
const pain = new PainSheet(line, aloud, book.said);
const after = new After(line, aloud, book);
const skip = new SkipSheet(aloud, book.said, { hurts: () => hurts("button"), skip: (reason) => move("skip", { reason }) });
const how = new HowSheet(aloud, book, () => line.say("resume"));
const start = new Start(book);
/** @type {import("./screen.js").Screen | null} */
let screen = null;
let goesOn = document.body.dataset.goesOn === "yes";

pain.know(book.stops);
overlay.know(book.bones);
new Watcher(camera, overlay, () => screen, book, press);
prepareTutorial(book.said, voice, earcons);
preparePanel(settings, voice, (on) => void turnCamera(on));
listenToKeys(settings, press);
const listening = prepareListening(line, hurts);

/** @type {Record<string, (message: any) => void>} */
const hear = {
  screen: show,
  say(message) {
    if (message.points.length) overlay.mark(message.points);
    caption(message);
    voice.say(message);
  },
  sound({ sound }) {
    listening.sounded();
    earcons.play(sound);
  },
  decision(message) {
    pain.open();
    pain.decide(message);
  },
  refusal({ says, why }) {
    const refusal = byId("refusal");
    refusal.hidden = false;
    write(refusal, `${why} ${says}`);
    void turnCamera(false);
  },
  summary(message) {
    after.show(message);
    showPops(message.played, book);
  },
};

line.addEventListener("told", (event) => {
  const message = /** @type {CustomEvent} */ (event).detail;
  hear[message.type]?.(message);
});
line.addEventListener("open", () => {
  byId("connection").hidden = true;
  // A press that went out on a line already dead has not arrived; twice it is one pain all the same.
  if (pain.isAsking) line.say("pain", { why: "button" });
  tellPace();
  camera.tellAgain();
});
line.addEventListener("closed", (event) => {
  const { code, final } = /** @type {CustomEvent} */ (event).detail;
  const banner = byId("connection");
  const first = banner.hidden;
  banner.hidden = false;
  const taken = "This session goes on in another window. Reload to take it back.";
  const text = code === 4409 ? taken : final ? "Open the link that the program printed." : "Connection lost. The session waits, and goes on where it was.";
  write(banner, text);
  if (!first) return;
  voice.silence();
  standStill(text);
});

/** The session stands while the line is broken: so does what is shown of it, and who only listens is told. @param {string} text */
function standStill(text) {
  if (screen === null || ["waiting", "pain", "after", "ended"].includes(screen.stage)) return;
  draw({ ...screen, left_s: ring.left_s, running: false, paused: true }, book, ring, figure);
  voice.say({ text, rank: "unseen" });
}

/** @param {import("./screen.js").Screen} now */
function show(now) {
  const before = screen;
  screen = now;
  draw(now, book, ring, figure);
  listening.see(now);
  if (goesOn && !["waiting", "pain"].includes(now.stage)) offerToGoOn(now);
  goesOn = false;
  if (now.stage === "pain") {
    voice.shut();
    pain.open();
  } else {
    if (before !== null && before.stage !== now.stage) pain.goneOn(before.stage, now.stage);
    if (!pain.isAsking) voice.open();
  }
  if (before !== null && before.paused !== now.paused && !pain.isAsking && !how.isOpen) acknowledge(!now.paused ? "resumed" : isTouched() ? "paused_touch" : "paused");
  const runs = now.running && !now.paused;
  void keepAwake(runs);
  camera.hold(now.paused || document.visibilityState !== "visible");
  if (["after", "ended"].includes(now.stage) && camera.isWanted) void turnCamera(false);
  const moved = before?.stage !== now.stage || before.side !== now.side || before.at !== now.at;
  if (moved && now.line) caption({ text: now.line, rank: "information" });
  if (moved) arrived(now);
}

/** Tell those who listen to the page itself that the stage changed, and bring the focus along. @param {import("./screen.js").Screen} now */
function arrived(now) {
  write(byId("live"), [book.stages[now.stage], now.side && book.sides[now.side]].filter(Boolean).join(", "));
  if (now.stage === "after" || now.stage === "ended") after.arrive(now.stage);
  if (now.stage !== "waiting" && document.activeElement === byId("begin")) byId("main").focus();
}

/** @param {import("./screen.js").Screen} now */
function offerToGoOn(now) {
  const sheet = /** @type {HTMLDialogElement} */ (byId("goes-on"));
  const name = book.exercises[now.exercise]?.name ?? "";
  write(byId("goes-on-where"), `You were at ${name}, stretch ${now.at + 1} of ${now.n_sets}.`);
  byId("go-on").onclick = () => {
    earcons.wake();
    sheet.close();
    line.say("resume");
  };
  byId("start-anew").onclick = () => {
    line.say("put_away");
    setTimeout(() => location.reload(), 150);
  };
  sheet.addEventListener("cancel", (event) => event.preventDefault());
  sheet.showModal();
}

/** @param {string} name */
function press(name) {
  if (screen === null || ["waiting", "after", "ended"].includes(screen.stage)) return;
  earcons.wake();
  switch (name) {
    case "pain":
      hurts("button");
      break;
    case "pain-gesture":
      hurts("gesture");
      break;
    case "pause":
      line.say(screen.paused ? "resume" : "pause");
      break;
    case "pause-gesture":
      if (!screen.paused) line.say("pause", { why: "gesture" });
      break;
    case "skip":
      skip.open();
      break;
    case "extend":
      line.say("extend");
      if (screen.left_s !== null) acknowledge("extended");
      break;
    case "time-left":
      sayTimeLeft();
      break;
    case "how":
      if (!screen.paused) line.say("pause");
      how.open(screen.exercise);
      break;
    case "next-step":
      move("next");
      break;
    default:
      move(name);
  }
}

/** Stop now, before the program even hears of it: silence, the two notes, the questions. @param {string} why */
function hurts(why) {
  voice.shut();
  caption({ text: "", rank: "safety" });
  document.body.dataset.stage = "pain";
  pain.open();
  line.sayForSure("pain", { why });
}

/** Go elsewhere in the session: what was being said belongs to where it was. @param {string} type @param {Record<string, unknown>} [values] */
function move(type, values) {
  voice.silence();
  line.say(type, values);
}

/** Say back what was pressed, in place of what was being said. @param {string} said */
function acknowledge(said) {
  const sentence = { text: book.said[said] ?? "", rank: "information" };
  voice.silence();
  caption(sentence);
  voice.say(sentence);
}

function sayTimeLeft() {
  if (screen === null) return;
  const left = ring.left_s;
  const here = left === null ? "" : `${book.stages[screen.stage]}: ${Math.ceil(left)} seconds left. `;
  const text = `${here}The session: about ${screen.minutes_left} minute${screen.minutes_left === 1 ? "" : "s"} left.`;
  write(byId("live"), text);
  caption({ text, rank: "information" });
  voice.say({ text, rank: "information" });
}

/** Start was pressed on a notice of the desk. A browser lets no page sound that has not been pressed yet: say so. */
function beginAtOnce() {
  line.say("begin", start.said);
  if (navigator.userActivation?.hasBeenActive) return;
  byId("silent").hidden = false;
  const heard = () => {
    byId("silent").hidden = true;
    earcons.wake();
  };
  for (const type of ["keydown", "pointerup"]) document.addEventListener(type, heard, { once: true });
}

/** @param {boolean} on */
async function turnCamera(on) {
  tellOfCamera(await camera.want(on));
}

/** Why there is no camera, in one sentence; empty where there is one. @param {string} says */
function tellOfCamera(says) {
  const note = byId("camera-note");
  note.hidden = says === "";
  write(note, says);
  if (!says || screen === null || screen.stage === "waiting") return;
  caption({ text: says, rank: "unseen" });
  voice.say({ text: says, rank: "unseen" });
}

function tellPace() {
  line.say("pace", { pace: settings.values.pace, by_itself: settings.values.by_itself });
}

settings.addEventListener("changed", (event) => {
  if (["pace", "by_itself"].includes(/** @type {CustomEvent} */ (event).detail)) tellPace();
});
camera.addEventListener("lost", (event) => tellOfCamera(/** @type {CustomEvent} */ (event).detail));
camera.addEventListener("turned", () => {
  /** @type {HTMLInputElement} */ (byId("camera-switch")).checked = camera.isOn;
});
for (const name of ["pain", "pause", "easier", "extend", "skip", "back", "time-left", "how", "next-step"]) {
  byId(name).addEventListener("click", (event) => {
    press(name);
    // After a click with the mouse the space bar means pause again; who came by keyboard stays where they are.
    if (event.detail > 0 && document.querySelector("dialog[open]") === null) byId("main").focus();
  });
}
byId("begin").addEventListener("click", async () => {
  earcons.wake();
  byId("refusal").hidden = true;
  line.say("begin", start.said);
  if (start.wantsCamera) await turnCamera(true);
});
if (document.body.dataset.begins === "yes") line.addEventListener("open", beginAtOnce, { once: true });
line.open();
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
document.body.dataset.ready = "yes";
