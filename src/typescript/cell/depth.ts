/** The parser is native code that calls itself for each level: between 3,000 and 6,000 of them its process dies. */
const DEEPEST = 1500;
/** So much is not deep whatever it says. */
const SHORT = 2 * DEEPEST;

const TOKEN =
  /(?<skip>\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?|(?<=[(,=:[!&|?{};]\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/)|(?<open>[([{])|(?<close>[)\]}])|(?<template>`)|(?<end>[;,]|^[^\S\n]*(?:const|let|var|function|class|import|export|return|throw)\b)|(?<other>else\b)|=>|\*\*|[=?!:<~+-]|\b(?:if|for|while|do|await|new|typeof|void|delete)\b/gm;
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

/**
 * Whether a text may nest too deep to be parsed beside the kernel's own work. An upper bound: brackets that are open,
 * `else` branches, and prefixes and operators in a row (`!!!a`, `a => b => c`, `if (a) if (b)`). Text in strings,
 * templates, comments and patterns does not count: a cell may hold a page of dashes.
 */
export function isTooDeep(text: string): boolean {
  if (text.length <= SHORT) return false;
  /** For each open bracket, what stood before it; a template's placeholder is a bracket. */
  const open: { chain: number; template: boolean }[] = [];
  let branches = 0;
  let before = 0;
  let chain = 0;
  const enter = (template: boolean) => {
    open.push({ chain, template });
    before += chain;
    chain = 0;
  };
  TOKEN.lastIndex = 0;
  const skipTemplate = () => {
    TEMPLATE_TEXT.lastIndex = TOKEN.lastIndex;
    TEMPLATE_TEXT.exec(text);
    const at = TEMPLATE_TEXT.lastIndex;
    const placeholder = text.startsWith("${", at);
    TOKEN.lastIndex = at + (placeholder ? 2 : 1);
    if (placeholder) enter(true);
  };
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const { groups = {} } = match;
    if (groups.skip) continue;
    if (groups.template) skipTemplate();
    else if (groups.open) enter(false);
    else if (groups.close) {
      const closed = open.pop();
      before -= closed?.chain ?? 0;
      chain = closed?.chain ?? 0;
      if (closed?.template) skipTemplate();
    } else if (groups.other) branches++;
    else if (groups.end) chain = 0;
    else chain++;
    if (open.length + branches + before + chain > DEEPEST) return true;
  }
  return false;
}
