import { readConfig } from "./config.ts";
import { StartError } from "./core/startError.ts";
import { createLogger } from "./observability/logger.ts";
import { DEMO_HOST } from "./quiz/index.ts";
import { type RunningServer, startServer } from "./server.ts";

try {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  let stopping = false;
  let hurried = false;
  const server = await startServer({
    config,
    logger,
    onCrash: (error) => {
      console.error(`The database has stopped: ${error.message}`);
      process.exit(1);
    },
  });
  process.stdout.write(banner(server));
  const leave = (signal: string) => {
    if (hurried) process.exit(1);
    if (stopping) {
      hurried = true;
      server.hurry();
      return;
    }
    stopping = true;
    console.log(`\n${signal}: stopping. Once more to stop sooner, and once more at once.`);
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "the server did not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

function banner({ port, publicUrl, openDemoHost }: RunningServer): string {
  const local = `http://localhost:${port}`;
  const phones = /^https?:\/\/(localhost|127\.|\[::1\])/.test(publicUrl) ? null : publicUrl;
  return [
    "",
    "  The quiz server is ready.",
    "",
    `  On this machine   ${local}`,
    ...(phones === null ? [] : [`  For phones        ${phones}`]),
    `  Playground        ${local}/graphql`,
    ...(openDemoHost ? [`  Demo host         ${DEMO_HOST.email}, password ${DEMO_HOST.password}`] : []),
    "",
    "  Ctrl-C stops it.",
    "",
    "",
  ].join("\n");
}
