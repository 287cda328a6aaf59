import {
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isNonNullType,
  locatedError,
  type ResponsePath,
  responsePathAsArray,
} from "graphql";
import type { FieldPlan } from "./fieldPlan.ts";
import type { OperationPlan } from "./operationPlan.ts";
import { isPromise, type MaybePromise } from "./promises.ts";

export type Path = ResponsePath | undefined;
export type Data = Record<string, unknown>;

/** One run of an operation: what its resolvers are given, and the errors so far. */
export class Run {
  readonly plan: OperationPlan;
  readonly variables: { readonly [name: string]: unknown };
  readonly context: unknown;
  readonly root: unknown;
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<Path>();

  constructor(
    plan: OperationPlan,
    given: { readonly variables: Data; readonly context: unknown; readonly root: unknown },
  ) {
    this.plan = plan;
    this.variables = given.variables;
    this.context = given.context;
    this.root = given.root;
  }

  /** All fields of an object, side by side. */
  fields(fields: readonly FieldPlan[], source: unknown, path: Path): MaybePromise<Data> {
    const data: Data = {};
    let waiting: Promise<unknown>[] | undefined;
    try {
      for (const field of fields) {
        const { key } = field;
        const value = this.#field(field, source, path);
        data[key] = value;
        if (!isPromise(value)) continue;
        waiting ??= [];
        waiting.push(
          value.then((resolved) => {
            data[key] = resolved;
          }),
        );
      }
    } catch (error) {
      if (!waiting) throw error;
      // The others have begun: their ends are waited for, and nobody asks for their results.
      return Promise.allSettled(waiting).then(() => {
        throw error;
      });
    }
    return waiting ? Promise.all(waiting).then(() => data) : data;
  }

  /** One after the other, as the fields of a mutation are. */
  inTurn(fields: readonly FieldPlan[], data: Data = {}, from = 0): MaybePromise<Data> {
    for (let index = from; index < fields.length; index++) {
      const field = fields[index];
      if (!field) break;
      const value = this.#field(field, this.root, undefined);
      if (isPromise(value)) {
        return value.then((resolved) => {
          data[field.key] = resolved;
          return this.inTurn(fields, data, index + 1);
        });
      }
      data[field.key] = value;
    }
    return data;
  }

  /** Puts an error down, and null in its place; where that may not be null, the error is the one's above. */
  fail(raw: unknown, field: FieldPlan, type: GraphQLOutputType, path: Path): null {
    const error = locatedError(raw, field.nodes, path && responsePathAsArray(path));
    if (isNonNullType(type)) throw error;
    this.note(error, path);
    return null;
  }

  /** What has become null already has no more errors. */
  note(error: GraphQLError, path: Path): void {
    for (let above = path; above; above = above.prev) if (this.#nulled.has(above)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }

  #field(field: FieldPlan, source: unknown, above: Path): MaybePromise<unknown> {
    if (field.isTypename) return field.parentType.name;
    const { definition, resolve, complete } = field;
    const path: ResponsePath = { prev: above, key: field.key, typename: field.parentType.name };
    const info = this.#info(field, path);
    try {
      const args =
        definition.args.length === 0 ? {} : getArgumentValues(definition, field.nodes[0], this.variables);
      const value: unknown = resolve(source, args, this.context, info);
      const completed = isPromise(value)
        ? value.then((resolved) => complete(this, field, info, path, resolved))
        : complete(this, field, info, path, value);
      return isPromise(completed)
        ? completed.then(undefined, (error: unknown) => this.fail(error, field, definition.type, path))
        : completed;
    } catch (error) {
      return this.fail(error, field, definition.type, path);
    }
  }

  #info({ definition, nodes, parentType }: FieldPlan, path: ResponsePath): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.plan;
    return {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType,
      path,
      schema,
      fragments,
      rootValue: this.root,
      operation,
      variableValues: this.variables,
    };
  }
}
