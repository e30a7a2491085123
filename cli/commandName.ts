import type { Command } from "commander";

/** As the user types it, without the program: `aliases list`. */
export function commandName(command: Command): string {
    const names: string[] = [];
    for (let one: Command | null = command; one?.parent; one = one.parent) names.unshift(one.name());
    return names.join(" ");
}
