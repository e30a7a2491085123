/**
 * `npm test` tells each story where it shows most; `npm run test:long` tells it on every server and engine that it is
 * written for.
 */
export const isLongRun = process.env["PULUMI_MILVUS_STORIES"] === "all";

/** Whether a story that is in the long run alone on some servers, or engines, is left out on this one. */
export const isLeftToLongRun = (long: readonly string[], name: string): boolean =>
    long.includes(name) && !isLongRun;
