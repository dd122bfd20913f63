import { useEffect } from 'preact/hooks'
import type { Problem } from './problem.ts'
import { retryDelay } from './retry-delay.ts'

/** Calls `retry` as soon as asking again may help, once for each problem; a problem of another kind waits for the viewer. */
export function useRetry(problem: Problem | undefined, retry: () => void): void {
  useEffect(() => {
    const delay = retryDelay(problem)
    if (delay === undefined) return
    const timer = window.setTimeout(retry, delay)
    return () => window.clearTimeout(timer)
  }, [problem])
}
