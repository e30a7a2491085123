import tseslint from "typescript-eslint";
import { importX } from "eslint-plugin-import-x";

/** Packages that one room alone may import, so that a change of theirs stays in that room. */
const sdkOnly = {
    group: ["@zilliz/*", "@grpc/*", "protobufjs", "protobufjs/*"],
    message: "Only provider/milvus speaks to Milvus.",
};
const pulumiOnly = {
    group: ["@pulumi/*"],
    message: "Only sdk/ and the adapters, provider/pulumi.ts and provider/native, know Pulumi.",
};
const telemetryOnly = {
    group: ["prom-client", "@opentelemetry/*"],
    message:
        "Only provider/telemetry speaks to Prometheus and OpenTelemetry, and loads what it needs when it is asked.",
};
const only = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

/** The rooms in the order of the data: a room imports from those it names here, and from nothing else of ours. */
const rooms = {
    wire: [],
    inputs: [],
    milvus: ["inputs", "wire"],
    observe: ["inputs", "wire", "milvus"],
    plan: ["inputs"],
    migration: ["inputs", "wire", "milvus", "observe", "plan"],
    telemetry: ["inputs", "wire", "milvus", "observe", "plan", "migration"],
    resource: ["inputs", "wire", "milvus", "observe", "plan", "migration", "telemetry"],
};

/** The rooms within a room, each importing from those before it alone; the files beside them come last. */
const within = {
    wire: ["encoding", "json", "column", "cell", "rows", "convert"],
    inputs: ["report", "schema", "values", "rules"],
    milvus: ["transport", "schema", "collection", "access", "cluster", "rows"],
    "plan/mapping": ["column"],
    plan: ["recovery", "finding", "diff", "carry", "mapping", "strategy"],
    migration: [
        "keys",
        "read",
        "transform",
        "baseline",
        "properties",
        "lifecycle",
        "copy",
        "shards",
        "verify",
        "catchup",
        "gate",
        "cutover",
    ],
    resource: [
        "session",
        "context",
        "preflight",
        "generations",
        "recovery",
        "replacement",
        "detached",
        "collection",
        "alias",
        "object",
        "database",
        "partition",
        "resourceGroup",
        "privilegeGroup",
        "grant",
        "role",
        "user",
        "lookup",
        "operate",
        "work",
    ],
};

/** Files beside inner rooms that these may import: errors and reports speak of every step. */
const shared = {
    wire: ["./error.ts"],
    "plan/mapping": ["./mapping.ts"],
    migration: ["./errors.ts", "./measure.ts", "./report.ts", "./migration.ts"],
    resource: ["./life.ts"],
};

/** The rooms of the command, in their order: each imports from those before it, and from the files beside them that are named below. */
const cli = [
    "codes",
    "output",
    "connection",
    "schema",
    "report",
    "plan",
    "alter",
    "verify",
    "pull",
    "status",
    "pause",
    "work",
    "abort",
    "rollback",
    "aliases",
    "cleanup",
    "doctor",
    "completion",
];
const cliShared = ["io.ts", "errors.ts", "codes.ts", "command.ts", "outputOf.ts"];

const cliZones = [
    ...cli.map((room, place) => ({
        target: `./cli/${room}`,
        from: "./cli",
        except: [
            ...cli.slice(0, place + 1).map((earlier) => `./${earlier}`),
            ...cliShared.map((file) => `./${file}`),
        ],
        message: `cli/${room} must not import from a room after it, or from the files beside the rooms that build the command.`,
    })),
    ...["provider", "sdk"].map((room) => ({
        target: `./${room}`,
        from: "./cli",
        message: `${room} must not import from cli: the command is an adapter, and nothing builds on it.`,
    })),
    {
        target: "./cli",
        from: "./sdk",
        message: "cli must not import from sdk: a program does, the command has none.",
    },
];

const zone = (target, from, message, except = []) => ({
    target: `./provider/${target}`,
    from: `./provider/${from}`,
    except,
    message,
});

