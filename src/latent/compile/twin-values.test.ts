import assert from "node:assert/strict";
import test from "node:test";
import { type Binding, DT, type NativeTensor, type TensorInfo } from "./native.ts";
import { TwinValues } from "./twin-values.ts";

/** A graph of `count` variables that counts what it is asked for, and which handles nobody has deleted. */
function graphOf(count: number) {
  const asked: string[] = [];
  const alive = new Map<number, string>();
  let next = 0;
  const fetch = (nodes: string): NativeTensor[] => {
    asked.push(nodes);
    return nodes.split(",").map(node => {
      alive.set(++next, node);
      return { id: next, shape: [], dtype: DT.float32 };
    });
  };
  const binding = { deleteTensor: (id: number) => assert.ok(alive.delete(id), `handle ${id}`) } as unknown as Binding;
  const nodes = Array.from({ length: count }, (_, i) => `get${i}`);
  const values = new TwinValues(binding, nodes, fetch);
  const change = (): TensorInfo[] => {
    values.letGo();
    const infos = nodes.map(() => ({ id: -1, shape: [], dtype: DT.float32 }) as unknown as TensorInfo);
    infos.forEach((info, at) => void values.putOff(at, info));
    return infos;
  };
  return { asked, alive, values, change };
}

test("whoever looks at many variables gets all of them in one request, each its own", () => {
  const { asked, alive, change } = graphOf(6);
  const infos = change();
  assert.deepEqual(
    infos.map(({ id }) => alive.get(id as number)),
    ["get0", "get1", "get2", "get3", "get4", "get5"],
  );
  assert.equal(asked.length, 1);
  assert.equal(infos[3]?.id, infos[3]?.id, "a value that was looked at stays");
});

test("where few were looked at the last time, each is fetched alone, until it is many again", () => {
  const { asked, change } = graphOf(8);
  const look = (count: number) => {
    asked.length = 0;
    for (const { id } of change().slice(0, count)) assert.ok(id);
    return asked.map(nodes => nodes.split(",").length);
  };
  assert.deepEqual(look(2), [8], "nothing is known yet");
  assert.deepEqual(look(2), [1, 1]);
  assert.deepEqual(look(8), [1, 1, 1, 1, 8]);
  assert.deepEqual(look(8), [8]);
});

test("an interval without a look says nothing about the next", () => {
  const { asked, change } = graphOf(8);
  assert.ok(change()[0]?.id);
  change();
  asked.length = 0;
  assert.ok(change()[5]?.id);
  assert.deepEqual(asked, ["get5"]);
});

test("what was fetched with others and never looked at is deleted before the graph changes", () => {
  const { alive, values, change } = graphOf(6);
  const [first] = change();
  assert.ok(first?.id);
  assert.equal(alive.size, 6);
  values.letGo();
  assert.deepEqual([...alive.values()], ["get0"], "what was looked at belongs to its tensor");
});

test("a value that is looked at after what was fetched with it has gone is fetched anew", () => {
  const { asked, alive, values, change } = graphOf(6);
  const [first, second] = change();
  assert.ok(first?.id);
  values.letGo();
  assert.equal(alive.get(second?.id as number), "get1");
  assert.deepEqual(asked.slice(1), ["get1"]);
});
