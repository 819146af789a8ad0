/** The look of slides, in a slide's own pixels (1280 by 720); without scripts they are one long page. */
export const deckLook = `
html:not(.deck) body { max-width: 46rem; margin: 0 auto; padding: 1.5rem; font-size: 1.125rem; line-height: 1.55; }
html:not(.deck) section.slide { padding: 1.5rem 0; border-bottom: 1px solid var(--line); }
html:not(.deck) pre { padding: .8em 1em; font-size: .9rem; }
html:not(.deck) .content > * { margin: .8em 0; }
html:not(.deck) img { max-width: 100%; height: auto; }
html:not(.deck) table { display: block; overflow-x: auto; }
html:not(.deck) .foot, html:not(.deck) .reveal > :not(.slides) { display: none; }

html.deck, html.deck body { height: 100%; overflow: hidden; }
html.deck .reveal { font-family: var(--text); font-size: 26px; line-height: 1.42; color: var(--ink); font-weight: 400; }
html.deck.reveal-viewport, html.deck .reveal-viewport { background: var(--paper); color: var(--ink); }
html.deck .slides { text-align: left; }
html.deck section.slide { width: 1280px; height: 720px !important; box-sizing: border-box; padding: 34px 56px 0; text-align: left; overflow: hidden; }
html.deck .content { position: relative; height: 624px; width: 1168px; }
html.deck section.dense { font-size: 22px; line-height: 1.36; }
html.deck .content > * { margin: 0 0 .6em; }
html.deck .content > :last-child { margin-bottom: 0; }
html.deck h1, html.deck h2, html.deck h3, html.deck h4 { font-weight: 650; line-height: 1.15; letter-spacing: -.01em; text-transform: none; margin: 0 0 .45em; }
html.deck h1 { font-size: 46px; } html.deck h2 { font-size: 38px; } html.deck h3 { font-size: 31px; } html.deck h4 { font-size: 26px; }
html.deck h3.again { font-size: 24px; color: var(--quiet); font-weight: 600; }
html.deck .part { font-weight: 400; font-size: 20px; padding-left: .5em; font-variant-numeric: tabular-nums; }
html.deck p { margin: 0 0 .6em; }
html.deck ul, html.deck ol { display: block; margin: 0 0 .6em; padding-left: 1.25em; }
html.deck li { margin: .16em 0; } html.deck li > p { margin: 0 0 .3em; }
html.deck pre, html.deck .reveal pre { font-size: 20px; line-height: 1.4; padding: 13px 18px; width: auto; box-shadow: none; box-sizing: border-box; }
html.deck .reveal pre code { max-height: none; padding: 0; overflow: visible; background: none; display: block; }
html.deck .reveal pre.tight { line-height: 1.22; padding: 9px 18px; }
html.deck pre.printed { padding: 2px 16px; }
html.deck pre .dim { opacity: .32; }
html.deck code { font-size: max(.86em, 20px); }
html.deck small, html.deck sub, html.deck sup { font-size: max(.75em, 20px); }
html.deck .katex { font-size: 1.06em; }
html.deck .katex-display { margin: .5em 0; }
html.deck .katex-display > .katex { white-space: normal; }
html.deck table { font-size: 22px; line-height: 1.3; margin: 0; max-width: 100%; }
html.deck .dense table, html.deck .html { font-size: 20px; }
html.deck td, html.deck th { overflow-wrap: anywhere; }
html.deck .html svg, html.deck .html img, html.deck .content img:not(.still) { max-width: 100%; max-height: 560px; margin: 0; }
html.deck .content > img.still { max-width: 100%; max-height: 560px; margin: 0; object-fit: contain; }
html.deck .figure { display: flex; align-items: flex-start; justify-content: center; width: 100%; }
html.deck .figure > .still { height: 100%; width: 100%; margin: 0; object-fit: contain; background: none; }
html.deck details { margin: 0 0 .6em; }
html.deck .foot { position: absolute; left: 56px; right: 130px; bottom: 18px; font-size: 20px; line-height: 1; color: var(--quiet);
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; padding: 3px 0; }
html.deck .foot a { color: inherit; text-decoration: none; }
html.deck .foot a:hover, html.deck .foot a:focus-visible { text-decoration: underline; }
html.deck .reveal .slide-number { position: absolute; right: 24px; bottom: 14px; font: 16px/1 var(--text); background: none; color: var(--quiet); }
html.deck .reveal .slide-number a { color: inherit; text-decoration: none; }
html.deck .reveal .controls { display: none; }
html.deck .reveal .progress { height: 3px; color: var(--accent); background: none; }
html.deck section.slide.opening .content { display: flow-root; }
html.deck .explorer { color: var(--ink); }
html.deck .latent-explorer, html.deck .latent-explorer figcaption, html.deck .latent-explorer span { font-size: 20px; }

/* One below the other: while heights are measured, and for printing. */
html.deck .fragment { transition: none !important; }

html.print, html.print body { height: auto; overflow: visible; background: #fff; }
html.print { color-scheme: light; }
html:is(.laid-out, :not(.deck)) .reveal, html:is(.laid-out, :not(.deck)) .slides { position: static; width: auto; height: auto; transform: none; overflow: visible; }
html:is(.laid-out, :not(.deck)) .slides section { display: block !important; position: static; visibility: visible; opacity: 1; transform: none; min-height: 0; }
html.print .slides section.slide { position: relative; page-break-after: always; break-after: page; }
html.print .slides > section.stack:last-of-type > section.slide:last-of-type { page-break-after: auto; break-after: auto; }
html:is(.laid-out, :not(.deck)) .slides > section.stack { display: contents !important; }
html:is(.print, :not(.deck)) .fragment { opacity: 1 !important; visibility: visible !important; }
html.print .fragment.line-step { display: none; }
html.print .notes-page { font-size: 26px; }
@page { size: 1280px 720px; margin: 0; }
@media print { html { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
`;
