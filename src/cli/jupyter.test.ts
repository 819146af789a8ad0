import assert from "node:assert/strict";
import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { installedEngine, isVenvCurrent } from "../setup/index.ts";
import { emptyFolder, serve } from "../testkit/index.ts";
import { runJupyterLab } from "./jupyter.ts";
import { ownPlaces } from "./places.ts";

const main = fileURLToPath(new URL("./main.js", import.meta.url));
const places = ownPlaces();

async function reasonToSkip(): Promise<string | false> {
  if (!(await isVenvCurrent(places))) return "there is no .venv";
  if (!(await installedEngine(places))) return "there is no engine";
  return false;
}

/** Starts `latent start` as a user would and waits for the address that it prints. */
async function startCourse(t: TestContext): Promise<{ child: ChildProcess; address: URL }> {
  const start = [process.execPath, main, "start", "--no-browser", "--work", emptyFolder(t)] as const;
  const served = await serve(t, start, /http:\/\/localhost:\d+\/lab\/tree\/index\.ipynb\?token=[0-9a-f]{20,}/);
  return { child: served.child, address: new URL(served.address) };
}

test("start serves JupyterLab with our kernel, and a signal ends it well", {
  skip: await reasonToSkip(),
  timeout: 90_000,
}, async t => {
  const { child, address } = await startCourse(t);
  const page = await fetch(address);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /JupyterLab/);
  const specs = await fetch(new URL(`/api/kernelspecs${address.search}`, address));
  const { kernelspecs } = (await specs.json()) as { kernelspecs: Record<string, { spec: { display_name: string } }> };
  assert.equal(kernelspecs.typescript?.spec.display_name, "TypeScript (Latent)");
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  assert.equal(code, 0);
  await assert.rejects(fetch(address));
});

test("JupyterLab has our defaults, and no kernel has the server's token", {
  skip: await reasonToSkip(),
  timeout: 90_000,
}, async t => {
  const { child, address } = await startCourse(t);
  const news = await defaultsOf(address, "@jupyterlab/apputils-extension:notification");
  assert.equal(news.fetchNews?.default, "false");
  assert.equal(news.checkForUpdates?.default, false);
  const widgets = await defaultsOf(address, "@jupyter-widgets/jupyterlab-manager:plugin");
  assert.equal(widgets.saveState?.default, true);
  const token = address.searchParams.get("token") ?? "";
  // Linux alone shows the environment of a process.
  if (process.platform === "linux")
    assert.equal(readFileSync(`/proc/${pythonOf(child)}/environ`, "utf8").includes(token), false);
  const left = readdirSync(join(places.root, ".latent", "jupyterlab")).filter(name => name.endsWith(address.port));
  assert.deepEqual(left, []);
  child.kill("SIGTERM");
  await once(child, "exit");
});

async function defaultsOf(address: URL, plugin: string): Promise<Record<string, { default: unknown }>> {
  const settings = new URL(`/lab/api/settings/${plugin}`, address);
  settings.search = address.search;
  const { schema } = (await (await fetch(settings)).json()) as {
    schema: { properties: Record<string, { default: unknown }> };
  };
  return schema.properties;
}

/** JupyterLab's own process: kernels have its environment. */
function pythonOf(start: ChildProcess): number {
  const children = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const [pid = 0] =
    children.map(line => line.trim().split(/\s+/).map(Number)).find(([, parent]) => parent === start.pid) ?? [];
  return pid;
}

test("the course is closed to whoever does not know the token", {
  skip: await reasonToSkip(),
  timeout: 90_000,
}, async t => {
  const { child, address } = await startCourse(t);
  assert.equal((await fetch(new URL("/api/kernels", address))).status, 403);
  child.kill("SIGTERM");
  await once(child, "exit");
});

test("a port that is taken is named, with what to do", async t => {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const options = { folder: ".", browser: false, port, ready: () => assert.fail("opened on a taken port") };
  await assert.rejects(runJupyterLab(places, options), {
    name: "SetupFailure",
    message: `Port ${port} is taken by another program.`,
    remedy: "Leave --port out, or name another.",
  });
});
