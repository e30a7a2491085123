import type { Path } from "../report/path";
import type { Report, Rule } from "../report/report";
import type { RoleDraft, UserDraft } from "../schema/draft";
import { connection } from "./connection";
import { nameRule } from "./names";

/** Source: ValidateRoleName in internal/proxy/util.go. */
export const roleName = /^[A-Za-z_][A-Za-z0-9_$]*$/;
/** Source: ValidateUsername in internal/proxy/util.go, the same from 2.3 to 3.0. */
const userName = /^[A-Za-z][A-Za-z0-9_]*$/;
/** `proxy.maxUsernameLength`. */
const longestUserName = 32;
/** `proxy.minPasswordLength`; and what bcrypt takes, though `proxy.maxPasswordLength` says 256 on 2.3 (seen on 2.3.5). */
const passwordBytes = { least: 6, most: 72 };

export const roleRules: Rule<RoleDraft>[] = [
    (draft, report) => nameRule(draft.name, ["name"], "role", report, roleName),
    (draft, report) => connection(draft.connection, ["connection"], report),
];

export const userRules: Rule<UserDraft>[] = [
    (draft, report) => userNameRule(draft.name, ["name"], report),
    (draft, report) => passwordRule(draft.password, ["password"], report),
    (draft, report) => rolesRule(draft.roles ?? [], report),
    (draft, report) => connection(draft.connection, ["connection"], report),
];

export function userNameRule(name: string | undefined, at: Path, report: Report): void {
    if (name === undefined) return;
    if (!userName.test(name))
        report.mistake(
            "MV007",
            at,
            `${JSON.stringify(name)} is not a valid name for a user. Use letters, digits and underscores, beginning with a letter.`,
        );
    else if (name.length > longestUserName)
        report.mistake(
            "MV007",
            at,
            `The name of a user has at most ${longestUserName} characters, this one has ${name.length}.`,
        );
}

function passwordRule(password: string | undefined, at: Path, report: Report): void {
    if (password === undefined) return;
    const bytes = Buffer.byteLength(password);
    if (bytes >= passwordBytes.least && bytes <= passwordBytes.most) return;
    const { least, most } = passwordBytes;
    report.mistake("MV097", at, `A password has ${least} to ${most} bytes, this one has ${bytes}.`);
}

function rolesRule(roles: readonly (string | undefined)[], report: Report): void {
    roles.forEach((role, index) => {
        const at = ["roles", index];
        nameRule(role, at, "role", report, roleName);
        if (role !== undefined && roles.indexOf(role) < index)
            report.mistake("MV009", at, `There is already a role "${role}". Remove one of them.`);
    });
}
