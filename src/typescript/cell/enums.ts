import type * as ast from "oxc-parser";
import { JSON, Map, Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { nextToken } from "./tokens.ts";

/** What a declaration of an enum needs to know of those of the same name before it in its block. */
interface Place {
  keyword: "var" | "let";
  /** Whether it declares the name: a second one goes on with the first one's object. */
  first: boolean;
  exportStart: number | undefined;
  /** Members of the earlier ones, which may be named without the enum. */
  earlier: readonly string[];
}

type Statement = ast.Program["body"][number];

/**
 * `enum E { A, B = A << shift, C }` becomes a function that fills `E`, in place. What only a whole program tells is
 * decided where it runs, since a value may be that of a constant of an earlier cell: a member without a value is the one
 * before it plus one, and a string has no reverse entry. Each member is a constant, so that others may name it.
 */
export class Enums {
  readonly #code: string;
  readonly #edits: Edits;
  readonly #places = new Map<ast.TSEnumDeclaration, Place>();

  constructor(code: string, edits: Edits) {
    this.#code = code;
    this.#edits = edits;
  }

  /** Called for each block before what is in it. */
  enter(body: readonly Statement[], keyword: Place["keyword"] = "let"): void {
    const members = new Map<string, string[]>();
    for (const statement of body) {
      const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (node?.type !== "TSEnumDeclaration" || node.declare) continue;
      const { name } = node.id;
      const earlier = members.get(name);
      const exportStart = node === statement ? undefined : statement.start;
      this.#places.set(node, { keyword, first: earlier === undefined, exportStart, earlier: earlier ?? [] });
      members.set(name, [...(earlier ?? []), ...node.body.members.flatMap(constantName)]);
    }
  }

  lower(node: ast.TSEnumDeclaration): void {
    const { name } = node.id;
    const { keyword, first, exportStart, earlier } = this.#places.get(node) ?? FIRST;
    const own = new Set(node.body.members.flatMap(constantName));
    const constants = earlier.filter(each => !own.has(each)).map(each => `const ${each}=$$enum.${each};`);
    const head = first ? `${keyword} ${name};` : ";";
    if (!first && exportStart !== undefined) this.#edits.blank(exportStart, node.start);
    this.#edits.replace(node.start, node.body.start + 1, `${head}($$enum=>{${FILL}${constants.join("")}`);
    for (const member of node.body.members) this.#lowerMember(member);
    this.#edits.replace(node.end - 1, node.end, `})(${name}||(${name}={}));`);
  }

  #lowerMember(member: ast.TSEnumMember): void {
    const { id, initializer, start, end } = member;
    const key = id.type === "Identifier" ? JSON.stringify(id.name) : this.#code.slice(id.start, id.end);
    const [constant] = constantName(member);
    const fill = `${constant === undefined ? "" : `const ${constant}=`}$$member(${key},`;
    if (initializer) {
      this.#edits.replace(start, initializer.start, fill);
      this.#edits.insert(initializer.end, ");");
    } else this.#edits.replace(start, end, `${fill}$$value+1);`);
    const comma = nextToken(this.#code, end);
    if (this.#code[comma] === ",") this.#edits.blank(comma, comma + 1);
  }
}

const FIRST: Place = { keyword: "let", first: true, exportStart: undefined, earlier: [] };
const FILL = 'let $$value=-1;const $$member=(k,v)=>($$enum[k]=v,typeof v==="string"||($$enum[v]=k),$$value=v);';

const RESERVED = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with implements interface let package private protected public static yield await eval arguments".split(
    " ",
  ),
);

/** The name by which other members may refer to this one. */
function constantName({ id }: ast.TSEnumMember): string[] {
  const name = id.type === "Identifier" ? id.name : id.type === "Literal" ? id.value : "";
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !RESERVED.has(name) ? [name] : [];
}
