const KEY = "latent-theme";
const page = document.documentElement;

/** Light or dark as the reader chose it on another page of the site; otherwise the system decides. */
export function recallTheme(): void {
  const chosen = storage()?.getItem(KEY);
  if (chosen === "light" || chosen === "dark") page.dataset.theme = chosen;
}

export function toggleTheme(): void {
  const { theme } = page.dataset;
  const isDark = theme === "dark" || (theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
  page.dataset.theme = isDark ? "light" : "dark";
  storage()?.setItem(KEY, page.dataset.theme);
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined; // a browser that keeps nothing: then the choice holds for this page
  }
}
