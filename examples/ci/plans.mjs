// Rules of this team about plans: node plans.mjs FILE, where FILE is the output of `pulumi preview` with milvus:planFormat=json.
import { readFileSync } from "node:fs";

const mostRows = Number(process.env["MOST_ROWS"] ?? 50_000_000);
const figure = (count) => count.toLocaleString("en-US");

// Each plan is a line of its own at the end of the output; before that, the lines of progress show it, too.
const text = readFileSync(process.argv[2], "utf8")
    .split(/^Diagnostics:$/m)
    .at(-1);
const plans = [...text.matchAll(/^\s*(\{"collection":.*\})$/gm)].map(([, json]) => JSON.parse(json));

const mistakes = plans.flatMap(({ collection, verdict, rows, findings }) => [
    ...(verdict === "blocked" ? [`${collection} is blocked`] : []),
    ...(verdict === "migrate" && rows > mostRows
        ? [`${collection} moves ${figure(rows)} rows, more than ${figure(mostRows)}`]
        : []),
    ...findings
        // `allow` is the name of a loss, for migration.allow.
        .filter(({ severity, allow }) => severity === "warning" && allow !== null)
        .map(({ code, path }) => `${collection}: ${path} loses data [${code}]`),
]);
for (const { collection, verdict, rows } of plans)
    console.log(`${collection}: ${verdict}, ${rows === null ? "?" : figure(rows)} rows`);
for (const mistake of mistakes) console.error(mistake);
process.exitCode = mistakes.length > 0 ? 1 : 0;
