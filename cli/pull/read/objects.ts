import { RunError } from "../../../provider/migration/errors";
import { isMilvusError } from "../../../provider/milvus/transport/errors";
import type { Server } from "../../../provider/resource/context/context";
import { declaredAsIs, type ObjectKind, type ObjectSpec } from "../../../provider/resource/object";
import { titleOf } from "../inventory";
import type { ResourceType } from "../program/program";
import type { Collected } from "./collected";

/** Adds the objects of a kind that have these names. */
export async function readObjects<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    type: ResourceType,
    at: Server,
    names: readonly string[],
    collected: Collected,
): Promise<void> {
    for (const name of [...names].sort()) {
        const found = { type, name, inputs: {}, notes: [] };
        try {
            const inputs = await allowed(titleOf(found), collected, () => declaredAsIs(kind, at, name));
            if (inputs) collected.add({ ...found, inputs });
        } catch (error) {
            // A name that this release takes for none.
            if (!(error instanceof RunError)) throw error;
            collected.refuse(found, error.message);
        }
    }
}

/** The answer; undefined, and a finding, where this user may not ask. A server that has none of the kind answers undefined. */
export async function allowed<T>(
    what: string,
    collected: Collected,
    ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
    try {
        return await ask();
    } catch (error) {
        if (isMilvusError(error, "unsupported")) return undefined;
        if (!isMilvusError(error, "forbidden")) throw error;
        collected.leaveOut(
            "MV545",
            `${what}: left out, this user may not read them (${error.message}). Connect as a user who may, or declare them by hand`,
        );
        return undefined;
    }
}
