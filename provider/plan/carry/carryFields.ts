import type { Collection, Field } from "../../inputs/schema/collection";
import type { ObservedCollection, ObservedField } from "../../observe/state";
import { memoryKeys, type MemorySetting, memorySettings } from "../../inputs/schema/memory";
import type { Origins } from "../diff/fieldOrigins";
import { languageField } from "../diff/languageField";
import { typeName } from "../diff/typeText";

interface CarriedFields {
    fields: Field[];
    kept: string[];
    left: string[];
}

type OtherParams = Pick<ObservedField, "otherParams">;

/** Parameters of how a field is kept in memory that no argument has: they fit every type. */
const ofAnyType = /^(mmap|warmup)([._]|$)/;

/** The fields of the target, with what the server knows of their sources and the program does not mention. */
export function carryFields(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection,
    origins: Origins,
): CarriedFields {
    const there = new Map(source.fields.map((field) => [field.name, field]));
    const before = new Map(deployed.fields.map((field) => [field.name, field]));
    const [kept, left]: [string[], string[]] = [[], []];
    const fields = target.fields.map((field): Field => {
        const origin = origins.get(field.name);
        const now = origin === undefined ? undefined : there.get(origin);
        if (!now) return field;
        const was = before.get(now.name);
        const isSameType = typeName(now) === typeName(field);
        const params = Object.entries(now.otherParams ?? {});
        const carried = params.filter(([key]) => isSameType || ofAnyType.test(key));
        kept.push(...carried.map(([key, value]) => `${key}=${value} of ${field.name}`));
        left.push(
            ...params
                .filter((param) => !carried.includes(param))
                .map(([key]) => `${key} of ${field.name} (its type changes)`),
        );
        return {
            ...field,
            ...carriedKeys(field, was, now, target, kept),
            ...(isSameType && carriedAnalyzer(field, was, now, { origins, kept, left })),
            ...carriedMemory(field, was, now, kept),
            ...(field.description === "" && !was?.description && { description: now.description }),
            ...(field.fields && { fields: field.fields.map((member) => carryMember(member, now)) }),
            ...(carried.length > 0 && ({ otherParams: Object.fromEntries(carried) } satisfies OtherParams)),
        };
    });
    return { fields, kept, left };
}

/** A key that the program never mentioned stays, unless it gives that role to another field. */
function carriedKeys(
    field: Field,
    was: Field | undefined,
    now: ObservedField,
    target: Collection,
    kept: string[],
): Partial<Field> {
    const roles = (["isPartitionKey", "isClusteringKey"] as const).filter(
        (role) => now[role] && !was?.[role] && !target.fields.some((other) => other[role]),
    );
    kept.push(...roles.map((role) => `${role} of ${field.name}`));
    return Object.fromEntries(roles.map((role) => [role, true]));
}

/** How the values are kept in memory, where the program says nothing of it. */
function carriedMemory(
    field: Field,
    was: Field | undefined,
    now: ObservedField,
    kept: string[],
): Pick<Field, MemorySetting> {
    const open = memorySettings.filter(
        (one) => field[one] === undefined && was?.[one] === undefined && now[one] !== undefined,
    );
    kept.push(...open.map((one) => `${memoryKeys[one]}=${String(now[one])} of ${field.name}`));
    return Object.fromEntries(open.map((one) => [one, now[one]]));
}

function carriedAnalyzer(
    field: Field,
    was: Field | undefined,
    now: ObservedField,
    { origins, kept, left }: { origins: Origins; kept: string[]; left: string[] },
): Partial<Field> {
    const isSet = (one: Pick<Field, "enableAnalyzer" | "enableMatch"> | undefined) =>
        one !== undefined && (one.enableAnalyzer || one.enableMatch);
    if (!isSet(now) || isSet(was) || isSet(field)) return {};
    const { enableAnalyzer, enableMatch, analyzerParams, multiAnalyzerParams } = now;
    const from = languageField(now);
    const language = [...origins].find(([, origin]) => origin === from)?.[0];
    if (from !== undefined && language === undefined) {
        left.push(`the analyzers by language of ${field.name} (${from} is dropped)`);
        return { enableAnalyzer, enableMatch };
    }
    kept.push(`the analyzer of ${field.name}`);
    return {
        enableAnalyzer,
        enableMatch,
        ...(analyzerParams !== undefined && { analyzerParams }),
        ...(multiAnalyzerParams !== undefined && {
            multiAnalyzerParams: { ...(multiAnalyzerParams as object), by_field: language! },
        }),
    };
}

type Member = NonNullable<Field["fields"]>[number];

function carryMember(member: Member, { fields = [] }: ObservedField): Member {
    const now: (Member & OtherParams) | undefined = fields.find(({ name }) => name === member.name);
    if (!now) return member;
    return {
        ...member,
        description: member.description || now.description,
        ...(now.otherParams && ({ otherParams: now.otherParams } satisfies OtherParams)),
    };
}
