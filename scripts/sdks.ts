import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const schemaFile = join(root, "schema.json");

/** The languages whose SDKs stand in the repository. Those of the others are made by .github/workflows/sdks.yml. */
export const committed = ["go", "nodejs", "python"];

/** The version of the pulumi CLI that the committed ones are made with; each writes them a little differently. */
export const generator = "v3.260.0";

/** The file beside the SDKs that tells which schema they were made from. */
export const stampFile = join(root, "sdks", "schema.sha256");

/** Files that the generator does not write. */
const kept: Readonly<Record<string, string[]>> = { go: ["milvus/go.mod", "milvus/go.sum"] };

/** What the SDKs depend on of the schema: its content, however it is written. */
export function schemaHash(): string {
    const schema: unknown = JSON.parse(readFileSync(schemaFile, "utf8"));
    return `${createHash("sha256").update(JSON.stringify(schema)).digest("hex")}\n`;
}

/** Makes the SDK of a language in a folder, which then holds it in a folder of the language's name. */
export function generateSdk(language: string, into: string): void {
    execFileSync("pulumi", ["package", "gen-sdk", schemaFile, "--language", language, "--out", into], {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    // pyproject.toml looks for it beside itself, and the generator writes it into the module.
    const readme = join(into, language, "pulumi_milvus/README.md");
    if (existsSync(readme)) cpSync(readme, join(into, language, "README.md"));
}

/** `npm run sdks [-- LANGUAGE...]`: generates the SDKs from schema.json. It needs the pulumi CLI. */
function main(languages: readonly string[]): void {
    const sdks = join(root, "sdks");
    const fresh = join(sdks, ".fresh");
    for (const language of languages) {
        rmSync(fresh, { recursive: true, force: true });
        mkdirSync(fresh, { recursive: true });
        generateSdk(language, fresh);
        for (const file of kept[language] ?? []) {
            const [from, to] = [join(sdks, language, file), join(fresh, language, file)];
            if (existsSync(from)) cpSync(from, to);
        }
        rmSync(join(sdks, language), { recursive: true, force: true });
        cpSync(join(fresh, language), join(sdks, language), { recursive: true });
    }
    rmSync(fresh, { recursive: true, force: true });
    if (committed.every((language) => languages.includes(language))) writeFileSync(stampFile, schemaHash());
}

if (require.main === module) main(process.argv.length > 2 ? process.argv.slice(2) : committed);
