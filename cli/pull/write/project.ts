import { typescriptProgram } from "../print/typescript";
import { yamlProgram } from "../print/yaml";
import type { Program } from "../program/program";
import { readme } from "./readme";

export const languages = ["typescript", "yaml"] as const;

export interface Project {
    /** As Pulumi takes it: see `projectName`. */
    name: string;
    language: (typeof languages)[number];
    /** Of this package, which the program depends on. */
    version: string;
    /** How the program reaches the server that it was pulled from. */
    server: { address: string; isTls: boolean; hasUser: boolean };
}

/** The files of a project by their names. */
export function projectFiles(program: Program, project: Project): Map<string, string> {
    const text = readme(program, project);
    if (project.language === "yaml")
        return new Map([
            ["Pulumi.yaml", `${header(project, "yaml")}\n${yamlProgram(program)}`],
            ["README.md", text],
        ]);
    return new Map([
        ["Pulumi.yaml", header(project, "nodejs")],
        ["package.json", json(packageOf(project))],
        ["tsconfig.json", json(tsconfig)],
        [".gitignore", "/bin/\n/node_modules/\n"],
        ["index.ts", typescriptProgram(program)],
        ["README.md", text],
    ]);
}

const header = ({ name }: Project, runtime: string): string =>
    `name: ${name}\nruntime: ${runtime}\ndescription: Objects of a Milvus server\n`;

/** The peer dependency of this package. */
const pulumiRange = "^3.230.0";

const packageOf = ({ name, version }: Project) => ({
    name: name.toLowerCase(),
    private: true,
    main: "index.ts",
    dependencies: { "@pulumi/pulumi": pulumiRange, "pulumi-milvus": `^${version}` },
    devDependencies: { "@types/node": "^20", typescript: "^5.9.3" },
});

const tsconfig = {
    compilerOptions: {
        outDir: "bin",
        target: "ES2022",
        module: "nodenext",
        moduleResolution: "nodenext",
        moduleDetection: "force",
        types: ["node"],
        strict: true,
        skipLibCheck: true,
    },
    files: ["index.ts"],
};

/** A list of one text stands in one line. */
const json = (value: object): string =>
    `${JSON.stringify(value, undefined, 2).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]")}\n`;

/** The name of a folder as one that Pulumi takes: letters, digits, hyphens, underscores and dots, at most 100. */
export function projectName(folder: string): string {
    const name = folder
        .replace(/[^A-Za-z0-9_.-]+/g, "-")
        .replace(/^[-._]+|[-._]+$/g, "")
        .slice(0, 100);
    // YAML, and npm, would take it for something else.
    return /^[A-Za-z]/.test(name) && !/^(true|false|null|yes|no|on|off|y|n|node_modules)$/i.test(name)
        ? name
        : `milvus-${name}`.replace(/-$/, "");
}
