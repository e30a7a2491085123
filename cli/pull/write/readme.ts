import type { Program } from "../program/program";
import type { Project } from "./project";

/** The next steps, for whoever has the program in front of them. */
export function readme(program: Program, { name, language, server, version }: Project): string {
    const { declarations, secrets, leftOut, source } = program;
    const file = language === "yaml" ? "Pulumi.yaml" : "index.ts";
    const install =
        language === "yaml"
            ? [`npm install --global pulumi-milvus@${version} # the plugin of the provider`]
            : ["npm install"];
    const settings = [
        `pulumi config set milvus:address ${server.address}`,
        ...(server.isTls ? ["pulumi config set milvus:ssl true"] : []),
        ...(server.hasUser ? ["pulumi config set --secret milvus:token # asks for it"] : []),
        ...secrets.map(({ key }) => `pulumi config set --secret ${key}`),
    ];
    return [
        `# ${name}`,
        `${source} \`${file}\` declares ${objects(declarations.length)} as the server has them.`,
        "## Next steps",
        "1. Set up the stack:",
        fenced([...install, "pulumi stack init dev", ...settings]),
        ...(secrets.length === 0 ? [] : [secretsText(program)]),
        "2. Run `pulumi preview`, then `pulumi up`. With `adopt: true` it takes the objects over as they are: it marks each collection as this stack's, and changes nothing else. No row is read or written.",
        "3. Remove `adopt: true` from the program. It has done its work, and a new object cannot take over another one by mistake.",
        "4. Change the program. `pulumi preview` prints how each change is carried out, and what becomes of the rows.",
        "If several stacks share the program, give each its own server: `adopt` takes over what is there.",
        ...(leftOut.length === 0
            ? []
            : ["## Not in the program", leftOut.map((one) => `- ${plain(one)}`).join("\n")]),
    ]
        .join("\n\n")
        .concat("\n");
}

function secretsText({ secrets }: Program): string {
    const list = secrets.map(({ key, about }) => `   - \`${key}\`: the ${plain(about)}`).join("\n");
    return `   Give the secrets their present values: \`pulumi up\` would set a password to any other one.\n\n${list}`;
}

const objects = (count: number): string => (count === 1 ? "one object" : `${count} objects`);

/** A block of shell commands, within the item of a list. */
const fenced = (lines: readonly string[]): string =>
    ["```sh", ...lines, "```"].map((line) => `   ${line}`).join("\n");

/** What a server tells is no Markdown: it links nothing, and ends no item of a list. */
const plain = (text: string): string =>
    text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~]/g, (letter) => `\\${letter}`);
