import assert from "node:assert/strict";
import { test } from "node:test";
import { hammer, hammerInverse, toSpherePoint } from "./hammer.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

test("Hammer's projection sends known points to known places", () => {
  const places = [
    [Math.PI, 0, 2.828427, 0],
    [0, Math.PI / 2, 0, Math.SQRT2],
    [Math.PI / 2, Math.PI / 4, 1.154701, 0.816497],
  ] as const;
  for (const [longitude, latitude, x, y] of places) {
    const place = hammer({ longitude, latitude });
    near(place.x, x, 5e-7);
    near(place.y, y, 5e-7);
  }
});

test("Hammer's projection keeps areas: its Jacobian is the cosine of the latitude", () => {
  const h = 1e-5;
  for (const [longitude, latitude] of [
    [0.3, 0.2],
    [-2.5, 1.1],
    [1.5, -0.9],
  ] as const) {
    const [east, west] = [h, -h].map(d => hammer({ longitude: longitude + d, latitude }));
    const [north, south] = [h, -h].map(d => hammer({ longitude, latitude: latitude + d }));
    assert.ok(east && west && north && south);
    const jacobian = (east.x - west.x) * (north.y - south.y) - (east.y - west.y) * (north.x - south.x);
    near(jacobian / (4 * h * h), Math.cos(latitude), 1e-8);
  }
});

test("the inverse of Hammer's projection gives the point back, and refuses a point off the map", () => {
  for (const longitude of [-3.1, -1, 0, 0.4, 3]) {
    for (const latitude of [-1.5, -0.3, 0, 1.2]) {
      const back = hammerInverse(hammer({ longitude, latitude }));
      near(back.longitude, longitude, 1e-9);
      near(back.latitude, latitude, 1e-9);
    }
  }
  assert.throws(() => hammerInverse({ x: 2.8, y: 1.4 }), /outside the map/);
});

test("a direction has the longitude and latitude of a globe", () => {
  assert.deepEqual(toSpherePoint([0, 0, 2]), { longitude: 0, latitude: Math.PI / 2 });
  assert.deepEqual(toSpherePoint([0, 3, 0]), { longitude: Math.PI / 2, latitude: 0 });
});
