/** What a relative specifier may mean, as TypeScript reads it. */
export function candidates(specifier: string): string[] {
  if (!/^(\.{1,2}\/|file:)/.test(specifier)) return [specifier];
  const swapped = specifier.replace(/\.([mc]?)js(x?)$/, ".$1ts$2");
  const added = /\.\w+$/.test(specifier) ? [] : [`${specifier}.ts`, `${specifier}.js`, `${specifier}/index.ts`];
  return [specifier, ...(swapped === specifier ? [] : [swapped]), ...added];
}
