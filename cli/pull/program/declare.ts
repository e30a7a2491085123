import { defaultDatabase, type FoundObject, type Inventory, titleOf } from "../inventory";
import { identifierOf, logicalName, Names, reservedIdentifiers, reservedNames } from "./names";
import { type Declaration, type Program, Secret, types, type Value } from "./program";
import { linked, type Place, References } from "./references";
import { withoutSecrets } from "./secrets";

/** The program that declares what was found: resources in their order, each referring to those before it. Pure. */
export function declareProgram(inventory: Inventory): Program {
    const names = new Names(reservedNames);
    const identifiers = new Names(reservedIdentifiers);
    const references = new References();
    const secrets: Secret[] = [];
    const declarations = types.flatMap((type) =>
        inventory.objects
            .filter((one) => one.type === type)
            .map((found): Declaration => {
                const name = names.take(...candidatesFor(found));
                const identifier = identifiers.take(identifierOf(name, type));
                const secretFor = (key: string, isRead = true) => {
                    const own = names.take(identifierOf(`${name}_${key}`, type));
                    const secret = new Secret(own, `${key} of ${titleOf(found)}`, isRead);
                    secrets.push(secret);
                    return secret;
                };
                const inputs = inputsOf(found, name, { ...inventory, references, secretFor });
                const declaration = { type, logicalName: name, identifier, inputs, notes: found.notes };
                references.add(found, declaration);
                return declaration;
            }),
    );
    const leftOut = inventory.findings.filter((one) => one.isLeftOut).map(({ message }) => message);
    return { source: inventory.source, declarations, secrets, leftOut };
}

interface Surroundings extends Pick<Inventory, "namesDefault"> {
    references: References;
    secretFor: (key: string, isRead?: boolean) => Secret;
}

function inputsOf(
    found: FoundObject,
    logical: string,
    { namesDefault, references, secretFor }: Surroundings,
): Record<string, Value> {
    const { name, database, ...others } = linked(found, references);
    const isSaid = database !== undefined && (namesDefault || database !== defaultDatabase);
    const inputs = {
        // A collection without a name would get one with a generation.
        ...(name !== undefined && (found.type === "Collection" || name !== logical) && { name }),
        ...(found.type === "Grant" && { role: others.role! }),
        ...(isSaid && { database }),
        ...(found.type === "User" && { password: secretFor("password", false) }),
        ...others,
    };
    return {
        ...(withoutSecrets(inputs, (key) => secretFor(key)) as Record<string, Value>),
        // An alias that points where the program says is accepted; one that somebody moves meanwhile is not moved back.
        ...(found.type !== "Alias" && { adopt: true }),
    };
}

/** Logical names for it, the best first. What is in the default database has the name that it has there. */
function candidatesFor({ type, database = defaultDatabase, name, inputs }: FoundObject): string[] {
    const place = database === defaultDatabase ? [] : [database === "*" ? "server" : database];
    if (type === "Grant") {
        const { role, collection } = inputs as unknown as Place & { role: string };
        return [logicalName(role, ...place, collection === "*" ? "all" : collection)];
    }
    const words = { PrivilegeGroup: "privileges", ResourceGroup: "group" } as const;
    const word = type in words ? words[type as keyof typeof words] : type.toLowerCase();
    return [logicalName(...place, name), logicalName(...place, name, word)];
}
