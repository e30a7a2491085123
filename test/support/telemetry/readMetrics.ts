/** A sample of Prometheus' text form. */
export interface Sample {
    name: string;
    labels: Record<string, string>;
    value: number;
}

/** Source: https://prometheus.io/docs/instrumenting/exposition_formats/. */
export function readMetrics(text: string): Sample[] {
    return text
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => {
            const [, name, labels = "", value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
            if (name === undefined) throw new Error(`no sample: ${line}`);
            return {
                name,
                labels: Object.fromEntries(
                    [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [
                        key!,
                        text!,
                    ]),
                ),
                value: Number(value),
            };
        });
}

/** The value of the sample that has these labels; undefined where there is none. */
export const valueOf = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
    samples.find(
        (one) =>
            one.name === `pulumi_milvus_${name}` &&
            Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    )?.value;

/** The states that are 1. */
export const statesOf = (samples: readonly Sample[]) =>
    samples
        .filter(({ name, value }) => name === "pulumi_milvus_migration_state" && value === 1)
        .map(({ labels }) => labels["state"]);
