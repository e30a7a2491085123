import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** `up` goes to the server, `down` to the client. */
export type Direction = "up" | "down";

/** The state that controls the connections of a wire. */
export class Weather {
    readonly sockets = new Set<Socket>();
    private delayed: { milliseconds: number; ending: AbortController } | undefined;
    private stalled: { over: Promise<void>; end: () => void } | undefined;
    private sent = 0;
    private waiting: { at: number; reached: () => void }[] = [];
    private readonly allowed: Record<Direction, number> = { up: Infinity, down: Infinity };

    cut(): void {
        for (const socket of this.sockets) socket.resetAndDestroy();
    }

    stall(): void {
        let end: () => void = () => undefined;
        this.stalled ??= { over: new Promise((over) => (end = over)), end: () => end() };
    }

    delay(milliseconds: number): void {
        this.delayed = { milliseconds, ending: new AbortController() };
    }

    clear(): void {
        this.delayed?.ending.abort();
        this.delayed = undefined;
        this.stalled?.end();
        this.stalled = undefined;
    }

    allow(direction: Direction, bytes: number): void {
        this.allowed[direction] = bytes;
    }

    expect(bytes: number): Promise<void> {
        return new Promise((reached) => this.waiting.push({ at: this.sent + bytes, reached }));
    }

    /** Resolves when the received bytes may pass. */
    async passage(arrived: number): Promise<void> {
        if (this.delayed) {
            const { milliseconds, ending } = this.delayed;
            const left = Math.max(0, arrived + milliseconds - Date.now());
            await pause(left, undefined, { signal: ending.signal }).catch(() => undefined);
        }
        while (this.stalled) await this.stalled.over;
    }

    /** The part of a chunk that may pass, and whether the connection closes after it. */
    take(direction: Direction, chunk: Buffer): { part: Buffer; last: boolean } {
        const last = chunk.length >= this.allowed[direction];
        const part = last ? chunk.subarray(0, this.allowed[direction]) : chunk;
        this.allowed[direction] = last ? Infinity : this.allowed[direction] - part.length;
        if (direction === "up") {
            this.sent += part.length;
            for (const { at, reached } of this.waiting) if (this.sent >= at) reached();
            this.waiting = this.waiting.filter(({ at }) => this.sent < at);
        }
        return { part, last };
    }
}
