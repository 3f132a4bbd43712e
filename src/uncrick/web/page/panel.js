/** The settings panel: volumes, time, keys, gestures, camera, colours. */

import { byId, write } from "./dom.js";

/**
 * @param {import("./settings.js").Settings} settings
 * @param {import("./speak.js").Voice} voice
 * @param {(on: boolean) => void} turnCamera
 */
export function preparePanel(settings, voice, turnCamera) {
  const sheet = /** @type {HTMLDialogElement} */ (byId("settings"));
  byId("open-settings").addEventListener("click", () => {
    byId("voice-note").hidden = voice.voice !== undefined;
    write(byId("voice-note"), "This browser has no voice of its own on this device; every sentence is shown as text.");
    sheet.showModal();
  });
  byId("settings-close").addEventListener("click", () => sheet.close());
  number("voice-volume", "voice");
  number("sound-volume", "sound");
  number("pace", "pace");
  flag("by-itself", "by_itself");
  flag("shortcuts", "shortcuts");
  flag("gestures", "gestures");
  flag("aloud", "aloud");
  const theme = /** @type {HTMLSelectElement} */ (byId("theme"));
  theme.value = settings.values.theme;
  theme.addEventListener("change", () => settings.set("theme", theme.value));
  const camera = /** @type {HTMLInputElement} */ (byId("camera-switch"));
  camera.addEventListener("change", () => turnCamera(camera.checked));
  const mute = byId("mute");
  mute.addEventListener("click", () => settings.set("mute", !settings.values.mute));
  const show = () => {
    mute.setAttribute("aria-pressed", String(settings.values.mute));
    write(byId("mute-word"), settings.values.mute ? "Muted" : "Sound on");
    document.body.dataset.shortcuts = settings.values.shortcuts ? "on" : "off";
    if (settings.values.mute) voice.silence();
  };
  settings.addEventListener("changed", show);
  show();

  /**
   * @param {string} id
   * @param {"voice" | "sound" | "pace"} name
   */
  function number(id, name) {
    const input = /** @type {HTMLInputElement} */ (byId(id));
    input.value = String(settings.values[name]);
    input.addEventListener("change", () => settings.set(name, Number(input.value)));
  }

  /**
   * @param {string} id
   * @param {"by_itself" | "shortcuts" | "gestures" | "aloud"} name
   */
  function flag(id, name) {
    const input = /** @type {HTMLInputElement} */ (byId(id));
    input.checked = settings.values[name];
    input.addEventListener("change", () => settings.set(name, input.checked));
  }
}
