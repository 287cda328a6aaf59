import type { CodegenConfig } from "@graphql-codegen/cli";

/** The printed schema of the server → typed documents of the web app: the only thing that the two share. */
const config: CodegenConfig = {
  schema: "server/schema.graphql",
  documents: ["web/src/**/*.graphql"],
  ignoreNoDocuments: true,
  generates: {
    "web/src/graphql/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: "string", ID: "string" },
        skipTypename: false,
        documentMode: "documentNode",
      },
    },
  },
};

export default config;
