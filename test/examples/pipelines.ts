import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { root } from "../docs/pages";

/** A script of a pipeline, with the name of its job and its step. */
export interface Script {
    job: string;
    step: string;
    text: string;
}

interface Workflow {
    jobs: Record<string, { steps: { name?: string; run?: string; uses?: string }[] }>;
}

const read = (file: string): unknown => parse(readFileSync(join(root, "examples/ci", file), "utf8"));

/** The scripts of the workflow of GitHub Actions. */
export function githubScripts(): Script[] {
    const { jobs } = read("github.yml") as Workflow;
    return Object.entries(jobs).flatMap(([job, { steps }]) =>
        steps
            .filter(({ run }) => run !== undefined)
            .map(({ name, run }) => ({ job, step: name ?? "", text: run! })),
    );
}

/** The actions that it uses. */
export const githubActions = (): string[] =>
    Object.values((read("github.yml") as Workflow).jobs).flatMap(({ steps }) =>
        steps.flatMap(({ uses }) => uses ?? []),
    );

/** The scripts of GitLab's jobs. */
export function gitlabScripts(): Script[] {
    const jobs = Object.entries(read("gitlab-ci.yml") as Record<string, Record<string, unknown>>);
    return jobs.flatMap(([job, keys]) =>
        ["before_script", "script", "after_script"].flatMap((step) =>
            ((keys[step] ?? []) as string[]).map((text) => ({ job, step, text })),
        ),
    );
}
