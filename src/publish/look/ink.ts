/** Colours and letters that decks and pages share. `data-theme` on the page decides, and the reader's system otherwise. */
export const ink = `
:root { color-scheme: light dark; }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
:root {
  --paper: light-dark(#ffffff, #15171c); --ink: light-dark(#1d2230, #e9ebf0); --quiet: light-dark(#5a6275, #a2abbd);
  --line: light-dark(#dde1ea, #363c4a); --tint: light-dark(#f5f6f9, #1e222b); --accent: light-dark(#0b5cad, #7db8f5);
  --bad: light-dark(#b3261e, #ff8f85);
  --text: "Source Sans 3 Variable", "Source Sans 3", "Segoe UI", system-ui, sans-serif;
  --mono: "JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
body { margin: 0; background: var(--paper); color: var(--ink); font-family: var(--text); }
aside.notes { display: none; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }
pre { font-family: var(--mono); font-variant-ligatures: none; background: var(--tint); border-radius: 6px; margin: 0;
  white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
pre code { font: inherit; }
code { font-family: var(--mono); font-size: .86em; font-variant-ligatures: none; }
pre .line { display: block; white-space: inherit; }
pre.printed { background: none; border-left: 3px solid var(--line); border-radius: 0; color: var(--ink); }
pre.stderr { color: var(--quiet); }
pre.error { border-left-color: var(--bad); }
.bold { font-weight: 700; }
.ansi-1, .refused small { color: var(--bad); } .ansi-2 { color: light-dark(#1a7038, #7fd49b); }
.ansi-3 { color: light-dark(#7a5900, #e5c468); } .ansi-4 { color: var(--accent); }
.ansi-5 { color: light-dark(#8a3ba0, #d9a3ea); } .ansi-6 { color: light-dark(#046d79, #71cfda); }
.refused code { border-bottom: 2px dotted var(--bad); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; border: 0; }
th, td { padding: .28em .8em; border: 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
th { font-weight: 600; border-bottom: 2px solid var(--quiet); }
blockquote { margin: 0; padding-left: 1em; border-left: 3px solid var(--accent); color: var(--quiet); }
figure { margin: 0; }
.figure .still { max-width: 100%; background: #fff; border-radius: 6px; }
.figure .frame { overflow: hidden; background: #fff; border-radius: 6px; color-scheme: light; }
.figure .live { transform-origin: 0 0; }
.figure[data-state="live"] > .still, .figure[data-state="live"] > .words, .explorer[data-state="live"] > .words { display: none; }
.words { color: var(--quiet); }
.hljs-keyword, .hljs-built_in, .hljs-literal { color: light-dark(#8250a8, #cfa5f0); }
.hljs-string, .hljs-regexp { color: light-dark(#1a7038, #8fd6a3); }
.hljs-number { color: light-dark(#a04100, #f0b07a); }
.hljs-comment { color: light-dark(#66707f, #929bac); font-style: italic; }
.hljs-title, .hljs-title.function_ { color: light-dark(#0b5cad, #8ec3fa); }
.hljs-type, .hljs-title.class_ { color: light-dark(#046d79, #71cfda); }
.hljs-attr, .hljs-property { color: light-dark(#37415a, #c9d2e4); }
`;
