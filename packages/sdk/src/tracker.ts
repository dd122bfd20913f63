// All that the package tells TypeScript: types alone, and nothing imported. The build copies it into the declarations.

/** The options that need no part in `@sojourn/sdk/core`. Durations in ms. */
export interface CoreOptions {
  /** The write key of the source, e.g. `pk_…`. */
  readonly writeKey: string
  /** Where the collector is, e.g. `https://collect.example`; may be relative to the page. */
  readonly endpoint: string
  /** A session is over after this long without activity. Default 30 minutes; held between 1 s and 24 h. */
  readonly timeout?: number
  /** A session is over this long after it began. Default 24 h. */
  readonly maxLength?: number
  /** Events wait this long for others, at most. Default 1 s. */
  readonly batchDelay?: number
  /** A batch leaves at once when it has this many events. Default 50; at most 500. */
  readonly batchSize?: number
  /** Unsent events that are kept, at most; the oldest go first. Default 1,000. */
  readonly maxStoredEvents?: number
  /** Bytes of unsent events that are kept, at most. Default 1,000,000. */
  readonly maxStoredBytes?: number
}

/** All options: of `@sojourn/sdk`, of the script tag, and of `@sojourn/sdk/core` with the parts that have them. */
export interface TrackerOptions extends CoreOptions {
  /** A page reached with other `utm_*` parameters than the session's begins a session. Default false. */
  readonly splitOnCampaign?: boolean
  /** Closing the browser ends the session. Default false. */
  readonly endOnClose?: boolean
  /** `required`: store and send nothing before `setConsent('granted')`. Default `granted`. */
  readonly consent?: 'granted' | 'required'
  /** Do nothing in browsers that send Global Privacy Control or Do Not Track. Default false: only report them. */
  readonly respectPrivacySignals?: boolean
  /** Send the cookies along, so that a collector on the site's own domain can renew them. Default false. */
  readonly cookieRenewal?: boolean
  /** Hosts, with their sub-domains, that never count as referrers: payment providers, single sign-on. Default none. */
  readonly ignoreReferrers?: readonly string[]
  /** The name and version of the site or app. */
  readonly app?: { readonly name?: string; readonly version?: string }
  /** Say in the console what happens. Default false. */
  readonly debug?: boolean
  /** Send a page view for the first page and for each later route of a single-page app. Default true. */
  readonly autoPage?: boolean
  /** Track clicks on, and submits of, elements with `data-sojourn-event`. Default true. */
  readonly autoTrack?: boolean
  /** Other domains that belong to the same site: a visit goes on there as the same visitor and session. Default none. */
  readonly linkDomains?: readonly string[]
}

/** The open session. Times in epoch ms. */
export interface Session {
  readonly id: string
  /** 1 for the visitor's first session. */
  readonly number: number
  readonly startedAt: number
  readonly lastActivity: number
  readonly startReason: 'first' | 'timeout' | 'max-length' | 'campaign' | 'user' | 'manual' | 'closed'
  readonly previousId?: string | undefined
}

/** What `track` takes beside the name and the properties. */
export interface TrackOptions {
  /** At most 64 short texts. */
  readonly tags?: readonly string[] | undefined
  /** A passive event neither starts nor extends a session: measurements, polling, background work. */
  readonly passive?: boolean | undefined
}

/** Properties of an event or traits of a user: anything JSON can hold. */
export type Properties = Readonly<Record<string, unknown>>

/** Whether the visitor agreed; `pending`: has not said. */
export type ConsentAnswer = 'granted' | 'denied' | 'pending'

/** Tracks one source on this page. No method ever throws; all can be called without their object. */
export interface Tracker {
  /** Records a page view of the current address. */
  page(this: void, properties?: Properties): void
  /** Records an event under this name. */
  track(this: void, name: string, properties?: Properties, options?: TrackOptions): void
  /** Says who the visitor is. Another user than the one known before is another visitor, in another session. */
  identify(this: void, userId: string, traits?: Properties): void
  /** Forgets the user: what follows is of another visitor. Does nothing for somebody anonymous. */
  reset(this: void): void
  /** The open session; undefined before the first event, after the last session is over, and without consent. Changes nothing. */
  session(this: void): Session | undefined
  /** Ends the open session and begins one, under this id where given. */
  startSession(this: void, id?: string): void
  /** Ends the open session. The next event begins another. */
  endSession(this: void): void
  /** Calls the listener at each new session, whichever tab began it. Returns a function that ends that. */
  onSession(this: void, listener: (session: Session) => void): () => void
  /** Keeps what the visitor answered. `denied` removes everything that was ever stored here. */
  setConsent(this: void, answer: ConsentAnswer): void
  /** Sends what is waiting, and resolves when nothing more can be sent now. */
  flush(this: void): Promise<void>
  /** Ends this tracker. What was not sent stays stored for the next. */
  stop(this: void): void
}

/** A part of a tracker of `@sojourn/sdk/core`, and the methods that it adds, if any. */
export interface Part<Methods extends keyof Tracker = never> {
  /** For TypeScript alone. */
  readonly adds?: Methods
}

/** Any part. */
export type AnyPart = Part<keyof Tracker>

/** What `createTracker` of `@sojourn/sdk/core` gives: a tracker without the methods whose part is missing. */
export type CoreTracker<Parts extends readonly AnyPart[] = []> = Pick<
  Tracker,
  | 'page'
  | 'track'
  | 'session'
  | 'flush'
  | 'stop'
  | (Parts[number] extends infer One ? (One extends Part<infer Methods> ? Methods : never) : never)
>
