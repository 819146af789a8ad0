/** The look of the site's pages: wide and narrow screens, paper, and without scripts. */
export const pageLook = `
html { font-size: 106.25%; line-height: 1.58; scroll-padding-top: 4.5rem; overflow-wrap: break-word; -webkit-text-size-adjust: 100%; }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--paper); padding: .4rem .8rem; }
.top { position: sticky; top: 0; z-index: 5; display: flex; gap: 1rem; align-items: center; padding: .5rem 1.25rem;
  background: color-mix(in srgb, var(--paper) 94%, transparent); backdrop-filter: blur(6px); border-bottom: 1px solid var(--line); }
.top .course { font-weight: 650; color: var(--ink); text-decoration: none; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; }
.top .course:hover { color: var(--accent); }
.search { position: relative; margin-left: auto; flex: 0 1 20rem; min-width: 8rem; }
.search input { width: 100%; box-sizing: border-box; font: inherit; font-size: .95rem; padding: .3rem .7rem; color: var(--ink); background: var(--tint);
  border: 1px solid var(--line); border-radius: 6px; }
.theme { font: inherit; font-size: 1.15rem; line-height: 1; padding: .35rem .5rem; border: 0; background: none; color: var(--quiet); cursor: pointer; border-radius: 6px; }
.theme:hover { color: var(--ink); background: var(--tint); }
html:not(.scripted) :is(.search, .theme) { visibility: hidden; }
.found { position: absolute; right: 0; top: calc(100% + .5rem); width: min(38rem, calc(100vw - 2rem)); max-height: min(34rem, 75vh); overflow: auto;
  background: var(--paper); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 30px rgb(0 0 0 / .18); }
.found[hidden] { display: none; }
.found .count { margin: 0; padding: .6rem 1rem .2rem; font-size: .85rem; color: var(--quiet); }
.found ol { list-style: none; margin: 0; padding: 0 0 .4rem; }
.found a { display: grid; padding: .45rem 1rem; color: var(--ink); text-decoration: none; line-height: 1.4; }
.found a:is(:hover, :focus) { background: var(--tint); outline: none; box-shadow: inset 3px 0 var(--accent); }
.found small { color: var(--quiet); font-size: .8rem; } .found span { color: var(--quiet); font-size: .9rem; }
mark { background: light-dark(#fff0b3, #5c4d13); color: inherit; border-radius: 2px; }

.page { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
.page.with-aside { display: grid; grid-template-columns: minmax(0, 48rem); justify-content: center; max-width: none; }
main { min-width: 0; }
.contents { font-size: .92rem; line-height: 1.4; }
.contents summary { color: var(--quiet); cursor: pointer; font-weight: 600; }
.contents ul { list-style: none; margin: .5rem 0 0; padding: 0; }
.contents a { display: block; padding: .22rem 0 .22rem .8rem; border-left: 2px solid var(--line); color: var(--quiet); text-decoration: none; }
.contents a:hover { color: var(--ink); border-left-color: var(--accent); }
@media (min-width: 75rem) {
  .page.with-aside { grid-template-columns: 15rem minmax(0, 48rem); gap: 2.5rem; }
  .contents { position: sticky; top: 4.5rem; align-self: start; max-height: calc(100vh - 6rem); overflow: auto; }
}
@media (max-width: 74.99rem) { .contents { margin-bottom: 1.25rem; } }
.offers { display: flex; gap: .6rem; flex-wrap: wrap; margin-bottom: .8rem; }
.offers a { font-size: .92rem; padding: .2rem .8rem; border: 1px solid var(--line); border-radius: 99px; text-decoration: none; }
.offers a:hover { border-color: var(--accent); }

h1, h2, h3, h4 { line-height: 1.2; font-weight: 650; letter-spacing: -.01em; margin: 2em 0 .5em; text-wrap: balance; }
h1 { font-size: 2.15rem; margin: .4em 0 .6em; } h2 { font-size: 1.55rem; } h3 { font-size: 1.22rem; } h4 { font-size: 1.05rem; }
.cell:first-child > :first-child { margin-top: .3em; }
.anchor { opacity: 0; text-decoration: none; font-weight: 400; font-size: .8em; } :is(h1, h2, h3, h4):hover .anchor, .anchor:focus { opacity: 1; }
p, ul, ol { margin: 0 0 .9em; } li { margin: .2em 0; }
.cell { margin: 0 0 1.1rem; scroll-margin-top: 4.5rem; }
.cell > * + pre, .cell > * + .html, .cell > * + figure, .cell > * + .explorer, .cell > * + img { margin-top: .7rem; }
pre { padding: .75rem 1rem; font-size: .81rem; line-height: 1.5; white-space: pre; overflow-x: auto; overflow-wrap: normal; }
pre.printed { padding: .1rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre:focus-visible { outline: 2px solid var(--accent); }
blockquote { margin: 0 0 .9em; }
details { margin: 0 0 .9em; } summary { cursor: pointer; }
.katex { font-size: 1.06em; } .katex-display { overflow-x: auto; overflow-y: hidden; padding: .15em 0; margin: .7em 0; }
.html { overflow-x: auto; } .html :is(img, svg, canvas) { max-width: 100%; height: auto; }
main table { font-size: .93rem; display: block; max-width: 100%; width: max-content; overflow-x: auto; margin: 0 0 .9em; }
.latent-explorer table { display: table; }
.figure { margin: .9rem 0; } .figure .still { display: block; margin: 0 auto; height: auto; } .figure .frame { margin: 0 auto; }
.explorer { margin: .9rem 0; overflow-x: auto; }
.neighbours { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-top: 3.5rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
.neighbours a { text-decoration: none; line-height: 1.35; } .neighbours small { display: block; color: var(--quiet); }
.neighbours [rel="next"] { text-align: right; }

.cards { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.1rem; }
.cards li { margin: 0; }
.page:has(.cards) { max-width: 66rem; }
.page:has(.cards) > main > :is(p, ul:not(.cards), ol, table) { max-width: 46rem; }
.card { display: grid; grid-template-rows: auto auto 1fr; height: 100%; box-sizing: border-box; color: var(--ink); text-decoration: none; border: 1px solid var(--line);
  border-radius: 10px; overflow: hidden; transition: border-color .15s, box-shadow .15s; }
.card:is(:hover, :focus-visible) { border-color: var(--accent); box-shadow: 0 4px 18px rgb(0 0 0 / .1); }
.card .cover { display: block; aspect-ratio: 16 / 9; background: #fff; border-bottom: 1px solid var(--line); overflow: hidden; }
.card .cover:empty { display: none; }
.card .cover img { width: 100%; height: 100%; object-fit: contain; }
.card strong { padding: .7rem 1rem 0; line-height: 1.3; font-weight: 600; }
.card strong:last-child { padding-bottom: .8rem; }
.card .number { color: var(--accent); font-variant-numeric: tabular-nums; }
.card .question { padding: .3rem 1rem .8rem; font-size: .92rem; line-height: 1.4; color: var(--quiet); } .card .question p { margin: 0; }
@media (max-width: 40rem) {
  html { font-size: 100%; } h1 { font-size: 1.7rem; } h2 { font-size: 1.35rem; }
  .top { padding: .45rem .9rem; gap: .6rem; } .page { padding: 1rem .9rem 3rem; }
}
@media print {
  :root, :root[data-theme] { color-scheme: light; }
  html { font-size: 10.5pt; } .top, .contents, .offers, .neighbours, .anchor, .skip { display: none !important; }
  .page, .page.with-aside { display: block; max-width: none; padding: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; } .figure, .explorer, .card, table, .katex-display { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; } a { color: inherit; }
}
`;
