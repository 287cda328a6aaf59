import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLObjectType,
  type GraphQLSchema,
  getNullableType,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
} from "graphql";
import { isSharedState } from "./markings.ts";
import { hasVersion, usesAlias, withVersion } from "./stateVersion.ts";
import { noteDirectives, viewerDependence } from "./viewerDependence.ts";

/** An operation as a client sent it, its document valid. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: { readonly [name: string]: unknown } | null | undefined;
}

/** How an operation is executed once for all who sent it. */
export interface Plan {
  /** The document to execute: what was asked for and, where there is one, the state's version. */
  readonly document: DocumentNode;
  /** Where the state stands in the result's data. */
  readonly responseKey: string;
  /** The schema's name of the field that is followed. */
  readonly fieldName: string;
}

/**
 * What is the same for operations that may share: the text, which operation of it, and the variables which that
 * declares. Null where it is no subscription.
 */
export function keyOf({ document, operationName, variableValues }: Operation): string | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return null;
  const declared = (operation.variableDefinitions ?? [])
    .map(({ variable }) => variable.name.value)
    .filter((name) => Object.hasOwn(variableValues ?? {}, name))
    .map((name) => [name, sorted(variableValues?.[name])]);
  return JSON.stringify([textOf(document), operation.name?.value ?? null, declared]);
}

/** Null where the result depends on the viewer, or may: anything that is not known to be safe is not shared. */
export function planOf({ schema, document, operationName, variableValues }: Operation): Plan | null {
  const operation = getOperationAST(document, operationName);
  const subscriptions = schema.getSubscriptionType();
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION || !subscriptions) return null;
  const root = onlyField(operation);
  const field = root && subscriptions.getFields()[root.name.value];
  if (!root?.selectionSet || !field || !isSharedState(field)) return null;
  const state = getNullableType(field.type);
  if (!(state instanceof GraphQLObjectType)) return null;

  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
  if (!coerced || usesAlias(textOf(document))) return null;
  const unknown = new Set<string>();
  noteDirectives(operation.directives, unknown);
  // One that is left out, or not, by a variable is an error, or none: others judge that.
  if (unknown.size > 0 || (root.directives ?? []).length > 0) return null;
  const question = { schema, fragments: fragmentsOf(document), variables: coerced };
  if (viewerDependence(question, root.selectionSet, state).size > 0) return null;
  return {
    document: hasVersion(state) ? replaceRoot(document, operation, withVersion(root)) : document,
    responseKey: (root.alias ?? root.name).value,
    fieldName: root.name.value,
  };
}

function onlyField({ selectionSet }: OperationDefinitionNode): FieldNode | null {
  const [root, ...others] = selectionSet.selections;
  return root?.kind === Kind.FIELD && others.length === 0 ? root : null;
}

function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

function replaceRoot(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  root: FieldNode,
): DocumentNode {
  const replaced = { ...operation, selectionSet: { ...operation.selectionSet, selections: [root] } };
  const definitions = document.definitions.map((definition) =>
    definition === operation ? replaced : definition,
  );
  return { ...document, definitions };
}

const texts = new WeakMap<DocumentNode, string>();

function textOf(document: DocumentNode): string {
  if (document.loc) return document.loc.source.body;
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
}

/** The order of an object's fields says nothing: in one order, equal values are equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