const roomZones = Object.entries(rooms).flatMap(([room, allowed]) =>
    Object.keys(rooms)
        .filter((other) => other !== room && !allowed.includes(other))
        .map((other) =>
            zone(
                room,
                other,
                `provider/${room} must not import from provider/${other} (docs/architecture.md: the rooms).`,
                // The planner is pure: of what is observed it sees the types, never the server.
                room === "plan" && other === "observe" ? ["./state.ts", "./generation.ts"] : [],
            ),
        ),
);

const innerZones = Object.entries(within).flatMap(([room, order]) =>
    order.map((inner, place) =>
        zone(
            `${room}/${inner}`,
            room,
            `provider/${room}/${inner} must not import from a room after it, or from the files beside the rooms.`,
            [...order.slice(0, place + 1).map((earlier) => `./${earlier}`), ...(shared[room] ?? [])],
        ),
    ),
);

const zones = [...roomZones, ...innerZones, ...cliZones];

export default tseslint.config(
    {
        ignores: [
            "dist",
            ".cache",
            "node_modules",
            "test/fixtures",
            "examples/**/node_modules",
            "examples/two-clusters",
            "examples/typescript",
            // It imports the built package, which a fresh clone does not have.
            "templates",
            "plugin",
            "sdks",
            "site",
        ],
    },
    ...tseslint.configs.strictTypeChecked,
    {
        languageOptions: {
            parserOptions: {
                projectService: {
                    allowDefaultProject: [
                        "eslint.config.mjs",
                        "examples/re-embedding/embed.js",
                        "scripts/engine/*.cjs",
                        "scripts/engine/small/warm/*.cjs",
                    ],
                },
            },
        },
        plugins: { "import-x": importX },
        rules: {
            "@typescript-eslint/restrict-template-expressions": [
                "error",
                { allowNumber: true, allowBoolean: true },
            ],
            "@typescript-eslint/no-non-null-assertion": "off",
            "@typescript-eslint/no-unnecessary-condition": "off",
            "@typescript-eslint/no-confusing-void-expression": "off",
            "import-x/no-restricted-paths": ["error", { zones }],
            "import-x/no-cycle": "error",
            "@typescript-eslint/no-unused-vars": [
                "error",
                { varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
            ],
        },
        settings: { "import-x/resolver": { node: { extensions: [".ts", ".js"] } } },
    },
    {
        files: ["provider/**/*.ts"],
        ignores: ["provider/milvus/**", "provider/pulumi.ts", "provider/engineLog.ts", "provider/native/**"],
        rules: only(sdkOnly, pulumiOnly, telemetryOnly),
    },
    { files: ["provider/telemetry/**/*.ts"], rules: only(sdkOnly, pulumiOnly) },
    {
        files: ["provider/**/*.ts", "sdk/**/*.ts", "cli/**/*.ts"],
        rules: {
            "max-lines": ["error", 250],
            "no-restricted-syntax": [
                "error",
                {
                    selector: ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind='let']",
                    message:
                        "No module-level state: several sessions share a process. Put it into the Session.",
                },
                {
                    selector:
                        ":matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator[id.typeAnnotation.typeAnnotation.typeName.name!=/^Readonly/] > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet)$/][arguments.length=0]",
                    message:
                        "No module-level state: several sessions share a process. Put it into the Session.",
                },
            ],
        },
    },
    { files: ["provider/milvus/**/*.ts"], rules: only(pulumiOnly, telemetryOnly) },
    { files: ["provider/pulumi.ts", "sdk/**/*.ts"], rules: only(sdkOnly, telemetryOnly) },
    { files: ["cli/**/*.ts"], rules: only(sdkOnly, pulumiOnly, telemetryOnly) },
    // `provider/engineLog.ts` and `provider/native/` speak gRPC to the engine, as the SDK does.
    { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-unused-expressions": "off" } },
    { files: ["**/*.mjs", "**/*.cjs", "examples/**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
    { files: ["**/*.cjs", "examples/**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
