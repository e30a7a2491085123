/** Inputs or outputs of a resource as Pulumi hands them over: plain values, hidden ones among them. */
export type Props = Record<string, unknown>;
