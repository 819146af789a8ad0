/** Drives notebooks in a real browser, and says what a reader sees. */

export { findBrowser, type OpenedBrowser, openBrowser } from "./chromium.ts";
export { openDeck, type SeenSlide, walkDeck } from "./deck.ts";
export { look, openLink, runAll, type Seen, waitForPictures } from "./notebook.ts";
export { openPage, type SeenPage, walkPage } from "./page.ts";
export { type Served, startServer } from "./server.ts";
