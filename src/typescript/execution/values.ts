import type inspector from "node:inspector";
import { BigInt, Number } from "../intrinsics.ts";
import { hide } from "./hide.ts";

const TAKE = "$$take";
let taken: unknown;
// For good: a cell may let nothing new onto the global object (`Object.preventExtensions(globalThis)`).
hide(TAKE, (value: unknown) => {
  taken = value;
});

/** The value itself, behind the inspector's description of it. */
export function takeValue(session: inspector.Session, remote: inspector.Runtime.RemoteObject): unknown {
  if (remote.objectId === undefined) return primitive(remote);
  taken = undefined;
  // The session is of this thread: the call is made before `post` returns.
  session.post("Runtime.callFunctionOn", {
    objectId: remote.objectId,
    functionDeclaration: `function () { "use strict"; ${TAKE}(this) }`,
  });
  const value = taken;
  taken = undefined;
  return value;
}

function primitive({ type, subtype, value, unserializableValue }: inspector.Runtime.RemoteObject): unknown {
  if (subtype === "null") return null;
  if (unserializableValue === undefined) return value;
  return type === "bigint" ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}
