export { createExports, type Exports } from "./exports.ts";
export { createExportLinks } from "./links.ts";
export type { ExportRequest } from "./request.ts";
