import { createHash } from "node:crypto";
import type { CodegenConfig } from "@graphql-codegen/cli";

/** 128 bits of the text's hash: no two texts share it, and it is short, for nothing of it can be compressed. */
const idOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/**
 * The web app carries ids of its operations instead of their texts: fewer bytes for players, and a server can be told to
 * execute nothing else. The texts go into persisted-documents.json, for the server. urql looks for the id on the document
 * itself.
 */
function withDocumentIds(_path: string, content: string): string {
  return content.replaceAll(
    /\{"__meta__":\{"documentId":("[\w-]{22}")\}\}/g,
    '{"kind":"Document","documentId":$1,"definitions":[]}',
  );
}

/** The printed schema of the server → typed documents of the web app: the only thing that the two share. */
const config: CodegenConfig = {
  schema: "server/schema.graphql",
  documents: ["web/src/**/*.graphql"],
  ignoreNoDocuments: true,
  hooks: { beforeOneFileWrite: [withDocumentIds] },
  generates: {
    "web/src/graphql/generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: {
          mode: "replaceDocumentWithHash",
          hashPropertyName: "documentId",
          hashAlgorithm: idOf,
        },
      },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: "string", ID: "string" },
        skipTypename: false,
      },
    },
  },
};

export default config;
