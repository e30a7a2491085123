import { countRows } from "../../milvus/rows/rows";
import { type Gate, SAMPLED_QUERIES } from "../../inputs/schema/gate";
import { type GatedField, gatedFields } from "../../plan/mapping/gatedFields";
import { RunError } from "../errors";
import type { Migration } from "../migration";
import { during } from "../report";
import type { Endpoint } from "../read/endpoint";
import { belowBar, type FieldFigures, figureLines } from "./figures";
import { loadGateModule, type GateModule } from "./gateModule";
import { measureField } from "./measureField";
import { programQueries } from "./programQueries";
import type { Query } from "./query";
import { sampleQueries } from "./sampleQueries";
import { type GateEnds, gateEnds } from "./gateEnds";

/** Both collections and how a gate asks them. */
export interface Asked {
    migration: Pick<Migration, "source" | "target" | "mapping" | "report">;
    old: Endpoint;
    /** The new collection, which serves nobody yet and which nothing writes to meanwhile. */
    shadow: Endpoint;
    /** Fails if another run has taken over the copy. */
    confirm: () => Promise<void>;
}

/**
 * Asks both collections the queries of `migration.gate`, and ends the run where the new one is below the bar. Clients are
 * not affected: the old collection answers further searches meanwhile, and that is all. Errors: `MV430` below the bar,
 * `MV431` to `MV434` where the gate cannot be asked. All keep the copy, and the next run asks again.
 */
export async function passGate(asked: Asked): Promise<void> {
    const { target, report } = asked.migration;
    const { gate } = target.spec.migration;
    if (gate) await during(report, "gate", () => askBoth(asked, gate));
}

async function askBoth(asked: Asked, gate: Gate): Promise<void> {
    const { migration, old, shadow, confirm } = asked;
    const { target, mapping, source, report } = migration;
    const { name } = shadow.ref;
    if ((await countRows(shadow.client, shadow.ref)) === 0) {
        report.say(`gate: ${name} has no rows, so there is nothing to ask`);
        return;
    }
    const fields = gatedFields(target.spec, mapping, source.observed);
    const ends = await gateEnds(asked);
    const module = gate.module === undefined ? undefined : await loadGateModule(gate.module);
    const queries = await queriesOf(gate, module, fields, ends, confirm);
    const figures: FieldFigures[] = [];
    for (const field of fields) {
        const own = queries.filter((query) => query.field === field.field);
        if (own.length === 0) continue;
        const measured = await measureField({
            field,
            queries: own,
            gate,
            judge: module?.judge,
            ends,
            report,
            confirm,
        });
        figures.push(measured);
        figureLines(measured).forEach((line) => report.say(line));
    }
    if (figures.length === 0) report.say(`gate: no row of ${name} has a vector, so there is nothing to ask`);
    const reasons = belowBar(figures, gate);
    report.gate?.({ old: old.ref.name, new: name, passed: reasons.length === 0, fields: figures });
    if (reasons.length > 0) throw refusal(old.ref.name, name, reasons);
    if (figures.length > 0) report.say(`gate: passed, ${name} may take over`);
}

async function queriesOf(
    gate: Gate,
    module: GateModule | undefined,
    fields: readonly GatedField[],
    { now, old }: GateEnds,
    confirm: () => Promise<void>,
): Promise<Query[]> {
    const { topK, searchParams, queries: count = SAMPLED_QUERIES } = gate;
    const given = await programQueries(gate, module, fields);
    if (given || typeof count === "string") return given ?? [];
    const sampled = fields.filter(
        ({ field, canBeSampled }) => canBeSampled && (gate.fields?.includes(field) ?? true),
    );
    const source = old?.hasSameKeys ? old.reader : undefined;
    return sampleQueries({ target: now.reader, source, fields: sampled, count, topK, searchParams, confirm });
}

function refusal(old: string, name: string, reasons: readonly string[]): RunError {
    return new RunError(
        "MV430",
        `${name}: migration.gate: ${reasons.join("; ")}. Clients keep using ${old}. ` +
            "Search more thoroughly (migration.gate.searchParams), lower the bar, or remove migration.gate: the next `pulumi up` asks again without copying. " +
            "Another index copies the rows again",
    );
}
