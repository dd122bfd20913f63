/** The W3C identifier under which a WebDriver answer names an element (WebDriver, section 12). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** An engine that has not answered after this long never will. */
const COMMAND_TIMEOUT_MS = 15_000

/**
 * A promise of the page, or what it throws, comes back through the last argument. The text becomes a part of the script,
 * as a page's policy may forbid `eval`; after an arrow it can be an expression as well as a block.
 */
const evaluating = (expression: string): string => `const done = arguments[0]
Promise.resolve()
  .then(() => ${expression})
  .then((value) => done({ value }), (error) => done({ thrown: String(error) }))`

/** The part of W3C WebDriver that our tests need, for one session. Commands are carried out one after another. */
export interface WebDriver {
  newWindow(): Promise<string>
  /** Runs `work` with that window as the current one; nobody else's command comes between. */
  inWindow<T>(handle: string, work: (commands: WindowCommands) => Promise<T>): Promise<T>
  /** Ends the session; the browser closes. */
  quit(): Promise<void>
}

/** Commands to the current window. */
export interface WindowCommands {
  navigate(url: string): Promise<void>
  evaluate<T>(expression: string): Promise<T>
  click(selector: string): Promise<void>
  type(selector: string, text: string): Promise<void>
  back(): Promise<void>
  minimize(): Promise<void>
  restore(): Promise<void>
  cookies(): Promise<{ name: string; value: string; domain: string }[]>
  /** PNG bytes, base64. */
  screenshot(): Promise<string>
  close(): Promise<void>
}

/**
 * Opens a session at a driver that listens on `base`, such as `http://127.0.0.1:4444`.
 * Rejects with WebDriver's own error code and message.
 */
export async function openWebDriver(base: string, capabilities: object): Promise<WebDriver> {
  const opened = await send<{ sessionId: string }>('POST', `${base}/session`, {
    capabilities: { alwaysMatch: capabilities },
  })
  const session = `${base}/session/${opened.sessionId}`
  const commands = windowCommands(session)
  const first = await send<string>('GET', `${session}/window`)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn
    return turn
  }
  return {
    newWindow: () =>
      inTurn(async () => {
        // The current window may have been closed; the first one never is.
        await send('POST', `${session}/window`, { handle: first })
        const { handle } = await send<{ handle: string }>('POST', `${session}/window/new`, { type: 'window' })
        return handle
      }),
    inWindow: (handle, work) =>
      inTurn(async () => {
        await send('POST', `${session}/window`, { handle })
        return work(commands)
      }),
    quit: () => inTurn(() => send('DELETE', session)),
  }
}

function windowCommands(session: string): WindowCommands {
  const post = <T>(path: string, body: object = {}): Promise<T> => send<T>('POST', `${session}${path}`, body)
  const find = async (selector: string): Promise<string> => {
    const found = await post<Record<string, string>>('/element', { using: 'css selector', value: selector })
    return `/element/${found[ELEMENT]}`
  }
  return {
    navigate: (url) => post('/url', { url }),
    evaluate: async <T>(expression: string) => {
      const answer = await post<{ value?: T; thrown?: string }>('/execute/async', {
        script: evaluating(expression),
        args: [],
      })
      if (answer.thrown !== undefined) throw new Error(answer.thrown)
      return answer.value as T
    },
    click: async (selector) => post(`${await find(selector)}/click`),
    type: async (selector, text) => post(`${await find(selector)}/value`, { text }),
    back: () => post('/back'),
    minimize: () => post('/window/minimize'),
    restore: () => post('/window/rect', { x: 0, y: 0, width: 1280, height: 900 }),
    cookies: () => send('GET', `${session}/cookie`),
    screenshot: () => send('GET', `${session}/screenshot`),
    close: () => send('DELETE', `${session}/window`),
  }
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
  const signal = AbortSignal.timeout(COMMAND_TIMEOUT_MS)
  const init = body === undefined ? { method, signal } : { method, signal, body: JSON.stringify(body) }
  const response = await fetch(url, init)
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } }
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`)
  return value
}
