/** The explorer's own style; inks follow JupyterLab's theme, and elsewhere the color-scheme of the page. */
export const look = `
.latent-explorer { --ink: var(--jp-ui-font-color1, light-dark(#222, #eee));
  --quiet: var(--jp-ui-font-color2, light-dark(#666, #aaa)); --line: var(--jp-border-color2, light-dark(#ccc, #555));
  color: var(--ink); font: 14px/1.4 system-ui, sans-serif; display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
.latent-explorer canvas { border: 1px solid var(--line); border-radius: 4px; touch-action: none; }
.latent-explorer canvas:focus-visible { outline: 3px solid #4d9de0; outline-offset: 1px; }
.latent-explorer .surface { cursor: crosshair; max-width: 100%; }
.latent-explorer .image { width: 140px; height: 140px; image-rendering: pixelated; background: #000; }
.latent-explorer .curve { width: 140px; height: 140px; }
.latent-explorer .pad { width: 140px; height: 140px; background: #000; cursor: crosshair; }
.latent-explorer figure { margin: 0; width: 142px; }
.latent-explorer figcaption { color: var(--quiet); font-size: 12px; min-height: 2.8em; }
.latent-explorer .pictures { display: grid; grid-template-columns: repeat(2, 142px); gap: 8px 12px; }
.latent-explorer .wide { flex: 1 1 360px; display: grid; gap: 10px; align-content: start; }
.latent-explorer .sliders, .latent-explorer .side-by-side { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
.latent-explorer .side-by-side { align-items: flex-start; }
.latent-explorer .choice { display: flex; gap: 8px; align-items: center; }
.latent-explorer .examples { display: grid; grid-template-columns: repeat(3, 44px); gap: 4px; }
.latent-explorer .example { padding: 1px; line-height: 0; border: 2px solid transparent; border-radius: 6px; background: none; }
.latent-explorer .example[aria-pressed="true"] { border-color: #4d9de0; }
.latent-explorer .example .image { width: 36px; height: 36px; }
.latent-explorer .chains { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; }
.latent-explorer .drawing span { color: var(--quiet); font-size: 12px; }
.latent-explorer .chains span { flex-basis: 100%; color: var(--quiet); font-size: 12px; }
.latent-explorer .chains .image { width: 56px; height: 56px; }
.latent-explorer .drawing { display: grid; gap: 6px; justify-items: start; }
.latent-explorer .bars { cursor: ns-resize; }
.latent-explorer table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.latent-explorer th, .latent-explorer td { padding: 2px 10px; border-bottom: 1px solid var(--line); }
.latent-explorer th button { font-weight: bold; background: none; border: 0; padding: 0; color: inherit; cursor: pointer; }
.latent-explorer small, .latent-explorer .missing { color: var(--quiet); font-style: italic; }
.latent-explorer [hidden] { display: none; }
.latent-explorer button { font: inherit; padding: 2px 10px; }
.latent-explorer .words { flex-basis: 100%; margin: 0; color: var(--quiet); }
`;
