import { runInNewContext } from "node:vm";

import ts from "typescript";
import { parse } from "yaml";

/** A resource as the engine would get it: outputs are what they are on the server. */
export interface Evaluated {
    type: string;
    logicalName: string;
    inputs: Record<string, unknown>;
}

/** What stands for the secret of this name. */
export const secretOf = (key: string): string => `secret ${key}`;

/** Runs a program in TypeScript whose resources only remember their inputs. */
export function evaluateTypescript(program: string): Evaluated[] {
    const { outputText, diagnostics = [] } = ts.transpileModule(program, {
        reportDiagnostics: true,
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    if (diagnostics.length > 0) throw new Error(`not TypeScript: ${program}`);
    const evaluated: Evaluated[] = [];
    const milvus = new Proxy(
        {},
        {
            get: (_, type: string) =>
                function (logicalName: string, inputs: Record<string, unknown>) {
                    evaluated.push({ type, logicalName, inputs });
                    return outputsOf(type, logicalName, inputs);
                },
        },
    );
    class Config {
        requireSecret = secretOf;
    }
    const modules: Record<string, unknown> = { "pulumi-milvus": milvus, "@pulumi/pulumi": { Config } };
    runInNewContext(outputText, { require: (name: string) => modules[name], exports: {} });
    // Objects of another context have prototypes of their own.
    return structuredClone(evaluated).map((one) => ({
        ...one,
        inputs: plain(one.inputs) as object as Inputs,
    }));
}

type Inputs = Evaluated["inputs"];

/** Reads a program in YAML as Pulumi does: `${docs.name}` is a reference, `$$` a dollar, `fn::` begins a call. */
export function evaluateYaml(program: string): Evaluated[] {
    const { resources, config = {} } = parse(program) as {
        resources: Record<string, { type: string; properties: Inputs }>;
        config?: Record<string, unknown>;
    };
    const known = new Map<string, Record<string, unknown>>();
    const text = (value: string): unknown => {
        const whole = /^\$\{(\w+)(?:\.(\w+))?\}$/.exec(value);
        if (whole) {
            const [, name = "", output] = whole;
            if (output === undefined && name in config) return secretOf(name);
            if (known.has(name) && output !== undefined) return known.get(name)![output];
            throw new Error(`${value} refers to nothing`);
        }
        return value.replace(/\$\$|\$\{emptyText\}|\$\{[^}]*\}/g, (found) => {
            if (found === "$$") return "$";
            if (found === "${emptyText}") return "";
            throw new Error(`${found} refers to nothing`);
        });
    };
    const value = (given: unknown): unknown => {
        if (typeof given === "string") return text(given);
        if (Array.isArray(given)) return given.map(value);
        if (typeof given !== "object" || given === null) return given;
        return Object.fromEntries(
            Object.entries(given).map(([key, part]) => {
                if (/^fn::/i.test(key)) throw new Error(`${key} is a call`);
                return [text(key), value(part)];
            }),
        );
    };
    return Object.entries(resources).map(([logicalName, { type, properties }]) => {
        const inputs = value(properties) as Inputs;
        const own = type.replace("milvus:", "");
        known.set(logicalName, outputsOf(own, logicalName, inputs));
        return { type: own, logicalName, inputs };
    });
}

/** The outputs of the SDK, and no others. */
const outputsOf = (type: string, logicalName: string, inputs: Inputs): Inputs =>
    type === "Collection" ? { collectionName: inputs["name"] } : { name: inputs["name"] ?? logicalName };

/** The same value with the prototypes of this context. */
const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
};
