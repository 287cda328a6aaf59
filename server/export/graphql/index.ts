import "./createExport.ts";
