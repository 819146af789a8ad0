import type * as ast from "oxc-parser";

type Target =
  | ast.BindingPattern
  | ast.BindingRestElement
  | ast.AssignmentTarget
  | ast.AssignmentTargetMaybeDefault
  | ast.AssignmentTargetRest
  | null;

/** The names that a pattern declares or assigns; a member (`a.b = 1`) is none. */
export function boundNames(target: Target): string[] {
  switch (target?.type) {
    case "Identifier":
      return [target.name];
    case "AssignmentPattern":
      return boundNames(target.left);
    case "RestElement":
      return boundNames(target.argument);
    case "ArrayPattern":
      return target.elements.flatMap(boundNames);
    case "ObjectPattern":
      return target.properties.flatMap(property =>
        boundNames(property.type === "Property" ? property.value : property.argument),
      );
    default:
      return [];
  }
}
