import {
    type Parsed,
    parseAlias,
    parseCollection,
    parseDatabase,
    parseGrant,
    parsePrivilegeGroup,
    parseResourceGroup,
    parseRole,
    parseUser,
} from "../../../provider/inputs/parse";
import type { CheckFailure } from "../../../provider/inputs/report/finding";
import type { Props } from "../../../provider/resource/session/props";
import type { CommandCode } from "../../codes";
import { type FoundObject, type PullFinding, titleOf } from "../inventory";
import { oneLine } from "../print/oneLine";
import type { ResourceType } from "../program/program";

/** What is the check of a program for each resource. */
const checks: Readonly<Record<ResourceType, (inputs: Props) => Parsed<unknown>>> = {
    Database: parseDatabase,
    ResourceGroup: parseResourceGroup,
    Collection: parseCollection,
    Alias: parseAlias,
    PrivilegeGroup: parsePrivilegeGroup,
    Role: parseRole,
    Grant: parseGrant,
    // No server tells a password, and any will do here.
    User: (inputs) => parseUser({ ...inputs, password: "unknown" }),
};

/** What is found on a server, one after the other. */
export class Collected {
    readonly objects: FoundObject[] = [];
    readonly findings: PullFinding[] = [];

    /** Adds an object, unless no program can declare it: then that is a finding (`MV543`). */
    add(found: FoundObject): void {
        const { failures } = checks[found.type](found.inputs);
        if (failures.length > 0) this.refuse(found, reasonsOf(failures));
        else this.objects.push(found.type === "Collection" ? found : withoutDefaults(found));
    }

    refuse(found: FoundObject, reason: string): void {
        const title = titleOf(found);
        this.leaveOut("MV543", `${title}: left out, this release cannot declare it: ${reason}`);
    }

    leaveOut(code: CommandCode, message: string): void {
        this.findings.push({ code, message: oneLine(message), isLeftOut: true });
    }

    /** Tells something about an object that the program has. */
    tell(code: CommandCode, message: string): void {
        this.findings.push({ code, message: oneLine(message), isLeftOut: false });
    }
}

/**
 * The object with the arguments that say something: without any of them the program would mean something else. Those of a
 * collection are such already, and its indexes stay, also where the provider would add them.
 */
function withoutDefaults(found: FoundObject): FoundObject {
    const { type, inputs } = found;
    const meaning = (given: Props) => JSON.stringify(checks[type](given).spec);
    const isSaid = (key: string) =>
        meaning(Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== key))) !==
        meaning(inputs);
    return { ...found, inputs: Object.fromEntries(Object.entries(inputs).filter(([key]) => isSaid(key))) };
}

/** Why arguments are refused, in one line. */
export const reasonsOf = (failures: readonly CheckFailure[]): string =>
    failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
