import type { Executed } from "../client/index.ts";
import type { Json } from "../protocol/index.ts";

/** All that the cell wrote to `name`, in one text. */
export function streamText({ outputs }: Executed, name: "stdout" | "stderr" = "stdout"): string {
  return outputs
    .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");
}

/** The text/plain of the cell's result; undefined where it has none. */
export function resultText(executed: Executed): string | undefined {
  return contents(executed, "execute_result").map(({ data }) => (data as Json)["text/plain"] as string)[0];
}

/** The contents of the cell's outputs of one type. */
export function contents({ outputs }: Executed, msg_type: string): Json[] {
  return outputs.filter(({ header }) => header.msg_type === msg_type).map(({ content }) => content);
}
