import { CheckFailure, DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { CheckFailure as Failure } from "../inputs/report/finding";
import { reasonsWithPages } from "../inputs/report/page";
import type { DiffKind } from "../plan/render/detailedDiff";
import type { Diffed } from "../resource/life";
import type { WireProps } from "./wireValues";

export function fromStruct(struct: Struct | undefined): WireProps {
    return struct?.toJavaScript() ?? {};
}

export function toStruct(wire: WireProps): Struct {
    return Struct.fromJavaScript(withoutUndefined(wire) as Record<string, JavaScriptValue>);
}

/** A Struct has no undefined. */
function withoutUndefined(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => withoutUndefined(one ?? null));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value).flatMap(([key, one]) =>
            one === undefined ? [] : [[key, withoutUndefined(one)]],
        ),
    );
}

export function failuresOf(failures: readonly Failure[]): CheckFailure[] {
    return reasonsWithPages(failures).map(({ property, reason }) => {
        const failure = new CheckFailure();
        failure.setProperty(property);
        failure.setReason(reason);
        return failure;
    });
}

const { Kind } = PropertyDiff;
const kinds: Record<DiffKind, [change: PropertyDiff.Kind, replace: PropertyDiff.Kind]> = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
};

export function diffResponse({ changes, replaces, stables, detailed }: Diffed): DiffResponse {
    const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
    const answer = new DiffResponse();
    answer.setChanges(changes ? DIFF_SOME : DIFF_NONE);
    answer.setReplacesList([...replaces]);
    answer.setStablesList([...stables]);
    answer.setDiffsList([...new Set(Object.keys(detailed).map(argumentOf))]);
    answer.setHasdetaileddiff(true);
    for (const [path, { kind, replace }] of Object.entries(detailed)) {
        const property = new PropertyDiff();
        property.setKind(kinds[kind][replace ? 1 : 0]);
        // The paths are those of the program, not of the outputs.
        property.setInputdiff(true);
        answer.getDetaileddiffMap().set(path, property);
    }
    return answer;
}

/** The argument that a path begins with. */
const argumentOf = (path: string): string => /^[^.[]*/.exec(path)![0];
