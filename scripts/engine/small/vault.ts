import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import type { ResourceState } from "../stack";
import { signature } from "../stack";
import type { Timeouts } from "./goal";
import { conceal, isObject, isSecret, mapProperties, type Properties, type Value } from "./values";

/** A resource in the engine's hands: secrets marked, not sealed. */
export type Resource = Omit<ResourceState, "inputs" | "outputs" | "id"> & {
    id: string;
    inputs: Properties;
    outputs: Properties;
    dependencies: string[];
    /** Which of the dependencies an input comes from. */
    propertyDependencies: Record<string, string[]>;
    additionalSecretOutputs: string[];
    initErrors: string[];
    /** Of the native provider: which one it is, and its `customTimeouts`. */
    provider?: string;
    timeouts?: Timeouts;
    /** Deleted already, for a replacement that has not been created yet. */
    pendingReplacement?: boolean;
};

/** Keeps the state between two operations, as text in which no secret stands in plain. */
export class Vault {
    private readonly key = randomBytes(32);
    private text = "[]";

    save(resources: Resource[]): void {
        const sealed = resources.map((resource) => ({
            ...resource,
            inputs: mapProperties(resource.inputs, (value) => this.seal(value)),
            outputs: mapProperties(resource.outputs, (value) => this.seal(value)),
        }));
        this.text = JSON.stringify(sealed);
    }

    load(): Resource[] {
        return this.sealed().map((resource) => ({
            ...resource,
            inputs: mapProperties(resource.inputs, (value) => this.unseal(value)),
            outputs: mapProperties(resource.outputs, (value) => this.unseal(value)),
        }));
    }

    /** Every URN begins with the stack's name; that of the stack itself ends with it, too. */
    renameStack(from: string, to: string): void {
        const renamed = (urn: string) => {
            const [, project, type, name] = urn.slice(`urn:pulumi:${from}`.length).split("::");
            const own = type === "pulumi:pulumi:Stack" ? `${project}-${to}` : name;
            return `urn:pulumi:${to}::${project}::${type}::${own}`;
        };
        const renamedRef = (ref: string) => `${renamed(ref)}::${ref.split("::").at(-1)!}`;
        const resources = this.sealed().map((resource) => ({
            ...resource,
            urn: renamed(resource.urn),
            parent: resource.parent && renamed(resource.parent),
            ...(resource.provider?.startsWith("urn:") && { provider: renamedRef(resource.provider) }),
            dependencies: resource.dependencies.map(renamed),
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.map(renamed)]),
            ),
        }));
        this.text = JSON.stringify(resources);
    }

    sealed(): Resource[] {
        return JSON.parse(this.text) as Resource[];
    }

    private seal(value: Value): Value | undefined {
        if (!isSecret(value)) return undefined;
        const iv = randomBytes(12);
        const cipher = createCipheriv("aes-256-gcm", this.key, iv);
        const body = Buffer.concat([cipher.update(JSON.stringify(value["value"]), "utf8"), cipher.final()]);
        const ciphertext = [iv, cipher.getAuthTag(), body].map((part) => part.toString("base64")).join(":");
        return { [signature.key]: signature.secret, ciphertext };
    }

    private unseal(value: Value): Value | undefined {
        if (!isObject(value) || typeof value["ciphertext"] !== "string" || !isSecret(value)) return undefined;
        const [iv, tag, body] = value["ciphertext"].split(":").map((part) => Buffer.from(part, "base64"));
        const decipher = createDecipheriv("aes-256-gcm", this.key, iv!).setAuthTag(tag!);
        const text = decipher.update(body!).toString("utf8") + decipher.final("utf8");
        return conceal(JSON.parse(text) as Value);
    }
}
