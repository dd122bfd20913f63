/** Where SDKs write the key: right at the beginning. */
const PEEKED_BYTES = 256

/**
 * The write key that a body seems to name, without parsing it; undefined where none is seen, as in packed bodies. Only good for refusing early:
 * who names another one here than in the batch is refused for the other.
 */
export function peekWriteKey(body: Buffer): string | undefined {
  return /"writeKey"\s*:\s*"([\w.~-]{1,128})"/.exec(body.toString('latin1', 0, PEEKED_BYTES))?.[1]
}
