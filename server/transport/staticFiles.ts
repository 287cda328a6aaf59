import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";

interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
  readonly plain: Buffer;
  /** Made by the build, best first, beside the file. */
  readonly encoded: readonly { readonly encoding: "br" | "gzip"; readonly body: Buffer }[];
}

export interface StaticFiles {
  /** Answers the request if the folder has such a file; tells whether it did. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * The files of a folder, read once. What is not among them cannot be asked for, however the path is written. Vite
 * puts a hash into the names under `assets/`, so those never change; everything else is asked for anew each time.
 */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  for (const path of pathsIn(folder))
    files.set(`/${relative(folder, path).split(sep).join("/")}`, readFile(path));
  return {
    serve(path, request, response) {
      const file = files.get(path);
      if (file === undefined) return false;
      send(file, request, response);
      return true;
    },
  };
}

function pathsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name) && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`${sep}.vite${sep}`));
}

function readFile(path: string): StaticFile {
  const plain = readFileSync(path);
  const encoded = (
    [
      ["br", ".br"],
      ["gzip", ".gz"],
    ] as const
  )
    .filter(([, extension]) => existsSync(path + extension))
    .map(([encoding, extension]) => ({ encoding, body: readFileSync(path + extension) }));
  return {
    type: TYPES[extname(path)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    cacheControl: path.includes(`${sep}assets${sep}`) ? "public, max-age=31536000, immutable" : "no-cache",
    plain,
    encoded,
  };
}

function send(file: StaticFile, request: IncomingMessage, response: ServerResponse): void {
  const { encoding, body } = bestOf(file, request.headers["accept-encoding"]);
  response.setHeader("Cache-Control", file.cacheControl);
  response.setHeader("ETag", file.etag);
  if (file.encoded.length > 0) response.setHeader("Vary", "Accept-Encoding");
  const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (known?.some((tag) => tag === file.etag || tag === "*")) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader("Content-Type", file.type);
  if (encoding !== null) response.setHeader("Content-Encoding", encoding);
  response.writeHead(200, { "Content-Length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}

function bestOf(file: StaticFile, accepted = ""): { encoding: string | null; body: Buffer } {
  const wanted = new Set(
    accepted
      .toLowerCase()
      .split(",")
      .map((item) => item.split(";").map((part) => part.trim()))
      .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ""))
      .map(([name]) => name),
  );
  const found = file.encoded.find(({ encoding }) => wanted.has(encoding));
  return found ?? { encoding: null, body: file.plain };
}
