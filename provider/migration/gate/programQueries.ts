import type { Gate } from "../../inputs/schema/gate";
import type { GatedField } from "../../plan/mapping/gatedFields";
import { RunError } from "../errors";
import { type GateModule, loadGateModule } from "./gateModule";
import { type Query, queriesFrom } from "./query";
import { readQueryFile } from "./queryFile";

/** The queries of the program's module or file; undefined where rows are sampled. Errors: `MV431` to `MV433`. */
export async function programQueries(
    { queries, topK, searchParams, module: path }: Gate,
    module: GateModule | undefined,
    fields: readonly GatedField[],
): Promise<Query[] | undefined> {
    const defaults = { fields, topK, searchParams };
    rejectBoth(queries, path, module);
    if (module?.queries)
        return queriesFrom(await module.queries(), `migration.gate.module: queries of ${path}`, defaults);
    if (typeof queries !== "string") return undefined;
    return queriesFrom(await readQueryFile(queries), `migration.gate.queries: ${queries}`, defaults);
}

/**
 * Finds what is wrong with a file or a module before rows are copied. The module's functions are not called: what they
 * read may not be there yet. Errors: `MV431`, `MV432`.
 */
export async function checkProgramQueries(gate: Gate, fields: readonly GatedField[]): Promise<void> {
    const module = gate.module === undefined ? undefined : await loadGateModule(gate.module);
    rejectBoth(gate.queries, gate.module, module);
    await programQueries(gate, undefined, fields);
}

function rejectBoth(
    queries: Gate["queries"],
    path: string | undefined,
    module: GateModule | undefined,
): void {
    if (module?.queries && queries !== undefined)
        throw new RunError(
            "MV431",
            `migration.gate.queries: ${path} exports \`queries\`, too. Set one of both`,
        );
}
