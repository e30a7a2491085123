import { slug } from "github-slugger";
import { defineConfig } from "vitepress";

import { home } from "./home";
import { languageOfFences, linksOfTheSite, mermaidFences } from "./markdown";
import { base, pages, repository } from "./pages";
import { sidebar } from "./sidebar";
import { stage, staged } from "./stage";

stage();

const fileOf = new Map([...pages].map(([file, page]) => [page, file]));

/** The site of docs/. Its pages are the files that GitHub shows: what only a site needs is added here. */
export default defineConfig({
    title: "pulumi-milvus",
    description: "Milvus collections and aliases as code, with row migration on schema changes",
    lang: "en",
    base,
    srcDir: staged,
    outDir: new URL("../dist", import.meta.url).pathname,
    cleanUrls: true,
    sitemap: { hostname: `https://pulumi-milvus.github.io${base}` },
    head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}logo.svg` }]],
    markdown: {
        // Messages and pages link to sections as GitHub names them.
        anchor: { slugify: slug },
        // The plain ones have colours with less contrast than WCAG asks for.
        theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
        config: (markdown) => {
            linksOfTheSite(markdown);
            languageOfFences(markdown);
            mermaidFences(markdown);
        },
    },
    transformPageData: (page) => {
        page.frontmatter["source"] = `${repository}/edit/main/${fileOf.get(page.relativePath)}`;
        return page.relativePath === "index.md" ? home(page) : undefined;
    },
    themeConfig: {
        logo: "/logo.svg",
        nav: [
            { text: "Overview", link: "/overview" },
            { text: "Findings", link: "/findings" },
            { text: "Changelog", link: "/changelog" },
        ],
        sidebar: sidebar(),
        outline: [2, 3],
        search: { provider: "local" },
        socialLinks: [{ icon: "github", link: repository }],
        // It runs in the browser, where it sees the page alone.
        editLink: { pattern: ({ frontmatter }) => frontmatter["source"] as string, text: "Edit this page" },
    },
    vite: { build: { chunkSizeWarningLimit: 2000 } },
});
