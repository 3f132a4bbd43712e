/** Dark or light: as the device is set, or as the person says. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {import("./settings.js").Settings} settings */
export function keepTheme(settings) {
  const apply = () => {
    const { theme } = settings.values;
    document.documentElement.dataset.theme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
  };
  dark.addEventListener("change", apply);
  settings.addEventListener("changed", apply);
  apply();
}
