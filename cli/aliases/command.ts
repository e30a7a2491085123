import { Command } from "commander";

import { type CommandText, ToolCommand } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { type Connected, withServer } from "../connection/withServer";
import type { Io } from "../io";
import { askBefore } from "../output/ask";
import type { Output } from "../output/output";
import { table } from "../output/table";
import { outputOf } from "../outputOf";
import { createAlias, dropAlias, requireAlias, switchAlias } from "./change";
import { aliasSeen, readAliases } from "./read";
import { texts } from "./texts";

type Options = ConnectionOptions & { yes?: boolean };

interface Work {
    io: Io;
    output: Output;
    connected: Connected;
    options: Options;
}

export function aliasesCommand(io: Io): Command {
    const aliases = new Command("aliases")
        .summary("list, describe, create, switch and drop aliases")
        .description(
            "Works on the aliases of a database. An alias that a program protects is not dropped, nor moved to an empty collection.",
        );
    const add = (
        text: CommandText & { usage: string },
        work: (work: Work, ...names: string[]) => Promise<void>,
    ) => aliases.addCommand(aliasCommand(io, text, work));
    add(texts.list, list);
    add(texts.describe, describe);
    add(texts.create, create);
    add(texts.switch, move);
    aliases.addCommand(
        aliasCommand(io, texts.drop, drop).option("-y, --yes", "do not ask before it is dropped"),
    );
    return aliases;
}

/** @param work gets the arguments of the command line in their order */
function aliasCommand(
    io: Io,
    text: CommandText & { usage: string },
    work: (work: Work, ...names: string[]) => Promise<void>,
): ToolCommand {
    const [name = "", ...names] = text.usage.split(" ");
    const command = new ToolCommand(name, text).withConnection();
    for (const one of names) command.argument(one, argumentTexts[one]);
    return command.action(async (...args: unknown[]) => {
        const self = args.at(-1) as Command;
        const output = outputOf(io, self);
        const options = self.opts<Options>();
        await withServer({ io, output }, options, (connected) =>
            work({ io, output, connected, options }, ...self.args),
        );
    });
}

const argumentTexts: Readonly<Record<string, string>> = {
    "<alias>": "the name of the alias",
    "<collection>": "the own name of a collection",
};

async function list({ output, connected: { client } }: Work): Promise<void> {
    const aliases = await readAliases(client);
    const rows = aliases.map(({ alias, collection, owner, isProtected }) => [
        alias,
        collection,
        isProtected ? "yes" : "no",
        owner ?? "-",
    ]);
    output.result({ database: client.database, aliases }, () =>
        rows.length === 0
            ? [`database ${client.database} has no alias`]
            : table(output.style, ["alias", "collection", "protected", "owner"], rows),
    );
}

async function describe({ output, connected }: Work, alias: string): Promise<void> {
    const { client } = connected;
    const seen = await aliasSeen(client, alias, await requireAlias(connected, alias));
    output.result({ database: client.database, ...seen }, () => [
        `${alias} → ${seen.collection}, in the database ${client.database}`,
        seen.owner === null ? "no program has made the collection" : `the collection is of ${seen.owner}`,
        ...(seen.isProtected ? ["its program protects it (deletionProtection)"] : []),
    ]);
}

async function create({ output, connected }: Work, alias: string, collection: string): Promise<void> {
    await createAlias(connected, alias, collection);
    output.result({ database: connected.client.database, alias, collection }, () => [
        `${alias} → ${collection}`,
    ]);
}

async function move({ output, connected }: Work, alias: string, collection: string): Promise<void> {
    const from = await switchAlias(connected, alias, collection);
    output.result({ database: connected.client.database, alias, collection, from }, () =>
        from === collection ? [`${alias} points at ${collection} already`] : [],
    );
}

async function drop({ io, output, connected, options }: Work, alias: string): Promise<void> {
    const collection = await requireAlias(connected, alias);
    await askBefore(io, output, `drop the alias ${alias} of ${collection}`, options);
    await dropAlias(connected, alias, collection);
    output.result({ database: connected.client.database, alias, collection }, () => [
        `dropped the alias ${alias} of ${collection}`,
    ]);
}
