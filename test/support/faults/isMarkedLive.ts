/** True for the call that marks a new collection as live. */
export function isMarkedLive({ properties }: Record<string, unknown>): boolean {
    return (properties as { key: string; value: string }[]).some(
        ({ key, value }) => key === "pulumi.state" && value === "live",
    );
}
