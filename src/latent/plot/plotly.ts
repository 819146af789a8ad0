import type { Data, Layout as PlotlyLayout } from "plotly.js-dist-min";

/** A trace of one kind, by Plotly's own names: with its `type` an editor knows its options. */
export type { Data };
/** Titles, axes, legend, size, by Plotly's own names. */
export type Layout = PlotlyLayout;

/** A trace of a finished figure: it may have any option that some kind of trace has. */
export type Trace = Any<Data>;

/** What is not looked into: numbers, texts, lists. */
type Whole<T> = Exclude<T, object> | Extract<T, readonly unknown[] | ArrayBufferView | Date>;
type Keyed<T> = T extends readonly unknown[] | ArrayBufferView | Date ? never : T extends object ? T : never;
type KeyOf<T> = T extends unknown ? keyof T : never;
type At<T, Key extends PropertyKey> = T extends unknown ? (Key extends keyof T ? T[Key] : never) : never;

/** Several kinds of object as one that has the keys of all. */
type Any<T> = { [Key in KeyOf<T>]?: Whole<At<T, Key>> | AnyOf<Keyed<At<T, Key>>> };
type AnyOf<T> = [T] extends [never] ? never : Any<T>;
