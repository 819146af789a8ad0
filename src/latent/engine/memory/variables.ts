import type * as tfjs from "@tensorflow/tfjs-node";

type Variables = Record<string, tfjs.Variable>;

/**
 * tfjs's variables by name, held weakly: a variable that the author, a model or an optimizer holds is there, one that
 * nobody holds is not, and does not keep its name either. tfjs holds each for ever otherwise, so that a training cell that
 * runs again leaves its old model behind and `tf.variableGrads` goes through all of them.
 */
export function weakVariables(known: Variables): Variables {
  const refs = new Map(Object.entries(known).map(([name, variable]) => [name, new WeakRef(variable)]));
  const get = (name: string | symbol) => refs.get(name as string)?.deref();
  return new Proxy<Variables>(
    {},
    {
      get: (_, name) => get(name),
      has: (_, name) => get(name) !== undefined,
      set: (_, name, variable: tfjs.Variable) => {
        refs.set(name as string, new WeakRef(variable));
        return true;
      },
      deleteProperty: (_, name) => {
        refs.delete(name as string);
        return true;
      },
      ownKeys: () => {
        for (const name of refs.keys()) if (get(name) === undefined) refs.delete(name);
        return [...refs.keys()];
      },
      getOwnPropertyDescriptor: (_, name) => {
        const value = get(name);
        return value && { value, writable: true, enumerable: true, configurable: true };
      },
    },
  );
}
