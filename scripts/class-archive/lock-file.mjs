// What package-lock.json wants on a machine.

/** The packages that "npm ci" fetches on a platform, each once: `{ name, version, integrity }`. */
export function packagesFor(lock, platform) {
  const found = new Map();
  for (const [path, entry] of Object.entries(lock.packages)) {
    // "": the project itself; a bundled package comes inside another's file.
    if (path === "" || entry.link || entry.inBundle || !fits(entry, platform)) continue;
    // An alias lies in a folder of another name.
    const name = entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const key = `${name}@${entry.version}`;
    found.set(key, { name, version: entry.version, integrity: entry.integrity ?? found.get(key)?.integrity });
  }
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** npm's own rule: a list names what is allowed, or with "!" what is not. */
function fits({ os, cpu, libc }, platform) {
  const [system, arch] = platform.split("-");
  const ours = system === "linux" ? "glibc" : undefined;
  return allows(os, system) && allows(cpu, arch) && (ours === undefined || allows(libc, ours));
}

function allows(list, value) {
  if (list === undefined || list.length === 0) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every(item => item.startsWith("!"));
}
