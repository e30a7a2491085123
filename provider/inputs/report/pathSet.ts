import type { Path } from "./path";

type Node = Map<string | number, Node | "end">;

/** A set of paths in a tree of arguments. A lookup costs the depth of the path, whatever the size of the set. */
export class PathSet {
    private root: Node | "end" = new Map<string | number, Node | "end">();

    constructor(paths: Iterable<Path> = []) {
        for (const path of paths) this.add(path);
    }

    add(path: Path): void {
        if (path.length === 0) this.root = "end";
        let node = this.root;
        for (const [depth, part] of path.entries()) {
            if (node === "end") return;
            if (depth === path.length - 1) {
                node.set(part, "end");
                return;
            }
            let next = node.get(part);
            if (next === undefined) node.set(part, (next = new Map<string | number, Node | "end">()));
            node = next;
        }
    }

    /** Whether the set has the path or one of its ancestors. */
    covers(path: Path): boolean {
        return this.find(path) === "end";
    }

    /** Whether the set has the path, one of its ancestors or one of its descendants. */
    touches(path: Path): boolean {
        return this.find(path) !== undefined;
    }

    /** The tree without the paths of the set: properties are removed, list elements become undefined. */
    prune(value: unknown): unknown {
        return pruned(value, this.root);
    }

    private find(path: Path): Node | "end" | undefined {
        let node: Node | "end" | undefined = this.root;
        for (const part of path) {
            if (node === undefined || node === "end") break;
            node = node.get(part);
        }
        return node;
    }
}

function pruned(value: unknown, node: Node | "end" | undefined): unknown {
    if (node === "end") return undefined;
    if (node === undefined || typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((element: unknown, index) => pruned(element, node.get(index)));
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => node.get(key) !== "end")
            .map(([key, entry]) => [key, pruned(entry, node.get(key))]),
    );
}
