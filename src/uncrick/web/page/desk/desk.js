/** Keeps "right now" up to date while the page is looked at; everything works without it. */

import { byId } from "../dom.js";

const EVERY_MS = 15_000;

async function renew() {
  const place = byId("standing");
  if (document.visibilityState !== "visible" || place.contains(document.activeElement)) return;
  const answer = await fetch("/desk/now", { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || place.contains(document.activeElement)) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...parsed.body.children);
}

setInterval(() => void renew(), EVERY_MS);
document.addEventListener("visibilitychange", () => void renew());
