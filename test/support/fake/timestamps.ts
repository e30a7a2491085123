/**
 * Timestamptz: an instant, returned as text in the time zone of the request, else of the collection. Source: milvus docs v2.6,
 * "TIMESTAMPTZ Field"; internal/proxy/util.go (timestamptz conversion), 2.6.6.
 */
import type { Cell, Collection } from "./catalog";

export const zoneOf = ({ properties }: Collection, asked?: string): string =>
    asked ?? properties.get("timezone") ?? "UTC";

/** The stored form: the instant in UTC. Text without an offset is in the collection's zone. */
export function instantOf(cell: Cell, zone: string): Cell {
    if (typeof cell !== "string") return cell;
    const isZoned = /(Z|[+-]\d\d:\d\d)$/.test(cell);
    const at = Date.parse(isZoned ? cell : `${cell}Z`);
    return iso(isZoned ? at : at - offsetOf(at, zone) * 60_000);
}

/** The stored instant as text in a zone. */
export function textIn(cell: Cell, zone: string): Cell {
    if (typeof cell !== "string") return cell;
    const at = Date.parse(cell);
    const minutes = offsetOf(at, zone);
    if (minutes === 0) return cell;
    const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
    const size = Math.abs(minutes);
    const offset = `${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
    return iso(at + minutes * 60_000).replace(/Z$/, offset);
}

const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

/** Minutes east of Greenwich at an instant. */
function offsetOf(at: number, zone: string): number {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")!.value;
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)!;
    return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
