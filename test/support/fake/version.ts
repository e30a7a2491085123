/** The version that a fake server simulates: `2.6.18`. */
export class Version {
    private readonly parts: readonly number[];

    constructor(readonly text: string) {
        this.parts = text.split(".").map(Number);
        if (this.parts.length !== 3 || this.parts.some((part) => !Number.isInteger(part)))
            throw new Error(`a version has three numbers, such as 2.6.18, not ${text}`);
    }

    /** True since that release. */
    since(...release: [major: number, minor: number, patch: number]): boolean {
        const place = release.findIndex((part, at) => part !== this.parts[at]);
        return place < 0 || this.parts[place]! > release[place]!;
    }

    /** True within a line of releases since a patch, for changes that were backported to an older line. */
    inLine(major: number, minor: number, from = 0): boolean {
        return this.parts[0] === major && this.parts[1] === minor && this.parts[2]! >= from;
    }
}
