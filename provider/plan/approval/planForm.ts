import type { Collection } from "../../inputs/schema/collection";
import type { Gate } from "../../inputs/schema/gate";
import type { Change, ChangeKind } from "../diff/change";
import type { Finding, FindingCode } from "../finding/finding";
import type { ColumnMapping, PartitionMapping, RowMapping } from "../mapping/mapping";
import { followsWrites } from "../mapping/onlineWrites";
import type { Migration } from "../migration";
import type { CollectionPlan } from "../plan";
import { changeText } from "../render/changeText";
import { stepsOf } from "../render/stepText";
import { updateText } from "../render/updateText";
import type { Update } from "../strategy/update";

/**
 * What a plan does, in a form that two runs can compare: no numbers of rows, sizes, times or rates, no messages that hold
 * them, and no names that a run generates. Its hash is what a stack approves (`milvus:approvedPlan`).
 */
export interface PlanForm {
    /** Of this form. A later one has another hash for the same plan. */
    form: 1;
    /** The logical name of the resource. */
    collection: string;
    strategy: CollectionPlan["verdict"];
    changes: { kind: ChangeKind; text: string }[];
    steps: (string | (Update & { text: string }))[];
    /** Notes inform, and a measured finding is another one in the next run: neither is part of a plan. */
    findings: Pick<Finding, "severity" | "code" | "path" | "allow">[];
    /** Only of a migration. */
    migration?: MigrationForm;
}

interface MigrationForm {
    cutover: Migration["cutover"];
    /** Whether the retained collection is restored instead of making a copy. */
    rollback: boolean;
    /** Whether writes that clients make during the migration are carried over. */
    carriesWrites: boolean;
    /** The new collection: every setting that the server stores. */
    builds: Omit<Collection, "connection" | "adopt" | "deletionProtection" | "migration">;
    rows: RowsForm;
    /** Clients may create partitions at any time: those that are carried over are not part of a plan. */
    partitions: { kind: PartitionMapping["kind"]; dropped: string[] };
    /** The bar that the new collection has to reach before clients are switched. */
    gate?: Gate;
}

interface RowsForm extends Pick<RowMapping, "dropped" | "droppedDynamicKeys" | "dynamic" | "key"> {
    columns: { name: string; kind: ColumnMapping["source"]["kind"] }[];
    movedToDynamicField?: string[];
    /** `version` is the hash of the module's text. */
    transform?: { module: string; fields: string[]; version?: string };
    targetOnly?: { columns: string[]; dynamic: boolean };
}

/** Found by a measurement of sizes and times, or about a run that was interrupted. */
const measured: readonly FindingCode[] = ["MV135", "MV139", "MV152", "MV196"];

export interface FormOf {
    /** The logical name of the resource. */
    name: string;
    /** The hash of the module that rows pass through, where there is one. */
    moduleVersion?: string;
}

export function planForm(plan: CollectionPlan, { name, moduleVersion }: FormOf): PlanForm {
    // Without figures, the texts have none.
    const plain: CollectionPlan = {
        ...plan,
        rows: undefined,
        bytes: undefined,
        seconds: undefined,
        statistics: {},
    };
    const changes = plan.changes.filter(({ kind }: Change) => kind !== "state-only");
    return {
        form: 1,
        collection: name,
        strategy: plan.verdict,
        changes: changes.map((change) => ({ kind: change.kind, text: changeText(change, plain) })),
        steps: stepForms(plain),
        findings: plan.findings
            .filter(({ severity, code }) => severity !== "note" && !measured.includes(code))
            .map(({ severity, code, path, allow }) => ({ severity, code, path, allow })),
        ...(plan.migration && { migration: migrationForm(plan.target, plan.migration, moduleVersion) }),
    };
}

function stepForms(plan: CollectionPlan): PlanForm["steps"] {
    if (plan.verdict === "update")
        return plan.updates.map((update) => ({ text: updateText(update), ...update }));
    const { migration } = plan;
    if (migration?.rollbackTo === undefined) return stepsOf(plan);
    // The retained collection has a generated name.
    return stepsOf({ ...plan, migration: { ...migration, rollbackTo: "the retained collection" } });
}

function migrationForm(
    target: Collection,
    { wanted, mapping, partitions, cutover, rollbackTo }: Migration,
    version: string | undefined,
): MigrationForm {
    const { connection: _1, adopt: _2, deletionProtection: _3, migration: _4, ...builds } = wanted;
    return {
        cutover,
        rollback: rollbackTo !== undefined,
        carriesWrites: followsWrites(target, mapping),
        builds,
        rows: rowsForm(mapping, version),
        partitions: {
            kind: partitions.kind,
            dropped: partitions.kind === "by-name" ? partitions.dropped : [],
        },
        ...(target.migration.gate && { gate: target.migration.gate }),
    };
}

function rowsForm(mapping: RowMapping, version: string | undefined): RowsForm {
    const { columns, dropped, droppedDynamicKeys, dynamic, key } = mapping;
    const { movedToDynamicField: moved, transform, targetOnly } = mapping;
    return {
        columns: columns.map(columnForm),
        dropped,
        droppedDynamicKeys,
        dynamic,
        key,
        movedToDynamicField: moved?.map(({ name }) => name),
        transform: transform && { module: transform.module, fields: transform.fields, version },
        targetOnly: targetOnly && {
            columns: targetOnly.columns.map(({ to }) => to.name),
            dynamic: targetOnly.dynamic,
        },
    };
}

function columnForm({ to, source }: ColumnMapping): RowsForm["columns"][number] {
    const from = "from" in source && typeof source.from === "object" ? { from: source.from.name } : {};
    return { name: to.name, ...source, ...from };
}
