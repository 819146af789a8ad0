// The npm packages of an archive, offered to npm as a registry would: on this machine only, and only while npm runs.
// npm's own cache is of no use here: its entries are kept under the address of the registry they came from, and the
// lock file has no addresses, so "npm ci --offline" asks such a cache for pages that another registry wrote.
import { createServer } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { streamOf } from "./archive.mjs";

/** Runs `action(address)` while the packages `{ name, version, integrity, member }` of an archive are offered. */
export async function withRegistry(archive, packages, action) {
  const server = createServer((request, response) => {
    answer(archive, packages, request, response).catch(error => response.destroy(error));
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    return await action(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

async function answer(archive, packages, request, response) {
  const [path] = decodeURIComponent(request.url).slice(1).split("?");
  if (archive.members.has(path)) {
    response.writeHead(200, { "content-length": archive.members.get(path).bytes });
    return await pipeline(streamOf(archive, path), response);
  }
  const versions = packages.filter(({ name }) => name === path);
  if (versions.length === 0) return response.writeHead(404).end("{}");
  const page = pageOf(versions, `http://${request.headers.host}/`);
  return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(page));
}

/** What npm reads of a package before it fetches one: the lock file says all else. */
function pageOf(versions, address) {
  const entries = versions.map(({ name, version, integrity, member }) => {
    const tarball = address + member.split("/").map(encodeURIComponent).join("/");
    return [version, { name, version, dist: { tarball, integrity } }];
  });
  const [{ name }] = versions;
  return { name, "dist-tags": { latest: versions.at(-1).version }, versions: Object.fromEntries(entries) };
}

/** What makes npm ask that registry, whatever its own settings say, and keep none of it. */
export function npmSettings(address, cache, env = process.env) {
  const settings = {
    npm_config_registry: address,
    npm_config_cache: cache,
    npm_config_noproxy: "127.0.0.1",
    npm_config_replace_registry_host: "never",
    npm_config_update_notifier: "false",
    npm_config_offline: "false",
    npm_config_prefer_offline: "false",
    // A user's own may name a registry for a scope: two files that are not there. The clone's .npmrc still holds.
    npm_config_userconfig: join(cache, "no-user"),
    npm_config_globalconfig: join(cache, "no-global"),
  };
  // npm reads these names in any case, and the last one wins.
  for (const name of Object.keys(env)) {
    if (name !== name.toLowerCase() && name.toLowerCase() in settings) settings[name] = undefined;
  }
  return settings;
}
