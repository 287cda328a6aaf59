import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { isSameForEveryone } from "./markings.ts";

type ObjectTypes = readonly GraphQLObjectType[];

export interface Question {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced, with defaults. */
  readonly variables: { readonly [name: string]: unknown };
}

/**
 * Of a selection on `type`, everything that may depend on the viewer: fields as `Type.field`, and directives that are
 * not known here as `@name`. Empty means that the result is the same for everyone. A field of an interface counts for
 * each object that it can stand for here.
 */
export function viewerDependence(
  { schema, fragments, variables }: Question,
  selectionSet: SelectionSetNode,
  type: GraphQLObjectType,
): ReadonlySet<string> {
  const found = new Set<string>();
  // Fragments that spread each other twice at every level would otherwise take exponential time.
  const seen = new Set<string>();

  function possible(output: GraphQLOutputType): ObjectTypes {
    const named = getNamedType(output);
    if (named instanceof GraphQLObjectType) return [named];
    return isAbstractType(named) ? schema.getPossibleTypes(named) : [];
  }

  function narrowed(types: ObjectTypes, condition: string | undefined): ObjectTypes {
    const named = condition === undefined ? undefined : schema.getType(condition);
    if (!isCompositeType(named)) return types;
    const wanted = possible(named);
    return types.filter((candidate) => wanted.includes(candidate));
  }

  function isLeftOut(node: SelectionNode): boolean {
    return (
      getDirectiveValues(GraphQLSkipDirective, node, variables)?.["if"] === true ||
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.["if"] === false
    );
  }

  function walkAll({ selections }: SelectionSetNode, types: ObjectTypes): void {
    for (const node of selections) {
      noteDirectives(node.directives, found);
      if (!isLeftOut(node)) walk(node, types);
    }
  }

  function walk(node: SelectionNode, types: ObjectTypes): void {
    switch (node.kind) {
      case Kind.INLINE_FRAGMENT:
        walkAll(node.selectionSet, narrowed(types, node.typeCondition?.name.value));
        return;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(node.name.value);
        const key = `${node.name.value} ${types.map(({ name }) => name).join()}`;
        if (!fragment) found.add(`...${node.name.value}`);
        if (!fragment || seen.has(key)) return;
        seen.add(key);
        noteDirectives(fragment.directives, found);
        walkAll(fragment.selectionSet, narrowed(types, fragment.typeCondition.name.value));
        return;
      }
      case Kind.FIELD: {
        const name = node.name.value;
        if (name === "__typename") return;
        const below = new Set<GraphQLObjectType>();
        for (const parent of types) {
          if (!isSameForEveryone(parent, name)) found.add(`${parent.name}.${name}`);
          const field = parent.getFields()[name];
          if (field) for (const child of possible(field.type)) below.add(child);
        }
        if (node.selectionSet) walkAll(node.selectionSet, [...below]);
      }
    }
  }

  walkAll(selectionSet, [type]);
  return found;
}

/** What a directive does is not known here, but for these two. */
export function noteDirectives(directives: readonly DirectiveNode[] | undefined, found: Set<string>): void {
  for (const { name } of directives ?? []) {
    if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) {
      found.add(`@${name.value}`);
    }
  }
}
