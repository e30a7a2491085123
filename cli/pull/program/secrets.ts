import { Secret, type Value } from "./program";

/** Keys of parameters and properties whose values no program may hold. */
const secretKey =
    /(^|[._-])(password|passwd|secret|token|api[._-]?key|access[._-]?key([._-]?id)?|secret[._-]?(access[._-]?)?key|private[._-]?key)$/i;

/** `https://user:password@host`. */
const hasCredentials = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:[^/?#]*@/i;

/** The value with a secret of the configuration in the place of each text that is one. */
export function withoutSecrets(value: Value, secretFor: (key: string) => Secret, key = ""): Value {
    if (typeof value === "string") {
        const isSecret = value !== "" && (secretKey.test(spelled(key)) || hasCredentials.test(value));
        return isSecret ? secretFor(key) : value;
    }
    if (Array.isArray(value)) return value.map((part) => withoutSecrets(part, secretFor, key));
    if (typeof value !== "object" || value === null || value.constructor !== Object) return value;
    const entries = Object.entries(value as Record<string, Value>);
    return Object.fromEntries(entries.map(([name, part]) => [name, withoutSecrets(part, secretFor, name)]));
}

/** `apiKey` → `api_Key`. */
const spelled = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
