/** `computed`: the module that computes the vectors; `rekeyed`: whether the copy generates its keys. */
export interface Made {
    computed?: string;
    rekeyed?: boolean;
}

/** What a version shows in the columns that are carried over: its tens are in the vector alone. */
export const carriedOf = (version: number) => version - (Math.floor(version / 10) % 10) * 10;
export const textOf = (version: number) => (version % 3 === 0 ? null : `version ${version}`);
