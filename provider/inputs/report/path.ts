/** Path of a value in the arguments: `["fields", 2, "maxLength"]`. */
export type Path = readonly (string | number)[];

/** The path as Pulumi writes it: `fields[2].maxLength`, `properties["collection.ttl.seconds"]`. */
export function propertyPath(path: Path): string {
    return path.reduce<string>((text, part) => {
        if (typeof part === "number") return `${text}[${part}]`;
        if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
        return text === "" ? part : `${text}.${part}`;
    }, "");
}

export function valueAt(root: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (value, part) => (value as Record<string | number, unknown> | null)?.[part],
        root,
    );
}
