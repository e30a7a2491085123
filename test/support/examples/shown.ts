const stable = ["7529f88", "ba4d643"];

/** What differs from run to run: the generations, and times. */
function stableText(text: string): string {
    const names = new Map<string, string>();
    return text
        .replace(/\b([a-z]+)_([0-9a-f]{7})\b/g, (_, name: string, generation: string) => {
            if (!names.has(generation)) names.set(generation, stable[names.size] ?? generation);
            return `${name}_${names.get(generation)!}`;
        })
        .replace(/time: about \d+ (s|min)/, "time: about 20 s")
        .replace(/waiting \d+ s before/, "waiting 10 s before")
        .replace(/value by value in \d+ (s|min)/, "value by value in 1 s");
}

/** What the CLI says of a resource under "Diagnostics", without its indentation: the plan, and the lines of a run. */
export function diagnosticsOf(output: string, resource: string): string {
    const lines = output.slice(output.indexOf("\nDiagnostics:")).split("\n");
    const from = lines.findIndex((line) => line.endsWith(`(${resource}):`));
    if (from < 0) throw new Error(`nothing is said of ${resource}:\n${output}`);
    const rest = lines.slice(from + 1);
    const end = rest.findIndex((line) => line.trim() === "");
    return stableText(
        rest
            .slice(0, end)
            .map((line) => line.slice(4))
            // How often progress is told depends on the machine.
            .filter((line) => !/ rows\/s$/.test(line))
            .join("\n"),
    );
}
