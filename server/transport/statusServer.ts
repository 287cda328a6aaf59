import { createServer } from "node:http";
import { type Health, sendLiveness, sendReadiness } from "./health.ts";
import { listen } from "./listen.ts";
import { type MetricsPage, sendMetrics } from "./metricsPage.ts";

export interface StatusServerOptions {
  readonly health: Health;
  readonly metrics: MetricsPage;
  readonly isStopping: () => boolean;
  /** 0: any free one. */
  readonly port: number;
  /** Undefined: every address of the machine. */
  readonly host: string | undefined;
}

export interface StatusServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Health and metrics of a process that serves nothing else, such as a worker. Throws a StartError. */
export async function startStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  const { health, metrics, isStopping } = options;
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const answer = async () => {
      const [path] = request.url?.split("?") ?? [];
      if (path === "/health/live") return sendLiveness(response);
      if (path === "/health/ready") return sendReadiness(response, health, isStopping());
      if (path === "/metrics" && (await sendMetrics(metrics, request, response))) return;
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
      response.end("There is nothing here.\n");
    };
    answer().catch(() => response.destroy());
  });
  const { port } = await listen(server, options.port, options.host);
  return {
    port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
