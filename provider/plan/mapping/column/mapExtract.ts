import type { Field } from "../../../inputs/schema/collection";
import { parseJsonPath } from "../../../inputs/values/jsonPath";
import type { ObservedCollection } from "../../../observe/state";
import { extractionOf } from "./conversion";
import { fill } from "./fill";
import { finding } from "../../finding/finding";
import type { MappedColumn } from "./mapColumn";
import { uncertain } from "./findings";
import { typeText } from "../../diff/typeText";

/** The values of a new field that existing rows hold in the dynamic field or in a JSON field. */
export function extractColumn(
    to: Field,
    text: string,
    source: ObservedCollection,
    path: string,
): MappedColumn {
    const place = parseJsonPath(text);
    const isThere =
        place?.field === "$meta"
            ? source.enableDynamicField
            : source.fields.some(({ name, dataType }) => name === place?.field && dataType === "JSON");
    if (place === undefined || !isThere) {
        const message = `The server has no JSON field and no dynamic field for ${text}.`;
        const fix = "Name an existing JSON field, or $meta for the dynamic field.";
        return rejected(finding("MV137", `${path}.from`, message, fix));
    }
    const conversion = extractionOf(to);
    if (conversion === undefined) {
        const message = `Values of ${text} cannot be converted from JSON to ${typeText(to)}.`;
        return rejected(finding("MV153", `${path}.from`, message, "Use a type that JSON can hold."));
    }
    const filled = fill(to);
    const missing =
        filled.kind === "filled" && filled.source.kind === "constant" ? { missing: filled.source.value } : {};
    return {
        source: { kind: "extract", from: place.field, path: place.path, ...missing },
        findings: conversion.kind === "exact" ? [] : [uncertain(text, conversion.needs, `${path}.from`)],
    };
}

function rejected(reason: MappedColumn["findings"][number]): MappedColumn {
    return { source: { kind: "omit" }, findings: [reason] };
}
