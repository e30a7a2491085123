import type { Alias } from "../../inputs/schema/alias";
import type { Collection } from "../../inputs/schema/collection";
import type { CollectionRef } from "../../milvus/collection/collections";
import type { Props } from "../session/props";
import { newGeneration } from "./identity";
import { aliasSpec, collectionSpec } from "./inputs";

/** A resource that Pulumi calls about: who it is, and what its program declares. Hidden inputs are read here alone. */
export interface Resource<Spec> {
    /** `project/stack/name`: see owner.ts. */
    owner: string;
    /** The logical name, for people. */
    name: string;
    spec: Spec;
    /** As Pulumi handed it over: for the connection, and to hand it back. */
    props: Props;
}

/** A collection that is to be created. */
export interface CollectionRequest extends Resource<Collection> {
    /** That of the new physical collection. */
    generation: string;
}

/** A collection as the state has it. */
export interface CollectionState extends Resource<Collection> {
    generation: string;
    /** Where the state says that it is. */
    ref: CollectionRef;
    /** False where the server could not be told whose the collection is: its name is the only sign of it. */
    isMarked: boolean;
    /** The last change in place that the state knows to be complete. */
    updateId: string | undefined;
    /** Fields that the server had and no program declared: dropping them is a loss that the program only implies. */
    undeclared: readonly string[];
}

/** Hidden inputs, which `sdk/` sets; Pulumi shows them in no diff. */
export function hiddenInputs(props: Props): { owner: string; name: string } {
    const { __owner, __logicalName } = props as Record<string, string | undefined>;
    return { owner: __owner ?? "", name: __logicalName ?? "collection" };
}

/** @param props an earlier release chose the generation in `check`, and its inputs may hold it as `__generation` */
export function collectionRequest(props: Props): CollectionRequest {
    const generation = (props.__generation as string | undefined) ?? newGeneration();
    return { ...hiddenInputs(props), generation, spec: collectionSpec(props), props };
}

/** @param spec what the program declares, where that is not what the outputs say */
export function collectionState(props: Props, spec: Collection = collectionSpec(props)): CollectionState {
    const { owner, name } = hiddenInputs(props);
    return {
        owner,
        name,
        generation: props.generation as string,
        ref: { database: props.database as string | undefined, name: props.collectionName as string },
        isMarked: props.__stamped !== false,
        updateId: props.__update as string | undefined,
        undeclared: (props.__undeclared as string[] | undefined) ?? [],
        spec,
        props,
    };
}

export function aliasResource(props: Props): Resource<Alias> {
    const { owner, name } = hiddenInputs(props);
    return { owner, name, spec: aliasSpec(props), props };
}

/** The output that records fields of the server which no program declared. */
export function undeclaredFields(
    { undeclared }: { undeclared: readonly string[] },
    before: Props = {},
): Props {
    const all = [...new Set([...((before.__undeclared as string[] | undefined) ?? []), ...undeclared])];
    return all.length === 0 ? {} : { __undeclared: all };
}
