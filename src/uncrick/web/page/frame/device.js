/** The settings of this device: the same ones that the session keeps in this browser. */

import { byId } from "../dom.js";
import { DEFAULTS, Settings } from "../settings.js";
import { keepTheme } from "../theme.js";

const settings = new Settings();
keepTheme(settings);

for (const name of /** @type {(keyof typeof DEFAULTS)[]} */ (Object.keys(DEFAULTS))) {
  const field = document.getElementById(name);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
  const value = settings.values[name];
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === true;
  else field.value = String(value);
  field.addEventListener("change", () => {
    const said = field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value;
    settings.set(name, /** @type {never} */ (typeof value === "number" ? Number(said) : said));
  });
}
byId("device").hidden = false;
