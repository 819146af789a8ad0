// As much of the tar format (ustar) as a class archive needs: plain files, one behind the other. Any tar reads it too.

export const BLOCK = 512;

const MAGIC = "ustar";
const SUM = { at: 148, length: 8 };
const PLAIN = "0".charCodeAt(0);

/** The 512 bytes before a file's content. */
export function headerOf(name, bytes) {
  const block = Buffer.alloc(BLOCK);
  const [folder, file] = split(name);
  block.write(file, 0, 100);
  block.write(folder, 345, 155);
  writeOctal(block, 100, 8, 0o644);
  for (const owner of [108, 116]) writeOctal(block, owner, 8, 0);
  writeOctal(block, 124, 12, bytes);
  // No dates: the same content gives the same archive.
  writeOctal(block, 136, 12, 0);
  block.write("0", 156);
  block.write(`${MAGIC}\x0000`, 257);
  block.write(`${sumOf(block).toString(8).padStart(6, "0")}\0 `, SUM.at);
  return block;
}

/** What a header says; undefined for the empty block at the end of an archive, and for what is no header. */
export function readHeader(block) {
  if (block.toString("latin1", 257, 262) !== MAGIC) return undefined;
  if (octalAt(block, SUM.at, SUM.length) !== sumOf(block)) return undefined;
  // A plain file: an archive of ours has no links and no folders.
  if (block[156] !== PLAIN) return undefined;
  const bytes = octalAt(block, 124, 12);
  if (bytes === undefined) return undefined;
  const folder = textAt(block, 345, 155);
  const file = textAt(block, 0, 100);
  return { name: folder === "" ? file : `${folder}/${file}`, bytes };
}

/** How many bytes follow a content of so many, up to the next header. */
export function paddingOf(bytes) {
  return (BLOCK - (bytes % BLOCK)) % BLOCK;
}

// A name has room for 100 bytes and its folder for another 155.
function split(name) {
  if (Buffer.byteLength(name) <= 100) return ["", name];
  const slash = name.lastIndexOf("/");
  const parts = [name.slice(0, slash), name.slice(slash + 1)];
  if (slash > 0 && slash <= 155 && Buffer.byteLength(parts[1]) <= 100) return parts;
  throw new Error(`The name ${name} is too long for an archive.`);
}

function sumOf(block) {
  let sum = SUM.length * 32; // the sum's own bytes count as spaces
  for (let at = 0; at < BLOCK; at++) if (at < SUM.at || at >= SUM.at + SUM.length) sum += block[at];
  return sum;
}

function writeOctal(block, at, length, number) {
  block.write(`${number.toString(8).padStart(length - 1, "0")}\0`, at);
}

/** Undefined for what is no number: a sign, nothing at all, or the binary form for sizes from 8 GB on. */
function octalAt(block, at, length) {
  const text = textAt(block, at, length).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function textAt(block, at, length) {
  const text = block.toString("utf8", at, at + length);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
