import { readFileSync } from "node:fs";

import { expect } from "chai";
import { parse } from "yaml";

import { measuredPhases, restingPlaces } from "../../provider/migration/measure";
import { createMetrics } from "../../provider/telemetry/metrics";
import { alertsFile, queriesOf, readDashboard } from "../support/telemetry/dashboard";

interface Described {
    name: string;
    help: string;
    type: unknown;
    labelNames: readonly string[];
}

/** Every metric, with the labels that it has. */
function described(): Map<string, Described> {
    const { registry, ...all } = createMetrics();
    expect(registry.getMetricsAsArray()).to.have.length(Object.keys(all).length);
    const own = registry.getMetricsAsArray() as unknown as Described[];
    return new Map(own.map((one) => [one.name, one]));
}

/** The metrics of a query with the labels that it names in braces. */
const named = (query: string) =>
    [...query.matchAll(/\b(pulumi_milvus_\w+)(?:\{([^}]*)\})?/g)].map(([, name, labels = ""]) => ({
        name: name!,
        labels: [...labels.matchAll(/(\w+)=~?"/g)].map(([, label]) => label!),
        values: [...labels.matchAll(/\bstate="([^"]+)"/g)].map(([, value]) => value!),
    }));

const alerts = () =>
    (parse(readFileSync(alertsFile, "utf8")) as { groups: { rules: { expr: string }[] }[] }).groups.flatMap(
        ({ rules }) => rules.map(({ expr }) => expr),
    );

describe("the dashboard and the alerts", () => {
    it("ask for metrics and labels that exist", () => {
        const known = described();
        const queries = [...queriesOf(readDashboard()), ...alerts()];
        expect(queries).to.have.length.greaterThan(15);
        const states: readonly string[] = [...measuredPhases, ...restingPlaces];
        for (const query of queries) {
            const parts = named(query);
            expect(parts, query).to.not.deep.equal([]);
            for (const { name, labels, values } of parts) {
                expect([...known.keys()], query).to.include(name);
                expect(known.get(name)!.labelNames, query).to.include.members(labels);
                for (const value of values) expect(states, query).to.include(value);
            }
        }
    });

    it("have panels with ids of their own that do not overlap, and a data source that Grafana asks for", () => {
        const { schemaVersion, panels, templating } = readDashboard();
        // The schema of Grafana 11, which later releases migrate.
        expect(schemaVersion).to.equal(39);
        expect(new Set(panels.map(({ id }) => id)).size).to.equal(panels.length);
        const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
            expect(x + w).to.be.at.most(24);
            return Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`);
        });
        expect(new Set(cells).size).to.equal(cells.length);
        const variables = templating.list.map(({ name }) => name);
        expect(variables).to.deep.equal(["datasource", "project", "stack", "collection"]);
        for (const { datasource, targets } of panels) {
            expect(datasource.uid).to.equal("${datasource}");
            for (const { expr } of targets)
                for (const [, variable] of expr.matchAll(/\$(\w+)/g)) expect(variables).to.include(variable);
        }
    });
});

describe("the metrics", () => {
    it("are named as Prometheus asks: a prefix, base units, _total for counters alone", () => {
        for (const { name, type, help, labelNames } of described().values()) {
            expect(name).to.match(/^pulumi_milvus_[a-z_]+$/);
            expect(name.endsWith("_total"), name).to.equal(type === "counter");
            expect(name).to.not.match(/_(ms|millis|minutes|kb|mb|percent)\b/);
            expect(help).to.match(/^[A-Z1].*[^ ]$/);
            expect(labelNames.slice(0, 3)).to.deep.equal(["project", "stack", "collection"]);
        }
    });

    it("stand in docs/observability.md, each with its type and labels", () => {
        const page = readFileSync(`${__dirname}/../../docs/observability.md`, "utf8");
        const rows = [...page.matchAll(/^\| `(\w+)` +\| (gauge|counter) +\| ([^|]*)\|/gm)];
        const listed = rows.map(([, name, type, labels]) => ({
            name: `pulumi_milvus_${name}`,
            type,
            labels: [...labels!.matchAll(/`(\w+)`/g)].map(([, label]) => label),
        }));
        const wanted = [...described().values()].map(({ name, type, labelNames }) => ({
            name,
            type,
            labels: labelNames.slice(3),
        }));
        const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
        expect(listed.sort(byName)).to.deep.equal(wanted.sort(byName));
        const states = [...measuredPhases, ...restingPlaces].filter((state) => state !== "caught-up");
        const told = page.slice(page.indexOf("| state "), page.indexOf("Rates and"));
        expect([...told.matchAll(/`([a-z-]+)`/g)].map(([, state]) => state).sort()).to.deep.equal(
            [...states].sort(),
        );
    });
});
