import type { Attribute, Binding } from "./native.ts";
import { block, type Field, float, int, packed } from "./protobuf.ts";

type Encode = (value: never) => Field;

/** Fields of TensorFlow's `AttrValue`, by the addon's name of the attribute's type. */
const encoders: Record<keyof Binding & `TF_ATTR_${string}`, Encode> = {
  TF_ATTR_STRING: (value: string) => block(2, value),
  TF_ATTR_INT: (value: number | number[]) => (Array.isArray(value) ? block(1, [packed(3, value)]) : int(3, value)),
  TF_ATTR_FLOAT: (value: number) => float(4, value),
  TF_ATTR_BOOL: (value: boolean) => int(5, value),
  TF_ATTR_TYPE: (value: number) => int(6, value),
  TF_ATTR_SHAPE: (value: number[]) => block(7, shape(value)),
};

/** An attribute of an operation as TensorFlow's `AttrValue`. */
export function attributeValue(binding: Binding, { name, type, value }: Attribute): Field[] {
  for (const [flavour, encode] of Object.entries(encoders)) {
    if (binding[flavour as keyof typeof encoders] === type) return [encode(value as never)];
  }
  throw new Error(`Attribute ${name} has type ${type}, which no graph of ours can hold.`);
}

/** TensorFlow's `TensorShapeProto`. */
export function shape(sizes: readonly number[]): Field[] {
  return sizes.map(size => block(2, [int(1, size)]));
}
