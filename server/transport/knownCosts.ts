import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Execute, OperationArgs } from "./operations.ts";
import { after } from "./plannedExecution/index.ts";

type Names = Set<string | null>;

/**
 * Works out only once what an operation costs, where that cannot be another time more: an operation that was executed
 * without an error, and whose cost no variable changes, is not asked again. All others are, where they are resolved.
 */
export function rememberingCosts(execute: Execute): Execute {
  const allowed = new WeakMap<DocumentNode, Names>();

  function remember({ schema, document, operationName = null }: OperationArgs): void {
    const known = allowed.get(document);
    const names: Names = known ?? new Set();
    allowed.set(document, names);
    // A set that was left empty: there is no such operation in this document.
    if (known ? known.size > 0 : !costVaries(schema, document)) names.add(operationName);
  }

  return (args) => {
    const { document, operationName = null, contextValue } = args;
    if (allowed.get(document)?.has(operationName)) {
      contextValue.costIsAllowed = true;
      return execute(args);
    }
    return after(execute(args), (result) => {
      if (!result.errors) remember(args);
      return result;
    });
  };
}

/** Whether a variable stands anywhere in the arguments of a field whose cost its arguments say. */
function costVaries(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let varies = false;
  const ofArgument = (argument: ArgumentNode) =>
    visit(argument, {
      Variable() {
        varies = true;
      },
    });
  visit(
    document,
    visitWithTypeInfo(types, {
      Argument(argument) {
        const cost: unknown = types.getFieldDef()?.extensions["complexity"];
        if (typeof cost === "function") ofArgument(argument);
      },
    }),
  );
  return varies;
}
