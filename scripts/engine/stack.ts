import type { Program } from "./program";

/** What became of a resource, in Pulumi's words; a refresh tells `update` for one that changed and `delete` for one gone. */
export type Op = "create" | "update" | "replace" | "delete" | "same";

export interface Result {
    ok: boolean;
    /** How many resources met each fate; the stack itself and providers are not counted. */
    ops: Record<Op, number>;
    /** Lines for people, oldest first: `info: ...`, `warning: ...`, `error: ...`; a resource's own begins with its name. */
    messages: string[];
    /** All messages as one text. */
    output: string;
    /** Why it failed: the errors among the messages. Undefined when it went well. */
    failure: string | undefined;
    /** Where a native provider finds changes, on the small engine: `docs: update_replace fields[2].name`. */
    places: string[];
}

/** What an operation tells, at once: a status is replaced by the next one, and is in no result. */
export interface Message {
    severity: "info" | "warning" | "error";
    /** The name of the resource that it is about; empty for the stack. */
    name: string;
    text: string;
    isStatus: boolean;
}

/** A resource as Pulumi's checkpoint writes it. Secrets are sealed: `{ [signature]: ..., ciphertext }`. */
export interface ResourceState {
    urn: string;
    type: string;
    custom: boolean;
    id?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    parent?: string;
    dependencies?: string[];
    protect?: boolean;
    retainOnDelete?: boolean;
    /** Replaced, and to be deleted yet. */
    delete?: boolean;
    initErrors?: string[];
}

export interface State {
    resources: ResourceState[];
}

/** One stack of one program, on whichever engine. */
export interface Stack {
    /** `milvus:address` and the like; a key without a namespace is the project's. */
    setConfig(key: string, value: string, secret?: boolean): Promise<void>;
    preview(): Promise<Result>;
    /** `replace`: URNs that are replaced whatever a diff would say, which nobody asks for then (`--replace`). */
    up(options?: { replace?: string[] }): Promise<Result>;
    refresh(): Promise<Result>;
    destroy(): Promise<Result>;
    /** Ctrl-C in the operation at work; resolves when the providers have heard of it. */
    cancel(): Promise<void>;
    /** `pulumi stack rename`: the URNs in the state get the new name, inputs and outputs stay as they are. */
    rename(name: string): Promise<void>;
    /** The state as it is kept between operations. */
    exportState(): Promise<State>;
    /** What the program exports, secrets in the clear. */
    outputs(): Promise<Record<string, unknown>>;
    /** Ends what runs and removes what was written; the program's folder stays. */
    close(): Promise<void>;
}

export type Processes = "one" | "one a type" | "one a call";

export interface StackOptions {
    program: Program;
    /** `dev` by default. */
    name?: string;
    /** More environment for the program and the provider; its `PATH`, if any, says which Node runs them. */
    env?: Record<string, string>;
    /** Hears each message while the operation runs. */
    onMessage?: (message: Message) => void;
    /** A folder in which each provider leaves its process id, so that a test can end it. */
    announce?: string;
    /**
     * Which calls of an operation share a provider process on the small engine: all of them by default; those of one
     * resource, as with explicit providers; or none, as where a process ends between any two calls.
     */
    processes?: Processes;
    /** Lets the small engine use processes again where the program is a CommonJS `index.js`. By default it starts new ones. */
    warm?: boolean;
}

export type EngineName = "pulumi" | "test engine";

/** Something that runs Pulumi programs: the real CLI, or the small engine of this folder. */
export interface Engine {
    name: EngineName;
    /** `3.260.0` of the CLI; of the test engine, the version of the SDK that it speaks to. */
    version: string;
    createStack(options: StackOptions): Promise<Stack>;
}

export const signature = {
    key: "4dabf18193072939515e22adb298388d",
    secret: "1b47061264138c4ac30d75fd1eb44270",
};
