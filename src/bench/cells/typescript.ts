import type { Cells } from "./cells.ts";

export const typescript: Cells = {
  one: "1",
  imports: 'import * as fs from "fs";\nimport * as http from "http";',
  typed,
  growth: n => `const v${n}: number = ${n};\nv${n} + 1`,
  members: "class Foo { bar = 1; bazz() { return 2 } }\nconst foo = new Foo();",
  completion: n => `let w${n} = 1; foo.ba`,
  loop: "while (true) {}",
  awaitForever: "await new Promise(() => { setTimeout(() => {}, 1e6) })",
  exit: "process.exit(3)",
  output: '{ const s = "x".repeat(1023) + "\\n"; for (let i = 0; i < 10000; i++) process.stdout.write(s); }',
  lines: "for (let i = 0; i < 100000; i++) console.log(i)",
};

/** process.stdout.write and Deno.stdout.writeSync do not reach a notebook of Deno; console.log does. */
export const deno: Cells = {
  ...typescript,
  imports: 'import * as fs from "node:fs";\nimport * as http from "node:http";',
  exit: "Deno.exit(3)",
  output: '{ const s = "x".repeat(1023); for (let i = 0; i < 10000; i++) console.log(s); }',
};

function typed(n: number): string {
  return `interface Sized${n} { w: number; h: number }
class Shape${n} implements Sized${n} {
  readonly w: number;
  readonly h: number;
  readonly name: string;
  constructor(w: number, h: number, name: string = "shape") {
    this.w = w;
    this.h = h;
    this.name = name;
  }
  get area(): number { return this.w * this.h }
  scale(k: number): Shape${n} { return new Shape${n}(this.w * k, this.h * k, this.name) }
  json(): string { return JSON.stringify({ w: this.w, h: this.h }) }
  static from(o: Sized${n}): Shape${n} { return new Shape${n}(o.w, o.h) }
  map<T>(f: (s: Sized${n}) => T): T[] { return [f(this), f(this.scale(2))] }
}
type Opt${n} = Partial<Record<keyof Sized${n}, string>>;
const opt${n}: Opt${n} = { w: "x" };
function total${n}(xs: ReadonlyArray<Sized${n}>): number {
  let t = 0;
  for (const x of xs) t += x.w * x.h;
  return t;
}
const bufs${n}: Map<string, Uint8Array> = new Map();
bufs${n}.set("a", new Uint8Array(4));
const names${n} = [...bufs${n}.entries()].map(([k, v]) => \`\${k}:\${v.length}\`).filter(s => s.length > 0);
const srv${n}: http.RequestOptions = { method: "GET", path: "/" };
const st${n}: Pick<fs.Stats, "size" | "mtimeMs"> = { size: 1, mtimeMs: 2 };
const s${n} = Shape${n}.from({ w: 2, h: 3 });
s${n}.map(x => x.w).concat([total${n}([s${n}, s${n}.scale(2)])]).length`;
}
