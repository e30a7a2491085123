/** A subject that says what the commit does, as an order, and a body that says why. */
const bareForm = /^(?!(?:\w+(?:ed|ing)|\w+[^s]s)\b)[A-Z]/;
const looksOtherwise =
    /^(?:Embed|Exceed|Feed|Need|Proceed|Seed|Shed|Speed|Bring|Ping|String|Bus|Alias|Canvas|Focus|Bias)\b/;

export default {
    parserPreset: {
        parserOpts: { headerPattern: /^(.*)$/, headerCorrespondence: ["subject"] },
    },
    plugins: [
        {
            rules: {
                "subject-imperative": ({ header }) => [
                    bareForm.test(header ?? "") || looksOtherwise.test(header ?? ""),
                    "the subject starts with a capital and a verb as an order: Add, not Adds, Added or Adding",
                ],
            },
        },
    ],
    rules: {
        "header-max-length": [2, "always", 72],
        "header-trim": [2, "always"],
        "header-full-stop": [2, "never", "."],
        "subject-imperative": [2, "always"],
        "body-leading-blank": [2, "always"],
        "body-empty": [2, "never"],
    },
    helpUrl: "CONTRIBUTING.md",
};
