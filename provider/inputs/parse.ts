import type { z } from "zod";

import { Role, User } from "./schema/access";
import { Alias } from "./schema/alias";
import { type Collection, CollectionInputs } from "./schema/collection";
import { Connection } from "./schema/connection";
import { Database } from "./schema/database";
import { Grant } from "./schema/grant";
import { PrivilegeGroup } from "./schema/privilegeGroup";
import type { AliasDraft, CollectionDraft, ConnectionDraft, LookupDraft } from "./schema/draft";
import type { Looked } from "./schema/lookup";
import { Partition } from "./schema/partition";
import { ResourceGroup } from "./schema/resourceGroup";
import type { CheckFailure, Finding } from "./report/finding";
import { normalizeCollection } from "./normalize";
import { PathSet } from "./report/pathSet";
import { Findings, type Report, type Rule } from "./report/report";
import { roleRules, userRules } from "./rules/access";
import { aliasRules } from "./rules/alias";
import { collectionRules } from "./rules/collection";
import { connection } from "./rules/connection";
import { databaseRules } from "./rules/database";
import { grantRules, privilegeGroupRules } from "./rules/grant";
import { lookupRules } from "./rules/lookup";
import { partitionRules } from "./rules/partition";
import { resourceGroupRules } from "./rules/resourceGroup";
import { reportShape } from "./shape";
import { scanArguments, type ArgumentScan } from "./argumentScan";

/**
 * Arguments after all checks. `spec` is set when there is no error and no unknown value. Unknown values pass the checks
 * everywhere; what depends on them is checked once they are known.
 */
export type Parsed<T> =
    | { spec: T; failures: []; warnings: Finding[]; hasUnknowns: false }
    | { spec?: undefined; failures: CheckFailure[]; warnings: Finding[]; hasUnknowns: boolean };

/** Parses the inputs of a `Collection` resource. Never throws; reports all errors at once. */
export function parseCollection(inputs: Record<string, unknown>): Parsed<Collection> {
    return parse<z.output<typeof CollectionInputs>, Collection, CollectionDraft>(
        { schema: CollectionInputs, rules: collectionRules, normalize: normalizeCollection },
        visible(inputs),
    );
}

/** Parses the inputs of an `Alias` resource. `name` defaults to the hidden input `__logicalName`. */
export function parseAlias(inputs: Record<string, unknown>): Parsed<Alias> {
    const args = visible(inputs);
    return parse<Alias, Alias, AliasDraft>(
        { schema: Alias, rules: aliasRules, normalize: (alias) => alias },
        { ...(inputs.__logicalName !== undefined && { name: inputs.__logicalName }), ...args },
    );
}

/** The parser of a resource whose arguments mean what they say. Never throws; reports all errors at once. */
const parserOf =
    <Spec, Draft>(schema: z.ZodType<Spec>, rules: Rule<Draft>[]) =>
    (inputs: Record<string, unknown>): Parsed<Spec> =>
        parse<Spec, Spec, Draft>({ schema, rules, normalize: (spec) => spec }, visible(inputs));

export const parseDatabase = parserOf(Database, databaseRules);
export const parseGrant = parserOf(Grant, grantRules);
export const parsePartition = parserOf(Partition, partitionRules);
export const parsePrivilegeGroup = parserOf(PrivilegeGroup, privilegeGroupRules);
export const parseResourceGroup = parserOf(ResourceGroup, resourceGroupRules);
export const parseRole = parserOf(Role, roleRules);
export const parseUser = parserOf(User, userRules);

/** Parses the settings of the stack's connection (`timeout` in seconds). */
export function parseConnection(settings: Record<string, unknown>): Parsed<Connection> {
    const rules: Rule<ConnectionDraft>[] = [(draft, report) => connection(draft, [], report)];
    return parse<Connection, Connection, ConnectionDraft>(
        { schema: Connection, rules, normalize: (one) => one },
        settings,
    );
}

/** Parses the arguments of a function that looks something of this kind up. */
export function parseLookup<Args>(
    schema: z.ZodType<Args>,
    looked: Looked,
    args: Record<string, unknown>,
): Parsed<Args> {
    return parse<Args, Args, LookupDraft>(
        { schema, rules: lookupRules(looked), normalize: (one) => one },
        visible(args),
    );
}

/** What is wrong with the shape of a value: no rule about what the parts mean is asked. Never throws. */
export function parseShape(schema: z.ZodType, value: unknown): CheckFailure[] {
    const shaped = schema.safeParse(value);
    if (shaped.success) return [];
    const findings = new Findings(new PathSet());
    reportShape(schema, value, shaped.error.issues, new PathSet(), findings);
    return findings.failures;
}

interface Kind<Inputs, Spec, Draft> {
    schema: z.ZodType<Inputs>;
    rules: Rule<Draft>[];
    normalize: (inputs: Inputs) => Spec;
}

function parse<Inputs, Spec, Draft>(
    kind: Kind<Inputs, Spec, Draft>,
    args: Record<string, unknown>,
): Parsed<Spec> {
    const { unknown, rejected } = scanArguments(args);
    const safe = new PathSet(rejected.map(({ path }) => path)).prune(args);
    const open = new PathSet([...unknown, ...rejected.map(({ path }) => path)]);
    const findings = new Findings(new PathSet());
    reportRejected(rejected, findings);

    const shaped = kind.schema.safeParse(safe);
    if (!shaped.success) reportShape(kind.schema, args, shaped.error.issues, open, findings);
    const judged = new Findings(open);
    // After pruning, every remaining value has the kind that the schema requires.
    const draft = open.prune(args) as Draft;
    for (const rule of kind.rules) rule(draft, judged);

    const failures = [...findings.failures, ...judged.failures];
    const { warnings } = judged;
    if (shaped.success && failures.length === 0 && unknown.length === 0)
        return { spec: kind.normalize(shaped.data), failures: [], warnings, hasUnknowns: false };
    return { failures, warnings, hasUnknowns: unknown.length > 0 };
}

const bars: Record<ArgumentScan["rejected"][number]["reason"], string> = {
    deep: "The value is nested more than 64 levels deep. Use a flatter value.",
    large: "The argument holds more than 200,000 values. Use a smaller value.",
    prototype: "No argument or key can be named __proto__. Choose another name.",
};

function reportRejected(rejected: ArgumentScan["rejected"], report: Report): void {
    for (const { path, reason } of rejected)
        report.mistake(reason === "prototype" ? "MV002" : "MV006", path, bars[reason]);
}

/** Inputs that begin with `__` belong to the SDK and to Pulumi and are not arguments. */
function visible(inputs: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(inputs).filter(([name, value]) => !name.startsWith("__") && value !== undefined),
    );
}
