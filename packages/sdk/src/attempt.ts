/** The result of `run`, or undefined when it throws: for browser features that throw where they are forbidden, and for the page's code. */
export const attempt = <Result>(run: () => Result): Result | undefined => {
  try {
    return run()
  } catch {
    return undefined
  }
}
