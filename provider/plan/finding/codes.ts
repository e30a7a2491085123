import type { Allowance } from "../../inputs/allowance";

/** How much a finding weighs: a note informs, a warning names a risk or a loss, an error refuses the plan. */
export type Severity = "note" | "warning" | "error";

export interface Code {
    title: string;
    severity: Severity;
    /** What it depends on: one about the rows falls away when the collection has none. */
    about: "rows" | "server" | "program";
    /**
     * What is lost for good, and how a program allows it. `said`: the program asks for it outright; it is done with a
     * warning, unless `milvus:destructive` is `refuse`. A loss that is only implied is refused until it is allowed.
     */
    loss?: { said: boolean; allow: Allowance };
    example: string;
}

/** The planner's codes. MV001-MV099 are checks of arguments, MV2xx the server's errors, MV3xx a migration's run. */
export const codes = {
    MV101: {
        title: "A field is left out: its values go",
        severity: "warning",
        about: "rows",
        loss: { said: true, allow: "drop" },
        example: "fields: notes is left out of the program, its values are lost",
    },
    MV102: {
        title: "A previous name names nothing",
        severity: "warning",
        about: "program",
        example: "fields[3].previousName: no field pagenum is there; page counts as a new field",
    },
    MV103: {
        title: "A new vector has no value for the rows that are there",
        severity: "error",
        about: "rows",
        example: "fields[2]: the rows have no vector for image",
    },
    MV104: {
        title: "A limit shrinks: rows may not fit",
        severity: "warning",
        about: "rows",
        example: "fields[1].maxLength: a title longer than 64 stops the copy, before anything is switched",
    },
    MV105: {
        title: "A new field's type has no value of its own",
        severity: "error",
        about: "rows",
        example: "fields[4]: Geometry has no zero value for the rows that are there",
    },
    MV106: {
        title: "A field's type changes and nothing converts its values",
        severity: "error",
        about: "rows",
        example: "fields[2]: values of price cannot be converted from Int64 to Double",
    },
    MV107: {
        title: "A field's type changes: its old values are given up",
        severity: "warning",
        about: "rows",
        loss: { said: true, allow: "drop" },
        example: "fields[2]: old values of price (Int64) are given up, each row gets 0",
    },
    MV108: {
        title: "A field is no longer nullable",
        severity: "warning",
        about: "rows",
        example: "fields[5].nullable: a NULL in lang stops the copy, before anything is switched",
    },
    MV109: {
        title: "NULL turns into the default",
        severity: "error",
        about: "rows",
        loss: { said: false, allow: "null-to-default" },
        example: 'fields[5].defaultValue: a row with NULL in lang gets "en"',
    },
    MV110: {
        title: "The primary key changes",
        severity: "error",
        about: "rows",
        example: "fields[0]: rows are known by id (Int64) and would be known by uid (VarChar)",
    },
    MV111: {
        title: "The server makes the keys and takes none",
        severity: "error",
        about: "rows",
        example: "fields[0].autoId: milvus 2.3.5 cannot take the keys of existing rows",
    },
    MV112: {
        title: "Primary keys change",
        severity: "warning",
        about: "rows",
        loss: { said: true, allow: "regenerate-keys" },
        example: "migration.primaryKeys: every row gets a new key",
    },
    MV113: {
        title: "Nothing makes new primary keys",
        severity: "error",
        about: "program",
        example: "migration.primaryKeys: keys cannot be regenerated, id has no autoId",
    },
    MV114: {
        title: "The dynamic field goes",
        severity: "warning",
        about: "rows",
        loss: { said: true, allow: "drop" },
        example: "enableDynamicField: all values in the dynamic field are lost",
    },
    MV115: {
        title: "The server has no nullable fields or defaults",
        severity: "error",
        about: "server",
        example: "fields[5].nullable: milvus 2.3.5 has no nullable fields",
    },
    MV116: {
        title: "Time to live starts anew",
        severity: "note",
        about: "rows",
        example: "properties: TTL counts from the insert, a copied row lives its whole time again",
    },
    MV117: {
        title: "A partition that the program does not know is kept",
        severity: "note",
        about: "rows",
        example: "partitions: y2023 is not in the program and is kept with its rows",
    },
    MV118: {
        title: "A partition goes with its rows",
        severity: "warning",
        about: "rows",
        loss: { said: true, allow: "drop-partition" },
        example: "partitions: y2023 is dropped, 1,200 rows in it are lost",
    },
    MV119: {
        title: "Partitions are made anew",
        severity: "note",
        about: "rows",
        example: "partitions: the partition key decides where each row goes",
    },
    MV120: {
        title: "The server cannot swap collections by name",
        severity: "error",
        about: "server",
        example: "name: milvus-lite 2.5.1 cannot rename, so the copy cannot take the name docs",
    },
    MV121: {
        title: "The server was not asked",
        severity: "note",
        about: "server",
        example: "connection: planned from the recorded state, for a current Milvus",
    },
    MV122: {
        title: "Part of the program is known only at up",
        severity: "note",
        about: "program",
        example: "fields: known only at `pulumi up`, planned then",
    },
    MV123: {
        title: "The collection is not on the server",
        severity: "error",
        about: "server",
        example: "name: the recorded collection is not on the server",
    },
    MV124: {
        title: "The collection is released for a while",
        severity: "warning",
        about: "server",
        example: "indexes: searches fail from the release until the collection is loaded again",
    },
    MV125: {
        title: "A function's output cannot be read",
        severity: "error",
        about: "rows",
        example: "fields[3]: Milvus does not give out the values of sparse, made by bm25",
    },
    MV126: {
        title: "A description stays with the program",
        severity: "note",
        about: "server",
        example: "description: milvus-lite 3.2.2 forgets descriptions, it is kept in the state alone",
    },
    MV127: {
        title: "Aliases point at the old collection",
        severity: "note",
        about: "server",
        example: "name: the alias live points at docs_3fa9c1d",
    },
    MV128: {
        title: "A field that the program never knew goes",
        severity: "error",
        about: "rows",
        loss: { said: false, allow: "drop" },
        example: "fields: legacy is on the server but not in the program, its values are lost",
    },
    MV129: {
        title: "The server lacks partitions or databases",
        severity: "error",
        about: "server",
        example: "partitions: milvus-lite 2.5.1 has no partitions",
    },
    MV130: {
        title: "A new field may have a namesake in the dynamic field",
        severity: "note",
        about: "rows",
        example: "fields: values that rows hold as lang in the dynamic field stay there",
    },
    MV131: {
        title: "Rows do not fit a limit that shrinks",
        severity: "error",
        about: "rows",
        example: "fields[1].maxLength: 3 rows hold a title longer than 64",
    },
    MV132: {
        title: "Rows hold NULL where none may be",
        severity: "error",
        about: "rows",
        example: "fields[5].nullable: 12 rows hold NULL in lang",
    },
    MV133: {
        title: "A conversion loses precision",
        severity: "error",
        about: "rows",
        loss: { said: false, allow: "narrow" },
        example: "fields[2]: values of embedding lose precision from FloatVector to Float16Vector",
    },
    MV134: {
        title: "Not every value may convert",
        severity: "warning",
        about: "rows",
        example: "fields[2]: a price that is no Int64 stops the copy, before anything is switched",
    },
    MV135: {
        title: "Both copies take more memory than the program allows",
        severity: "error",
        about: "rows",
        loss: { said: false, allow: "memory" },
        example: "migration.maxMemory: both copies take about 9.0 GB while they are loaded, more than 8.0 GB",
    },
    MV136: {
        title: "A function's values come in the background",
        severity: "note",
        about: "rows",
        example: "functions: rows that are there get sparse in the background",
    },
    MV137: {
        title: "There is no JSON where a field's values should come from",
        severity: "error",
        about: "rows",
        example: "fields[4].from: there is no JSON field metadata on the server",
    },
    MV138: {
        title: "A field cannot go into the dynamic field",
        severity: "error",
        about: "rows",
        example: "migration.moveToDynamicField: image is a FloatVector, which JSON does not hold",
    },
    MV139: {
        title: "Nobody knows how much memory both copies take",
        severity: "warning",
        about: "rows",
        example: "migration.maxMemory: the size of the rows is not known",
    },
    MV140: {
        title: "Rows expire with a shorter time to live",
        severity: "warning",
        about: "rows",
        example: "properties: rows that were inserted more than 3600 s ago expire at once",
    },
    MV141: {
        title: "The server does not have a type",
        severity: "error",
        about: "server",
        example: "fields[3].dataType: milvus 2.3.5 has no SparseFloatVector",
    },
    MV142: {
        title: "The server has one vector a collection",
        severity: "error",
        about: "server",
        example: "fields[2]: milvus 2.3.5 has one vector a collection, and vector is one",
    },
    MV143: {
        title: "The server does not have an index type",
        severity: "error",
        about: "server",
        example: "indexes: milvus-lite 3.2.2 has no STL_SORT for page (Int64)",
    },
    MV144: {
        title: "A key of the dynamic field is in the way of a field",
        severity: "error",
        about: "rows",
        loss: { said: false, allow: "drop" },
        example: "fields[4]: 3 rows hold a key lang in the dynamic field",
    },
    MV145: {
        title: "A key of the dynamic field may be in the way of a field",
        severity: "warning",
        about: "rows",
        example: "fields[4]: a row that holds a key lang in the dynamic field stops the migration",
    },
    MV146: {
        title: "The server does not store such JSON",
        severity: "error",
        about: "rows",
        example: "fields[2]: milvus 2.3.5 stores JSON objects alone, and values of price are of Int64",
    },
    MV147: {
        title: "Writes cannot be followed",
        severity: "error",
        about: "rows",
        example:
            "migration.writes: rows written during the migration do not come along: a transform makes them",
    },
    MV148: {
        title: "Writes are not followed",
        severity: "warning",
        about: "rows",
        example:
            "migration.writes: rows written during the migration do not come along: every row gets a new key",
    },
    MV149: {
        title: "The old collection cannot be kept",
        severity: "warning",
        about: "server",
        example:
            "migration.keepPrevious: milvus-lite 2.5.1 keeps no properties: the old collection is dropped",
    },
    MV150: {
        title: "There is nothing to go back to",
        severity: "error",
        about: "program",
        example: "migration.rollback: no former collection is kept behind docs_ba4d643",
    },
    MV151: {
        title: "The kept collection cannot be taken up",
        severity: "error",
        about: "program",
        example:
            "migration.rollback: docs_3fa9c1d is not what the program declares: text: maxLength 64 -> 128",
    },
    MV152: {
        title: "The pause of writes before the switch may be too short",
        severity: "warning",
        about: "rows",
        example:
            "migration.maxWritePause: writes are refused for the last pass before the switch: about 95 s here. migration.maxWritePause is 30",
    },
} satisfies Record<`MV1${number}`, Code>;
