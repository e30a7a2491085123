import { type Parsed, parseAlias, parseCollection } from "../../../provider/inputs/parse";
import { keys, names, renames, types } from "./fields";
import { memory } from "./memory";
import { migrations } from "./migration";
import { objects } from "./objects";
import { aliases, functions, indexes, surroundings } from "./parts";
import { shape } from "./shape";
import { values } from "./values";
import { warnings } from "./warnings";
import type { Args } from "../program";

/** The shortest message of each code, from the malformed programs and those with warnings. */
export function argumentExamples(): ReadonlyMap<string, string> {
    const lists = [
        names,
        keys,
        types,
        renames,
        values,
        indexes,
        functions,
        surroundings,
        migrations,
        memory,
        shape,
    ];
    const messages = [
        ...lists.flat().flatMap(({ args }) => messagesOf(args, parseCollection)),
        ...aliases.flatMap(({ args }) => messagesOf(args, parseAlias)),
        ...objects.flatMap(({ parse, cases }) => cases.flatMap(({ args }) => messagesOf(args, parse))),
        ...warnings.flatMap(([args]) => messagesOf(args, parseCollection)),
    ];
    const examples = new Map<string, string>();
    for (const { name, text } of messages)
        if (!examples.has(name) || text.length < examples.get(name)!.length) examples.set(name, text);
    return examples;
}

function messagesOf(args: Args, parse: (args: Args) => Parsed<unknown>): { name: string; text: string }[] {
    const parsed = parse(args);
    return [
        ...parsed.failures.map(({ property, reason }) => {
            const [, text = reason, name = ""] = /^(.*) \[(MV\d+)\]$/s.exec(reason) ?? [];
            return { name, text: `${property}: ${text}` };
        }),
        ...parsed.warnings.map(({ code, path, message }) => ({ name: code, text: `${path}: ${message}` })),
    ];
}
