import { memoryKeys } from "../../inputs/schema/memory";
import type { ChangeOf } from "../diff/change";
import { ignoredMemory } from "../mapping/memorySettings";
import type { PlanContext } from "./planContext";
import { alreadyDone, migrate, type Strategy, whileReleased } from "./strategy";

/**
 * How a field is kept in memory is read at the load, so it changes between release and load. Source: Milvus docs, "Use mmap" and
 * "Warm Up"; alterCollectionFieldTask.PreExecute in internal/proxy/task.go.
 */
export function alterMemory(change: ChangeOf<"alter-memory">, context: PlanContext): Strategy {
    const { server, source, target } = context;
    const { field: name, setting, to } = change;
    const isKnown = setting === "mmap" ? server.fieldMmap : server.warmup;
    if (!isKnown) {
        const path = `fields[${target.fields.findIndex((one) => one.name === name)}].${setting}`;
        const told = ignoredMemory({ fields: target.fields, indexes: [] }, server);
        return { via: "state-only", findings: told.filter((one) => one.path === path) };
    }
    if (source.fields.find((one) => one.name === name)?.[setting] === to) return alreadyDone(context);
    if (!(setting === "mmap" ? server.alterFieldMmap : server.warmup))
        return migrate("fields", `${server.server} cannot change ${setting} of a field in place`);
    const key = memoryKeys[setting];
    return whileReleased(
        to === undefined
            ? { kind: "alter-field", field: name, properties: {}, deletes: [key] }
            : { kind: "alter-field", field: name, properties: { [key]: String(to) } },
    );
}
