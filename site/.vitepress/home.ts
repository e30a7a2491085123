import type { PageData } from "vitepress";

import { repository } from "./pages";

/** The index of the documentation is the landing page: what the project is stands above its tables. */
export const home = (page: PageData): Partial<PageData> => ({
    title: "Documentation",
    frontmatter: {
        ...page.frontmatter,
        layout: "home",
        hero: {
            name: "pulumi-milvus",
            text: "Milvus collections as code",
            tagline:
                "A schema change copies every row, compares both sides value by value, and moves the alias in one step.",
            actions: [
                { theme: "brand", text: "Overview", link: "/overview" },
                { theme: "alt", text: "How a migration runs", link: "/migration" },
                { theme: "alt", text: "GitHub", link: repository },
            ],
        },
    },
});
