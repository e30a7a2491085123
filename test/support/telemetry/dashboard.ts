import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "../../../dashboards");

export const alertsFile = join(folder, "alerts.yml");

export interface Panel {
    id: number;
    title: string;
    type: string;
    datasource: { uid: string };
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { refId: string; expr: string }[];
}

export interface Dashboard {
    schemaVersion: number;
    uid: string;
    title: string;
    panels: Panel[];
    templating: { list: { name: string; type: string; query: unknown; allValue?: string }[] };
}

export const readDashboard = (): Dashboard =>
    JSON.parse(readFileSync(join(folder, "grafana.json"), "utf8")) as Dashboard;

/** The queries as Grafana sends them, with every project, stack and collection chosen. */
export const queriesOf = ({ panels }: Dashboard): string[] =>
    panels.flatMap(({ targets }) =>
        targets.map(({ expr }) => expr.replace(/\$(project|stack|collection)\b/g, ".*")),
    );
