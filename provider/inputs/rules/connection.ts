import type { ConnectionDraft } from "../schema/draft";
import type { Path } from "../report/path";
import type { Report } from "../report/report";
import { nameRule } from "./names";

/** `host:port` or `http(s)://host:port`. A host is a name, an IPv4 address, or an IPv6 address in brackets. */
const address =
    /^(?:https?:\/\/)?(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?\/?$/;

/** No message repeats a value, because an address may contain a password. */
export function connection(draft: ConnectionDraft | undefined, at: Path, report: Report): void {
    if (draft === undefined) return;
    const place = (name: keyof ConnectionDraft): Path => [...at, name];
    if (draft.address !== undefined) {
        const port = Number(address.exec(draft.address)?.[1] ?? 1);
        if (draft.address.includes("@"))
            report.mistake(
                "MV090",
                place("address"),
                "An address cannot contain a user. Use username and password.",
            );
        else if (!address.test(draft.address) || port < 1 || port > 65_535)
            report.mistake(
                "MV090",
                place("address"),
                "This is not a valid address. Write host:port, http://host:port or https://host:port.",
            );
    }
    nameRule(draft.database, place("database"), "database", report);
    if (draft.token !== undefined && (draft.username !== undefined || draft.password !== undefined))
        report.mistake(
            "MV091",
            place("token"),
            "A token replaces username and password. Use one or the other.",
        );
    if (draft.username !== undefined && draft.password === undefined && draft.token === undefined)
        report.mistake("MV092", place("password"), "A username is given without its password.", [
            place("token"),
        ]);
    if (draft.password !== undefined && draft.username === undefined && draft.token === undefined)
        report.mistake("MV092", place("username"), "A password is given without its username.", [
            place("token"),
        ]);
    const pair = ["clientCertFile", "clientKeyFile"] as const;
    for (const [here, there] of [pair, pair.toReversed()] as [keyof ConnectionDraft, keyof ConnectionDraft][])
        if (draft[here] !== undefined && draft[there] === undefined)
            report.mistake("MV093", place(there), `${here} is given without ${there}. Set both or none.`);
    const tls = draft.ssl === true || draft.address?.startsWith("https://");
    for (const name of ["caFile", ...pair, "serverName"] as const)
        if (draft[name] !== undefined && !tls)
            report.warn(
                "MV094",
                place(name),
                `${name} is used only with TLS. Set ssl, or use an https:// address.`,
                [place("ssl"), place("address")],
            );
}
