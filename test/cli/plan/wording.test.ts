import { expect } from "chai";

import { inWordsOfAlter } from "../../../cli/plan/wording";
import { codes as runs } from "../../../provider/migration/errors";
import { codes as plans } from "../../../provider/plan/finding/codes";

describe("the words of `alter`", () => {
    const pairs: [core: string, command: string][] = [
        [
            "docs_1 is kept; the next `pulumi up` resumes the copy. `pulumi up` with another program, or `pulumi destroy`, drops it",
            "docs_1 is kept; the same command, run again, resumes the copy. `pulumi-milvus alter` with another schema, or `pulumi-milvus abort`, drops it",
        ],
        ["Stop it, then run `pulumi up` again", "Stop it, then run the same command again"],
        ["The next `pulumi up` restores it", "The same command, run again, restores it"],
        ['To allow it: migration: { allow: ["narrow:score"] }.', "To allow it: --allow 'narrow:score'."],
        [
            'Accept new keys with migration.primaryKeys: "regenerate", or',
            "Accept new keys with --primary-keys regenerate, or",
        ],
        ['because migration.verify is "count"', 'because --verify is "count"'],
        ['set migration.writes to "paused".', "set --writes paused."],
        ['on a copy: migration: { indexes: "shadow" }.', "on a copy: --indexes shadow."],
        ["migration.keepPrevious retains it", "--keep-previous retains it"],
        ['migration.rollback: "previous" goes back to it', "`pulumi-milvus rollback` goes back to it"],
        [
            "The alias live points at docs. Aliases of this program are moved. Move any others yourself.",
            "The alias live points at docs. They go on with the collection that serves.",
        ],
        ["migration.maxMemory: 5", "migration.maxMemory: 5"],
        ["Search more thoroughly (migration.gate.searchParams)", "Search more thoroughly (--search-params)"],
        ["or remove migration.gate: the next", "or remove --gate: the next"],
        ["migration.gate.queries: ./a.json cannot be read", "--gate: ./a.json cannot be read"],
        ["migration.gate.topK", "migration.gate.topK"],
        ["for clients that still use it (migration.grace)", "for clients that still use it (--grace)"],
    ];

    it("take the place of those of Pulumi", () => {
        for (const [core, command] of pairs) expect(inWordsOfAlter(core)).to.equal(command);
    });

    it("leave no `pulumi up` in any message of a plan or a run", () => {
        const messages = [...Object.values(plans), ...Object.values(runs)].map(({ example }) => example);
        expect(messages).to.have.length.greaterThan(80);
        for (const message of messages)
            expect(inWordsOfAlter(message)).to.not.match(/`pulumi (up|preview|destroy|refresh)`/);
    });
});
