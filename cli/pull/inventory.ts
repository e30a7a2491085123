import type { Props } from "../../provider/resource/session/props";
import type { CommandCode } from "../codes";
import type { ResourceType } from "./program/program";

/** The database that every server has. */
export const defaultDatabase = "default";

/** What `pull` has found on a server. */
export interface Inventory {
    /** `milvus 2.6.18 at localhost:19530`. */
    source: string;
    /** Whether the database of the connection is another than `default`: then a program names that one, too. */
    namesDefault: boolean;
    objects: FoundObject[];
    findings: PullFinding[];
}

/** An object on the server, as `pulumi import` would declare it. */
export interface FoundObject {
    type: ResourceType;
    /** The database that it is in; undefined for what belongs to the server. */
    database?: string;
    /** Its name on the server; a Grant has none. */
    name: string;
    /** The arguments of its resource, each name as text. */
    inputs: Props;
    /** What the arguments do not say, for people. */
    notes: string[];
}

/** What a program cannot say, or what was left out of it. */
export interface PullFinding {
    code: CommandCode;
    message: string;
    /** Whether it is about something that the program does not have. */
    isLeftOut: boolean;
}

/** `collection library/docs`, `grant to reader on docs`. */
export function titleOf({ type, database, name, inputs }: FoundObject): string {
    const place = database === undefined || database === defaultDatabase ? "" : `${database}/`;
    if (type === "Grant") return `grant to ${String(inputs.role)} on ${place}${String(inputs.collection)}`;
    const kind = type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
    return `${kind} ${place}${name}`;
}
