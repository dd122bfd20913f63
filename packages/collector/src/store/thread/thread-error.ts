import { NoSuchDefinition, StillTelling } from '../kept-definition.ts'
import { CannotOpenStore } from '../sqlite/cannot-open-store.ts'
import { BadCursor, StoreDamaged, StoreUnavailable } from '../store.ts'

/** An error on its way from one thread to another, which would otherwise lose its class. */
export interface PackedError {
  /** The class that callers tell it by; absent for a mistake of ours. */
  readonly kind?: keyof typeof CLASSES
  readonly message: string
  readonly stack?: string
  readonly cause?: PackedError
  /** Of `StillTelling`. */
  readonly progress?: number
}

/** The classes that stores reject with; a class before the one that it extends. */
const CLASSES = {
  BadCursor,
  CannotOpenStore,
  NoSuchDefinition,
  StillTelling,
  StoreDamaged,
  StoreUnavailable,
} as const

/** What the other thread needs to make the error again. */
export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, stack, cause } = error
  const kind = Object.entries(CLASSES).find(([, one]) => error instanceof one)?.[0]
  return {
    ...(kind !== undefined && { kind: kind as keyof typeof CLASSES }),
    message,
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && { cause: packError(cause) }),
    ...(error instanceof StillTelling && { progress: error.progress }),
  }
}

/** The error that was packed, of the same class, with the stack of where it arose. */
export function unpackError(packed: PackedError): Error {
  const error = rebuild(packed)
  error.message = packed.message
  if (packed.stack !== undefined) error.stack = packed.stack
  if (packed.cause) error.cause = unpackError(packed.cause)
  return error
}

function rebuild({ kind, message, progress }: PackedError): Error {
  if (kind === undefined) return new Error(message)
  return kind === 'StillTelling' ? new StillTelling('', progress ?? 0) : new CLASSES[kind](message)
}
