import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type ResponsePath,
} from "graphql";
import type { FieldPlan } from "./fieldPlan.ts";
import { after, isPromise, type MaybePromise } from "./promises.ts";
import type { Run } from "./run.ts";

/** Makes what a resolver gave into what a type says; throws what is wrong with it. */
export type Complete = (
  run: Run,
  field: FieldPlan,
  info: GraphQLResolveInfo,
  path: ResponsePath,
  value: unknown,
) => MaybePromise<unknown>;

const known = new WeakMap<GraphQLOutputType, Complete>();

/** What kind a type is of is asked once, and not for each value. */
export function completionOf(type: GraphQLOutputType): Complete {
  const found = known.get(type);
  if (found) return found;
  const complete = isNonNullType(type) ? present(type.ofType) : nullable(type);
  known.set(type, complete);
  return complete;
}

function present(type: GraphQLOutputType): Complete {
  const complete = completionOf(type);
  return (run, field, info, path, value) => {
    const completed = complete(run, field, info, path, value);
    if (completed !== null) return completed;
    throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
  };
}

function nullable(type: GraphQLOutputType): Complete {
  const complete = ofKind(type);
  return (run, field, info, path, value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(run, field, info, path, value);
  };
}

function ofKind(type: GraphQLOutputType): Complete {
  if (isLeafType(type)) return (_run, _field, _info, _path, value) => serialized(type, value);
  if (isListType(type)) return listOf(type);
  if (isObjectType(type))
    return (run, field, info, path, value) => completeObject(run, field, type, info, path, value);
  if (!isAbstractType(type)) throw new TypeError("This is no type of a nullable value");
  return (run, field, info, path, value) =>
    after(runtimeType(run, type, info, value), (name) =>
      completeObject(run, field, possibleType(run, type, info, name), info, path, value),
    );
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const text: unknown = type.serialize(value);
  if (text !== null && text !== undefined) return text;
  throw new Error(`A value of type ${type.name} was serialized to nothing.`);
}

function listOf({ ofType }: GraphQLList<GraphQLOutputType>): Complete {
  const complete = completionOf(ofType);
  return (run, field, info, path, value) => {
    if (!isList(value)) {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`,
      );
    }
    const completeItem = (item: unknown, itemPath: ResponsePath) => {
      try {
        const completed = after(item, (there) => complete(run, field, info, itemPath, there));
        return isPromise(completed)
          ? completed.then(undefined, (error: unknown) => run.fail(error, field, ofType, itemPath))
          : completed;
      } catch (error) {
        return run.fail(error, field, ofType, itemPath);
      }
    };
    let waits = false;
    const items: MaybePromise<unknown>[] = [];
    for (const item of value) {
      const completed = completeItem(item, { prev: path, key: items.length, typename: undefined });
      waits ||= isPromise(completed);
      items.push(completed);
    }
    return waits ? Promise.all(items) : items;
  };
}

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value;

function completeObject(
  run: Run,
  field: FieldPlan,
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
  path: ResponsePath,
  value: unknown,
): MaybePromise<unknown> {
  if (!type.isTypeOf) return run.fields(field.below(type), value, path);
  return after(type.isTypeOf(value, run.context, info), (is) => {
    if (is) return run.fields(field.below(type), value, path);
    throw new GraphQLError(`Expected value of type "${type.name}" but got another.`, { nodes: field.nodes });
  });
}

function runtimeType(run: Run, type: GraphQLAbstractType, info: GraphQLResolveInfo, value: unknown) {
  return (type.resolveType ?? defaultTypeResolver)(value, run.context, info, type);
}

function possibleType(
  { plan }: Run,
  type: GraphQLAbstractType,
  { parentType, fieldName, fieldNodes }: GraphQLResolveInfo,
  name: string | undefined,
): GraphQLObjectType {
  const found = name === undefined ? undefined : plan.schema.getType(name);
  if (isObjectType(found) && plan.schema.isSubType(type, found)) return found;
  throw new GraphQLError(
    `"${type.name}" cannot be ${name ?? "unknown"}, which it is for field "${parentType.name}.${fieldName}".`,
    { nodes: fieldNodes },
  );
}
