/** A slider over named values: keyboard and touch are the browser's own. */
export interface Choice {
  element: HTMLElement;
  /** Which of the names. */
  readonly value: number;
  choose(value: number): void;
}

export function choice(label: string, names: readonly string[], changed: () => void): Choice {
  const element = document.createElement("label");
  const input = document.createElement("input");
  const said = document.createElement("output");
  Object.assign(input, { type: "range", min: "0", max: `${names.length - 1}`, step: "1", value: "0" });
  const say = (): void => {
    const name = names[Number(input.value)] ?? "";
    said.textContent = name;
    input.setAttribute("aria-valuetext", name);
  };
  input.addEventListener("input", () => {
    say();
    changed();
  });
  element.className = "choice";
  element.append(label, input, said);
  say();
  return {
    element,
    get value() {
      return Number(input.value);
    },
    choose(value) {
      input.value = `${value}`;
      say();
    },
  };
}
