/** The protocol counts a cursor in code points, JavaScript in UTF-16 units: an emoji is one and two. */
export function toOffset(text: string, codePoints: number): number {
  let offset = 0;
  for (let n = 0; n < codePoints && offset < text.length; n++)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

export function toCodePoints(text: string, offset: number): number {
  let codePoints = 0;
  for (let at = 0; at < Math.min(offset, text.length); codePoints++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return codePoints;
}
