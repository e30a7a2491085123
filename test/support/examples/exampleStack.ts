import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { Connection } from "../../../provider/inputs/schema/connection";
import { listCollections } from "../../../provider/milvus/collection/collections";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { checkout, installPackage, LanguageProject } from "../languages/project";
import type { Server } from "../servers";

export interface ExampleOptions {
    /** Where it is, from the root. */
    from?: string;
    /** For a server whose authorization is on. */
    token?: string;
    /** Puts the SDK of the example's language into it. By default that of programs of Node. */
    install?: (project: LanguageProject) => Promise<void>;
}

/** An example as a user has copied it: a folder of its own, with a stack of the real CLI on a server. */
export class ExampleStack {
    private constructor(
        readonly project: LanguageProject,
        readonly client: MilvusClient,
    ) {}

    static async open(name: string, server: Server, options: ExampleOptions = {}): Promise<ExampleStack> {
        const { from = `examples/${name}`, token, install = installPackage } = options;
        const dir = await mkdtemp(join(tmpdir(), `pulumi-example-${name}-`));
        // What somebody has run in the checkout is not part of the example.
        const isOwn = (path: string) => !/[/\\](node_modules|__pycache__)$/.test(path);
        await cp(join(checkout, from), dir, { recursive: true, filter: isOwn });
        const project = await LanguageProject.in(dir, name);
        await install(project);
        const { address } = server;
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        const stack = new ExampleStack(project, client);
        await stack.pulumi("stack", "init", "dev");
        await stack.config("milvus:address", address);
        if (token !== undefined) await stack.config("milvus:token", token, "--secret");
        return stack;
    }

    /** Runs `pulumi`, which has to succeed, and returns what it prints. */
    async pulumi(...args: string[]): Promise<string> {
        const { ok, text } = await this.project.pulumi(...args);
        expect(ok, text).to.equal(true);
        return text;
    }

    config = (key: string, value: string, ...more: string[]): Promise<string> =>
        this.pulumi("config", "set", key, value, ...more);

    up = (): Promise<string> => this.pulumi("up", "--yes", "--skip-preview");

    /** Runs `pulumi up`, which has to fail, and returns what it prints. */
    async upFails(): Promise<string> {
        const { ok, text } = await this.project.pulumi("up", "--yes", "--skip-preview");
        expect(ok, text).to.equal(false);
        return text;
    }

    /** A second `up` would change nothing. */
    expectNoChanges = (): Promise<string> => this.pulumi("preview", "--expect-no-changes");

    destroy = (): Promise<string> => this.pulumi("destroy", "--yes", "--skip-preview");

    /** The value of an output. */
    async output<Value>(name: string): Promise<Value> {
        return JSON.parse(await this.pulumi("stack", "output", name, "--json")) as Value;
    }

    /** Its collections on the server, by the beginnings of their names. */
    async collections(...prefixes: string[]): Promise<string[]> {
        const all = await listCollections(this.client, undefined);
        return all.filter((name) => prefixes.some((prefix) => name.startsWith(prefix))).sort();
    }

    async close(): Promise<void> {
        // After a failed test; of what is gone already, it has nothing to drop.
        await this.project.pulumi("destroy", "--yes", "--skip-preview");
        this.client.close();
        await this.project.dispose();
    }
}
