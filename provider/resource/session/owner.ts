/** Whose a collection is: `project/stack/name`, as its ownership marker and the hidden input `__owner` say. */
export interface Owner {
    /** The whole, as it stands on the server. */
    text: string;
    /** `project/stack`. */
    stack: string;
    /** The resource within its stack, which keeps its name when the project or the stack is renamed. */
    resource: string;
    /** The logical name. */
    logicalName: string;
}

export function parseOwner(text: string): Owner {
    const parts = text.split("/");
    return {
        text,
        stack: parts.slice(0, 2).join("/"),
        resource: parts.slice(2).join("/"),
        logicalName: parts.at(-1)!,
    };
}

/** Whether both belong to the same stack. */
export function isSameStack(one: string, other: string): boolean {
    return parseOwner(one).stack === parseOwner(other).stack;
}
