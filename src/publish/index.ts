export { type DeckOptions, type Exported, exportDeck } from "./deck/deck.ts";
