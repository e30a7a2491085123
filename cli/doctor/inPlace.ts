import type { Capabilities } from "../../provider/observe/state";
import type { Examination } from "./result";

type Ability = {
    [Key in keyof Capabilities]: Capabilities[Key] extends boolean ? Key : never;
}[keyof Capabilities];

/** What a server can change in place, for people; `not` says what happens instead. */
const abilities: readonly (readonly [ability: Ability, what: string, not: string])[] = [
    ["alterProperties", "set properties of a collection", "migrates, and an interrupted copy restarts"],
    ["deleteProperties", "delete properties of a collection", "sets them to an empty value, or migrates"],
    ["alterDescription", "change the description of a collection", "migrates"],
    ["alterConsistency", "change the consistency level", "migrates"],
    ["enableDynamicField", "turn the dynamic field on", "migrates"],
    ["addField", "add a nullable field", "migrates"],
    ["addVector", "add a nullable vector", "migrates"],
    ["addStruct", "add an Array of Structs", "migrates"],
    ["alterSchema", "drop a field", "migrates"],
    ["addFunction", "add a function with its output", "migrates"],
    ["alterFunction", "change the parameters of a function", "migrates"],
    ["alterMaxLength", "change the maximum length of a VarChar", "migrates"],
    ["alterMaxCapacity", "change the capacity of an Array", "migrates"],
    ["alterFieldDescription", "change the description of a field", "migrates"],
    ["alterAnalyzer", "change the analyzer of a field", "migrates"],
    ["rename", "rename a collection", "blocked"],
    ["aliases", "aliases: a migration switches in one step", "switches by two renames"],
    ["partitions", "partitions", "blocked"],
    ["databases", "databases", "one database alone"],
    ["nullable", "nullable fields and defaults", "blocked"],
];

export const inPlaceOf = (capabilities: Capabilities): Examination["inPlace"] =>
    abilities.map(([ability, what, otherwise]) => ({ what, can: capabilities[ability], otherwise }));
