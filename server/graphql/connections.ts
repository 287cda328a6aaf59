import type { ArgBuilder, ObjectRef } from "@pothos/core";
import type { CountedPage, Page } from "../core/page.ts";
import { builder, type SchemaTypes } from "./builder.ts";

/**
 * A connection of `node`s, named as Relay and Pothos name them: `<Parent><Field>Connection`. Pothos's own
 * `t.connection` also offers `last` and `before`, which a list read by a keyset cursor does not have.
 *
 *     const QuizzesConnection = connection("QueryQuizzesConnection", Quiz);
 *     builder.queryField("quizzes", (t) => t.field({ type: QuizzesConnection, args: pageArgs(t.arg), … }));
 *
 * The resolver returns a `Page`; see core/page.ts.
 */
export function connection<Item>(name: string, node: ObjectRef<SchemaTypes, Item>) {
  return pageType<Item, Page<Item>>(name, node);
}

/** A connection that also tells how many there are in all. The resolver returns a `CountedPage`. */
export function countedConnection<Item>(name: string, node: ObjectRef<SchemaTypes, Item>) {
  const ref = pageType<Item, CountedPage<Item>>(name, node);
  builder.objectField(ref, "totalCount", (t) =>
    t.int({ description: "How many there are on all pages.", resolve: (page) => page.totalCount() }),
  );
  return ref;
}

function pageType<Item, Shape extends Page<Item>>(name: string, node: ObjectRef<SchemaTypes, Item>) {
  const edge = builder.objectRef<{ readonly cursor: string; readonly node: Item }>(`${name}Edge`);
  edge.implement({
    description: "One item of a list, and where it stands in it.",
    fields: (t) => ({
      // Pothos asks more of the type of a result than can be known of any Item.
      node: t.field({ type: node, description: "The item.", resolve: (parent) => parent.node as never }),
      cursor: t.exposeString("cursor", { description: "For `after`, to go on from here." }),
    }),
  });
  const ref = builder.objectRef<Shape>(name);
  return ref.implement({
    description: "One page of a list.",
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: true },
        description: "The items of this page.",
        // The list's length is counted by the field that gives the page; see `pageArgs`.
        complexity: { field: 1, multiplier: 1 },
        resolve: (page) => page.edges as never,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: "Where this page stands in the list.",
        resolve: ({ edges, hasNextPage, hasPreviousPage }) => ({
          hasNextPage,
          hasPreviousPage,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        }),
      }),
    }),
  });
}

/** The arguments of every list; read them with `readPageRequest`. */
export const pageArgs = (arg: ArgBuilder<SchemaTypes>) => ({
  first: arg.int({ description: "At most how many, 1 to 200; 50 unless told." }),
  after: arg.string({
    description: "The cursor after which to go on: `pageInfo.endCursor` of the page before.",
  }),
});

/** What a list costs by its `first`: give it as `complexity` of the field. */
export const pageComplexity = ({ first }: { first?: number | null | undefined }) => ({
  field: 1,
  multiplier: Math.max(first ?? 50, 1),
});
