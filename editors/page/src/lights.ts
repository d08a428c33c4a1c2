// Light, dark, or as the system has it.

import { byId } from "./dom";

const KEY = "notelint-theme";
const ORDER = ["system", "light", "dark"] as const;
type Theme = (typeof ORDER)[number];

const SIGN: Record<Theme, string> = { system: "◐", light: "☀", dark: "☾" };

export function startTheme(): void {
  const button = byId<HTMLButtonElement>("theme");
  let theme = (localStorage.getItem(KEY) as Theme | null) ?? "system";
  if (!ORDER.includes(theme)) theme = "system";
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.textContent = SIGN[theme];
    button.setAttribute("aria-label", `Colours: ${theme}. Change.`);
    button.title = `Colours: ${theme}`;
  };
  button.addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "system";
    localStorage.setItem(KEY, theme);
    show();
  });
  show();
}
