/** The result of `run`, or undefined when it throws: for browser features that throw where they are forbidden. */
export function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
