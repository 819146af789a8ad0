import { hostKernel } from "../display/host.ts";
import { bundleOf } from "../display/show.ts";
import { box, type Layout, named } from "./control.ts";
import { Widget } from "./widget.ts";

interface OutputState {
  /** The message whose output the page puts here. */
  msg_id: string;
  /** What stands in it, as nbformat has outputs. */
  outputs: readonly object[];
}

const OUTPUT = { module: "@jupyter-widgets/output", version: "1.0.0" };

/** A place for anything that a cell can show. */
export class Output extends Widget<OutputState> {
  /** Shows one more value. */
  append(value: unknown): void {
    const data = bundleOf(value);
    this.set({ outputs: [...this.get("outputs"), { output_type: "display_data", data, metadata: {} }] });
  }

  clear(): void {
    this.set({ outputs: [] });
  }

  /**
   * Runs `work`; what it prints and shows, up to its first `await`, is added here and not below the cell.
   *
   * @returns what `work` returns
   */
  capture<Result>(work: () => Result): Result {
    this.set({ msg_id: hostKernel()?.parent ?? "" });
    this.flush();
    try {
      return work();
    } finally {
      this.set({ msg_id: "" });
      this.flush();
    }
  }
}

export function output(layout?: Layout): Output {
  const names = named(OUTPUT, "OutputModel", "OutputView");
  const state = { ...names, layout: box(layout), msg_id: "", outputs: [] };
  return new Output(state, ({ outputs }) => outputs.map(words).filter(Boolean).join("\n"));
}

function words(output: object): string {
  const { data, text } = output as { data?: Record<string, unknown>; text?: string };
  return String(data?.["text/plain"] ?? text ?? "");
}
