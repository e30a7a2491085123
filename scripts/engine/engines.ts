import { findCli } from "./cli";
import { testEngine } from "./small";
import type { Engine, EngineName } from "./stack";

export interface EngineChoice {
    name: EngineName;
    /** Undefined when it is missing. */
    engine: Engine | undefined;
    missing: string | undefined;
}

let found: Promise<EngineChoice[]> | undefined;

/** The engines of this machine: the real one, if there is a `pulumi` that works, and ours. Looked for once a run. */
export function engines(): Promise<EngineChoice[]> {
    return (found ??= look());
}

/** Those that the run has looked for: none, when no test asked. */
export function usedEngines(): Promise<EngineChoice[]> {
    return found ?? Promise.resolve([]);
}

async function look(): Promise<EngineChoice[]> {
    const cli = await findCli();
    return [
        "engine" in cli
            ? { name: "pulumi", engine: cli.engine, missing: undefined }
            : { name: "pulumi", engine: undefined, missing: cli.missing },
        { name: "test engine", engine: testEngine, missing: undefined },
    ];
}
