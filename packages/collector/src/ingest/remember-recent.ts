/**
 * `compute`, with its latest answers remembered: at most `maxEntries`, the least recently asked go first.
 * For pure functions of a text only; what `compute` throws is not remembered.
 */
export function rememberRecent<Value>(
  compute: (key: string) => Value,
  maxEntries: number,
): (key: string) => Value {
  // A Map keeps the order of insertion, so taking a key out and putting it back makes it the latest.
  const answers = new Map<string, Value>()
  return (key) => {
    const known = answers.has(key)
    const value = known ? answers.get(key)! : compute(key)
    if (known) answers.delete(key)
    else if (answers.size >= maxEntries) answers.delete(answers.keys().next().value!)
    answers.set(key, value)
    return value
  }
}
