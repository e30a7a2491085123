/**
 * `npm test` tells each story where it shows most; `npm run test:long` tells it on every server and engine that it is
 * written for.
 */
export const isLongRun = process.env["PULUMI_MILVUS_STORIES"] === "all";
