import { textOf } from "./pages";

/** A row of "Each privilege" in docs/security.md. */
interface Row {
    privilege: string;
    /** The type that a grant names before Milvus 2.5. */
    object: string;
    /** Where a grant applies since 2.5. */
    level: string;
    calls: string[];
    /** What happens without it. */
    without: string;
}

/** The cells of the tables of a section. */
function cellsOf(section: string): string[][] {
    const [, text = ""] = textOf("docs/security.md").split(`### ${section}\n`);
    return text
        .split(/^#/m)[0]!
        .split("\n")
        .filter((line) => /^\| [^-]/.test(line))
        .map((line) => line.split("|").map((cell) => cell.trim()))
        .map((cells) => cells.slice(1, -1))
        .slice(1);
}

const listOf = (cell: string) => cell.split(", ");

export const rows: readonly Row[] = cellsOf("Each privilege").map(
    ([privilege, object, level, calls, without]) => ({
        privilege: privilege!,
        object: object!,
        level: level!,
        calls: listOf(calls!),
        without: without!,
    }),
);

const cells = new Map(
    cellsOf("What each thing needs").map(
        ([what, privileges]) => [/[*`]+(\w+)[*`]+/.exec(what!)![1]!, privileges!] as const,
    ),
);

/** The privileges of an activity, and of those that it refers to. */
export function neededFor(activity: string): Set<string> {
    const cell = cells.get(activity);
    if (cell === undefined) throw new Error(`docs/security.md does not say what is needed for ${activity}`);
    const words = cell.match(/\w+/g) ?? [];
    const own = words.filter((word) => rows.some(({ privilege }) => privilege === word));
    const others = words.filter((word) => cells.has(word) && word !== activity);
    return new Set([...own, ...others.flatMap((other) => [...neededFor(other)])]);
}
