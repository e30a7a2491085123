import { expect } from "chai";

import { transitions } from "../../provider/migration/cutover/phases";
import { diagramOf } from "./diagrams";
import { rowsOf } from "./tables";

const page = "docs/concepts/cutover.md";
const diagram = diagramOf(page, "stateDiagram-v2");

/** The edges of the table: `copied fence fenced`. */
const edges = Object.entries(transitions).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => `${from} ${event} ${to}`),
);

describe("the page of the cutover", () => {
    it("draws each transition that the table of phases allows, and no other", () => {
        expect(edgesOf(diagram).sort()).to.deep.equal(edges.sort());
    });

    it("finds an edge that is missing from the diagram", () => {
        const poorer = diagram.replace(/^ *copied --> fenced: fence\n/m, "");
        expect(edges.filter((edge) => !edgesOf(poorer).includes(edge))).to.deep.equal([
            "copied fence fenced",
        ]);
    });

    it("explains each event", () => {
        const explained = rowsOf(page, 1).map(([event]) => event!.replaceAll("`", ""));
        const events = new Set(Object.values(transitions).flatMap((of) => Object.keys(of)));
        expect(explained.slice(1)).to.have.members([...events]);
    });
});

/** The edges of a state diagram, but those from the beginning and to the end. An edge may carry several events. */
function edgesOf(text: string): string[] {
    const names = new Map([...text.matchAll(/state "(.+)" as (\w+)/g)].map(([, name, id]) => [id!, name!]));
    const nameOf = (id: string) => names.get(id) ?? id;
    return [...text.matchAll(/^ *(\w+) --> (\w+): (.+)$/gm)].flatMap(([, from, to, events]) =>
        events!.split(", ").map((event) => `${nameOf(from!)} ${event} ${nameOf(to!)}`),
    );
}
