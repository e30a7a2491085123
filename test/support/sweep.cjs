// sweep.cjs FOLDER: outlives a run of tests, however that ends (SIGKILL, too), and then ends every process that has
// PULUMI_MILVUS_TEST_RUN=FOLDER in its environment, as all that the run starts inherit it, and removes FOLDER. Without /proc
// (macOS) processes are left to the run's own `exit` handlers.
const { readFileSync, readdirSync, rmSync } = require("node:fs");
const { setTimeout: delay } = require("node:timers/promises");

const folder = process.argv[2];
const mark = `PULUMI_MILVUS_TEST_RUN=${folder}`;
const mostPasses = 50;

/** A process that ends while it is looked at, or belongs to another user, is none of the run. */
function attempt(action) {
    try {
        return action();
    } catch {
        return undefined;
    }
}

function processesOfRun() {
    const pids = (attempt(() => readdirSync("/proc")) ?? []).filter((name) => /^\d+$/.test(name));
    return pids
        .filter((pid) =>
            attempt(() => readFileSync(`/proc/${pid}/environ`, "utf8"))
                ?.split("\0")
                .includes(mark),
        )
        .map(Number)
        .filter((pid) => pid !== process.pid);
}

async function sweep() {
    // One that was just started by another that is ended now shows in the next pass.
    for (let pass = 0; pass < mostPasses; pass++) {
        const pids = processesOfRun();
        if (pids.length === 0) break;
        for (const pid of pids) attempt(() => process.kill(pid, "SIGKILL"));
        await delay(20);
    }
    attempt(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}

// The run holds the other end of this pipe, and the kernel closes it.
process.stdin
    .resume()
    .once("end", () => void sweep())
    .once("error", () => void sweep());
