import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";

const { AutonamingOptions } = CheckRequest;

/** What the stack's `pulumi:autonaming` says of the name of a resource; undefined where it says nothing. */
export type Autonaming = (urn: string, seed: Buffer) => Autonamed | undefined;

interface Autonamed {
    options: CheckRequest.AutonamingOptions;
    /** True where two collections would have the same name: the engine overrules the program then. */
    deletesFirst: true | undefined;
}

interface Config {
    mode?: "default" | "verbatim" | "disabled";
    pattern?: string;
    enforce?: boolean;
}

/**
 * `{"mode": "verbatim"}`, `{"mode": "disabled"}` or `{"pattern": "${name}-${hex(4)}", "enforce": true}`. Source:
 * pulumi/pulumi, pkg/resource/autonaming, and step_generator.go.
 */
export function autonamingOf(config: string | undefined): Autonaming {
    const { mode = "default", pattern, enforce = false } = JSON.parse(config ?? "{}") as Config;
    const { PROPOSE, ENFORCE, DISABLE } = AutonamingOptions.Mode;
    return (urn, seed) => {
        const name = urn.split("::").slice(3).join("::");
        const options = new AutonamingOptions();
        if (pattern !== undefined) {
            const proposed = pattern
                .replaceAll("${name}", name)
                .replace(/\$\{hex\((\d+)\)\}/g, (_, digits: string) =>
                    seed.toString("hex").slice(0, Number(digits)),
                );
            options.setProposedName(proposed).setMode(enforce ? ENFORCE : PROPOSE);
            return { options, deletesFirst: pattern.includes("${hex(") ? undefined : true };
        }
        if (mode === "verbatim")
            return { options: options.setProposedName(name).setMode(ENFORCE), deletesFirst: true };
        if (mode === "disabled") return { options: options.setMode(DISABLE), deletesFirst: true };
        return undefined;
    };
}
