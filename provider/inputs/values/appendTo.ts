/** Adds to the list that a map has for a key; the first value of a key begins its list. */
export function appendTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
}
