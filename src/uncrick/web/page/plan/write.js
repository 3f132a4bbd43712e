/**
 * Life for the page to write a plan. The program makes every part of it from the form that is sent; here is only when it
 * is sent, which parts are put in, and where the focus goes. Without this script the buttons send the form as ever.
 */

import { byId } from "../dom.js";
import { Dragging } from "./drag.js";
import { keepFinding } from "./find.js";

const QUIET_MS = 350;
const ALL = ["faults", "rows", "n-rows", "openings", "problems", "seen", "effects", "text"];
const WHILE_TYPING = ["faults", "problems", "seen", "effects", "text"];
const KEPT = ["plan.written_by", "plan.author"];

/** @type {HTMLFormElement} */
const form = byId("plan-form");
let asked = 0;
let timer = 0;
let sending = Promise.resolve();

/**
 * Send the form, as if the button *does* was pressed, and put in what came back: *parts*, by id.
 *
 * @param {string} does
 * @param {string[]} parts
 */
async function send(does, parts) {
  clearTimeout(timer);
  const mine = ++asked;
  const sent = new FormData(form);
  sent.set("do", does);
  for (const name of ["key", "passphrase", "recipient"]) sent.delete(name);
  if (does !== "open") sent.delete("taken");
  const page = await answer(sent);
  if (page === null || mine !== asked) return;
  for (const id of does === "open" || does === "start" || does === "mine" ? [...ALL, "head"] : parts) put(id, page);
  mark(page);
  document.body.dataset.sent = String(mine);
}

/** @param {FormData} sent */
async function answer(sent) {
  try {
    const answered = await fetch("/plan/write", { method: "POST", body: sent });
    return new DOMParser().parseFromString(await answered.text(), "text/html");
  } catch {
    byId("problems").textContent = "The program does not answer. What you typed is still here.";
    return null;
  }
}

/**
 * @param {string} id
 * @param {Document} page
 */
function put(id, page) {
  if (id === "head") {
    for (const field of page.querySelectorAll("[name^='plan.']")) take(field);
    return;
  }
  const there = page.getElementById(id);
  const here = document.getElementById(id);
  if (!there || !here) return;
  const open = [...here.querySelectorAll("details[open] > summary")].map((summary) => opener(summary));
  here.replaceChildren(...there.childNodes);
  if (there.dataset.focus !== undefined) here.dataset.focus = there.dataset.focus;
  for (const summary of here.querySelectorAll("summary")) {
    if (open.includes(opener(summary)) && summary.parentElement instanceof HTMLDetailsElement) summary.parentElement.open = true;
  }
  if (id === "rows") document.querySelector(".empty")?.toggleAttribute("hidden", here.childElementCount > 0);
}

/** @param {Element} summary */
function opener(summary) {
  return `${summary.closest("[data-key]")?.getAttribute("data-key") ?? ""} ${summary.textContent}`;
}

/** Take a field of the page that came back into the field of the same name here. @param {Element} field */
function take(field) {
  const name = field.getAttribute("name") ?? "";
  for (const here of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (here instanceof HTMLInputElement && here.type === "radio" && field instanceof HTMLInputElement) {
      if (here.value === field.value) here.checked = field.checked;
    } else if ("value" in here && "value" in field) here.value = field.value;
  }
}

/** Mark the fields that the program found wrong, and no others. @param {Document} page */
function mark(page) {
  const wrong = new Set([...page.querySelectorAll("[aria-invalid=true]")].map((field) => field.getAttribute("name")));
  for (const field of form.querySelectorAll("input, select, textarea")) {
    if (wrong.has(field.getAttribute("name"))) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  for (const why of form.querySelectorAll(".wrong")) if (!page.getElementById(why.id)) why.remove();
}

/** @param {string} key */
function look(key) {
  const row = key ? document.getElementById(key) : null;
  if (row === null) return;
  row.scrollIntoView({ block: "nearest" });
  const field = row.matches(".asked") ? row : row.querySelector("input:not([type=hidden])");
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
}

/** Move a number a step, within its range. @param {HTMLElement} button */
function step(button) {
  /** @type {HTMLInputElement} */
  const field = byId(button.dataset.for ?? "");
  const now = Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : Number(field.min);
  field.value = String(Math.min(Math.max(now + Number(button.dataset.by), Number(field.min)), Number(field.max)));
  soon();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => send("check", WHILE_TYPING), QUIET_MS);
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement) || button.formAction.includes("/plan/write/")) return;
  event.preventDefault();
  if (button.classList.contains("step")) return step(button);
  const does = button.value;
  sending = send(does, ALL);
  const at = button.closest("[data-key]")?.getAttribute("data-key") ?? "";
  const next = at && does.startsWith("remove") ? neighbour(at) : "";
  await sending;
  if (does.startsWith("up") || does.startsWith("down")) return look(at);
  if (does.startsWith("remove")) return look(next);
  if (does.startsWith("relax") || does.startsWith("clear")) return look(byId("openings").lastElementChild?.id ?? "");
  if (does.startsWith("add")) byId("found").textContent = `${button.getAttribute("aria-label")?.slice(4)} is in the plan.`;
});

/** @param {string} key */
function neighbour(key) {
  const row = document.getElementById(key);
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  return next?.id ?? "";
}

form.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLElement) || field.closest(".picker, .save, .start-from")) return;
  const name = field.getAttribute("name") ?? "";
  if (KEPT.includes(name) && "value" in field) localStorage.setItem(`uncrick.${name}`, String(field.value));
  soon();
});

form.addEventListener("keydown", async (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    /** @type {HTMLButtonElement | null} */
    const save = document.querySelector("#save button[value=save]");
    return save?.click();
  }
  const row = event.target instanceof HTMLElement ? event.target.closest(".asked") : null;
  if (!row || !event.altKey) return;
  const does = { ArrowUp: "up", ArrowDown: "down", Delete: "remove" }[event.key];
  if (!does) return;
  event.preventDefault();
  const next = does === "remove" ? neighbour(row.id) : row.id;
  await send(`${does}:${row.id}`, ALL);
  look(next);
});

/** The name and part of whoever writes are remembered by this browser alone, so that nobody is asked twice. */
function remembered() {
  const name = localStorage.getItem("uncrick.plan.written_by");
  const author = localStorage.getItem("uncrick.plan.author");
  /** @type {HTMLInputElement} */
  const field = byId("plan.written_by");
  if (name && field.value === "") field.value = name;
  for (const radio of form.querySelectorAll("input[name='plan.author']")) {
    if (author && radio instanceof HTMLInputElement && byId("rows").childElementCount === 0) radio.checked = radio.value === author;
  }
}

document.body.dataset.wrote = "yes";
remembered();
keepFinding(async () => {
  await sending;
  look(byId("rows").lastElementChild?.id ?? "");
});
new Dragging(byId("rows"), byId("choices"), (does) => send(does, ALL)).keep();
look(byId("rows").dataset.focus ?? "");
