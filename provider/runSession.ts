import { FallbackLedger } from "./resource/session/fallbackLedger";
import { FileLedger } from "./resource/session/ledger";
import { runOf } from "./resource/session/run";
import { Session } from "./resource/session/session";

/** The session of this process, which shares what a later call needs with the other processes of the same run. */
export function runSession(argv: readonly string[], print: (line: string) => void): Session {
    const run = runOf(argv);
    return new Session(
        run,
        new FallbackLedger(new FileLedger(run), ({ message }) => {
            print(
                `warning: the temporary folder cannot be used (${message}); the run must end in this process`,
            );
        }),
        // That of the run has told of the folder.
        new FallbackLedger(new FileLedger("previews"), () => undefined),
    );
}
