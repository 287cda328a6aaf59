import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from "graphql";
import { createCoercion } from "./coercion.ts";
import { type FieldPlan, planFields } from "./fieldPlan.ts";

/** With so many conditions, there may be this power of two of plans. Nobody's documents come near it. */
const MAX_CONDITIONS = 6;

/** What does not change between the runs of an operation, found out once. */
export class OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly rootType: GraphQLObjectType;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
  /** Null where the variables are not what they must be; see there. */
  readonly coerce: ReturnType<typeof createCoercion>;
  /** The variables that say what of it is left out. */
  readonly #conditions: readonly string[];
  readonly #fields = new Map<string, readonly FieldPlan[]>();

  private constructor(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    rootType: GraphQLObjectType,
    document: DocumentNode,
    conditions: readonly string[],
  ) {
    this.schema = schema;
    this.operation = operation;
    this.rootType = rootType;
    this.fragments = fragmentsOf(document);
    this.#conditions = conditions;
    this.coerce = createCoercion(schema, operation);
  }

  /** Null for what has to be executed in another way: subscriptions, and whatever is not known here. */
  static of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null | undefined,
  ): OperationPlan | null {
    const operation = getOperationAST(document, operationName);
    const rootType = operation && schema.getRootType(operation.operation);
    if (!operation || !rootType || operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
    const conditions = conditionsOf(document);
    return conditions && new OperationPlan(schema, operation, rootType, document, conditions);
  }

  /** `variables`: coerced, with defaults. */
  fields(variables: { readonly [name: string]: unknown }): readonly FieldPlan[] {
    const key = this.#conditions.map((name) => (variables[name] === true ? "1" : "0")).join("");
    const known = this.#fields.get(key);
    if (known) return known;
    const selecting = { schema: this.schema, fragments: this.fragments, variables };
    const fields = planFields(selecting, this.rootType, [this.operation.selectionSet]);
    this.#fields.set(key, fields);
    return fields;
  }
}

function fragmentsOf({ definitions }: DocumentNode) {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

/**
 * Null where other directives than `@skip` and `@include` may change what is executed, or too many of these do; or where
 * something has the one name that no plain object can have.
 */
function conditionsOf(document: DocumentNode): readonly string[] | null {
  const names = new Set<string>();
  let isKnown = true;
  visit(document, {
    Name({ value }) {
      if (value === "__proto__") isKnown = false;
    },
    Directive({ name, arguments: given = [] }) {
      if (name.value !== "skip" && name.value !== "include") isKnown = false;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return isKnown && names.size <= MAX_CONDITIONS ? [...names] : null;
}
