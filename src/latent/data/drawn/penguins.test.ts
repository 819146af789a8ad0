import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyFolder } from "../../../testkit/index.ts";
import { whereEngine } from "../../../testkit/needs.ts";
import { drawnPenguins } from "./penguins.ts";

const { skip, loaded } = await whereEngine(() => import("../../index.ts"));

test("drawn penguins have the counts of the real ones, and two that were not measured", () => {
  const penguins = drawnPenguins(1);
  const count = (name: string) => penguins.filter(({ species }) => species === name).length;
  assert.deepEqual(["Adelie", "Chinstrap", "Gentoo"].map(count), [152, 68, 124]);
  assert.equal(penguins.filter(({ body_mass_g }) => body_mass_g === null).length, 2);
});

test("their species differ as the real ones do, and a seed draws the same", () => {
  const penguins = drawnPenguins(1);
  const mean = (name: string) => {
    const masses = penguins.flatMap(each => (each.species === name ? (each.body_mass_g ?? []) : []));
    return masses.reduce((sum, mass) => sum + mass, 0) / masses.length;
  };
  assert.ok(Math.abs(mean("Adelie") - 3701) < 80, `${mean("Adelie")} g`);
  assert.ok(Math.abs(mean("Gentoo") - 5076) < 80, `${mean("Gentoo")} g`);
  assert.deepEqual(drawnPenguins(1), penguins);
  assert.notDeepEqual(drawnPenguins(2), penguins);
});

test("they stand in where the table cannot be had", { skip }, async t => {
  const before = { ...process.env };
  t.after(() => Object.assign(process.env, before));
  delete process.env.LATENT_DATA;
  Object.assign(process.env, { LATENT_OFFLINE: "1", LATENT_CACHE: emptyFolder(t) });
  t.after(() => {
    for (const name of ["LATENT_OFFLINE", "LATENT_CACHE"]) if (!(name in before)) delete process.env[name];
  });
  assert.deepEqual((await loaded.data.penguins())[0], drawnPenguins(344)[0]);
});
