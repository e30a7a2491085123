/**
 * `npm test` runs the fast tier: what needs no server, and each feature once, on the server where that is cheapest.
 * `npm run test:full` (`TEST_TIER=full`) runs every suite on every server and engine that it is written for, and `rest` is
 * what that adds to the fast tier.
 */
const tiers = ["fast", "full", "rest"] as const;

export type Tier = (typeof tiers)[number];

export function currentTier(): Tier {
    const asked = process.env["TEST_TIER"] ?? "fast";
    const tier = tiers.find((one) => one === asked);
    if (!tier) throw new Error(`TEST_TIER: there is no ${asked}, but ${tiers.join(", ")}`);
    return tier;
}

/** How often a property is tried: so often in the full suite, a quarter of that in the fast tier. */
export function runs(full: number): number {
    return currentTier() === "fast" ? Math.ceil(full / 4) : full;
}
