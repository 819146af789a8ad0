/** A slide in its own pixels; the screen shows it larger or smaller as a whole. */
export const SLIDE = { width: 1280, height: 720 } as const;
/** What is left of it inside the margins, above the foot. */
export const CONTENT = { width: 1168, height: 624 } as const;
/** The smallest letters, in the slide's pixels: on a screen of 1024 by 768 they are 16 pixels tall. */
export const LETTERS = 20;
/** How much of a figure's own height it may lose when text stands beside it on the slide, and the bounds of that. */
export const FIGURE = { share: 0.85, least: 300, most: 540 } as const;
