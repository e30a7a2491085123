import type { Collection } from "../../inputs/schema/collection";
import { argumentOf, told, type ToldArgument } from "./argumentsOf";
import { literal } from "./literal";

/** Arguments of a collection as TypeScript, to paste into a program: one line for each, and for each part of a list. */
export function declarationLines(of: Collection, args: ReadonlySet<ToldArgument>): string[] {
    return told
        .filter((name) => args.has(name))
        .flatMap((name) => {
            const value = argumentOf(of, name);
            if (!Array.isArray(value) || value.length === 0) return [`${name}: ${literal(value)},`];
            return [`${name}: [`, ...value.map((part) => `    ${literal(part)},`), "],"];
        });
}
