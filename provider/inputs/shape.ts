import { z } from "zod";

import { closest, didYouMean } from "./report/didYouMean";
import { type Path, valueAt } from "./report/path";
import type { PathSet } from "./report/pathSet";
import type { Report } from "./report/report";

type Issue = z.core.$ZodIssue;

/** Reports zod's issues in terms of the program, and adds their paths to the open ones. */
export function reportShape(
    schema: z.ZodType,
    args: unknown,
    issues: Issue[],
    open: PathSet,
    report: Report,
): void {
    const reported = issues.flatMap(leaves).filter(({ path }) => !open.covers(path as Path));
    // Misspelt names come first: the intended argument counts as set and is not reported as missing.
    for (const issue of reported)
        if (issue.code === "unrecognized_keys")
            for (const key of issue.keys) reportMisspelt(schema, issue.path as Path, key, open, report);
    const others = reported.filter(
        ({ code, path }) => code !== "unrecognized_keys" && !open.covers(path as Path),
    );
    // All are reported before their paths become open, because an object may have two errors.
    for (const issue of others) reportIssue(issue, valueAt(args, issue.path as Path), report);
    for (const { path } of others) open.add(path as Path);
}

function reportMisspelt(schema: z.ZodType, path: Path, key: string, open: PathSet, report: Report): void {
    const known = keysAt(schema, path);
    const meant = closest(key, known);
    const hint = meant === undefined ? `Known arguments: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
    report.mistake("MV002", [...path, key], `Unknown argument "${key.slice(0, 64)}". ${hint}`);
    if (meant !== undefined) open.add([...path, meant]);
}

function reportIssue(issue: Issue, value: unknown, report: Report): void {
    const path = issue.path as Path;
    const name = String(path.findLast((part) => typeof part === "string"));
    if (value === undefined)
        report.mistake("MV003", path, `${name} is missing. It must be ${kindOf(issue)}.`);
    else if (issue.code === "invalid_value" && typeof value === "string") {
        const known = issue.values.map(String);
        const hint = didYouMean(value, known) || ` Write one of ${known.join(", ")}.`;
        report.mistake("MV004", path, `${JSON.stringify(value.slice(0, 64))} is not a known value.${hint}`);
    } else if (typeof value === "number" && (issue.code === "too_small" || issue.code === "too_big"))
        report.mistake("MV005", path, `${name} is ${value}. It must be ${limit(issue)}.`);
    else report.mistake("MV001", path, `${name} must be ${kindOf(issue)}, not ${kindOfValue(value)}.`);
}

/** An issue of a union is reported for the alternative whose kind fits. */
function leaves(issue: Issue): Issue[] {
    if (issue.code !== "invalid_union") return [issue];
    const meant = issue.errors.find(
        (errors) =>
            errors.length > 0 &&
            errors.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys"),
    );
    return meant
        ? meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(leaves)
        : [issue];
}

const kinds: Record<string, string> = {
    string: "text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
};

function kindOf(issue: Issue): string {
    switch (issue.code) {
        case "invalid_type":
            return kinds[issue.expected] ?? issue.expected;
        case "invalid_value":
            return `one of ${issue.values.map(String).join(", ")}`;
        case "invalid_union": {
            const expected = issue.errors.flat().map(kindOf);
            // Only the schema of a JSON value accepts null.
            return expected.includes("null")
                ? "a value that JSON can write"
                : [...new Set(expected)].join(", or ");
        }
        default:
            return "another value";
    }
}

function kindOfValue(value: unknown): string {
    if (value === null) return "null";
    if (Array.isArray(value)) return "a list";
    if (typeof value === "number") return String(value);
    return kinds[typeof value] ?? typeof value;
}

function limit(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
    if (issue.code === "too_big") return `at most ${String(issue.maximum)}`;
    return `${issue.inclusive ? "at least" : "more than"} ${String(issue.minimum)}`;
}

/** The argument names that the schema accepts at a path. */
function keysAt(schema: z.core.$ZodType | undefined, path: Path): string[] {
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
        return keysAt(schema.unwrap(), path);
    if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
    if (schema instanceof z.ZodArray) return keysAt(schema.element, path.slice(1));
    if (!(schema instanceof z.ZodObject)) return [];
    const [key, ...rest] = path;
    return key === undefined
        ? Object.keys(schema.shape)
        : keysAt(schema.shape[key] as z.ZodType | undefined, rest);
}
