import { startSearch } from "./search.ts";
import { recallTheme, toggleTheme } from "./theme.ts";
import { watchView } from "./view.ts";

// At once, before anything is painted.
recallTheme();
document.documentElement.classList.add("scripted");

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".theme")?.addEventListener("click", toggleTheme);
  startSearch(document.querySelector<HTMLElement>(".search") as HTMLElement);
  const contents = document.querySelector<HTMLDetailsElement>(".contents details");
  if (contents !== null && matchMedia("(max-width: 75rem)").matches) contents.open = false;
  watchView();
  document.documentElement.dataset.ready = "";
});
