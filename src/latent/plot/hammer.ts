/** A point of the map: x from −2√2 to 2√2, y from −√2 to √2. */
export interface MapPoint {
  x: number;
  y: number;
}

/** A point of the sphere: longitude −π … π and latitude −π/2 … π/2, in radians. */
export interface SpherePoint {
  longitude: number;
  latitude: number;
}

/**
 * Hammer's projection of the sphere onto an ellipse: areas stay true (Hammer 1892), so the density of points on the map
 * is their density on the sphere.
 */
export function hammer({ longitude, latitude }: SpherePoint): MapPoint {
  const d = Math.sqrt(1 + Math.cos(latitude) * Math.cos(longitude / 2));
  return {
    x: (2 * Math.SQRT2 * Math.cos(latitude) * Math.sin(longitude / 2)) / d,
    y: (Math.SQRT2 * Math.sin(latitude)) / d,
  };
}

/**
 * The point of the sphere that {@link hammer} sends to `(x, y)`.
 *
 * @throws RangeError when `(x, y)` lies outside the ellipse x²/8 + y²/2 = 1
 */
export function hammerInverse({ x, y }: MapPoint): SpherePoint {
  if (!(x * x * 0.125 + y * y * 0.5 <= 1 + 1e-12)) {
    throw new RangeError(`(${x}, ${y}) lies outside the map: x²/8 + y²/2 is at most 1.`);
  }
  const z = Math.sqrt(1 - (x / 4) ** 2 - (y / 2) ** 2);
  const longitude = 2 * Math.atan2(z * x, 2 * (2 * z * z - 1));
  return { longitude, latitude: Math.asin(Math.max(-1, Math.min(1, z * y))) };
}

/** Longitude and latitude of a direction `(x, y, z)`; z points north. Its length does not matter. */
export function toSpherePoint([x, y, z]: readonly [number, number, number]): SpherePoint {
  return { longitude: Math.atan2(y, x), latitude: Math.atan2(z, Math.hypot(x, y)) };
}
