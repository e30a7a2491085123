import type { Parsed } from "../../inputs/parse";
import type { ObjectArguments, ObjectRules } from "../../plan/objectPlan";
import type { Context, Server } from "../context/context";
import type { Resource } from "../context/resourceState";
import type { Props } from "../session/props";

/** What every object may be told: take over one that exists already. */
export type ObjectSpec = ObjectArguments & { adopt?: boolean };

/** A call about one object: where it is, and what the program declares. */
export interface ObjectWork<Spec> extends Resource<Spec> {
    context: Context;
    at: Server;
}

/**
 * A kind of object on a Milvus server that holds no rows of its own: a database, a user, a role. It says how such an object
 * is found, made, changed and dropped; objectLife gives all kinds the same life.
 */
export interface ObjectKind<Spec extends ObjectSpec> extends ObjectRules {
    /** The resource's type: `Database`. */
    type: string;
    /** Whether `name` defaults to the logical name. */
    isNamed: boolean;
    /**
     * Whether several may declare the same on the server, as two grants of one privilege: `create` then runs also where it is
     * there, and nothing is refused as taken.
     */
    isShared?: boolean;
    /** What its `database` is: where it is created, so that it has to be there, or a name among others. */
    database?: "required" | "named";
    /**
     * Arguments that are secrets, and that no server tells. `observe` returns one only where the server has another value, as
     * `otherSecret`.
     */
    secrets?: readonly (keyof Spec & string)[];
    parse(inputs: Props): Parsed<Spec>;
    /** The object, for people: `database library`. */
    title(spec: Spec): string;
    /** The id of the resource; `argumentsOf` reads it. */
    id(spec: Spec): string;
    /** The arguments that an id names. Errors: `MV402` for an id of another form. */
    argumentsOf(id: string): Props;
    /** Throws where the server does not have this kind of object, or not what the spec asks of it. */
    requireSupported(at: Server, spec: Spec): Promise<void> | void;
    /**
     * The arguments as the server has them, as far as it tells them and the spec manages them; an empty object where it tells
     * none. Undefined where there is no such object.
     */
    observe(at: Server, spec: Spec): Promise<Partial<Spec> | undefined>;
    /** Makes the object. Returns hidden outputs to record, often none; their names begin with `__`. */
    create(work: ObjectWork<Spec>): Promise<Props>;
    /**
     * Changes the object from what it was to what the spec says. `deployed` are the arguments of the last deployment, or what
     * was observed of an object that is adopted. `recorded` are the outputs of before, hidden ones as well; empty where there
     * are none. Returns hidden outputs to record.
     */
    update(work: ObjectWork<Spec>, deployed: Spec, recorded: Props): Promise<Props>;
    /** Drops the object; one that is gone already is no error. */
    remove(work: ObjectWork<Spec>): Promise<void>;
    /** Prints what a change does to clients, and throws for what `up` would refuse. Called by the preview. */
    explain?(work: ObjectWork<Spec>, deployed: Spec, verdict: "update" | "replace"): Promise<void>;
    /**
     * Prints what a new object does to clients; `there` is one that it takes over. Throws for what `up` would refuse. Called by
     * the preview.
     */
    explainCreate?(work: ObjectWork<Spec>, there: Partial<Spec> | undefined): void;
    /** Prints what becomes of arguments that are not known before `up`; `open` names them, and `spec` has their former values. */
    explainOpen?(work: ObjectWork<Spec>, deployed: Spec, open: readonly string[]): Promise<void>;
    /** Warns of what two resources of one program declare. Called by each check of inputs that are known. */
    declared?(context: Context, spec: Spec, props: Props): void;
    /** Arguments of an existing object, all that a program would declare. By default what `observe` tells. */
    importArguments?(at: Server, spec: Spec): Promise<Props | undefined>;
}

/** A work on what the program declares, or on what was deployed. */
export function workOf<Spec>(
    context: Context,
    at: Server,
    hidden: { owner: string; name: string },
    { spec, props }: { spec: Spec; props: Props },
): ObjectWork<Spec> {
    return { context, at, ...hidden, spec, props };
}
