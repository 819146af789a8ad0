import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { download } from "./download.mjs";
import { archiveOf, emptyFolder } from "./fixtures.mjs";
import { archivesIn, instructions, ownAddresses, REPOSITORY, serverOf } from "./lan.mjs";

async function served(t) {
  const folder = emptyFolder(t);
  const archive = await archiveOf(folder, { big: "b".repeat(3 << 20) });
  writeFileSync(join(folder, REPOSITORY), "a git bundle");
  writeFileSync(join(folder, "secret.txt"), "not for the class");
  const server = serverOf(folder);
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { folder, archive, base: `http://127.0.0.1:${server.address().port}` };
}

test("a class is served the archives and the repository, and no other file", async t => {
  const { base } = await served(t);
  const status = async path => (await fetch(`${base}/${path}`)).status;
  assert.equal(await status(REPOSITORY), 200);
  for (const path of ["secret.txt", "parts/big", "..%2f..%2fetc%2fpasswd", "latent-class-x.tar"]) {
    assert.equal(await status(path), 404, path);
  }
});

test("the first page says what a student types", async t => {
  const { base } = await served(t);
  const page = await (await fetch(`${base}/`)).text();
  assert.ok(page.includes(`curl -O ${base}/latent.bundle\ngit clone latent.bundle latent\ncd latent\n`), page);
  assert.ok(page.includes(`npm start -- --from ${base}/latent-class-linux-x64-0.0.1.tar\n`), page);
});

test("a download from here goes on where it ended", async t => {
  const { folder, archive, base } = await served(t);
  const whole = readFileSync(archive);
  const address = `${base}/latent-class-linux-x64-0.0.1.tar`;
  const { headers } = await fetch(address, { method: "HEAD" });
  const target = join(folder, "here", "a.tar");
  mkdirSync(join(folder, "here"));
  writeFileSync(`${target}.part`, whole.subarray(0, 1 << 20));
  writeFileSync(`${target}.part.tag`, headers.get("etag"));
  const part = await fetch(address, { headers: { range: "bytes=1048576-", "if-range": headers.get("etag") } });
  assert.equal(part.status, 206);
  assert.equal((await part.arrayBuffer()).byteLength, whole.length - (1 << 20));
  await download(address, target, { fits() {} });
  assert.deepEqual(readFileSync(target), whole);
});

test("a stick needs no address, and only addresses that others can reach are told", () => {
  assert.deepEqual(instructions("/media/stick", ["a.tar"]), [
    "git clone /media/stick/latent.bundle latent",
    "cd latent",
    "npm start -- --from /media/stick/a.tar",
  ]);
  assert.deepEqual(instructions("/media/stick", ["a.tar"], { "a.tar": "0123456789abcdef0000" }).slice(-1), [
    "npm start -- --from /media/stick/a.tar#sha256=0123456789abcdef",
  ]);
  const interfaces = {
    lo: [{ family: "IPv4", internal: true, address: "127.0.0.1" }],
    wlan0: [
      { family: "IPv6", internal: false, address: "fe80::1" },
      { family: "IPv4", internal: false, address: "192.168.1.7" },
    ],
  };
  assert.deepEqual(ownAddresses(interfaces), ["192.168.1.7"]);
});

test("the archives of a folder are those that are whole", async t => {
  const { folder } = await served(t);
  writeFileSync(join(folder, "latent-class-linux-arm64-0.0.1.tar.77.part"), "half of it");
  assert.deepEqual(archivesIn(folder), ["latent-class-linux-x64-0.0.1.tar"]);
});
