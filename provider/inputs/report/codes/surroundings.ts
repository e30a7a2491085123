import type { CodeEntry } from "../code";

/** Functions, properties, losses and the connection. */
export const surroundings = {
    MV070: {
        title: "The function names an unknown field",
        severity: "error",
        retryable: false,
        example: 'functions[0].inputFieldNames[0]: There is no field "txt". Did you mean "text"?',
    },
    MV071: {
        title: "The fields of a function do not fit its type",
        severity: "error",
        retryable: false,
        example: "functions[0].inputFieldNames: BM25 reads one field, not 2",
    },
    MV072: {
        title: "The output of a function does not fit",
        severity: "error",
        retryable: false,
        example: "functions[0].outputFieldNames[0]: id is a key. A function needs its own output field",
    },
    MV073: {
        title: "The function type is unknown",
        severity: "warning",
        retryable: false,
        example:
            'functions[0].type: "TextEmbeding" is not a known function type. Did you mean "TextEmbedding"?',
    },
    MV080: {
        title: "The property is reserved",
        severity: "error",
        retryable: false,
        example:
            'properties["pulumi.owner"]: Properties that begin with pulumi. are reserved. Choose another name',
    },
    MV081: {
        title: "The entry is not a loss that can be allowed",
        severity: "error",
        retryable: false,
        example: 'migration.allow[2]: Write "memory" without a name',
    },
    MV082: {
        title: "The text is not a duration",
        severity: "error",
        retryable: false,
        example:
            'migration.keepPrevious.for: "24" is not a duration from 1 s to 3,650 days. Write whole numbers with d, h, m or s, the largest unit first: "24h", "7d", "1h30m"',
    },
    MV090: {
        title: "The address is not valid",
        severity: "error",
        retryable: false,
        example: "connection.address: An address cannot contain a user. Use username and password",
    },
    MV091: {
        title: "A connection has either a token or a user name",
        severity: "error",
        retryable: false,
        example: "connection.token: A token replaces username and password. Use one or the other",
    },
    MV092: {
        title: "A user name and a password belong together",
        severity: "error",
        retryable: false,
        example: "connection.password: A username is given without its password",
    },
    MV093: {
        title: "A client certificate and its key belong together",
        severity: "error",
        retryable: false,
        example: "connection.clientKeyFile: clientCertFile is given without clientKeyFile. Set both or none",
    },
    MV094: {
        title: "TLS files are set for a connection without TLS",
        severity: "warning",
        retryable: false,
        example: "connection.caFile: caFile is used only with TLS. Set ssl, or use an https:// address",
    },
    MV095: {
        title: "An alias cannot have the name of its collection",
        severity: "error",
        retryable: false,
        example: 'name: The collection is already named "docs". Give the alias another name',
    },
    MV098: {
        title: "A resource group asks for more nodes than it may have",
        severity: "error",
        retryable: false,
        example: "limits: limits is 1, and requests is 2. Set limits to requests or more, or leave it out",
    },
    MV097: {
        title: "The password is too short or too long",
        severity: "error",
        retryable: false,
        example: "password: A password has 6 to 72 bytes, this one has 5",
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;
