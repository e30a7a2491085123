import type { Report } from "../result";
import { isProvider, type Providers } from "./providers";
import type { Resource } from "./vault";

export interface Removal {
    dryRun: boolean;
    report: Report;
    providers: Providers;
    /** Called for each that is gone. */
    forget(resource: Resource): void;
    fail(error: Error, urn: string): void;
}

/**
 * Deletes resources, what depends on others first; those that do not depend on one another side by side. A protected
 * one is refused and the others go on; any other failure ends it after the resources that are under way.
 */
export async function remove(resources: Resource[], removal: Removal): Promise<void> {
    for (const stage of stages(resources)) {
        let ended = false;
        const one = async (resource: Resource) => {
            const { urn, id, custom, type } = resource;
            if (resource.protect && !resource.delete) {
                removal.fail(new Error(`resource "${urn}" cannot be deleted\nbecause it is protected`), urn);
                return;
            }
            try {
                const call =
                    custom &&
                    !isProvider(type) &&
                    !removal.dryRun &&
                    !resource.retainOnDelete &&
                    !resource.pendingReplacement;
                if (call) {
                    const provider = await removal.providers.of(resource);
                    await provider.delete(urn, id, resource, { timeout: resource.timeouts?.delete });
                }
            } catch (error) {
                ended = true;
                removal.fail(error as Error, urn);
                return;
            }
            removal.forget(resource);
            // The deletion of a replaced resource is a part of the replacement.
            if (custom && !isProvider(type) && !resource.delete) removal.report.count("delete");
        };
        await Promise.all(stage.map(one));
        if (ended) return;
    }
}

/** Leaves of the graph of dependencies first. A pending deletion shares its URN with what replaced it. */
function stages(resources: Resource[]): Resource[][] {
    const rest = new Set(resources);
    const order: Resource[][] = [];
    while (rest.size > 0) {
        const needed = new Set(
            [...rest].flatMap(({ dependencies, parent, provider }) => [
                ...dependencies,
                parent,
                provider?.split("::").slice(0, 4).join("::"),
            ]),
        );
        const stage = [...rest].filter(({ urn }) => !needed.has(urn));
        // A resource and its predecessor, both condemned, can seem to need each other.
        if (stage.length === 0) stage.push([...rest].at(-1)!);
        for (const resource of stage) rest.delete(resource);
        order.push(stage);
    }
    return order;
}
