import type { Request } from 'express'

/** The encodings that files are kept in, the smallest first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** The smallest encoding that a browser takes. Browsers name gzip before br and mean no preference by it, but a negotiation would see one. */
export function bestEncoding(req: Request): Encoding {
  return ENCODINGS.find((encoding) => req.acceptsEncodings(encoding) === encoding) ?? 'identity'
}
