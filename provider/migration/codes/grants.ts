import type { CodeEntry } from "../../inputs/report/code";

/** Groups of privileges, and what roles are granted. */
export const grants = {
    MV420: {
        title: "The privilege group is still granted",
        severity: "error",
        retryable: false,
        example:
            "privilege group ingest: not dropped, it is granted to loader on library/docs. Remove it from these grants first",
    },
    MV421: {
        title: "The server does not know the privilege",
        severity: "error",
        retryable: false,
        example: 'grant to reader: milvus 2.6.18 knows no privilege "Serach". Did you mean "Search"?',
    },
    MV422: {
        title: "The privilege cannot be granted there",
        severity: "error",
        retryable: false,
        example:
            "grant to reader: milvus 2.3.5 grants DescribeCollection on all collections or on none. Declare it in a Grant of its own, without collection",
    },
    MV423: {
        title: "The role of a grant does not exist",
        severity: "error",
        retryable: false,
        example:
            "grant to reader: there is no role reader. Declare a Role, and name it by its output: role: reader.name",
    },
    MV424: {
        title: "Two grants declare the same privilege",
        severity: "warning",
        retryable: false,
        fix: "Declare each privilege of a role in one Grant",
        example:
            "privileges: Search on default/docs is declared for reader by readers and by others. When one of them is removed, the other gives it again at the next `pulumi up`",
    },
    MV425: {
        title: "The provider would lose its own rights",
        severity: "error",
        retryable: false,
        example:
            "grant to deployer: Search on default/docs is not taken away: the user of this connection, pulumi, has the role deployer. Connect as another user, or take it away by hand",
    },
    MV450: {
        title: "Grants of roles are left to do by hand",
        severity: "warning",
        retryable: false,
        fix: "Grant SelectOwnership and ManageOwnership to a role of the provider's user before the next change (docs/security.md), and do by hand what the message says",
        example:
            "warning: the privileges of roles on docs_3fa9c1d cannot be read (SelectRole: deployer lacks the privilege SelectOwnership on Global *, database default). Grant the same privileges on docs_dd7cb42 by hand",
    },
} as const satisfies Record<`MV4${number}`, CodeEntry>;
