import { box, classes, type Layout } from "./control.ts";
import { type SomeWidget, Widget } from "./widget.ts";

type Children = readonly SomeWidget[];

interface BoxState {
  children: Children;
}

/** Widgets beside one another. */
export function hbox(children: Children, layout?: Layout): Widget<BoxState> {
  return container("HBox", children, layout);
}

/** Widgets below one another. */
export function vbox(children: Children, layout?: Layout): Widget<BoxState> {
  return container("VBox", children, layout);
}

/** A page for each widget, chosen by its title. */
export function tab(pages: Readonly<Record<string, SomeWidget>>, layout?: Layout): Widget<BoxState> {
  return container("Tab", Object.values(pages), layout, { titles: Object.keys(pages), selected_index: 0 });
}

/** Ties two keys in the page: they follow one another there, also where no kernel runs. */
export function link(
  [source, from]: readonly [SomeWidget, string],
  [target, to]: readonly [SomeWidget, string],
): SomeWidget {
  const { _view_name, ...names } = classes("Link");
  const state = { ...names, _view_name: null, source: [source, from], target: [target, to] };
  return new Widget(state, () => "");
}

function container(name: string, children: Children, layout?: Layout, more: object = {}): Widget<BoxState> {
  for (const child of children)
    if (!(child instanceof Widget))
      throw new TypeError(`A box takes widgets; it got ${typeof child}. For other things there is widgets.output().`);
  const state = { ...classes(name), box_style: "", layout: box(layout), children, ...more };
  return new Widget<BoxState>(state, inWords);
}

function inWords({ children }: BoxState): string {
  return children.map(child => child.bundle()["text/plain"]).join("\n");
}
