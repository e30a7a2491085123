/** The version that a fake server plays: `2.6.18`. */
export class Version {
    private readonly parts: readonly number[];

    constructor(readonly text: string) {
        this.parts = text.split(".").map(Number);
        if (this.parts.length !== 3 || this.parts.some((part) => !Number.isInteger(part)))
            throw new Error(`a version is three numbers, as 2.6.18, not ${text}`);
    }

    /** True from that release on. */
    since(...release: [major: number, minor: number, patch: number]): boolean {
        const place = release.findIndex((part, at) => part !== this.parts[at]);
        return place < 0 || this.parts[place]! > release[place]!;
    }

    /** True within a line of releases, from a patch on: what was brought to an older line after the newer one began. */
    inLine(major: number, minor: number, from = 0): boolean {
        return this.parts[0] === major && this.parts[1] === minor && this.parts[2]! >= from;
    }
}
