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
const only = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

/** The rooms in the order of the data: a room imports from those it names here, and from nothing else of ours. */
const rooms = {
    wire: [],
    inputs: [],
    milvus: ["inputs", "wire"],
    observe: ["inputs", "wire", "milvus"],
    plan: ["inputs"],
    migration: ["inputs", "wire", "milvus", "observe", "plan"],
    resource: ["inputs", "wire", "milvus", "observe", "plan", "migration"],
};

/** The rooms within a room, each importing from those before it alone; the files beside them come last. */
const within = {
    wire: ["encoding", "json", "column", "cell", "rows", "convert"],
    inputs: ["report", "schema", "values", "rules"],
    milvus: ["transport", "schema", "collection", "rows"],
    "plan/mapping": ["column"],
    plan: ["recovery", "finding", "diff", "carry", "mapping", "strategy"],
    migration: [
        "keys",
        "read",
        "transform",
        "properties",
        "lifecycle",
        "copy",
        "verify",
        "catchup",
        "cutover",
    ],
    resource: ["session", "context", "preflight", "generations", "recovery", "collection", "alias", "lookup"],
};

/** Files beside inner rooms that these may import: errors and reports speak of every step. */
const shared = {
    wire: ["./error.ts"],
    "plan/mapping": ["./mapping.ts"],
    migration: ["./errors.ts", "./report.ts", "./migration.ts"],
    resource: ["./life.ts"],
};

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

const zones = [...roomZones, ...innerZones];

export default tseslint.config(
    {
        ignores: [
            "dist",
            ".cache",
            "node_modules",
            "test/fixtures",
            "examples/**/node_modules",
            "examples/typescript",
            "plugin",
            "sdks",
        ],
    },
    ...tseslint.configs.strictTypeChecked,
    {
        languageOptions: {
            parserOptions: {
                projectService: {
                    allowDefaultProject: [
                        "eslint.config.mjs",
                        "test/support/engine/*.cjs",
                        "test/support/engine/small/warm/*.cjs",
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
        rules: only(sdkOnly, pulumiOnly),
    },
    {
        files: ["provider/**/*.ts", "sdk/**/*.ts"],
        rules: {
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
    { files: ["provider/milvus/**/*.ts"], rules: only(pulumiOnly) },
    { files: ["provider/pulumi.ts", "sdk/**/*.ts"], rules: only(sdkOnly) },
    // `provider/engineLog.ts` and `provider/native/` speak gRPC to the engine, as the SDK does.
    { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-unused-expressions": "off" } },
    { files: ["**/*.mjs", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
    { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
