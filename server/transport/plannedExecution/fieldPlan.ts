import {
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import { type Complete, completionOf } from "./completion.ts";

type Fields = readonly FieldPlan[];

/** What is the same for each run of an operation. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
  /** Coerced. Of them, only those that `@skip` and `@include` name are read. */
  readonly variables: { readonly [name: string]: unknown };
}

/** A field that is asked for of one type of object: looked up once, with what is asked for below it. */
export class FieldPlan {
  /** Its name in the result. */
  readonly key: string;
  /** All that ask for it, never none. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly isTypename: boolean;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  readonly complete: Complete;
  readonly #selecting: Selecting;
  readonly #below = new Map<GraphQLObjectType, Fields>();

  constructor(
    parentType: GraphQLObjectType,
    definition: GraphQLField<unknown, unknown>,
    nodes: readonly [FieldNode, ...FieldNode[]],
    selecting: Selecting,
  ) {
    const [node] = nodes;
    this.key = (node.alias ?? node.name).value;
    this.nodes = nodes;
    this.parentType = parentType;
    this.definition = definition;
    this.isTypename = definition === TypeNameMetaFieldDef;
    this.resolve = definition.resolve ?? defaultFieldResolver;
    this.complete = completionOf(definition.type);
    this.#selecting = selecting;
  }

  /** The fields of its value, where that is such an object: worked out when the first one is met. */
  below(type: GraphQLObjectType): Fields {
    const known = this.#below.get(type);
    if (known) return known;
    const sets = this.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const fields = planFields(this.#selecting, type, sets);
    this.#below.set(type, fields);
    return fields;
  }
}

/** The fields of an object of this type, in the order in which their names come first. */
export function planFields(
  selecting: Selecting,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Fields {
  const { schema, fragments, variables } = selecting;
  const nodes = new Map<string, [FieldNode, ...FieldNode[]]>();
  const spread = new Set<string>();

  const isLeftOut = (node: SelectionNode) =>
    node.directives !== undefined &&
    node.directives.length > 0 &&
    (getDirectiveValues(GraphQLSkipDirective, node, variables)?.["if"] === true ||
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.["if"] === false);

  const applies = (condition: string | undefined) => {
    if (condition === undefined || condition === type.name) return true;
    const named = schema.getType(condition);
    return isAbstractType(named) && schema.isSubType(named, type);
  };

  function collect({ selections }: SelectionSetNode): void {
    for (const node of selections) {
      if (isLeftOut(node)) continue;
      switch (node.kind) {
        case Kind.FIELD: {
          const key = (node.alias ?? node.name).value;
          const same = nodes.get(key);
          if (same) same.push(node);
          else nodes.set(key, [node]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (applies(node.typeCondition?.name.value)) collect(node.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = node.name.value;
          const fragment = fragments[name];
          if (!fragment || spread.has(name)) break;
          spread.add(name);
          if (applies(fragment.typeCondition.name.value)) collect(fragment.selectionSet);
        }
      }
    }
  }

  for (const set of sets) collect(set);
  const fields: FieldPlan[] = [];
  for (const same of nodes.values()) {
    const definition = definitionOf(schema, type, same[0].name.value);
    // A valid document asks for no others.
    if (definition) fields.push(new FieldPlan(type, definition, same, selecting));
  }
  return fields;
}

function definitionOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string) {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}
