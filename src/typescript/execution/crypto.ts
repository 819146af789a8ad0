import type crypto from "node:crypto";
import { process } from "../intrinsics.ts";

const builtin = process.getBuiltinModule;

/** Node's cryptography takes 7 ms to load: only a cell that needs it pays for that, and not the first one. */
export function cryptography(): typeof crypto {
  return builtin("node:crypto");
}
