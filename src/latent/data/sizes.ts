/** @throws RangeError when `wanted` is no whole number from 1 to `there` */
export function expectAtMost(wanted: number, there: number, what: string): void {
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= there) return;
  throw new RangeError(`${what} has ${there} images; ${wanted} cannot be taken from it.`);
}
