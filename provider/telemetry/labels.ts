/** Whose migration it is: the labels of every metric. Each process has few of them, and no row or key is among them. */
export interface Labels {
    project: string;
    stack: string;
    /** The logical name of the resource; for the command, the name of the collection. */
    collection: string;
}

/** A name that no two resources of a run share. */
export const keyOfLabels = ({ project, stack, collection }: Labels): string =>
    JSON.stringify([project, stack, collection]);
