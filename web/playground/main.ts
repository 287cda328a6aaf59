import "graphiql/style.css";
import "./playground.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { exampleTabs } from "./examples.ts";

const socketScheme = location.protocol === "https:" ? "wss:" : "ws:";
const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  // Headers of a tab, such as Authorization, become the connection's parameters.
  subscriptionUrl: `${socketScheme}//${location.host}/graphql`,
});

const container = document.querySelector("#playground");
if (container !== null) {
  createRoot(container).render(
    createElement(GraphiQL, {
      fetcher,
      defaultTabs: exampleTabs,
      shouldPersistHeaders: true,
      defaultEditorToolsVisibility: true,
    }),
  );
}
