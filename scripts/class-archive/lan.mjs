// Serves the folder of archives to a class on one Wi-Fi.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

export const REPOSITORY = "latent.bundle";

const SERVED = /^(latent-class-[\w.-]+\.tar|latent\.bundle)$/;

/** The addresses at which others on the same network find this machine. */
export function ownAddresses(interfaces = networkInterfaces()) {
  return Object.values(interfaces)
    .flat()
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
}

/**
 * What a student types; `base` is the address of the served folder or the folder itself.
 *
 * @param sums the checksums of archives that are to be demanded
 */
export function instructions(base, archives, sums = {}) {
  return [
    ...(base.startsWith("http") ? [`curl -O ${base}/${REPOSITORY}`] : []),
    `git clone ${base.startsWith("http") ? REPOSITORY : `${base}/${REPOSITORY}`} latent`,
    "cd latent",
    ...archives.map(archive => `npm start -- --from ${base}/${archive}${pinned(sums[archive])}`),
  ];
}

// So many digits cannot be met by another archive, and fit on a board.
const ON_THE_BOARD = 16;

function pinned(sum) {
  return sum === undefined ? "" : `#sha256=${sum.slice(0, ON_THE_BOARD)}`;
}

export function archivesIn(folder) {
  return readdirSync(folder).filter(name => SERVED.test(name) && name !== REPOSITORY);
}

/** A server of the archives and the repository in `folder`, and of nothing else; any part of a file can be asked for. */
export function serverOf(folder) {
  return createServer((request, response) => {
    answer(folder, request, response).catch(error => response.destroy(error));
  });
}

async function answer(folder, request, response) {
  const name = decodeURIComponent(request.url.slice(1));
  if (name === "") return page(folder, request, response);
  const path = join(folder, name);
  if (!SERVED.test(name) || !existsSync(path)) return response.writeHead(404).end("There is no such file here.\n");
  const { size, mtimeMs } = statSync(path);
  const etag = `"${size}-${mtimeMs}"`;
  const start = startOf(request, etag, size);
  if (start === undefined) return response.writeHead(416, { "content-range": `bytes */${size}` }).end();
  const headers = { "accept-ranges": "bytes", "content-length": size - start, etag };
  if (start > 0) headers["content-range"] = `bytes ${start}-${size - 1}/${size}`;
  response.writeHead(start > 0 ? 206 : 200, { "content-type": "application/octet-stream", ...headers });
  if (request.method === "HEAD") return response.end();
  // A student who closes the lid ends the connection, and that is no error of ours.
  await pipeline(createReadStream(path, { start, highWaterMark: 1 << 20 }), response).catch(() => response.destroy());
}

/** Where the answer begins: a download that goes on asks for the rest of the file that it began with. */
function startOf({ headers }, etag, size) {
  const from = /^bytes=(\d+)-$/.exec(headers.range ?? "");
  if (from === null || (headers["if-range"] ?? etag) !== etag) return 0;
  return Number(from[1]) < size ? Number(from[1]) : undefined;
}

function page(folder, request, response) {
  const lines = instructions(`http://${request.headers.host}`, archivesIn(folder));
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end(
    `In a terminal, with Node and git, and of the last lines the one for your machine:\n\n${lines.join("\n")}\n\n` +
      "Behind the archive's name goes #sha256= with the digits that the lecturer shows: no other archive is taken then.\n",
  );
}
