import { type Parsed, parseAlias, parseCollection } from "../../../provider/inputs/parse";
import { keys, names, renames, types } from "./fields";
import { migrations } from "./migration";
import { aliases, functions, indexes, surroundings } from "./parts";
import { shape } from "./shape";
import { values } from "./values";
import { warnings } from "./warnings";
import type { Args } from "../program";

/** What the checks say of the programs that the tests hold to be wrong: the shortest message of each code. */
export function argumentExamples(): ReadonlyMap<string, string> {
    const lists = [names, keys, types, renames, values, indexes, functions, surroundings, migrations, shape];
    const messages = [
        ...lists.flat().flatMap(({ args }) => told(args, parseCollection)),
        ...aliases.flatMap(({ args }) => told(args, parseAlias)),
        ...warnings.flatMap(([args]) => told(args, parseCollection)),
    ];
    const examples = new Map<string, string>();
    for (const { name, text } of messages)
        if (!examples.has(name) || text.length < examples.get(name)!.length) examples.set(name, text);
    return examples;
}

function told(args: Args, parse: (args: Args) => Parsed<unknown>): { name: string; text: string }[] {
    const { failures, warnings: words } = parse(args);
    return [
        ...failures.map(({ property, reason }) => {
            const [, text = reason, name = ""] = /^(.*) \[(MV\d+)\]$/s.exec(reason) ?? [];
            return { name, text: `${property}: ${text}` };
        }),
        ...words.map(({ code, path, message }) => ({ name: code, text: `${path}: ${message}` })),
    ];
}
