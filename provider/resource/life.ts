import { RunError } from "../migration/errors";
import type { DetailedDiff } from "../plan/render/detailedDiff";
import type { CheckFailure } from "../inputs/report/finding";
import type { Props } from "./session/props";

/** What a check says: the inputs that the engine stores, and what is wrong with them. */
export interface Checked {
    inputs: Props;
    failures: readonly CheckFailure[];
}

export interface Diffed {
    changes: boolean;
    /** Arguments that need a new physical resource. */
    replaces: readonly string[];
    /** Outputs that the change leaves as they are; others may change. */
    stables: readonly string[];
    /** Where the changes are in the program. */
    detailed: DetailedDiff;
}

/** An existing resource that no state has: the inputs that a program would declare it with, and its outputs. */
export interface Imported {
    id: string;
    inputs: Props;
    outs: Props;
}

/**
 * The life of a resource, whatever protocol an adapter speaks. Properties are plain: secrets in the clear, values that are
 * not known yet as one mark, and the hidden inputs among them, which tell whose the resource is.
 */
export interface Life {
    /** Outputs that are no arguments. */
    computed: ReadonlySet<string>;
    /** Arguments that are secrets in every language, and that no server tells. */
    secrets?: ReadonlySet<string>;
    /** `olds` are the inputs of the last deployment; undefined where the resource is created. */
    check(olds: Props | undefined, news: Props): Promise<Checked>;
    /** Compares the outputs of the last deployment with the checked inputs, and prints the plan. */
    diff(olds: Props, news: Props): Promise<Diffed>;
    create(news: Props): Promise<{ id: string; outs: Props }>;
    /** Undefined where the server has it no more. */
    read(id: string, props: Props): Promise<{ id: string; props: Props } | undefined>;
    update(olds: Props, news: Props): Promise<Props>;
    delete(props: Props): Promise<void>;
    /** The outputs that a preview knows before anything is created: marks stand for the others. */
    preview(news: Props): Props;
    /** The outputs that an update in place changes, as far as a preview knows them. */
    previewUpdate(olds: Props, news: Props): Props;
    /** Undefined where there is none. */
    import(id: string, hidden: Props): Promise<Imported | undefined>;
}

/** The error for a resource that this release does not know: `MV347`. */
export const noSuchResource = (type: string): RunError =>
    new RunError(
        "MV347",
        `pulumi-milvus has no resource ${type}. Install the version that wrote the state, or a newer one`,
    );
