import { parseGrant } from "../../inputs/parse";
import type { Grant } from "../../inputs/schema/grant";
import { RunError } from "../../migration/errors";
import { groupsAmong } from "../../milvus/access/privilegeGroups";
import { listRoles } from "../../milvus/access/roles";
import { configuredServer } from "../context/configuredServer";
import type { Context, Server } from "../context/context";
import { hiddenInputs } from "../context/resourceState";
import { warnOnce } from "../context/warnOnce";
import type { ObjectKind } from "../object";
import type { Props } from "../session/props";
import { create, remove, update } from "./change";
import { explain, explainOpen } from "./explain";
import { any, declaredIn, placeOf, privilegesAt, textOf } from "./place";
import { requireSupported } from "./require";

/** Privileges of a role at one place: they are given and taken away in place, and follow their collection. */
export const grantKind: ObjectKind<Grant> = {
    type: "Grant",
    isNamed: false,
    isShared: true,
    database: "named",
    // The place is none: a grant goes from one generation of its collection to the next.
    identity: ["role"],
    guides: [],
    parse: parseGrant,
    title: ({ role }) => `grant to ${role}`,
    id: ({ role, database = "default", collection = any }) => `${role}/${database}/${collection}`,
    argumentsOf,
    requireSupported,
    observe,
    create,
    update,
    remove,
    explain,
    explainOpen,
    declared,
    importArguments,
};

function argumentsOf(id: string): Props {
    const [role, database, collection, ...others] = id.split("/");
    if (!role || !database || !collection || others.length > 0)
        throw new RunError(
            "MV402",
            `${id} is no id of a Grant. Write role/database/collection, * for all: \`pulumi import milvus:index:Grant readers 'reader/default/*'\``,
        );
    // The privileges are what the server has there.
    return { role, database, collection, privileges: [any] };
}

/** Of what is declared, what the role has. What it has beyond is of somebody else. */
async function observe({ client }: Server, spec: Grant): Promise<Partial<Grant> | undefined> {
    if (!(await listRoles(client))?.includes(spec.role)) return undefined;
    const there = await privilegesAt(client, placeOf(client, spec));
    const { privileges, privilegeGroups } = spec;
    if (!declaredIn(spec).some((one) => there.includes(one))) return undefined;
    return {
        ...(privileges.length > 0 && { privileges: privileges.filter((one) => there.includes(one)) }),
        ...(privilegeGroups.length > 0 && {
            privilegeGroups: privilegeGroups.filter((one) => there.includes(one)),
        }),
    };
}

/** Warns once of a privilege that another Grant of the program declares at the same place. */
function declared(context: Context, spec: Grant, props: Props): void {
    const { owner, name } = hiddenInputs(props);
    const server = configuredServer(context, props);
    const place = { database: server.database, collection: any, ...spec };
    for (const privilege of declaredIn(spec)) {
        const key = [server.address, spec.role, place.database, place.collection, privilege].join(" ");
        const other = context.session.declareGrant(key, owner, name);
        if (other === undefined) continue;
        warnOnce(context, {
            path: "privileges",
            code: "MV424",
            message: `${privilege} on ${textOf(place)} is declared for ${spec.role} by ${other} and by ${name}. When one of them is removed, the other gives it again at the next \`pulumi up\``,
        });
    }
}

async function importArguments({ client }: Server, spec: Grant): Promise<Props | undefined> {
    if (!(await listRoles(client))?.includes(spec.role)) return undefined;
    const there = await privilegesAt(client, placeOf(client, spec));
    if (there.length === 0) return undefined;
    const groups = await groupsAmong(client, there);
    const privilegeGroups = there.filter((one) => groups.has(one));
    const privileges = there.filter((one) => !groups.has(one));
    return {
        privileges: privileges.length > 0 ? privileges : undefined,
        privilegeGroups: privilegeGroups.length > 0 ? privilegeGroups : undefined,
    };
}
