/** A section of a lesson, as the exporter lists it. */
export interface Entry {
  at: string;
  lesson: string;
  heading: string;
  text: string;
}

/** A section that holds all words that were asked for. */
export interface Hit {
  entry: Entry;
  /** A few words around the first place in its text; those asked for are marked. */
  excerpt: { text: string; isMarked: boolean }[];
}

const MOST_HITS = 30;
/** Letters shown before and behind the first place. */
const AROUND = { before: 40, behind: 120 };
/** What a word counts where it stands. */
const WEIGHTS = { lesson: 30, heading: 20, wholeWord: 3, text: 1, mostInText: 8 };

/** The sections in which every word of the query occurs, also as the beginning of one; the best first. */
export function search(entries: readonly Entry[], query: string): Hit[] {
  const words = folded(query)
    .split(/\s+/)
    .filter(word => word !== "");
  if (words.length === 0) return [];
  return entries
    .map(entry => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_HITS)
    .map(({ entry }) => ({ entry, excerpt: excerptOf(entry.text, words) }));
}

/** Small letters without accents, letter by letter: "Krämer" is found by "kramer", and places stay what they are. */
export function folded(text: string): string {
  return Array.from(text, letter => {
    const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.length === letter.length ? plain : letter;
  }).join("");
}

/** 0 where one of the words is missing. */
function scoreOf({ lesson, heading, text }: Entry, words: readonly string[]): number {
  const [inLesson, inHeading, inText] = [folded(lesson), folded(heading), folded(text)];
  let score = 0;
  for (const word of words) {
    const begins = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}`, "gu");
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, "u");
    const times = Math.min(WEIGHTS.mostInText, inText.match(begins)?.length ?? 0);
    const found =
      (inLesson.search(begins) >= 0 ? WEIGHTS.lesson : 0) +
      (inHeading.search(begins) >= 0 ? WEIGHTS.heading : 0) +
      times * WEIGHTS.text;
    if (found === 0) return 0;
    score += found + (whole.test(`${inHeading} ${inText}`) ? WEIGHTS.wholeWord : 0);
  }
  return score;
}

function excerptOf(text: string, words: readonly string[]): Hit["excerpt"] {
  const all = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})`, "gu");
  const plain = folded(text);
  const first = Math.max(0, plain.search(all));
  const from = first <= AROUND.before ? 0 : text.indexOf(" ", first - AROUND.before) + 1;
  const to = Math.min(text.length, first + AROUND.behind);
  const parts: Hit["excerpt"] = [];
  let at = from;
  for (const { index, 0: found } of plain.slice(0, to).matchAll(all)) {
    if (index < from) continue;
    parts.push(
      { text: text.slice(at, index), isMarked: false },
      { text: text.slice(index, index + found.length), isMarked: true },
    );
    at = index + found.length;
  }
  parts.push({ text: text.slice(at, to) + (to < text.length ? " …" : ""), isMarked: false });
  if (from > 0) parts.unshift({ text: "… ", isMarked: false });
  return parts.filter(part => part.text !== "");
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
