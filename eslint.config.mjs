import tseslint from "typescript-eslint";
import { importX } from "eslint-plugin-import-x";

/** Packages that one room alone may import, so that a change of theirs stays in that room. */
const sdkOnly = {
    group: ["@zilliz/*", "@grpc/*", "protobufjs", "protobufjs/*"],
    message: "Only provider/milvus speaks to Milvus.",
};
const pulumiOnly = { group: ["@pulumi/*"], message: "Only sdk/ and provider/pulumi.ts know Pulumi." };
const only = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

/** The way of the data, spec ← plan ← step ← run ← resource ← pulumi.ts: a room imports from its left alone. */
const order = ["spec", "milvus", "observe", "plan", "step", "run", "resource"];
const allowed = {
    spec: [],
    milvus: ["spec"],
    observe: ["spec", "milvus"],
    plan: ["spec"],
    step: ["spec", "milvus", "observe", "plan"],
    run: ["spec", "milvus", "observe", "plan", "step"],
    resource: ["spec", "milvus", "observe", "plan", "step", "run"],
};
const zones = order.flatMap((room) =>
    order
        .filter((other) => other !== room && !allowed[room].includes(other))
        .map((other) => ({
            target: `./provider/${room}`,
            from: `./provider/${other}`,
            // The planner is pure: of what is observed it sees the types, never the server.
            except: room === "plan" && other === "observe" ? ["./state.ts"] : [],
            message: `provider/${room} must not import from provider/${other} (design: the way of the data).`,
        })),
);

export default tseslint.config(
    { ignores: ["dist", ".cache", "node_modules", "test/fixtures", "examples/**/node_modules"] },
    ...tseslint.configs.strictTypeChecked,
    {
        languageOptions: {
            parserOptions: {
                projectService: {
                    allowDefaultProject: ["eslint.config.mjs", "test/support/engine/small/warm/*.cjs"],
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
        ignores: ["provider/milvus/**", "provider/pulumi.ts"],
        rules: only(sdkOnly, pulumiOnly),
    },
    { files: ["provider/milvus/**/*.ts"], rules: only(pulumiOnly) },
    { files: ["provider/pulumi.ts", "sdk/**/*.ts"], rules: only(sdkOnly) },
    { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-unused-expressions": "off" } },
    { files: ["**/*.mjs", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
    { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
