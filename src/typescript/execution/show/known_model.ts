import { Array, String } from "../../intrinsics.ts";
import { peek } from "./peek.ts";

/** A layers model of tfjs, as far as it is told. */
interface Model {
  name: string;
  layers: unknown[];
  summary(lineLength: undefined, positions: undefined, print: (line: unknown) => void): void;
}

export function isModel(value: object): boolean {
  const methods = ["summary", "countParams", "predict"];
  return methods.every(name => typeof peek(value, name) === "function") && Array.isArray(peek(value, "layers"));
}

/** What `model.summary()` prints, instead of a thousand lines of fields. */
export function modelText(value: object): string {
  const model = value as Model;
  const lines: string[] = [];
  try {
    model.summary(undefined, undefined, line => lines.push(String(line)));
  } catch (_unbuilt) {
    const count = model.layers.length;
    return `Model ${model.name} of ${count} ${count === 1 ? "layer" : "layers"}, not built: its first layer has no inputShape.`;
  }
  return lines.join("\n");
}
