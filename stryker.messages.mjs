/**
 * Leaves the words of errors out: a person reads them, no code goes by them, and each is provoked in test/e2e/findings.
 * Their codes count.
 */
const messages = {
    shouldIgnore({ parent, listKey, key }) {
        const isText = parent?.type === "NewExpression" && listKey === "arguments" && key > 0;
        return isText && parent.callee.name === "RunError" ? "the words of an error" : undefined;
    },
};

export const strykerPlugins = [{ kind: "Ignore", name: "messages", value: messages }];
