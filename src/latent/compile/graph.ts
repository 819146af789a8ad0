import { attributeValue, shape } from "./attribute.ts";
import { type Fusion, fused } from "./fused.ts";
import { type Attribute, type Attributes, attributes, type Binding, DT, type Values } from "./native.ts";
import { nodeName } from "./node-name.ts";
import { tagOf } from "./optimised.ts";
import { block, entry, type Field, float, int, join } from "./protobuf.ts";
import { unreadValues, withoutUnread } from "./unread.ts";
import { withSums } from "./with-sums.ts";

/** An operation of a graph. */
export interface Node {
  readonly name: string;
  readonly op: string;
  /** `name` or `name:1` of an output, `^name` of a node that only has to run before. */
  readonly inputs: string[];
  readonly attributes: Field[];
  /** Where the author asked for it: an error's stack, which is not formatted until somebody reads it. */
  readonly origin: Error | undefined;
  /** The number of a constant of one entry. */
  readonly value?: number;
  /** What it could be a part of. */
  readonly fusions?: readonly Fusion[] | undefined;
}

/** The version of graphs that TensorFlow 2.9 to 2.21 read: no attribute of a later one is used. */
const PRODUCER = 1087;

/** A TensorFlow graph that grows node by node and is written as a SavedModel. */
export class Graph {
  readonly #binding: Binding;
  readonly #nodes = new Map<string, Node>();
  readonly #scalars = new Map<string, string>();

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  /** How many operations were added. */
  get size(): number {
    return this.#nodes.size;
  }

  /** All operations, in the order in which they were added. */
  get nodes(): Node[] {
    return [...this.#nodes.values()];
  }

  node(name: string): Node | undefined {
    return this.#nodes.get(name);
  }

  /** Adds an operation and returns its name, which stands for its first output. A name never begins with a digit. */
  add(
    op: string,
    attributes: readonly Attribute[],
    inputs: string[],
    options: { name?: string } & Pick<Partial<Node>, "origin" | "fusions"> = {},
  ): string {
    const name = options.name ?? `${op.replace(/^_/, "")}_${this.#nodes.size}`;
    const { origin, fusions } = options;
    this.#nodes.set(name, { name, op, inputs, attributes: this.#fields(attributes), origin, fusions });
    return name;
  }

  /** The same with attributes by name. */
  op(op: string, named: Attributes, inputs: string[], name?: string): string {
    return this.add(op, attributes(this.#binding, named), inputs, name === undefined ? {} : { name });
  }

  placeholder(name: string, dtype: number, sizes: number[]): string {
    return this.add("Placeholder", [this.#type("dtype", dtype), this.#shape(sizes)], [], { name });
  }

  /** A resource variable; it has no value before one is assigned. */
  variable(name: string, dtype: number, sizes: number[]): string {
    const shared = { name: "shared_name", type: this.#binding.TF_ATTR_STRING, value: name };
    return this.add("VarHandleOp", [this.#type("dtype", dtype), this.#shape(sizes), shared], [], { name });
  }

  read(handle: string, dtype: number, after: readonly string[] = []): string {
    return this.add("ReadVariableOp", [this.#type("dtype", dtype)], [handle, ...before(after)]);
  }

  assign(handle: string, dtype: number, value: string, after: readonly string[] = []): string {
    return this.add("AssignVariableOp", [this.#type("dtype", dtype)], [handle, value, ...before(after)]);
  }

  /** Adds to a variable in place. */
  assignAdd(handle: string, dtype: number, increment: string, after: readonly string[] = []): string {
    return this.add("AssignAddVariableOp", [this.#type("dtype", dtype)], [handle, increment, ...before(after)]);
  }

  /**
   * What to wait for instead of all of `nodes`: a node that runs after them. Where each of the 220 variables of a transformer
   * waited for each read and each write of all others, the graph had 145,000 waits.
   */
  gate(nodes: readonly string[]): readonly string[] {
    return nodes.length < 3 ? nodes : [this.op("NoOp", {}, before(nodes))];
  }

  /** The value of `of` under a name of its own, there only after all of `after` ran. */
  identity(of: string, dtype: number, name: string, after: readonly string[] = []): string {
    return this.add("Identity", [this.#type("T", dtype)], [of, ...before(after)], { name });
  }

  scalar(value: number, type: "float32" | "int32" = "float32"): string {
    const key = `${type} ${Object.is(value, -0) ? "-0" : value}`;
    const known = this.#scalars.get(key);
    if (known) return known;
    const values = type === "int32" ? Int32Array.of(value) : Float32Array.of(value);
    const name = this.constant(DT[type], [], values);
    this.#scalars.set(key, name);
    return name;
  }

  constant(dtype: number, sizes: number[], values: Values, origin?: Error | undefined): string {
    const value = { name: "value", fields: [block(8, tensor(dtype, sizes, values))] };
    const name = `Const_${this.#nodes.size}`;
    const type = entry(5, "dtype", [int(6, dtype)]);
    this.#nodes.set(name, {
      name,
      op: "Const",
      inputs: [],
      attributes: [type, entry(5, value.name, value.fields)],
      origin,
      ...(values.length === 1 && { value: values[0] as number }),
    });
    return name;
  }

  /** The nodes that `roots` need, as the bytes of a `saved_model.pb`, and the tag that it is loaded by. */
  savedModel(roots: readonly string[]): { bytes: Uint8Array; tag: string } {
    const nodes = this.written(roots);
    const tag = tagOf(nodes);
    const graph = [...nodes.map(nodeDef), block(4, [int(1, PRODUCER)])];
    const meta = [block(1, [block(4, tag)]), block(2, graph)];
    return { bytes: join([int(1, 1), block(2, meta)]), tag };
  }

  /** The nodes that `roots` need, as they are written. */
  written(roots: readonly string[]): Node[] {
    return withSums(
      fused(this.#reachable(roots), roots, attributes => this.#fields(attributes)),
      roots,
    );
  }

  #reachable(roots: readonly string[]): Map<string, Node> {
    const unread = unreadValues(this.nodes);
    const found = new Map<string, Node>();
    const waiting = [...roots];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const node = this.#nodes.get(name);
      if (!node || found.has(name)) continue;
      const inputs = withoutUnread(node, unread);
      found.set(name, { ...node, inputs });
      for (const input of inputs) waiting.push(nodeName(input));
    }
    return found;
  }

  #fields(attributes: readonly Attribute[]): Field[] {
    return attributes.map(one => entry(5, one.name, attributeValue(this.#binding, one)));
  }

  #type(name: string, value: number): Attribute {
    return { name, type: this.#binding.TF_ATTR_TYPE, value };
  }

  #shape(value: number[]): Attribute {
    return { name: "shape", type: this.#binding.TF_ATTR_SHAPE, value };
  }
}

function before(nodes: readonly string[]): string[] {
  return nodes.map(name => `^${name.replace(/:\d+$/, "")}`);
}

function nodeDef({ name, op, inputs, attributes }: Node): Field {
  return block(1, [block(1, name), block(2, op), ...inputs.map(input => block(3, input)), ...attributes]);
}

/** `TensorProto`. A tensor of one repeated number is written once: tfjs's gradients are full of large ones of 1. */
function tensor(dtype: number, sizes: readonly number[], values: Values): Field[] {
  const head = [int(1, dtype), block(2, shape(sizes))];
  const [first] = values;
  if (dtype === DT.float32 && first !== undefined && values.length > 1 && isUniform(values))
    return [...head, float(5, first)];
  return [...head, block(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))];
}

function isUniform(values: Values): boolean {
  const [first] = values;
  return values.every(value => Object.is(value, first));
}
