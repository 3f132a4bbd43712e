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

/** Who pressed Start on a notice is here for the break: on into it. Back must lead to the page, and not into it again. */
const begun = document.getElementById("break");
if (begun instanceof HTMLFormElement && begun.dataset.now === "yes") {
  history.replaceState(null, "", "/desk");
  begun.submit();
}

setInterval(() => void renew(), EVERY_MS);
document.addEventListener("visibilitychange", () => void renew());
