import fc from "fast-check";

import type { FoundObject, Inventory } from "../../../cli/pull/inventory";
import { argumentsOf } from "../../../provider/plan/render/argumentsOf";
import type { Props } from "../../../provider/resource/session/props";
import { anyCollection } from "../../plan/arbitrary";

/** Names that meet each other, keywords, globals and the names of other resources once they are names of a program. */
const names = [
    [
        "docs",
        "Docs",
        "my_docs",
        "myDocs",
        "MY_DOCS",
        "docs_role",
        "a_docs",
        "default",
        "_1st",
        "__",
        "on",
        "y",
    ],
    ["class", "pulumi", "config", "milvus", "Promise", "emptyText", "alicePassword", "x".repeat(255)],
].flat();
const anyName = fc.constantFrom(...names);
const databases = ["default", "a", "library"];

/** Text that would end a string, a comment or an expression of a program. */
const hostile = fc.oneof(
    fc.constantFrom(
        ...['"', "'", "`", "${docs}", "$${x}", "$", "\\", "\n", "*/", "#", ": ", "- ", "\u2028", "\u0085"],
        ...["'\"", "yes", "~", "1e3", "0x1f", "2001-01-01", "文書", "\u{1f600}", "a\tb", " ", "", "!!str"],
        "a text that is far longer than a line of eighty letters may be, so that it gets one of its own",
    ),
    fc.string(),
);
const anyJson = fc
    .oneof(
        fc.jsonValue({ maxDepth: 3 }),
        fc.dictionary(fc.oneof(hostile, fc.constantFrom("fn::readFile", "Fn::secret")), hostile, {
            maxKeys: 2,
        }),
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 10, maxLength: 30 }),
    )
    // No argument has such a key (MV002).
    .filter((value) => !JSON.stringify(value).includes("__proto__"));

const anyArguments: fc.Arbitrary<Props> = fc
    .tuple(anyCollection, hostile, anyJson, fc.subarray(["g1", "g2"]))
    .map(([collection, description, json, resourceGroups]) => {
        const { properties } = collection;
        const given = argumentsOf({
            ...collection,
            description,
            load: { replicas: 2, resourceGroups },
            properties: Object.fromEntries(Object.entries(properties).filter(([key]) => key !== "__proto__")),
        });
        const [first, ...others] = given.fields as Props[];
        return { ...given, fields: [{ ...first, analyzerParams: json }, ...others] };
    });

const place = fc.record({ database: fc.constantFrom(...databases), name: anyName });
const unique = <T>(arbitrary: fc.Arbitrary<T>, by: (one: T) => string, maxLength = 4) =>
    fc.uniqueArray(arbitrary, { selector: by, maxLength });
const placeKey = ({ database, name }: { database: string; name: string }) => `${database}/${name}`;
const privileges = fc.subarray(["Search", "Query", "SelectUser", "*"], { minLength: 1 });

/** Any server, with whatever its clients have named things. */
export const anyInventory: fc.Arbitrary<Inventory> = fc
    .record({
        namesDefault: fc.boolean(),
        notes: fc.array(hostile, { maxLength: 1 }),
        declared: fc.subarray(databases.slice(1)),
        groups: fc.subarray(["g1", "g2"]),
        collections: unique(fc.tuple(place, anyArguments), ([one]) => placeKey(one)),
        aliases: unique(fc.tuple(place, anyName), ([one]) => placeKey(one)),
        privilegeGroups: unique(fc.tuple(anyName, privileges), ([name]) => name, 2),
        roles: unique(anyName, String),
        grants: unique(
            fc.tuple(anyName, place, fc.boolean(), privileges, fc.subarray(names.slice(0, 3))),
            ([role, one, isAll]) => `${role}/${isAll ? `${one.database}/*` : placeKey(one)}`,
        ),
        users: unique(fc.tuple(anyName, fc.subarray(names)), ([name]) => name, 3),
    })
    .map((one): Inventory => {
        const object = (type: FoundObject["type"], name: string, inputs: Props, database?: string) => ({
            ...{ type, name, inputs, notes: one.notes },
            ...(database !== undefined && { database }),
        });
        return {
            source: "Pulled from a server.",
            namesDefault: one.namesDefault,
            findings: one.notes.map((message) => ({ code: "MV543", message, isLeftOut: true })),
            objects: [
                ...one.declared.map((name) => object("Database", name, { name })),
                ...one.groups.map((name) =>
                    object("ResourceGroup", name, { name, transferFrom: ["g1", "elsewhere"] }),
                ),
                ...one.collections.map(([{ database, name }, inputs]) =>
                    object("Collection", name, { name, ...inputs }, database),
                ),
                ...one.aliases.map(([{ database, name }, collection]) =>
                    object("Alias", name, { name, collection }, database),
                ),
                ...one.privilegeGroups.map(([name, all]) =>
                    object("PrivilegeGroup", name, { name, privileges: all }),
                ),
                ...one.roles.map((name) => object("Role", name, { name })),
                ...one.grants.map(([role, { database, name }, isAll, some, privilegeGroups]) =>
                    object(
                        "Grant",
                        "",
                        {
                            ...{ role, database, collection: isAll ? "*" : name, privileges: some },
                            ...(privilegeGroups.length > 0 && { privilegeGroups }),
                        },
                        database,
                    ),
                ),
                ...one.users.map(([name, roles]) => object("User", name, { name, roles })),
            ],
        };
    });
