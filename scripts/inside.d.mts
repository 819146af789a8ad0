/** The path of `name`, with `/` between its parts, inside `folder`; throws a sentence where it would lead out of it. */
export function insideOrThrow(folder: string, name: string): string;
