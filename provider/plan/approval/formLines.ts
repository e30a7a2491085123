import { plain } from "./approvalHash";
import type { PlanForm } from "./planForm";

/** A plan as lines that stand for themselves: `migration.builds.fields.text.maxLength: 64`. */
export const formLines = (form: PlanForm): string[] => {
    const { form: _form, collection: _collection, strategy, changes, steps, findings, migration } = form;
    return [
        `strategy: ${strategy}`,
        ...changes.map(({ text }) => `change: ${text}`),
        ...steps.flatMap((step) =>
            typeof step === "string" ? [`step: ${step}`] : [`step: ${step.text}`, ...stepLines(step)],
        ),
        ...findings.map(
            ({ severity, code, path, allow }) =>
                `${severity}: ${code} at ${path}${allow === undefined ? "" : ` (${allow})`}`,
        ),
        ...(migration ? flat("migration", plain(migration)) : []),
    ];
};

function stepLines({ text, kind: _kind, ...step }: { text: string; kind: string }): string[] {
    return Object.entries(plain(step) as object).flatMap(([key, value]) =>
        flat(`step: ${text}: ${key}`, value),
    );
}

function flat(path: string, value: unknown): string[] {
    if (Array.isArray(value))
        return value.flatMap((one: unknown) => {
            const name = (one as { name?: unknown } | null)?.name;
            return typeof name === "string" ? flat(`${path}.${name}`, one) : flat(path, one);
        });
    if (typeof value === "object" && value !== null)
        return Object.entries(value)
            .filter(([key, one]) => key !== "name" || typeof one !== "string" || !path.endsWith(`.${one}`))
            .flatMap(([key, one]) => flat(`${path}.${key}`, one));
    return [`${path}: ${typeof value === "string" ? value : JSON.stringify(value)}`];
}

/**
 * The lines that only one of both has, in order: `- ` of the approved plan, `+ ` of the one now. A line that both have at
 * another place is one that moved, and stands on both sides.
 */
export function lineDifferences(approved: readonly string[], now: readonly string[]): string[] {
    // The length of the longest common run of lines from each place to the end.
    const common = [...approved, ""].map(() => new Array<number>(now.length + 1).fill(0));
    for (let i = approved.length - 1; i >= 0; i--)
        for (let j = now.length - 1; j >= 0; j--)
            common[i]![j] =
                approved[i] === now[j]
                    ? common[i + 1]![j + 1]! + 1
                    : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    const lines: string[] = [];
    let [i, j] = [0, 0];
    while (i < approved.length || j < now.length)
        if (i < approved.length && j < now.length && approved[i] === now[j]) {
            i++;
            j++;
        } else if (j >= now.length || (i < approved.length && common[i + 1]![j]! >= common[i]![j + 1]!))
            lines.push(`- ${approved[i++]}`);
        else lines.push(`+ ${now[j++]}`);
    return lines;
}
