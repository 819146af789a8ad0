export { type DeckOptions, type Exported, exportDeck } from "./deck/deck.ts";
export { printDeck } from "./deck/pdf.ts";
export { onSave } from "./deck/watch.ts";
export { type ExportedSite, exportSite } from "./site/site.ts";
export { type Draw, withPlotly } from "./stills/draw.ts";
export { type KeptStills, keepStills, lacks } from "./stills/keep.ts";
