/** The moving figure of a leaflet: by itself where motion is wanted, still where it is not, and one press for either. */

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const video = document.querySelector(".moving video");
const button = document.querySelector(".moving-switch");

if (video instanceof HTMLVideoElement && button instanceof HTMLButtonElement) {
  let moves = !reduced.matches;
  const update = () => {
    if (moves) void video.play().catch(() => undefined);
    else video.pause();
    button.setAttribute("aria-pressed", String(!moves));
    button.textContent = moves ? "Still picture" : "Moving picture";
  };
  video.controls = false;
  button.hidden = false;
  button.addEventListener("click", () => {
    moves = !moves;
    update();
  });
  reduced.addEventListener("change", () => {
    moves = !reduced.matches;
    update();
  });
  update();
}
