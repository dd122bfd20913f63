/** The engines the same test files run in. */
export type EngineName = 'chromium' | 'firefox' | 'webkit'

/** What an engine cannot be driven to do; a test that needs it says so in its title and is not registered. */
export type Ability =
  /** A profile on disk outlives a killed browser. MiniBrowser's automation mode is always ephemeral. */
  | 'keeps-profile'
  /** `shop-0.test` … `shop-999.test` and their `www.`, `app.` and `collect.` lead to this machine: plain http, no secure context. */
  | 'maps-domains'
  /** A tab can be frozen, as browsers freeze tabs left alone. */
  | 'freezes-tabs'

/** One way to start a real browser. */
export interface Engine {
  readonly name: EngineName
  readonly abilities: ReadonlySet<Ability>
  /** The programs it needs; it can run when all of them are there. */
  readonly programs: readonly string[]
  launch(options?: LaunchOptions): Promise<Browser>
}

export interface LaunchOptions {
  /** A directory that is the profile; without it the driver makes one and removes it at `close`. */
  readonly profileDir?: string
}

/** A running browser with one cookie jar. */
export interface Browser {
  /** Opens a window of its own, so that it is visible beside the others, and loads `url` in it. */
  openTab(url?: string): Promise<Tab>
  /** Closes tabs and process in an orderly way, and removes a profile that the driver made. */
  close(): Promise<void>
  /** `kill -9` of the whole process tree; a profile given by the caller stays. */
  kill(): Promise<void>
}

/** A tab, in a window of its own. Every promise rejects when the engine does not answer in time. */
export interface Tab {
  /** Loads a URL and resolves after its `load` event. */
  goto(url: string): Promise<void>
  /** Like `goto`, but returns as soon as the navigation is asked for. */
  leaveTo(url: string): Promise<void>
  /** The value (JSON) of an expression in the page's own world; waits for a promise. Rejects with what the page threw. */
  evaluate<T>(expression: string): Promise<T>
  /** Scrolls the first match into view and clicks it with the engine's own input. */
  click(selector: string): Promise<void>
  /** Focuses the first match and types, key by key. */
  type(selector: string, text: string): Promise<void>
  /** Goes one entry back in the history; resolves when another document is shown. */
  back(): Promise<void>
  /** Puts the tab out of sight: `visibilityState` becomes `hidden`, by the engine and not by a fake event. */
  hide(): Promise<void>
  /** Brings it back into sight. */
  show(): Promise<void>
  /** Stops the page's timers and tasks, as browsers do with tabs left alone. Only with `freezes-tabs`. */
  freeze(): Promise<void>
  /** Ends `freeze`. */
  thaw(): Promise<void>
  /** Cookies that the page's URL would be sent, HttpOnly ones included. */
  cookies(): Promise<readonly Cookie[]>
  /** Writes a PNG of what is visible to `path`. */
  screenshot(path: string): Promise<void>
  /** Closes the tab as its user would: `pagehide` runs. */
  close(): Promise<void>
}

export interface Cookie {
  readonly name: string
  readonly value: string
  /** With a leading dot when sub-domains get it too. */
  readonly domain: string
}
