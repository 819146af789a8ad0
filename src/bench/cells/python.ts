import type { Cells } from "./cells.ts";

export const python: Cells = {
  one: "1",
  imports: "import collections, functools, json, re\nfrom dataclasses import dataclass",
  typed: n => `@dataclass
class Shape${n}:
    w: float
    h: float
    name: str = "shape"
    def area(self): return self.w * self.h
    def per(self): return 2 * (self.w + self.h)
    def scale(self, k): return Shape${n}(self.w * k, self.h * k, self.name)
    def json(self): return json.dumps(dict(w=self.w, h=self.h))
s${n} = Shape${n}(2, 3)
s${n}.scale(2).area()`,
  growth: n => `v${n} = ${n}\nv${n} + 1`,
  members: "class Foo:\n    bar = 1\n    def bazz(self): pass\nfoo = Foo()",
  completion: n => `w${n} = 1; foo.ba`,
  loop: "while True: pass",
  awaitForever: "import asyncio\nawait asyncio.sleep(1e6)",
  exit: "import os\nos._exit(3)",
  output: 's = "x" * 1023 + "\\n"\nimport sys\nfor i in range(10000): sys.stdout.write(s)',
  lines: "for i in range(100000): print(i)",
};
