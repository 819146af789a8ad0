import type { Cells } from "./cells.ts";
import { typescript } from "./typescript.ts";

/** IJavascript's JavaScript: `var`, since a second `const` of a name is an error there, and no `await`. */
export const javascript: Cells = {
  ...typescript,
  imports: 'var fs = require("fs"), http = require("http")',
  growth: n => `var v${n} = ${n};\nv${n} + 1`,
  awaitForever: undefined,
  typed: n => `class Shape${n} {
  constructor(w, h, name = "shape") { this.w = w; this.h = h; this.name = name }
  get area() { return this.w * this.h }
  per() { return 2 * (this.w + this.h) }
  scale(k) { return new Shape${n}(this.w * k, this.h * k, this.name) }
  json() { return JSON.stringify({ w: this.w, h: this.h }) }
}
var s${n} = new Shape${n}(2, 3);
s${n}.scale(2).area`,
};
