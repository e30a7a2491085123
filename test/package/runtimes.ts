/** A user's environment: a Node, Pulumi's SDK and a TypeScript, each of a fixed version. */
export interface Runtime {
    /** Undefined: the current Node. */
    node: string | undefined;
    sdk: string;
    typescript: string;
}

/** The oldest SDK that `peerDependencies` allows. */
export const oldest: Runtime = { node: undefined, sdk: "3.230.0", typescript: "5.9.3" };

/** 3.248 is the last SDK that runs on Node 20; the newest requires 22. */
export const runtimes: Runtime[] = [
    { node: undefined, sdk: "3.248.0", typescript: "5.9.3" },
    { node: "22.23.3", sdk: "3.270.0", typescript: "6.0.3" },
    { node: "24.21.0", sdk: "3.270.0", typescript: "6.0.3" },
];

export function titleOf({ node, sdk }: Runtime): string {
    return `Node ${node ?? process.versions.node} and @pulumi/pulumi ${sdk}`;
}
