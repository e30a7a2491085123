import type { ObservedCollection } from "../../../provider/observe/state";

/** What no argument declares and a new collection does not get, a sentence each. */
export function unmodelledNotes({ unmodelled }: ObservedCollection): string[] {
    if (!unmodelled) return [];
    const { isExternal, hasNamespaces, unknown, rowPolicies = [], snapshots = [] } = unmodelled;
    const lacks = "no argument declares. A migration to a new collection does not keep";
    return [
        ...(isExternal ? [`Its rows are files outside of Milvus, which ${lacks} that.`] : []),
        ...(hasNamespaces ? [`It has namespaces, which ${lacks} them.`] : []),
        ...(unknown.length > 0
            ? [
                  `It has settings that this release does not know (${unknown.join(", ")}), which ${lacks} them.`,
              ]
            : []),
        ...(rowPolicies.length > 0
            ? [`It has row policies (${rowPolicies.join(", ")}), which ${lacks} them.`]
            : []),
        ...(snapshots.length > 0 ? [`It has snapshots (${snapshots.join(", ")}), which ${lacks} them.`] : []),
    ];
}

/** What no argument declares and every change keeps, as long as the program does not mention it. */
export function keptNotes({ fields, loadState }: ObservedCollection): string[] {
    const others = fields.flatMap(({ name, otherParams = {} }) =>
        Object.entries(otherParams).map(([key, value]) => `${key}=${value} of ${name}`),
    );
    return [
        ...(others.length > 0 ? [`Kept as on the server, without an argument: ${others.join(", ")}.`] : []),
        ...(loadState === "partly-loaded" ? ["Only some of its partitions are loaded."] : []),
    ];
}
