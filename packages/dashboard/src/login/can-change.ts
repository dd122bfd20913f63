import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { read } from '../api/request.ts'

/** Whether the token may change anything; what may not is not offered. */
export const CanChange = createContext(true)

/** Whether to offer what changes something. */
export function useCanChange(): boolean {
  return useContext(CanChange)
}

/** Asks what the token may do. Without an answer everything is offered: the collector refuses what it has to. */
export async function loadCanChange(): Promise<boolean> {
  const answer = await read<{ readonly access: string }>('login')
  return !answer.ok || answer.value.access !== 'read'
}
